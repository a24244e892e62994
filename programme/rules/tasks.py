"""Why not?  The tasks of a team, and its log of decisions."""

from datetime import date

from django.utils.translation import gettext as _

from organisation import rules as organisation_rules
from organisation.models import Person

from ..models import Task, Work, WorkDecision, WorkStatus
from .works import may_take_part


def why_not_add(work: Work, person: Person) -> str | None:
    """Say why `person` may not write down what is to be done, or decided, in `work`."""
    if not may_take_part(work, person):
        return _("Only the team can do this.")
    return _why_not_now(work)


def why_not_owner(work: Work, owner: Person) -> str | None:
    """Say why `owner` cannot have a task in `work`; its patients and users may."""
    if owner.pk in work.team_ids and owner.is_active:
        return None
    return _("%(person)s is not in the team. Choose somebody who is.") % {"person": owner}


def why_not_change(task: Task, person: Person) -> str | None:
    """Say why `person` may not change or remove `task`."""
    return why_not_add(task.work, person)


def why_not_tick(task: Task, person: Person) -> str | None:
    """Say why `person` may not say that `task` is done, or that it is not after all.

    Whoever has taken it on may, a guest too; of the others those who write in the work.
    """
    has_it = task.owner_id == person.pk and person.pk in task.work.team_ids
    if not has_it and not may_take_part(task.work, person):
        return _("Only the team can do this.")
    return _why_not_now(task.work)


def why_not_take(task: Task, person: Person) -> str | None:
    """Say why `person` may not take `task` on themselves."""
    if person.pk not in task.work.team_ids:
        return _("Only the team can do this.")
    if task.done_on is not None:
        return _("It is done already.")
    return _why_not_now(task.work)


def why_not_decide(work: Work, decided_on: date, person: Person, *, on: date) -> str | None:
    """Say why `person` may not write down a decision of the day `decided_on`."""
    if refusal := why_not_add(work, person):
        return refusal
    if decided_on > on:
        return _("Write it down when it has been decided. The day is still to come.")
    return None


def why_not_correct(decision: WorkDecision) -> str | None:
    """Say why a line of the log is not corrected by another."""
    if WorkDecision.objects.filter(corrects=decision).exists():
        return _("It has been corrected already. Correct the new line instead.")
    return None


def _why_not_now(work: Work) -> str | None:
    if work.status == WorkStatus.STOPPED:
        return organisation_rules.state_says_no(work)
    return None
