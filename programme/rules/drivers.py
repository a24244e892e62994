"""Why not?  The driver diagram."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from organisation.models import Person

from ..models import Driver, DriverKind, Work
from ..models.driver import UNDER
from .cycles import why_not_plan


def why_not_draw(work: Work, person: Person) -> str | None:
    """Say why `person` may not change the driver diagram of `work`."""
    return why_not_plan(work, person)


def why_not_add(work: Work, there: int, parent: Driver | None, kind: str) -> str | None:
    """Say why a box of `kind` cannot be put on `parent`, with `there` boxes in the diagram."""
    if there >= Driver.MOST_PER_WORK:
        return _(
            "A driver diagram has room for %(most)s boxes. With more nobody sees what matters most: "
            "take something away first."
        ) % {"most": Driver.MOST_PER_WORK}
    if kind not in UNDER[parent.kind if parent else None]:
        return _("This cannot hang there. It goes from the aim to drivers, and on to change ideas.")
    return None


def why_not_move(driver: Driver, parent: Driver | None) -> str | None:
    """Say why `driver` cannot hang on `parent`."""
    if (driver.kind == DriverKind.PRIMARY) != (parent is None) or (
        parent is not None and driver.kind not in UNDER[parent.kind]
    ):
        return _("This cannot hang there. It goes from the aim to drivers, and on to change ideas.")
    return None


def why_not_delete(tested: Sequence[Driver]) -> str | None:
    """Say why boxes cannot be taken away.

    Args:
        tested: Those of them that have been tested.
    """
    if not tested:
        return None
    return _(
        "“%(change)s” has been tested, and what was learned shall be found from here. It stays. "
        "You can rename it, or move it."
    ) % {"change": tested[0]}
