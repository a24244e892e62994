"""From what is reddest at the own unit to an improvement, and results from a file."""

import pytest

from improvement.models import Idea
from measures.models import UnitValue
from organisation.permissions import Role
from tests.factories import person_with

from .conftest import PHONE
from .steps import follow, press, told, write

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.django_db]


def test_a_manager_starts_an_improvement_from_what_is_reddest_in_two_clicks(
    town, page_of, accessible
):
    head = person_with(Role.MANAGER, at=town.school, given_name="Ines", family_name="Falk")
    page = page_of(head, viewport=PHONE)
    page.goto("/")
    page.get_by_role("link", name="Kvalitet").last.click()  # the menu under the thumb
    told(page, "Trygga på rasten")
    accessible(page)
    page.locator("#own").get_by_role("link", name="Starta en förbättring").first.click()
    told(page, "Idén gäller måttet ”Trygga på rasten”.")

    write(page, "Vad är behovet?", "Rasterna är otrygga vid cykelstället.")
    press(page, "Skicka in")

    told(page, "Inskickad")
    idea = Idea.objects.get(author=head)
    assert (idea.kpi.code, idea.unit) == ("E00001", town.school)


def test_the_quality_lead_corrects_a_file_and_reads_it_in(town, page_of, accessible):
    page = page_of(town["quality_lead"])
    page.goto("/kvalitet/egna/")
    follow(page, "Läs in resultat från en fil")
    _hand_in(page, "Ellen Key;E00001;2025;;81,5;40", "LILLA;E00001;2025;;90;2")
    told(page, "Menar du ”Ellen Keyskolan”?")
    accessible(page)

    _hand_in(page, "Ellen Keyskolan;E00001;2025;;81,5;40", "LILLA;E00001;2025;;90;2")
    told(page, "1 resultat har färre än 5 svar")
    accessible(page)
    press(page, "Ja, gör så")
    page.get_by_role("link", name="Till våra egna mått").last.click(timeout=30_000)

    said = UnitValue.objects.filter(year=2025).order_by("-value")
    assert {(one.unit.name, one.value) for one in said} == {
        ("Ellen Keyskolan", 81.5),
        ("Lilla skolan", None),
    }
    page.goto("/kvalitet/grundskola/enheter/")
    follow(page, "Ellen Keyskolan")
    told(page, "82")
    accessible(page)


def _hand_in(page, *rows):
    content = "\n".join(["Enhet;Mått;År;Kön;Värde;Antal svar", *rows])
    file = {"name": "trygghet.csv", "mimeType": "text/csv", "buffer": content.encode()}
    page.get_by_label("Fil", exact=True).set_input_files(file)
    press(page, "Läs filen")
