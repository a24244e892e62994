"""Why decisions may not be reported to a board."""

from django.utils.translation import gettext as _

from organisation.models import Person, Unit
from organisation.permissions import Permission
from organisation.rules import why_not_with


def why_not_report(unit: Unit, board: str, person: Person) -> str | None:
    """Say why `person` may not report the decisions of `unit` to `board`."""
    if not board.strip():
        return _("Write which board the decisions are reported to.")
    return why_not_with(Permission.DECISION_REPORT, person, at=unit)
