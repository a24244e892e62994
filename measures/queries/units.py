"""The units of one municipality beside each other: what each has in each KPI, and among each other.

One gate for small numbers: every value of a unit is read as a `UnitOutcome`, which has no value
where too few answered.  A series holds one KPI of one unit, and ends where values stop being
comparable: nothing here counts a change, or gives a line, across a break in the series.

"Best" and "worst" are among our own units, never the country's quarters.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from statistics import fmean
from typing import NamedTuple

from django.db.models import Count

from ..models import (
    Gender,
    Good,
    Kpi,
    KpiValue,
    Municipality,
    QualityArea,
    SeriesBreak,
    ServiceUnit,
    Source,
    Status,
    UnitValue,
    too_few,
)
from ..wording import value_text

YEARS_OF_UNITS = 5  # of development
FEWEST_RANKED = 3  # between two units there is no best and worst, only a difference


class UnitOutcome(NamedTuple):
    """What one unit, or the municipality, has in one year."""

    year: int
    value: float | None
    sign: str = ""  # shown where there is no value
    answers: int | None = None


@dataclass(frozen=True, slots=True)
class UnitSeries:
    """One KPI of one unit, the oldest year first.  `unit` None is the municipality."""

    unit: ServiceUnit | None
    kpi: Kpi
    outcomes: Mapping[int, UnitOutcome]  # by year
    breaks: tuple[int, ...] = ()  # the first year of each new series

    def under(self, year: int) -> UnitOutcome:
        return self.outcomes.get(year) or UnitOutcome(year, None, Status.MISSING.sign)

    def text(self, year: int, *, with_unit: bool = False) -> str:
        """Return what is written for `year`: the value, or the sign for why there is none."""
        outcome = self.under(year)
        if outcome.value is None:
            return outcome.sign
        unit_word = self.kpi.unit_word if with_unit else ""
        return value_text(outcome.value, self.kpi.decimals, unit_word)

    @property
    def latest_year(self) -> int | None:
        return max((y for y, o in self.outcomes.items() if o.value is not None), default=None)

    def line(self, last: int, count: int = YEARS_OF_UNITS) -> list[float | None]:
        """Return the values up to `last`; none from before the latest break."""
        first = max((year for year in self.breaks if year <= last), default=0)
        said = [self.outcomes.get(year) for year in range(last - count + 1, last + 1)]
        return [one.value if one and one.year >= first else None for one in said]

    def change(self, year: int) -> int:
        """1 if `year` is better than the year before that can be compared with, −1 if worse, else 0."""
        known = [value for value in self.line(year) if value is not None]
        if self.under(year).value is None or len(known) < 2:
            return 0
        return self._better(known[-2], known[-1])

    def turn(self, year: int) -> int:
        """1 if it has become better two years in a row up to `year`, −1 if worse, else 0."""
        first, second, third = self.line(year, 3)
        if first is None or second is None or third is None:
            return 0
        steps = self._better(first, second), self._better(second, third)
        return steps[0] if steps[0] == steps[1] else 0

    def _better(self, before: float, after: float) -> int:
        if self.kpi.good == Good.NEITHER:
            return 0
        way = 1 if self.kpi.good == Good.HIGH else -1
        return way * ((after > before) - (after < before))


@dataclass(frozen=True, slots=True)
class Place:
    """Where a unit is among our units in one KPI and year.  1 is best; equals share the better."""

    rank: int
    counted: int
    is_best: bool
    is_worst: bool


@dataclass(frozen=True, slots=True)
class UnitTable:
    """The units of a municipality in some KPIs.  Only units that something is said of."""

    kpis: tuple[Kpi, ...]
    units: tuple[ServiceUnit, ...]
    series: Mapping[tuple[int, int], UnitSeries] = field(repr=False)  # by unit and KPI
    municipality: Mapping[int, UnitSeries] = field(repr=False)  # by KPI

    def of(self, unit: ServiceUnit, kpi: Kpi) -> UnitSeries:
        return self.series.get((unit.pk, kpi.pk)) or UnitSeries(unit, kpi, {})

    def in_kpi(self, kpi: Kpi) -> list[UnitSeries]:
        """Return each unit's series of `kpi`, in the order of the units' names."""
        return [self.series[u.pk, kpi.pk] for u in self.units if (u.pk, kpi.pk) in self.series]

    def latest_year(self, kpi: Kpi) -> int | None:
        """Return the latest year in which any unit has a value."""
        return max((s.latest_year or 0 for s in self.in_kpi(kpi)), default=0) or None

    def places(self, kpi: Kpi, year: int) -> dict[int, Place]:
        """Return where each unit with a value is among them, by the unit's id."""
        values = {s.unit.pk: s.under(year).value for s in self.in_kpi(kpi) if s.unit}
        return places(Good(kpi.good), values)

    def mean(self, kpi: Kpi, year: int) -> float | None:
        """Return the mean of the units' values: every unit counts the same."""
        said = [s.under(year).value for s in self.in_kpi(kpi)]
        known = [value for value in said if value is not None]
        return fmean(known) if known else None


