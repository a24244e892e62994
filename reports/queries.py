"""Where the paper of a report stands."""

from dataclasses import dataclass

from foundation.models import Job, JobStatus
from programme.models import Report, ReportStatus

from .models import Document, DocumentKind


def kind_of(report: Report) -> DocumentKind:
    """Say what a paper made of `report` now would be."""
    approved = report.status == ReportStatus.APPROVED
    return DocumentKind.FINAL if approved else DocumentKind.DRAFT


def name_of_work(report: Report, language: str) -> str:
    """Return the key of the job that makes the paper: whoever asks, it is made once."""
    return f"report-pdf:{report.pk}:{report.revision}:{kind_of(report)}:{language}"


@dataclass(frozen=True, slots=True)
class PaperState:
    """A report's PDF in one language: made, being made, failed, or not asked for.

    Attributes:
        job: The one under way, or the last one where it failed.
    """

    kind: DocumentKind
    document: Document | None
    job: Job | None

    @property
    def is_draft(self) -> bool:
        return self.kind is DocumentKind.DRAFT

    @property
    def is_under_way(self) -> bool:
        return self.job is not None and self.job.is_live

    @property
    def has_failed(self) -> bool:
        """The last attempt failed; an earlier paper, of a draft, may still be there."""
        return self.job is not None and self.job.status == JobStatus.FAILED


def paper_state(report: Report, language: str) -> PaperState:
    """Look up the paper of `report`.  Two queries.

    Whoever may see the report may see how its paper is coming on, also when somebody else asked
    for it.
    """
    # The job first: if it is done, its document was there before; the other way round a job that
    # ended between the two looks would be seen neither under way nor with its paper.
    job = Job.objects.filter(key=name_of_work(report, language)).order_by("-pk").first()
    document = (
        Document.objects.filter(
            report=report, revision=report.revision, kind=kind_of(report), language=language
        )
        .without_content()
        .first()
    )
    return PaperState(kind_of(report), document, job)
