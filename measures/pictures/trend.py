"""One thing over the years as SVG: the spread of the others as a band, our own line before it.

Drawn as charts are (`measures.chart`): only places are decided here, and no words stand among the
data.  No line crosses the border of a series that cannot be compared; a number leads to the reason.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from math import floor

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from ..chart.drawing import BAR_STEP, draw_lane
from ..chart.lanes import bars_in_rows
from ..chart.names import EndName, at_the_end, room_for
from ..chart.numbers import decimals_of_step
from ..chart.scale import NARROW, WIDE, Scale, Sheet, ticks_over
from ..wording import value_text
from .model import GoalMark, Line, Role, Spread, Trend

NUMBERS = 20  # the row of the breaks' numbers, above the data
ALONE = 7  # half the width of a band that is one year long
POINT = 4.5


def draw_trend(trend: Trend, *, sentence: str = "", with_links: bool = False) -> SafeString:
    """Return a wide and a narrow drawing, of which the style sheet shows the one that fits.

    Args:
        sentence: What the picture says, for those who hear it.
        with_links: Let each effort lead to its page.
    """
    if not trend.years or not any(line.points for line in trend.lines):
        return SafeString("")
    drawings = [_draw(trend, sheet, sentence, with_links=with_links) for sheet in (WIDE, NARROW)]
    return mark_safe("".join(drawings))  # every text in it is escaped


def _draw(trend: Trend, sheet: Sheet, sentence: str, *, with_links: bool) -> str:
    ticks = ticks_over(_values(trend))
    names = _names(trend)
    scale = _scale(trend, ticks, names, sheet)
    if trend.breaks_within:
        scale = replace(scale, top=scale.top + NUMBERS)
    rows = bars_in_rows(trend.efforts, trend.today, scale, sheet)
    lane_top = scale.bottom + 58
    height = lane_top + BAR_STEP * len(rows) - 4 if rows else scale.bottom + 30
    data = [
        *_axes(trend, scale, ticks, sheet),
        *_band(trend, scale),
        *_breaks(trend, scale),
        *(part for line in reversed(trend.lines) for part in _line(trend, line, scale)),
        *_goals(trend, scale),
        *at_the_end(names, scale, sheet),
    ]
    lane = draw_lane(_("Ideas and works"), rows, lane_top, scale, with_links=with_links)
    has_links = with_links and any(bar.href for bar in trend.efforts)
    if has_links:
        data = [f'<g role="img" aria-label="{escape(trend.title)}">', *data, "</g>"]
    kind = " chart-drawing--narrow" if sheet.is_narrow else ""
    parts = [
        f'<svg class="chart-drawing{kind}" viewBox="0 0 {sheet.width} {height:g}"'
        f' role="{"group" if has_links else "img"}">',
        f"<title>{escape(trend.heading)}</title>",
        f"<desc>{escape(sentence)}</desc>" if sentence else "",
        *data,
        *lane,
        "</svg>",
    ]
    return "".join(parts)


def _values(trend: Trend) -> list[float]:
    return [
        *(value for line in trend.lines for _year, value in line.points),
        *(value for spread in trend.spread for value in (spread.lower, spread.upper)),
        *(goal.value for goal in trend.goals),
    ]


def _names(trend: Trend) -> list[EndName]:
    names = [
        EndName(line.points[-1][1], line.name, trend.text(line.points[-1][1]), is_strong=n == 0)
        for n, line in enumerate(trend.lines)
        if line.points
    ]
    if trend.goals:
        last = max(trend.goals, key=lambda goal: goal.year)
        words = _("goal %(year)s") % {"year": last.year}
        names.append(EndName(last.value, words, trend.text(last.value), is_strong=True))
    return names


def _scale(trend: Trend, ticks: list[float], names: Sequence[EndName], sheet: Sheet) -> Scale:
    first, last = date(trend.years[0], 1, 1), date(trend.years[-1], 12, 31)
    decimals = decimals_of_step(ticks[1] - ticks[0])
    left = max(sheet.length_of(value_text(t, decimals)) for t in ticks) + 20
    right = sheet.width - room_for(names, sheet) - 12
    return Scale(left, max(right, left + 60), first, (last - first).days, ticks[0], ticks[-1])


def _x(scale: Scale, year: int) -> float:
    """Return where a year's value stands: in the middle of its year."""
    return scale.x(date(year, 7, 1))


# --- what lies behind the data --------------------------------------------------------------------


