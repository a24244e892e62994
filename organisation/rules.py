"""Why not?  None, or a sentence for the person who asked.

First what every lifecycle shares, then the organisation's own.  `by` None is the application
itself: a command, a loader.
"""

from datetime import time
from functools import cache
from typing import Any

from django.apps import apps
from django.utils.translation import gettext as _

from foundation.flow import By, Flow, Step

from .models import Assignment, Person, Unit
from .models.unit import home_unit
from .notices import reminder_of
from .permissions import Permission, Role


def state_says_no(thing: Any) -> str:
    """Return the sentence for whoever asks for something that the state does not allow.

    Args:
        thing: A model instance with a `status` that has choices.
    """
    return _("This cannot be done now: the state is “%(status)s”.") % {
        "status": _states_of(thing._meta.label)[thing.status]
    }


@cache
def _states_of(label: str) -> dict[str, Any]:
    """The words for the states.  `get_status_display` translates them all to find one, each time."""
    return dict(apps.get_model(label)._meta.get_field("status").flatchoices)


def why_not_now(step: Step, thing: Any) -> str | None:
    """Say why `step` cannot be taken with `thing` by anybody: it is not in the right state."""
    return None if thing.status in step.sources else state_says_no(thing)


def why_not_with(permission: str, person: Person, *, at: Unit) -> str | None:
    """Say why `person` may not do at `at` what `permission` allows."""
    if not person.may(permission, at=at):
        return _("You do not have the role that this needs at %(unit)s.") % {"unit": at}
    return None


def why_not_step(
    step: Step, thing: Any, person: Person, *, unit: Unit, owner_ids: set[int]
) -> str | None:
    """Say why `person` may not take `step` with `thing` now.

    Args:
        unit: Where the permission must be held.
        owner_ids: Whose thing it is: the people whom `By.OWNER` and `By.OTHERS` speak of.
    """
    if refusal := why_not_now(step, thing):
        return refusal
    if step.permission and (refusal := why_not_with(step.permission, person, at=unit)):
        return refusal
    if step.by is By.OWNER and person.pk not in owner_ids:
        return _("Only the person whose it is can do this.")
    if step.by is By.OTHERS and person.pk in owner_ids:
        return _("You cannot handle what is your own; somebody else must do it.")
    return None


def open_steps(
    flow: Flow, thing: Any, person: Person, *, unit: Unit, owner_ids: set[int]
) -> list[Step]:
    """Return the steps that `person` may take with `thing` now, for its buttons."""
    return [
        step
        for step in flow.open_from(thing.status)
        if why_not_step(step, thing, person, unit=unit, owner_ids=owner_ids) is None
    ]


# --- the organisation's own -----------------------------------------------------------------


def why_not_manage(unit: Unit, by: Person | None) -> str | None:
    if by is not None and not by.may(Permission.ORGANISATION_MANAGE, at=unit):
        return _("You are not an administrator of %(unit)s.") % {"unit": unit}
    return None


def why_not_move(unit: Unit, parent: Unit, by: Person | None) -> str | None:
    if parent.is_within(unit):
        return _("%(unit)s cannot lie under itself or under a part of itself.") % {"unit": unit}
    return why_not_manage(unit, by) or why_not_manage(parent, by)


def why_not_assign(person: Person, unit: Unit, by: Person | None) -> str | None:
    """Say why `by` may not give `person` a role at `unit`."""
    if not person.is_active:
        return _("%(person)s cannot sign in, so a role would be of no use.") % {"person": person}
    return why_not_manage(unit, by)


def why_not_withdraw(held: Assignment, by: Person | None) -> str | None:
    """Say why `by` may not take the role back.  Asks the database; hold the tree's lock."""
    if is_last_administrator(held.person) and _administers_the_whole(held):
        return _(
            "%(person)s is the last administrator of the whole organisation. "
            "Make somebody else an administrator first."
        ) % {"person": held.person}
    return why_not_manage(held.unit, by)


def why_not_close(person: Person, by: Person) -> str | None:
    """Say why `by` may not close `person`'s sign-in.  Asks the database; hold the tree's lock."""
    if person.pk == by.pk:
        return _("You cannot close your own sign-in.")
    if is_last_administrator(person):
        return _(
            "%(person)s is the last administrator of the whole organisation. "
            "Make somebody else an administrator first."
        ) % {"person": person}
    return why_not_administer(person, by)


def why_not_administer(person: Person, by: Person) -> str | None:
    """Say why `by` may not decide over `person` as a whole: one also works, or has a role, elsewhere."""
    units = [employment.unit for employment in person.employments_now]
    units += [held.unit for held in person.assignments.select_related("unit")]
    for unit in units:
        if not by.may(Permission.ORGANISATION_MANAGE, at=unit):
            return _("%(person)s also belongs to %(unit)s, where you are not an administrator.") % {
                "person": person,
                "unit": unit,
            }
    return None


def why_not_mute(kind: str) -> str | None:
    """Say why one cannot do without notices of this kind."""
    if reminder_of(kind) is None:
        return _("This is not a reminder, so it cannot be turned off.")
    return None


def why_not_quiet(quiet_from: time | None, quiet_until: time | None) -> str | None:
    """Say why one cannot be left in peace between these times."""
    if (quiet_from is None) != (quiet_until is None):
        return _("Fill in both times, or none.")
    if quiet_from is not None and quiet_from == quiet_until:
        return _("The quiet hours must end at another time than they begin.")
    return None


def why_not_import(by: Person | None) -> str | None:
    if by is None:
        return None
    home = home_unit()
    if home is None or not by.may(Permission.ORGANISATION_MANAGE, at=home):
        return _("Only an administrator of the whole organisation may import.")
    return None


def is_last_administrator(person: Person) -> bool:
    """Say whether nobody but `person` administers the whole organisation.  Asks the database."""
    administrators = _administrators_of_the_whole()
    return set(administrators) == {person.pk}


def _administers_the_whole(held: Assignment) -> bool:
    return held.role == Role.ADMINISTRATOR and held.unit.parent_id is None


def _administrators_of_the_whole() -> Any:
    held = Assignment.objects.filter(
        role=Role.ADMINISTRATOR, unit__parent=None, person__is_active=True
    )
    return held.values_list("person", flat=True)
