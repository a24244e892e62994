"""The chart as SVG: drawn on the server, readable without JavaScript, on paper and in grey.

Only places are decided here; what things look like is said by classes in static/site/chart.css.
Labels stand outside the data: values to the left, lines named at their right end, the lane of
cycles below.  Built as plain strings, since a page may hold many (0.1 ms each); everything that a
person wrote goes through `escape`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil, floor, log10

from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from ..spc import RunPhase
from .model import Bar, Chart
from .reading import read, value_text

WIDTH, TOP, BOTTOM = 776, 16, 250
LETTER = 7.4  # about the width of a letter at the drawing's text size
LINE = 16  # the least distance between two labels under each other
LANE_TOP, BAR_HEIGHT, BAR_STEP = 308, 26, 32
MARK = 4.5  # half the size of a point


@dataclass(frozen=True, slots=True)
class _Scale:
    """Where days and values lie in the drawing."""

    left: float
    right: float
    first: date
    days: int
    low: float
    high: float

    def x(self, day: date) -> float:
        inner_left, inner_right = self.left + 14, self.right - 14
        share = (day - self.first).days / self.days if self.days else 0.5
        return round(inner_left + share * (inner_right - inner_left), 1)

    def y(self, value: float) -> float:
        return round(BOTTOM - (value - self.low) / (self.high - self.low) * (BOTTOM - TOP), 1)


@dataclass(frozen=True, slots=True)
class _Name:
    """What a line is called, written at its right end."""

    value: float
    words: str
    is_strong: bool


def draw(chart: Chart) -> SafeString:
    """Return the chart as an SVG element with its name and its sentence inside."""
    phases = chart.phases()
    ticks = _ticks(chart, phases)
    names = _names_of_lines(chart, phases)
    scale = _scale(chart, ticks, names)
    lanes = _lanes(chart, scale)
    height = LANE_TOP + BAR_STEP * len(lanes) + 2 if lanes else BOTTOM + 30
    reading = read(chart)
    parts = [
        f'<svg viewBox="0 0 {WIDTH} {height}" role="img">',
        f"<title>{escape(chart.title)}</title>",
        f"<desc>{escape(reading.strong)} {escape(reading.sentence)}</desc>",
        *_axes(scale, ticks),
        *_centres_and_target(chart, phases, scale),
        *_at_the_end(names, scale),
        *_data(chart, phases, scale),
        *_bars(lanes, scale),
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


# --- scales ------------------------------------------------------------------------------------


def _ticks(chart: Chart, phases: tuple[RunPhase, ...]) -> list[float]:
    """Return round values that span everything drawn; from zero where that flattens nothing."""
    values = [p.value for p in chart.points if p.value is not None]
    values += [phase.centre for phase in phases if phase.centre is not None]
    if chart.target is not None:
        values.append(chart.target)
    low, high = min(values, default=0.0), max(values, default=1.0)
    if low > 0 and high - low > 0.4 * high:
        low = 0.0
    if high - low < 1e-6 * max(abs(low), abs(high), 1000):
        low, high = low - max(abs(low) / 10, 1), high + max(abs(high) / 10, 1)
    step = _round_step((high - low) / 4)
    first, last = floor(low / step), ceil(high / step)
    return [round(i * step, 10) for i in range(first, last + 1)]


def _round_step(step: float) -> float:
    """Return the next of 1, 2 and 5 times a power of ten."""
    power = 10.0 ** floor(log10(step))
    return next(factor * power for factor in (1, 2, 5, 10) if step <= factor * power * 1.0001)


def _scale(chart: Chart, ticks: list[float], names: list[_Name]) -> _Scale:
    days = [p.on for p in chart.points] + [bar.starts_on for bar in chart.bars]
    ends = [bar.ends_on or chart.today for bar in chart.bars]
    first = min(days, default=chart.today)
    last = max([*days, *ends], default=chart.today)
    left = max(len(value_text(t)) for t in ticks) * LETTER + 20
    right = WIDTH - max((len(name.words) for name in names), default=0) * LETTER - 12
    return _Scale(left, min(right, WIDTH - 40), first, (last - first).days, ticks[0], ticks[-1])


# --- what is drawn -----------------------------------------------------------------------------


def _axes(scale: _Scale, ticks: list[float]) -> list[str]:
    left = scale.left
    grid = "".join(f'<path d="M{left:g} {scale.y(t)}H{scale.right:g}"/>' for t in ticks[1:])
    values = "".join(
        f'<text x="{left - 8:g}" y="{scale.y(t) + 4:g}">{value_text(t)}</text>' for t in ticks
    )
    return [
        f'<g class="chart-grid">{grid}</g>',
        f'<path class="chart-axis" d="M{left:g} {BOTTOM}H{scale.right:g}"/>',
        f'<g text-anchor="end">{values}</g>',
        f'<g text-anchor="middle">{"".join(_months(scale))}</g>',
    ]


def _months(scale: _Scale) -> list[str]:
    """Name months along the axis: so many that they do not meet, the year at each January."""
    last = scale.first + timedelta(days=scale.days)
    months = []
    year, month = scale.first.year, scale.first.month
    while (day := date(year, month, 1)) <= last:
        if day >= scale.first or (scale.first - day).days < 15:
            months.append(max(day, scale.first))
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    apart = next(n for n in (1, 2, 3, 6, 12, 24, 60, 600) if len(months) <= 8 * n)
    chosen = [d for d in months if (d.month - 1) % min(apart, 12) == 0] or months[:1]
    if apart > 12:
        chosen = [d for d in chosen if (d.year * 12) % apart == 0]
    texts = []
    for place, day in enumerate(chosen):
        words = date_format(day, "M Y" if place == 0 or day.month == 1 else "M").lower()
        texts.append(f'<text x="{scale.x(day):g}" y="{BOTTOM + 20}">{escape(words)}</text>')
    return texts


def _names_of_lines(chart: Chart, phases: tuple[RunPhase, ...]) -> list[_Name]:
    names = []
    for phase in phases:
        if phase.centre is not None and phase.has_enough:
            is_last = phase is phases[-1]
            words = _("median %(value)s") if is_last else _("median before %(value)s")
            value = {"value": value_text(phase.centre)}
            names.append(_Name(phase.centre, words % value, is_last))
    if chart.target is not None:
        words = _("target %(value)s") % {"value": value_text(chart.target)}
        names.append(_Name(chart.target, words, True))
    return names


def _at_the_end(names: list[_Name], scale: _Scale) -> list[str]:
    """Write the names to the right of the data, moved apart where they would meet."""
    texts: list[str] = []
    lowest = -float(LINE)
    for name in sorted(names, key=lambda name: scale.y(name.value)):
        lowest = max(scale.y(name.value), lowest + LINE)
        strong = ' class="chart-strong"' if name.is_strong else ""
        texts.append(
            f'<text x="{scale.right + 10:g}" y="{lowest + 4:g}"{strong}>{escape(name.words)}</text>'
        )
    return texts


def _centres_and_target(chart: Chart, phases: tuple[RunPhase, ...], scale: _Scale) -> list[str]:
    drawn = []
    for phase in phases:
        if phase.centre is None or not phase.has_enough:
            continue
        y = scale.y(phase.centre)
        is_last = phase is phases[-1]
        start = scale.left if phase.start == 0 else scale.x(chart.points[phase.start].on) - 6
        stop = scale.right if is_last else scale.x(chart.points[phase.stop].on) - 6
        drawn.append(f'<path class="chart-centre" d="M{start:g} {y}H{stop:g}"/>')
        if not is_last:  # the old median stays visible, in the background
            before = "chart-centre chart-centre--before"
            drawn.append(f'<path class="{before}" d="M{stop:g} {y}H{scale.right:g}"/>')
    if chart.target is not None:
        y = scale.y(chart.target)
        drawn.append(f'<path class="chart-target" d="M{scale.left:g} {y}H{scale.right:g}"/>')
    for phase_start in chart.phase_starts:
        x = scale.x(phase_start.on) - 6
        drawn.append(f'<path class="chart-phase" d="M{x:g} {TOP}V{BOTTOM}"/>')
    return drawn


def _data(chart: Chart, phases: tuple[RunPhase, ...], scale: _Scale) -> list[str]:
    """Draw the line, broken at gaps and between phases, and every point by its meaning."""
    lines, marks = [], []
    for phase in phases:
        signals = set(phase.run) if phase.has_enough and phase.is_shifted else set()
        tone = "better" if chart.is_better(phase.side) else "worse"
        stretch: list[str] = []
        for place in range(phase.start, phase.stop):
            point = chart.points[place]
            if point.value is None:
                lines.append(stretch)
                stretch = []
                continue
            x, y = scale.x(point.on), scale.y(point.value)
            if point.excluded_because:
                marks.append(_mark("excluded", x, y))
                continue
            stretch.append(f"{x},{y}")
            marks.append(_mark(tone if place in signals else "", x, y))
        lines.append(stretch)
    drawn = [
        f'<polyline class="chart-line" points="{" ".join(stretch)}"/>'
        for stretch in lines
        if len(stretch) > 1
    ]
    return [*drawn, *marks]


def _mark(meaning: str, x: float, y: float) -> str:
    """A shape as well as a colour: circle common, square better, diamond worse, ring excluded."""
    if meaning == "better":
        side = 2 * MARK
        return (
            f'<rect class="point point--better" x="{x - MARK:g}" y="{y - MARK:g}"'
            f' width="{side:g}" height="{side:g}"/>'
        )
    if meaning == "worse":
        r = MARK + 1.5
        return (
            f'<path class="point point--worse" d="M{x:g} {y - r:g}l{r} {r}l-{r} {r}l-{r} -{r}z"/>'
        )
    name = "point point--excluded" if meaning == "excluded" else "point"
    return f'<circle class="{name}" cx="{x:g}" cy="{y:g}" r="{MARK}"/>'


# --- the lane of cycles ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Placed:
    """A bar and where its label fits: inside it, else to the right of it, else to the left."""

    bar: Bar
    x: float
    width: float

    @property
    def words(self) -> float:
        return len(self.bar.label) * LETTER

    @property
    def anchor(self) -> str:
        if self.words + 14 <= self.width:
            return "middle"
        return "start" if self.x + self.width + 6 + self.words <= WIDTH else "end"

    @property
    def text_x(self) -> float:
        gap = {"middle": self.width / 2, "start": self.width + 6, "end": -6.0}
        return self.x + gap[self.anchor]

    @property
    def start(self) -> float:
        return self.text_x - self.words if self.anchor == "end" else self.x

    @property
    def end(self) -> float:
        return self.text_x + self.words if self.anchor == "start" else self.x + self.width


def _lanes(chart: Chart, scale: _Scale) -> list[list[_Placed]]:
    """Lay the bars in as few rows as hold them without any label meeting another bar."""
    lanes: list[list[_Placed]] = []
    for bar in sorted(chart.bars, key=lambda bar: bar.starts_on):
        x = scale.x(bar.starts_on)
        width = max(scale.x(bar.ends_on or chart.today) - x, 10)
        placed = _Placed(bar, x, width)
        lane = next((lane for lane in lanes if lane[-1].end + 8 <= placed.start), None)
        if lane is None:
            lanes.append([placed])
        else:
            lane.append(placed)
    return lanes


def _bars(lanes: list[list[_Placed]], scale: _Scale) -> list[str]:
    if not lanes:
        return []
    title = escape(_("PDSA cycles"))
    drawn = [f'<text x="{scale.left:g}" y="{LANE_TOP - 8}" class="chart-strong">{title}</text>']
    for row, lane in enumerate(lanes):
        top = LANE_TOP + row * BAR_STEP
        for placed in lane:
            name = "cycle" if placed.bar.ends_on else "cycle cycle--open"
            drawn.append(
                f'<g class="{name}"><rect x="{placed.x:g}" y="{top}" width="{placed.width:g}"'
                f' height="{BAR_HEIGHT}" rx="8"/><text x="{placed.text_x:g}" y="{top + 17}"'
                f' text-anchor="{placed.anchor}">'
                f"{escape(placed.bar.label)}</text></g>"
            )
    return drawn
