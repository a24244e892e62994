import json
from dataclasses import asdict, replace
from io import BytesIO

import pytest
from django.core.serializers.json import DjangoJSONEncoder
from pypdf import PdfReader

from programme.models import Phase, Report
from programme.rules.reports import ROOM_ON_ONE_PAGE
from reports import press, work_poster, work_report
from reports.paper import to_pdf
from reports.papers import PAPERS
from reports.press import Press
from reports.work_poster import WorkPoster, shortened
from reports.work_report import MOST_VALUES
from tests.factories import (
    TODAY,
    UnitFactory,
    cycle_in,
    employee,
    report_on,
    started_work,
)

from .reported import full_report, simple_report

REPORT = full_report()
FACTS = REPORT.facts
MEASURE = FACTS.measure
CYCLE = FACTS.cycles[0]
STYLES = PAPERS["report"].styles


@pytest.mark.django_db
@pytest.mark.parametrize("cycles", [1, 3])
def test_the_facts_cost_the_same_however_much_was_done(django_assert_num_queries, cycles):
    unit = UnitFactory()
    leader = employee(at=unit)
    work = started_work(at=unit, leader=leader, members=[employee(at=unit)])
    for _ in range(cycles):
        cycle_in(work, Phase.CLOSED, by=leader)
    work.refresh_from_db()
    written = report_on(work, by=leader)
    report = Report.objects.for_page().get(pk=written.pk)

    # organisation, decisions with their ledger, payments, cycles, drivers, measures, values, team
    with django_assert_num_queries(8):
        facts = work_report.collect(report, on=TODAY)

    assert facts.is_draft
    assert facts.facts.title == work.title
    assert len(facts.facts.cycles) == cycles


@pytest.mark.django_db
def test_the_facts_can_be_kept_as_json():
    unit = UnitFactory()
    leader = employee(at=unit)
    report = report_on(started_work(at=unit, leader=leader), by=leader)

    facts = work_report.collect(Report.objects.for_page().get(pk=report.pk), on=TODAY)

    kept = json.loads(json.dumps(asdict(facts), cls=DjangoJSONEncoder))
    assert kept["facts"]["team"] == [leader.name]
    assert kept["made_on"] == "2026-09-15"


def test_the_page_needs_no_database():
    page = work_report.to_html(REPORT)

    assert '<html lang="sv">' in page
    assert "<title>Samma ansikten hos den som bor hemma – Förbättringsrapport</title>" in page
    assert "30\u00a0250\u00a0kr" in page
    assert "15,8 <small>personer</small>" in page
    assert "Utkast" not in page


def test_the_page_is_in_the_language_it_was_asked_for_in():
    page = work_report.to_html(replace(REPORT, language="en"))

    assert '<html lang="en">' in page
    assert "Improvement report" in page


def test_a_report_that_is_not_approved_is_marked_as_a_draft():
    draft = replace(REPORT, facts=replace(FACTS, status="submitted"))

    assert "Utkast – inte godkänt än" in work_report.to_html(draft)


def test_what_people_write_is_text_and_nothing_else():
    evil = '<img src="file:///etc/passwd"><script>alert(1)</script>{{ report }}'
    report = replace(
        REPORT,
        facts=replace(FACTS, title=evil, background=evil, cycles=(replace(CYCLE, title=evil),)),
    )

    page = work_report.to_html(report)

    assert "<img" not in page
    assert "<script" not in page
    assert page.count("&lt;img") == 4  # as it was written: title and heading, background, cycle


def test_text_without_end_is_cut():
    endless = replace(
        FACTS,
        title="x" * 10_000,
        background="rad\n" * 100_000,
        what_we_did="y" * 1_000_000,
        team=("Namn " * 10_000,) * 1_000,
        cycles=(replace(CYCLE, learning="z" * 100_000),) * 1_000,
        measures=(replace(MEASURE, points=MEASURE.points * 1_000, svg="<svg></svg>"),) * 50,
        drivers=FACTS.drivers * 500,
        payments=FACTS.payments * 500,
    )

    page = work_report.to_html(replace(REPORT, facts=endless))

    assert len(page) < 110_000
    assert page.count("<tr>") < MOST_VALUES + 30


def test_the_chart_brings_its_own_style_for_paper():
    page = work_report.to_html(REPORT)

    assert page.count("</title><style>") == len(FACTS.measures)


@pytest.fixture(scope="module")
def paper():
    return to_pdf(work_report.to_html(REPORT), *STYLES)


@pytest.mark.slow
def test_the_paper_is_tagged_titled_and_in_swedish(paper):
    pdf = PdfReader(BytesIO(paper.content))
    catalogue = pdf.trailer["/Root"]

    assert catalogue["/MarkInfo"]["/Marked"]
    assert catalogue["/Lang"] == "sv"
    assert catalogue["/ViewerPreferences"]["/DisplayDocTitle"]
    assert pdf.metadata.title == f"{FACTS.title} – Förbättringsrapport"
    assert pdf.metadata.author == "Lindåkra kommun"
    assert b"pdfuaid:part" in catalogue["/Metadata"].get_data()


