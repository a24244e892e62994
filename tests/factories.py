"""Valid things with as little in them as possible.  A test names what it cares about."""

import datetime as dt
import itertools
from decimal import Decimal
from uuid import uuid4

import factory
from django.urls import reverse
from django.utils import timezone

from improvement.actions import decisions, funds, ideas, meetings
from improvement.models import (
    Account,
    CostKind,
    CostLine,
    Fund,
    Idea,
    IdeaStatus,
    LedgerKind,
    Meeting,
    Period,
)
from improvement.models import Outcome as DecisionOutcome
from measures.actions import values
from measures.actions.team import NewMeasure
from measures.models import (
    Gender,
    Good,
    Kpi,
    Municipality,
    QualityArea,
    QualityMeasure,
    ServiceUnit,
    Status,
    UnitValue,
)
from measures.models.team import Direction
from organisation.actions import notices
from organisation.models import Assignment, Employment, Person, Unit
from organisation.permissions import Role
from programme.actions import cycles, reports, works
from programme.drafting import Texts
from programme.models import (
    Agreement,
    Cycle,
    Outcome,
    Phase,
    Report,
    ReportStatus,
    Work,
    WorkStatus,
)

# --- organisation ---------------------------------------------------------------------------


class UnitFactory(factory.django.DjangoModelFactory):
    """`UnitFactory()` stands at the top; `UnitFactory(parent=other)` below another."""

    class Meta:
        model = Unit
        skip_postgeneration_save = True

    name = factory.Sequence("Enhet {}".format)
    code = factory.Sequence("u{}".format)
    parent = None
    path = factory.Sequence("/new-{}/".format)

    @factory.post_generation
    def _place(unit, create, extracted, **kwargs):
        if create:
            unit.path = f"{unit.parent.path if unit.parent else '/'}{unit.pk}/"
            unit.save(update_fields=["path"])


class PersonFactory(factory.django.DjangoModelFactory):
    """Somebody without employment or role; see `employee` and `person_with`."""

    class Meta:
        model = Person

    given_name = "Kim"
    family_name = factory.Sequence("Person {}".format)
    email = factory.Sequence("person{}@exempel.se".format)


def employee(*, at: Unit, **fields) -> Person:
    person = PersonFactory(**fields)
    Employment.objects.create(
        person=person, unit=at, position="Undersköterska", starts_on=dt.date(2020, 1, 1)
    )
    return person


def person_with(role: Role, *, at: Unit, **fields) -> Person:
    person = PersonFactory(**fields)
    Assignment.objects.create(person=person, unit=at, role=role)
    return person


# --- measures -------------------------------------------------------------------------------

_CODES = itertools.count(1)


class KpiFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Kpi

    code = factory.Sequence("N{:05}".format)
    title = factory.Sequence("Nyckeltal {}, andel (%)".format)
    unit_word = "%"
    good = Good.HIGH


def municipalities(count: int) -> list[Municipality]:
    """That many municipalities."""
    return Municipality.objects.bulk_create(
        Municipality(code=f"{next(_CODES):04}", name=f"Kommun {n}") for n in range(count)
    )


def home_of(municipality: Municipality) -> Unit:
    """The organisation of `municipality`."""
    return UnitFactory(name=municipality.name, municipality_code=municipality.code)


def said(
    kpi: Kpi,
    where: list[Municipality],
    outcomes: list,
    *,
    year: int = 2020,
    gender: Gender = Gender.ALL,
    on: dt.date | None = None,
) -> None:
    """Load what is said of `kpi`: a number, or a `Status`, for each of the municipalities."""
    rows = [
        values.Row(
            kpi.pk,
            municipality.pk,
            year,
            gender,
            outcome if isinstance(outcome, Status) else Status.HAS_VALUE,
            None if isinstance(outcome, Status) else float(outcome),
        )
        for municipality, outcome in zip(where, outcomes, strict=True)
    ]
    values.load(rows, on=on)


