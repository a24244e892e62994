"""The same things with JavaScript switched off: every button is a form and every link an address."""

import pytest
from django.utils import timezone

from improvement.models import Idea, IdeaStatus
from reports.models import Document

from . import steps
from .conftest import PHONE
from .steps import follow, press, told, write

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.django_db]

NEED = "Cykelställen räcker inte på våren."


@pytest.fixture
def plain_page_of(page_of):
    return lambda person, **options: page_of(person, java_script=False, **options)


def unlooked_at(page):
    """Axe is a script itself, so it looks at these pages in the other tests."""


def test_an_idea_goes_from_need_to_decision(town, plain_page_of):
    staff = plain_page_of(town["staff"], viewport=PHONE)
    staff.goto("/ideer/ny/")
    press(staff, "Skicka in")
    told(staff, "Något behöver ändras")
    steps.leave_an_idea(staff, unlooked_at, NEED)

    steps.prepare_it(plain_page_of(town["development_lead"]), unlooked_at, NEED)
    steps.approve_it(plain_page_of(town["decider"]), unlooked_at, "Förbättringspotten", NEED)

    idea = Idea.objects.get(need=NEED)
    assert idea.status == IdeaStatus.FUNDED


def test_a_value_is_written_down(town, plain_page_of):
    work = town.works["running"]
    followed = work.followed.get()
    page = plain_page_of(town["staff"])
    page.goto(f"/arbeten/{work.pk}/")
    follow(page, "Lägg till ett mätvärde")
    write(page, "Dag", timezone.localdate())
    write(page, "procent", "sextio")
    press(page, "Spara värdet")
    told(page, "är inget tal")
    write(page, "procent", "66,5")
    press(page, "Spara värdet")

    told(page, "Värdet är sparat.")
    assert followed.measure.measurements.filter(value="66.5").exists()


def test_the_list_is_narrowed_and_the_viewer_opened(town, plain_page_of):
    page = plain_page_of(town["development_lead"])
    page.goto("/ideer/")
    page.get_by_label("Läge").select_option(label="Avslag")
    press(page, "Visa")
    told(page, "Simhall på taket")
    assert page.get_by_role("link", name="Lugnare matsal").count() == 0

    page.goto("/kvalitet/grundskola/")
    follow(page, "3 Rang och differens")
    page.get_by_role("columnheader", name="Differens").wait_for()


def test_a_report_is_approved_and_its_pdf_fetched(town, plain_page_of):
    report = town.reports["waiting"]
    page = plain_page_of(town["manager"])
    page.goto(f"/arbeten/rapporter/{report.pk}/")
    follow(page, "Läs och godkänn")
    press(page, "Godkänn rapporten")
    told(page, "Rapporten är godkänd.")
    follow(page, "Skapa eller hämta PDF:en")
    page.wait_for_url("**/pdf/")
    while (again := page.get_by_role("link", name="Titta igen")).count():
        page.wait_for_timeout(500)
        with page.expect_navigation():
            again.click()
    with page.expect_download() as download:
        follow(page, "Förbättringsrapport")
    assert download.value.path().read_bytes() == bytes(Document.objects.get(report=report).content)