@pytest.mark.slow
def test_the_paper_says_what_the_page_says(paper):
    pdf = PdfReader(BytesIO(paper.content))
    text = " ".join(page.extract_text() for page in pdf.pages)

    assert paper.pages == len(pdf.pages) == 6
    told = (
        *(FACTS.title, "30\u00a0250\u00a0kr", "Anna Berg", "En femte som redan känner brukaren"),
        *("Planeringsverktyget", "Övertid i gruppen, timmar", "Leila Haddad"),
    )
    for words in told:
        assert words in text


def tags_of(paper):
    """What the elements of a paper are, and the alternative texts among them."""
    kinds, alternatives = set(), []

    def walk(element):
        kinds.add(element.get("/S"))
        if "/Alt" in element:
            alternatives.append(element["/Alt"])
        children = element.get("/K", [])
        for child in children if isinstance(children, list) else [children]:
            child = child.get_object()
            if isinstance(child, dict):
                walk(child)

    walk(PdfReader(BytesIO(paper.content)).trailer["/Root"]["/StructTreeRoot"])
    return kinds, alternatives


def is_tagged(paper):
    root = PdfReader(BytesIO(paper.content)).trailer["/Root"]
    return bool(root["/MarkInfo"]["/Marked"]) and b"pdfuaid:part" in root["/Metadata"].get_data()


@pytest.mark.slow
def test_headings_and_tables_are_what_they_are_and_each_chart_is_told(paper):
    kinds, alternatives = tags_of(paper)

    assert {"/H1", "/H2", "/H3", "/Table", "/TH", "/TD", "/Caption", "/Figure", "/L"} <= kinds
    assert len(alternatives) == len(FACTS.measures)
    for measure, alternative in zip(FACTS.measures, alternatives, strict=True):
        assert alternative.startswith(f"{measure.name}, {measure.unit}. ")
        assert measure.sentence.split(".")[0] in alternative


# --- one page, the poster, the press ----------------------------------------------------------


def set_close_enough(report):
    """Lay a report out as the job does: closer as long as it takes more than its page."""
    paper = to_pdf(work_report.to_html(report), *STYLES)
    if paper.pages > 1 and (closer := work_report.closer(report)) is not None:
        return set_close_enough(closer)
    return paper


@pytest.mark.slow
@pytest.mark.parametrize("length", [200, ROOM_ON_ONE_PAGE])
def test_a_simple_report_is_one_page_however_much_is_told(length):
    told = "Vi satte upp lappar och räknade varje dag. " * 200
    texts = {"what_we_did": told[: length // 2], "thanks": ""}
    texts |= dict.fromkeys(("result", "learning"), told[: length // 4])
    said = {"aim": told[:500], "coach_says": told[:2000], "approver_says": told[:1000]}

    paper = set_close_enough(simple_report(**texts, **said))

    assert paper.pages == 1
    assert is_tagged(paper)
    assert len(tags_of(paper)[1]) == 1


def test_a_full_report_may_take_the_pages_it_needs():
    assert work_report.closer(REPORT) is None


def a_poster(**facts):
    return WorkPoster("Lindåkra kommun", "sv", replace(FACTS, **facts), "https://x.se/oppet/1/")


@pytest.mark.slow
def test_the_poster_is_one_sheet_of_a3_that_can_be_heard_too():
    paper = to_pdf(work_poster.to_html(a_poster()), *PAPERS["work_poster"].styles)
    page = PdfReader(BytesIO(paper.content)).pages[0]
    kinds, alternatives = tags_of(paper)

    assert paper.pages == 1
    assert [round(float(side) / 72 * 25.4) for side in page.mediabox[2:]] == [297, 420]
    assert is_tagged(paper)
    assert {"/H1", "/H2", "/Figure"} <= kinds
    assert alternatives[0].startswith(MEASURE.name)
    assert "https://x.se/oppet/1/" in alternatives[1]


@pytest.mark.slow
def test_a_poster_of_very_much_is_still_one_sheet():
    much = "Vi prövade och räknade. " * 400
    poster = a_poster(
        title=much[:120], aim=much[:500], what_we_did=much, learning=much, thanks=much
    )
    paper = to_pdf(work_poster.to_html(poster), *PAPERS["work_poster"].styles)
    assert paper.pages == 1


def test_what_is_too_long_ends_with_a_whole_sentence():
    assert shortened("Ett prov till. Sedan ett till. Slut.", 31) == "Ett prov till. Sedan ett till."
    assert shortened("Ord " * 20, 12).endswith("…")


@pytest.mark.slow
def test_the_press_gets_the_text_with_the_numbers():
    text = f"{FACTS.title}\n\nFörsta stycket.\n\nAndra stycket."
    told = Press("Lindåkra kommun", "sv", TODAY, FACTS.title, FACTS.unit, text, MEASURE)
    html = press.to_html(told)
    paper = to_pdf(html, *PAPERS["press"].styles)

    assert html.count(FACTS.title) == 3  # its name, what it is about, and the heading
    assert "<p>Första stycket.</p>" in html
    assert is_tagged(paper)
    assert len(tags_of(paper)[1]) == 1


@pytest.mark.slow
def test_the_paper_fetches_nothing(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("hemligt")
    html = (
        f'<html lang="sv"><title>T</title><link rel="attachment" href="{secret.as_uri()}">'
        '<img alt="x" src="http://127.0.0.1:9/x.png"><p>Hej'
    )

    pdf = PdfReader(BytesIO(to_pdf(html).content))

    assert not pdf.attachments
