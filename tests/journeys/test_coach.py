"""A coach on a phone: finds the work that needs a visit, and logs the visit in its row."""

import datetime as dt

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from organisation.permissions import Role
from programme.models import Contact, Work, WorkStatus
from tests.factories import person_with, started_work
from tests.journeys.conftest import PHONE
from tests.journeys.steps import press, told

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.django_db]


@pytest.fixture
def coach(town):
    """Somebody who coaches twenty works, three of which have been left alone."""
    coach = person_with(Role.COACH, at=town.root)
    today = timezone.localdate()
    for number in range(20):
        work = started_work(at=town.school, coach=coach, title=f"Idé {number}")
        alone = number in (3, 9, 16)
        began = today - dt.timedelta(days=100 if alone else 20)
        Work.objects.filter(pk=work.pk).update(
            title=f"{'Ensamt' if alone else 'Lugnt'} arbete {number}",
            status=WorkStatus.RUNNING,
            started_on=began,
        )
        work.coachings.update(starts_on=began)
    return coach


@pytest.mark.parametrize("java_script", [True, False], ids=["as it is", "without JavaScript"])
def test_the_three_that_need_a_visit_stand_first_and_the_visit_is_logged(
    coach, page_of, accessible, java_script
):
    page = page_of(coach, viewport=PHONE, java_script=java_script)
    page.goto("/arbeten/coach/")
    now = page.get_by_role("region", name="Behöver dig nu")
    expect(now.get_by_role("article")).to_have_count(3)
    for name in (3, 9, 16):
        expect(now.get_by_role("link", name=f"Ensamt arbete {name}", exact=True)).to_be_visible()
    first = now.get_by_role("article").first
    expect(first).to_contain_text("Ingen kontakt än, på 100 dagar")
    if java_script:
        accessible(page)

    first.get_by_role("link", name="Logga en kontakt").click()
    page.get_by_label("Samtal").check()
    page.get_by_label("Nästa steg").fill("Besöka teamet på torsdag")
    if java_script:
        accessible(page)
    press(page, "Logga")
    told(page, "Besöka teamet på torsdag")
    assert Contact.objects.filter(coach=coach).get().kind == "call"
    page.goto("/arbeten/coach/")
    expect(page.get_by_role("region", name="Behöver dig nu").get_by_role("article")).to_have_count(
        2
    )
