"""Meetings: planned by those who may, an agenda in order, points in private, decisions all at once."""

import datetime as dt

import pytest

from foundation.errors import Refused
from improvement.actions import agenda, decisions, funds, ideas, meetings
from improvement.actions.agenda import Score
from improvement.actions.decisions import Terms
from improvement.models import (
    Condition,
    Criterion,
    Decision,
    Idea,
    IdeaStatus,
    LedgerEntry,
    Meeting,
    MeetingStatus,
    Outcome,
)
from improvement.queries.meetings import points_of, ready_for, sees_points
from organisation.models import Notice
from organisation.permissions import Role
from tests.factories import (
    GROUNDS,
    KR,
    TODAY,
    UnitFactory,
    employee,
    fund_with,
    person_with,
    planned_meeting,
    ready_idea,
)

pytestmark = pytest.mark.django_db

TOMORROW = TODAY + dt.timedelta(days=1)


@pytest.fixture
def unit():
    return UnitFactory()


@pytest.fixture
def fund(unit):
    return fund_with(50_000 * KR, at=unit)


@pytest.fixture
def lead(unit):
    return person_with(Role.DEVELOPMENT_LEAD, at=unit)


def order_of(meeting):
    return list(meeting.items.order_by("position").values_list("idea", flat=True))


def approve(item, fund, ore=None, *, by):
    terms = Terms(Outcome.APPROVED, fund.pk, ore or item.idea.cost_ore())
    return agenda.draft(item_id=item.pk, terms=terms, reason="Bra.", on=TODAY, by=by)


def release(meeting, *, by=None, on=TODAY, **how):
    how = {"present": (), **how}
    return agenda.release(meeting_id=meeting.pk, on=on, by=by or meeting.decider, **how)


# --- planning -----------------------------------------------------------------------------------


def test_who_prepares_or_decides_plans_a_meeting_with_one_named_decider(unit, lead):
    decider = person_with(Role.DECIDER, at=unit)

    meeting = meetings.create(
        unit=unit, held_on=TODAY, decider=decider, delegation_reference="4.12", on=TODAY, by=lead
    )

    assert (meeting.status, meeting.decider) == (MeetingStatus.PLANNED, decider)
    with pytest.raises(Refused):
        planned_meeting(at=unit, decider=lead)
    with pytest.raises(Refused):
        meetings.create(
            unit=unit,
            held_on=TODAY,
            decider=decider,
            delegation_reference="4.12",
            on=TODAY,
            by=employee(at=unit),
        )


@pytest.mark.parametrize(
    "wrong", [{"held_on": TODAY - dt.timedelta(days=1)}, {"delegation_reference": " "}]
)
def test_the_day_lies_ahead_and_the_right_is_named(unit, wrong):
    with pytest.raises(Refused):
        planned_meeting(at=unit, **wrong)


def test_those_heard_last_time_are_called_again(unit, lead):
    first = planned_meeting(at=unit)
    meetings.call(meeting_id=first.pk, person=lead, by=lead)
    assert planned_meeting(at=unit).members.get().person == lead


def test_a_meeting_is_changed_and_called_off_until_it_is_held(unit, lead):
    meeting = planned_meeting(at=unit, ideas=1)
    facts = {"held_on": TOMORROW, "decider": meeting.decider, "delegation_reference": "5.1"}
    meetings.edit(meeting_id=meeting.pk, place="Stora salen", **facts, on=TODAY, by=lead)
    meetings.cancel(meeting_id=meeting.pk, by=lead)

    meeting.refresh_from_db()
    assert (meeting.status, meeting.place) == (MeetingStatus.CANCELLED, "Stora salen")
    assert ready_for(planned_meeting(at=unit)).count() == 1, "its idea is free for another"
    with pytest.raises(Refused):
        meetings.edit(meeting_id=meeting.pk, **facts, on=TODAY, by=lead)


def test_who_is_called_is_told_and_told_again_when_it_is_moved_or_called_off(unit, lead):
    meeting = planned_meeting(at=unit)
    meetings.call(meeting_id=meeting.pk, person=lead, by=meeting.decider)
    facts = {"decider": meeting.decider, "delegation_reference": "4.12", "on": TODAY}
    meetings.edit(meeting_id=meeting.pk, held_on=TOMORROW, **facts, by=meeting.decider)
    meetings.cancel(meeting_id=meeting.pk, by=meeting.decider)

    told = Notice.objects.visible_to(lead).order_by("pk").values_list("kind", flat=True)
    assert list(told) == ["meeting.call", "meeting.edit", "meeting.cancel"]
    assert not Notice.objects.visible_to(meeting.decider), "who did it knows"


