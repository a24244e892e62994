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


def read(page, address, words):
    """Fetch another page; return its language, and which of `words` stand on it.

    Also in what only a screen reader says.  Nothing is drawn: only what is written matters here.
    """
    language, text = page.evaluate(
        """async address => {
            const answer = await fetch(address);
            const read = new DOMParser().parseFromString(await answer.text(), 'text/html');
            // A text that says its own language, or that people wrote, is not the interface's.
            const others = 'script, template, [lang], textarea';
            read.body.querySelectorAll(others).forEach(e => e.remove());
            const said = ['aria-label', 'placeholder', 'title', 'alt', 'data-label'];
            const labels = [...read.body.querySelectorAll('*')].flatMap(
                e => said.map(name => e.getAttribute(name) ?? ''));
            const text = read.title + ' ' + read.body.textContent + ' ' + labels.join(' ');
            return [answer.ok ? read.documentElement.lang : answer.status, text];
        }""",
        address,
    )
    return language, {word for word in words if re.search(rf"\b{word}\b", text)}


@pytest.mark.parametrize("who", sorted({PAGES[name][0] for name in LOOKED_AT}))
def test_what_somebody_reads_is_whole_in_both_languages(town, page_of, who):
    page, left = page_of(town[who]), {}
    theirs = [name for name in LOOKED_AT if PAGES[name][0] == who]
    for language, foreign in (("en", SWEDISH), ("sv", ENGLISH)):
        page.goto("/")
        choose(page, language)
        for name in theirs:
            address = reverse(name, args=PAGES[name][1](town))
            said, left[language, name] = read(page, address, foreign)
            assert said == language, address
    assert {where: words for where, words in left.items() if words} == {}
