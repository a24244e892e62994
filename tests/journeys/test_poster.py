"""A manager prints a poster, and a colleague scans it: chosen by typing, made, fetched, opened."""

import pytest
from playwright.sync_api import expect

from organisation.models import Unit
from reports.models import Document
from tests.factories import UnitFactory

from .conftest import PHONE
from .steps import press, told

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.django_db]


@pytest.fixture
def sun(town):
    """The same for both: what is made here stays for the other journeys."""
    found = Unit.objects.filter(name="Förskolan Solen").first()
    return found or UnitFactory(name="Förskolan Solen", parent=town.schools)


def test_a_poster_is_chosen_printed_and_scanned(town, page_of, accessible, sun):
    manager = page_of(town["manager"], viewport=PHONE)
    manager.goto("/affischer/")
    accessible(manager)

    box = manager.get_by_role("searchbox")
    box.fill("solen")
    told(manager, "1 träff. Välj den här nedanför.")
    box.fill("xyz")
    told(manager, "Inget stämmer med ”xyz”.")
    box.press_sequentially("\b\b\bforskolan so")
    manager.get_by_label("Förskolan Solen").check()
    box.fill("")
    expect(manager.get_by_label("Förskolan Solen")).to_be_checked()
    accessible(manager)
    press(manager, "Se affischen")

    told(manager, "Vad kan bli bättre hos oss?")
    accessible(manager)
    press(manager, "Gör en PDF")
    with manager.expect_download() as download:
        manager.get_by_role("link", name="Affisch – Förskolan Solen").click(timeout=60_000)
    paper = download.value.path().read_bytes()
    assert download.value.suggested_filename == "Affisch – Förskolan Solen.pdf"
    assert paper == bytes(Document.objects.get(subject_id=sun.pk, kind="poster").content)

    colleague = page_of(town["staff"], viewport=PHONE)
    colleague.goto(f"/i/{sun.pk}/")
    told(colleague, "Förskolan Solen")


def test_without_javascript_the_button_searches(town, page_of, sun):
    page = page_of(town["manager"], java_script=False)
    page.goto("/affischer/")
    page.get_by_label("A3, för en vägg").check()
    page.get_by_role("searchbox").fill("solen")
    press(page, "Sök")
    expect(page.get_by_label("A3, för en vägg")).to_be_checked()
    page.get_by_label("Förskolan Solen").check()
    press(page, "Se affischen")
    told(page, "A3, Svenska")
