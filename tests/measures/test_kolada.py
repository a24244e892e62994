"""Values: taken in, never changed silently, and compared with those of all the others."""

import pytest
from django.db import IntegrityError, connection, transaction

from measures.actions import comparisons, sample, values
from measures.models import (
    Band,
    Gender,
    Good,
    Kind,
    Kpi,
    KpiYear,
    MeasureKpi,
    MeasureYear,
    Municipality,
    QualityArea,
    Status,
)
from tests.factories import KpiFactory, measure_of, municipalities, said

pytestmark = pytest.mark.django_db


def rank_of(years, municipality):
    standing = years.seen_by(municipality).first()
    return standing.rank if standing else None


def ranks(kpi, where, *, year=2020):
    return [rank_of(KpiYear.objects.filter(kpi=kpi, year=year), m) for m in where]


def places(measure, where, *, year=2020):
    """The value and the rank of each of them."""
    years = MeasureYear.objects.filter(measure=measure, year=year)
    seen = [years.seen_by(m).first() for m in where]
    return [(standing.own, standing.rank) for standing in seen]


def bands(kpi, where, *, year=2020):
    year_ = KpiYear.objects.filter(kpi=kpi, year=year).first()
    if year_ is None:
        return ["none" for _ in where]
    return [year_.band(rank).verdict for rank in ranks(kpi, where, year=year_.year)]


# --- what must never be --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("make", "name"),
    [
        (lambda: KpiFactory(good="up"), "kpi_good_known"),
        (lambda: KpiFactory(decimals=7), "kpi_shows_few_decimals"),
        (lambda: measure_of(year_lag=4), "measure_lags_a_little"),
        (lambda: [measure_of(name="A", area=measure_of(name="A").area)], "measure_once_in_its"),
        (
            lambda: [Municipality.objects.create(code=c, kind=Kind.COUNTRY) for c in "12"],
            "there_is_one_country",
        ),
        (
            lambda: KpiYear.objects.create(
                kpi=KpiFactory(),
                kind=Kind.MUNICIPALITY,
                year=2020,
                gender=Gender.ALL,
                counted=2,
                municipalities=[1, 2],
                ranks=[1],
            ),
            "kpiyear_ranks_all_or_none",
        ),
        (lambda: measure_of(*[KpiFactory()] * 2), "kpi_once_in_a_measure"),
    ],
)
def test_what_must_never_be_is_refused_by_the_database(make, name):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        make()


# --- comparing ---------------------------------------------------------------------------------


def test_equals_share_the_better_rank():
    kpi, where = KpiFactory(), municipalities(4)
    said(kpi, where, [90, 90, 80, 70])
    assert ranks(kpi, where) == [1, 1, 3, 4]


def test_the_lowest_is_first_where_low_is_good():
    kpi, where = KpiFactory(good=Good.LOW), municipalities(4)
    said(kpi, where, [4, 3, 2, 1])
    assert ranks(kpi, where) == [4, 3, 2, 1]
    assert bands(kpi, where) == ["bad", "mid", "mid", "good"]


def test_without_a_direction_nothing_is_ranked_but_the_country_has_a_mean():
    kpi, where = KpiFactory(good=Good.NEITHER), municipalities(4)
    said(kpi, where, [4, 3, 2, 1])
    assert ranks(kpi, where) == [None] * 4
    assert KpiYear.objects.get(kpi=kpi).mean == 2.5


def test_only_those_with_a_value_are_counted_and_the_country_is_not_one_of_them():
    kpi, where = KpiFactory(), municipalities(4)
    country = Municipality.objects.create(code="0000", name="Riket", kind=Kind.COUNTRY)
    said(kpi, [*where, country], [90, 80, Status.MISSING, Status.SECRET, 88])

    year = KpiYear.objects.get(kpi=kpi)

    assert (year.counted, year.mean, year.weighted) == (2, 85, 88)
    assert ranks(kpi, [*where, country]) == [1, 2, None, None, None]


def test_all_equal_are_all_best():
    kpi, where = KpiFactory(), municipalities(4)
    said(kpi, where, [5, 5, 5, 5])
    assert bands(kpi, where) == ["good"] * 4


# --- measures ----------------------------------------------------------------------------------


def test_a_measure_is_the_mean_of_its_parts_and_ranked_by_that():
    one, other, where = KpiFactory(), KpiFactory(), municipalities(3)
    measure = measure_of(one, other)
    said(one, where, [88, 70, 60])
    said(other, where, [65, 90, 60])

    assert places(measure, where) == [(76.5, 2), (80, 1), (60, 3)]


def test_who_lacks_a_part_has_no_measure():
    one, other, where = KpiFactory(), KpiFactory(), municipalities(2)
    measure = measure_of(one, other)
    said(one, where, [88, 70])
    said(other, where, [Status.MISSING, 90])

    assert places(measure, where) == [(None, None), (80, 1)]
    assert MeasureYear.objects.get(measure=measure).counted == 1


