"""The report: all that it says, as plain values."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from improvement.models import Account, LedgerEntry, LedgerKind
from improvement.queries import MoneyOfIdea, money_of
from measures.chart import Chart, Figure, Judged, draw, figure, judge, read
from measures.models import Measurement

from ..models import Cycle, DriverKind, Effect, Extent, Member, Report, Work, WorkMeasure
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
    agreement: str = ""  # with the prediction


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
    purpose: str = ""
    carries_aim: bool = True


@dataclass(frozen=True, slots=True)
class DriverFacts:
    """A box of the driver diagram; `depth` 0 leads to the aim itself."""

    text: str
    kind: str
    depth: int


@dataclass(frozen=True, slots=True)
class Payment:
    """Something that was paid for the work, in öre; below zero where a payment was taken back."""

    on: date
    what: str
    ore: int


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
    team: tuple[str, ...]  # the leader first; neither the coach nor guests among them
    participants: int
    starts_on: date
    ends_on: date | None
    background: str
    what_we_did: str
    result: str
    learning: str
    spread: str
    reward_use: str
    measures: tuple[MeasureFacts, ...]  # the one that carries the aim first
    cycles: tuple[CycleFacts, ...]
    granted_ore: int
    paid_ore: int
    reward_ore: int
    reward_is_paid: bool
    approved_by: str
    approved_at: datetime | None
    extent: str = "full"
    thanks: str = ""
    why_wanted: str = ""
    for_whom_inside: str = ""
    strategic_area: str = ""
    effects: tuple[str, ...] = ()
    reserved_ore: int = 0  # of what was granted; goes back when the report is approved
    guests: int = 0  # patients or users who took part; never by name
    drivers: tuple[DriverFacts, ...] = ()
    payments: tuple[Payment, ...] = ()
    coach_says: str = ""
    coach_who_says: str = ""
    approver_says: str = ""

    @property
    def measure(self) -> MeasureFacts | None:
        """The measure that carries the aim."""
        return next((measure for measure in self.measures if measure.carries_aim), None)


@dataclass(frozen=True, slots=True)
class ReportPage:
    """What the report's page shows: the facts, and a chart of each measure that has values."""

    facts: ReportFacts
    figures: tuple[Figure, ...]


def report_page(report: Report, on: date) -> ReportPage:
    """Gather what the page of `report` shows; a simple report tells of the aim's measure only."""
    cycles = _tested(report.work)
    charts = _charts(report.work, cycles, on)
    shown = (
        charts if report.extent == Extent.FULL else [c for c in charts if c.followed.carries_aim]
    )
    figures = [figure(one.chart) for one in shown if one.points]
    return ReportPage(_facts(report, cycles, charts, drawn=False), tuple(figures))


def report_facts(report: Report, on: date, *, tests: bool = True) -> ReportFacts:
    """Gather what `report` says, from the work and from what its team has written.

    Seven queries at most, however much was done.  Take the report from `for_page()`.

    Args:
        tests: Draw the tests under the chart of the aim's measure.
    """
    cycles = _tested(report.work)
    return _facts(report, cycles, _charts(report.work, cycles, on), drawn=True, tests=tests)


def _facts(
    report: Report,
    cycles: list[Cycle],
    charts: list["_Charted"],
    *,
    drawn: bool,
    tests: bool = True,
) -> ReportFacts:
    work = report.work
    money = money_of(work.idea) if work.idea is not None else None
    measures = tuple(
        _measure(work, one, drawn=drawn, tests=tests and one.followed.carries_aim) for one in charts
    )
    unit_word = measures[0].unit if measures and measures[0].carries_aim else ""
    names = {role: [m.person.name for m in work.team if m.role == role] for role in Member}
    area = work.strategic_area
    return ReportFacts(
        report_id=report.pk,
        revision=report.revision,
        status=report.status,
        extent=report.extent,
        title=work.title,
        unit=work.unit.name,
        aim=work.aim,
        aim_in_numbers=aim_in_numbers(work, unit_word),
        for_whom=work.for_whom,
        for_whom_inside=work.for_whom_inside,
        why_wanted=work.why_wanted,
        strategic_area=area.name if area else "",
        effects=tuple(str(Effect(effect).label) for effect in work.effects),
        leader=", ".join(names[Member.LEADER]),
        coach=", ".join(names[Member.COACH]),
        team=(*names[Member.LEADER], *names[Member.MEMBER]),
        guests=len(names[Member.GUEST]),
        participants=report.participants,
        starts_on=work.started_on,
        ends_on=work.finished_on,
        background=report.background,
        what_we_did=report.what_we_did,
        result=report.result,
        learning=report.learning,
        spread=report.spread,
        thanks=report.thanks,
        reward_use=report.reward_use,
        measures=measures,
        cycles=tuple(_cycle_facts(cycle) for cycle in cycles),
        drivers=_drivers(work),
        granted_ore=money.granted_ore if money else 0,
        paid_ore=money.paid_ore if money else 0,
        reserved_ore=money.reserved_ore if money else 0,
        payments=_payments(money) if money else (),
        reward_ore=money.reward_ore if money else 0,
        reward_is_paid=money.reward_is_paid if money else False,
        coach_says=report.coach_says,
        coach_who_says=report.coach.name if report.coach else "",
        approved_by=report.approved_by.name if report.approved_by else "",
        approved_at=report.approved_at,
        approver_says=report.approver_says,
    )


