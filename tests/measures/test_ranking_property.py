"""Ranks, colours and national values are what the written rules say, whatever the country is like.

The rules stand in words in `measures.queries.ranking`.  Here they are written once more, the slow
way, and held against what the database works out of countries made up by chance.
"""

import csv
import gzip
import itertools
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from statistics import fmean, median, quantiles

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from measures.actions import comparisons, values
from measures.actions.sample import DATA
from measures.models import (
    Band,
    Gender,
    Good,
    Kind,
    Kpi,
    KpiYear,
    MeasureYear,
    Municipality,
    QualityMeasure,
    Source,
    Status,
)
from measures.queries.compared import Asked, group_of_kpis
from measures.rounding import rounded
from tests.factories import KpiFactory, measure_of, municipalities

pytestmark = pytest.mark.django_db

YEAR = 2020
by_chance = settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))

# Few different values, so that many are equal; halves, so that means are equal too.
numbers = st.integers(-3, 12).map(float) | st.integers(0, 20).map(lambda n: n / 2)
outcomes = numbers | st.sampled_from(list(Status)[1:]) | st.none()  # None: nothing is said of it


@dataclass(frozen=True)
class MadeUp:
    """A country as drawn: what is said of each KPI, and which of them make a measure."""

    kinds: list[Kind]  # of each municipality, region and country
    goods: list[Good]
    own: list[bool]
    said: list[dict[Gender, list[float | Status | None]]]  # by KPI, then in the order of kinds
    parts: list[int]
    left_out: list[int]


@st.composite
def countries(draw, *, most: int = 3) -> MadeUp:
    kinds = (
        [Kind.MUNICIPALITY] * draw(st.integers(1, 14))
        + [Kind.REGION] * draw(st.integers(0, 5))
        + [Kind.COUNTRY] * draw(st.integers(0, 1))
    )
    count = draw(st.integers(1, most))
    of_all = st.lists(outcomes, min_size=len(kinds), max_size=len(kinds))
    parts = draw(st.lists(st.integers(0, count - 1), unique=True, min_size=1))
    return MadeUp(
        kinds,
        goods=draw(st.lists(st.sampled_from(Good), min_size=count, max_size=count)),
        own=draw(st.lists(st.integers(0, 5).map(lambda n: n == 0), min_size=count, max_size=count)),
        said=draw(
            st.lists(
                st.dictionaries(st.sampled_from(Gender), of_all, max_size=3),
                min_size=count,
                max_size=count,
            )
        ),
        parts=parts,
        left_out=[n for n in range(count) if n not in parts],
    )


class Country:
    """The same in the database."""

    def __init__(self, drawn: MadeUp) -> None:
        self.drawn = drawn
        self.where = municipalities(len(drawn.kinds))
        for municipality, kind in zip(self.where, drawn.kinds, strict=True):
            municipality.kind = kind
        Municipality.objects.bulk_update(self.where, ["kind"])
        self.kpis = [
            KpiFactory(good=good, source=Source.OWN if own else Source.KOLADA)
            for good, own in zip(drawn.goods, drawn.own, strict=True)
        ]
        self.measure = measure_of(
            *(self.kpis[n] for n in drawn.parts),
            left_out=tuple(self.kpis[n] for n in drawn.left_out),
        )
        self.load(drawn.said)

    def load(self, said: list[dict[Gender, list[float | Status | None]]]) -> None:
        values.load(
            values.Row(
                kpi.pk,
                municipality.pk,
                YEAR,
                gender,
                outcome if isinstance(outcome, Status) else Status.HAS_VALUE,
                None if isinstance(outcome, Status) else outcome,
            )
            for kpi, by_gender in zip(self.kpis, said, strict=True)
            for gender, of_all in by_gender.items()
            for municipality, outcome in zip(self.where, of_all, strict=True)
            if outcome is not None
        )

    def valued(self, n: int, gender: Gender, kind: Kind) -> dict[int, float]:
        """The values of KPI n, by municipality."""
        of_all = self.drawn.said[n].get(gender, [])
        return {
            m.pk: outcome
            for m, outcome in zip(self.where, of_all, strict=bool(of_all))
            if m.kind == kind and isinstance(outcome, float)
        }

    def good(self, n: int) -> Good:
        return Good.NEITHER if self.drawn.own[n] else self.drawn.goods[n]


