"""Why not?  A report."""

from django.utils.translation import gettext as _

from foundation.flow import By, Step
from organisation import rules as organisation_rules
from organisation.models import Person

from ..flow import REPORT_FLOW, WORK_FLOW
from ..models import Report, Work
from .works import may_lead, may_take_part


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
    return None
