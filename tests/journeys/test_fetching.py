"""The quality lead finds a KPI in the catalogue, follows it, fetches it and sees how we stand."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from measures.models import Kpi, KpiValue, Municipality

from .conftest import PHONE
from .steps import follow, press, told, write

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.django_db]

LOANS = "N09809"  # a KPI that no measure of ours is made of
OURS = "0883"


@pytest.fixture
def kolada(town, world):
    """Kolada, with four years of one KPI: ours rises, and is in the middle of the country."""
    there = world.kolada.world
    there.add_kpi(LOANS, Kpi.objects.get(code=LOANS).title, municipality_type="K")
    for n, (code, name, kind) in enumerate(
        Municipality.objects.order_by("code").values_list("code", "name", "kind")
    ):
        there.add_municipality(code, name, "K" if kind == "municipality" else "L")
        for year in range(2021, 2025):
            value = 50 + year - 2021 if code == OURS else 20 + n * 0.2
            there.set(LOANS, code, year, value)
    return world.kolada


def test_a_kpi_is_found_followed_and_fetched(town, page_of, accessible, kolada):
    page = page_of(town["quality_lead"])

    page.goto("/kvalitet/")
    follow(page, "Katalog")
    write(page, "Ord eller id", "aktiva låntagare")
    press(page, "Visa")
    told(page, "1 nyckeltal")
    accessible(page)
    button = page.get_by_role("button", name=f"Följ {LOANS}")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(button).to_be_focused()
    accessible(page)

    follow(page, "Aktiva låntagare i kommunala bibliotek")
    page.get_by_role("link", name="Fråga Kolada efter våra värden").click()
    told(page, "Frågat hos Kolada just nu")
    expect(page.get_by_role("row", name="2024 53,0")).to_be_visible()
    accessible(page)
    assert not KpiValue.objects.filter(kpi__code=LOANS).exists()
    write(page, "Kort namn", "Lånar på biblioteket")
    page.get_by_label("Ett högt värde är bra").check()
    press(page, "Spara")
    told(page, "Det som sägs om nyckeltalet är sparat.")
    accessible(page)

    follow(page, "Hämta värdena nu")
    expect(page.get_by_label("Ett nyckeltal")).to_be_checked()
    expect(page.get_by_label("Lånar på biblioteket")).to_be_checked()
    accessible(page)
    kolada.fail("slow", seconds=3, path="/data")
    press(page, "Hämta")
    told(page, "Så går det")
    expect(page.get_by_role("progressbar")).to_be_visible()
    accessible(page)
    told(page, "Hur det gick", timeout=30_000)
    expect(page.get_by_role("progressbar")).to_have_count(0)
    told(page, "1 164")
    accessible(page)

    page.goto(reverse("kpi-detail", args=[LOANS]))
    told(page, "Lånar på biblioteket")
    told(page, "53,0")
    accessible(page)


def test_what_failed_is_tried_again_and_what_goes_on_is_broken_off(
    town, page_of, accessible, kolada
):
    page = page_of(town["quality_lead"], viewport=PHONE)
    kolada.fail("422", path="/data")
    page.goto("/kvalitet/hamtningar/")
    page.get_by_label("Ett nyckeltal").check()
    page.get_by_role("searchbox").fill(LOANS)
    page.get_by_label("bibliotek").and_(page.get_by_role("radio")).check()
    press(page, "Hämta")
    told(page, "1 delhämtning misslyckades", timeout=30_000)
    accessible(page)
    kolada.fail("slow", seconds=5, path="/data")
    press(page, "Försök igen med dem som misslyckades")
    told(page, "Så går det")
    follow(page, "Avbryt")
    told(page, "Ska hämtningen avbrytas?")
    accessible(page)
    press(page, "Ja, avbryt den")
    told(page, "Hämtningen är avbruten.")
    accessible(page)
    page.goto("/kvalitet/hamtningar/")
    told(page, "Tidigare hämtningar")
    told(page, "Avbruten")
    accessible(page)


def test_it_works_without_javascript(town, page_of):
    page = page_of(town["quality_lead"], java_script=False)
    page.goto("/kvalitet/katalog/?q=N03153")
    page.get_by_role("button", name="Följ N03153").click()
    told(page, "Värdena kommer i natt.")
    press(page, "Ångra")
    expect(page.get_by_role("button", name="Följ N03153")).to_have_attribute(
        "aria-pressed", "false"
    )
