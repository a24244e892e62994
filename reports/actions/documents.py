"""Asking for something on paper, and making it."""

from dataclasses import asdict
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone, translation

from foundation import jobs
from foundation.errors import Refused
from foundation.jobs import Run
from foundation.journal import record
from foundation.models import Job
from organisation.models import Person
from programme.actions import reports
from programme.models import Report

from ..models import Document
from ..paper import Paper, bind, lay_out
from ..papers import PAPERS, REPORT, Edition
from ..queries import name_of_work


@transaction.atomic
def approve(*, report_id: int, says: str = "", language: str, on: date, by: Person) -> Report:
    """Approve a report, pay its reward, and ask for its paper: all of it, or nothing.

    Args:
        says: The manager's own sentence to those who did the work.

    Raises:
        Refused: the rules say no.
    """
    report = reports.approve(report_id=report_id, says=says, on=on, by=by)
    request(kind=REPORT, subject_id=report.pk, language=language, by=by)
    return report


@transaction.atomic
def request(
    *, kind: str, subject_id: int, language: str, by: Person, variant: str = ""
) -> Document | Job:
    """Ask for the PDF of something, unless it is made or being made already.

    What is final has one paper in each language, for good; all else is made anew each time.

    Args:
        kind: One of PAPERS.
        variant: Which of several, as the kind knows them; "" where there is one.

    Returns:
        The finished document, or the job that makes it.

    Raises:
        ObjectDoesNotExist: `by` may not have the paper of it.
    """
    subject = PAPERS[kind].subjects(by).get(pk=subject_id)
    if PAPERS[kind].edition(subject) is Edition.FINAL:
        made = Document.objects.filter(
            kind=kind,
            subject_id=subject_id,
            edition=Edition.FINAL,
            variant=variant,
            language=language,
        )
        if document := made.without_content().first():
            return document
    return jobs.enqueue(
        make_pdf,
        key=name_of_work(kind, subject, language, variant),
        by=by,
        kind=kind,
        subject_id=subject_id,
        language=language,
        variant=variant,
    )


@jobs.work("reports.make_pdf", seconds=900)  # hundreds of posters take minutes
def make_pdf(run: Run, *, kind: str, subject_id: int, language: str, variant: str = "") -> None:
    """Collect, lay out part by part, store.

    Nothing is left behind before the last step, so it can be done again from the start however
    often it is interrupted.
    """
    person = run.job.requested_by
    assert person is not None  # `request` always says who
    paper = PAPERS[kind]
    with translation.override(language):
        with run.step():
            subject = paper.subjects(person).filter(pk=subject_id).first()
            if subject is None:
                raise Refused(str(paper.gone))
            facts = paper.collect(subject, variant, timezone.localdate())
        parts = paper.to_html(facts)
        steps = len(parts) + 2  # collected, each part laid out, stored
        laid_out: list[Any] = []
        for number, part in enumerate(parts):
            with run.step(done=number + 1, total=steps):
                pass  # only says how far it has come
            laid_out.append(lay_out(part, *paper.styles))  # a second: outside any transaction
        while len(laid_out[0].pages) > 1 and (closer := paper.closer(facts)) is not None:
            facts = closer
            laid_out = [lay_out(part, *paper.styles) for part in paper.to_html(facts)]
        bound = bind(laid_out)
        with run.step(done=steps, total=steps, last=True):
            _store(kind, subject, facts, bound, language, variant, by=person)


def _store(
    kind: str,
    subject: Any,
    facts: Any,
    bound: Paper,
    language: str,
    variant: str,
    *,
    by: Person,
) -> None:
    """Keep the paper under its name; the final one takes the drafts' place."""
    paper = PAPERS[kind]
    edition = paper.edition(subject)
    name: dict[str, Any] = {
        "kind": kind,
        "subject_id": subject.pk,
        "revision": paper.revision(subject),
        "edition": edition,
        "variant": variant,
        "language": language,
    }
    made = {
        "report": subject if kind == REPORT else None,
        "title": paper.title(facts)[:200],
        "facts": asdict(facts),
        "content": bound.content,
        "pages": bound.pages,
        "made_at": timezone.now(),
        "requested_by": by,
    }
    if edition is Edition.FINAL:
        document, is_new = Document.objects.get_or_create(**name, defaults=made)
        drafts = {"kind": kind, "subject_id": subject.pk, "edition": Edition.DRAFT}
        Document.objects.filter(**drafts).delete()
    else:
        document, is_new = Document.objects.update_or_create(**name, defaults=made)
    if paper.days_kept is not None:
        oldest = timezone.now() - timedelta(days=paper.days_kept)
        Document.objects.filter(kind=kind, made_at__lt=oldest).delete()
    if is_new:
        record("document.make", document, by=by, about=subject.pk, language=language)