def service_units(where: Municipality, *names: str, **fields) -> list[ServiceUnit]:
    """Units of `where` that results can be said of."""
    return [ServiceUnit.objects.create(municipality=where, name=n, **fields) for n in names]


def unit_said(
    kpi: Kpi,
    units: list[ServiceUnit],
    outcomes: list,
    *,
    year: int = 2020,
    gender: Gender = Gender.ALL,
    **fields,
) -> None:
    """Keep what is said of `kpi` of each of the units: a number, or a `Status`."""
    UnitValue.objects.bulk_create(
        UnitValue(
            kpi=kpi,
            unit=unit,
            year=year,
            gender=gender,
            status=outcome if isinstance(outcome, Status) else Status.HAS_VALUE,
            value=None if isinstance(outcome, Status) else float(outcome),
            **fields,
        )
        for unit, outcome in zip(units, outcomes, strict=True)
    )


def measure_of(*kpis: Kpi, left_out: tuple[Kpi, ...] = (), **fields) -> QualityMeasure:
    """A quality measure, in an area of its own unless one is given."""
    area = fields.pop("area", None) or QualityArea.objects.create(
        slug=f"omrade-{next(_CODES)}", name="Område", position=1
    )
    measure = QualityMeasure.objects.create(
        **{"area": area, "name": f"Mått {next(_CODES)}", "position": 1, **fields}
    )
    for position, kpi in enumerate((*kpis, *left_out)):
        measure.parts.create(kpi=kpi, position=position, is_left_out=kpi in left_out)
    return measure


# --- improvement ----------------------------------------------------------------------------

KR = 100
TODAY = dt.date(2026, 9, 15)


class IdeaFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Idea

    author = factory.SubFactory(PersonFactory)
    unit = factory.SubFactory(UnitFactory)
    title = factory.Sequence("Idé {}".format)
    need = "Medicinen kommer för sent."


def fund_with(amount_ore: int, *, at: Unit, **fields) -> Fund:
    """A fund with a period around TODAY that has been given `amount_ore`."""
    fund = Fund.objects.create(unit=at, **{"name": "Förbättringspotten", "reward_ore": 0, **fields})
    keeper = person_with(Role.DEVELOPMENT_LEAD, at=at)
    period = funds.add_period(
        fund_id=fund.pk,
        name="Andra halvåret 2026",
        starts_on=dt.date(2026, 7, 1),
        ends_on=dt.date(2026, 12, 31),
        by=keeper,
    )
    if amount_ore:
        funds.allocate(period_id=period.pk, amount_ore=amount_ore, on=TODAY, by=keeper)
    return fund


PREPARED = {
    "agreed_with": "Arbetslaget",
    "cap_reason": "Kan användas av alla.",
    "purchase_reason": "Det är ett nytt arbetssätt.",
}


def ready_idea(*, at: Unit, cost_ore: int = 20_000 * KR, **fields) -> Idea:
    """An idea that has been left, prepared and put forward, by the people who do that."""
    idea = IdeaFactory(unit=at, status=IdeaStatus.PREPARING, **{**PREPARED, **fields})
    CostLine.objects.create(idea=idea, kind=CostKind.MATERIAL, amount_ore=cost_ore)
    lead = person_with(Role.DEVELOPMENT_LEAD, at=at)
    return ideas.press(idea_id=idea.pk, step_name="propose", by=lead)


GROUNDS = decisions.Grounds(reason="Stor nytta för många.", delegation_reference="4.12")


def approved_idea(*, at: Unit, fund: Fund, cost_ore: int = 20_000 * KR, **fields) -> Idea:
    """An idea that a decider has approved: funded, or queued if the fund is empty."""
    idea = ready_idea(at=at, cost_ore=cost_ore, **fields)
    decisions.approve(
        idea_id=idea.pk,
        fund_id=fund.pk,
        project_ore=cost_ore,
        grounds=GROUNDS,
        on=TODAY,
        by=person_with(Role.DECIDER, at=at),
    )
    idea.refresh_from_db()
    return idea


