"""Where a paper stands."""

import hashlib
from dataclasses import dataclass
from typing import Any

from foundation.models import Job, JobStatus

from .models import Document
from .papers import PAPERS, Edition

LONGEST_IN_A_KEY = 64  # a variant that is longer stands there as its fingerprint


def name_of_work(kind: str, subject: Any, language: str, variant: str = "") -> str:
    """Return the key of the job that makes the paper: whoever asks, it is made once."""
    paper = PAPERS[kind]
    if len(variant) > LONGEST_IN_A_KEY:
        variant = hashlib.sha256(variant.encode()).hexdigest()
    return ":".join(
        [
            f"{kind}-pdf",
            *map(str, (subject.pk, paper.revision(subject), paper.edition(subject).value)),
            *filter(None, (variant, language)),
        ]
    )


@dataclass(frozen=True, slots=True)
class PaperState:
    """The PDF of something in one language: made, being made, failed, or not asked for.

    Attributes:
        job: The one under way, or the last one where it failed.
    """

    edition: Edition
    document: Document | None
    job: Job | None

    @property
    def is_draft(self) -> bool:
        return self.edition is Edition.DRAFT

    @property
    def may_be_made_anew(self) -> bool:
        return self.edition is not Edition.FINAL

    @property
    def is_under_way(self) -> bool:
        return self.job is not None and self.job.is_live

    @property
    def has_failed(self) -> bool:
        """The last attempt failed; an earlier paper, of a draft, may still be there."""
        return self.job is not None and self.job.status == JobStatus.FAILED


def paper_state(kind: str, subject: Any, language: str, variant: str = "") -> PaperState:
    """Look up the paper of `subject`, in one of its variants.  Two queries.

    Whoever may see the subject may see how its paper is coming on, also when somebody else asked
    for it.
    """
    edition, revision = PAPERS[kind].edition(subject), PAPERS[kind].revision(subject)
    # The job first: if it is done, its document was there before; the other way round a job that
    # ended between the two looks would be seen neither under way nor with its paper.
    key = name_of_work(kind, subject, language, variant)
    job = Job.objects.filter(key=key).order_by("-pk").first()
    document = (
        Document.objects.filter(
            kind=kind,
            subject_id=subject.pk,
            revision=revision,
            edition=edition,
            variant=variant,
            language=language,
        )
        .without_content()
        .first()
    )
    return PaperState(edition, document, job)
