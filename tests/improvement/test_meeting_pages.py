"""Meetings in the browser: planned, ordered, scored, prepared, released."""

import pytest
from django.urls import reverse
from django.utils import timezone

from improvement.actions import agenda, decisions, ideas, meetings
from improvement.models import (
    Criterion,
    Decision,
    IdeaStatus,
    Meeting,
    MeetingStatus,
    Outcome,
)
from organisation.permissions import Role
from tests.factories import (
    KR,
    UnitFactory,
    approved_idea,
    employee,
    fund_with,
    person_with,
    planned_meeting,
    ready_idea,
)

pytestmark = pytest.mark.django_db

KEY = "7c1f8a52-2f7c-4a53-9b56-8f2a3f0e7d11"


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def unit():
    return UnitFactory()


@pytest.fixture
def fund(unit, today):
    return fund_with(50_000 * KR, at=unit)


@pytest.fixture
def meeting(unit, fund, today):
    return planned_meeting(at=unit, ideas=3, held_on=today, on=today)


def order_of(meeting):
    return list(meeting.items.order_by("position").values_list("pk", flat=True))


# --- planning ---------------------------------------------------------------------------------------


def test_a_meeting_is_planned_and_its_agenda_filled(client, unit, today):
    lead = person_with(Role.DEVELOPMENT_LEAD, at=unit)
    decider = person_with(Role.DECIDER, at=unit)
    idea = ready_idea(at=unit)
    client.force_login(lead)

    response = client.post(
        reverse("meeting-create"),
        {
            "unit": unit.pk,
            "held_on": today.isoformat(),
            "decider": decider.pk,
            "basis": "delegated",
            "delegation_reference": "4.12",
            "key": KEY,
        },
    )

    meeting = Meeting.objects.get()
    assert response["Location"] == reverse("meeting-detail", args=[meeting.pk])
    client.post(reverse("agenda-add", args=[meeting.pk]), {"idea": [idea.pk]})
    assert idea.title in client.get(reverse("meeting-detail", args=[meeting.pk])).text


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"held_on": "2020-01-01"}, "har varit"),
        ({"held_on": "i morgon"}, "datum"),
        ({"delegation_reference": ""}, "Skriv vilken punkt i delegationsordningen"),
        ({"decider": ""}, "Välj"),
    ],
)
def test_what_is_wrong_with_a_plan_is_said(client, unit, today, changes, sentence):
    lead = person_with(Role.DEVELOPMENT_LEAD, at=unit)
    decider = person_with(Role.DECIDER, at=unit)
    client.force_login(lead)
    plan = {
        "unit": unit.pk,
        "held_on": today.isoformat(),
        "decider": decider.pk,
        "basis": "delegated",
        "delegation_reference": "4.12",
        "place": "Stora salen",
        "key": KEY,
    }

    response = client.post(reverse("meeting-create"), {**plan, **changes})

    assert response.status_code == 422
    assert sentence in response.text
    assert "Stora salen" in response.text, "nothing typed is lost"


def test_a_second_click_plans_no_second_meeting(client, unit, today):
    decider = person_with(Role.DECIDER, at=unit)
    client.force_login(decider)
    plan = {
        "unit": unit.pk,
        "held_on": today.isoformat(),
        "decider": decider.pk,
        "basis": "delegated",
        "delegation_reference": "4.12",
        "key": KEY,
    }
    for _ in range(2):
        assert client.post(reverse("meeting-create"), plan).status_code == 302
    assert Meeting.objects.count() == 1


def test_who_neither_prepares_nor_decides_plans_nothing(client, unit):
    client.force_login(employee(at=unit))
    assert client.get(reverse("meeting-create")).status_code == 404
    assert "Planera ett möte" not in client.get(reverse("meeting-list")).text


def test_a_meeting_is_called_off_after_a_question(client, meeting):
    client.force_login(meeting.decider)
    address = reverse("meeting-cancel", args=[meeting.pk])
    assert "Ställ in" in client.get(address).text
    client.post(address)
    meeting.refresh_from_db()
    assert meeting.status == MeetingStatus.CANCELLED


def test_people_are_called_and_taken_off(client, meeting, unit):
    client.force_login(meeting.decider)
    guest = employee(at=unit)
    client.post(reverse("member-call", args=[meeting.pk]), {"person": guest.pk})
    member = meeting.members.get()
    assert member.person == guest
    client.post(reverse("member-excuse", args=[member.pk]))
    assert not meeting.members.exists()
    refused = client.post(reverse("member-call", args=[meeting.pk]), {"person": meeting.decider.pk})
    assert refused.status_code == 422


# --- the agenda -------------------------------------------------------------------------------------


