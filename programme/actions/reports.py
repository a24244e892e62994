"""Everything that changes a work's report.  Locked in this order: report, work, fund, idea."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.errors import Refused, require
from foundation.journal import move, record
from improvement.actions import payments
from organisation.actions import notices
from organisation.models import Person
from organisation.rules import why_not_now

from ..comparing import merge
from ..drafting import Texts, first_texts
from ..flow import REPORT_FLOW, WORK_FLOW
from ..models import Extent, Report, ReportVersion, Work
from ..queries import kept_facts, report_facts
from ..queries.approvers import approvers_of
from ..rules.reports import (
    why_not_coach,
    why_not_complete,
    why_not_draft,
    why_not_edit_report,
    why_not_over,
    why_not_press,
    why_not_report,
)
from .effect import plan_follow_ups


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the team says besides the texts."""

    participants: int
    reward_use: str = ""
    extent: str = Extent.SIMPLE


WRITTEN = (*(field.name for field in fields(Texts)), *(field.name for field in fields(Wishes)))


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
def edit(
    *,
    report_id: int,
    texts: Texts,
    wishes: Wishes,
    seen: Mapping[str, str] | None = None,
    by: Person,
) -> Report:
    """Write the texts anew.  Facts are not among them: they are read from the work.

    Two who write at the same time in different texts both get theirs saved.

    Args:
        seen: The fingerprint of each text as it stood when the page was opened; None: do not ask.

    Raises:
        Refused: the rules say no, or somebody else has meanwhile written in the same text.
    """
    report = locked(report_id)
    require(why_not_edit_report(report, by))
    written = {name: text.strip() for name, text in asdict(texts).items()} | asdict(wishes)
    if seen is not None:
        merged = merge(written, {name: getattr(report, name) for name in written}, seen)
        require(why_not_over(merged.clashes))
        written = merged.values
    for name, value in written.items():
        setattr(report, name, value)
    report.version += 1
    report.save(update_fields=[*written, "version"])
    record("report.write", report, by=by)
    return report


@transaction.atomic
def coach(*, report_id: int, text: str, by: Person) -> Report:
    """Write what the coach wants to say; it stands in the report.  Empty takes it back."""
    report = locked(report_id)
    require(why_not_coach(report, by))
    said = text.strip()
    report.coach_says = said
    report.coach, report.coach_said_at = (by, timezone.now()) if said else (None, None)
    report.save(update_fields=["coach_says", "coach", "coach_said_at"])
    record("report.coach", report, by=by)
    if said:
        _tell("report.coach", report, report.work.team_ids, by=by)
    return report


@transaction.atomic
def write_to_press(*, report_id: int, text: str, by: Person) -> Report:
    """Write the text to the press; it may be written when the report is approved too."""
    report = locked(report_id)
    require(why_not_press(report, by))
    report.press_text = text.strip()
    report.save(update_fields=["press_text"])
    record("report.press", report, by=by)
    return report


@transaction.atomic
def submit(*, report_id: int, by: Person) -> Report:
    """Send the report to the manager.  What was sent is kept, to say what has changed since."""
    report = locked(report_id)
    step = REPORT_FLOW["submit"]
    require(why_not_report(step, report, by))
    require(why_not_complete(report))
    report.submitted_by, report.submitted_at = by, timezone.now()
    report.revision += 1
    move(report, step, by=by, also=("submitted_by", "submitted_at", "revision"))
    facts = report_facts(Report.objects.for_page().get(pk=report.pk), timezone.localdate())
    ReportVersion.objects.create(
        report=report,
        number=report.revision,
        texts={name: getattr(report, name) for name in WRITTEN},
        facts=kept_facts(facts),
        by=by,
        at=report.submitted_at,
    )
    _tell("report.submit", report, approvers_of(report.work), by=by)
    return report


@transaction.atomic
def send_back(*, report_id: int, why: str, by: Person) -> Report:
    """Return the report to the team, with a sentence on what is wanted."""
    report = locked(report_id)
    require(why_not_report(REPORT_FLOW["return"], report, by))
    if not why.strip():
        raise Refused(_("Write a sentence to the team first."))
    move(report, REPORT_FLOW["return"], by=by, why=why.strip())
    _tell("report.return", report, report.work.team_ids, by=by, note=why.strip())
    return report


@transaction.atomic
def approve(*, report_id: int, says: str = "", on: date, by: Person) -> Report:
    """Approve the report.  The work is finished, the reward paid and unused money released.

    All or nothing: when the money cannot be settled, nothing is approved.  Everyone who had a part
    in it is told and thanked.

    Args:
        says: The manager's own sentence to them; it stands in the report.

    Raises:
        Refused: the rules say no, so a second approval changes nothing.
    """
    report = locked(report_id)
    step, finish = REPORT_FLOW["approve"], WORK_FLOW["finish"]
    work = report.work
    require(why_not_report(step, report, by))
    require(why_not_now(finish, work))
    report.approved_by, report.approved_at, report.approver_says = by, timezone.now(), says.strip()
    approved = ("approved_by", "approved_at", "approver_says")
    move(report, step, by=by, also=approved, revision=report.revision)
    work.finished_on = on
    move(work, finish, by=by, also=("finished_on",))
    plan_follow_ups(work, on=on, by=by)
    if work.has_money and work.idea_id is not None:
        payments.settle(idea_id=work.idea_id, people=report.participants, on=on, by=by)
    _tell("report.approve", report, _took_part(work), by=by, note=says.strip())
    return report


def locked(report_id: int) -> Report:
    """Lock the report, then its work."""
    report = Report.objects.locked().get(pk=report_id)
    report.work = Work.objects.locked().select_related("unit").get(pk=report.work_id)
    return report


def _took_part(work: Work) -> set[int]:
    """The ids of the team with its coach and guests, and of whoever had the idea."""
    authors = set(work.idea.author_ids) if work.idea is not None else set()
    return work.team_ids | authors


def _tell(kind: str, report: Report, people: Iterable[int], *, by: Person, note: str = "") -> None:
    notices.tell(
        people,
        kind=kind,
        title=report.work.title,
        href=reverse("report-detail", args=[report.pk]),
        note=note,
        except_for=by,
    )
