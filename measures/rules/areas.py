"""What the areas of the quality viewer and their measures may be."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from ..models import Kpi, QualityArea, QualityMeasure
from .team import why_not_text

# What else stands under /kvalitet/: an area with such an address would never be found.
TAKEN = frozenset(
    [
        "omraden",
        "matt",
        "mal",
        "grupper",
        "hamtningar",
        "katalog",
        "nyckeltal",
        "enhet",
        "enheter",
        "enkater",
        "egna",
        "offentligt",
        "kvalitetsmatt",
        "utforska",
        "rader",
        "ny",
        "ordning",
        "fardiga",
        "excel",
        "csv",
        "pdf",
    ]
)
MOST_LAG = 3
LONGEST_NAME = 80


def why_not_name(name: str, taken: Collection[str]) -> str | None:
    """Say why nothing can be called `name`, where the others are called `taken`."""
    if not name:
        return _("Give it a name.")
    if any(name.casefold() == other.casefold() for other in taken):
        return _("There is already one called “%(name)s”.") % {"name": name}
    return why_not_text(name, most=LONGEST_NAME)


def why_not_likeness(likeness: str, subjects: Collection[str], *, before: str) -> str | None:
    """Say why an area cannot be compared with Kolada's groups for `likeness`."""
    if likeness and likeness != before and likeness not in subjects:
        return _("Kolada has no group of similar municipalities for “%(subject)s”.") % {
            "subject": likeness
        }
    return None


def why_not_delete_area(area: QualityArea) -> str | None:
    """Say why an area must be kept.  One query."""
    if area.releases.exists():
        return _("Something has been made public from this area, so it is kept. Hide it instead.")
    return None


def why_not_lag(year_lag: int) -> str | None:
    if not 0 <= year_lag <= MOST_LAG:
        return _("Choose from 0 to 3 years.")
    return None


def why_not_replace(kpi: Kpi, measure: QualityMeasure) -> str | None:
    """Say why `kpi` cannot give its place in `measure` to the one that comes after it.  One query."""
    if kpi.successor is None:
        return _("It is not known what comes after %(code)s.") % {"code": kpi.code}
    if measure.parts.filter(kpi=kpi.successor).exists():
        return _("%(code)s is a part of the measure already.") % {"code": kpi.successor.code}
    return None
