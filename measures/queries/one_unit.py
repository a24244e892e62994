"""Whose a unit is, and how it goes for one unit: beside the others, year by year.

Reads of the other units only the years that are compared with, so that it costs the same in a
municipality of ten units and of a thousand.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean

from django.db.models import Q

from organisation.models import Person
from organisation.permissions import Permission

from ..models import (
    Gender,
    Good,
    Kpi,
    MeasureKpi,
    Municipality,
    QualityArea,
    ServiceUnit,
    Source,
    UnitValue,
    UnitValueRevision,
    too_few,
)
from .units import (
    YEARS_OF_UNITS,
    Place,
    UnitSeries,
    breaks_of,
    outcomes_of_units,
    outcomes_of_whole,
    places,
)
from .viewer import home_municipality


def own_units_of(person: Person) -> list[ServiceUnit]:
    """Return the units that are the person's own, in the order of names.  One query.

    Those that one heads, and those where one works, or that one's workplace is a part of.  The
    organisation as a whole is nobody's own.
    """
    works_in = {pk for e in person.employments_now for pk in e.unit.lineage[1:]}
    heads = person.reach(Permission.RESULT_ENTER)
    return list(ServiceUnit.objects.filter(heads | Q(unit__in=works_in), gone_on=None))


@dataclass(frozen=True, slots=True)
class Reddest:
    """A measure of one's own unit that needs looking at."""

    kpi: Kpi
    unit: ServiceUnit
    year: int
    value_text: str
    place: Place | None  # among our units
    turn: int  # −1: worse two years in a row


def reddest_of(person: Person, limit: int) -> list[Reddest]:
    """Return the measures where the person's own units need attention most.

    Those in the worse half among our units in their latest year, the furthest down first; then
    those that have become worse two years in a row; nothing that is long past.  Empty where one
    has no unit with values: then `red_measures` says how it is for the municipality.

    Nine queries, or one where one has no unit.
    """
    own = own_units_of(person)
    home = home_municipality() if own else None
    if home is None:
        return []
    kpis = [kpi for _area, kpis in areas_of_kpis() for kpi in kpis if kpi.good != Good.NEITHER]
    lines = lines_of(kpis, own, home)
    newest = max((line.year for line in lines), default=0)
    return [
        Reddest(
            kpi=line.kpi,
            unit=line.series.unit,
            year=line.year,
            value_text=line.series.text(line.year, with_unit=True),
            place=line.place,
            turn=line.turn,
        )
        for line in lines
        if line.series.unit and line.needs_attention and line.year > newest - YEARS_OF_UNITS
    ][:limit]


# --- one unit ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One KPI of one unit: its years, and how it lies in its latest beside the others."""

    series: UnitSeries
    year: int  # the latest with a value
    place: Place | None  # among our units
    mean: float | None  # of our units, each counted the same
    whole: UnitSeries  # the municipality's own

    @property
    def kpi(self) -> Kpi:
        return self.series.kpi

    @property
    def is_low(self) -> bool:
        """Say whether it lies in the worse half among our units."""
        return self.place is not None and self.place.rank * 2 > self.place.counted + 1

    @property
    def turn(self) -> int:
        return self.series.turn(self.year)

    @property
    def needs_attention(self) -> bool:
        return self.is_low or self.turn < 0


def lines_of(
    kpis: Iterable[Kpi], units: Sequence[ServiceUnit], home: Municipality
) -> list[UnitLine]:
    """Return a line of each KPI and unit that has a value, the furthest down among ours first.

    Those without a good direction come last.  Four queries, however many.
    """
    by_id = {kpi.pk: kpi for kpi in kpis}
    by_unit = {unit.pk: unit for unit in units}
    breaks = breaks_of(by_id)
    series = [
        UnitSeries(by_unit[unit_id], by_id[kpi_id], outcomes, breaks.get(kpi_id, ()))
        for (unit_id, kpi_id), outcomes in outcomes_of_units(
            by_id, by_unit, None, Gender.ALL
        ).items()
    ]
    series = [one for one in series if one.latest_year]
    others = _others({(one.kpi.pk, one.latest_year or 0) for one in series}, home)
    whole = outcomes_of_whole({one.kpi.pk for one in series}, home, None, Gender.ALL)
    lines = []
    for one in series:
        year = one.latest_year or 0
        values = others[one.kpi.pk, year]
        lines.append(
            UnitLine(
                series=one,
                year=year,
                place=places(Good(one.kpi.good), values).get(one.unit.pk if one.unit else 0),
                mean=fmean(values.values()) if values else None,
                whole=UnitSeries(None, one.kpi, whole.get(one.kpi.pk, {}), one.breaks),
            )
        )
    return sorted(lines, key=_lowness)


def _lowness(line: UnitLine) -> tuple[bool, float, int, int]:
    share = line.place.rank / line.place.counted if line.place else 0.5
    return line.kpi.good == Good.NEITHER, -share, line.turn, -line.year


def _others(
    wanted: Collection[tuple[int, int]], home: Municipality
) -> dict[tuple[int, int], dict[int, float]]:
    """Return the values of all our units in each KPI and year that is wanted.  One query."""
    values: dict[tuple[int, int], dict[int, float]] = {pair: {} for pair in wanted}
    rows = UnitValue.objects.filter(
        kpi__in={kpi_id for kpi_id, _year in wanted},
        year__in={year for _kpi_id, year in wanted},
        unit__municipality=home,
        gender=Gender.ALL,
    ).values_list("kpi_id", "unit_id", "year", "value", "answers")
    for kpi_id, unit_id, year, value, answers in rows:
        if value is not None and (kpi_id, year) in values and not too_few(answers):
            values[kpi_id, year][unit_id] = value
    return values


def areas_of_kpis() -> list[tuple[QualityArea | None, list[Kpi]]]:
    """Return what a unit's page can show: each shown area with its KPIs, and our own outside them.

    A KPI stands in the first area that has it.  Two queries.
    """
    parts = (
        MeasureKpi.objects.filter(measure__area__is_hidden=False)
        .select_related("kpi", "measure__area")
        .order_by("measure__area__position", "measure__position", "position")
    )
    found: dict[QualityArea | None, list[Kpi]] = defaultdict(list)
    seen = set()
    for part in parts:
        if part.kpi_id not in seen:
            seen.add(part.kpi_id)
            found[part.measure.area].append(part.kpi)
    found[None] = [
        kpi for kpi in Kpi.objects.filter(source=Source.OWN).order_by("title") if kpi.pk not in seen
    ]
    return list(found.items())


def revisions_of_unit(unit: ServiceUnit, kpis: Collection[Kpi]) -> list[UnitValueRevision]:
    """Return what was said before of the unit, the latest replaced first; few are left out."""
    revisions = UnitValueRevision.objects.filter(
        unit=unit, kpi__in=[kpi.pk for kpi in kpis], gender=Gender.ALL
    ).order_by("-replaced_at", "-year")
    return [r for r in revisions if not too_few(r.answers)]
