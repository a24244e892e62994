"""The quality lead publishes an area; anybody reads it; it stays as it was, and is withdrawn."""

import io

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect

from measures.models import QualityArea

from .conftest import PHONE
from .steps import follow, press, told, write

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.django_db]

WORDS = "Fler barn får plats nära hemmet."


@pytest.mark.parametrize("javascript", [True, False], ids=["with", "without"])
def test_an_area_is_published_read_and_withdrawn(town, page_of, accessible, javascript):
    measure = QualityArea.objects.get(slug="forskola").measures.first()
    lead = page_of(town["quality_lead"], java_script=javascript)
    lead.goto("/kvalitet/offentligt/forskola/ny/")

    write(lead, measure.name, "Ring 811228-9874.")
    press(lead, "Titta på sidan" if lead.get_by_text("Titta på sidan").count() else "Titta igen")
    told(lead, "ser ut som ett personnummer")
    write(lead, measure.name, WORDS)
    press(lead, "Titta på sidan")
    told(lead, "Så här kommer alla att se det")
    if javascript:
        accessible(lead)
    press(lead, "Publicera nu")
    told(lead, "Förskola är publicerat.")

    anybody = page_of(None, viewport=PHONE)
    anybody.goto("/oppet/kvalitet/")
    follow(anybody, "Förskola")
    told(anybody, WORDS)
    accessible(anybody)
    assert anybody.context.cookies() == []
    anybody.get_by_role("link", name="English").click()
    told(anybody, "How to read the table")

    lead.get_by_role("row", name="Förskola").get_by_role("link", name="Dra tillbaka").click()
    write(lead, "Varför dras det tillbaka?", "Vi läser igenom det en gång till.")
    press(lead, "Dra tillbaka")
    told(lead, "Förskola är inte längre publicerat.")
    gone = anybody.context.request.get("/oppet/kvalitet/forskola/")
    assert gone.status == 404


def test_what_one_looks_at_is_what_one_takes_along(town, page_of):
    page = page_of(town["staff"])
    page.goto("/kvalitet/grundskola/?niva=3")
    with page.expect_download() as coming:
        follow(page, "Excel")
    book = load_workbook(io.BytesIO(coming.value.path().read_bytes()))
    assert coming.value.suggested_filename.startswith("Kvalitetsvisaren – Grundskola Västervik")
    assert book.worksheets[0].column_dimensions["F"].hidden is False

    follow(page, "PDF")
    press(page, "Gör en PDF")
    link = page.get_by_role("link", name="Kvalitetsvisaren – Grundskola")
    expect(link).to_be_visible(timeout=30_000)
