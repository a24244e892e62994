"""A work without money, on a phone: proposed by the staff, wanted by the manager."""

import pytest
from django.urls import reverse

from organisation.permissions import Role
from programme.models import Work, WorkStatus
from tests.factories import person_with

from .steps import follow, press, told, write

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.django_db]

PHONE = {"width": 390, "height": 844}


def test_a_manager_says_yes_to_a_proposed_work_on_a_phone(town, page_of, accessible):
    manager = person_with(Role.MANAGER, at=town.school, given_name="Petra", family_name="Chef")
    page = page_of(town["staff"])
    page.set_viewport_size(PHONE)
    page.goto(reverse("work-list"))
    follow(page, "Starta ett arbete")
    follow(page, "Ett behov som vi har sett")
    write(page, "Rubrik", "Lugnare raster")
    write(page, "Vad vill ni uppnå?", "Varje rast börjar och slutar i lugn.")
    page.locator("#id_asked_by_words").press_sequentially("Petra")
    page.get_by_role("radio", name="Petra Chef").check()
    accessible(page)
    press(page, "Föreslå arbetet")
    told(page, "Arbetet är föreslaget, och Petra Chef har fått frågan.")

    page = page_of(manager)
    page.set_viewport_size(PHONE)
    page.goto(reverse("notice-list"))
    follow(page, "Lugnare raster")
    page.get_by_role("heading", name="Är det här arbetet önskat?").wait_for()
    accessible(page)
    press(page, "Säg att arbetet är önskat")
    told(page, "Teamet har fått veta att arbetet är önskat.")

    work = Work.objects.get(title="Lugnare raster")
    assert (work.status, work.is_confirmed, work.asked_by) == (WorkStatus.PLANNED, True, manager)
    page.get_by_role("heading", name="Vad händer nu?").wait_for()
    wide = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    assert wide == 0
