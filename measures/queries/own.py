"""Measures of our own as their list shows them, and which of our units a unit in Kolada may be."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.db.models import Count

from organisation.models import Unit

from ..models import (
    Gender,
    Kpi,
    MeasureKpi,
    Municipality,
    QualityArea,
    ServiceUnit,
    Source,
    UnitValue,
)
from .units import UnitSeries, breaks_of, outcomes_of_whole

LIKE_ENOUGH = 0.72  # of two names
MOST_COMPARED = 40  # names for each unit: comparing is slow
# Words that stand in the names of many units, and so tell none of them from another.
_COMMON = {
    *("skola", "skolan", "förskola", "förskolan", "enhet", "enheten", "område", "och", "i", "på"),
    *("hemtjänst", "hemtjänsten", "boende", "boendet", "äldreboende", "särskilt", "grupp"),
}


@dataclass(frozen=True, slots=True)
class OwnKpi:
    """A measure of our own, with what is known of it."""

    kpi: Kpi
    whole: UnitSeries  # the municipality's
    areas: list[QualityArea]
    units: dict[int, int]  # how many units have a value, by year

    @property
    def latest_year(self) -> int | None:
        return max((*self.units, self.whole.latest_year or 0), default=0) or None

    @property
    def unit_count(self) -> int:
        """How many units have a value in the latest year."""
        return self.units.get(self.latest_year or 0, 0)


def own_kpis(home: Municipality | None) -> list[OwnKpi]:
    """Return every measure of our own, in the order of names.  Five queries, however many."""
    kpis = list(Kpi.objects.filter(source=Source.OWN).order_by("title"))
    ids = [kpi.pk for kpi in kpis]
    whole = outcomes_of_whole(ids, home, None, Gender.ALL) if home else {}
    breaks = breaks_of(ids)
    areas: dict[int, list[QualityArea]] = defaultdict(list)
    for part in MeasureKpi.objects.filter(kpi__in=ids).select_related("measure__area"):
        if part.measure.area not in areas[part.kpi_id]:
            areas[part.kpi_id].append(part.measure.area)
    units: dict[int, dict[int, int]] = defaultdict(dict)
    counted = (
        UnitValue.objects.filter(kpi__in=ids, gender=Gender.ALL)
        .exclude(value=None)
        .values_list("kpi_id", "year")
        .annotate(count=Count("*"))
    )
    for kpi_id, year, count in counted:
        units[kpi_id][year] = count
    return [
        OwnKpi(
            kpi=kpi,
            whole=UnitSeries(None, kpi, whole.get(kpi.pk, {}), breaks.get(kpi.pk, ())),
            areas=areas[kpi.pk],
            units=units[kpi.pk],
        )
        for kpi in kpis
    ]


# --- which unit it is ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Likeness:
    """One of our own units that a unit may be, by its name."""

    unit: Unit
    is_sure: bool  # the names say the same


def suggested(service_units: Sequence[ServiceUnit]) -> dict[int, Likeness]:
    """Return which of our own units each is likely to be, by its id; one that is taken is not.

    One query.  Only names that share a word that tells something are compared.
    """
    taken = {one.unit_id for one in service_units if one.unit_id}
    by_word: dict[str, list[Unit]] = defaultdict(list)
    for unit in Unit.objects.active().exclude(parent=None).only("pk", "name", "path"):
        if unit.pk not in taken:
            for word in _words(unit.name):
                by_word[word].append(unit)
    found = {}
    for one in service_units:
        if one.unit_id is None:
            near = _nearest(one.name, _sharing(by_word, _words(one.name)))
            if near:
                found[one.pk] = near
    return found


def _words(name: str) -> set[str]:
    words = set(re.findall(r"\w+", name.casefold()))
    return words - _COMMON or words


def _sharing(by_word: dict[str, list[Unit]], words: Iterable[str]) -> list[Unit]:
    """Return the units that share a word; those of the rarest word first."""
    found: dict[int, Unit] = {}
    for word in sorted(words, key=lambda word: len(by_word.get(word, ()))):
        found |= {unit.pk: unit for unit in by_word.get(word, ())}
        if len(found) >= MOST_COMPARED:
            break
    return list(found.values())[:MOST_COMPARED]


def _nearest(name: str, units: Sequence[Unit]) -> Likeness | None:
    scored = [
        (SequenceMatcher(None, name.casefold(), unit.name.casefold()).ratio(), unit)
        for unit in units
    ]
    if not scored:
        return None
    score, unit = max(scored, key=lambda pair: pair[0])
    is_sure = _words(name) == _words(unit.name)
    return Likeness(unit, is_sure) if is_sure or score >= LIKE_ENOUGH else None
