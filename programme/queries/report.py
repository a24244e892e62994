"""The report: all that it says, as plain values."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from improvement.queries import money_of
from measures.chart import draw, read

from ..models import Cycle, Member, Report, Work
from ..wording import aim_in_numbers
from .values import chart_of, counted, end_of, points_of, start_of


@dataclass(frozen=True, slots=True)
class CycleFacts:
    """A test as the report tells it; words in the language that is active."""

    number: int
    title: str  # what was asked
    scale: str
    prediction: str
    what_happened: str
    result: str
    learning: str
    outcome: str  # empty while it goes on
    starts_on: date | None
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class MeasureFacts:
    """A measure with its values; what was excluded is left out."""

    name: str
    unit: str
    higher_is_better: bool
    start_value: Decimal | None
    end_value: Decimal | None
    target: Decimal | None
    points: tuple[tuple[date, Decimal], ...]
    kpi: str
    sentence: str  # what the chart says
    note: str
    svg: str  # the chart itself; empty before the first value


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """All that a report says: plain values, so that the paper can keep what it was made from."""

    report_id: int
    revision: int
    status: str
    title: str
    unit: str
    aim: str
    aim_in_numbers: str
    for_whom: str
    leader: str
    coach: str
    team: tuple[str, ...]  # the leader first, the coach not among them
    participants: int
    starts_on: date
    ends_on: date | None
    background: str
    what_we_did: str
    result: str
    learning: str
    spread: str
    reward_use: str
    measure: MeasureFacts | None  # the one that carries the aim
    cycles: tuple[CycleFacts, ...]
    granted_ore: int
    paid_ore: int
    reward_ore: int
    reward_is_paid: bool
    approved_by: str
    approved_at: datetime | None


def report_facts(report: Report, on: date) -> ReportFacts:
    """Gather what `report` says, from the work and from what its team has written.

    Seven queries.  Take the report from `Report.objects.for_page()`.
    """
    work = report.work
    money = money_of(work.idea) if work.idea is not None else None
    cycles = [cycle for cycle in work.cycles.order_by("number") if cycle.has_started]
    measure = _measure_facts(work, cycles, on)
    names = {role: [m.person.name for m in work.team if m.role == role] for role in Member}
    return ReportFacts(
        report_id=report.pk,
        revision=report.revision,
        status=report.status,
        title=work.title,
        unit=work.unit.name,
        aim=work.aim,
        aim_in_numbers=aim_in_numbers(work, measure.unit if measure else ""),
        for_whom=work.for_whom,
        leader=", ".join(names[Member.LEADER]),
        coach=", ".join(names[Member.COACH]),
        team=(*names[Member.LEADER], *names[Member.MEMBER]),
        participants=report.participants,
        starts_on=work.started_on,
        ends_on=work.finished_on,
        background=report.background,
        what_we_did=report.what_we_did,
        result=report.result,
        learning=report.learning,
        spread=report.spread,
        reward_use=report.reward_use,
        measure=measure,
        cycles=tuple(_cycle_facts(cycle) for cycle in cycles),
        granted_ore=money.granted_ore if money else 0,
        paid_ore=money.paid_ore if money else 0,
        reward_ore=money.reward_ore if money else 0,
        reward_is_paid=money.reward_is_paid if money else False,
        approved_by=report.approved_by.name if report.approved_by else "",
        approved_at=report.approved_at,
    )


def _cycle_facts(cycle: Cycle) -> CycleFacts:
    return CycleFacts(
        number=cycle.number,
        title=cycle.question,
        scale=cycle.get_scale_display(),
        prediction=cycle.prediction,
        what_happened=cycle.what_happened,
        result=cycle.result,
        learning=cycle.learning,
        outcome=cycle.outcome_state,
        starts_on=cycle.started_on,
        ends_on=cycle.ended_on,
    )


def _measure_facts(work: Work, cycles: list[Cycle], on: date) -> MeasureFacts | None:
    """The measure that carries the aim.  Two queries."""
    followed = work.followed.filter(carries_aim=True).select_related("measure__kpi").first()
    if followed is None:
        return None
    measure = followed.measure
    points = points_of([measure])[measure.pk]
    chart = chart_of(measure, points, cycles, target=work.aim_to, on=on)
    said = read(chart)
    return MeasureFacts(
        name=measure.name,
        unit=measure.unit_word,
        higher_is_better=bool(measure.higher_is_better),
        start_value=start_of(work, measure, points),
        end_value=end_of(measure, points),
        target=work.aim_to,
        points=tuple(
            (point.taken_on, point.value) for point in counted(points) if point.value is not None
        ),
        kpi=measure.kpi.title if measure.kpi else "",
        sentence=f"{said.strong} {said.sentence}" if points else "",
        note=said.small_print if points else "",
        svg=draw(chart) if points else "",
    )
