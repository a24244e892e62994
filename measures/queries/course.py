"""One KPI or one quality measure over the years: what we have, how we stand, how others spread.

And everybody's value in one year.  Each function reads by the keys that things are stored under,
so it costs the same whatever else is stored.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, median, quantiles

from ..models import (
    Band,
    Gender,
    Good,
    Kpi,
    KpiValue,
    KpiYear,
    MeasureYear,
    Municipality,
    QualityMeasure,
    SeriesBreak,
    Status,
)
from .compared import Cell, Said, values_of
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

    @property
    def years(self) -> Mapping[int, CourseYear]:
        return self.of_gender.get(Gender.ALL, {})

    def valued(self, gender: Gender = Gender.ALL) -> list[tuple[int, float]]:
        """Return our own values."""
        found = self.of_gender.get(gender, {}).values()
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


def course_of_kpi(kpi: Kpi, home: Municipality) -> Course:
    """Return one KPI with all its years.  Three queries."""
    said = values_of([kpi.pk], home, list(Gender))
    standings = KpiYear.objects.seen_by(home, *Gender).filter(kpi=kpi)
    return Course(
        name=kpi.name,
        unit_word=kpi.unit_word,
        decimals=kpi.decimals,
        good=Good(kpi.good),
        of_gender=_years({(y, g): outcome for (_k, y, g), outcome in said.items()}, standings),
        breaks=tuple(kpi.breaks.all()),
        is_own=kpi.is_own,
    )


def course_of_measure(
    measure: QualityMeasure, parts: Sequence[Kpi], home: Municipality, said: Mapping[Cell, Said]
) -> Course:
    """Return one quality measure with all its years: the mean of its parts.  Two queries.

    Args:
        parts: Those that count.
        said: What is said of `home` in the parts (`values_of`).
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
        of_gender=_years(means, MeasureYear.objects.seen_by(home, *Gender).filter(measure=measure)),
        breaks=tuple(SeriesBreak.objects.filter(kpi__in=parts)),
        is_own=any(part.is_own for part in parts),
    )


def _mean_of(said: list[Said | None]) -> Said:
    """Return the mean; of a single part what is said of it, also where there is no value."""
    if len(said) == 1 and said[0] is not None:
        return said[0]
    mean = mean_of([value[0] if value else None for value in said])
    return mean, Status.MISSING if mean is None else Status.HAS_VALUE


def _years(
    said: Mapping[tuple[int, Gender], Said], standings: Iterable[KpiYear | MeasureYear]
) -> Mapping[Gender, Mapping[int, CourseYear]]:
    country = {(standing.year, Gender(standing.gender)): standing for standing in standings}
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


def spread_of_kpi(kpi: Kpi, members: Collection[int]) -> dict[int, Spread]:
    """Return by year how the values of some municipalities lie.  One query."""
    rows = KpiValue.objects.filter(
        kpi=kpi, municipality__in=members, gender=Gender.ALL, value__isnull=False
    )
    return _spreads(rows.values_list("year", "value"))


def spread_of_measure(
    measure: QualityMeasure, home: Municipality, members: Collection[int]
) -> dict[int, Spread]:
    """Return the same of a quality measure.  One query."""
    rows = MeasureYear.objects.filter(measure=measure, kind=home.kind, gender=Gender.ALL)
    return _spreads(
        (year, value)
        for year, municipalities, values in rows.values_list("year", "municipalities", "values")
        for municipality, value in zip(municipalities, values, strict=True)
        if municipality in members
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


def everybody_in_kpi(kpi: Kpi, home: Municipality, year: int) -> Everybody | None:
    """Return every value of home's kind in one year.  Three queries."""
    standing = KpiYear.objects.filter(kpi=kpi, kind=home.kind, year=year, gender=Gender.ALL).first()
    if standing is None:
        return None
    values = dict(
        KpiValue.objects.filter(
            kpi=kpi, municipality__in=standing.municipalities, year=year, gender=Gender.ALL
        ).values_list("municipality", "value")
    )
    return _everybody(standing, [values.get(pk) for pk in standing.municipalities])


def everybody_in_measure(
    measure: QualityMeasure, home: Municipality, year: int
) -> Everybody | None:
    """Return the same of a quality measure.  Two queries."""
    standing = MeasureYear.objects.filter(
        measure=measure, kind=home.kind, year=year, gender=Gender.ALL
    ).first()
    return None if standing is None else _everybody(standing, standing.values)


def _everybody(standing: KpiYear | MeasureYear, values: Sequence[float | None]) -> Everybody:
    """Give each its name.  One query: reading all names is quicker than asking for these."""
    names = dict(Municipality.objects.filter(kind=standing.kind).values_list("pk", "name"))
    ranks: Sequence[int | None] = standing.ranks or [None] * len(values)
    rows = [
        Somebody(pk, names[pk], value, rank)
        for pk, value, rank in zip(standing.municipalities, values, ranks, strict=True)
        if value is not None
    ]
    return Everybody(standing.year, tuple(rows), standing.green_to, standing.red_from)
