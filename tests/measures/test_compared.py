"""How an area stands within a group, by gender, and as it was on a day."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from measures.models import Band, Gender, Kind, Municipality, Status
from measures.queries import Look, Split, area_of
from measures.queries.groups import Group
from tests.factories import KpiFactory, measure_of, municipalities, said

pytestmark = pytest.mark.django_db

MARCH, APRIL, MAY = date(2026, 3, 1), date(2026, 4, 1), date(2026, 5, 1)


@pytest.fixture
def where():
    return municipalities(8)


@pytest.fixture
def home(where):
    return where[0]


@pytest.fixture
def area(where):
    """A measure of two KPIs, and one of one; ours is third of eight in the first."""
    first, second, third = KpiFactory(), KpiFactory(), KpiFactory(decimals=0)
    both = measure_of(first, second)
    measure_of(third, area=both.area, position=2)
    said(first, where, [6, 8, 7, 5, 4, 3, 2, 1], on=MARCH)
    said(second, where, [2, 0, 4, 6, 8, 9, 9, 9], on=MARCH)
    said(third, where, [10, 20, 30, 40, 50, 60, 70, 80], on=MARCH)
    return both.area


def in_group(*members: Municipality) -> Look:
    group = Group("lista-1", "Några", members=frozenset(m.pk for m in members))
    return Look(group=group)


def last(view, measure=0, part=None, gender=None):
    of = view.measures[measure]
    series = of.whole if part is None else of.parts[part]
    return series.under(view.shown[-1], gender)


def facts_of(view):
    """All that a page shows of an area, but for which day it is."""
    return [
        [series.of_gender for series in (measure.whole, *measure.parts)]
        for measure in view.measures
    ]


# --- within a group ----------------------------------------------------------------------------


def test_in_a_group_rank_and_difference_are_among_its_members_and_home(area, where, home):
    seen = last(area_of(area, home, in_group(where[1], where[4], where[7])), part=0)
    assert (seen.place.rank, seen.place.counted) == (2, 4)  # 8, 6 (ours), 4, 1
    assert seen.place.mean == 4.75
    assert seen.difference(Look().national) == 1.25


def test_the_colour_says_the_place_in_the_country_whatever_the_group(area, where, home):
    alone = last(area_of(area, home), part=0)
    seen = last(area_of(area, home, in_group(*where[5:])), part=0)
    assert (alone.rank, alone.band) == (3, Band.MID)
    assert (seen.place.rank, seen.rank, seen.band) == (1, 3, Band.MID)


def test_a_measure_is_ranked_in_the_group_by_the_mean_of_its_parts(area, where, home):
    seen = last(area_of(area, home, in_group(where[1], where[2], where[7])))
    # (6 + 2) / 2 = 4 is ours; the others have 4, 5.5 and 5: two share the third place.
    assert (seen.place.rank, seen.place.counted) == (3, 4)
    assert seen.place.mean == (5.5 + 3.75) / 2


def test_a_member_without_every_part_is_not_ranked_in_the_measure(area, where, home):
    lacking = area.measures.first().parts.first().kpi
    said(lacking, where[2:3], [Status.SECRET])
    seen = last(area_of(area, home, in_group(where[1], where[2], where[7])))
    assert (seen.place.rank, seen.place.counted) == (2, 3)


def test_a_group_in_which_only_home_has_a_value_says_first_of_one(area, where, home):
    other = Municipality.objects.create(code="9999", name="Utan uppgift")
    seen = last(area_of(area, home, in_group(other)), measure=1)
    assert (seen.place.rank, seen.place.counted, seen.difference(Look().national)) == (1, 1, 0)


@pytest.mark.parametrize("count", [1, 3])
def test_a_group_costs_two_queries_however_many_measures(
    area, where, home, count, django_assert_num_queries
):
    for n in range(count):
        kpi = KpiFactory()
        measure_of(kpi, area=area, position=n + 5)
        said(kpi, where, range(8))
    with django_assert_num_queries(6):  # measures, parts, breaks, values, standings of both
        area_of(area, home)
    with django_assert_num_queries(8):
        area_of(area, home, in_group(*where[1:4]))


# --- women and men -------------------------------------------------------------------------------


def test_women_and_men_are_each_ranked_among_the_same(area, where, home):
    kpi = area.measures.last().parts.get().kpi
    said(kpi, where, range(8), gender=Gender.WOMEN)
    said(kpi, where, range(8, 0, -1), gender=Gender.MEN)

    view = area_of(area, home, Look(split=Split.EACH))
    women, men = (last(view, 1, gender=gender) for gender in (Gender.WOMEN, Gender.MEN))

    assert (women.rank, women.band) == (8, Band.BAD)
    assert (men.rank, men.band) == (1, Band.GOOD)
    assert last(view, 1).value == 10  # the row itself is about all
    assert last(area_of(area, home, Look(split=Split.MEN)), 1).value == 8


def test_each_gender_has_its_place_in_a_group(area, where, home):
    kpi = area.measures.last().parts.get().kpi
    said(kpi, where, [5, 9, 1, 0, 0, 0, 0, 0], gender=Gender.WOMEN)
    look = Look(group=in_group(where[1], where[2]).group, split=Split.EACH)
    seen = last(area_of(area, home, look), 1, gender=Gender.WOMEN)
    assert (seen.place.rank, seen.place.counted, seen.place.mean) == (2, 3, 5)


# --- as it was on a day ----------------------------------------------------------------------------


@pytest.fixture
def country():
    return Municipality.objects.create(code="0000", name="Riket", kind=Kind.COUNTRY)


def test_as_it_was_is_what_was_shown_that_day(area, where, home, country):
    first, third = area.measures.first().parts.first().kpi, area.measures.last().parts.get().kpi
    said(third, [country], [44], on=MARCH)
    said(third, where, [3, 1, 2, 4, 5, 6, 7, 8], gender=Gender.WOMEN, on=MARCH)
    looks = [Look(), Look(split=Split.EACH), in_group(*where[2:5])]
    then = [facts_of(area_of(area, home, look)) for look in looks]

    said(first, where[:3], [1, Status.MISSING, 9], on=APRIL)
    said(first, where[:1], [3], on=MAY)  # revised once more
    said(third, [country], [55], on=APRIL)
    said(third, where[:1], [99], gender=Gender.WOMEN, on=APRIL)
    said(third, where, [1] * 8, year=2021, on=APRIL)  # a year that had not come

    for look, facts in zip(looks, then, strict=True):
        shown = area_of(area, home, Look(split=look.split, group=look.group, as_of=MARCH))
        assert facts_of(shown) == facts
        now = area_of(area, home, look)
        assert facts_of(now) != facts
    april = area_of(area, home, Look(as_of=APRIL))
    assert last(area_of(area, home, Look(as_of=APRIL, year=2020)), part=0).value == 1
    assert april.shown[-1] == 2021


def test_the_last_word_of_a_day_is_what_was_said_that_day(area, where, home):
    kpi = area.measures.last().parts.get().kpi
    said(kpi, where[:1], [11], on=APRIL)
    said(kpi, where[:1], [12], on=APRIL)
    said(kpi, where[:1], [13], on=MAY)
    assert last(area_of(area, home, Look(as_of=APRIL)), 1).value == 12


def test_before_anything_was_known_there_is_nothing_to_show(area, home):
    view = area_of(area, home, Look(as_of=MARCH - timedelta(days=1)))
    assert (view.years, view.shown) == ((), ())


def test_today_is_as_it_was_today(area, home):
    assert facts_of(area_of(area, home, Look(as_of=timezone.localdate()))) == facts_of(
        area_of(area, home)
    )


@pytest.mark.parametrize("count", [1, 3])
def test_as_it_was_costs_the_same_however_many_measures(
    area, where, home, country, count, django_assert_num_queries
):
    for n in range(count):
        kpi = KpiFactory()
        measure_of(kpi, area=area, position=n + 5)
        said(kpi, where, range(8), on=MARCH)
    # measures, parts, breaks, values, the country and its values, standings of both
    with django_assert_num_queries(8):
        area_of(area, home, Look(as_of=APRIL))
