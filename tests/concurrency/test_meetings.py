"""A meeting's decisions are released once, whoever presses and whatever else happens to the money."""

import pytest
from django.db import IntegrityError

from foundation.errors import Refused
from improvement.actions import agenda, funds, meetings
from improvement.models import AgendaItem, Decision, Fund, IdeaStatus, LedgerEntry, Meeting
from improvement.models.meeting import MeetingQuerySet
from organisation.permissions import Role
from tests.concurrency.rivals import at_the_same_point, together
from tests.factories import KR, TODAY, UnitFactory, fund_with, person_with, planned_meeting

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def unit():
    return UnitFactory()


@pytest.fixture
def fund(unit):
    return fund_with(50_000 * KR, at=unit)


@pytest.fixture
def prepared(unit, fund):
    """Three ideas of 20 000 kr each, prepared as approved."""
    meeting = planned_meeting(at=unit, ideas=3)
    agenda.draft_all(meeting_id=meeting.pk, on=TODAY, by=meeting.decider)
    return meeting


def release_of(meeting, on=TODAY):
    def press():
        try:
            return agenda.release(meeting_id=meeting.pk, present=(), on=on, by=meeting.decider)
        except IntegrityError as error:
            return error

    return press


def statuses(meeting):
    return list(meeting.items.order_by("position").values_list("idea__status", flat=True))


def test_pressed_twice_at_once_all_is_decided_once(prepared, fund):
    outcomes = together(
        release_of(prepared), release_of(prepared), behind=Meeting.objects.filter(pk=prepared.pk)
    )

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Refused", "list"]
    assert Decision.objects.count() == 3
    assert LedgerEntry.objects.filter(period__fund=fund).balance().reserved_ore == 40_000 * KR


def test_without_the_lock_the_second_would_get_as_far_as_the_first_idea(
    prepared, fund, monkeypatch
):
    """The control of the lock: both believe that the meeting has not been held."""
    monkeypatch.setattr(MeetingQuerySet, "locked", MeetingQuerySet.all)
    monkeypatch.setattr(agenda, "agenda_of", at_the_same_point(agenda.agenda_of, 2))

    outcomes = together(release_of(prepared), release_of(prepared))

    late = next(outcome for outcome in outcomes if not isinstance(outcome, list))
    assert isinstance(late, Refused)
    assert prepared.items.first().idea.title in str(late), "stopped by the idea, not the meeting"
    assert Decision.objects.count() == 3


def test_a_period_that_closes_meanwhile_leaves_nothing_unpaid_and_nobody_overtaken(
    unit, fund, prepared
):
    """Whichever is first, all money is in one place and the approved are reserved or queued."""
    lead = person_with(Role.DEVELOPMENT_LEAD, at=unit)
    period = fund.periods.get()
    after = period.ends_on.replace(year=period.ends_on.year + 1, month=1, day=2)
    following = funds.add_period(
        fund_id=fund.pk,
        name="Första halvåret",
        starts_on=after.replace(day=1),
        ends_on=after.replace(month=6, day=30),
        by=lead,
    )

    outcomes = together(
        release_of(prepared, after),
        lambda: funds.close_period(period_id=period.pk, on=after, by=lead),
        behind=Fund.objects.filter(pk=fund.pk),
    )

    assert not any(isinstance(outcome, Exception) for outcome in outcomes)
    assert statuses(prepared) == [IdeaStatus.FUNDED, IdeaStatus.FUNDED, IdeaStatus.QUEUED]
    balance = LedgerEntry.objects.filter(period__fund=fund).balance()
    assert (balance.left_ore, balance.reserved_ore) == (10_000 * KR, 40_000 * KR)
    period.refresh_from_db()
    assert period.is_closed
    assert (period.left_ore(), following.left_ore()) == (0, 10_000 * KR)


def test_two_who_move_things_at_once_leave_an_agenda_in_order(unit, prepared):
    lead = person_with(Role.DEVELOPMENT_LEAD, at=unit)
    first, second, third = prepared.items.order_by("position").values_list("pk", flat=True)

    together(
        lambda: meetings.arrange(meeting_id=prepared.pk, item_ids=[third, second, first], by=lead),
        lambda: meetings.take_off(item_id=second, by=lead),
        behind=Meeting.objects.filter(pk=prepared.pk),
    )

    left = list(AgendaItem.objects.order_by("position").values_list("pk", "position"))
    assert left == [(third, 1), (first, 2)]


def test_an_idea_is_taken_by_one_of_two_meetings(unit):
    first, second = planned_meeting(at=unit), planned_meeting(at=unit)
    third = planned_meeting(at=unit, ideas=1)
    meetings.cancel(meeting_id=third.pk, by=third.decider)

    together(
        *(
            lambda meeting=meeting: meetings.put_on(meeting_id=meeting.pk, by=meeting.decider)
            for meeting in (first, second)
        ),
        behind=unit.ideas.all(),
    )

    assert AgendaItem.objects.exclude(meeting=third).count() == 1
