"""Everybody's value in one year as dots along an axis: where we are among all.

The colours of the quarters lie behind.  Dots that would cover each other stand on each other, ours
on top; so nothing stands between it and its name above.
"""

from collections import defaultdict
from collections.abc import Callable

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from ..chart.numbers import decimals_of_step
from ..chart.scale import NARROW, WIDE, Sheet, round_ticks
from ..wording import value_text
from .model import Dot, Mark, Strip

EDGE = 16
PITCH = 7  # from one dot to the next, across and up
HIGHEST = 150  # that a pile of dots may be
NAME = 24  # the row of our name
ORDER = (Mark.OTHERS, Mark.ALIKE, Mark.HOME)  # from the bottom of a pile

type Place = tuple[float, float]
type OnAxis = Callable[[float], float]


def draw_strip(strip: Strip, *, sentence: str = "") -> SafeString:
    """Return a wide and a narrow drawing; empty when there is nobody to compare with."""
    if len(strip.dots) < 2:
        return SafeString("")
    return mark_safe("".join(_draw(strip, sheet, sentence) for sheet in (WIDE, NARROW)))


def _draw(strip: Strip, sheet: Sheet, sentence: str) -> str:
    ticks = ticks_of(strip, steps=3 if sheet.is_narrow else 6)
    low, high = ticks[0], ticks[-1]

    def x(value: float) -> float:
        return round(EDGE + (value - low) / (high - low) * (sheet.width - 2 * EDGE), 1)

    piled = piles(strip, ticks, columns=(sheet.width - 2 * EDGE) // PITCH)
    most = max(level for _dot, _column, level in piled) + 1
    step = min(PITCH, HIGHEST / most)
    top = NAME + PITCH
    bottom = round(top + most * step + PITCH, 1)
    places: dict[Mark, list[Place]] = defaultdict(list)
    for dot, column, level in piled:
        y = round(bottom - PITCH / 2 - 1 - level * step, 1)
        places[dot.mark].append((EDGE + column * PITCH, y))
    kind = " chart-drawing--narrow" if sheet.is_narrow else ""
    parts = [
        f'<svg class="chart-drawing{kind}" viewBox="0 0 {sheet.width} {bottom + 28:g}" role="img">',
        f"<title>{escape(strip.title)}</title>",
        f"<desc>{escape(sentence)}</desc>" if sentence else "",
        *_stripes(strip, x, top, bottom, sheet),
        *_axis(ticks, x, bottom, sheet),
        _dots("strip-dots", places[Mark.OTHERS]),
        _dots("strip-dots strip-dots--alike", places[Mark.ALIKE]),
        *_home(strip, places[Mark.HOME], sheet),
        "</svg>",
    ]
    return "".join(parts)


def ticks_of(strip: Strip, *, steps: int = 6) -> list[float]:
    """Return round values close around the data: nothing is lost by not beginning at zero."""
    values = [dot.value for dot in strip.dots]
    return round_ticks(min(values), max(values), steps)


def piles(strip: Strip, ticks: list[float], *, columns: int) -> list[tuple[Dot, int, int]]:
    """Put dots of nearly the same value in piles; return each with its column and its level.

    Those we compare with stand on the others, and we on top.
    """
    width = (ticks[-1] - ticks[0]) / columns
    heights: dict[int, int] = defaultdict(int)
    piled = []
    for dot in sorted(strip.dots, key=lambda dot: ORDER.index(dot.mark)):
        column = round((dot.value - ticks[0]) / width)
        piled.append((dot, column, heights[column]))
        heights[column] += 1
    return piled


def _stripes(strip: Strip, x: OnAxis, top: float, bottom: float, sheet: Sheet) -> list[str]:
    drawn = []
    for stripe in strip.stripes():
        left = 0 if stripe.low is None else x(stripe.low)
        right = sheet.width if stripe.high is None else x(stripe.high)
        drawn.append(
            f'<rect class="strip__{stripe.verdict}" x="{left:g}" y="{top:g}"'
            f' width="{max(right - left, 0):g}" height="{bottom - top:g}"/>'
        )
    return drawn


def _axis(ticks: list[float], x: OnAxis, bottom: float, sheet: Sheet) -> list[str]:
    decimals = decimals_of_step(ticks[1] - ticks[0])
    names = []
    for tick in ticks:
        words = value_text(tick, decimals)
        half = sheet.length_of(words) / 2
        place = min(max(x(tick), half), sheet.width - half)
        names.append(f'<text x="{place:g}" y="{bottom + 20:g}">{words}</text>')
    return [
        f'<path class="chart-axis" d="M0 {bottom:g}H{sheet.width}"/>',
        f'<g text-anchor="middle">{"".join(names)}</g>',
    ]


def _dots(kind: str, places: list[Place]) -> str:
    """Draw many dots as one path: each is a line without length, with a round or a square end."""
    where = "".join(f"M{x:g} {y:g}h0" for x, y in places)
    return f'<path class="{kind}" d="{where}"/>' if where else ""


def _home(strip: Strip, places: list[Place], sheet: Sheet) -> list[str]:
    home = strip.home
    if home is None or not places:
        return []
    x, y = places[0]
    words = f"{home.name} {strip.text(home.value)}"
    half = sheet.length_of(words) / 2
    middle = min(max(x, half), sheet.width - half)
    return [
        f'<path class="chart-leader" d="M{x:g} {NAME - 4}V{y:g}"/>',
        f'<path class="strip-home" d="M{x:g} {y - 7:g}l7 7l-7 7l-7 -7z"/>',
        f'<text class="chart-strong" x="{middle:g}" y="{NAME - 9}" text-anchor="middle">'
        f"{escape(words)}</text>",
    ]