def test_the_order_is_changed_with_buttons_and_by_dragging(client, meeting):
    first, second, third = order_of(meeting)
    address = reverse("agenda-order", args=[meeting.pk])
    client.force_login(meeting.decider)

    client.post(address, {"item": [first, second, third], "move": f"{third}:up"})
    assert order_of(meeting) == [first, third, second]

    part = client.post(
        address,
        {"item": [second, first, third]},
        headers={"HX-Request": "true", "HX-Target": "agenda"},
    )
    assert order_of(meeting) == [second, first, third]
    assert part.text.lstrip().startswith('<div id="agenda"')


@pytest.mark.parametrize(
    "rubbish", [{"move": "x:up"}, {"move": "999999:up"}, {"item": ["a", "-1"]}]
)
def test_rubbish_does_not_upset_the_order(client, meeting, rubbish):
    client.force_login(meeting.decider)
    before = order_of(meeting)
    client.post(reverse("agenda-order", args=[meeting.pk]), rubbish)
    assert order_of(meeting) == before


def test_who_is_heard_does_not_change_the_agenda(client, meeting, unit):
    guest = employee(at=unit)
    meetings.call(meeting_id=meeting.pk, person=guest, by=meeting.decider)
    client.force_login(guest)
    before = order_of(meeting)

    page = client.get(reverse("meeting-detail", args=[meeting.pk])).text
    assert "Flytta" not in page
    client.post(reverse("agenda-order", args=[meeting.pk]), {"item": before[::-1]})
    client.post(reverse("agenda-remove", args=[before[0]]))
    client.post(reverse("agenda-draft-all", args=[meeting.pk]))

    assert order_of(meeting) == before
    assert not meeting.items.exclude(outcome="").exists()


@pytest.mark.parametrize("count", [1, 3])
def test_a_meeting_costs_the_same_however_long_its_agenda(
    client, unit, fund, today, count, django_assert_num_queries
):
    meeting = planned_meeting(at=unit, ideas=count, held_on=today, on=today)
    client.force_login(meeting.decider)
    with django_assert_num_queries(14):
        client.get(reverse("meeting-detail", args=[meeting.pk]))


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_however_many_meetings(
    client, unit, today, count, django_assert_num_queries
):
    decider = person_with(Role.DECIDER, at=unit)
    for _ in range(count):
        planned_meeting(at=unit, held_on=today, on=today, decider=decider)
        off = planned_meeting(at=unit, held_on=today, on=today, decider=decider)
        meetings.cancel(meeting_id=off.pk, by=decider)
    client.force_login(decider)
    with django_assert_num_queries(7):
        response = client.get(reverse("meeting-list"))
    assert len(response.context["coming"]) == count


# --- points -----------------------------------------------------------------------------------------


def points(number, reason=""):
    criteria = Criterion.objects.filter(is_active=True)
    return {
        **{f"points_{criterion.pk}": number for criterion in criteria},
        **{f"reason_{criterion.pk}": reason for criterion in criteria},
    }


def test_the_others_points_are_not_sent_before_ones_own_are_given(client, meeting, unit):
    """Not hidden by the look: not in the page, on any of the pages about the idea."""
    first, second = employee(at=unit), employee(at=unit)
    for person in (first, second):
        meetings.call(meeting_id=meeting.pk, person=person, by=meeting.decider)
    item = meeting.items.first()
    client.force_login(first)
    client.post(reverse("agenda-score", args=[item.pk]), points(5, "Alldeles lysande förslag"))

    client.force_login(second)
    for route in ("agenda-item", "agenda-score", "agenda-screen"):
        response = client.get(reverse(route, args=[item.pk]))
        assert not response.context["points"]
        assert "points__bar" not in response.text
        assert "lysande" not in response.text

    client.post(reverse("agenda-score", args=[item.pk]), points(1))
    shown = client.get(reverse("agenda-item", args=[item.pk]))
    assert [one.mean for one in shown.context["points"]] == [3] * 5


def test_points_left_out_are_asked_for(client, meeting):
    client.force_login(meeting.decider)
    item = meeting.items.first()
    some = dict(list(points(4).items())[1:])
    response = client.post(reverse("agenda-score", args=[item.pk]), some)
    assert response.status_code == 422
    assert not item.idea.assessments.exists()


# --- decisions ---------------------------------------------------------------------------------------


def test_decisions_are_prepared_one_by_one_or_all_at_once_and_released(client, meeting, fund):
    client.force_login(meeting.decider)
    first = meeting.items.order_by("position").first()
    response = client.post(
        reverse("agenda-item", args=[first.pk]),
        {
            "outcome": "approved",
            "fund": fund.pk,
            "project_ore": "15 000",
            "reason": "En del räcker.",
            "next": "1",
        },
    )
    assert response["Location"] == reverse("agenda-item", args=[order_of(meeting)[1]])
    client.post(reverse("agenda-draft-all", args=[meeting.pk]))
    address = reverse("meeting-release", args=[meeting.pk])
    assert "3 beslut" in client.get(address).text

    response = client.post(address, {"notes": "Kort möte."}, follow=True)

    assert "3 beslut är fattade" in response.text
    part = first.idea.decisions.get()
    assert (part.project_ore, part.asked_ore) == (15_000 * KR, 20_000 * KR)
    assert "Sökt 20\N{NO-BREAK SPACE}000\N{NO-BREAK SPACE}kr, beviljat 15" in response.text
    again = client.post(address, {}, follow=True)
    assert "redan" in again.text
    assert Decision.objects.count() == 3