def kept_facts(facts: ReportFacts) -> dict[str, Any]:
    """Return what a version of the report keeps of its facts: plain, short, without drawings."""
    return {
        "aim": " ".join(filter(None, [facts.aim, facts.aim_in_numbers])),
        "team": [*facts.team, *filter(None, [facts.coach])],
        "measures": [
            {
                "name": f"{measure.name}, {measure.unit}",
                "start": _plain(measure.start_value),
                "end": _plain(measure.end_value),
                "values": len(measure.points),
            }
            for measure in facts.measures
        ],
        "cycles": [
            {"number": cycle.number, "title": cycle.title, "outcome": cycle.outcome}
            for cycle in facts.cycles
        ],
        "paid_ore": facts.paid_ore,
    }


def public_chart(chart: Chart) -> Chart:
    """Return `chart` without a word that anybody has written in it, and without links."""
    return replace(
        chart,
        points=tuple(
            replace(p, note="", excluded_because=_("not counted") if p.excluded_because else "")
            for p in chart.points
        ),
        bars=tuple(
            replace(bar, label=_("Test %(number)s") % {"number": number}, href="")
            for number, bar in enumerate(chart.bars, start=1)
        ),
        phase_starts=tuple(
            replace(start, because=_("Judged anew from here")) for start in chart.phase_starts
        ),
    )


def chart_for(work: Work, followed: WorkMeasure, points: Sequence[Measurement], on: date) -> Chart:
    """Return the chart of one of the work's measures, with its tests.  One query."""
    return _chart(work, followed, points, _tested(work), on)


def ends_of(
    work: Work, followed: WorkMeasure, points: Sequence[Measurement]
) -> tuple[Decimal | None, Decimal | None]:
    """Return the start and the end value of one of the work's measures."""
    measure = followed.measure
    end = end_of(measure, points)
    if followed.carries_aim or measure.start_value is not None:
        return start_of(work, measure, points), end
    return next((point.value for point in counted(points)), None), end


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
        agreement=cycle.get_agreement_display() if cycle.agreement else "",
        starts_on=cycle.started_on,
        ends_on=cycle.ended_on,
    )


@dataclass(frozen=True, slots=True)
class _Charted:
    followed: WorkMeasure
    points: list[Measurement]
    chart: Judged

    @property
    def without_tests(self) -> Judged:
        """The chart without the lane of tests under it, where room is short."""
        return judge(replace(self.chart.chart, bars=()))


def _tested(work: Work) -> list[Cycle]:
    return [cycle for cycle in work.cycles.order_by("number") if cycle.has_started]


def _charts(work: Work, cycles: list[Cycle], on: date) -> list[_Charted]:
    """The work's measures with their values, the aim's first.  Two queries."""
    followed = list(work.followed.select_related("measure__kpi").order_by("-carries_aim", "pk"))
    points = points_of([one.measure for one in followed])
    return [
        _Charted(
            one,
            points[one.measure_id],
            judge(_chart(work, one, points[one.measure_id], cycles, on)),
        )
        for one in followed
    ]


def _measure(work: Work, charted: _Charted, *, drawn: bool, tests: bool) -> MeasureFacts:
    followed, points = charted.followed, charted.points
    measure = followed.measure
    said = read(charted.chart)
    start, end = ends_of(work, followed, points)
    return MeasureFacts(
        name=measure.name,
        unit=measure.unit_word,
        higher_is_better=bool(measure.higher_is_better),
        start_value=start,
        end_value=end,
        target=_target(work, followed),
        points=tuple(
            (point.taken_on, point.value) for point in counted(points) if point.value is not None
        ),
        kpi=measure.kpi.title if measure.kpi else "",
        sentence=f"{said.strong} {said.sentence}" if points else "",
        note=said.small_print if points else "",
        svg=draw(charted.chart if tests else charted.without_tests) if points and drawn else "",
        purpose=followed.get_purpose_display(),
        carries_aim=followed.carries_aim,
    )


def _chart(
    work: Work,
    followed: WorkMeasure,
    points: Sequence[Measurement],
    cycles: Sequence[Cycle],
    on: date,
) -> Chart:
    return chart_of(followed.measure, points, cycles, target=_target(work, followed), on=on)


def _target(work: Work, followed: WorkMeasure) -> Decimal | None:
    return work.aim_to if followed.carries_aim else followed.measure.target


def _drivers(work: Work) -> tuple[DriverFacts, ...]:
    """The driver diagram in the order of reading: each box, then what leads to it.  One query."""
    below: dict[int | None, list[Any]] = {}
    for driver in work.drivers.order_by("position", "pk"):
        below.setdefault(driver.parent_id, []).append(driver)
    told: list[DriverFacts] = []

    def tell(parent: int | None, depth: int) -> None:
        for driver in below.get(parent, []):
            told.append(DriverFacts(driver.text, str(DriverKind(driver.kind).label), depth))
            tell(driver.pk, depth + 1)

    tell(None, 0)
    return tuple(told)


def _payments(money: MoneyOfIdea) -> tuple[Payment, ...]:
    """What was paid for carrying the idea out, from the ledger.  One query."""
    decision = money.approval
    paid = LedgerEntry.objects.filter(
        Q(decision=decision) | Q(decision__adds_to=decision),
        kind=LedgerKind.PAYOUT,
        account=Account.PROJECT,
    ).order_by("at", "pk")
    return tuple(
        Payment(timezone.localdate(entry.at), entry.note or entry.document_number, entry.amount_ore)
        for entry in paid
    )


def _plain(value: Decimal | None) -> str:
    return "" if value is None else f"{value.normalize():f}"