def places(good: Good, values: Mapping[int, float | None]) -> dict[int, Place]:
    """Rank what has a value; empty where no way is good, or where they are too few.

    No one is best or worst where all are alike.
    """
    known = {pk: value for pk, value in values.items() if value is not None}
    if good == Good.NEITHER or len(known) < FEWEST_RANKED:
        return {}
    merits = {pk: value if good == Good.HIGH else -value for pk, value in known.items()}
    low, high = min(merits.values()), max(merits.values())
    order = sorted(merits.values(), reverse=True)
    rank_of = {merit: rank for rank, merit in reversed(list(enumerate(order, start=1)))}
    return {
        pk: Place(
            rank=rank_of[merit],
            counted=len(merits),
            is_best=merit == high > low,
            is_worst=merit == low < high,
        )
        for pk, merit in merits.items()
    }


# --- reading ------------------------------------------------------------------------------------


def unit_values(
    kpi: Kpi,
    home: Municipality,
    *,
    years: tuple[int, int] | None = None,
    gender: Gender = Gender.ALL,
) -> list[UnitSeries]:
    """Return the units' series of one KPI, in the order of names.  Three queries.

    Args:
        years: The first and the last; None is all there are.
    """
    return unit_table([kpi], home, years=years, gender=gender).in_kpi(kpi)


def unit_table(
    kpis: Iterable[Kpi],
    home: Municipality,
    *,
    years: tuple[int, int] | None = None,
    gender: Gender = Gender.ALL,
) -> UnitTable:
    """Return all that is said of the units of `home` in `kpis`.  Four queries at most."""
    by_id = {kpi.pk: kpi for kpi in kpis}
    units = {unit.pk: unit for unit in home.service_units.all()}
    breaks = breaks_of(by_id)
    said = outcomes_of_units(by_id, units, years, gender) if units else {}
    series = {
        (unit_id, kpi_id): UnitSeries(
            units[unit_id], by_id[kpi_id], outcomes, breaks.get(kpi_id, ())
        )
        for (unit_id, kpi_id), outcomes in said.items()
    }
    there = {unit_id for unit_id, _kpi_id in series}
    municipality = outcomes_of_whole(by_id, home, years, gender) if series else {}
    return UnitTable(
        kpis=tuple(by_id.values()),
        units=tuple(unit for unit in units.values() if unit.pk in there),
        series=series,
        municipality={
            pk: UnitSeries(None, kpi, municipality.get(pk, {}), breaks.get(pk, ()))
            for pk, kpi in by_id.items()
        },
    )


def kpis_of_area(area: QualityArea) -> list[Kpi]:
    """Return the KPIs of an area in its own order, each once.  One query."""
    parts = Kpi.objects.filter(measure_parts__measure__area=area).order_by(
        "measure_parts__measure__position", "measure_parts__measure", "measure_parts__position"
    )
    return list(dict.fromkeys(parts))


