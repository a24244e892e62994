"""A work's pages printed from the browser: what there is to read, and nothing to press."""

from io import BytesIO

import pytest
from django.urls import reverse
from pypdf import PdfReader

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.django_db]

PAGES = ("work-detail", "work-charter", "work-measures", "work-cycles", "work-together")


@pytest.mark.parametrize("name", PAGES)
def test_every_sheet_has_something_on_it_and_no_tabs(page_of, town, name):
    page = page_of(town["staff"])
    page.goto(reverse(name, args=[town.works["running"].pk]))

    paper = PdfReader(BytesIO(page.pdf(format="A4", prefer_css_page_size=True)))

    sheets = [sheet.extract_text() for sheet in paper.pages]
    assert town.works["running"].title in sheets[0]
    assert all(len(words) > 40 for words in sheets)
    assert "Drivdiagram" not in sheets[0].split(town.works["running"].title)[1][:200]
