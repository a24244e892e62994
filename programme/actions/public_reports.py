"""Making a report public for residents, and taking it back."""

import hashlib
import json
from datetime import date

from django.db import transaction
from django.utils import timezone

from foundation.errors import require
from foundation.journal import record
from organisation.models import Person

from ..models import Report
from ..published import PublicReport
from ..queries.public_reports import Said, people_around, public_facts_of
from ..rules.public_reports import (
    why_not_as_seen,
    why_not_public,
    why_not_publish,
    why_not_withdraw,
)
from .reports import locked


def preview(*, report: Report, said: Said, on: date, by: Person) -> PublicReport:
    """Return what would be made public, exactly as it would be kept.

    Raises:
        Refused: the rules say no, or somebody is named in it.
    """
    require(why_not_publish(report, by))
    public = public_facts_of(report, said, on)
    require(why_not_public(public, people_around(report)))
    return public


def fingerprint(public: PublicReport) -> str:
    """Return what tells whether the same would be shown."""
    return hashlib.sha256(json.dumps(public.stored, sort_keys=True).encode()).hexdigest()


@transaction.atomic
def release(*, report_id: int, said: Said, seen: str, on: date, by: Person) -> Report:
    """Let residents read the report, as `by` has just looked at it.

    Asked for once more while just that is public, nothing is done.

    Args:
        seen: The fingerprint of what `by` looked at before.

    Raises:
        Refused: the rules say no, or it would show something else than what was looked at.
    """
    report = locked(report_id)
    public = preview(report=report, said=said, on=on, by=by)
    require(why_not_as_seen(seen, fingerprint(public)))
    is_same = report.public_facts and fingerprint(PublicReport.read(report.public_facts)) == seen
    if report.published_at is not None and is_same:
        return report
    report.public_text, report.public_facts = public.text, public.stored
    report.published_at, report.published_by = timezone.now(), by
    report.save(
        update_fields=["public_text", "public_facts", "published_at", "published_by"],
    )
    record("report.publish", report, by=by, shown=seen)
    return report


@transaction.atomic
def withdraw(*, report_id: int, why: str, by: Person) -> Report:
    """Take what is public back.  What was shown is kept, to begin from if it is released anew.

    Raises:
        Refused: the rules say no.
    """
    report = locked(report_id)
    require(why_not_withdraw(report, by, why))
    report.published_at = report.published_by = None
    report.save(update_fields=["published_at", "published_by"])
    record("report.withdraw", report, by=by, why=why.strip())
    return report
