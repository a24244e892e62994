"""Why not?  A report."""

from django.utils.translation import gettext as _

from foundation.flow import By, Step
from organisation import rules as organisation_rules
from organisation.models import Person
from organisation.permissions import Permission

from ..flow import REPORT_FLOW, WORK_FLOW
from ..models import Extent, Member, Report, ReportStatus, Work
from .works import may_lead, may_take_part

# What one page has room for, in signs: a simple report that is longer is a full one.
ROOM_ON_ONE_PAGE = 2_200
TEXTS_OF_SIMPLE = ("what_we_did", "result", "learning", "thanks")


def why_not_report(step: Step, report: Report, person: Person) -> str | None:
    """Say why `person` may not take `step` with `report` now.

    Nobody approves what they took part in: for that the whole team are the owners.
    """
    work = report.work
    if step.by is By.OTHERS:
        owners = work.team_ids
    else:
        owners = {person.pk} if may_lead(work, person) else set()
    return organisation_rules.why_not_step(step, report, person, unit=work.unit, owner_ids=owners)


def report_steps(report: Report, person: Person) -> list[Step]:
    return [
        step
        for step in REPORT_FLOW.open_from(report.status)
        if not why_not_report(step, report, person)
    ]


def why_not_draft(work: Work, person: Person) -> str | None:
    """Say why `person` may not begin the report of `work`."""
    if not may_take_part(work, person):
        return _("Only the team can do this.")
    return organisation_rules.why_not_now(WORK_FLOW["finish"], work)


def why_not_edit_report(report: Report, person: Person) -> str | None:
    """Say why `person` may not change the texts: the whole team writes, until it is sent."""
    if not may_take_part(report.work, person):
        return _("Only the team can do this.")
    if report.status not in REPORT_FLOW["submit"].sources:
        return organisation_rules.state_says_no(report)
    return None


def why_not_complete(report: Report) -> str | None:
    """Say what the report lacks before it can be sent (W-27)."""
    missing = [
        report.label_of(name)
        for name in ("what_we_did", "result", "learning")
        if not getattr(report, name).strip()
    ]
    if missing:
        return _("Not written yet: %(parts)s.") % {"parts": ", ".join(missing)}
    if report.extent == Extent.SIMPLE:
        return why_not_on_one_page(report)
    return None


def why_not_on_one_page(report: Report) -> str | None:
    """Say why the texts of a simple report do not fit on its one page."""
    length = sum(len(getattr(report, name)) for name in TEXTS_OF_SIMPLE)
    if length <= ROOM_ON_ONE_PAGE:
        return None
    return _(
        "The simple report is one page, with room for %(room)s characters. You have written "
        "%(length)s: shorten the texts, or choose the full report."
    ) % {"room": ROOM_ON_ONE_PAGE, "length": length}


def why_not_over(clashes: tuple[str, ...]) -> str | None:
    """Say that somebody else has written in the same texts meanwhile.

    Args:
        clashes: The names of the texts that both have changed.
    """
    if not clashes:
        return None
    return _(
        "Somebody else has written here since you opened the page. Nothing of yours is lost: "
        "theirs stands beside yours. Put them together, and save."
    )


def why_not_coach(report: Report, person: Person) -> str | None:
    """Say why `person` may not write the coach's words: only the work's coach, and in time."""
    roles = {membership.person_id: membership.role for membership in report.work.team}
    if roles.get(person.pk) != Member.COACH:
        return _("Only the coach of the work writes here.")
    if not report.is_live:
        return organisation_rules.state_says_no(report)
    return None


def why_not_press(report: Report, person: Person) -> str | None:
    """Say why `person` may not write the text to the press: the team, and who speaks outwards."""
    if may_take_part(report.work, person):
        return None
    return organisation_rules.why_not_with(Permission.LIBRARY_PUBLISH, person, at=report.work.unit)


def wanting(report: Report, *, has_ends: bool, tests: int) -> list[str]:
    """Say what would make the report better, none of which must be there before it is sent.

    Args:
        has_ends: Whether the measure that carries the aim has a start and an end value.
        tests: How many cycles have been tested.
    """
    if report.status == ReportStatus.APPROVED:
        return []
    found = []
    if not has_ends:
        found.append(_("A start value and an end value: they show what came of it."))
    if not tests:
        found.append(_("At least one test (PDSA), with its prediction and what you learned."))
    if report.extent == Extent.FULL:
        found += [
            _("%(part)s is not written.") % {"part": report.label_of(name)}
            for name in ("background", "spread", "thanks")
            if not getattr(report, name).strip()
        ]
    return found
