"""Gather areas, measures and KPIs as the quality viewer shows them to one municipality."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from organisation.models.unit import home_unit

from ..models import (
    Band,
    Gender,
    Good,
    Kpi,
    KpiYear,
    MeasureKpi,
    MeasureYear,
    Municipality,
    QualityArea,
    QualityMeasure,
    SeriesBreak,
)
from .compared import (
    Asked,
    Cell,
    Said,
    country_of_kpis,
    country_of_measures,
    group_of_kpis,
    group_of_measures,
    values_of,
    weighted_then,
)
from .groups import Group
from .series import (
    NO_VALUE,
    AreaView,
    Look,
    MeasureSeries,
    Outcome,
    Outcomes,
    Place,
    Series,
    mean_of,
)


def home_municipality() -> Municipality | None:
    """Return whose values are ours, or None before the organisation or the values are there."""
    home = home_unit()
    return Municipality.objects.filter(code=home.municipality_code).first() if home else None


# --- areas ---------------------------------------------------------------------------------------


def areas_of(home: Municipality, look: Look | None = None) -> list[AreaView]:
    """Return every area that is not hidden, as of its own last year alone.  Eight queries."""
    areas = list(QualityArea.objects.filter(is_hidden=False))
    return _views(areas, home, look or Look(count=1))


def area_of(
    area: QualityArea,
    home: Municipality,
    look: Look | None = None,
    *,
    groups: Sequence[Group] = (),
) -> AreaView:
    """Return one area, looked at as `look` says; a page reads it from its address.

    Seven queries; two more within a group, one more as it was on a day.

    Args:
        groups: Whom one can choose to compare with, to be shown on the page.
    """
    (view,) = _views([area], home, look or Look())
    return replace(view, groups=tuple(groups))


def _views(areas: Sequence[QualityArea], home: Municipality, look: Look) -> list[AreaView]:
    """Values first, for they say which years are shown; then how those years compare."""
    parts = _parts_of(areas)
    kpis = {part.kpi_id for of_measure in parts.values() for part in of_measure}
    values = _valued(values_of(kpis, home, look.split.genders, look.as_of))
    breaks = _breaks_of(kpis)
    by_area: dict[int, list[MeasureSeries]] = defaultdict(list)
    for measure, of_measure in parts.items():
        series = _measure_series(measure, of_measure, values, breaks, look)
        by_area[measure.area_id].append(series)
    views = [_view(area, home, by_area[area.pk], look) for area in areas]
    years = {
        year - measure.measure.year_lag
        for view in views
        for year in view.shown
        for measure in view.measures
    }
    facts = _facts(kpis, {measure.pk for measure in parts}, home, years, look)
    return [_placed(view, facts) for view in views]


def _parts_of(areas: Sequence[QualityArea]) -> dict[QualityMeasure, list[MeasureKpi]]:
    """Return the measures in their order, each with its parts in theirs.  Two queries."""
    measures = QualityMeasure.objects.filter(area__in=areas).order_by("position", "pk")
    parts: dict[int, list[MeasureKpi]] = defaultdict(list)
    for part in (
        MeasureKpi.objects.filter(measure__area__in=areas)
        .select_related("kpi")
        .order_by("position", "pk")
    ):
        parts[part.measure_id].append(part)
    return {measure: parts[measure.pk] for measure in measures.select_related("area")}


def _breaks_of(kpis: Collection[int]) -> Mapping[int, frozenset[int]]:
    """Return the years from which values cannot be compared with those before, by KPI."""
    found: dict[int, frozenset[int]] = defaultdict(frozenset)
    for kpi, year in SeriesBreak.objects.filter(kpi__in=kpis).values_list("kpi", "year"):
        found[kpi] |= {year}
    return found


def _view(
    area: QualityArea, home: Municipality, measures: list[MeasureSeries], look: Look
) -> AreaView:
    years = {
        year + m.measure.year_lag
        for m in measures
        for outcomes in m.whole.of_gender.values()
        for year, outcome in outcomes.items()
        if outcome.value is not None
    }
    return AreaView(area, home, tuple(measures), tuple(sorted(years)), look)


# --- values --------------------------------------------------------------------------------------


type _Valued = Mapping[tuple[int, Gender], Outcomes]  # by KPI and gender


def _valued(said: Mapping[Cell, Said]) -> _Valued:
    found: dict[tuple[int, Gender], dict[int, Outcome]] = defaultdict(dict)
    for (kpi, year, gender), (value, status) in said.items():
        found[kpi, gender][year] = Outcome(year, value, status.sign)
    return found


def _measure_series(
    measure: QualityMeasure,
    of_measure: Sequence[MeasureKpi],
    values: _Valued,
    breaks: Mapping[int, frozenset[int]],
    look: Look,
) -> MeasureSeries:
    parts = tuple(
        _series_of(
            part.kpi,
            {gender: values.get((part.kpi_id, gender), {}) for gender in look.split.genders},
            breaks[part.kpi_id],
            year_lag=measure.year_lag,
            is_left_out=part.is_left_out,
        )
        for part in of_measure
    )
    return MeasureSeries(measure, _whole(measure, parts, look), parts)


def _whole(measure: QualityMeasure, parts: tuple[Series, ...], look: Look) -> Series:
    """The measure itself, written like its parts; where a single part has no value, with its sign."""
    counted = [part for part in parts if not part.is_left_out]
    units, ways = {part.unit_word for part in counted}, {part.good for part in counted}
    of_gender = {gender: _means(counted, gender) for gender in look.split.genders}
    return Series(
        name=measure.name,
        unit_word=units.pop() if len(units) == 1 else "",
        # A mean is no more exact than the least exact of what it is a mean of.
        decimals=min((part.decimals for part in counted), default=0),
        good=ways.pop() if len(ways) == 1 else Good.NEITHER,
        outcomes=of_gender[look.split.genders[0]],
        of_gender=of_gender,
        year_lag=measure.year_lag,
        kpi=counted[0].kpi if len(counted) == 1 else None,
        is_own=any(part.is_own for part in counted),
        breaks=frozenset().union(*(part.breaks for part in counted)),
    )


def _means(counted: list[Series], gender: Gender) -> Outcomes:
    if len(counted) == 1:
        return counted[0].of_gender[gender]
    years = sorted({year for part in counted for year in part.of_gender[gender]})
    means = {
        year: mean_of(
            [
                outcome.value if (outcome := part.of_gender[gender].get(year)) else None
                for part in counted
            ]
        )
        for year in years
    }
    return {year: Outcome(year, mean, NO_VALUE * (mean is None)) for year, mean in means.items()}


def _series_of(
    kpi: Kpi,
    of_gender: Mapping[Gender, Outcomes],
    breaks: frozenset[int],
    **how: int | bool,
) -> Series:
    return Series(
        name=kpi.name,
        unit_word=kpi.unit_word,
        decimals=kpi.decimals,
        good=Good(kpi.good),
        outcomes=next(iter(of_gender.values())),
        of_gender=of_gender,
        kpi=kpi,
        year_lag=int(how.get("year_lag", 0)),
        is_left_out=bool(how.get("is_left_out", False)),
        is_own=kpi.is_own,
        breaks=breaks,
    )


# --- how they compare ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Facts:
    """How home stands in the years shown; `in_group` is None when all are compared."""

    kpis: Mapping[Cell, KpiYear]
    measures: Mapping[Cell, MeasureYear]
    weighted: Mapping[Cell, Said]  # of KPIs, where it is not among the others
    kpis_in_group: Mapping[Cell, Place] | None = None
    measures_in_group: Mapping[Cell, Place] | None = None


def _facts(
    kpis: Collection[int],
    measures: Collection[int],
    home: Municipality,
    years: Collection[int],
    look: Look,
) -> _Facts:
    members = look.group.members if look.group else None
    asked = Asked(home, sorted(years), look.split.genders, members, look.as_of)
    return _Facts(
        kpis=country_of_kpis(kpis, asked),
        measures=country_of_measures(measures, asked),
        weighted=weighted_then(kpis, asked),
        kpis_in_group=None if members is None else group_of_kpis(kpis, asked),
        measures_in_group=None if members is None else group_of_measures(measures, asked),
    )


def _placed(view: AreaView, facts: _Facts) -> AreaView:
    return replace(view, measures=tuple(_placed_measure(m, view, facts) for m in view.measures))


def _placed_measure(measure: MeasureSeries, view: AreaView, facts: _Facts) -> MeasureSeries:
    years = {year - measure.measure.year_lag for year in view.shown}
    parts = tuple(_placed_part(part, years, facts) for part in measure.parts)
    placed = replace(measure, parts=parts)
    if placed.single:
        of_gender = placed.single.of_gender
    else:
        of_gender = {
            gender: {
                year: _placed_mean(outcome, gender, placed, facts) if year in years else outcome
                for year, outcome in outcomes.items()
            }
            for gender, outcomes in measure.whole.of_gender.items()
        }
    return replace(placed, whole=_with(measure.whole, of_gender))


def _placed_part(part: Series, years: Collection[int], facts: _Facts) -> Series:
    assert part.kpi  # every part is a KPI
    kpi = part.kpi.pk
    return _with(
        part,
        {
            gender: {
                year: _placed_value(outcome, (kpi, year, gender), facts, is_own=part.is_own)
                if year in years
                else outcome
                for year, outcome in outcomes.items()
            }
            for gender, outcomes in part.of_gender.items()
        },
    )


def _with(series: Series, of_gender: Mapping[Gender, Outcomes]) -> Series:
    return replace(series, of_gender=of_gender, outcomes=next(iter(of_gender.values())))


def _placed_value(outcome: Outcome, cell: Cell, facts: _Facts, *, is_own: bool) -> Outcome:
    """A KPI's value, with its place; our own surveys have none."""
    if is_own:
        return outcome
    then, _status = facts.weighted.get(cell, (None, None))
    in_group = facts.kpis_in_group
    within = None if in_group is None else in_group.get(cell, Place())
    return _outcome(outcome, facts.kpis.get(cell), within, weighted=then)


