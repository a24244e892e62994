"""The same pages in both languages: each whole, and nothing of one left in the other."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from .test_pages import PAGES

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.django_db]

LOOKED_AT = (
    *("start", "quality", "area-detail", "kpi-detail", "idea-list", "idea-create", "idea-detail"),
    *("idea-prepare", "idea-decide", "fund-detail", "work-list", "work-start", "work-detail"),
    *("cycle-plan", "cycle-detail", "report-detail", "report-edit", "report-document"),
    *("organisation", "unit-detail", "person-list", "person-detail", "import-new", "profile"),
)
# Words of the interface that only one of the languages has, so that what people wrote is let be.
SWEDISH = (
    *("Spara", "Avbryt", "Visa", "Sök", "Nästa", "Lämna", "Mått", "Läge"),
    *("Idéer", "Pengar", "Arbeten", "Kvalitet", "Enhet", "Belopp", "Rapport", "Beslut", "Mål"),
    *("Utkast", "Värde", "Huvudbok", "Dagbok", "valfritt", "Kostnader", "Beredning", "fjärdedelen"),
)
ENGLISH = (
    *("the", "Save", "Cancel", "Show", "Search", "Next", "Leave", "Measure"),
    *("Ideas", "Money", "Works", "Quality", "Unit", "Amount", "Report", "Decision", "Aim"),
    *("Draft", "Value", "Ledger", "Diary", "optional", "Costs", "Preparation", "quarter"),
)


@pytest.fixture
def reader(town, page_of):
    """Return a function that opens a page as the one who looks at it, in a language."""
    pages = {}

    def read(name, language):
        who, which = PAGES[name]
        if who not in pages:
            pages[who] = page_of(town[who])
        page = pages[who]
        page.goto(reverse(name, args=which(town)))
        if page.locator("html").get_attribute("lang") != language:
            choose(page, language)
        return page

    return read


def choose(page, language):
    page.locator("details.person-menu summary").click()
    page.get_by_role("banner").get_by_role("button", name={"en": "English", "sv": "Svenska"}[language]).click()
    expect(page.locator("html")).to_have_attribute("lang", language)


def words_in(page, words):
    """Return which of `words` stand on the page, also in what only a screen reader says."""
    text = page.evaluate(
        """() => {
            // A text that says its own language, or that people wrote, is not the interface's.
            const copy = document.body.cloneNode(true);
            copy.querySelectorAll('script, template, [lang], textarea').forEach(e => e.remove());
            const said = ['aria-label', 'placeholder', 'title', 'alt', 'data-label'];
            const labels = [...copy.querySelectorAll('*')].flatMap(
                e => said.map(name => e.getAttribute(name) ?? ''));
            return document.title + ' ' + copy.textContent + ' ' + labels.join(' ');
        }"""
    )
    return {word for word in words if re.search(rf"\b{word}\b", text)}


@pytest.mark.parametrize("name", LOOKED_AT)
def test_a_page_is_whole_in_both_languages(reader, name):
    assert words_in(reader(name, "en"), SWEDISH) == set()
    assert words_in(reader(name, "sv"), ENGLISH) == set()
