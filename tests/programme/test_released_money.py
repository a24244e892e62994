"""A stopped work gives its money back, and begins again when its idea has money anew."""

import pytest
from django.urls import reverse

from foundation.errors import Refused
from improvement.actions import decisions, ideas
from improvement.models import Decision, IdeaStatus, LedgerEntry, RewardUse
from organisation.permissions import Role
from programme.actions import works
from programme.models import WorkStatus
from tests.factories import GROUNDS, KR, TODAY, UnitFactory, employee, person_with, started_work

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit():
    return UnitFactory()


@pytest.fixture
def leader(unit):
    return employee(at=unit)


@pytest.fixture
def keeper(unit):
    return person_with(Role.DEVELOPMENT_LEAD, at=unit)


@pytest.fixture
def stopped(unit, leader):
    work = started_work(at=unit, leader=leader)
    return works.press(work_id=work.pk, step_name="stop", why="Lokalen blev inte klar", by=leader)


def release(work, keeper):
    return works.release_money(work_id=work.pk, reason="Inte nu", on=TODAY, by=keeper)


def reserved_ore():
    return LedgerEntry.objects.balance().reserved_ore


def test_the_money_of_a_stopped_work_is_released_and_its_idea_waits(stopped, keeper):
    release(stopped, keeper)
    stopped.idea.refresh_from_db()
    assert (stopped.idea.status, reserved_ore()) == (IdeaStatus.WAITING, 0)


def test_a_work_that_goes_on_keeps_its_money(unit, leader, keeper):
    with pytest.raises(Refused, match="stoppat"):
        release(started_work(at=unit, leader=leader), keeper)


def test_the_works_leader_does_not_release_money(stopped, leader):
    with pytest.raises(Refused):
        release(stopped, leader)
    assert reserved_ore() > 0


def test_a_work_whose_money_is_gone_is_not_taken_up_again(stopped, leader, keeper):
    release(stopped, keeper)
    with pytest.raises(Refused, match="nytt beslut"):
        works.press(work_id=stopped.pk, step_name="reopen", why="Nu går det", by=leader)


def test_a_stopped_work_that_kept_its_money_is_taken_up_again(stopped, leader):
    works.press(work_id=stopped.pk, step_name="reopen", why="Nu går det", by=leader)
    stopped.refresh_from_db()
    assert stopped.status == WorkStatus.PLANNED


def test_with_a_new_decision_the_work_begins_again(unit, stopped, leader, keeper):
    release(stopped, keeper)
    for step in ("resume", "propose"):
        ideas.press(idea_id=stopped.idea_id, step_name=step, by=keeper)
    decisions.approve(
        idea_id=stopped.idea_id,
        fund_id=Decision.objects.first().fund_id,
        project_ore=20_000 * KR,
        grounds=GROUNDS,
        on=TODAY,
        by=person_with(Role.DECIDER, at=unit),
    )

    works.press(work_id=stopped.pk, step_name="reopen", why="Nu finns lokalen", by=leader)

    stopped.refresh_from_db()
    assert (stopped.status, stopped.idea.status) == (WorkStatus.PLANNED, IdeaStatus.UNDERWAY)


def test_it_is_done_in_the_browser_by_the_funds_keeper(client, stopped, keeper):
    client.force_login(keeper)
    address = reverse("work-release", args=[stopped.pk])
    assert address in client.get(reverse("work-detail", args=[stopped.pk])).text
    assert client.post(address, {"reason": ""}).status_code == 422

    client.post(address, {"reason": "Lokalen blev inte klar"})

    assert reserved_ore() == 0
    assert address not in client.get(reverse("work-detail", args=[stopped.pk])).text


def test_a_leader_who_did_not_leave_the_idea_says_what_the_reward_is_used_for(client, unit):
    leader, author = employee(at=unit), employee(at=unit)
    work = started_work(at=unit, leader=author)
    works.add_member(work_id=work.pk, person=leader, by=author)
    works.hand_over(membership_id=work.memberships.get(person=leader).pk, by=author)
    client.force_login(leader)

    address = reverse("work-reward", args=[work.pk])
    assert address in client.get(reverse("work-detail", args=[work.pk])).text
    client.post(address, {"kind": "activity", "description": "Lunch"})

    assert RewardUse.objects.get().declared_by == leader