def test_what_is_left_out_does_not_count():
    counted, beside, where = KpiFactory(), KpiFactory(), municipalities(1)
    measure = measure_of(counted, left_out=(beside,))
    said(beside, where, [5])
    said(counted, where, [80])
    assert places(measure, where) == [(80, 1)]


def test_parts_that_disagree_about_what_is_good_give_no_colour():
    where = municipalities(2)
    high, low = KpiFactory(good=Good.HIGH), KpiFactory(good=Good.LOW)
    measure = measure_of(high, low)
    said(high, where, [1, 2])
    said(low, where, [3, 4])
    assert places(measure, where) == [(2, None), (3, None)]


def test_the_difference_of_a_measure_is_the_mean_of_the_parts_differences():
    one, other, where = KpiFactory(), KpiFactory(), municipalities(3)
    measure = measure_of(one, other)
    said(one, where, [80, 70, 60])  # mean 70
    said(other, where, [50, Status.MISSING, 60])  # mean 55, of two

    country = MeasureYear.objects.seen_by(where[0]).get(measure=measure)

    assert country.own - country.mean == ((80 - 70) + (50 - 55)) / 2


def test_float_noise_does_not_part_two_equal_means():
    one, other, where = KpiFactory(), KpiFactory(), municipalities(2)
    measure = measure_of(one, other)
    said(one, where, [80.1, 75.1])
    said(other, where, [70.2, 75.2])
    assert [rank for _value, rank in places(measure, where)] == [1, 1]


def test_only_what_is_touched_is_compared_anew():
    kpi, where = KpiFactory(), municipalities(2)
    said(kpi, where, [80, 70], year=2019)
    KpiYear.objects.update(ranks=[9, 9])  # wrong on purpose: it must be left alone
    said(kpi, where, [80, 70], year=2020)
    assert ranks(kpi, where, year=2019) == [9, 9]
    assert ranks(kpi, where, year=2020) == [1, 2]

    comparisons.refresh()
    assert ranks(kpi, where, year=2019) == [1, 2]


# --- the bundled sample --------------------------------------------------------------------------


@pytest.mark.slow
def test_the_sample_is_real_and_loading_it_again_changes_nothing():
    first = sample.load()
    parts = set(MeasureKpi.objects.values_list("measure__name", "kpi", "is_left_out"))
    again = sample.load()

    assert first == values.Loaded(new=194_117, changed=0, unchanged=0)
    assert again == values.Loaded(new=0, changed=0, unchanged=194_117)
    assert parts == set(MeasureKpi.objects.values_list("measure__name", "kpi", "is_left_out"))
    assert Municipality.objects.filter(kind=Kind.MUNICIPALITY).count() == 290
    assert QualityArea.objects.count() == 13

    # Facts known from elsewhere, of Västervik and the country.
    home = Municipality.objects.get(code="0883")
    merit = Kpi.objects.get(code="N15505")
    border = KpiYear.objects.seen_by(home).get(kpi=merit, year=2016)
    assert (border.rank, border.counted) == (72, 290)
    assert border.band(border.rank) == Band.GOOD  # 290 / 4 = 72.5
    assert KpiYear.objects.get(kpi=merit, year=2016, gender=Gender.ALL).ranks.count(72) == 2
    of_2019 = KpiYear.objects.get(kpi=merit, year=2019, gender=Gender.ALL)
    assert (of_2019.weighted, round(of_2019.mean, 1)) == (224.5, 218.4)
    cost = KpiYear.objects.get(kpi__code="N15008", year=2019, gender=Gender.ALL)
    assert (cost.weighted, round(cost.mean)) == (116_553, 118_831)

    # A measure with one KPI is that KPI.
    whole = MeasureYear.objects.seen_by(home).get(
        measure__name="Meritvärde", year=2016, gender=Gender.ALL
    )
    assert (whole.own, whole.rank, whole.band(whole.rank)) == (228.2, 72, Band.GOOD)


def test_the_sample_can_be_read_one_kpi_at_a_time():
    sample._load_municipalities()
    sample._load_kpis()
    rows = list(sample.rows("N15008"))
    assert {row.year for row in rows} == {2016, 2017, 2018, 2019, 2020}
    assert all((row.value is None) == (row.status != Status.HAS_VALUE) for row in rows)


def test_the_sample_uses_no_more_small_ids_than_it_needs():
    with connection.cursor() as cursor:  # as after many attempts that came to nothing
        cursor.execute("SELECT setval('measures_kpi_id_seq', 32000)")
    sample._load_kpis()
    assert Kpi.objects.latest("pk").pk == Kpi.objects.count()
