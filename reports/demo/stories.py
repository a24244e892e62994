"""How it is told: each idea and each work is a story that happens through the actions.

A story does what it does at a moment, and yields the moment at which it goes on.  Moments of many
stories interleave (`clock.play`), so money and queue come out as they would have.
"""

from collections.abc import Callable, Generator
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from improvement.actions import decisions, ideas, merging, payments, preparing, rewards
from improvement.actions.decisions import Grounds
from improvement.models import Decision, Idea, IdeaStatus, Outcome
from measures.models import Kpi
from organisation.models import Person
from organisation.permissions import Role
from programme.actions import measuring, public_reports, reports, works
from programme.models import Extent, Member, Purpose, Report, Work, WorkMeasure
from programme.queries.public_reports import Said

from . import drivers
from .clock import Story, moment_on
from .telling import KR, IdeaTale, Preparation, ReportTale, Series, WorkTale
from .testing import Tester
from .world import Scene, World

S = IdeaStatus

# How many days after it was left an idea comes to each place, when nobody is in a hurry.
PREPARED, COSTED, PROPOSED, DECIDED = 4, 12, 15, 23
BEFORE_PREPARATION = (S.DRAFT, S.SUBMITTED)
DECISIONS = (S.FUNDED, S.QUEUED, S.UNDERWAY, S.DONE, S.REJECTED, S.WAITING)


# --- an idea --------------------------------------------------------------------------------


def life_of_idea(tale: IdeaTale, world: World) -> Generator[datetime, None, Idea]:
    """Leave the idea, prepare it, decide on it: as far as the tale goes."""
    chance = Random(tale.need)
    organisation = world.organisation
    author = organisation.by_email.get(tale.author) or world.somebody_at(tale.unit, chance)
    lead = organisation.holder(Role.DEVELOPMENT_LEAD, tale.unit)
    pace = min(1.0, (tale.days - 1) / DECIDED)

    def after(days: int) -> datetime:
        return world.calendar.moment(tale.days - round(days * pace), chance)

    yield after(0)
    idea = ideas.create(
        unit=organisation.units[tale.unit],
        need=tale.need,
        beneficiaries=tale.for_whom,
        solution=tale.solution,
        kpi=Kpi.objects.get(code=tale.kpi) if tale.kpi else None,
        submit=tale.until != S.DRAFT,
        author=author,
        by=organisation.by_email.get(tale.typed_by) or author,
    )
    if tale.until in BEFORE_PREPARATION:
        return idea
    yield after(PREPARED)
    if tale.until == S.MERGED:
        yield world.calendar.moment(2, chance)  # the other one has come meanwhile
        into = Idea.objects.get(need__startswith=tale.why)
        return merging.merge(idea_id=idea.pk, into_id=into.pk, by=lead)
    if tale.until == S.WITHDRAWN:
        return ideas.press(idea_id=idea.pk, step_name="withdraw", why=tale.why, by=author)
    if tale.until == S.DIRECT:
        return ideas.press(idea_id=idea.pk, step_name="direct", why=tale.why, by=lead)
    ideas.press(idea_id=idea.pk, step_name="prepare", by=lead)
    if tale.until == S.RETURNED:
        yield after(PREPARED + 2)
        return ideas.press(idea_id=idea.pk, step_name="return", why=tale.why, by=lead)
    if tale.plan is None:
        return idea
    yield after(COSTED)
    _prepare(idea, tale.plan, lead, world.on)
    if tale.until == S.PREPARING:
        return idea
    yield after(PROPOSED)
    ideas.press(idea_id=idea.pk, step_name="propose", by=lead)
    if tale.until in DECISIONS:
        yield after(DECIDED)
        _decide(idea, tale, tale.plan, world)
    return idea


def _prepare(idea: Idea, plan: Preparation, lead: Person, on: date) -> None:
    preparing.prepare(
        idea_id=idea.pk,
        title=plan.title,
        expected_effect=plan.effect,
        agreed_with=plan.agreed,
        cap_reason=plan.cap_reason,
        purchase_reason=plan.purchase_reason,
        spread_potential=plan.spread,
        expected_done_on=on + timedelta(days=plan.done_in_days) if plan.done_in_days else None,
        costs=list(plan.costs),
        by=lead,
    )