def test_all_authors_are_told_when_the_decisions_are_released_and_not_before(unit, fund):
    meeting = planned_meeting(at=unit, ideas=3)
    agenda.draft_all(meeting_id=meeting.pk, on=TODAY, by=meeting.decider)
    outcomes = Notice.objects.filter(kind__in=["idea.approve", "idea.queue"])
    assert not outcomes.exists()

    release(meeting)

    authors = set(meeting.items.values_list("idea__author", flat=True))
    assert set(outcomes.values_list("to", flat=True)) == authors


def test_one_sees_meetings_one_takes_part_in_or_whose_ideas_one_prepares(unit, lead):
    meeting = planned_meeting(at=unit)
    guest, stranger = employee(at=unit), employee(at=unit)
    meetings.call(meeting_id=meeting.pk, person=guest, by=lead)

    for person in (guest, lead, meeting.decider):
        assert Meeting.objects.visible_to(person).get() == meeting
    assert not Meeting.objects.visible_to(stranger)


# --- the agenda ---------------------------------------------------------------------------------


def test_ready_ideas_of_the_unit_and_below_are_put_on_once(unit):
    below = ready_idea(at=UnitFactory(parent=unit))
    ready_idea(at=UnitFactory())
    meeting = planned_meeting(at=unit, ideas=1)

    assert below.pk in order_of(meeting)
    assert len(order_of(meeting)) == 2
    assert meetings.put_on(meeting_id=meeting.pk, by=meeting.decider) == []
    assert not ready_for(planned_meeting(at=unit)), "an idea is on one agenda at a time"


def test_the_deciders_own_is_left_out(unit):
    decider = person_with(Role.DECIDER, at=unit)
    own = ready_idea(at=unit, author=decider)
    meeting = planned_meeting(at=unit, ideas=1, decider=decider)

    assert own.pk not in order_of(meeting)
    with pytest.raises(Refused):
        meetings.put_on(meeting_id=meeting.pk, idea_ids=[own.pk], by=decider)


def test_the_order_is_set_as_a_whole_or_one_step_at_a_time(unit):
    meeting = planned_meeting(at=unit, ideas=3)
    first, second, third = meeting.items.order_by("position")

    meetings.arrange(
        meeting_id=meeting.pk, item_ids=[third.pk, first.pk, second.pk], by=meeting.decider
    )
    assert order_of(meeting) == [third.idea_id, first.idea_id, second.idea_id]

    meetings.shift(item_id=third.pk, steps=1, by=meeting.decider)
    meetings.shift(item_id=first.pk, steps=-1, by=meeting.decider)
    assert order_of(meeting) == [first.idea_id, third.idea_id, second.idea_id]


def test_what_changed_meanwhile_does_not_upset_the_order(unit):
    meeting = planned_meeting(at=unit, ideas=2)
    first, second = meeting.items.order_by("position")
    ready_idea(at=unit)
    (new,) = meetings.put_on(meeting_id=meeting.pk, by=meeting.decider)
    meetings.take_off(item_id=first.pk, by=meeting.decider)

    meetings.arrange(meeting_id=meeting.pk, item_ids=[second.pk, first.pk], by=meeting.decider)

    assert order_of(meeting) == [second.idea_id, new.idea_id]


# --- points -------------------------------------------------------------------------------------


def give(item, points, *, by):
    scores = {criterion: Score(points) for criterion in Criterion.objects.filter(is_active=True)}
    return agenda.score(item_id=item.pk, scores=scores, by=by)


@pytest.fixture
def heard(unit):
    """A meeting with one idea and two who are heard."""
    meeting = planned_meeting(at=unit, ideas=1)
    people = [employee(at=unit) for _ in range(2)]
    for person in people:
        meetings.call(meeting_id=meeting.pk, person=person, by=meeting.decider)
    return meeting, meeting.items.get(), people


