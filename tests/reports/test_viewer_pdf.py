"""An area of the Quality viewer on paper: what the page shows, made once for each view."""

import datetime as dt
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from foundation import jobs
from foundation.models import Job, JobStatus
from measures.address import Address
from reports import viewer_pdf
from reports.actions import documents
from reports.models import Document
from reports.papers import VIEWER
from tests.factories import KpiFactory, employee, home_of, measure_of, said

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 11, 22)


@pytest.fixture
def reader(where):
    return employee(at=home_of(where[0]))


@pytest.fixture
def area(where, reader):
    worst = KpiFactory(short_title="Trygga elever")
    measure = measure_of(worst, KpiFactory(short_title="Nöjda elever"), name="Trivsel")
    for year in (2018, 2019, 2020):
        for part in measure.parts.all():
            said(part.kpi, where, [60 + part.position * 38, 80, 81, 82], year=year)
    return measure.area


@pytest.fixture
def signed_in(client, reader):
    client.force_login(reader)
    return client


def make():
    jobs.run(Job.objects.live().get().pk)


def text_of(document):
    reader = PdfReader(BytesIO(bytes(document.content)))
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def test_it_says_what_the_page_of_the_same_address_says(area):
    one = viewer_pdf.collect(area, "niva=1", on=TODAY)
    three = viewer_pdf.collect(area, "niva=3&ar=2019", on=TODAY)
    assert [row.name for row in one.rows] == ["Trivsel"]
    assert [row.name for row in three.rows] == ["Trivsel", "Trygga elever", "Nöjda elever"]
    assert three.years == (2017, 2018, 2019)
    worst = three.rows[1].cells[-1]
    assert (worst.value, worst.verdict, worst.place, worst.difference) == (
        "60,0",
        "bad",
        "4 av 4",
        "−15,8",
    )
    html = viewer_pdf.to_html(three)
    for words in ("4 av 4", "sämsta fjärdedelen", "Källa: Kolada", "Lika värden delar"):
        assert words in html


def test_what_people_wrote_is_text_and_not_html(area):
    area.about = "<script>alert(1)</script>"
    assert "<script>" not in viewer_pdf.to_html(viewer_pdf.collect(area, "", on=TODAY))


def test_it_is_asked_for_watched_and_fetched(signed_in, area):
    here = reverse("area-paper", args=[area.slug]) + "?niva=3"
    assert "Gör en PDF" in signed_in.get(here).text

    asked = signed_in.post(reverse("area-paper-request", args=[area.slug]) + "?niva=3")
    assert asked["Location"] == here
    assert 'hx-trigger="every 2s"' in signed_in.get(here).text
    make()

    assert Job.objects.get().status == JobStatus.DONE
    document = Document.objects.get()
    assert document.title == f"Kvalitetsvisaren – {area.name} Kommun 0 2020"
    page = signed_in.get(here).text
    assert reverse("document-download", args=[document.pk]) in page
    got = signed_in.get(reverse("document-download", args=[document.pk]))
    assert got["Content-Type"] == "application/pdf"


def test_it_is_one_tagged_landscape_sheet(area, reader):
    documents.request(kind=VIEWER, subject_id=area.pk, language="sv", variant="niva=3", by=reader)
    make()
    document = Document.objects.get()
    pdf = PdfReader(BytesIO(bytes(document.content)))
    width, height = pdf.pages[0].mediabox[2:]
    assert document.pages == 1
    assert width > height
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert pdf.trailer["/Root"]["/Lang"] == "sv"
    assert "bästa fjärdedelen" in text_of(document)  # in words too, for who does not see the colour


def test_each_view_has_a_paper_of_its_own_and_the_same_view_one(area, reader):
    for variant in ("niva=1", "niva=3", "niva=3"):
        documents.request(
            kind=VIEWER, subject_id=area.pk, language="sv", variant=variant, by=reader
        )
        make()
    assert sorted(Document.objects.values_list("variant", flat=True)) == ["niva=1", "niva=3"]


def test_papers_of_views_are_thrown_away_after_a_month(area, reader):
    documents.request(kind=VIEWER, subject_id=area.pk, language="sv", variant="niva=1", by=reader)
    make()
    Document.objects.update(made_at=timezone.now() - dt.timedelta(days=31))
    documents.request(kind=VIEWER, subject_id=area.pk, language="sv", variant="niva=2", by=reader)
    make()
    assert Document.objects.get().variant == "niva=2"


def test_endlessly_many_opened_rows_are_left_out_of_the_name():
    usual = Address(turned=frozenset({12}))
    endless = Address(turned=frozenset(range(100_000, 101_000)))
    assert viewer_pdf.variant_of(usual) == "niva=1&vand=12"
    assert viewer_pdf.variant_of(endless) == "niva=1"


def test_without_values_nothing_is_asked_for_and_the_job_says_why(signed_in, area, reader, where):
    empty = measure_of(KpiFactory()).area
    assert signed_in.get(reverse("area-paper", args=[empty.slug])).status_code == 404
    documents.request(kind=VIEWER, subject_id=empty.pk, language="sv", variant="niva=1", by=reader)
    make()
    job = Job.objects.get()
    assert (job.status, job.note) == (
        JobStatus.FAILED,
        "Det finns inga värden att sätta på papper.",
    )
