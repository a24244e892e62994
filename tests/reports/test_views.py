"""The pages of the paper: asked for, watched, fetched, and only by those who may."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from foundation.models import Job, JobStatus
from programme.models import ReportStatus
from reports.papers import REPORT
from reports.queries import paper_state
from tests.factories import PersonFactory, submitted_report
from tests.reports.test_documents import approved_report, document_of

pytestmark = pytest.mark.django_db

PART = {"HX-Request": "true", "HX-Target": "report-document"}


def panel(client, report, **headers):
    return client.get(reverse("report-document", args=[report.pk]), headers=headers)


def test_the_manager_approves_with_a_button(client):
    report, manager = submitted_report()
    client.force_login(manager)

    response = client.post(reverse("report-approve", args=[report.pk]), follow=True)

    report.refresh_from_db()
    assert report.status == ReportStatus.APPROVED
    assert "Rapporten är godkänd" in response.content.decode()


def test_a_refusal_is_shown_where_one_came_from(client):
    report, _manager = submitted_report()
    client.force_login(report.submitted_by)

    response = client.post(reverse("report-approve", args=[report.pk]))

    report.refresh_from_db()
    assert report.status == ReportStatus.SUBMITTED
    assert response.status_code == 422
    assert "Du har inte den roll som behövs" in response.text


def test_before_anybody_has_asked_there_is_a_button(client):
    report, manager = submitted_report()
    client.force_login(manager)

    html = panel(client, report).content.decode()

    assert "Gör en PDF" in html
    assert "hx-trigger" not in html.split('id="report-document"')[1].split("<script")[0]


def test_while_it_is_made_the_part_asks_for_itself(client):
    report, manager = approved_report()
    client.force_login(manager)

    html = panel(client, report, **PART).content.decode()

    assert "<html" not in html
    assert 'hx-trigger="every 2s"' in html
    assert f'href="{reverse("report-document", args=[report.pk])}"' in html  # without JavaScript
    assert "<progress" in html


def test_when_it_is_done_it_asks_no_more(client):
    report, manager = approved_report()
    Job.objects.update(status=JobStatus.DONE)
    document = document_of(report)
    client.force_login(manager)

    html = panel(client, report, **PART).content.decode()

    assert "hx-trigger" not in html
    assert reverse("document-download", args=[document.pk]) in html
    assert "1 sida" in html


def test_when_it_has_failed_it_says_why_and_can_be_tried_again(client):
    report, manager = approved_report()
    Job.objects.update(status=JobStatus.FAILED, note="Pango saknas.")
    client.force_login(manager)

    html = panel(client, report, **PART).content.decode()
    assert "Pango saknas." in html
    assert "Försök igen" in html

    client.post(reverse("document-request", args=[report.pk]))
    assert Job.objects.live().count() == 1


def test_asking_shows_the_same_part(client):
    report, manager = submitted_report()
    client.force_login(manager)

    asked = client.post(reverse("document-request", args=[report.pk]), headers=PART, follow=True)

    assert asked.redirect_chain == [(reverse("report-document", args=[report.pk]), 302)]
    assert "PDF:en görs" in asked.content.decode()


def test_the_panel_costs_the_same_whatever_it_says(client, django_assert_num_queries):
    report, manager = approved_report()
    document_of(report)
    client.force_login(manager)

    # session, person, roles, employments, report, document, job
    with django_assert_num_queries(7):
        panel(client, report, **PART)


def test_the_file_has_a_name_one_recognises(client):
    report, manager = submitted_report()
    document = document_of(report)
    client.force_login(manager)

    response = client.get(reverse("document-download", args=[document.pk]))

    assert response.content == b"%PDF"
    assert response["Content-Type"] == "application/pdf"
    assert response["Cache-Control"] == "no-store, private"
    assert "F%C3%B6rb%C3%A4ttringsrapport" in response["Content-Disposition"]
    assert response["Content-Disposition"].endswith(".pdf")


@pytest.mark.parametrize(
    ("method", "name"),
    [
        ("post", "report-approve"),
        ("get", "report-document"),
        ("post", "document-request"),
    ],
)
def test_a_report_that_is_not_mine_is_not_found(client, method, name):
    report, _manager = submitted_report()
    client.force_login(PersonFactory())

    response = getattr(client, method)(reverse(name, args=[report.pk]))

    assert response.status_code == 404


def test_a_document_that_is_not_mine_is_not_found(client):
    report, _manager = submitted_report()
    document = document_of(report)
    client.force_login(PersonFactory())

    assert client.get(reverse("document-download", args=[document.pk])).status_code == 404


def test_the_job_is_looked_up_before_its_paper():
    """The other way round, a job that ends between the looks shows neither: nothing, for ever."""
    report, _manager = submitted_report()
    with CaptureQueriesContext(connection) as asked:
        paper_state(REPORT, report, "sv")
    tables = ["foundation_job" if "foundation_job" in q["sql"] else "document" for q in asked]
    assert tables == ["foundation_job", "document"]