# --- the rules once more, the slow way -----------------------------------------------------------


@dataclass(frozen=True)
class Standing:
    counted: int
    mean: float
    ranks: dict[int, int]
    bands: dict[int, Band]


def standing_of(valued: dict[int, float], good: Good, mean: float) -> Standing:
    def better(one: float, other: float) -> bool:
        return one > other if good == Good.HIGH else one < other

    ranks, bands = {}, {}
    for place, own in valued.items() if good != Good.NEITHER else ():
        from_best = 1 + sum(better(other, own) for other in valued.values())
        from_worst = 1 + sum(better(own, other) for other in valued.values())
        ranks[place] = from_best
        bands[place] = (
            Band.GOOD
            if from_best <= len(valued) / 4
            else Band.BAD
            if from_worst <= len(valued) / 4
            else Band.MID
        )
    return Standing(len(valued), mean, ranks, bands)


def kpi_standing(country: Country, n: int, gender: Gender, kind: Kind) -> Standing | None:
    valued = country.valued(n, gender, kind)
    return standing_of(valued, country.good(n), fmean(valued.values())) if valued else None


def measure_standing(country: Country, gender: Gender, kind: Kind) -> Standing | None:
    """By the mean of the parts, among those that have them all; never by ranks."""
    of_parts = [country.valued(n, gender, kind) for n in country.drawn.parts]
    whole = set.intersection(*(set(valued) for valued in of_parts))
    if not whole:
        return None
    goods = {country.good(n) for n in country.drawn.parts}
    return standing_of(
        {place: fmean(valued[place] for valued in of_parts) for place in whole},
        goods.pop() if len(goods) == 1 else Good.NEITHER,
        fmean(fmean(valued.values()) for valued in of_parts),
    )


def as_found(year: KpiYear | MeasureYear | None) -> Standing | None:
    if year is None:
        return None
    ranks = dict(zip(year.municipalities, year.ranks, strict=False))
    bands = {place: year.band(rank) for place, rank in ranks.items()}
    return Standing(year.counted, pytest.approx(year.mean, abs=1e-9), ranks, bands)


def found_kpi(kpi: Kpi, gender: Gender, kind: Kind) -> KpiYear | None:
    return KpiYear.objects.filter(kpi=kpi, year=YEAR, gender=gender, kind=kind).first()


def found_measure(measure: QualityMeasure, gender: Gender, kind: Kind) -> MeasureYear | None:
    return MeasureYear.objects.filter(measure=measure, year=YEAR, gender=gender, kind=kind).first()


# --- properties ----------------------------------------------------------------------------------


@by_chance
@given(countries())
def test_every_kpi_is_ranked_and_coloured_as_the_words_say(drawn):
    """Each gender for itself, municipalities and regions apart, the country and our own never."""
    with transaction.atomic():
        country = Country(drawn)
        for n, kpi in enumerate(country.kpis):
            for gender in Gender:
                for kind in (Kind.MUNICIPALITY, Kind.REGION):
                    assert as_found(found_kpi(kpi, gender, kind)) == kpi_standing(
                        country, n, gender, kind
                    )
        assert not KpiYear.objects.filter(kind=Kind.COUNTRY).exists()
        transaction.set_rollback(True)


@by_chance
@given(countries())
def test_every_measure_is_ranked_by_the_mean_of_its_parts(drawn):
    with transaction.atomic():
        country = Country(drawn)
        for gender in Gender:
            for kind in (Kind.MUNICIPALITY, Kind.REGION):
                found = found_measure(country.measure, gender, kind)
                assert as_found(found) == measure_standing(country, gender, kind)
                if found:
                    means = dict(zip(found.municipalities, found.values, strict=True))
                    for place, mean in means.items():
                        parts = [country.valued(n, gender, kind)[place] for n in drawn.parts]
                        assert mean == pytest.approx(fmean(parts), abs=1e-6)
        transaction.set_rollback(True)


