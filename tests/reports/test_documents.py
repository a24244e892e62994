import pytest

from foundation import jobs
from foundation.errors import Refused
from foundation.models import Job, JobStatus
from programme.models import ReportStatus
from reports.actions import documents
from reports.models import Document, DocumentKind
from tests.factories import TODAY, submitted_report

pytestmark = pytest.mark.django_db


def test_approving_asks_for_the_paper():
    report, manager = submitted_report()

    documents.approve(report_id=report.pk, language="sv", on=TODAY, by=manager)

    job = Job.objects.get()
    assert job.status == JobStatus.QUEUED
    assert job.requested_by == manager
