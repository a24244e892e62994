"""Why not?  None, or a sentence for the person who asked; shared by every lifecycle."""

from typing import Any

from django.utils.translation import gettext as _

from foundation.flow import By, Flow, Step

from .models import Person, Unit


def why_not_step(
    step: Step, thing: Any, person: Person, *, unit: Unit, owner_ids: set[int]
) -> str | None:
    """Say why `person` may not take `step` with `thing` now.

    Args:
        thing: A model instance with a `status` that has choices.
        unit: Where the permission must be held.
        owner_ids: Whose thing it is: the people whom `By.OWNER` and `By.OTHERS` speak of.
    """
    if thing.status not in step.sources:
        return _("This cannot be done now: the state is “%(status)s”.") % {
            "status": thing.get_status_display()
        }
    if step.permission is not None and not person.may(step.permission, at=unit):
        return _("You do not have the role that this needs at %(unit)s.") % {"unit": unit}
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
