"""One KPI or one quality measure over the years: what we have, how we stand, how others spread.

And everybody's value in one year.  Each function reads by the keys that things are stored under,
so it costs the same whatever else is stored.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, median, quantiles

from ..models import (
    Band,
    Gender,
    Good,
    Kpi,
    KpiYear,
    MeasureYear,
    Municipality,
    QualityMeasure,
    SeriesBreak,
    Status,
)
from .compared import (
    Asked,
    Cell,
    Order,
    Said,
    country_of_kpis,
    country_of_measures,
    values_among,
    weighted_then,
)
from .series import NO_VALUE, mean_of


@dataclass(frozen=True, slots=True)
class Spread:
    """How values lie among some: half of them between `lower` and `upper`."""

    counted: int
    lower: float
    median: float
    upper: float
    mean: float
    weighted: float | None = None  # only the country has one


@dataclass(frozen=True, slots=True)
class CourseYear:
    """One year: our own value, or the sign for why there is none, and how it stands among all."""

    year: int
    value: float | None
    sign: str
    is_withdrawn: bool = False
    rank: int | None = None
    band: Band = Band.NONE
    country: Spread | None = None

    @property
    def counted(self) -> int:
        return self.country.counted if self.country else 0


@dataclass(frozen=True, slots=True)
class Course:
    """All the years there are, by gender, the oldest first."""

    name: str
    unit_word: str
    decimals: int
    good: Good
    of_gender: Mapping[Gender, Mapping[int, CourseYear]]
    breaks: tuple[SeriesBreak, ...] = ()
    is_own: bool = False  # our own survey: compared with nobody
    gender: Gender = Gender.ALL  # whose values the course is of; the others stand beside

    @property
    def years(self) -> Mapping[int, CourseYear]:
        return self.of_gender.get(self.gender, {})

    def valued(self, gender: Gender | None = None) -> list[tuple[int, float]]:
        """Return our own values; those of another gender, if one is given."""
        found = self.of_gender.get(self.gender if gender is None else gender, {}).values()
        return [(year.year, year.value) for year in found if year.value is not None]

    @property
    def latest(self) -> CourseYear | None:
        valued = [year for year in self.years.values() if year.value is not None]
        return valued[-1] if valued else None


@dataclass(frozen=True, slots=True)
class Somebody:
    """A municipality's value in one year."""

    municipality_id: int
    name: str
    value: float
    rank: int | None


@dataclass(frozen=True, slots=True)
class Everybody:
    """All values of one year, the best first."""

    year: int
    rows: tuple[Somebody, ...]
    green_to: int | None
    red_from: int | None


# --- over the years -------------------------------------------------------------------------------


def course_of_kpi(kpi: Kpi, asked: Asked, said: Mapping[Cell, Said]) -> Course:
    """Return one KPI with all its years.  Two queries; two more as it was on a day.

    Args:
        asked: The one gender of it is placed among all, in the years of it.
        said: What is said of `asked.home` in every year, of every gender (`values_of`).
    """
    standings = country_of_kpis([kpi.pk], asked)
    for cell, (value, _status) in weighted_then([kpi.pk], asked).items():
        if cell in standings:
            standings[cell].weighted = value
    return Course(
        name=kpi.name,
        unit_word=kpi.unit_word,
        decimals=kpi.decimals,
        good=Good(kpi.good),
        of_gender=_years({(y, g): outcome for (_k, y, g), outcome in said.items()}, standings),
        breaks=tuple(kpi.breaks.all()),
        is_own=kpi.is_own,
        gender=_one_gender(asked),
    )


def course_of_measure(
    measure: QualityMeasure, parts: Sequence[Kpi], asked: Asked, said: Mapping[Cell, Said]
) -> Course:
    """Return one quality measure with all its years: the mean of its parts.

    Two queries; three more as it was on a day.

    Args:
        parts: Those that count.
        asked: As for `course_of_kpi`.
        said: The same, of the parts.
    """
    cells = {(year, gender) for _kpi, year, gender in said}
    means = {
        (year, gender): _mean_of([said.get((part.pk, year, gender)) for part in parts])
        for year, gender in sorted(cells)
    }
    units, ways = {part.unit_word for part in parts}, {part.good for part in parts}
    return Course(
        name=measure.name,
        unit_word=units.pop() if len(units) == 1 else "",
        decimals=min((part.decimals for part in parts), default=0),
        good=Good(ways.pop()) if len(ways) == 1 else Good.NEITHER,
        of_gender=_years(means, _measure_standings(measure, parts, asked)),
        breaks=tuple(SeriesBreak.objects.filter(kpi__in=parts)),
        is_own=any(part.is_own for part in parts),
        gender=_one_gender(asked),
    )


