"""Areas, measures and KPIs as the quality viewer shows them to one municipality."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from organisation.models.unit import home_unit

from ..models import (
    Band,
    Gender,
    Good,
    Kpi,
    KpiValue,
    KpiValueRevision,
    KpiYear,
    MeasureYear,
    Municipality,
    QualityArea,
    QualityMeasure,
    Status,
)
from ..wording import difference_text, value_text

YEARS_SHOWN = 3
NO_VALUE = Status.MISSING.sign


class National(StrEnum):
    """Which national value a difference is taken from.  The page names it."""

    MEAN = "medel"  # of the municipalities, unweighted
    WEIGHTED = "riket"  # as Kolada gives it for the country


def home_municipality() -> Municipality | None:
    """Return whose values are ours, or None before the organisation or the values are there."""
    home = home_unit()
    return Municipality.objects.filter(code=home.municipality_code).first() if home else None


# --- one row: a KPI or a measure over the years -------------------------------------------------


@dataclass(frozen=True, slots=True)
class Outcome:
    """One value, or the sign for why there is none, and how it stands among all."""

    year: int
    value: float | None
    sign: str  # shown where there is no value
    band: Band = Band.NONE
    rank: int | None = None
    counted: int = 0
    mean: float | None = None
    weighted: float | None = None

    def national(self, which: National) -> float | None:
        return self.mean if which is National.MEAN else self.weighted

    def difference(self, which: National) -> float | None:
        """Own − national, the same whichever way is good."""
        national = self.national(which)
        return None if self.value is None or national is None else self.value - national


@dataclass(frozen=True, slots=True)
class Series:
    """A KPI's or a measure's outcomes, the oldest first, and how they are written."""

    name: str
    unit_word: str
    decimals: int
    good: Good
    outcomes: dict[int, Outcome]  # by year
    year_lag: int = 0
    kpi: Kpi | None = None
    is_left_out: bool = False

    def under(self, year: int) -> Outcome:
        """What is shown under `year`: the outcome of that year, or of the one it lags behind."""
        own = year - self.year_lag
        return self.outcomes.get(own) or Outcome(own, None, NO_VALUE)

    def value_text(self, outcome: Outcome, *, with_unit: bool = False) -> str:
        if outcome.value is None:
            return outcome.sign
        return value_text(outcome.value, self.decimals, self.unit_word if with_unit else "")

    def difference_text(self, outcome: Outcome, which: National) -> str:
        difference = outcome.difference(which)
        return "" if difference is None else difference_text(difference, self.decimals)

    @property
    def latest(self) -> Outcome | None:
        valued = [outcome for outcome in self.outcomes.values() if outcome.value is not None]
        return valued[-1] if valued else None

    def turn(self, year: int) -> int:
        """1 if it has become better two years in a row up to `year`, −1 if worse, else 0."""
        values = [self.under(y).value for y in (year - 2, year - 1, year)]
        if self.good == Good.NEITHER or None in values:
            return 0
        first, second, third = (
            v if self.good == Good.HIGH else -v for v in values if v is not None
        )
        return (first < second < third) - (first > second > third)


@dataclass(frozen=True, slots=True)
class MeasureSeries:
    """A quality measure with its parts."""

    measure: QualityMeasure
    whole: Series
    parts: tuple[Series, ...]


# --- an area -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AreaView:
    """An area as one municipality sees it: every measure with every year there is."""

    area: QualityArea
    measures: tuple[MeasureSeries, ...]
    years: tuple[int, ...] = field(default=())  # that something is known for, the oldest first

    @property
    def last_year(self) -> int | None:
        """The latest year that at least half of the measures have a value for."""
        full = [y for y in self.years if self.valued(y) * 2 >= len(self.measures)]
        return max(full or self.years, default=None)

    def valued(self, year: int) -> int:
        """Count the measures that have a value under `year`."""
        return sum(measure.whole.under(year).value is not None for measure in self.measures)

    def bands(self, year: int) -> dict[Band, int]:
        """Count the measures by colour."""
        counts = dict.fromkeys(Band, 0)
        for measure in self.measures:
            counts[measure.whole.under(year).band] += 1
        return counts


def areas_of(home: Municipality) -> list[AreaView]:
    """Return every area.  Five queries, however many the areas."""
    return _views(list(QualityArea.objects.all()), home)


def area_of(area: QualityArea, home: Municipality) -> AreaView:
    """Return one area.  Five queries, however many the measures."""
    return _views([area], home)[0]


def _views(areas: Sequence[QualityArea], home: Municipality) -> list[AreaView]:
    measures = list(QualityMeasure.objects.filter(area__in=areas).prefetch_related("parts__kpi"))
    kpis = {part.kpi_id: part.kpi for measure in measures for part in measure.parts.all()}
    of_kpi = kpi_outcomes(kpis.values(), home)
    of_measure = _measure_outcomes(measures, home)
    by_area: dict[int, list[MeasureSeries]] = defaultdict(list)
    for measure in measures:
        parts = tuple(
            _series_of(
                part.kpi,
                of_kpi[part.kpi_id],
                year_lag=measure.year_lag,
                is_left_out=part.is_left_out,
            )
            for part in measure.parts.all()
        )
        by_area[measure.area_id].append(
            MeasureSeries(measure, _whole(measure, parts, of_measure[measure.pk]), parts)
        )
    return [_view(area, by_area[area.pk]) for area in areas]


def _view(area: QualityArea, measures: list[MeasureSeries]) -> AreaView:
    years = {
        year + m.measure.year_lag
        for m in measures
        for year, outcome in m.whole.outcomes.items()
        if outcome.value is not None
    }
    return AreaView(area, tuple(measures), tuple(sorted(years)))


def _whole(
    measure: QualityMeasure, parts: tuple[Series, ...], outcomes: dict[int, Outcome]
) -> Series:
    """The measure itself, written like its parts; where a single part has no value, with its sign."""
    counted = [part for part in parts if not part.is_left_out]
    only = counted[0] if len(counted) == 1 else None
    if only:
        outcomes = only.outcomes
    units, ways = {part.unit_word for part in counted}, {part.good for part in counted}
    return Series(
        name=measure.name,
        unit_word=units.pop() if len(units) == 1 else "",
        decimals=max((part.decimals for part in counted), default=0),
        good=ways.pop() if len(ways) == 1 else Good.NEITHER,
        outcomes=outcomes,
        year_lag=measure.year_lag,
        kpi=only.kpi if only else None,
    )


def _series_of(kpi: Kpi, outcomes: dict[int, Outcome], **how: int | bool) -> Series:
    return Series(
        name=kpi.name,
        unit_word=kpi.unit_word,
        decimals=kpi.decimals,
        good=Good(kpi.good),
        outcomes=outcomes,
        kpi=kpi,
        year_lag=int(how.get("year_lag", 0)),
        is_left_out=bool(how.get("is_left_out", False)),
    )


def kpi_outcomes(kpis: Iterable[Kpi], home: Municipality) -> dict[int, dict[int, Outcome]]:
    """Return the outcomes by KPI and year, the oldest first.  Two queries."""
    ids = [kpi.pk for kpi in kpis]
    country = {(c.kpi_id, c.year): c for c in KpiYear.objects.seen_by(home).filter(kpi__in=ids)}
    found: dict[int, dict[int, Outcome]] = {pk: {} for pk in ids}
    for said in KpiValue.objects.filter(kpi__in=ids, municipality=home, gender=Gender.ALL).order_by(
        "year"
    ):
        key = said.kpi_id, said.year
        found[said.kpi_id][said.year] = _outcome(
            said.year, said.value, Status(said.status).sign, country.get(key)
        )
    return found


def _measure_outcomes(
    measures: Iterable[QualityMeasure], home: Municipality
) -> dict[int, dict[int, Outcome]]:
    """The same for measures.  One query."""
    ids = [measure.pk for measure in measures]
    found: dict[int, dict[int, Outcome]] = {pk: {} for pk in ids}
    years = MeasureYear.objects.seen_by(home).filter(measure__in=ids).order_by("year")
    for country in years:
        if country.own is not None:
            found[country.measure_id][country.year] = _outcome(
                country.year, country.own, "", country
            )
    return found


def _outcome(
    year: int,
    value: float | None,
    sign: str,
    country: KpiYear | MeasureYear | None,
) -> Outcome:
    rank = country.rank if country and value is not None else None
    return Outcome(
        year,
        value,
        sign,
        band=country.band(rank) if country else Band.NONE,
        rank=rank,
        counted=country.counted if country else 0,
        mean=country.mean if country else None,
        weighted=country.weighted if country else None,
    )


# --- one KPI -------------------------------------------------------------------------------------


def series_of(kpi: Kpi, home: Municipality) -> Series:
    """Return one KPI with all its years.  Two queries."""
    return _series_of(kpi, kpi_outcomes([kpi], home)[kpi.pk])


def by_gender(kpi: Kpi, home: Municipality) -> dict[int, dict[Gender, str]]:
    """Return, by year, what is written for women and for men."""
    found: dict[int, dict[Gender, str]] = defaultdict(dict)
    for said in KpiValue.objects.filter(kpi=kpi, municipality=home).exclude(gender=Gender.ALL):
        found[said.year][Gender(said.gender)] = (
            Status(said.status).sign if said.value is None else value_text(said.value, kpi.decimals)
        )
    return found


def revisions_of(kpi: Kpi, home: Municipality) -> list[KpiValueRevision]:
    """Return what was said before of our own values, the latest replaced first."""
    return list(
        KpiValueRevision.objects.filter(kpi=kpi, municipality=home, gender=Gender.ALL).order_by(
            "-replaced_at", "-year"
        )
    )