def test_one_sees_the_others_points_when_one_has_given_ones_own(heard, lead):
    meeting, item, (first, second) = heard
    give(item, 5, by=first)

    def sees(person):
        return item.idea_id in sees_points(meeting, [item.idea_id], person)

    assert (sees(first), sees(second), sees(lead)) == (True, False, False)
    give(item, 2, by=second)
    assert sees(second)
    assert not sees(lead), "who only looks on waits for all"
    give(item, 2, by=meeting.decider)
    assert sees(lead)
    points = points_of(item.idea_id)[0]
    assert (points.count, points.mean, points.low, points.high) == (3, 3, 2, 5)


def test_who_has_a_conflict_of_interest_is_not_counted(heard):
    _meeting, item, (first, second) = heard
    give(item, 5, by=first)
    give(item, 1, by=second)
    decisions.declare_conflict(idea_id=item.idea_id, reason="Min syster.", by=first)

    assert points_of(item.idea_id)[0].mean == 1
    with pytest.raises(Refused, match="jäv"):
        give(item, 5, by=first)


def test_points_are_given_by_those_who_take_part_on_every_criterion(heard, lead):
    _meeting, item, (first, _second) = heard
    with pytest.raises(Refused):
        give(item, 3, by=lead)
    with pytest.raises(Refused):
        agenda.score(item_id=item.pk, scores={}, by=first)
    with pytest.raises(Refused):
        give(item, 6, by=first)


# --- decisions, prepared and released -------------------------------------------------------------


def test_all_decisions_are_made_at_once_in_the_order_of_the_agenda(unit, fund, lead):
    """50 000 kr: the first two are funded, the third waits, whatever the order they were left in."""
    meeting = planned_meeting(at=unit, ideas=3)
    meetings.arrange(
        meeting_id=meeting.pk,
        item_ids=list(meeting.items.order_by("-position").values_list("pk", flat=True)),
        by=lead,
    )
    meetings.call(meeting_id=meeting.pk, person=lead, by=lead)
    assert agenda.draft_all(meeting_id=meeting.pk, on=TODAY, by=lead) == 3

    made = release(meeting, present=[meeting.members.get().pk], notes="Kort möte.")

    meeting.refresh_from_db()
    assert (meeting.status, meeting.notes) == (MeetingStatus.HELD, "Kort möte.")
    assert [decision.idea_id for decision in made] == order_of(meeting)
    assert [Idea.objects.get(pk=pk).status for pk in order_of(meeting)] == [
        IdeaStatus.FUNDED,
        IdeaStatus.FUNDED,
        IdeaStatus.QUEUED,
    ]
    assert {d.meeting_id for d in made} == {meeting.pk}
    assert {(d.delegation_reference, d.consulted) for d in made} == {("4.12", lead.name)}
    assert list(meeting.items.order_by("position").values_list("decision", flat=True)) == [
        decision.pk for decision in made
    ]


def test_each_outcome_can_be_prepared(unit, fund, lead):
    meeting = planned_meeting(at=unit, ideas=5)
    yes, part, no, later, more = meeting.items.order_by("position")
    approve(yes, fund, by=lead)
    approve(part, fund, 5_000 * KR, by=lead)
    for item, terms in (
        (no, Terms(Outcome.REJECTED)),
        (later, Terms(Outcome.WAITING, returns_when=Condition.DATE, wait_until=TOMORROW)),
        (more, Terms(Outcome.SUPPLEMENT)),
    ):
        agenda.draft(item_id=item.pk, terms=terms, reason="Skäl.", on=TODAY, by=lead)

    made = release(meeting)

    assert [d.outcome for d in made] == [
        "approved",
        "approved",
        "rejected",
        "waiting",
        "supplement",
    ]
    assert [d.is_part_funded for d in made] == [False, True, False, False, False]
    assert LedgerEntry.objects.filter(period__fund=fund).balance().reserved_ore == 25_000 * KR


def test_only_the_named_decider_releases_and_not_before_the_day(unit, fund, lead):
    meeting = planned_meeting(at=unit, ideas=1, held_on=TOMORROW)
    agenda.draft_all(meeting_id=meeting.pk, on=TODAY, by=lead)
    other = person_with(Role.DECIDER, at=unit)

    for person, on in ((lead, TOMORROW), (other, TOMORROW), (meeting.decider, TODAY)):
        with pytest.raises(Refused):
            release(meeting, by=person, on=on)
    assert not Decision.objects.exists()
    release(meeting, on=TOMORROW)