def _decide(idea: Idea, tale: IdeaTale, plan: Preparation, world: World) -> None:
    grounds = Grounds(tale.why, f"Delegationsordningen {tale.reference}", consulted=tale.consulted)
    decider = world.organisation.holder(Role.DECIDER, plan.fund)
    if tale.until == S.REJECTED:
        decisions.reject(idea_id=idea.pk, grounds=grounds, by=decider)
    elif tale.until == S.WAITING:
        until = world.on + timedelta(days=180)
        decisions.wait(idea_id=idea.pk, grounds=grounds, until=until, on=world.on, by=decider)
    else:
        decisions.approve(
            idea_id=idea.pk,
            fund_id=world.funds[plan.fund],
            project_ore=idea.cost_ore(),
            grounds=grounds,
            on=world.on,
            by=decider,
        )


# --- a work ---------------------------------------------------------------------------------


def life_of_work(tale: WorkTale, world: World) -> Story:
    """Start a work from its approved idea, and let everything in it happen in order of time."""
    idea = yield from life_of_idea(tale.idea, world)
    chance = Random(tale.title)
    yield world.calendar.moment(tale.started, chance)
    work = _start(tale, idea, world, chance)
    leader = next(m.person for m in work.team if m.role == Member.LEADER)
    drivers.draw(tale.drivers, work, leader)
    followed = [WorkMeasure.objects.get(work=work)]
    for series in tale.series[1:]:
        followed.append(
            measuring.add(
                work_id=work.pk, measure=series.measure, purpose=Purpose.BALANCING, by=leader
            )
        )
    scenes: list[Scene] = []
    for series, followed_measure in zip(tale.series, followed, strict=True):
        scenes += _measure(series, followed_measure, leader, world, chance)
    scenes += Tester(work, leader, world, chance).scenes(tale.tests)
    scenes += _pay(tale, idea, world, chance)
    for step_name, days, why in tale.ends:
        scenes.append((world.calendar.moment(days, chance), _step(work, step_name, why, leader)))
    for when, happen in sorted(scenes, key=lambda scene: scene[0]):
        yield when
        happen()
    if tale.report:
        yield from _report(tale.report, tale, work, leader, world, chance)


def _start(tale: WorkTale, idea: Idea, world: World, chance: Random) -> Work:
    organisation = world.organisation
    leader = organisation.by_email.get(tale.leader) or idea.author
    if (Role.IMPROVEMENT_LEADER, tale.leader) in organisation.roles:
        leader = organisation.roles[Role.IMPROVEMENT_LEADER, tale.leader]
    others = [p for p in organisation.staff[tale.idea.unit] if p not in (leader, idea.author)]
    named = [organisation.by_email[email] for email in tale.also]
    on = world.on
    return works.start(
        idea_id=idea.pk,
        charter=works.Charter(
            title=tale.title,
            aim=tale.aim,
            for_whom=tale.for_whom,
            why_wanted=tale.why,
            aim_from=Decimal(str(tale.levels[0])),
            aim_to=Decimal(str(tale.levels[1])),
            aim_by=on + timedelta(days=tale.by_in_days),
        ),
        measure=tale.series[0].measure,
        team=works.Team(
            leader,
            (idea.author, *named, *chance.sample(others, tale.members)),
            organisation.by_email.get(tale.coach),
        ),
        on=on,
        by=leader,
    )