def test_what_has_no_decision_stops_the_release_until_it_is_moved(client, meeting):
    client.force_login(meeting.decider)
    item = meeting.items.first()
    agenda.draft(
        item_id=item.pk,
        terms=decisions.Terms(Outcome.REJECTED),
        reason="Nej.",
        on=meeting.held_on,
        by=meeting.decider,
    )
    address = reverse("meeting-release", args=[meeting.pk])
    assert client.post(address, {}).status_code == 422
    assert client.post(address, {"postpone": "on"}).status_code == 302
    assert Decision.objects.count() == 1


def test_nobody_but_the_decider_may_press(client, meeting, unit):
    lead = person_with(Role.DEVELOPMENT_LEAD, at=unit)
    agenda.draft_all(meeting_id=meeting.pk, on=meeting.held_on, by=lead)
    client.force_login(lead)
    address = reverse("meeting-release", args=[meeting.pk])
    assert meeting.decider.name in client.get(address).text
    assert client.post(address, {}).status_code == 422
    assert not Decision.objects.exists()


def test_what_is_prepared_is_seen_only_by_those_who_prepare(client, meeting, unit):
    guest = employee(at=unit)
    meetings.call(meeting_id=meeting.pk, person=guest, by=meeting.decider)
    agenda.draft_all(meeting_id=meeting.pk, on=meeting.held_on, by=meeting.decider)
    client.force_login(guest)
    for address in (
        reverse("meeting-detail", args=[meeting.pk]),
        reverse("agenda-item", args=[order_of(meeting)[0]]),
        reverse("agenda-screen", args=[order_of(meeting)[0]]),
    ):
        assert "Bifall" not in client.get(address).text


# --- one decision for itself ---------------------------------------------------------------------------


def test_a_decision_is_replaced_on_a_page_of_its_own(client, unit, fund):
    decider = person_with(Role.DECIDER, at=unit)
    idea = approved_idea(at=unit, fund=fund)
    client.force_login(decider)
    address = reverse("decision-replace", args=[idea.decisions.get().pk])
    assert address in client.get(reverse("idea-detail", args=[idea.pk])).text
    answers = {
        "why": "Enheten läggs ned.",
        "outcome": "rejected",
        "reason": "Det behövs inte längre.",
        "basis": "delegated",
        "delegation_reference": "4.12",
    }

    assert client.post(address, {**answers, "why": ""}).status_code == 422
    response = client.post(address, answers, follow=True)

    idea.refresh_from_db()
    assert idea.status == IdeaStatus.REJECTED
    assert "Enheten läggs ned." in response.text
    assert "Ett tidigare beslut" in response.text
    assert client.post(address, answers).status_code == 422


def test_a_conflict_of_interest_is_declared_on_a_page_of_its_own(client, unit):
    decider = person_with(Role.DECIDER, at=unit)
    idea = ready_idea(at=unit)
    client.force_login(decider)
    address = reverse("idea-conflict", args=[idea.pk])

    assert client.post(address, {"reason": ""}).status_code == 422
    client.post(address, {"reason": "Min syster leder arbetet."})

    assert idea.conflicts.get().person == decider
    assert "jäv" in client.get(reverse("idea-decide", args=[idea.pk])).text


def test_who_is_heard_may_step_back_from_an_idea_seen_only_on_the_agenda(client, meeting):
    guest = employee(at=UnitFactory())
    meetings.call(meeting_id=meeting.pk, person=guest, by=meeting.decider)
    idea = meeting.items.first().idea
    client.force_login(guest)
    assert client.get(reverse("idea-detail", args=[idea.pk])).status_code == 404

    client.post(reverse("idea-conflict", args=[idea.pk]), {"reason": "Min syster."})

    assert idea.conflicts.get().person == guest


def test_more_money_is_granted_once_however_often_one_clicks(client, unit, fund):
    idea = approved_idea(at=unit, fund=fund)
    ideas.start(idea_id=idea.pk, by=person_with(Role.DEVELOPMENT_LEAD, at=unit))
    client.force_login(person_with(Role.DECIDER, at=unit))
    address = reverse("decision-add", args=[idea.decisions.get().pk])
    seen = client.get(address).context["form"]["seen_revision"].value()
    answers = {
        "extra_ore": "4 000",
        "reason": "Dyrare material.",
        "basis": "delegated",
        "delegation_reference": "4.12",
        "seen_revision": seen,
    }

    assert [client.post(address, answers).status_code for _ in range(2)] == [302, 422]
    assert idea.decisions.count() == 2
    assert "mer pengar" in client.get(reverse("idea-detail", args=[idea.pk])).text.lower()
