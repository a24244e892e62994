"""A task on a phone: given, spoken of, and done by a colleague."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.factories import employee, started_work
from tests.journeys.conftest import PHONE
from tests.journeys.steps import press, told, write

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.django_db]


@pytest.mark.parametrize("java_script", [True, False], ids=["as it is", "without JavaScript"])
def test_a_task_is_given_on_a_phone_and_done_by_a_colleague(town, page_of, accessible, java_script):
    leader = employee(at=town.school, given_name="Maja", family_name="Ask")
    colleague = employee(at=town.school, given_name="Per", family_name="Ek")
    work = started_work(at=town.school, leader=leader, members=[colleague], title="Lugna raster")
    page = page_of(leader, viewport=PHONE, java_script=java_script)
    page.goto(reverse("work-together", args=[work.pk]))

    page.get_by_text("Skriv upp något att göra").click()
    press(page, "Lägg till uppgiften")
    told(page, "Detta fält måste fyllas i.")
    write(page, "Vad ska göras?", "Räkna bänkarna på skolgården")
    page.get_by_label("Vem gör det?").select_option(label="Per Ek")
    if java_script:
        accessible(page)
    press(page, "Lägg till uppgiften")
    told(page, "Räkna bänkarna på skolgården")
    write(page, "Vad vill du säga?", "@Per Ek, hinner du före fredag?")
    press(page, "Skicka")
    told(page, "hinner du före fredag?")

    theirs = page_of(colleague, viewport=PHONE, java_script=java_script)
    theirs.goto("/")
    theirs.get_by_role("link", name="Räkna bänkarna på skolgården").click()
    told(theirs, "hinner du före fredag?")
    write(theirs, "Vad vill du säga?", "Jag är på väg ut")
    press(theirs, "Klar: Räkna bänkarna på skolgården")
    told(theirs, "Allt som skrevs upp är gjort.")
    if java_script:  # what is half-written stays when the list is drawn anew
        expect(theirs.get_by_label("Vad vill du säga?")).to_have_value("Jag är på väg ut")
        accessible(theirs)
    assert work.tasks.get().done_by == colleague
