"""The lines of a chart: centre, limits, target and the borders of phases, and what they are called."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ..spc import ChartKind, Firmness, Phase
from .judged import Judged
from .lanes import phase_x
from .model import Chart
from .names import EndName
from .numbers import value_text
from .scale import Scale, Sheet

AS_GOOD_AS_ZERO = 0.002  # of the centre; a limit below this cannot be told from 0 in a drawing
BEFORE_NAMED = 2  # so many earlier phases' centres are named where limits need room too


def names_of_lines(judged: Judged, sheet: Sheet) -> list[EndName]:
    """Return what the lines are called at their right end."""
    chart, names = judged.chart, []
    named = [phase for phase in judged.phases if phase.centre is not None and phase.shows_centre]
    if any(phase.shows_limits for phase in named):
        named = named[-1 - BEFORE_NAMED :]
    for phase in named:
        assert phase.centre is not None
        is_last = phase is judged.last
        words = centre_word(phase) if is_last else _word_before(phase, sheet)
        names.append(EndName(phase.centre, words, judged.line_text(phase.centre), is_last))
    if judged.last is not None and judged.last.shows_limits:
        names += _names_of_limits(judged, judged.last, sheet)
    if chart.target is not None:
        names.append(EndName(chart.target, _("target"), value_text(chart.target), True))
    return names


def centre_word(phase: Phase) -> str:
    if phase.kind in {ChartKind.RUN, ChartKind.G}:
        return _("median")
    return _("centre line") if phase.kind is ChartKind.T else _("mean")


def _word_before(phase: Phase, sheet: Sheet) -> str:
    if sheet.is_narrow:
        return _("earlier")
    if phase.kind in {ChartKind.RUN, ChartKind.G}:
        return _("median before")
    return _("centre line before") if phase.kind is ChartKind.T else _("mean before")


def _names_of_limits(judged: Judged, phase: Phase, sheet: Sheet) -> Iterator[EndName]:
    is_firm = phase.firmness is Firmness.FIRM
    for is_upper in (True, False):
        limit = newest_limit(phase, judged.chart, is_upper=is_upper)
        if limit is None or limit == phase.centre:
            continue
        if not is_firm:
            words = _("prel. limit") if sheet.is_narrow else _("preliminary limit")
        else:
            words = _("upper limit") if is_upper else _("lower limit")
        yield EndName(limit, words, judged.line_text(limit))


def newest_limit(phase: Phase, chart: Chart, *, is_upper: bool) -> float | None:
    """Return the newest upper or lower limit; None where values can reach no further anyhow."""
    line = phase.upper if is_upper else phase.lower
    known = [limit for limit in line if limit is not None]
    if not known or _is_natural(known[-1], phase, chart, is_upper=is_upper):
        return None
    return known[-1]


def _is_natural(limit: float, phase: Phase, chart: Chart, *, is_upper: bool) -> bool:
    """Say whether a limit is only where values end: counts at 0, shares at all of them."""
    settings = chart.used_settings()
    if is_upper:
        return (
            settings.kind in {ChartKind.P, ChartKind.P_PRIME}
            and limit >= 0.999999 * settings.multiply
        )
    if settings.kind is ChartKind.I and not chart.shows_ranges:
        return False
    return limit <= AS_GOOD_AS_ZERO * (phase.centre or 0.0)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A phase's room along the axis."""

    phase: Phase
    left: float
    right: float


def stretches(judged: Judged, scale: Scale) -> list[Stretch]:
    chart = judged.chart
    starts = dict(zip(chart.phase_places(), chart.phase_starts, strict=True))
    found = []
    left = scale.left
    for phase in judged.phases:
        right = scale.right
        if phase is not judged.last:
            right = phase_x(chart, scale, starts[phase.stop].on)
        found.append(Stretch(phase, left, right))
        left = right
    return found


def draw_lines(judged: Judged, scale: Scale) -> list[str]:
    """Draw limits, centre lines, the target and the borders of phases."""
    chart = judged.chart
    drawn: list[str] = []
    rooms = stretches(judged, scale)
    for room in rooms:
        if room.phase.shows_limits:
            drawn += _limits(room, chart, scale, is_last=room.phase is judged.last)
    for room in rooms:
        if room.phase.centre is None or not room.phase.shows_centre:
            continue
        y = scale.y(room.phase.centre)
        drawn.append(f'<path class="chart-centre" d="M{room.left:g} {y:g}H{room.right:g}"/>')
        if room.phase is not judged.last:  # the old line stays visible, in the background
            before = "chart-centre chart-centre--before"
            drawn.append(f'<path class="{before}" d="M{room.right:g} {y:g}H{scale.right:g}"/>')
    if chart.target is not None:
        y = scale.y(chart.target)
        drawn.append(f'<path class="chart-target" d="M{scale.left:g} {y:g}H{scale.right:g}"/>')
    return drawn + [
        f'<path class="chart-phase" d="M{x:g} {scale.top - 4:g}V{scale.bottom:g}"/>'
        for x in (phase_x(chart, scale, start.on) for start in chart.phase_starts)
    ]


def _limits(room: Stretch, chart: Chart, scale: Scale, *, is_last: bool) -> Iterator[str]:
    """Draw a grey band from limit to limit, with a line along each that is one."""
    phase = room.phase
    tone = "" if is_last else " chart-limit--before"
    if phase.firmness is not Firmness.FIRM:
        tone += " chart-limit--preliminary"
    upper, lower = _steps(phase.upper, room, chart, scale), _steps(phase.lower, room, chart, scale)
    for high, low in zip(upper, lower, strict=True):
        edge = "".join(f"V{y:g}H{x:g}" for _start, x, y in high[1:])
        back = "".join(f"V{y:g}H{x:g}" for x, _end, y in reversed(low))
        start, end, y = high[0]
        yield f'<path class="chart-band" d="M{start:g} {y:g}H{end:g}{edge}{back}z"/>'
    for is_upper, parts in ((True, upper), (False, lower)):
        if newest_limit(phase, chart, is_upper=is_upper) is None:
            continue
        for part in parts:
            start, end, y = part[0]
            rest = "".join(f"V{y:g}H{x:g}" for _start, x, y in part[1:])
            yield f'<path class="chart-limit{tone}" d="M{start:g} {y:g}H{end:g}{rest}"/>'


def _steps(
    line: tuple[float | None, ...], room: Stretch, chart: Chart, scale: Scale
) -> list[list[tuple[float, float, float]]]:
    """Return a line as level parts (from, to, height), broken where it has no value."""
    phase = room.phase
    xs = [scale.x(chart.points[place].on) for place in range(phase.start, phase.stop)]
    borders = [
        room.left,
        *(round((one + other) / 2, 1) for one, other in zip(xs, xs[1:], strict=False)),
        room.right,
    ]
    found: list[list[tuple[float, float, float]]] = [[]]
    for n, limit in enumerate(line):
        if limit is None:
            found.append([])
            continue
        y = scale.y(limit)
        part = found[-1]
        if part and part[-1][2] == y:
            part[-1] = (part[-1][0], borders[n + 1], y)
        else:
            part.append((borders[n], borders[n + 1], y))
    return [part for part in found if part]
