"""Why not?  Each question is answered once: None, or a sentence for the person who asked."""

from django.utils.translation import gettext as _

from foundation.flow import By, Flow, Step
from improvement.models import Idea, IdeaStatus
from organisation import rules as organisation_rules
from organisation.models import Person
from organisation.permissions import Permission

from .flow import CYCLE_FLOW, REPORT_FLOW, WORK_FLOW, WORK_PRESSED
from .models import Cycle, Member, Membership, Phase, Report, Work, WorkStatus

# --- who ------------------------------------------------------------------------------------


def may_lead(work: Work, person: Person) -> bool:
    """Say whether `person` leads this work: as its leader, or by a role at its unit."""
    return person.pk == work.leader_id or person.may(Permission.WORK_LEAD, at=work.unit)


def may_take_part(work: Work, person: Person) -> bool:
    """Say whether `person` may write in this work: the team, its coach, and who may lead it."""
    return person.pk in work.team_ids or may_lead(work, person)


# --- steps ----------------------------------------------------------------------------------


def why_not(step: Step, work: Work, person: Person) -> str | None:
    """Say why `person` may not take `step` with `work` now."""
    owners = {person.pk} if may_lead(work, person) else set()
    refusal = organisation_rules.why_not_step(step, work, person, unit=work.unit, owner_ids=owners)
    if refusal is None and step.name == "reopen":
        return _why_not_again(work)
    return refusal


def why_not_release(work: Work) -> str | None:
    """Say why the money of `work` cannot be released, whoever asks."""
    if work.idea is None:
        return _("The work did not begin with an idea that was granted money.")
    if work.status != WorkStatus.STOPPED:
        return _("The work must be stopped before its money is released.")
    return None


def why_not_cycle(step: Step, cycle: Cycle, person: Person) -> str | None:
    """Say why `person` may not take `step` with `cycle` now, whatever is written in it."""
    work = cycle.work
    owners = {person.pk} if may_take_part(work, person) else set()
    return organisation_rules.why_not_step(
        step, cycle, person, unit=work.unit, owner_ids=owners
    ) or _why_not_at_work(work)


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


def pressed_steps(work: Work, person: Person) -> list[Step]:
    """Return the steps that are a button on the work's page."""
    return [s for name in WORK_PRESSED if why_not(s := WORK_FLOW[name], work, person) is None]


def cycle_steps(cycle: Cycle, person: Person) -> list[Step]:
    """Return the steps on from here and back that `person` may take."""
    return [step for step in _open(CYCLE_FLOW, cycle) if not why_not_cycle(step, cycle, person)]


def report_steps(report: Report, person: Person) -> list[Step]:
    return [step for step in _open(REPORT_FLOW, report) if not why_not_report(step, report, person)]


# --- work -----------------------------------------------------------------------------------


def why_not_start(idea: Idea, person: Person) -> str | None:
    """Say why `person` may not start a work from `idea`."""
    if idea.status != IdeaStatus.FUNDED:
        return _(
            "A work starts when the idea is approved and its money is reserved. "
            "Now the state is “%(status)s”."
        ) % {"status": idea.get_status_display()}
    if idea.author_id != person.pk and not person.may(Permission.WORK_LEAD, at=idea.unit):
        return _(
            "Only the idea's author, or somebody who leads works at %(unit)s, can start it."
        ) % {"unit": idea.unit}
    return None


def why_not_edit(work: Work, person: Person) -> str | None:
    """Say why `person` may not change aim, measures and team."""
    if not may_lead(work, person):
        return _("Only the work's leader can do this.")
    if not work.is_open:
        return organisation_rules.state_says_no(work)
    return None


def why_not_measure(work: Work, person: Person) -> str | None:
    """Say why `person` may not record measurements.  A finished work is still measured: it shall last."""
    if not may_take_part(work, person):
        return _("Only the team can do this.")
    if work.status == WorkStatus.STOPPED:
        return organisation_rules.state_says_no(work)
    return None


def why_not_remove(membership: Membership, person: Person) -> str | None:
    refusal = why_not_edit(membership.work, person)
    if refusal is None and membership.role == Member.LEADER:
        return _("A work always has a leader. Choose another leader first.")
    return refusal


# --- cycles ---------------------------------------------------------------------------------


def why_not_plan(work: Work, person: Person) -> str | None:
    """Say why `person` may not plan a cycle in `work`."""
    if not may_take_part(work, person):
        return _("Only the team can do this.")
    return _why_not_at_work(work)


def why_not_write(cycle: Cycle, phase: Phase, person: Person) -> str | None:
    """Say why `person` may not change what belongs to `phase`: it is written then, and only then."""
    refusal = why_not_plan(cycle.work, person)
    if refusal is None and cycle.status != phase:
        if phase == Phase.PLAN:
            return _("The test has started, so the plan and the prediction are locked.")
        return _("This cannot be written now: the cycle is in the phase “%(phase)s”.") % {
            "phase": cycle.get_status_display()
        }
    return refusal


def why_not_ready(step: Step, cycle: Cycle) -> str | None:
    """Say what must be written before `cycle` goes on."""
    if step.name == "test":
        if not cycle.prediction.strip():
            return _("Write what you think will happen before the test starts.")
        if not cycle.plan_what.strip():
            return _("Write what you will do before the test starts.")
    if step.name == "study" and not cycle.what_happened.strip():
        return _("Write what happened before you study the result.")
    if step.name == "act":
        if not cycle.agreement or not cycle.result.strip():
            return _("Compare the result with the prediction first.")
        if not cycle.learning.strip():
            return _("Write what you learned first. The next cycle begins there.")
    return None


# --- report ---------------------------------------------------------------------------------


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


def _open(flow: Flow, thing: Cycle | Report) -> list[Step]:
    return flow.open_from(thing.status)


def _why_not_again(work: Work) -> str | None:
    """Say why a stopped work cannot go on: its money may have been released meanwhile."""
    if work.idea is None or work.idea.status in (IdeaStatus.UNDERWAY, IdeaStatus.FUNDED):
        return None
    return _(
        "The money was released when the work was stopped. It can be taken up again when the idea "
        "has been decided on anew and has money. Now the state of the idea is “%(status)s”."
    ) % {"status": work.idea.get_status_display()}


def _why_not_at_work(work: Work) -> str | None:
    """Say why nothing is tested now."""
    if not work.is_open or work.status == WorkStatus.PAUSED:
        return organisation_rules.state_says_no(work)
    return None
