"""The team's own log of decisions: lines are added, and never rewritten."""

from datetime import date
from uuid import UUID

from django.db import transaction

from foundation.errors import require
from foundation.journal import record
from organisation.models import Person

from ..models import Work, WorkDecision
from ..rules.tasks import why_not_correct, why_not_decide


@transaction.atomic
def write(
    *,
    work_id: int,
    decided_on: date,
    what: str,
    why: str = "",
    corrects_id: int | None = None,
    key: UUID,
    on: date,
    by: Person,
) -> WorkDecision:
    """Add a line to the log, perhaps one that corrects an earlier line.

    Args:
        corrects_id: The line that says it wrong; it stays and is shown as corrected.
        key: Names the form it was written in.  The same form sent twice is one line.
        on: Today.
    """
    work = Work.objects.locked().select_related("unit").get(pk=work_id)
    require(why_not_decide(work, decided_on, by, on=on))
    there = WorkDecision.objects.filter(key=key, work=work).first()
    if there is not None:
        return there
    if corrects_id is not None:
        require(why_not_correct(work.decisions.get(pk=corrects_id)))
    line = work.decisions.create(
        decided_on=decided_on, what=what, why=why.strip(), corrects_id=corrects_id, key=key, by=by
    )
    record("work.decision", work, by=by, decision=line.pk)
    return line