@by_chance
@given(countries(most=1))
def test_the_national_values_and_the_quarters(drawn):
    with transaction.atomic():
        country = Country(drawn)
        for gender in Gender:
            found = found_kpi(country.kpis[0], gender, Kind.MUNICIPALITY)
            said = sorted(country.valued(0, gender, Kind.MUNICIPALITY).values())
            if not said:
                assert found is None
                continue
            assert found.median == pytest.approx(median(said))
            if len(said) > 1:
                lower, _median, upper = quantiles(said, n=4, method="inclusive")
                assert (found.lower, found.upper) == pytest.approx((lower, upper))
            riket = list(country.valued(0, gender, Kind.COUNTRY).values())
            assert found.weighted == (riket[0] if riket else None)
        transaction.set_rollback(True)


@by_chance
@given(countries())
def test_better_values_never_have_worse_places_or_colours(drawn):
    with transaction.atomic():
        country = Country(drawn)
        for n, kpi in enumerate(country.kpis):
            found = found_kpi(kpi, Gender.ALL, Kind.MUNICIPALITY)
            if found is None or not found.ranks:
                continue
            valued = country.valued(n, Gender.ALL, Kind.MUNICIPALITY)
            sign = -1 if country.good(n) == Good.HIGH else 1
            ordered = sorted(
                (sign * valued[place], rank, found.band(rank))
                for place, rank in zip(found.municipalities, found.ranks, strict=True)
            )
            for (value, rank, band), (next_value, next_rank, next_band) in zip(
                ordered, ordered[1:], strict=False
            ):
                assert (rank, band) <= (next_rank, next_band)
                assert (value == next_value) == (rank == next_rank)
            bands = [band for _value, _rank, band in ordered]
            if len({value for value, _rank, _band in ordered}) == len(ordered):  # no equals
                assert bands.count(Band.GOOD) == bands.count(Band.BAD) == len(ordered) // 4
        transaction.set_rollback(True)


@by_chance
@given(countries(), st.data())
def test_what_is_compared_anew_bit_by_bit_is_as_if_all_were(drawn, data):
    """After a second load with other values, and statuses where there were values."""
    with transaction.atomic():
        country = Country(drawn)
        for n in range(len(country.kpis)):
            later = st.lists(outcomes, min_size=len(drawn.kinds), max_size=len(drawn.kinds))
            country.load(
                [{Gender.ALL: data.draw(later)} if m == n else {} for m in range(len(country.kpis))]
            )
        bit_by_bit = everything()
        comparisons.refresh()
        assert everything() == bit_by_bit
        transaction.set_rollback(True)


def everything() -> list[object]:
    return [*KpiYear.objects.order_by("pk").values(), *MeasureYear.objects.order_by("pk").values()]


@by_chance
@given(countries(most=1), st.data())
def test_within_a_group_the_same_rules_hold_among_its_members(drawn, data):
    with transaction.atomic():
        country = Country(drawn)
        alike = [m for m in country.where if m.kind == Kind.MUNICIPALITY]
        members = data.draw(st.lists(st.sampled_from(alike), unique_by=lambda m: m.pk, min_size=1))
        home, *others = members
        (kpi,) = country.kpis

        asked = Asked(home, [YEAR], list(Gender), [m.pk for m in others])
        found = group_of_kpis([kpi.pk], asked)

        for gender in Gender:
            of_all = country.valued(0, gender, Kind.MUNICIPALITY)
            valued = {m.pk: of_all[m.pk] for m in members if m.pk in of_all}
            place = found.get((kpi.pk, YEAR, gender))
            if not valued:
                assert place is None
                continue
            expected = standing_of(valued, country.good(0), fmean(valued.values()))
            assert place.counted == expected.counted
            assert place.mean == pytest.approx(expected.mean)
            assert place.rank == expected.ranks.get(home.pk)
        transaction.set_rollback(True)


