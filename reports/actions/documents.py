"""Asking for a report on paper, and making it."""

from dataclasses import asdict
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from foundation import jobs
from foundation.errors import Refused
from foundation.jobs import Run
from foundation.journal import record
from foundation.models import Job
from organisation.models import Person
from programme.actions import reports
from programme.models import Report

from .. import work_report
from ..models import Document, DocumentKind
from ..paper import Paper, to_pdf
from ..queries import kind_of, name_of_work

PARTS = 3  # collect, lay out, store


@transaction.atomic
def approve(*, report_id: int, language: str, on: date, by: Person) -> Report:
    """Approve a report, pay its reward, and ask for its paper: all of it, or nothing.

    Raises:
        Refused: the rules say no.
    """
    report = reports.approve(report_id=report_id, on=on, by=by)
    request(report_id=report.pk, language=language, by=by)
    return report


@transaction.atomic
def request(*, report_id: int, language: str, by: Person) -> Document | Job:
    """Ask for the PDF of a report, unless it is made or being made already.

    An approved report has one paper in each language, for good; a draft is made anew each time.

    Returns:
        The finished document, or the job that makes it.
    """
    report = Report.objects.visible_to(by).get(pk=report_id)
    if kind_of(report) is DocumentKind.FINAL:
        made = Document.objects.filter(report=report, kind=DocumentKind.FINAL, language=language)
        if document := made.without_content().first():
            return document
    return jobs.enqueue(
        make_pdf,
        key=name_of_work(report, language),
        by=by,
        report_id=report.pk,
        language=language,
    )


@jobs.work("reports.make_pdf", seconds=60)
def make_pdf(run: Run, *, report_id: int, language: str) -> None:
    """Collect, lay out, store.

    Nothing is left behind before the last part, so it can be done again from the start however
    often it is interrupted.
    """
    person = run.job.requested_by
    assert person is not None  # `request` always says who
    with translation.override(language):
        with run.step(done=1, total=PARTS):
            report = Report.objects.visible_to(person).for_page().filter(pk=report_id).first()
            if report is None:
                raise Refused(_("You may no longer read this report."))
            facts = work_report.collect(report, on=timezone.localdate())
        paper = to_pdf(work_report.to_html(facts))  # a second or so: outside any transaction
        with run.step(done=PARTS, total=PARTS, last=True):
            _store(report, facts, paper, language, by=person)


def _store(
    report: Report,
    facts: work_report.WorkReport,
    paper: Paper,
    language: str,
    *,
    by: Person,
) -> None:
    """Keep the paper under its name; the approved one takes the drafts' place."""
    kind = kind_of(report)
    name: dict[str, Any] = {
        "report": report,
        "revision": report.revision,
        "kind": kind,
        "language": language,
    }
    made = {
        "facts": asdict(facts),
        "content": paper.content,
        "pages": paper.pages,
        "made_at": timezone.now(),
        "requested_by": by,
    }
    if kind is DocumentKind.FINAL:
        document, is_new = Document.objects.get_or_create(**name, defaults=made)
        Document.objects.filter(report=report, kind=DocumentKind.DRAFT).delete()
    else:
        document, is_new = Document.objects.update_or_create(**name, defaults=made)
    if is_new:
        record("document.make", document, by=by, report=report.pk, language=language)
