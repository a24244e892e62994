"""The chart as SVG: drawn on the server, readable without JavaScript, on paper and in grey.

Only places are decided here; what things look like is said by classes in static/site/chart.css.
Words never stand among the data: values to the left, lines named at their right end, numbers of
notes above, months and tests below.  Built as plain strings, since a page may hold many (under a
millisecond each, `benchmarks/chart.py`); everything that a person wrote goes through `escape`.
"""

from collections.abc import Sequence
from dataclasses import replace

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from ..wording import value_text as text_of
from .judged import Judged, Mark, judge
from .lanes import PlacedBar, PlacedNote, bars_in_rows, notes_in_rows
from .lines import draw_lines, names_of_lines
from .model import Chart, Verdict
from .names import EndName, at_the_end, room_for
from .numbers import decimals_of_step
from .reading import read
from .scale import WIDE, Scale, Sheet, day_ticks, value_ticks

BAR_HEIGHT, BAR_STEP = 26, 32
NOTE_STEP = 20  # from one row of numbers to the next
MARK = 4.5  # half the size of a point, where there is room for it


def draw(
    chart: Chart | Judged,
    *,
    sheet: Sheet = WIDE,
    with_links: bool = False,
    spoken: str | None = None,
) -> SafeString:
    """Return the chart as an SVG element with its name and its sentence inside.

    Args:
        chart: Judged, if that is already done.
        with_links: Let each test lead to its page.  An image can hold no links, so the element
            is then a group, in which the data are the image.
        spoken: What it says (`Reading.spoken`), if that is already read.
    """
    judged = chart if isinstance(chart, Judged) else judge(chart)
    chart = judged.chart
    ticks = value_ticks(judged)
    names = names_of_lines(judged, sheet)
    scale = _scale(chart, ticks, names, sheet)
    notes = notes_in_rows(chart, scale)
    scale = replace(scale, top=scale.top + NOTE_STEP * len(notes))
    rows = bars_in_rows(chart.bars, chart.today, scale, sheet)
    lane_top = scale.bottom + 58
    height = lane_top + BAR_STEP * len(rows) - 4 if rows else scale.bottom + 30
    data = [
        *_axes(scale, ticks, sheet),
        *draw_lines(judged, scale),
        *at_the_end(names, scale, sheet),
        *_numbers(notes, judged, scale),
        *_data(judged, scale),
    ]
    lane = draw_lane(_("PDSA cycles"), rows, lane_top, scale, with_links=with_links)
    has_links = with_links and any(bar.href for bar in chart.bars)
    if has_links:
        data = [f'<g role="img" aria-label="{escape(chart.title)}">', *data, "</g>"]
    parts = [
        f'<svg class="chart-drawing{" chart-drawing--narrow" if sheet.is_narrow else ""}"'
        f' viewBox="0 0 {sheet.width} {height:g}" role="{"group" if has_links else "img"}">',
        f"<title>{escape(chart.heading)}</title>",
        f"<desc>{escape(read(judged).spoken if spoken is None else spoken)}</desc>",
        *data,
        *lane,
        "</svg>",
    ]
    return mark_safe("".join(parts))  # every text in it is escaped


def sparkline(values: Sequence[float | None], *, better: bool | None = None) -> SafeString:
    """Return a small line without axes for a table's row; its text stands beside it.

    Args:
        better: Whether the last value is better than the first; None leaves it uncoloured.
    """
    known = [(i, v) for i, v in enumerate(values) if v is not None]
    if len(known) < 2:
        return SafeString("")
    low, high = min(v for _i, v in known), max(v for _i, v in known)
    height = (high - low) or 1
    points = [
        (round(4 + i * 82 / (len(values) - 1), 1), round(23 - (v - low) / height * 18, 1))
        for i, v in known
    ]
    tone = "" if better is None else " line--better" if better else " line--worse"
    dot = "" if better is None else " point--better" if better else " point--worse"
    line = " ".join(f"{x},{y}" for x, y in points)
    x, y = points[-1]
    return mark_safe(  # numbers only
        f'<svg class="sparkline" viewBox="0 0 90 28" aria-hidden="true">'
        f'<polyline class="chart-line{tone}" points="{line}"/>'
        f'<circle class="point{dot}" cx="{x}" cy="{y}" r="3.5"/></svg>'
    )


def _scale(chart: Chart, ticks: list[float], names: list[EndName], sheet: Sheet) -> Scale:
    days = [p.on for p in chart.points] + [bar.starts_on for bar in chart.bars]
    ends = [bar.ends_on or chart.today for bar in chart.bars]
    first = min(days, default=chart.today)
    last = max([*days, *ends], default=chart.today)
    decimals = decimals_of_step(ticks[1] - ticks[0])
    left = max(sheet.length_of(text_of(t, decimals)) for t in ticks) + 20
    right = min(sheet.width - room_for(names, sheet) - 12, sheet.width - 40)
    return Scale(left, max(right, left + 60), first, (last - first).days, ticks[0], ticks[-1])


# --- axes and lines ----------------------------------------------------------------------------


def _axes(scale: Scale, ticks: list[float], sheet: Sheet) -> list[str]:
    left, decimals = scale.left, decimals_of_step(ticks[1] - ticks[0])
    grid = "".join(f'<path d="M{left:g} {scale.y(t):g}H{scale.right:g}"/>' for t in ticks[1:])
    values = "".join(
        f'<text x="{left - 8:g}" y="{scale.y(t) + 4:g}">{text_of(t, decimals)}</text>'
        for t in ticks
    )
    days = "".join(
        f'<text x="{scale.x(day):g}" y="{scale.bottom + 20:g}">{escape(words)}</text>'
        for day, words in day_ticks(scale, sheet)
    )
    return [
        f'<g class="chart-grid">{grid}</g>',
        f'<path class="chart-axis" d="M{left:g} {scale.bottom:g}H{scale.right:g}"/>',
        f'<g text-anchor="end">{values}</g>',
        f'<g text-anchor="middle">{days}</g>',
    ]


