"""A test on a phone: planned, predicted, tried, photographed, studied, and carried on."""

import re

import pytest
from django.urls import reverse

from tests.journeys.steps import follow, press, told, write
from tests.programme.test_files import picture

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.django_db]


def test_a_turn_of_the_wheel_on_a_phone(town, page_of, accessible):
    page = page_of(town["staff"])
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(reverse("work-cycles", args=[town.works["reporting"].pk]))
    accessible(page)
    follow(page, "Planera ett test")

    write(page, "Vad vill ni ta reda på?", "Vågar fler fråga om en äldre elev hjälper till?")
    write(page, "Vad tror ni kommer att hända?", "Det blir bättre")
    told(page, "Kan ni gissa på en siffra?")  # while one writes, before anything is saved
    write(page, "Vad tror ni kommer att hända?", "8 av 10 frågar minst en gång.")
    page.locator("[data-hint='prediction_not_measurable']").wait_for(state="detached")
    write(page, "Vad ska ni göra?", "En elev i nian är med på torsdag.")
    accessible(page)
    press(page, "Spara planen")
    page.get_by_role("button", name="Spara och gå vidare: Börja testet").click()
    told(page, "förutsägelsen är låst")

    page.get_by_label("Eller välj en bild").set_input_files(
        {"name": "lapp.png", "mimeType": "image/png", "buffer": picture().read()}
    )
    write(page, "Vad bilden visar", "Bordet längst fram")
    press(page, "Spara bilden")
    page.get_by_role("img", name="Bordet längst fram").wait_for()
    accessible(page)

    page.get_by_text("Gör en ny förutsägelse").first.click()
    write(page, "Vad tror ni nu?", "6 av 10 frågar.")
    write(page, "Varför ändras den?", "Två är sjuka.")
    press(page, "Lägg till förutsägelsen")
    told(page, "Den nya förutsägelsen står bredvid den första.")

    write(page, "Vad gjordes?", "Niorna kom och satt vid bordet.")
    page.get_by_role("button", name="Spara och gå vidare: Studera resultatet").click()
    told(page, "8 av 10 frågar minst en gång.")
    told(page, "6 av 10 frågar.")
    page.get_by_label("Delvis").check()
    write(page, "Vad blev resultatet?", "7 av 10 frågade.")
    write(page, "Vad lärde ni er?", "Det ska vara samma äldre elev varje gång.")
    page.get_by_role("button", name="Spara och gå vidare: Dra slutsatser").click()
    page.get_by_label("Anpassa och testa igen").check()
    accessible(page)
    page.get_by_role("button", name="Avsluta cykeln").click()
    told(page, "Det ni lärde er förs vidare till")
    page.get_by_role("link", name="Cykel 3").click()
    assert "samma äldre elev" in page.get_by_label("Vad vill ni ta reda på?").input_value()


def test_drivers_are_drawn_with_the_keyboard(town, page_of, accessible):
    page = page_of(town["staff"])
    page.goto(reverse("work-drivers", args=[town.works["reporting"].pk]))

    page.get_by_role("link", name="Lägg till en primär påverkansfaktor").press("Enter")
    write(page, "Med några få ord", "Mod att fråga")
    page.keyboard.press("Enter")
    told(page, "Mod att fråga")
    page.get_by_role("link", name=re.compile("Lägg till under.*Mod att fråga")).press("Enter")
    page.get_by_role("radio", name="Förändringsidé").check()
    write(page, "Med några få ord", "Äldre elever hjälper till")
    page.keyboard.press("Enter")
    page.get_by_role("link", name=re.compile("Testa detta.*Äldre elever hjälper till")).wait_for()
    page.get_by_role("link", name=re.compile("Lägg till under.*Mod att fråga")).press("Enter")
    page.get_by_role("radio", name="Förändringsidé").check()
    write(page, "Med några få ord", "Frågelåda")
    page.keyboard.press("Enter")
    page.get_by_role("button", name=re.compile("Upp.*Frågelåda")).press("Enter")
    page.get_by_role("button", name=re.compile("Ner.*Frågelåda")).wait_for()
    page.get_by_role("img", name="Drivdiagram: 1 påverkansfaktor och 2 förändringsidéer").wait_for()
    accessible(page)
