"""Why not?  A work and its team."""

from django.utils.translation import gettext as _

from foundation.flow import Step
from improvement.models import Idea, IdeaStatus
from organisation import rules as organisation_rules
from organisation.models import Person
from organisation.permissions import Permission

from ..flow import WORK_FLOW, WORK_PRESSED
from ..models import Member, Membership, Work, WorkStatus


def may_lead(work: Work, person: Person) -> bool:
    """Say whether `person` leads this work: as its leader, or by a role at its unit."""
    return person.pk == work.leader_id or person.may(Permission.WORK_LEAD, at=work.unit)


def may_take_part(work: Work, person: Person) -> bool:
    """Say whether `person` may write in this work: the team, its coach, and who may lead it."""
    return person.pk in work.team_ids or may_lead(work, person)


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


def pressed_steps(work: Work, person: Person) -> list[Step]:
    """Return the steps that are a button on the work's page."""
    return [s for name in WORK_PRESSED if why_not(s := WORK_FLOW[name], work, person) is None]


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


def _why_not_again(work: Work) -> str | None:
    """Say why a stopped work cannot go on: its money may have been released meanwhile."""
    if work.idea is None or work.idea.status in (IdeaStatus.UNDERWAY, IdeaStatus.FUNDED):
        return None
    return _(
        "The money was released when the work was stopped. It can be taken up again when the idea "
        "has been decided on anew and has money. Now the state of the idea is “%(status)s”."
    ) % {"status": work.idea.get_status_display()}


def why_not_at_work(work: Work) -> str | None:
    """Say why nothing is tested now."""
    if not work.is_open or work.status == WorkStatus.PAUSED:
        return organisation_rules.state_says_no(work)
    return None
