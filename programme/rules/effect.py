"""Why not?  What comes after a work: checks whether it holds, and what it was worth."""

from datetime import date, timedelta

from django.utils.translation import gettext as _

from improvement.rules.ideas import may_see_amounts as may_see_amounts_of_idea
from organisation import rules as organisation_rules
from organisation.models import Person
from organisation.permissions import Permission

from ..models import Benefit, FollowUp, Work, WorkStatus
from ..wording import day
from .works import may_lead, may_take_part

EARLY = timedelta(days=30)  # a check may be made so long before its day

# Nothing has been saved before something has been tried.
SAVES_NOTHING = (WorkStatus.PROPOSED, WorkStatus.PLANNED, WorkStatus.STOPPED)


def may_look_after(work: Work, person: Person) -> bool:
    """Say whether `person` looks after what comes of `work`: its leader, or a manager there."""
    if person.is_guest:
        return False
    return may_lead(work, person) or person.may(Permission.REPORT_APPROVE, at=work.unit)


def may_answer(follow_up: FollowUp, person: Person) -> bool:
    """Say whether the check is for `person` to make, whatever the day and the state."""
    return person.pk == follow_up.owner_id or may_look_after(follow_up.work, person)


def why_not_answer(follow_up: FollowUp, person: Person, *, on: date) -> str | None:
    """Say why `person` may not make this check on a day."""
    if not may_answer(follow_up, person):
        return _("Only the person who makes the check, or somebody who leads there, can do this.")
    if follow_up.done_on is not None:
        return _("The check was made on %(day)s by %(name)s.") % {
            "day": day(follow_up.done_on),
            "name": follow_up.done_by,
        }
    if not follow_up.work.is_carried_out or follow_up.work.status == WorkStatus.DONE:
        return organisation_rules.state_says_no(follow_up.work)
    if on < follow_up.due_on - EARLY:
        return _("It is too early to say. The check can be made from %(day)s.") % {
            "day": day(follow_up.due_on - EARLY)
        }
    return None


def why_not_give(follow_up: FollowUp, to: Person | None, person: Person) -> str | None:
    """Say why `person` may not let somebody else make the check."""
    if not may_answer(follow_up, person):
        return _("Only the person who makes the check, or somebody who leads there, can do this.")
    if follow_up.done_on is not None:
        return _("The check has been made already.")
    if to is not None and to.is_guest:
        return _("Somebody who works here must make the check.")
    if to is not None and not to.is_active:
        return _("%(name)s does not work here any more.") % {"name": to.name}
    return None


def why_not_benefit(work: Work, person: Person) -> str | None:
    """Say why `person` may not write down what `work` has saved."""
    if person.is_guest or not (may_take_part(work, person) or may_look_after(work, person)):
        return _("Only the team can do this.")
    if work.status in SAVES_NOTHING:
        return organisation_rules.state_says_no(work)
    return None


def why_not_withdraw_benefit(benefit: Benefit, person: Person) -> str | None:
    """Say why `person` may not withdraw what was written: who wrote it may, and who leads."""
    if person.pk != benefit.by_id and not may_look_after(benefit.work, person):
        return _("Only the person who wrote it, or somebody who leads there, can withdraw it.")
    if benefit.withdrawn_at is not None:
        return _("It has been withdrawn already.")
    return None


def may_see_amounts(work: Work, person: Person) -> bool:
    """Say whether `person` sees kronor in `work`: the team, and those who handle money there.

    Guests and other colleagues read what became better, and no kronor.
    """
    if person.is_guest:
        return False
    if person.pk in work.team_ids or may_look_after(work, person):
        return True
    if person.may(Permission.FUND_READ, at=work.unit):
        return True
    return work.idea is not None and may_see_amounts_of_idea(work.idea, person)