def test_pressed_twice_it_is_released_once(unit, fund):
    meeting = planned_meeting(at=unit, ideas=1)
    agenda.draft_all(meeting_id=meeting.pk, on=TODAY, by=meeting.decider)
    release(meeting)
    with pytest.raises(Refused):
        release(meeting)
    assert Decision.objects.count() == 1


def test_what_has_no_decision_is_named_or_moved_to_the_next_meeting(unit, fund):
    meeting = planned_meeting(at=unit, ideas=2)
    decided, open_ = meeting.items.order_by("position")
    approve(decided, fund, by=meeting.decider)
    with pytest.raises(Refused, match=open_.idea.title):
        release(meeting)

    following = planned_meeting(at=unit, held_on=TOMORROW)
    release(meeting, postpone=True)

    assert order_of(following) == [open_.idea_id]
    assert Decision.objects.count() == 1


def test_a_decision_that_cannot_be_taken_stops_them_all_and_is_named(unit, fund):
    meeting = planned_meeting(at=unit, ideas=2)
    agenda.draft_all(meeting_id=meeting.pk, on=TODAY, by=meeting.decider)
    close = meeting.items.order_by("position").last().idea
    decisions.declare_conflict(idea_id=close.pk, reason="Min syster.", by=meeting.decider)

    with pytest.raises(Refused, match=close.title):
        release(meeting)

    assert not Decision.objects.exists()
    assert LedgerEntry.objects.filter(period__fund=fund).balance().reserved_ore == 0


def test_what_was_taken_back_or_decided_meanwhile_is_not_decided_again(unit, fund, lead):
    meeting = planned_meeting(at=unit, ideas=3)
    agenda.draft_all(meeting_id=meeting.pk, on=TODAY, by=lead)
    kept, back, decided = (item.idea for item in meeting.items.order_by("position"))
    ideas.press(idea_id=back.pk, step_name="take_back", by=lead)
    decisions.reject(idea_id=decided.pk, grounds=GROUNDS, by=meeting.decider)

    (made,) = release(meeting)

    assert made.idea_id == kept.pk


def test_a_large_amount_is_decided_at_a_meeting(unit, fund):
    fund.between_meetings_ore = 1 * KR
    fund.save()
    meeting = planned_meeting(at=unit, ideas=1)
    agenda.draft_all(meeting_id=meeting.pk, on=TODAY, by=meeting.decider)
    assert release(meeting)


def test_what_cannot_be_approved_as_asked_is_left_to_be_prepared(unit, lead):
    fund = fund_with(90_000 * KR, at=unit, cap_ore=10_000 * KR)
    ready_idea(at=unit, cost_ore=10_000 * KR)
    over = ready_idea(at=unit, cost_ore=10_000 * KR)
    over.cost_lines.update(amount_ore=10_001 * KR)
    Idea.objects.update(cap_reason="")
    meeting = planned_meeting(at=unit)
    meetings.put_on(meeting_id=meeting.pk, by=lead)

    assert agenda.draft_all(meeting_id=meeting.pk, on=TODAY, by=lead) == 1
    item = meeting.items.get(idea=over)
    assert item.outcome == ""
    with pytest.raises(Refused):
        approve(item, fund, by=lead)


def test_a_prepared_decision_says_why_and_may_be_taken_back(unit, fund, lead):
    item = planned_meeting(at=unit, ideas=1).items.get()
    with pytest.raises(Refused):
        agenda.draft(item_id=item.pk, terms=Terms(Outcome.REJECTED), reason=" ", on=TODAY, by=lead)
    approve(item, fund, by=lead)
    agenda.draft(item_id=item.pk, terms=Terms(""), reason="", on=TODAY, by=lead)
    item.refresh_from_db()
    assert (item.outcome, item.fund, item.project_ore) == ("", None, None)


def test_with_an_empty_fund_the_approved_are_queued_in_the_order_of_the_agenda(unit, lead):
    fund = fund_with(0, at=unit, name="Tom pott")
    meeting = planned_meeting(at=unit, ideas=3)
    agenda.draft_all(meeting_id=meeting.pk, on=TODAY, by=lead)
    release(meeting)

    queued = list(fund.decisions.queued())
    assert [d.idea_id for d in queued] == order_of(meeting)
    funds.allocate(period_id=fund.periods.get().pk, amount_ore=20_000 * KR, on=TODAY, by=lead)
    assert [d.idea_id for d in fund.decisions.queued()] == order_of(meeting)[1:]
