import hashlib
import sys

import pytest
from django.db import IntegrityError, transaction

from foundation import jobs
from foundation.errors import Refused
from foundation.models import Event, Job, JobStatus
from improvement.models import LedgerEntry, LedgerKind
from organisation.models import Assignment
from programme.models import ReportStatus
from reports.actions import documents
from reports.models import Document
from reports.papers import REPORT, Edition
from tests.factories import TODAY, PersonFactory, submitted_report

pytestmark = pytest.mark.django_db


def approved_report():
    report, manager = submitted_report()
    documents.approve(report_id=report.pk, language="sv", on=TODAY, by=manager)
    report.refresh_from_db()
    return report, manager


def make_paper():
    """Do what the worker does when it is woken."""
    jobs.run(Job.objects.live().get().pk)


def document_of(report, **fields):
    return Document.objects.create(
        **{
            "report": report,
            "revision": report.revision,
            "kind": REPORT,
            "subject_id": report.pk,
            "title": "Förbättringsrapport – Larm",
            "edition": Edition.FINAL,
            "language": "sv",
            "facts": {},
            "content": b"%PDF",
            "pages": 1,
            "requested_by": report.submitted_by,
            **fields,
        }
    )


# --- asking -----------------------------------------------------------------------------------


def test_approving_asks_for_the_paper_in_the_same_breath():
    report, manager = submitted_report()

    documents.approve(report_id=report.pk, language="sv", on=TODAY, by=manager)

    report.refresh_from_db()
    assert report.status == ReportStatus.APPROVED
    job = Job.objects.get()
    assert job.status == JobStatus.QUEUED
    assert job.requested_by == manager


def test_a_refused_approval_asks_for_nothing():
    report, _manager = submitted_report()

    with pytest.raises(Refused):
        documents.approve(report_id=report.pk, language="sv", on=TODAY, by=report.submitted_by)

    report.refresh_from_db()
    assert report.status == ReportStatus.SUBMITTED
    assert not Job.objects.exists()


def test_approving_twice_pays_once_and_asks_once():
    report, manager = approved_report()

    with pytest.raises(Refused):
        documents.approve(report_id=report.pk, language="sv", on=TODAY, by=manager)

    assert Job.objects.count() == 1
    assert LedgerEntry.objects.filter(kind=LedgerKind.PAYOUT).count() == 1


def test_asking_twice_gives_one_job():
    report, manager = approved_report()

    again = documents.request(
        kind=REPORT, subject_id=report.pk, language="sv", by=report.submitted_by
    )

    assert again == Job.objects.get()


def test_what_one_may_not_see_cannot_be_asked_for():
    report, _manager = submitted_report()

    with pytest.raises(report.DoesNotExist):
        documents.request(kind=REPORT, subject_id=report.pk, language="sv", by=PersonFactory())


# --- making -----------------------------------------------------------------------------------


@pytest.mark.slow
def test_the_paper_is_made_kept_with_its_facts_and_handed_out_again():
    report, manager = approved_report()

    make_paper()

    document = Document.objects.get()
    assert (document.report, document.revision, document.edition, document.language) == (
        report,
        report.revision,
        Edition.FINAL,
        "sv",
    )
    assert bytes(document.content).startswith(b"%PDF")
    assert document.size == len(document.content)
    assert document.facts["facts"]["title"] == report.work.title
    assert document.facts["facts"]["reward_is_paid"] is True
    assert Job.objects.get().status == JobStatus.DONE
    assert Event.objects.filter(kind="document.make").count() == 1
    assert (
        documents.request(kind=REPORT, subject_id=report.pk, language="sv", by=manager) == document
    )


@pytest.mark.slow
def test_another_language_is_another_paper():
    report, manager = approved_report()
    make_paper()

    documents.request(kind=REPORT, subject_id=report.pk, language="en", by=manager)
    make_paper()

    assert set(Document.objects.values_list("language", flat=True)) == {"sv", "en"}


@pytest.mark.slow
def test_a_draft_is_made_anew_and_replaces_the_one_before():
    report, _manager = submitted_report()
    leader = report.submitted_by
    documents.request(kind=REPORT, subject_id=report.pk, language="sv", by=leader)
    make_paper()
    first = Document.objects.get()

    documents.request(kind=REPORT, subject_id=report.pk, language="sv", by=leader)
    make_paper()

    second = Document.objects.get()
    assert second.pk == first.pk
    assert second.made_at > first.made_at
    assert second.edition == Edition.DRAFT
    assert Event.objects.filter(kind="document.make").count() == 1


@pytest.mark.slow
def test_the_approved_paper_takes_the_place_of_the_draft():
    report, manager = submitted_report()
    document_of(report, edition=Edition.DRAFT)
    documents.approve(report_id=report.pk, language="sv", on=TODAY, by=manager)

    make_paper()

    assert Document.objects.get().edition == Edition.FINAL


def test_nothing_is_made_for_somebody_who_may_no_longer_see_it():
    report, manager = approved_report()
    Assignment.objects.filter(person=manager).delete()

    make_paper()

    job = Job.objects.get()
    assert job.status == JobStatus.FAILED
    assert job.note == "Du får inte längre läsa den här rapporten."
    assert not Document.objects.exists()


def test_without_pango_the_job_says_what_is_missing(monkeypatch):
    """A machine that lacks the library: importing WeasyPrint fails in this way there."""
    approved_report()

    class NoPango:
        def find_spec(self, name, path=None, target=None):
            if name == "weasyprint":
                raise OSError("cannot load library 'libpango-1.0-0'")

    monkeypatch.setattr(sys, "meta_path", [NoPango(), *sys.meta_path])
    for name in [name for name in sys.modules if name.split(".")[0] == "weasyprint"]:
        monkeypatch.delitem(sys.modules, name)
    make_paper()

    job = Job.objects.get()
    assert job.status == JobStatus.FAILED
    assert "Pango" in job.note


# --- what is always true ----------------------------------------------------------------------


def test_one_document_per_revision_kind_and_language():
    report, _manager = submitted_report()
    document_of(report)

    with pytest.raises(IntegrityError, match="document_once_per_subject_and_edition"):
        document_of(report)


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"pages": 0}, "document_has_pages"),
        ({"edition": "poster"}, "document_edition_known"),
        ({"kind": "poster"}, "document_of_a_report_holds_on_to_it"),
        ({"subject_id": 0}, "document_of_a_report_holds_on_to_it"),
    ],
)
def test_a_document_is_never(fields, constraint):
    report, _manager = submitted_report()

    with pytest.raises(IntegrityError, match=constraint):
        document_of(report, **fields)


def test_the_paper_of_an_approved_report_is_never_changed_or_deleted():
    report, _manager = submitted_report()
    document_of(report)

    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        Document.objects.update(content=b"%PDF another")
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        Document.objects.all().delete()


def test_the_database_itself_says_what_the_bytes_add_up_to():
    report, _manager = submitted_report()

    document = document_of(report)

    document.refresh_from_db()
    assert document.size == 4
    assert document.sha256 == hashlib.sha256(b"%PDF").hexdigest()