def source_of(kpi: Kpi) -> Source:
    """Say who says what is said of single units in `kpi`: Kolada, or we ourselves."""
    return Source.OWN if kpi.is_own or not kpi.has_units else Source.KOLADA


def years_said(kpis: Iterable[Kpi], home: Municipality) -> dict[int, dict[int, int]]:
    """Return how many units have a value, by KPI and year, the oldest year first.  One query."""
    rows = (
        UnitValue.objects.filter(
            kpi__in=[kpi.pk for kpi in kpis], unit__municipality=home, gender=Gender.ALL
        )
        .exclude(value=None)
        .values_list("kpi_id", "year")
        .annotate(units=Count("*"))
    )
    found: dict[int, dict[int, int]] = defaultdict(dict)
    for kpi_id, year, units in sorted(rows):
        found[kpi_id][year] = units
    return found


def latest_of(said: Mapping[int, int]) -> int:
    """Return the latest year that at least half as many units have a value in as in any year.

    The first unit that is early with a new year does not make all the others empty.
    """
    enough = max(said.values()) / 2
    return max(year for year, units in said.items() if units >= enough)


def breaks_of(kpi_ids: Collection[int]) -> dict[int, tuple[int, ...]]:
    """Return the years from which values are not comparable with those before.  One query."""
    found: dict[int, list[int]] = defaultdict(list)
    for kpi_id, year in SeriesBreak.objects.filter(kpi__in=kpi_ids).values_list("kpi", "year"):
        found[kpi_id].append(year)
    return {kpi_id: tuple(sorted(years)) for kpi_id, years in found.items()}


type Outcomes = dict[int, UnitOutcome]


def outcomes_of_units(
    kpi_ids: Collection[int],
    unit_ids: Collection[int],
    years: tuple[int, int] | None,
    gender: Gender,
) -> dict[tuple[int, int], Outcomes]:
    """Return the outcomes by unit and KPI, the oldest first.  One query."""
    genders = {gender} if gender == Gender.ALL else {Gender.WOMEN, Gender.MEN}
    rows = UnitValue.objects.filter(kpi__in=kpi_ids, unit__in=unit_ids, gender__in=genders)
    if years:
        rows = rows.filter(year__range=years)
    found: dict[tuple[int, int], Outcomes] = defaultdict(dict)
    told_by_the_other = set()
    for kpi, unit, year, of_gender, status, value, answers in rows.order_by("year").values_list(
        "kpi_id", "unit_id", "year", "gender", "status", "value", "answers"
    ):
        if of_gender == gender:
            found[unit, kpi][year] = _outcome(year, status, value, answers)
        elif status == Status.SECRET or too_few(answers):
            told_by_the_other.add((unit, kpi, year))
    # All, less the women, are the men: where one of the two is secret, so is the other.
    for unit, kpi, year in told_by_the_other:
        if year in found.get((unit, kpi), ()):
            found[unit, kpi][year] = UnitOutcome(year, None, Status.SECRET.sign)
    return found


def _outcome(year: int, status: int, value: float | None, answers: int | None) -> UnitOutcome:
    """The gate: what too few answered is secret, whatever is stored."""
    if too_few(answers):
        return UnitOutcome(year, None, Status.SECRET.sign)
    return UnitOutcome(year, value, "" if value is not None else Status(status).sign, answers)


def outcomes_of_whole(
    kpi_ids: Collection[int],
    home: Municipality,
    years: tuple[int, int] | None,
    gender: Gender,
) -> dict[int, Outcomes]:
    """Return the municipality's own outcomes by KPI, the oldest first.  One query."""
    rows = KpiValue.objects.filter(kpi__in=kpi_ids, municipality=home, gender=gender)
    if years:
        rows = rows.filter(year__range=years)
    found: dict[int, Outcomes] = defaultdict(dict)
    for said in rows.order_by("year"):
        found[said.kpi_id][said.year] = UnitOutcome(said.year, said.value, Status(said.status).sign)
    return found