def _placed_mean(
    outcome: Outcome, gender: Gender, measure: MeasureSeries, facts: _Facts
) -> Outcome:
    """A measure's value, with its own place and the means of its parts' means."""
    if measure.whole.is_own:
        return outcome
    cell = measure.measure.pk, outcome.year, gender
    parts = [part.of_gender[gender].get(outcome.year) for part in measure.counted]
    within = None
    if facts.measures_in_group is not None:
        place = facts.measures_in_group.get(cell, Place())
        mean = mean_of([part.within.mean if part and part.within else None for part in parts])
        within = replace(place, mean=mean)
    placed = _outcome(outcome, facts.measures.get(cell), within)
    return replace(
        placed,
        mean=mean_of([part.mean if part else None for part in parts]),
        weighted=mean_of([part.weighted if part else None for part in parts]),
    )


def _outcome(
    outcome: Outcome,
    country: KpiYear | MeasureYear | None,
    within: Place | None = None,
    *,
    weighted: float | None = None,
) -> Outcome:
    rank = country.rank if country and outcome.value is not None else None
    return replace(
        outcome,
        band=country.band(rank) if country else Band.NONE,
        rank=rank,
        counted=country.counted if country else 0,
        mean=country.mean if country else None,
        weighted=weighted if country is None or weighted is not None else country.weighted,
        within=within,
    )


# --- one KPI -------------------------------------------------------------------------------------


def series_of(kpi: Kpi, home: Municipality) -> Series:
    """Return one KPI with all its years.  Three queries."""
    outcomes: dict[Gender, Outcomes] = {Gender.ALL: kpi_outcomes([kpi], home)[kpi.pk]}
    return _series_of(kpi, outcomes, _breaks_of([kpi.pk])[kpi.pk])


def kpi_outcomes(kpis: Iterable[Kpi], home: Municipality) -> dict[int, dict[int, Outcome]]:
    """Return the outcomes by KPI and year, the oldest first.  Two queries."""
    own = {kpi.pk: kpi.is_own for kpi in kpis}
    values = values_of(own, home, [Gender.ALL])
    facts = _Facts(
        kpis=country_of_kpis(own, Asked(home, {year for _kpi, year, _gender in values})),
        measures={},
        weighted={},
    )
    found: dict[int, dict[int, Outcome]] = {pk: {} for pk in own}
    for cell, (value, status) in values.items():
        kpi, year, _gender = cell
        outcome = Outcome(year, value, status.sign)
        found[kpi][year] = _placed_value(outcome, cell, facts, is_own=own[kpi])
    return found