def _numbers(rows: list[list[PlacedNote]], judged: Judged, scale: Scale) -> list[str]:
    """Write the notes' numbers above the data, each with a thin line down to what it is about."""
    leaders, numbers = [], []
    for row, notes in enumerate(rows):
        y = 11 + NOTE_STEP * row
        for placed in notes:
            value = None if placed.note.place is None else judged.values[placed.note.place]
            foot = scale.top if value is None else scale.y(value) - 8
            leaders.append(
                f'<path class="chart-leader" d="M{placed.x:g} {y + 8}V{max(foot, y + 8):g}"/>'
            )
            numbers.append(
                f'<g class="chart-number"><circle cx="{placed.x:g}" cy="{y}" r="8"/>'
                f'<text x="{placed.x:g}" y="{y + 4}" text-anchor="middle">'
                f"{placed.note.number}</text></g>"
            )
    return leaders + numbers


# --- data --------------------------------------------------------------------------------------


def _data(judged: Judged, scale: Scale) -> list[str]:
    """Draw the line, broken at gaps and between phases, and every point by its meaning."""
    chart, lines, marks = judged.chart, [], []
    size = _size_of_marks(chart, scale)
    for phase in judged.phases:
        stretch: list[str] = []
        for place in range(phase.start, phase.stop):
            point, value = chart.points[place], judged.values[place]
            x = scale.x(point.on)
            if value is None:
                lines.append(stretch)
                stretch = []
                if not chart.shows_ranges:  # there the first of a phase lacks nothing
                    marks.append(_missing(x, scale.bottom, size))
                continue
            y = scale.y(value)
            if point.excluded_because:
                marks.append(_circle("point point--excluded", x, y, size))
                continue
            stretch.append(f"{x:g},{y:g}")
            marks.append(_mark(judged.marks.get(place), x, y, size))
        lines.append(stretch)
    drawn = [
        f'<polyline class="chart-line" points="{" ".join(stretch)}"/>'
        for stretch in lines
        if len(stretch) > 1
    ]
    return [*drawn, *marks]


def _size_of_marks(chart: Chart, scale: Scale) -> float:
    """Return half the size of a point: smaller where points stand close."""
    apart = (scale.right - scale.left) / max(len(chart.points), 1)
    return round(min(MARK, max(apart * 0.4, 2)), 1)


def _mark(mark: Mark | None, x: float, y: float, size: float) -> str:
    """A shape as well as a colour: circle common, square better, diamond worse, triangle neither."""
    meaning = mark.meaning if mark else None
    if meaning is Verdict.BETTER:
        return (
            f'<rect class="point point--better" x="{x - size:g}" y="{y - size:g}"'
            f' width="{2 * size:g}" height="{2 * size:g}"/>'
        )
    if meaning is Verdict.WORSE:
        r = round(size * 1.33, 1)
        return (
            f'<path class="point point--worse" d="M{x:g} {y - r:g}l{r} {r}l-{r} {r}l-{r} -{r}z"/>'
        )
    if mark is not None:
        r = round(size * 1.2, 1) * mark.side
        half = abs(r)
        return (
            f'<path class="point point--neutral" d="M{x - half:g} {y + r:g}h{2 * half:g}'
            f'l-{half:g} {-2 * r:g}z"/>'
        )
    return _circle("point", x, y, size)


def _circle(name: str, x: float, y: float, size: float) -> str:
    return f'<circle class="{name}" cx="{x:g}" cy="{y:g}" r="{size:g}"/>'


def _missing(x: float, bottom: float, size: float) -> str:
    """An empty square on the axis: here a value was expected."""
    side = round(size * 1.6, 1)
    return (
        f'<rect class="point point--missing" x="{x - side / 2:g}" y="{bottom - side / 2:g}"'
        f' width="{side:g}" height="{side:g}"/>'
    )


# --- the lane of what was tried ---------------------------------------------------------------


def draw_lane(
    title: str, rows: list[list[PlacedBar]], top: float, scale: Scale, *, with_links: bool
) -> list[str]:
    """Draw what went on meanwhile as bars under the data, with a title; nothing if there is none."""
    if not rows:
        return []
    drawn = [
        f'<text x="{scale.left:g}" y="{top - 10:g}" class="chart-strong">{escape(title)}</text>'
    ]
    for row, bars in enumerate(rows):
        drawn += [_bar(placed, top + row * BAR_STEP, with_links=with_links) for placed in bars]
    return drawn


def _bar(placed: PlacedBar, top: float, *, with_links: bool) -> str:
    bar = placed.bar
    name = "cycle" if bar.ends_on else "cycle cycle--open"
    shapes = (
        f'<rect x="{placed.x:g}" y="{top:g}" width="{placed.width:g}" height="{BAR_HEIGHT}" rx="8"/>'
        f'<text x="{placed.text_x:g}" y="{top + 17:g}" text-anchor="{placed.anchor}">'
        f"{escape(placed.words)}</text>"
    )
    if with_links and bar.href:
        where, label = escape(bar.href), escape(bar.label)
        return f'<a class="{name}" href="{where}" aria-label="{label}">{shapes}</a>'
    return f'<g class="{name}">{shapes}</g>'
