"""A manager looks at where they stand, opens it in place, and begins an improvement."""

import re

import pytest
from playwright.sync_api import Page, expect

from .conftest import PHONE
from .steps import told

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.django_db]

AREA = "/kvalitet/kommunala-grundskolor/"


def is_no_wider_than_the_screen(page: Page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_two_presses_lead_from_the_start_to_an_improvement_of_what_is_reddest(town, page_of):
    page = page_of(town.people["manager"])
    page.goto("/")
    page.get_by_role("navigation", name="Meny", exact=True).get_by_role(
        "link", name="Kvalitet"
    ).click()
    reddest = page.locator("#attention").get_by_role("link", name="Starta en förbättring")
    reddest.first.click()
    told(page, "Idén gäller måttet")


def test_levels_open_in_place_with_the_keyboard_and_are_remembered(town, page_of, accessible):
    page = page_of(town.people["manager"])
    page.goto(AREA)
    page.get_by_role("link", name="Kunskapsresultat i årskurs 9").focus()
    page.keyboard.press("ArrowRight")
    toggle = page.get_by_role("link", name="Kunskapsresultat i årskurs 9")
    expect(toggle).to_have_attribute("aria-expanded", "true")
    expect(toggle).to_be_focused()
    told(page, "Godkända i alla ämnen")
    assert "vand=" in page.url

    page.keyboard.press("3")
    expect(page.get_by_role("columnheader", name="Rang")).to_be_visible()
    assert "niva=3" in page.url
    accessible(page)
    page.reload()
    expect(page.get_by_role("columnheader", name="Rang")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("columnheader", name="Rang")).to_have_count(0)


def test_a_press_on_a_row_opens_its_measure(town, page_of):
    page = page_of(town.people["manager"])
    page.goto(AREA)
    row = page.get_by_role("rowheader").filter(has_text="Kunskapsresultat i årskurs 6")
    row.click(position={"x": 200, "y": 5})
    told(page, "Lägst betyget E i svenska")


def test_settings_are_changed_in_the_bar_and_the_page_stays(town, page_of, accessible):
    page = page_of(town.people["manager"])
    page.goto(AREA)
    page.get_by_text("Ändra", exact=True).click()
    page.get_by_label("Antal år").select_option("5")
    page.get_by_label("Kvinnor och män").select_option("KMT")
    accessible(page)
    page.get_by_role("button", name="Visa", exact=True).click()
    told(page, "5 år · Alla kommuner · Ovägt medel · Alla, kvinnor och män")
    expect(page.get_by_role("rowheader", name="Kvinnor").first).to_be_visible()
    assert "antal=5" in page.url
    expect(page.locator("#settings")).to_be_focused()


def test_another_municipality_is_found_and_left_again(town, page_of, accessible):
    page = page_of(town.people["manager"])
    page.goto(AREA)
    page.get_by_text("Ändra", exact=True).click()
    page.get_by_text("Titta på en annan kommun eller region").click()
    page.get_by_label("Sök efter en annan").fill("kalmar")
    page.get_by_label(re.compile("^Kalmar")).check()
    page.get_by_role("button", name="Visa", exact=True).click()
    told(page, "Du tittar på")
    accessible(page)
    page.get_by_role("link", name="Tillbaka till Västervik").click()
    expect(page.get_by_text("Du tittar på")).to_have_count(0)


@pytest.mark.parametrize("width", [390, 320])
def test_a_phone_shows_a_card_for_each_measure(town, page_of, accessible, width):
    page = page_of(town.people["manager"], viewport=PHONE | {"width": width})
    page.goto(f"{AREA}?niva=3&kon=KMT&antal=4")
    assert is_no_wider_than_the_screen(page)
    accessible(page)
    page.goto("/kvalitet/")
    assert is_no_wider_than_the_screen(page)


@pytest.mark.parametrize("query", ["", "?niva=2", "?niva=3", "?niva=3&antal=10", "?niva=3&kon=KMT"])
def test_an_area_is_printed_on_one_sheet(town, page_of, query):
    page = page_of(town.people["manager"])
    page.goto(AREA + query)
    paper = page.pdf(landscape=True, prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", paper)) == 1


def test_without_javascript_it_is_all_there(town, page_of):
    page = page_of(town.people["manager"], java_script=False)
    page.goto(AREA)
    page.get_by_role("link", name="3 Rang och differens").click()
    expect(page.get_by_role("columnheader", name="Differens")).to_be_visible()
    page.get_by_text("Ändra", exact=True).click()
    page.get_by_label("Antal år").select_option("2")
    page.get_by_role("button", name="Visa", exact=True).click()
    told(page, "2 år · Alla kommuner")
    page.get_by_role("link", name="Kopiera länk till den här vyn").click()
    told(page, "2 år · Alla kommuner")
    assert "antal=2" in page.url
