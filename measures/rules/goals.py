"""What goals may be set, and by whom."""

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from organisation.models import Person, Unit
from organisation.permissions import Permission

from ..models import Kpi, QualityMeasure
from .keeping import why_not_keep
from .team import FIRST_YEAR, why_not_text, why_not_value

YEARS_AHEAD = 20


def why_not_set_goals(unit: Unit, person: Person) -> str | None:
    """Say why `person` may not set goals for `unit`, change them or take them away.  One query."""
    if person.may(Permission.GOAL_SET, at=unit) or why_not_keep(person) is None:
        return None
    return _("Goals are set by the manager of the unit, or by a quality lead of the organisation.")


def why_not_goal(
    measure: QualityMeasure | None,
    kpi: Kpi | None,
    year: int,
    value: Decimal,
    note: str,
    *,
    on: date,
) -> str | None:
    """Say why this cannot be a goal, when today is `on`."""
    if (measure is None) == (kpi is None):
        return _("Choose what the goal is for: a measure or a KPI.")
    if not FIRST_YEAR <= year <= on.year + YEARS_AHEAD:
        return _("Write a year with four digits, for example 2027.")
    return why_not_value(value) or why_not_text(note, most=200)
