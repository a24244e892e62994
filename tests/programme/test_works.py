"""A work's way from an approved idea to a finish: starting, aiming, measuring, the team."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from foundation.errors import Refused
from foundation.flow import By
from foundation.models import Event
from improvement.models import IdeaStatus
from measures.models import MeasurementRevision
from organisation.permissions import Role
from programme.actions import measuring, works
from programme.flow import WORK_FLOW, WORK_PRESSED, WORK_SAYS_WHY
from programme.models import Member, Membership, Purpose, Work, WorkMeasure, WorkStatus
from programme.rules.works import pressed_steps, why_not
from tests.factories import (
    CHARTER,
    KR,
    MEASURE,
    TODAY,
    PersonFactory,
    UnitFactory,
    approved_idea,
    employee,
    fund_with,
    person_with,
    ready_idea,
    started_work,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def idea(unit, leader):
    return approved_idea(at=unit, fund=fund_with(100_000 * KR, at=unit), author=leader)


def start(idea, by, **changes):
    asked = {"charter": CHARTER, "measure": MEASURE, "team": works.Team(by), **changes}
    return works.start(idea_id=idea.pk, on=TODAY, by=by, **asked)


# --- starting -------------------------------------------------------------------------------------


def test_a_work_starts_with_its_aim_its_measure_and_its_team(idea, leader, member):
    coach = PersonFactory()

    work = start(idea, leader, team=works.Team(leader, (leader, member), coach))

    idea.refresh_from_db()
    assert idea.status == IdeaStatus.UNDERWAY
    assert (work.unit, work.status, work.aim_to) == (idea.unit, WorkStatus.PLANNED, 90)
    followed = work.followed.get()
    assert (followed.carries_aim, followed.purpose) == (True, Purpose.OUTCOME)
    assert followed.measure.name == MEASURE.name
    assert [(m.person, m.role) for m in work.team] == [
        (leader, Member.LEADER),
        (member, Member.MEMBER),
        (coach, Member.COACH),
    ]


def test_a_second_press_starts_no_second_work(idea, leader):
    start(idea, leader)
    with pytest.raises(Refused, match="Nu är läget ”Pågår”|Nu är läget"):
        start(idea, leader)
    assert Work.objects.count() == 1


def test_the_database_keeps_one_work_to_an_idea(idea, leader):
    work = start(idea, leader)
    with pytest.raises(IntegrityError, match="idea"), transaction.atomic():
        Work.objects.create(idea=work.idea, unit=work.unit, title="Igen", aim="x", started_on=TODAY)


@pytest.mark.parametrize(
    ("role", "may"),
    [(Role.MANAGER, True), (Role.DEVELOPMENT_LEAD, True), (Role.COACH, False), (None, False)],
)
def test_who_may_start_a_work_besides_the_author(idea, unit, role, may):
    person = person_with(role, at=unit) if role else employee(at=unit)
    if may:
        assert start(idea, person)
    else:
        with pytest.raises(Refused, match="Bara den som har lämnat idén"):
            start(idea, person)


def test_nothing_starts_before_the_money_is_there(unit, leader):
    with pytest.raises(Refused, match="pengarna är reserverade"):
        start(ready_idea(at=unit, author=leader), leader)


def test_the_aim_lies_ahead(idea, leader):
    with pytest.raises(Refused, match="Måldatumet"):
        start(idea, leader, charter=replace(CHARTER, aim_by=TODAY))
    idea.refresh_from_db()
    assert idea.status == IdeaStatus.FUNDED  # all or nothing


# --- the whole table --------------------------------------------------------------------------------


@pytest.mark.parametrize("status", WorkStatus.values)
@pytest.mark.parametrize("step", list(WORK_FLOW), ids=lambda step: step.name)
def test_every_step_from_every_state_for_everyone(work, leader, member, stranger, step, status):
    work.status = status
    manager = person_with(Role.MANAGER, at=work.unit)

    allowed = [why_not(step, work, p) is None for p in (leader, manager, member, stranger)]

    leads = status in step.sources and step.by is By.OWNER and step.name != "propose_anew"
    if step.permission:  # the manager's alone
        assert allowed == [False, status in step.sources, False, False]
    elif step.by is By.SYSTEM:
        assert step.name not in [s.name for s in pressed_steps(work, leader)]
    else:
        assert allowed == [leads, leads, False, False]


def test_the_buttons_are_the_steps_that_people_take():
    assert set(WORK_PRESSED) == {s.name for s in WORK_FLOW if s.by is not By.SYSTEM}


def test_a_work_rests_and_goes_on_with_its_reason_in_the_diary(work, leader):
    works.press(work_id=work.pk, step_name="run", by=leader)
    works.press(work_id=work.pk, step_name="pause", why="Semester", by=leader)
    works.press(work_id=work.pk, step_name="resume", by=leader)

    work.refresh_from_db()
    assert work.status == WorkStatus.RUNNING
    paused = Event.objects.get(kind="work.pause")
    assert paused.data == {"from": "running", "to": "paused", "why": "Semester"}


@pytest.mark.parametrize("step", WORK_SAYS_WHY)
def test_back_pause_and_stop_say_why(work, leader, step):
    Work.objects.filter(pk=work.pk).update(
        status=WORK_FLOW[step].sources[0], is_confirmed=step != "propose_anew"
    )
    by = person_with(Role.MANAGER, at=work.unit) if WORK_FLOW[step].permission else leader
    with pytest.raises(Refused, match="varför"):
        works.press(work_id=work.pk, step_name=step, why=" ", by=by)


def test_nobody_presses_finish(work, leader):
    with pytest.raises(Refused):
        works.press(work_id=work.pk, step_name="finish", by=leader)


# --- the aim --------------------------------------------------------------------------------------------


def test_a_changed_aim_is_written_down_with_what_it_was(work, leader):
    works.change(work_id=work.pk, charter=replace(CHARTER, aim_to=Decimal(95)), by=leader)

    work.refresh_from_db()
    assert work.aim_to == 95
    assert Event.objects.get(kind="work.aim").data["before"] == {"aim_to": "90.000"}


def test_only_the_leader_changes_the_aim(work, member):
    with pytest.raises(Refused, match="ledare"):
        works.change(work_id=work.pk, charter=CHARTER, by=member)


# --- measuring ------------------------------------------------------------------------------------------


def record(work, by, value=65, **changes):
    said = {"taken_on": TODAY, "value": Decimal(value), "on": TODAY, **changes}
    return measuring.record_value(followed_id=work.followed.get().pk, by=by, **said)


def test_the_team_writes_values_and_a_corrected_one_is_kept(work, member):
    record(work, member, 65)
    corrected = record(work, member, 66)

    assert corrected.value == 66
    assert MeasurementRevision.objects.get().value == 65


def test_no_value_from_tomorrow_and_none_from_a_stranger(work, leader, stranger):
    with pytest.raises(Refused):
        record(work, leader, taken_on=TODAY + dt.timedelta(days=1))
    with pytest.raises(Refused, match="Bara teamet"):
        record(work, stranger)


def test_a_stopped_work_is_not_measured(work, leader):
    works.press(work_id=work.pk, step_name="stop", why="Nytt uppdrag", by=leader)
    with pytest.raises(Refused, match="Avbrutet"):
        record(work, leader)


def test_start_and_end_are_facts_of_their_own(work, leader):
    followed = work.followed.get()
    end = (Decimal(88), TODAY)
    start = (Decimal(62), TODAY)
    measuring.set_ends(followed_id=followed.pk, start=start, end=end, on=TODAY, by=leader)
    measuring.set_ends(followed_id=followed.pk, start=None, end=None, on=TODAY, by=leader)

    followed.measure.refresh_from_db()
    assert (followed.measure.start_value, followed.measure.end_value) == (62, 88)


def test_the_end_comes_after_the_start(work, leader):
    before = TODAY - dt.timedelta(days=1)
    with pytest.raises(Refused, match="före"):
        measuring.set_ends(
            followed_id=work.followed.get().pk,
            start=(Decimal(1), TODAY),
            end=(Decimal(2), before),
            on=TODAY,
            by=leader,
        )


def test_one_more_measure_does_not_take_the_aim(work, leader, member):
    extra = measuring.add(work_id=work.pk, measure=MEASURE, purpose=Purpose.BALANCING, by=leader)
    assert (extra.carries_aim, extra.purpose) == (False, Purpose.BALANCING)
    with pytest.raises(Refused):
        measuring.add(work_id=work.pk, measure=MEASURE, by=member)


# --- the team --------------------------------------------------------------------------------------------


def test_people_join_leave_and_take_over(work, leader, member):
    newcomer = PersonFactory()

    joined = works.add_member(work_id=work.pk, person=newcomer, by=leader)
    works.hand_over(membership_id=joined.pk, by=leader)
    works.remove_member(membership_id=work.memberships.get(person=member).pk, by=newcomer)

    assert [(m.person, m.role) for m in Work.objects.get(pk=work.pk).team] == [
        (newcomer, Member.LEADER),
        (leader, Member.MEMBER),
    ]


@pytest.mark.parametrize("kind", ["again", "gone", "leader", "by a member"])
def test_who_does_not_join(work, leader, member, kind):
    person = PersonFactory(is_active=kind != "gone")
    asked = {"person": member if kind == "again" else person, "by": leader}
    if kind == "leader":
        asked["role"] = Member.LEADER
    if kind == "by a member":
        asked["by"] = member
    with pytest.raises(Refused):
        works.add_member(work_id=work.pk, **asked)


def test_the_leader_stays_until_somebody_else_leads(work, leader):
    membership = work.memberships.get(person=leader)
    with pytest.raises(Refused, match="alltid en ledare"):
        works.remove_member(membership_id=membership.pk, by=leader)
    with pytest.raises(Refused, match="medlem"):
        works.hand_over(membership_id=membership.pk, by=leader)


# --- what the database refuses ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"status": "maybe"}, "work_status_known"),
        ({"aim": ""}, "work_says_what_it_wants"),
        ({"status": WorkStatus.FINISHED}, "work_finished_on_a_day"),
        ({"finished_on": TODAY}, "work_finished_on_a_day"),
        ({"aim_by": TODAY}, "work_aims_at_a_later_day"),
    ],
)
def test_what_can_never_be_true_of_a_work(work, change, name):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Work.objects.filter(pk=work.pk).update(**change)


def test_what_can_never_be_true_of_a_team(work, leader, member):
    teams = Membership.objects.filter(work=work)
    for change, name in [
        (lambda: teams.filter(person=member).update(role=Member.LEADER), "membership_one_leader"),
        (lambda: teams.update(role="king"), "membership_(role_known|one_leader)"),
        (lambda: Membership.objects.create(work=work, person=member), "membership_once"),
    ]:
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            change()


def test_what_can_never_be_true_of_what_is_followed(work, leader):
    measuring.add(work_id=work.pk, measure=MEASURE, by=leader)
    with pytest.raises(IntegrityError, match="one_carries_the_aim"), transaction.atomic():
        WorkMeasure.objects.update(carries_aim=True)
    with pytest.raises(IntegrityError, match="purpose_known"), transaction.atomic():
        WorkMeasure.objects.update(purpose="fun")


# --- who may see -----------------------------------------------------------------------------------------


def test_a_work_is_seen_by_its_team_its_author_and_those_who_look_after_the_unit(unit, stranger):
    parent = UnitFactory()
    below = UnitFactory(parent=parent)
    leader, author = employee(at=below), employee(at=unit)
    coach = PersonFactory()
    work = started_work(at=below, leader=leader, coach=coach)
    work.idea.author = author
    work.idea.save()
    seers = [leader, author, coach, person_with(Role.MANAGER, at=parent)]
    blind = [stranger, employee(at=below), person_with(Role.MANAGER, at=unit)]

    seen = [Work.objects.visible_to(person).filter(pk=work.pk).exists() for person in seers + blind]

    assert seen == [True] * 4 + [False] * 3
