"""The quality lead sets an area up from the catalogue, with and without JavaScript."""

import pytest
from playwright.sync_api import expect

from measures.models import QualityArea

from .conftest import PHONE
from .steps import follow, press, told, write

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.django_db]


def test_an_area_is_set_up_from_the_catalogue(town, page_of, accessible):
    page = page_of(town["quality_lead"])

    page.goto("/kvalitet/")
    follow(page, "Områden")
    accessible(page)
    page.get_by_role("link", name="Lägg till ett område").click()
    write(page, "Namn", "Bibliotek")
    press(page, "Lägg till området")
    told(page, "Inga kvalitetsmått ännu")
    accessible(page)

    page.get_by_role("link", name="Lägg till ett mått").click()
    page.get_by_role("textbox", name="Namn", exact=True).fill("Lån")
    press(page, "Lägg till måttet")
    page.get_by_role("searchbox").press_sequentially("N09811")
    page.get_by_label("Lånade barnböcker").check()
    accessible(page)
    press(page, "Lägg till det i kvalitetsmåttet")
    told(page, "Räknas med")
    page.get_by_role("link", name="Lägg till ett nyckeltal").click()
    page.get_by_role("searchbox").press_sequentially("N09805")
    page.get_by_label("Aktiviteter för barn på bibliotek").check()
    press(page, "Lägg till det i kvalitetsmåttet")
    told(page, "Delarna räknas i olika enheter")
    page.get_by_role("button", name="Visa utan att räkna med").nth(1).click()
    told(page, "Visas, räknas inte med")
    expect(page.get_by_text("Delarna räknas i olika enheter")).to_have_count(0)
    accessible(page)

    page.get_by_role("button", name="Flytta upp ”Aktiviteter för barn på bibliotek”").click()
    expect(page.locator(".agenda h2").first).to_have_text("Aktiviteter för barn på bibliotek")
    expect(page.get_by_role("button", name="Flytta upp ”Akt")).to_be_focused()

    follow(page, "Bibliotek")
    told(page, "Aktiviteter för barn på bibliotek visas vid Lån utan att räknas med")
    follow(page, "Se det som läsarna ser det")
    told(page, "Lån")
    expect(page.get_by_role("main")).to_contain_text("Källa: Kolada")


def test_areas_are_dragged_into_order(town, page_of):
    page = page_of(town["quality_lead"])
    page.goto("/kvalitet/omraden/")
    first, second = list(QualityArea.objects.all()[:2])
    grip = page.locator(".agenda__place").nth(1)
    box = grip.bounding_box()
    page.mouse.move(box["x"] + 5, box["y"] + 5)
    page.mouse.down()
    page.mouse.move(box["x"] + 5, box["y"] - 200, steps=8)
    with page.expect_response("**/kvalitet/omraden/ordning/"):
        page.mouse.up()
    expect(page.locator(".agenda h2").first).to_have_text(second.name)
    assert QualityArea.objects.first() == second
    page.get_by_role("button", name=f"Flytta upp ”{first.name}”").click()
    expect(page.locator(".agenda h2").first).to_have_text(first.name)


def test_a_list_and_a_goal_are_made_on_a_phone_without_javascript(town, page_of):
    page = page_of(town["quality_lead"], viewport=PHONE, java_script=False)
    page.goto("/kvalitet/grupper/ny/")
    write(page, "Vad listan heter", "Kusten")
    for name in ("Kalmar", "Oskarshamn"):
        page.get_by_role("searchbox").fill(name)
        press(page, "Sök")
        page.get_by_label(name, exact=True).last.check()
        press(page, "Sätt upp på listan")
        expect(page.get_by_role("checkbox", name=name)).to_be_checked()
    press(page, "Spara listan")
    told(page, "Kalmar, Oskarshamn")

    page.goto("/kvalitet/mal/nytt/")
    page.get_by_label("Kvalitetsmått").select_option(label="Förskola: Utbildad personal")
    write(page, "År", "2023")
    page.get_by_label("Mål", exact=True).fill("45,5")
    press(page, "Sätt målet")
    told(page, "Förskola: Utbildad personal")
    told(page, "45,5")
