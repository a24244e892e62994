"""A small chart for overviews: drawn from what is kept of a verdict, without judging anything.

A page may hold hundreds, so it is short and cheap (`benchmarks/chart.py`).  The words, the newest
value and the link stand beside it.
"""

from collections.abc import Callable

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from .facts import COMMON, EXCLUDED, VerdictFacts

WIDTH, HEIGHT = 260, 90
LEFT, RIGHT = 8, WIDTH - 10
TOP, BOTTOM = 9, HEIGHT - 9
TONES = {
    "b": " point--better",
    "w": " point--worse",
    "u": " point--neutral",
    "d": " point--neutral",
    EXCLUDED: " point--excluded",
}


def small_chart(facts: VerdictFacts, *, label: str = "") -> SafeString:
    """Draw the newest values with their centre, limits, target and signals.

    Args:
        label: What it shows, for those who hear it; empty where words beside it say the same.
    """
    values = facts.values
    lines = (facts.centre, facts.lower, facts.upper, facts.target)
    spanned = [v for v in (*values, *lines) if v is not None]
    if not spanned or not values:
        return SafeString("")
    low, high = min(spanned), max(spanned)
    unit = (BOTTOM - TOP) / (high - low) if high > low else 0.0
    middle = (TOP + BOTTOM) / 2 if not unit else 0.0
    apart = (RIGHT - LEFT) / max(len(values) - 1, 1)

    def y(value: float) -> float:
        return round(middle or BOTTOM - (value - low) * unit, 1)

    begins = LEFT + apart * (facts.phase_from - 0.5) if facts.phase_from else 0
    said = f'role="img" aria-label="{escape(label)}"' if label else 'aria-hidden="true"'
    parts = [f'<svg class="small-chart" viewBox="0 0 {WIDTH} {HEIGHT}" {said}>']
    parts += _lines(facts, begins, y)
    stretch: list[str] = []
    marks: dict[str, list[str]] = {}
    newest = next((n for n in range(len(values) - 1, -1, -1) if values[n] is not None), -1)
    x = float(LEFT)
    for n, value in enumerate(values):
        if value is None or (facts.phase_from and n == facts.phase_from):
            parts += _stretch(stretch)
            stretch = []
        if value is not None:
            at, up, letter = round(x, 1), y(value), facts.marks[n : n + 1]
            if letter != EXCLUDED:
                stretch.append(f"{at:g},{up:g}")
            if letter != COMMON or n == newest:
                marks.setdefault(letter, []).append(_mark(letter, at, up))
        x += apart
    drawn = [
        f'<path class="point{TONES.get(letter, "")}" d="{"".join(shapes)}"/>'
        for letter, shapes in marks.items()
    ]
    return mark_safe("".join([*parts, *_stretch(stretch), *drawn, "</svg>"]))  # escaped above


def _lines(facts: VerdictFacts, begins: float, y: Callable[[float], float]) -> list[str]:
    """Band, centre, target and where the newest phase begins."""
    drawn = []
    if facts.upper is not None or facts.lower is not None:
        high = TOP if facts.upper is None else y(facts.upper)
        low = BOTTOM if facts.lower is None else y(facts.lower)
        drawn.append(
            f'<path class="chart-band" d="M{begins:g} {high:g}H{WIDTH}V{low:g}H{begins:g}z"/>'
        )
    if facts.centre is not None:
        drawn.append(f'<path class="chart-centre" d="M{begins:g} {y(facts.centre):g}H{WIDTH}"/>')
    if facts.target is not None:
        drawn.append(f'<path class="chart-target" d="M0 {y(facts.target):g}H{WIDTH}"/>')
    if begins:
        drawn.append(f'<path class="chart-phase" d="M{begins:g} 2V{HEIGHT - 2}"/>')
    return drawn


def _stretch(points: list[str]) -> list[str]:
    if len(points) < 2:
        return []
    return [f'<polyline class="chart-line" points="{" ".join(points)}"/>']


def _mark(letter: str, x: float, y: float) -> str:
    """The same shapes as in the large chart; all of one kind are one path, which is short."""
    match letter:
        case "b":
            return f"M{x - 3.5:g} {y - 3.5:g}h7v7h-7z"
        case "w":
            return f"M{x:g} {y - 5:g}l5 5-5 5-5-5z"
        case "u":
            return f"M{x - 4.5:g} {y + 4:g}h9l-4.5-8z"
        case "d":
            return f"M{x - 4.5:g} {y - 4:g}h9l-4.5 8z"
    return f"M{x - 3:g} {y:g}a3 3 0 1 0 6 0 3 3 0 1 0-6 0"
