"""The units of a municipality beside each other: places among themselves, and small numbers."""

import pytest

from measures.models import Gender, Good, Status
from measures.queries.one_unit import own_units_of, reddest_of
from measures.queries.units import places, unit_table, unit_values
from organisation.permissions import Role
from tests.factories import (
    KpiFactory,
    UnitFactory,
    employee,
    home_of,
    measure_of,
    municipalities,
    person_with,
    service_units,
    unit_said,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def here():
    return municipalities(2)[0]


@pytest.fixture
def schools(here):
    return service_units(here, "Norra skolan", "Södra skolan", "Västra skolan", "Östra skolan")


# --- among each other ---------------------------------------------------------------------------


def test_the_best_and_the_worst_are_among_our_own():
    found = places(Good.HIGH, {1: 80.0, 2: 90.0, 3: 70.0, 4: None})
    assert [(found[n].rank, found[n].counted) for n in (1, 2, 3)] == [(2, 3), (1, 3), (3, 3)]
    assert (found[2].is_best, found[3].is_worst) == (True, True)
    assert 4 not in found


def test_where_low_is_good_the_lowest_is_best():
    found = places(Good.LOW, {1: 80.0, 2: 90.0, 3: 70.0})
    assert (found[3].rank, found[3].is_best, found[2].is_worst) == (1, True, True)


def test_equals_share_the_better_rank():
    found = places(Good.HIGH, {1: 90.0, 2: 90.0, 3: 70.0})
    assert [found[n].rank for n in (1, 2, 3)] == [1, 1, 3]


@pytest.mark.parametrize(
    ("good", "values"),
    [
        (Good.NEITHER, {1: 1.0, 2: 2.0, 3: 3.0}),
        (Good.HIGH, {1: 1.0, 2: 2.0}),
    ],
)
def test_without_a_direction_or_with_two_units_there_is_no_best(good, values):
    assert places(good, values) == {}


def test_where_all_are_alike_nobody_is_worst():
    assert not any(
        p.is_best or p.is_worst for p in places(Good.LOW, dict.fromkeys("abc", 5.0)).values()
    )


# --- small numbers ------------------------------------------------------------------------------


def test_what_too_few_answered_is_secret_also_when_the_limit_is_raised_later(
    here, schools, settings
):
    kpi = KpiFactory()
    unit_said(kpi, schools, [80, 70, 60, 50], answers=8)
    assert unit_values(kpi, here)[0].text(2020) == "80,0"

    settings.SMALLEST_GROUP = 10

    assert [series.text(2020) for series in unit_values(kpi, here)] == [".."] * 4
    assert unit_table([kpi], here).mean(kpi, 2020) is None
    assert unit_table([kpi], here).places(kpi, 2020) == {}


def test_where_one_gender_is_secret_so_is_the_other(here, schools):
    kpi = KpiFactory()
    unit_said(kpi, schools[:1], [80], answers=20)
    unit_said(kpi, schools[:1], [82], gender=Gender.WOMEN, answers=17)
    unit_said(kpi, schools[:1], [Status.SECRET], gender=Gender.MEN, answers=3)
    texts = {g: [s.text(2020) for s in unit_values(kpi, here, gender=g)] for g in Gender}
    assert texts == {Gender.ALL: ["80,0"], Gender.WOMEN: [".."], Gender.MEN: [".."]}


def test_a_unit_keeps_the_sign_for_why_there_is_no_value(here, schools):
    kpi = KpiFactory()
    unit_said(kpi, schools, [80, Status.MISSING, Status.SECRET, Status.NOT_APPLICABLE])
    assert [s.text(2020) for s in unit_values(kpi, here)] == ["80,0", "-", "..", "."]


# --- series -------------------------------------------------------------------------------------


def series_of(kpi, here, school, values):
    for year, value in values.items():
        unit_said(kpi, [school], [value], year=year)
    return unit_values(kpi, here)[0]


def test_two_years_in_a_row_is_a_turn_and_one_is_a_change(here, schools):
    kpi = KpiFactory(good=Good.LOW)
    series = series_of(kpi, here, schools[0], {2018: 5, 2019: 6, 2020: 7})
    assert (series.turn(2020), series.change(2020)) == (-1, -1)
    assert (series.turn(2019), series.change(2019)) == (0, -1)


def test_nothing_is_compared_across_a_break_in_the_series(here, schools):
    kpi = KpiFactory()
    kpi.breaks.create(year=2020, why="Ny enkät.")
    series = series_of(kpi, here, schools[0], {2018: 50, 2019: 60, 2020: 90})
    assert (series.turn(2020), series.change(2020)) == (0, 0)
    assert series.line(2020) == [None, None, None, None, 90.0]
    assert series.line(2019)[-2:] == [50.0, 60.0]


def test_two_measures_are_never_one_series(here, schools):
    former, later = KpiFactory(), KpiFactory()
    former.successor = later
    former.save()
    unit_said(former, schools[:1], [50], year=2019)
    unit_said(later, schools[:1], [90], year=2020)
    [series] = unit_values(later, here)
    assert (list(series.outcomes), series.change(2020)) == ([2020], 0)


def test_only_the_units_of_the_municipality_are_shown(schools, here):
    kpi = KpiFactory()
    elsewhere = service_units(municipalities(1)[0], "Grannskolan")
    unit_said(kpi, [*schools[:1], *elsewhere], [80, 90])
    assert [series.unit for series in unit_values(kpi, here)] == schools[:1]


# --- one's own ----------------------------------------------------------------------------------


@pytest.fixture
def tree(here, schools):
    """The organisation, an area of schools, and the northern school in it, with a class."""
    home = home_of(here)
    area = UnitFactory(parent=home)
    school = UnitFactory(parent=area)
    schools[0].unit = school
    schools[0].save()
    return home, area, school, UnitFactory(parent=school)


def test_own_is_what_one_heads_and_where_one_works(tree, schools):
    home, area, school, team = tree
    other = UnitFactory(parent=area)
    assert own_units_of(person_with(Role.MANAGER, at=area)) == schools[:1]
    assert own_units_of(employee(at=team)) == schools[:1]
    assert own_units_of(employee(at=school)) == schools[:1]
    assert own_units_of(employee(at=other)) == []
    assert own_units_of(employee(at=home)) == []
    assert own_units_of(person_with(Role.QUALITY_LEAD, at=home)) == []


def test_the_reddest_of_the_own_unit_come_first(tree, schools):
    good, low, falling = KpiFactory(), KpiFactory(), KpiFactory()
    measure_of(good, low, falling)
    unit_said(good, schools, [90, 80, 70, 60])
    unit_said(low, schools, [50, 80, 70, 60])
    for year, value in {2018: 90, 2019: 85, 2020: 82}.items():
        unit_said(falling, schools, [value, 80, 70, 60], year=year)

    found = reddest_of(person_with(Role.MANAGER, at=tree[2]), 5)

    assert [(red.kpi, red.turn) for red in found] == [(low, 0), (falling, -1)]
    assert (found[0].place.rank, found[0].value_text) == (4, "50,0\N{NO-BREAK SPACE}%")


def test_what_is_long_past_is_no_call_to_act(tree, schools):
    old, new = KpiFactory(), KpiFactory()
    measure_of(old, new)
    unit_said(old, schools, [1, 2, 3, 4], year=2012)
    unit_said(new, schools, [4, 3, 2, 1], year=2020)
    assert reddest_of(person_with(Role.MANAGER, at=tree[2]), 5) == []


@pytest.mark.parametrize("count", [1, 3])
def test_the_reddest_cost_the_same_however_many(tree, schools, count, django_assert_num_queries):
    for _ in range(count):
        kpi = KpiFactory()
        measure_of(kpi)
        unit_said(kpi, schools, [1, 2, 3, 4])
    manager = person_with(Role.MANAGER, at=tree[2])
    # roles, employments, own units, home unit, municipality, parts, own measures, breaks, own
    # values, the others', the municipality's
    with django_assert_num_queries(11):
        assert len(reddest_of(manager, 5)) == count