# --- rounding ------------------------------------------------------------------------------------

reported = st.decimals(-1_000_000, 1_000_000, places=8)


@given(reported, st.integers(0, 6))
def test_what_is_reported_is_rounded_half_away_from_zero(exact, decimals):
    by_hand = exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    assert rounded(float(exact), decimals) == by_hand


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=8))
def test_a_mean_is_rounded_as_by_hand_whatever_the_noise_of_its_sum(tenths):
    """The sum of tenths is never quite what it ought to be; its halves must not move."""
    exact = Decimal(sum(tenths)) / 10 / len(tenths)
    noisy = sum(tenth / 10 for tenth in tenths) / len(tenths)
    assert rounded(noisy, 1) == exact.quantize(Decimal("0.1"), ROUND_HALF_UP)


# --- real values -------------------------------------------------------------------------------


def real_values(*codes: str) -> dict[tuple[str, int], dict[str, float]]:
    """By KPI and year, what the municipalities had; from the bundled sample."""
    found: dict[tuple[str, int], dict[str, float]] = {}
    with gzip.open(DATA / "values.csv.gz", "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            is_one = row["gender"] == "T" and row["municipality"] >= "0100" and row["value"]
            if row["kpi"] in codes and is_one:
                year = found.setdefault((row["kpi"], int(row["year"])), {})
                year[row["municipality"]] = float(row["value"])
    return found


def load_real(said: dict[tuple[str, int], dict[str, float]]) -> dict[str, Kpi]:
    municipalities_ = sorted({code for of_year in said.values() for code in of_year})
    ids = {
        m.code: m.pk
        for m in Municipality.objects.bulk_create(
            Municipality(code=code, name=code) for code in municipalities_
        )
    }
    goods = itertools.cycle([Good.HIGH, Good.LOW])
    kpis = {code: KpiFactory(code=code, good=next(goods)) for code in sorted({k for k, _y in said})}
    values.load(
        values.Row(kpis[kpi].pk, ids[place], year, Gender.ALL, Status.HAS_VALUE, value)
        for (kpi, year), of_year in said.items()
        for place, value in of_year.items()
    )
    return kpis


@pytest.mark.slow
def test_real_years_are_as_the_words_say():
    """Whole numbers with many equals (N11052, N15816), few who answer (U09808), fine decimals."""
    said = real_values("N11052", "N15816", "U09808", "N15505", "N31001")
    kpis = load_real(said)
    ids = dict(Municipality.objects.values_list("code", "pk"))
    assert len(said) == 54
    for (code, year), of_year in said.items():
        valued = {ids[place]: value for place, value in of_year.items()}
        found = KpiYear.objects.get(kpi=kpis[code], year=year, gender=Gender.ALL)
        expected = standing_of(valued, kpis[code].good, fmean(valued.values()))
        assert as_found(found) == expected, (code, year)


def test_a_real_case_on_the_border_of_the_best_quarter():
    """Meritvärde 2016: Västervik is the 72nd, two share the place, and 290 / 4 is 72.5: green.

    An interpolated quartile (228.125) would say the same here, but not always.
    """
    said = real_values("N15505")[("N15505", 2016)]
    kpi = load_real({("N15505", 2016): said})["N15505"]

    home = Municipality.objects.get(code="0883")
    found = KpiYear.objects.seen_by(home).get(kpi=kpi)
    assert (found.rank, found.counted, said["0883"]) == (72, 290, 228.2)
    assert found.band(found.rank) == Band.GOOD
    ranks = KpiYear.objects.get(kpi=kpi).ranks
    assert (ranks.count(72), 73 in ranks, found.band(74)) == (2, False, Band.MID)
    assert found.upper == 228.125
