"""Why not?  The methods and strategic areas that works can choose."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from organisation.models import Person, Unit
from organisation.permissions import Permission

from ..models import Method, MethodStep, Work
from .works import may_take_part


def why_not_edit_methods(person: Person, home: Unit | None) -> str | None:
    """Say why `person` may not look after the methods, the same for the whole organisation."""
    if home is None or not person.may(Permission.METHOD_EDIT, at=home):
        return _("The methods are looked after by those who lead the programme.")
    return None


def why_not_steps(method: Method, kept: Sequence[int | None]) -> str | None:
    """Say why the steps of `method` cannot become these.  Asks the database.

    Args:
        kept: The ids of the steps in their new order; None for a new one.
    """
    used = Work.objects.filter(method=method).count()
    if not used:
        return None
    now = list(MethodStep.objects.filter(method=method).values_list("pk", flat=True))
    if list(kept[: len(now)]) == now:
        return None
    return _(
        "The method is used by works (%(count)s), which would lose their place. Steps can be "
        "reworded and added last, but not taken away or moved. Make a new method instead."
    ) % {"count": used}


def why_not_choose(method: Method | None, before_id: int | None) -> str | None:
    """Say why a work cannot take `method`; the one it has may be kept though it is retired."""
    if method is not None and not method.is_active and method.pk != before_id:
        return _("“%(method)s” is no longer used. Choose another method.") % {"method": method}
    return None


def why_not_walk(work: Work, person: Person) -> str | None:
    """Say why `person` may not take `work` a step on, or back, in its method."""
    if not may_take_part(work, person):
        return _("Only the team can do this.")
    if not work.is_open:
        return _("The work is not under way, so its steps stay where they are.")
    return None
