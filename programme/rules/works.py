"""Why not?  A work and its team."""

from django.utils.translation import gettext as _

from foundation.flow import Step
from improvement.models import Idea, IdeaStatus
from organisation import rules as organisation_rules
from organisation.models import Person, Unit
from organisation.permissions import Permission

from ..flow import WORK_FLOW, WORK_PRESSED
from ..models import Member, Membership, Origin, Work, WorkStatus
from ..queries.people import nearest_confirmers

# What a work without money can begin with, on its own pages.  One that is adopted begins in the
# library, and one with money at its idea.
PROPOSED_FROM = (
    Origin.DIRECT,
    Origin.PROGRAMME,
    Origin.MEASURE,
    Origin.BENCHMARKING,
    Origin.OWN,
    Origin.ADOPTED,
)


def may_lead(work: Work, person: Person) -> bool:
    """Say whether `person` leads this work: as its leader, or by a role at its unit."""
    return person.pk == work.leader_id or person.may(Permission.WORK_LEAD, at=work.unit)


def may_take_part(work: Work, person: Person) -> bool:
    """Say whether `person` may write in this work: the team, its coach, and who may lead it.

    A patient or user in the team reads and talks, but does not write in it.
    """
    writes = any(m.person_id == person.pk and m.role != Member.GUEST for m in work.team)
    return (writes and not person.is_guest) or may_lead(work, person)


def why_not(step: Step, work: Work, person: Person) -> str | None:
    """Say why `person` may not take `step` with `work` now."""
    owners = {person.pk} if may_lead(work, person) else set()
    refusal = organisation_rules.why_not_step(step, work, person, unit=work.unit, owner_ids=owners)
    if refusal is None and step.name == "reopen":
        return _why_not_again(work)
    if refusal is None and step.name == "propose_anew" and work.is_confirmed:
        return _("It has been wanted already. Take it up again instead.")
    return refusal


def why_not_release(work: Work) -> str | None:
    """Say why the money of `work` cannot be released, whoever asks."""
    if not work.has_money:
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


def why_not_start_at(unit: Unit, person: Person) -> str | None:
    """Say why `person` may not begin a work without money at `unit`."""
    if person.is_guest:
        return _("A guest cannot start a work.")
    if not unit.is_active:
        return _("%(unit)s is closed. Choose another unit.") % {"unit": unit}
    works_here = any(unit.is_within(held.unit) for held in person.employments_now)
    helps = (Permission.WORK_LEAD, Permission.WORK_CONFIRM, Permission.WORK_COACH)
    if not works_here and not any(person.may(permission, at=unit) for permission in helps):
        return _(
            "Only those who work at %(unit)s, or lead or coach works there, can start one."
        ) % {"unit": unit}
    return None


def why_not_grow(idea: Idea, person: Person) -> str | None:
    """Say why `person` may not start a work from what is done directly and has grown."""
    if idea.status != IdeaStatus.DIRECT:
        return _("This is for ideas that are done directly. Now the state is “%(status)s”.") % {
            "status": idea.get_status_display()
        }
    if idea.author_id != person.pk and not person.may(Permission.WORK_LEAD, at=idea.unit):
        return _(
            "Only the idea's author, or somebody who leads works at %(unit)s, can start it."
        ) % {"unit": idea.unit}
    return None


def why_not_asked_by(manager: Person | None, unit: Unit) -> str | None:
    """Say why `manager` cannot be the one who says that a work at `unit` is wanted.

    Asks the database for who can, so that the sentence helps.
    """
    if manager is not None and manager.is_active and manager.may(Permission.WORK_CONFIRM, at=unit):
        return None
    names = ", ".join(person.name for person in nearest_confirmers(unit))
    if manager is None:
        return (
            _("Choose the manager who is to say whether it is wanted. You can ask %(names)s.")
            if names
            else _("Choose the manager who is to say whether it is wanted.")
        ) % {"names": names}
    return (
        _("%(person)s cannot say yes for %(unit)s. You can ask %(names)s.")
        if names
        else _("%(person)s cannot say yes for %(unit)s.")
    ) % {"person": manager, "unit": unit, "names": names}


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


def why_not_over(work: Work, seen_version: int | None, theirs: set[str]) -> str | None:
    """Say that somebody else has written in the same fields since the form was opened.

    Args:
        seen_version: `Work.version` when the form was shown; None when there was no form.
        theirs: The fields that differ and were changed meanwhile.
    """
    if seen_version is None or seen_version == work.version or not theirs:
        return None
    return _("Somebody else has changed this since you opened it. Nothing of yours is saved yet.")


def why_not_remove(membership: Membership, person: Person) -> str | None:
    """Say why `person` may not take somebody out of the team; oneself may always leave."""
    refusal = None
    if membership.person_id != person.pk:
        refusal = why_not_edit(membership.work, person)
    if refusal is None and membership.role == Member.LEADER:
        return _("A work always has a leader. Choose another leader first.")
    return refusal


def _why_not_again(work: Work) -> str | None:
    """Say why a stopped work cannot go on: its money may have been released meanwhile."""
    if not work.is_confirmed:
        return _("No manager has said that the work is wanted. Propose it again instead.")
    if (
        not work.has_money
        or work.idea is None
        or work.idea.status in (IdeaStatus.UNDERWAY, IdeaStatus.FUNDED)
    ):
        return None
    return _(
        "The money was released when the work was stopped. It can be taken up again when the idea "
        "has been decided on anew and has money. Now the state of the idea is “%(status)s”."
    ) % {"status": work.idea.get_status_display()}


def why_not_at_work(work: Work) -> str | None:
    """Say why nothing is planned or tested now."""
    if not work.is_open or work.status == WorkStatus.PAUSED:
        return organisation_rules.state_says_no(work)
    return None


def why_not_test(work: Work) -> str | None:
    """Say why no test starts in `work`, which may be planned all the same."""
    if work.status == WorkStatus.PROPOSED:
        return _("A manager says first whether the work is wanted. Plan meanwhile, and then test.")
    return None
