"""The values of a work's measures, and the chart of them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from measures.models import Measurement, TeamMeasure

from ..models import Cycle, Work, WorkMeasure


@dataclass(frozen=True, slots=True)
class ChartView:
    """A chart as components/chart.html draws it."""

    title: str
    svg: str
    strong: str
    sentence: str
    note: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def points_of(measures: Iterable[TeamMeasure]) -> dict[int, list[Measurement]]:
    """Return the values of each measure in time order.  One query."""
    points: dict[int, list[Measurement]] = defaultdict(list)
    for point in Measurement.objects.filter(measure__in=measures).order_by("taken_on"):
        points[point.measure_id].append(point)
    return points


def newest_of(measures: Iterable[TeamMeasure]) -> dict[int, Measurement]:
    """Return the newest value of each measure that has any.  One query."""
    newest = Measurement.objects.filter(measure__in=measures, excluded_because="")
    newest = newest.order_by("measure", "-taken_on").distinct("measure")
    return {point.measure_id: point for point in newest}


def start_of(measure: TeamMeasure, points: Sequence[Measurement]) -> Decimal | None:
    """Return where it started: what the team says, else the first value."""
    if measure.start_value is not None:
        return measure.start_value
    return points[0].value if points else None


def end_of(measure: TeamMeasure, points: Sequence[Measurement]) -> Decimal | None:
    """Return where it ended: what the team says, else the newest value."""
    if measure.end_value is not None:
        return measure.end_value
    return points[-1].value if points else None


def draw(
    measure: TeamMeasure, points: Sequence[Measurement], cycles: Sequence[Cycle], *, on: date
) -> ChartView | None:
    """Draw the values with the cycles under them; nothing before the first value."""
    return None


def aim_chart(work: Work, cycles: Sequence[Cycle], *, on: date) -> ChartView | None:
    """Draw the measure that carries the aim.  Two queries."""
    followed = WorkMeasure.objects.carrying_aim().filter(work=work).first()
    if followed is None:
        return None
    points = points_of([followed.measure])[followed.measure_id]
    return draw(followed.measure, points, cycles, on=on)