def _measure(
    series: Series, followed: WorkMeasure, leader: Person, world: World, chance: Random
) -> list[Scene]:
    """A value for the last day of each month, written down some days later; the older at once."""
    notes, left_out = dict(series.notes), dict(series.left_out)

    def scene(place: int, value: float, day: date) -> Scene:
        def happen() -> None:
            made = measuring.record_value(
                followed_id=followed.pk,
                taken_on=day,
                value=Decimal(str(value)),
                note=notes.get(place, ""),
                on=world.on,
                by=leader,
            )
            if place in left_out:
                measuring.exclude(measurement_id=made.pk, because=left_out[place], by=leader)

        written = min(day + timedelta(days=3), world.calendar.day(1))
        return max(moment_on(max(day, written), chance), world.clock.moment), happen

    days = world.calendar.month_ends(
        len(series.values), newest=series.newest, not_in_july=series.not_in_july
    )
    return [
        scene(place, value, day)
        for place, (value, day) in enumerate(zip(series.values, days, strict=True))
    ]


def _pay(tale: WorkTale, idea: Idea, world: World, chance: Random) -> list[Scene]:
    """Pay the invoices, evenly over the work."""
    decision = Decision.objects.filter(idea=idea, outcome=Outcome.APPROVED).get()
    plan = tale.idea.plan
    assert plan is not None  # an approved idea was prepared
    keeper = world.organisation.holder(Role.DEVELOPMENT_LEAD, plan.fund)
    until = tale.report.days + 5 if tale.report else min([1, *(days for _s, days, _w in tale.ends)])

    def scene(number: int, kronor: int, document: str, note: str) -> Scene:
        days = tale.started - (tale.started - until) * (number + 1) // (len(tale.paid) + 1)

        def happen() -> None:
            payments.pay(
                decision_id=decision.pk,
                amount_ore=kronor * KR,
                document_number=document,
                note=note,
                on=world.on,
                by=keeper,
            )

        return world.calendar.moment(days, chance), happen

    return [scene(number, *payment) for number, payment in enumerate(tale.paid)]


def _step(work: Work, step_name: str, why: str, leader: Person) -> Callable[[], object]:
    return lambda: works.press(work_id=work.pk, step_name=step_name, why=why, by=leader)


def _report(
    told: ReportTale, tale: WorkTale, work: Work, leader: Person, world: World, chance: Random
) -> Story:
    """Draft, write, send; then the manager answers, and residents read of it."""
    moment = world.calendar.moment
    yield moment(told.days + 3, chance)
    report = reports.draft(work_id=work.pk, by=leader)
    if told.texts:
        extent = Extent.FULL if told.full else Extent.SIMPLE
        reports.edit(
            report_id=report.pk,
            texts=told.texts,
            wishes=reports.Wishes(told.participants, told.use, extent),
            by=leader,
        )
    if not told.submitted:
        return
    yield moment(told.days, chance)
    reports.submit(report_id=report.pk, by=leader)
    manager = world.organisation.holder(Role.MANAGER, tale.idea.unit)
    if told.coach:
        coach = world.organisation.by_email[tale.coach]
        reports.coach(report_id=report.pk, text=told.coach, by=coach)
    if told.sent_back:
        yield moment(max(1, told.days - 3), chance)
        reports.send_back(report_id=report.pk, why=told.sent_back, by=manager)
    if told.approved_days:
        yield moment(told.approved_days, chance)
        reports.approve(report_id=report.pk, says=told.manager, on=world.on, by=manager)
        rewards.declare_use(
            decision_id=_in_force(work).pk,
            kind=told.reward_kind,
            description=told.use,
            leads_the_work=True,
            by=leader,
        )
    if told.public:
        yield moment(max(1, told.approved_days - 14), chance)
        _publish(report, told.public, world)


def _publish(report: Report, text: str, world: World) -> None:
    """Look at what residents would read, and release it."""
    report = Report.objects.for_page().get(pk=report.pk)
    said = Said(report.work.title, report.work.aim, text)
    asked: dict[str, Any] = {"said": said, "on": world.on}
    asked["by"] = world.organisation.holder(Role.DEVELOPMENT_LEAD, report.work.unit.code)
    seen = public_reports.fingerprint(public_reports.preview(report=report, **asked))
    public_reports.release(report_id=report.pk, seen=seen, **asked)


def _in_force(work: Work) -> Decision:
    idea = work.idea
    assert idea is not None  # each work here comes from an idea
    return Decision.objects.live_of(idea).latest("pk")
