"""Leaving an idea on a phone: saved while one types, and others like it found meanwhile."""

import pytest
from playwright.sync_api import expect

from improvement.models import Idea, IdeaStatus

from .conftest import PHONE
from .steps import press, told, write

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.django_db]

NEED = "Cyklarna i källaren rostar av fukten."


def test_what_is_typed_is_kept_and_outlives_a_reload(town, page_of, accessible):
    page = page_of(town["colleague"], viewport=PHONE)
    page.goto("/ideer/ny/")
    page.locator("#id_need").press_sequentially(NEED)
    told(page, "Sparat som utkast kl")
    told(page, "Det här blir en förbättringsmöjlighet")
    accessible(page)
    assert page.url.endswith("/andra/")

    page.reload()
    expect(page.locator("#id_need")).to_have_value(NEED)

    page.locator("#id_need").press_sequentially(" Ring 811228-9874.")
    told(page, "ser ut som ett personnummer")
    write(page, "Vad är behovet?", NEED)
    expect(page.locator("#need-errors")).to_be_empty()
    press(page, "Skicka in")
    told(page, "Tack! Din idé är inskickad.")
    assert Idea.objects.get(need=NEED).status == IdeaStatus.SUBMITTED


def test_what_is_alike_appears_and_one_joins_without_leaving(town, page_of, accessible):
    Idea.objects.filter(pk=town.ideas["submitted"].pk).update(
        need="Lugnare matsal utan skrammel från brickorna"
    )
    page = page_of(town["colleague"], viewport=PHONE)
    page.goto("/ideer/ny/")
    page.locator("#id_need").press_sequentially("Brickorna skramlar i matsalen.")
    told(page, "Är det någon av de här?")
    accessible(page)
    page.get_by_role("button", name="Jag med").first.click()
    told(page, "Du är med")
    expect(page.locator("#id_need")).to_have_value("Brickorna skramlar i matsalen.")