def _one_gender(asked: Asked) -> Gender:
    (gender,) = asked.genders
    return gender


def _measure_standings(
    measure: QualityMeasure, parts: Sequence[Kpi], asked: Asked
) -> Mapping[Cell, MeasureYear]:
    """Return how it stands; as it was on a day its national values are the means of its parts'."""
    standings = country_of_measures([measure.pk], asked)
    if asked.as_of is not None:
        pks = [part.pk for part in parts]
        of_parts, weighted = country_of_kpis(pks, asked), weighted_then(pks, asked)
        for (_measure, year, gender), standing in standings.items():
            cells = [(pk, year, gender) for pk in pks]
            means = [of_parts[cell].mean if cell in of_parts else None for cell in cells]
            standing.mean = mean_of(means)
            standing.weighted = mean_of([weighted.get(cell, (None, None))[0] for cell in cells])
    return standings


def _mean_of(said: list[Said | None]) -> Said:
    """Return the mean; of a single part what is said of it, also where there is no value."""
    if len(said) == 1 and said[0] is not None:
        return said[0]
    mean = mean_of([value[0] if value else None for value in said])
    return mean, Status.MISSING if mean is None else Status.HAS_VALUE


def _years(
    said: Mapping[tuple[int, Gender], Said], standings: Mapping[Cell, KpiYear | MeasureYear]
) -> Mapping[Gender, Mapping[int, CourseYear]]:
    country = {(year, gender): standing for (_pk, year, gender), standing in standings.items()}
    found: dict[Gender, dict[int, CourseYear]] = defaultdict(dict)
    for year, gender in sorted({*said, *country}):
        value, status = said.get((year, gender), (None, Status.MISSING))
        standing = country.get((year, gender))
        rank = standing.rank if standing and value is not None else None
        found[gender][year] = CourseYear(
            year=year,
            value=value,
            sign=status.sign or NO_VALUE,
            is_withdrawn=status == Status.WITHDRAWN,
            rank=rank,
            band=standing.band(rank) if standing else Band.NONE,
            country=_spread_in(standing) if standing else None,
        )
    return found


def _spread_in(standing: KpiYear | MeasureYear) -> Spread | None:
    s = standing
    if s.lower is None or s.median is None or s.upper is None or s.mean is None:
        return None
    return Spread(s.counted, s.lower, s.median, s.upper, s.mean, s.weighted)


# --- among some -----------------------------------------------------------------------------------


def spread_of_kpi(kpi: Kpi, asked: Asked) -> dict[int, Spread]:
    """Return by year how the values of the members that are asked for lie.  One query."""
    among = values_among(asked.members or (), [kpi.pk], asked.genders, asked.as_of)
    return _spreads((year, value) for of in among.values() for (_k, year, _g), value in of.items())


def spread_of_measure(
    measure: QualityMeasure, parts: Sequence[Kpi], asked: Asked
) -> dict[int, Spread]:
    """Return the same of a quality measure, of those that have every part.  One query."""
    among = values_among(
        asked.members or (), [part.pk for part in parts], asked.genders, asked.as_of
    )
    return _spreads(
        (year, mean_of([of.get((part.pk, year, gender)) for part in parts]))
        for of in among.values()
        for year, gender in {(year, gender) for _kpi, year, gender in of}
    )


def _spreads(rows: Iterable[tuple[int, float | None]]) -> dict[int, Spread]:
    by_year: dict[int, list[float]] = defaultdict(list)
    for year, value in rows:
        if value is not None:
            by_year[year].append(value)
    return {year: spread_among(by_year[year]) for year in sorted(by_year)}


def spread_among(values: Sequence[float]) -> Spread:
    """Return how `values` lie, with quartiles as the database reckons them."""
    lower, middle, upper = (
        quantiles(values, n=4, method="inclusive") if len(values) > 1 else list(values) * 3
    )
    return Spread(
        len(values), lower, median(values) if len(values) > 1 else middle, upper, fmean(values)
    )


# --- everybody in one year ------------------------------------------------------------------------


def everybody(order: Order | None, home: Municipality) -> Everybody | None:
    """Give each its name.  One query: reading all names is quicker than asking for these."""
    if order is None:
        return None
    names = dict(Municipality.objects.filter(kind=home.kind).values_list("pk", "name"))
    ranks: Sequence[int | None] = order.ranks or [None] * len(order.values)
    rows = [
        Somebody(pk, names[pk], value, rank)
        for pk, value, rank in zip(order.municipalities, order.values, ranks, strict=True)
        if value is not None
    ]
    return Everybody(order.year, tuple(rows), order.green_to, order.red_from)
