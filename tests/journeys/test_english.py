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
    *("area-units", "service-unit", "unit-results", "own-kpi-list", "service-unit-link"),
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


def choose(page, language):
    page.locator("details.person-menu summary").click()
    page.get_by_role("banner").get_by_role(
        "button", name={"en": "English", "sv": "Svenska"}[language]
    ).click()
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


@pytest.mark.parametrize("who", sorted({PAGES[name][0] for name in LOOKED_AT}))
def test_what_somebody_reads_is_whole_in_both_languages(town, page_of, who):
    page, left = page_of(town[who]), {}
    theirs = [name for name in LOOKED_AT if PAGES[name][0] == who]
    for language, foreign in (("en", SWEDISH), ("sv", ENGLISH)):
        page.goto("/")
        choose(page, language)
        for name in theirs:
            page.goto(reverse(name, args=PAGES[name][1](town)))
            assert page.locator("html").get_attribute("lang") == language
            left[language, name] = words_in(page, foreign)
    assert {where: words for where, words in left.items() if words} == {}
