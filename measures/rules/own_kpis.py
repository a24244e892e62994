"""Why something cannot be said of a measure of our own, or a result not be taken in."""

from django.utils.translation import gettext as _

from organisation.models import Person, Unit
from organisation.permissions import Permission

from ..models import Kpi, Municipality, ServiceUnit, Source
from .keeping import why_not_keep
from .team import FIRST_YEAR, why_not_text

LONGEST_TITLE, LONGEST_DESCRIPTION, LONGEST_UNIT_WORD = 80, 2000, 40


def why_not_said(title: str, description: str, unit_word: str, *, but: Kpi | None) -> str | None:
    """Say why a measure of our own cannot be called and explained so.

    Args:
        but: The one that is being changed, which may keep its name.
    """
    if not title.strip():
        return _("Give the measure a name.")
    same = Kpi.objects.filter(source=Source.OWN, title__iexact=title.strip())
    if (same.exclude(pk=but.pk) if but else same).exists():
        return _("There is a measure with that name already.")
    return (
        why_not_text(title, most=LONGEST_TITLE)
        or why_not_text(description, most=LONGEST_DESCRIPTION)
        or why_not_text(unit_word, most=LONGEST_UNIT_WORD)
    )


def why_not_enter(unit: ServiceUnit | None, by: Person | None) -> str | None:
    """Say why `by` may not write down results of `unit`; None is the whole municipality.

    A quality lead may for all; who heads a unit may for it.
    """
    if unit is not None and unit.unit is not None:
        return why_not_enter_at(unit.unit, by)
    if why_not_keep(by) is None:
        return None
    if unit is None:
        return _("Only a quality lead can write down what is said of the whole municipality.")
    return _("Only a quality lead can write down the results of this unit.")


def why_not_enter_at(unit: Unit, by: Person | None) -> str | None:
    """Say why `by` may not write down results of one of our own units."""
    if by is None or by.may(Permission.RESULT_ENTER, at=unit) or why_not_keep(by) is None:
        return None
    return _("Only a quality lead, and whoever heads the unit, can write down its results.")


def why_not_home(home: Municipality | None) -> str | None:
    if home is None:
        return _("The organisation's municipality code is not known, so nothing can be its result.")
    return None


def why_not_ours(kpi: Kpi, *, of_unit: bool) -> str | None:
    """Say why nothing of our own can be said of `kpi`: Kolada says it."""
    if kpi.is_own:
        return None
    if not of_unit:
        return _("“%(kpi)s” is Kolada's, and the municipality's value is fetched from there.") % {
            "kpi": kpi.name
        }
    if kpi.has_units:
        return _("“%(kpi)s” is Kolada's, and the units' values are fetched from there.") % {
            "kpi": kpi.name
        }
    return None


def why_not_year(year: int, *, this_year: int) -> str | None:
    """Say why there can be no result of `year`."""
    if year > this_year:
        return _("%(year)s has not come yet.") % {"year": year}
    if year < FIRST_YEAR:
        return _("Look at the year: %(year)s is too long ago.") % {"year": year}
    return None
