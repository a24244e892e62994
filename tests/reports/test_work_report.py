import datetime as dt
import json
from dataclasses import asdict, replace
from decimal import Decimal
from io import BytesIO

import pytest
from django.core.serializers.json import DjangoJSONEncoder
from pypdf import PdfReader

from programme.models import Phase, Report
from programme.queries import CycleFacts, MeasureFacts, ReportFacts
from reports import work_report
from reports.paper import to_pdf
from reports.work_report import MOST_VALUES, WorkReport
from tests.factories import (
    TODAY,
    UnitFactory,
    cycle_in,
    employee,
    report_on,
    started_work,
)

MEASURE = MeasureFacts(
    name="Andel som känner sin kontakt",
    unit="procent",
    higher_is_better=True,
    start_value=Decimal("62.000"),
    end_value=Decimal("84.500"),
    target=Decimal(90),
    points=tuple((dt.date(2026, month, 15), Decimal(60 + month)) for month in range(1, 10)),
    kpi="Brukarbedömning hemtjänst",
    sentence="Förbättring: nio mätningar.",
    note="",
    svg='<svg viewBox="0 0 70 30" role="img"><title>Seriediagram</title><g class="chart-line"/></svg>',
)
CYCLE = CycleFacts(
    number=1,
    title="Räcker en lapp?",
    scale="En person",
    prediction="Hon vet vem det är.",
    what_happened="",
    result="Hon visste.",
    learning="Större siffror.",
    outcome="Inför",
    starts_on=TODAY,
    ends_on=TODAY,
)
FACTS = ReportFacts(
    report_id=1,
    revision=1,
    status="approved",
    title="Fast omsorgskontakt",
    unit="Hemtjänst norr",
    aim="Alla vet vem deras kontakt är.",
    aim_in_numbers="Från 62 till 90 procent.",
    for_whom="",
    leader="Jonas Lind",
    coach="",
    team=("Jonas Lind", "Eva Ström"),
    participants=6,
    starts_on=TODAY,
    ends_on=TODAY,
    background="Många visste inte.",
    what_we_did="Vi satte upp lappar.",
    result="Fler vet.",
    learning="",
    spread="",
    reward_use="",
    measure=MEASURE,
    cycles=(CYCLE,),
    granted_ore=20_000_00,
    paid_ore=12_500_00,
    reward_ore=5_000_00,
    reward_is_paid=True,
    approved_by="Anna Berg",
    approved_at=dt.datetime(2026, 9, 20, 8, tzinfo=dt.UTC),
)
REPORT = WorkReport("Lindåkra kommun", "sv", TODAY, FACTS)


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

    # organisation, decisions with their ledger, cycles, measure, values, team
    with django_assert_num_queries(6):
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
    assert "<title>Fast omsorgskontakt – Förbättringsrapport</title>" in page
    assert "12\u00a0500\u00a0kr" in page
    assert "84,5 <small>procent</small>" in page
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
        measure=replace(MEASURE, points=MEASURE.points * 1_000),
    )

    page = work_report.to_html(replace(REPORT, facts=endless))

    assert len(page) < 80_000
    assert page.count("<tr>") < MOST_VALUES + 15


def test_the_chart_brings_its_own_style_for_paper():
    page = work_report.to_html(REPORT)

    assert "<title>Seriediagram</title><style>" in page


@pytest.fixture(scope="module")
def paper():
    return to_pdf(work_report.to_html(REPORT))


@pytest.mark.slow
def test_the_paper_is_tagged_titled_and_in_swedish(paper):
    pdf = PdfReader(BytesIO(paper.content))
    catalogue = pdf.trailer["/Root"]

    assert catalogue["/MarkInfo"]["/Marked"]
    assert catalogue["/Lang"] == "sv"
    assert catalogue["/ViewerPreferences"]["/DisplayDocTitle"]
    assert pdf.metadata.title == "Fast omsorgskontakt – Förbättringsrapport"
    assert pdf.metadata.author == "Lindåkra kommun"
    assert b"pdfuaid:part" in catalogue["/Metadata"].get_data()


@pytest.mark.slow
def test_the_paper_says_what_the_page_says(paper):
    pdf = PdfReader(BytesIO(paper.content))
    text = " ".join(page.extract_text() for page in pdf.pages)

    assert paper.pages == len(pdf.pages) <= 3
    assert "Fast omsorgskontakt" in text
    assert "12\u00a0500\u00a0kr" in text
    assert "Anna Berg" in text


@pytest.mark.slow
def test_headings_tables_and_the_chart_are_what_they_are(paper):
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

    assert {"/H1", "/H2", "/H3", "/Table", "/TH", "/TD", "/Caption", "/Figure", "/L"} <= kinds
    assert alternatives == ["Seriediagram"]


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
