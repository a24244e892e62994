"""A meeting in the browser: put in order with keys and by hand, and decided with one press."""

import pytest
from django.urls import reverse
from django.utils import timezone

from improvement.actions import meetings
from improvement.models import AgendaItem, Decision, MeetingStatus
from tests.factories import planned_meeting, ready_idea

from .steps import follow, press, told

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.django_db]


@pytest.fixture
def meeting(town):
    today = timezone.localdate()
    ideas = [ready_idea(at=town.school, title=title) for title in ("Etta", "Tvåa", "Trea")]
    meeting = planned_meeting(at=town.root, decider=town["decider"], held_on=today, on=today)
    wanted = [idea.pk for idea in ideas]
    meetings.put_on(meeting_id=meeting.pk, idea_ids=wanted, by=town["decider"])
    return meeting


def order(meeting):
    items = AgendaItem.objects.filter(meeting=meeting).order_by("position")
    return list(items.values_list("idea__title", flat=True))


def test_the_agenda_is_put_in_order_and_everything_decided_at_once(
    town, page_of, accessible, meeting
):
    page = page_of(town["decider"])
    page.goto(reverse("meeting-detail", args=[meeting.pk]))
    down = page.get_by_role("button", name="Flytta ned ”Etta”")

    down.focus()
    page.keyboard.press("Enter")
    page.locator("#agenda li").nth(1).get_by_role("heading", name="Etta").wait_for()
    assert page.evaluate("document.activeElement.textContent").strip() == "Flytta ned ”Etta”"
    assert order(meeting) == ["Tvåa", "Etta", "Trea"]

    handle = page.locator(".agenda__place").nth(2).bounding_box()
    first = page.locator("#agenda li").first.bounding_box()
    page.mouse.move(handle["x"] + 4, handle["y"] + 4)
    page.mouse.down()
    page.mouse.move(handle["x"] + 4, first["y"] + 4, steps=6)
    with page.expect_response(lambda response: "ordning" in response.url):
        page.mouse.up()
    page.locator("#agenda li").first.get_by_role("heading", name="Trea").wait_for()
    assert order(meeting) == ["Trea", "Tvåa", "Etta"]

    press(page, "Förbered alla som bifall med det sökta beloppet")
    accessible(page)
    follow(page, "Fastställ och skicka alla beslut")
    press(page, "Fastställ och skicka alla beslut")

    told(page, "3 beslut är fattade, och alla som berörs har fått veta det.")
    meeting.refresh_from_db()
    assert meeting.status == MeetingStatus.HELD
    decided = Decision.objects.filter(meeting=meeting).order_by("pk")
    assert list(decided.values_list("idea__title", flat=True)) == ["Trea", "Tvåa", "Etta"]
