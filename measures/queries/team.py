"""A team's measure as a chart: the one place where a `TeamMeasure` becomes a `measures.chart.Chart`."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from ..chart import Bar, Chart, PhaseStart, Point
from ..models import Measurement, MeasurePhase, TeamMeasure
from ..models.team import MeasureKind
from ..spc import ChartKind, RuleSet, Settings

# Which chart fits what a value is; how far up the ladder it comes is for the chart to say.
FITTING = {
    MeasureKind.VALUE: ChartKind.I,
    MeasureKind.SHARE: ChartKind.P,
    MeasureKind.RATE: ChartKind.U,
    MeasureKind.COUNT: ChartKind.C,
}
TIME_WORDS = ("dag", "dygn", "tim", "veck", "day", "hour", "week")  # between rare occurrences


@dataclass(slots=True)
class Series:
    """What was measured, in time order, and from which days it is judged anew."""

    points: list[Measurement] = field(default_factory=list)
    phases: list[MeasurePhase] = field(default_factory=list)


def series_of(measures: Iterable[TeamMeasure]) -> dict[int, Series]:
    """Return the series of each measure, by its id.  Two queries."""
    wanted = list(measures)
    series: dict[int, Series] = defaultdict(Series)
    for point in Measurement.objects.filter(measure__in=wanted).order_by("taken_on"):
        series[point.measure_id].points.append(point)
    for phase in MeasurePhase.objects.in_force().filter(measure__in=wanted):
        series[phase.measure_id].phases.append(phase)
    return series


def chart_of(
    measure: TeamMeasure,
    points: Sequence[Measurement],
    phases: Sequence[MeasurePhase] = (),
    *,
    on: date,
    bars: Sequence[Bar] = (),
    target: Decimal | None = None,
) -> Chart:
    """Return the chart of a measure.

    Args:
        points, phases: In time order; the phases are those in force.
        on: Today.
        bars: What was tried meanwhile.
        target: In place of the measure's own.
    """
    kind = kind_of(measure)
    wanted = measure.target if target is None else target
    return Chart(
        title=measure.name,
        unit_word=measure.unit_word,
        points=tuple(point_of(measure, point) for point in points),
        higher_is_better=measure.higher_is_better,
        today=on,
        target=None if wanted is None else float(wanted),
        bars=tuple(bars),
        phase_starts=tuple(PhaseStart(phase.starts_on, phase.because) for phase in phases),
        baseline_until=measure.baseline_until,
        settings=Settings(
            kind,
            RuleSet(measure.rules),
            screening=measure.screening,
            multiply=float(measure.per),
        ),
    )


def kind_of(measure: TeamMeasure) -> ChartKind:
    """Return the chart that was chosen, or the one that fits what a value is."""
    if measure.chart:
        return ChartKind(measure.chart)
    if measure.kind == MeasureKind.BETWEEN:
        words = measure.unit_word.casefold()
        return ChartKind.T if any(word in words for word in TIME_WORDS) else ChartKind.G
    return FITTING[MeasureKind(measure.kind)]


def point_of(measure: TeamMeasure, point: Measurement) -> Point:
    parts = (point.numerator, point.denominator) if measure.has_parts else (None, None)
    return Point(
        point.taken_on,
        _float(point.value),
        point.excluded_because,
        point.note or point.missing_because,
        _float(parts[0]),
        _float(parts[1]),
    )


def _float(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
