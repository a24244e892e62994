"""Two who hand a work over at once, and two workers who remind at once."""

import uuid

import pytest

from foundation.errors import Refused
from organisation.models import Notice
from organisation.permissions import Role
from programme.actions import coaching, contacts, reminding
from programme.models import Coaching, Contact, Member, Membership, Reminder, Work, WorkStatus
from programme.models.work import WorkQuerySet
from tests.concurrency.rivals import at_the_same_point, together
from tests.factories import TODAY, UnitFactory, employee, person_with, started_work

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def work():
    unit = UnitFactory()
    coach = person_with(Role.COACH, at=unit)
    work = started_work(at=unit, leader=employee(at=unit), coach=coach)
    Work.objects.filter(pk=work.pk).update(status=WorkStatus.RUNNING)
    return work


@pytest.fixture
def rivals(work):
    """Two who look after the coaches, each about to send another coach."""

    def sending():
        lead = person_with(Role.PROGRAMME_LEAD, at=work.unit)
        to = person_with(Role.COACH, at=work.unit)
        return lambda: coaching.hand_over(
            work_id=work.pk, to=to, because="Jämnare.", on=TODAY, by=lead
        )

    return work, sending(), sending()


def test_handed_over_twice_at_once_the_work_has_one_coach_who_is_in_the_team(rivals):
    work, *sending = rivals
    together(*sending, behind=Work.objects.filter(pk=work.pk))
    now = Coaching.objects.open().get(work=work)
    in_team = Membership.objects.get(work=work, role=Member.COACH)
    assert now.coach_id == in_team.person_id
    assert Coaching.objects.filter(work=work).count() == 3  # one after the other


def test_without_the_lock_both_would_find_the_same_coach_to_take_over_from(rivals, monkeypatch):
    """The control.  The database still lets only one of them through."""
    work, *sending = rivals
    monkeypatch.setattr(WorkQuerySet, "locked", WorkQuerySet.all)
    monkeypatch.setattr(coaching, "open_coaching", at_the_same_point(coaching.open_coaching, 2))
    with pytest.raises(Exception, match="coaching_one_open_per_work"):
        together(*sending)


def test_the_same_contact_sent_twice_at_once_is_one(work):
    coach = work.coachings.get().coach
    key = uuid.uuid4()
    visit = contacts.Meeting("visit", TODAY)

    def logging():
        return contacts.log(work_id=work.pk, contact=visit, key=key, on=TODAY, by=coach)

    outcomes = together(logging, logging, behind=Work.objects.filter(pk=work.pk))
    assert not any(isinstance(outcome, Refused) for outcome in outcomes)
    assert Contact.objects.count() == 1


@pytest.fixture
def reminders(work):
    """Support that runs out, and two workers about to say so."""
    work.coachings.update(until=TODAY)

    def reminding_of():
        return reminding.remind_of([work.pk], on=TODAY)

    return reminding_of, reminding_of


def test_two_workers_remind_once(work, reminders):
    together(*reminders, behind=Work.objects.filter(pk=work.pk))
    assert Notice.objects.filter(kind="remind.coaching").count() == 1
    assert Reminder.objects.count() == 1


def test_without_the_lock_the_second_would_find_nothing_said(work, reminders, monkeypatch):
    """The control.  Then the database says that it has been said today."""
    monkeypatch.setattr(WorkQuerySet, "locked", WorkQuerySet.all)
    monkeypatch.setattr(reminding, "said_lately", at_the_same_point(reminding.said_lately, 2))
    with pytest.raises(Exception, match="reminder_once_a_day"):
        together(*reminders)
