"""What is said of units, in words: places among our own, and what has become better or worse."""

from collections.abc import Mapping, Sequence

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from .models import ServiceUnit
from .queries.one_unit import UnitLine
from .queries.units import Place


def place_among_us(place: Place | None) -> str:
    """Return "best of our 6", "worst of our 6", "2 of our 6"; empty where nobody is ranked."""
    if place is None:
        return ""
    facts = {"rank": place.rank, "count": place.counted}
    if place.is_best:
        return _("best of our %(count)s") % facts
    if place.is_worst:
        return _("worst of our %(count)s") % facts
    return _("place %(rank)s of our %(count)s") % facts


def turn_in_words(turn: int) -> str:
    return {1: _("better two years in a row"), -1: _("worse two years in a row")}.get(turn, "")


def change_in_words(change: int) -> str:
    return {1: _("better than the year before"), -1: _("worse than the year before")}.get(
        change, ""
    )


def units_sentence(units: Sequence[ServiceUnit], places: Sequence[Mapping[int, Place]]) -> str:
    """Say which unit is best, and which worst, in most of the measures shown.

    Args:
        places: Of each measure, the place of each unit, by its id.
    """
    best = dict.fromkeys(units, 0)
    worst = dict.fromkeys(units, 0)
    for unit in units:
        found = [of_kpi[unit.pk] for of_kpi in places if unit.pk in of_kpi]
        best[unit] = sum(place.is_best for place in found)
        worst[unit] = sum(place.is_worst for place in found)
    count = ngettext("%(count)s unit", "%(count)s units", len(units)) % {"count": len(units)}
    measures = ngettext("%(count)s measure", "%(count)s measures", len(places)) % {
        "count": len(places)
    }
    said = [_("%(units)s in %(measures)s.") % {"units": count, "measures": measures}]
    if len(places) > 1:
        said.append(_most(best, _("%(units)s is best among us in most of them: %(count)s.")))
        said.append(_most(worst, _("%(units)s is worst in most: %(count)s.")))
    return " ".join(filter(None, said))


def _most(counts: dict[ServiceUnit, int], text: str) -> str:
    most = max(counts.values(), default=0)
    names = [unit.name for unit, count in counts.items() if count == most]
    if most < 2 or len(names) > 1:  # one may be chance, and two who share it are not "most"
        return ""
    return text % {
        "units": get_text_list(names, pgettext("between the last two names", "and")),
        "count": most,
    }


def unit_sentence(lines: Sequence[UnitLine]) -> str:
    """Say how many measures a unit has, in how many it is best and worst, and what gets worse."""
    if not lines:
        return _("There are no results of this unit yet.")
    best = sum(line.place is not None and line.place.is_best for line in lines)
    worst = sum(line.place is not None and line.place.is_worst for line in lines)
    said = [
        ngettext("Results in %(count)s measure.", "Results in %(count)s measures.", len(lines))
        % {"count": len(lines)}
    ]
    facts = {"best": best, "worst": worst}
    if best and worst:
        said.append(_("Among our units: best in %(best)s and worst in %(worst)s.") % facts)
    elif worst:
        said.append(_("Worst among our units in %(worst)s.") % facts)
    elif best:
        said.append(_("Best among our units in %(best)s.") % facts)
    falling = [line.kpi.name for line in lines if line.turn < 0]
    if falling:
        said.append(_("%(name)s has become worse two years in a row.") % {"name": falling[0]})
    return " ".join(said)
