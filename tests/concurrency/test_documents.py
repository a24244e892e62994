"""Two jobs, one paper: a draft asked for just before the approval becomes the approved paper too."""

import threading

import pytest
from django.db import connection

from foundation import jobs
from foundation.models import Job, JobStatus
from reports.actions import documents
from reports.models import Document, DocumentQuerySet
from reports.papers import REPORT, Edition
from tests.concurrency.rivals import at_the_same_point, together
from tests.factories import TODAY, submitted_report

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def both_run(monkeypatch):
    """Run the draft's job and the approval's; each has its PDF before any of them saves it."""
    report, manager = submitted_report()
    documents.request(kind=REPORT, subject_id=report.pk, language="sv", by=report.submitted_by)
    documents.approve(report_id=report.pk, language="sv", on=TODAY, by=manager)
    monkeypatch.setattr(documents, "bind", at_the_same_point(documents.bind, 2))
    first, second = Job.objects.values_list("pk", flat=True)
    return lambda: together(lambda: jobs.run(first), lambda: jobs.run(second))


def both_find_nothing(get):
    """Let neither go on to make a paper before the other has looked and found none."""
    have_looked = threading.Barrier(2, timeout=5)

    def look(*args, **kwargs):
        try:
            return get(*args, **kwargs)
        except Document.DoesNotExist:
            have_looked.wait()
            raise

    return look


def test_an_approved_report_has_one_paper_however_many_make_it(both_run):
    both_run()

    assert Document.objects.get().edition == Edition.FINAL
    assert list(Job.objects.values_list("status", flat=True)) == [JobStatus.DONE] * 2


def test_without_the_constraint_it_would_have_two(both_run, monkeypatch):
    """The control.  If this fails, the test above proves nothing."""
    monkeypatch.setattr(DocumentQuerySet, "get", both_find_nothing(DocumentQuerySet.get))
    once = next(c for c in Document._meta.constraints if "once" in c.name)
    with connection.schema_editor() as schema:
        schema.remove_constraint(Document, once)
    try:
        both_run()
        assert Document.objects.count() == 2
    finally:
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE reports_document")
        with connection.schema_editor() as schema:
            schema.add_constraint(Document, once)
