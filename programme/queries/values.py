"""The values of a work's measures, and the chart of them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from django.urls import reverse

from measures.chart import Bar, Chart, Figure, figure
from measures.models import Measurement, MeasurePhase, TeamMeasure
from measures.queries import team

from ..models import Cycle, Work, WorkMeasure


def points_of(measures: Iterable[TeamMeasure]) -> dict[int, list[Measurement]]:
    """Return the values of each measure in time order.  One query."""
    points: dict[int, list[Measurement]] = defaultdict(list)
    for point in Measurement.objects.filter(measure__in=measures).order_by("taken_on"):
        points[point.measure_id].append(point)
    return points


def newest_of(measures: Iterable[TeamMeasure]) -> dict[int, Measurement]:
    """Return the newest value that counts, of each measure that has any.  One query."""
    newest = Measurement.objects.filter(
        measure__in=measures, excluded_because="", value__isnull=False
    )
    newest = newest.order_by("measure", "-taken_on").distinct("measure")
    return {point.measure_id: point for point in newest}


def counted(points: Sequence[Measurement]) -> list[Measurement]:
    """Leave out what is missing and what was excluded."""
    return [p for p in points if p.value is not None and not p.excluded_because]


def start_of(work: Work, measure: TeamMeasure, points: Sequence[Measurement]) -> Decimal | None:
    """Return where the aim's measure started: what the team says, else the first value (W-25)."""
    if measure.start_value is not None:
        return measure.start_value
    if work.aim_from is not None:
        return work.aim_from
    return next((point.value for point in counted(points)), None)


def end_of(measure: TeamMeasure, points: Sequence[Measurement]) -> Decimal | None:
    """Return where it ended, or is: what the team says, else the newest value (W-25)."""
    if measure.end_value is not None:
        return measure.end_value
    return next((point.value for point in reversed(counted(points))), None)


def phases_of(measures: Iterable[TeamMeasure]) -> dict[int, list[MeasurePhase]]:
    """Return from when each measure is judged anew, in time order.  One query."""
    phases: dict[int, list[MeasurePhase]] = defaultdict(list)
    for phase in MeasurePhase.objects.in_force().filter(measure__in=measures):
        phases[phase.measure_id].append(phase)
    return phases


def chart_of(
    measure: TeamMeasure,
    points: Sequence[Measurement],
    cycles: Sequence[Cycle],
    *,
    phases: Sequence[MeasurePhase] = (),
    target: Decimal | None,
    on: date,
) -> Chart:
    """Return the chart of a measure, with the tests in a lane under it."""
    return team.chart_of(measure, points, phases, bars=bars_of(cycles), target=target, on=on)


def bars_of(cycles: Sequence[Cycle]) -> list[Bar]:
    """Return the tests that have begun as bars that lead to them, in the order of their numbers."""
    tests = sorted((c for c in cycles if c.started_on), key=lambda cycle: cycle.number)
    return [
        Bar(
            f"{c.number} {c.get_scale_display().lower()}",
            c.started_on,
            c.ended_on,
            reverse("cycle-detail", args=[c.pk]),
        )
        for c in tests
        if c.started_on
    ]


def figure_of(chart: Chart) -> Figure | None:
    """Draw a chart and say it in words; nothing before the first value."""
    return figure(chart) if chart.points else None


def aim_chart(work: Work, cycles: Sequence[Cycle], *, on: date) -> Figure | None:
    """Draw the measure that carries the aim.  Three queries."""
    followed = WorkMeasure.objects.carrying_aim().filter(work=work).first()
    if followed is None:
        return None
    series = team.series_of([followed.measure])[followed.measure_id]
    return figure_of(
        chart_of(
            followed.measure,
            series.points,
            cycles,
            phases=series.phases,
            target=work.aim_to,
            on=on,
        )
    )