def granted_idea(*, at: Unit, author: Person, **fields) -> Idea:
    """An idea with money and a reward, written down as it stands: for tests of what comes after.

    `approved_idea` lets people prepare and decide, which takes three times as long.
    """
    cost_ore, reward_ore = 20_000 * KR, 5_000 * KR
    fund = Fund.objects.create(
        unit=at, name=f"Potten {Fund.objects.count()}", reward_ore=reward_ore
    )
    period = Period.objects.create(
        fund=fund,
        name="Andra halvåret 2026",
        starts_on=dt.date(2026, 7, 1),
        ends_on=dt.date(2026, 12, 31),
    )
    keeper, decider = person_with(Role.DEVELOPMENT_LEAD, at=at), person_with(Role.DECIDER, at=at)
    told = {"author": author, "told_at": timezone.now(), "status": IdeaStatus.FUNDED}
    idea = IdeaFactory(unit=at, **{**PREPARED, **told, **fields})
    CostLine.objects.create(idea=idea, kind=CostKind.MATERIAL, amount_ore=cost_ore)
    decision = idea.decisions.create(
        revision=idea.revision,
        outcome=DecisionOutcome.APPROVED,
        reason=GROUNDS.reason,
        delegation_reference=GROUNDS.delegation_reference,
        decided_by=decider,
        fund=fund,
        project_ore=cost_ore,
        reward_ore=reward_ore,
        asked_ore=cost_ore,
    )
    period.entries.create(kind=LedgerKind.ALLOCATION, amount_ore=100_000 * KR, by=keeper)
    for account, amount_ore in ((Account.PROJECT, cost_ore), (Account.REWARD, reward_ore)):
        period.entries.create(
            kind=LedgerKind.RESERVATION,
            account=account,
            amount_ore=amount_ore,
            decision=decision,
            by=decider,
        )
    address = reverse("idea-detail", args=[idea.pk])
    notices.tell([author], kind="idea.approve", title=idea.title, href=address)
    return idea


# --- programme ------------------------------------------------------------------------------

CHARTER = works.Charter(
    title="Fast omsorgskontakt",
    aim="Alla vet vem deras kontakt är.",
    aim_from=Decimal(62),
    aim_to=Decimal(90),
    aim_by=dt.date(2026, 12, 1),
)
MEASURE = NewMeasure(
    name="Andel som känner sin kontakt", unit_word="procent", direction=Direction.HIGHER
)
PLAN = cycles.Plan(
    question="Hjälper en lapp på dörren?",
    prediction="8 av 10 vet vem det är.",
    plan_what="Sätta upp en lapp hos en brukare.",
)


def started_work(*, at: Unit, leader: Person | None = None, members=(), coach=None, **idea) -> Work:
    """A work that its leader has started from an approved idea with money and a reward."""
    leader = leader or employee(at=at)
    granted = granted_idea(at=at, author=leader, **idea)
    return works.start(
        idea_id=granted.pk,
        charter=CHARTER,
        measure=MEASURE,
        team=works.Team(leader, tuple(members), coach),
        on=TODAY,
        by=leader,
    )


def proposed_work(
    *, at: Unit, by: Person | None = None, asked_by: Person | None = None, origin="own", **asked
) -> Work:
    """A work without money that waits for a manager to say that it is wanted."""
    by = by or employee(at=at)
    beginning = asked.pop("beginning", None) or works.Beginning(origin)
    charter = asked.pop("charter", works.Charter(title="Färre fall", aim="Ingen faller på natten."))
    return works.propose(
        beginning=beginning,
        unit=at,
        charter=charter,
        team=asked.pop("team", works.Team(by)),
        asked_by=asked_by or person_with(Role.MANAGER, at=at),
        key=asked.pop("key", None) or uuid4(),
        on=TODAY,
        by=by,
        **asked,
    )


