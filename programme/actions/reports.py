"""Everything that changes a work's report.  Locked in this order: report, work, fund, idea."""

from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.errors import Refused, require
from foundation.journal import move, record
from improvement.actions import payments
from organisation.models import Person
from organisation.rules import why_not_now

from ..drafting import Texts, first_texts
from ..flow import REPORT_FLOW, WORK_FLOW
from ..models import Report, Work
from ..rules.reports import why_not_complete, why_not_draft, why_not_edit_report, why_not_report


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the team says besides the texts."""

    participants: int
    reward_use: str = ""


@transaction.atomic
def draft(*, work_id: int, by: Person) -> Report:
    """Begin the report of a work, already filled with what the work knows.

    Safe to repeat: the report that is being written is returned as it stands.
    """
    work = Work.objects.locked().select_related("unit", "idea").get(pk=work_id)
    live = work.reports.live().first()
    if live is not None:
        return live
    require(why_not_draft(work, by))
    report = Report.objects.create(
        work=work,
        participants=max(1, len(work.team)),
        **asdict(first_texts(work, list(work.cycles.order_by("number")))),
    )
    record("report.draft", report, by=by)
    return report


@transaction.atomic
def edit(*, report_id: int, texts: Texts, wishes: Wishes, by: Person) -> Report:
    """Write the texts anew.  Facts are not among them: they are read from the work."""
    report = _locked(report_id)
    require(why_not_edit_report(report, by))
    written = {name: text.strip() for name, text in asdict(texts).items()}
    for name, value in {**written, **asdict(wishes)}.items():
        setattr(report, name, value)
    report.save(update_fields=[*written, "participants", "reward_use"])
    record("report.write", report, by=by)
    return report


@transaction.atomic
def submit(*, report_id: int, by: Person) -> Report:
    """Send the report to the manager."""
    report = _locked(report_id)
    step = REPORT_FLOW["submit"]
    require(why_not_report(step, report, by))
    require(why_not_complete(report))
    report.submitted_by, report.submitted_at = by, timezone.now()
    report.revision += 1
    move(report, step, by=by, also=("submitted_by", "submitted_at", "revision"))
    return report


@transaction.atomic
def send_back(*, report_id: int, why: str, by: Person) -> Report:
    """Return the report to the team, with a sentence on what is wanted."""
    report = _locked(report_id)
    require(why_not_report(REPORT_FLOW["return"], report, by))
    if not why.strip():
        raise Refused(_("Write a sentence to the team first."))
    move(report, REPORT_FLOW["return"], by=by, why=why.strip())
    return report


@transaction.atomic
def approve(*, report_id: int, on: date, by: Person) -> Report:
    """Approve the report.  The work is finished, the reward paid and unused money released.

    All or nothing: when the money cannot be settled, nothing is approved.

    Raises:
        Refused: the rules say no, so a second approval changes nothing.
    """
    report = _locked(report_id)
    step, finish = REPORT_FLOW["approve"], WORK_FLOW["finish"]
    work = report.work
    require(why_not_report(step, report, by))
    require(why_not_now(finish, work))
    report.approved_by, report.approved_at = by, timezone.now()
    move(report, step, by=by, also=("approved_by", "approved_at"), revision=report.revision)
    work.finished_on = on
    move(work, finish, by=by, also=("finished_on",))
    if work.idea_id is not None:
        payments.settle(idea_id=work.idea_id, people=report.participants, on=on, by=by)
    return report


def _locked(report_id: int) -> Report:
    """Lock the report, then its work."""
    report = Report.objects.locked().get(pk=report_id)
    report.work = Work.objects.locked().select_related("unit").get(pk=report.work_id)
    return report
