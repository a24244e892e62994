"""Who may look after the quality viewer, and what may be said of a KPI."""

from django.utils.translation import gettext as _

from organisation.models import Person
from organisation.models.unit import home_unit
from organisation.permissions import Permission

from ..models import Kpi
from .team import FIRST_YEAR, why_not_text


def why_not_keep(by: Person | None) -> str | None:
    """Say why `by` may not change what the quality viewer says; None is the application."""
    if by is None:
        return None
    home = home_unit() if by.may_somewhere(Permission.QUALITY_EDIT) else None
    if home is None or not by.may(Permission.QUALITY_EDIT, at=home):
        return _("Only a quality lead of the whole organisation can do this.")
    return None


def why_not_successor(kpi: Kpi, successor: Kpi | None) -> str | None:
    """Say why `successor` cannot come after `kpi`: it is the same, or leads back to it."""
    if successor is None:
        return None
    if successor.pk == kpi.pk:
        return _("A KPI cannot be replaced by itself.")
    seen, next_ = {kpi.pk}, successor.successor
    while next_ is not None and next_.pk not in seen:
        seen.add(next_.pk)
        next_ = next_.successor
    if next_ is not None and next_.pk == kpi.pk:
        return _("%(code)s is itself replaced by this KPI.") % {"code": successor.code}
    return None


def why_not_break(kpi: Kpi, year: int, why: str, *, this_year: int) -> str | None:
    """Say why the series of `kpi` cannot be broken at `year`."""
    if not FIRST_YEAR <= year <= this_year:
        return _("Write a year from %(first)s to %(last)s.") % {
            "first": FIRST_YEAR,
            "last": this_year,
        }
    if kpi.breaks.filter(year=year).exists():
        return _("There is a break at %(year)s already.") % {"year": year}
    return why_not_text(why, most=300)