def _axes(trend: Trend, scale: Scale, ticks: list[float], sheet: Sheet) -> list[str]:
    decimals = decimals_of_step(ticks[1] - ticks[0])
    grid = "".join(f'<path d="M{scale.left:g} {scale.y(t):g}H{scale.right:g}"/>' for t in ticks[1:])
    values = "".join(
        f'<text x="{scale.left - 8:g}" y="{scale.y(t) + 4:g}">{value_text(t, decimals)}</text>'
        for t in ticks
    )
    room = max(1, floor((scale.right - scale.left) / sheet.length_of("2026__")))
    apart = -(-len(trend.years) // room)
    years = "".join(
        f'<text x="{_x(scale, year):g}" y="{scale.bottom + 20:g}">{year}</text>'
        for year in reversed(trend.years[::-1][::apart])
    )
    return [
        f'<g class="chart-grid">{grid}</g>',
        f'<path class="chart-axis" d="M{scale.left:g} {scale.bottom:g}H{scale.right:g}"/>',
        f'<g text-anchor="end">{values}</g>',
        f'<g text-anchor="middle">{years}</g>',
    ]


def _band(trend: Trend, scale: Scale) -> list[str]:
    """Draw where half of the others lie, from the lower to the upper quartile."""
    return [
        f'<path class="trend-band" d="{_outline([spread for _year, spread in part], scale)}"/>'
        for part in trend.stretches([(spread.year, spread) for spread in trend.spread])
    ]


def _outline(part: Sequence[Spread], scale: Scale) -> str:
    if len(part) == 1:
        x, only = _x(scale, part[0].year), part[0]
        top, height = scale.y(only.upper), scale.y(only.lower) - scale.y(only.upper)
        return f"M{x - ALONE:g} {top:g}h{2 * ALONE}v{height:g}h{-2 * ALONE}z"
    there = [f"{_x(scale, s.year):g} {scale.y(s.upper):g}" for s in part]
    back = [f"{_x(scale, s.year):g} {scale.y(s.lower):g}" for s in reversed(part)]
    return f"M{' '.join([*there, *back])}z"


def _breaks(trend: Trend, scale: Scale) -> list[str]:
    """Draw a dashed border between the years, with the number of its reason above the data."""
    drawn = []
    for number, edge in enumerate(trend.breaks_within, start=1):
        x = scale.x(date(edge.year, 1, 1))
        y = scale.top - NUMBERS / 2 - 5
        drawn.append(
            f'<path class="trend-break" d="M{x:g} {y + 8:g}V{scale.bottom:g}"/>'
            f'<g class="chart-number"><circle cx="{x:g}" cy="{y:g}" r="8"/>'
            f'<text x="{x:g}" y="{y + 4:g}" text-anchor="middle">{number}</text></g>'
        )
    return drawn


# --- data -----------------------------------------------------------------------------------------


def _line(trend: Trend, line: Line, scale: Scale) -> list[str]:
    points = [(year, (_x(scale, year), scale.y(value))) for year, value in line.points]
    drawn = []
    for part in trend.stretches(points):
        if len(part) > 1:
            where = " ".join(f"{x:g},{y:g}" for _year, (x, y) in part)
            drawn.append(f'<polyline class="trend-{line.role}" points="{where}"/>')
        elif line.role in (Role.MEDIAN, Role.NATIONAL):
            x, y = part[0][1]
            drawn.append(f'<path class="trend-{line.role}" d="M{x - ALONE:g} {y:g}h{2 * ALONE}"/>')
    if line.role in (Role.MEDIAN, Role.NATIONAL):
        return drawn
    return drawn + [_point(line.role, x, y) for _year, (x, y) in points]


def _point(role: Role, x: float, y: float) -> str:
    """A shape as well as a colour: men have squares."""
    if role is Role.MEN:
        return (
            f'<rect class="point point--{role}" x="{x - POINT + 0.5:g}" y="{y - POINT + 0.5:g}"'
            f' width="{2 * POINT - 1:g}" height="{2 * POINT - 1:g}"/>'
        )
    return f'<circle class="point point--{role}" cx="{x:g}" cy="{y:g}" r="{POINT}"/>'


def _goals(trend: Trend, scale: Scale) -> list[str]:
    """Draw each goal as a line over its year."""
    return [
        f'<path class="trend-goal" d="M{scale.x(date(goal.year, 1, 1)):g} {scale.y(goal.value):g}'
        f'H{scale.x(date(goal.year, 12, 31)):g}"><title>'
        f"{escape(goal_text(trend, goal))}</title></path>"
        for goal in trend.goals
    ]


def goal_text(trend: Trend, goal: GoalMark) -> str:
    facts = {"year": goal.year, "value": trend.text(goal.value), "whose": goal.whose}
    return _("Goal for %(year)s: %(value)s (%(whose)s)") % facts