def cycle_in(work: Work, phase: str = Phase.PLAN, *, by: Person, on: dt.date = TODAY) -> Cycle:
    """A cycle that the team has taken as far as `phase`; closed means adopted."""
    cycle = cycles.plan(work_id=work.pk, plan=PLAN, on=on, by=by)
    if phase == Phase.PLAN:
        return cycle
    cycles.press(cycle_id=cycle.pk, step_name="test", on=on, by=by)
    if phase != Phase.DO:
        cycles.note(cycle_id=cycle.pk, what_happened="Lappen satt uppe i tre dagar.", by=by)
        cycles.press(cycle_id=cycle.pk, step_name="study", on=on + dt.timedelta(days=3), by=by)
    if phase in (Phase.ACT, Phase.CLOSED):
        cycles.compare(
            cycle_id=cycle.pk,
            agreement=Agreement.PARTLY,
            result="6 av 10 visste.",
            learning="Lappen syns inte i mörkret.",
            by=by,
        )
        cycles.press(cycle_id=cycle.pk, step_name="act", on=on + dt.timedelta(days=3), by=by)
    if phase == Phase.CLOSED:
        cycles.close(cycle_id=cycle.pk, outcome=Outcome.ADOPT, on=on, by=by)
    cycle.refresh_from_db()
    return cycle


def report_on(work: Work, status: str = ReportStatus.DRAFT, *, by: Person) -> Report:
    """A report that the team has begun, or also sent."""
    if Work.objects.get(pk=work.pk).status == WorkStatus.PLANNED:
        works.press(work_id=work.pk, step_name="run", by=by)
    report = reports.draft(work_id=work.pk, by=by)
    if status == ReportStatus.DRAFT:
        return report
    texts = Texts(what_we_did="Vi satte upp lappar.", result="Fler vet.", learning="Ljus behövs.")
    wishes = reports.Wishes(participants=6, reward_use="En gemensam lunch")
    reports.edit(report_id=report.pk, texts=texts, wishes=wishes, by=by)
    return reports.submit(report_id=report.pk, by=by)


# --- reports --------------------------------------------------------------------------------


def submitted_report() -> tuple[Report, Person]:
    """A report that waits, with money and reward reserved, and the manager who may approve it."""
    unit = UnitFactory()
    leader = employee(at=unit)
    report = report_on(started_work(at=unit, leader=leader), ReportStatus.SUBMITTED, by=leader)
    return report, person_with(Role.MANAGER, at=unit)


# --- meetings -------------------------------------------------------------------------------


def planned_meeting(*, at: Unit, ideas: int = 0, **fields) -> Meeting:
    """A meeting today with so many ideas on its agenda, planned by its decider."""
    decider = fields.pop("decider", None) or person_with(Role.DECIDER, at=at)
    for _ in range(ideas):
        ready_idea(at=at)
    facts = {"held_on": TODAY, "delegation_reference": "4.12", "on": TODAY, **fields}
    meeting = meetings.create(unit=at, decider=decider, by=decider, **facts)
    if ideas:
        meetings.put_on(meeting_id=meeting.pk, by=decider)
    return meeting


# --- what comes after a work ------------------------------------------------------------------


def finished_work(
    *,
    at: Unit,
    leader: Person | None = None,
    manager: Person | None = None,
    on: dt.date = TODAY,
    **idea,
) -> Work:
    """A work whose report a manager has approved, so that its checks are planned."""
    leader = leader or employee(at=at)
    work = started_work(at=at, leader=leader, **idea)
    report = report_on(work, ReportStatus.SUBMITTED, by=leader)
    manager = manager or person_with(Role.MANAGER, at=at)
    reports.approve(report_id=report.pk, on=on, by=manager)
    return Work.objects.select_related("unit", "idea").get(pk=work.pk)
