"""Goals: who may set them, and whether an outcome reached them."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from foundation.errors import Refused
from foundation.models import Event
from measures.actions import goals
from measures.models import Goal, Good
from measures.queries.goals import goals_for, is_reached
from organisation.permissions import Role
from tests.factories import (
    KpiFactory,
    UnitFactory,
    home_of,
    measure_of,
    municipalities,
    person_with,
)

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 9, 15)


@pytest.fixture
def whole():
    return home_of(municipalities(1)[0])


@pytest.fixture
def school(whole):
    return UnitFactory(name="Skolan", parent=whole)


@pytest.fixture
def lead(whole):
    return person_with(Role.QUALITY_LEAD, at=whole)


@pytest.fixture
def manager(school):
    return person_with(Role.MANAGER, at=school)


def aim(unit, **fields):
    usual = {"kpi": fields.get("kpi"), "year": 2027, "value": Decimal(90)}
    if not fields.get("measure") and not fields.get("kpi"):
        usual["kpi"] = KpiFactory()
    return goals.Aim(unit=unit, **{**usual, **fields})


def test_a_quality_lead_sets_goals_for_all_and_a_manager_for_the_own_unit(
    whole, school, lead, manager
):
    goals.add(aim=aim(whole, note="Kommunfullmäktige 2026-02-03 § 12"), on=TODAY, by=lead)
    goals.add(aim=aim(school), on=TODAY, by=lead)
    goals.add(aim=aim(school), on=TODAY, by=manager)
    assert Goal.objects.count() == 3


def test_a_manager_sets_none_for_others(whole, manager):
    for unit in (whole, UnitFactory(parent=whole)):
        with pytest.raises(Refused, match="chef"):
            goals.add(aim=aim(unit), on=TODAY, by=manager)
    assert not Goal.objects.exists()


def test_who_is_neither_sets_none(whole, school):
    other = person_with(Role.DECIDER, at=whole)
    goal = Goal.objects.create(kpi=KpiFactory(), unit=school, year=2027, value=1, set_by=other)
    for attempt in (
        lambda: goals.add(aim=aim(school), on=TODAY, by=other),
        lambda: goals.change(goal_id=goal.pk, aim=aim(school), on=TODAY, by=other),
        lambda: goals.remove(goal_id=goal.pk, by=other),
    ):
        with pytest.raises(Refused):
            attempt()
    assert not Event.objects.filter(kind__startswith="goal").exists()


def test_the_same_goal_twice_is_one_and_another_is_refused(whole, lead):
    wanted = aim(whole)
    first = goals.add(aim=wanted, on=TODAY, by=lead)
    assert goals.add(aim=wanted, on=TODAY, by=lead) == first
    with pytest.raises(Refused, match="2027"):
        goals.add(aim=replace(wanted, value=Decimal(95)), on=TODAY, by=lead)


@pytest.mark.parametrize(
    "wrong",
    [
        {"year": 1900},
        {"year": 2100},
        {"value": Decimal("1e11")},
        {"value": Decimal("NaN")},
        {"note": "811228-9874"},
    ],
)
def test_what_is_no_goal_is_refused(whole, lead, wrong):
    with pytest.raises(Refused):
        goals.add(aim=aim(whole, **wrong), on=TODAY, by=lead)


def test_a_goal_is_for_one_thing(whole, lead):
    measure = measure_of(KpiFactory())
    for things in ({"measure": measure, "kpi": KpiFactory()}, {"measure": None, "kpi": None}):
        with pytest.raises(Refused):
            goals.add(
                aim=goals.Aim(unit=whole, year=2027, value=Decimal(1), **things), on=TODAY, by=lead
            )


def test_a_change_is_written_down_with_what_it_was(whole, lead):
    wanted = aim(whole)
    goal = goals.add(aim=wanted, on=TODAY, by=lead)
    for _ in "12":
        goals.change(goal_id=goal.pk, aim=replace(wanted, value=Decimal("92.5")), on=TODAY, by=lead)
    [event] = Event.objects.filter(kind="goal.change")
    assert event.data["changed"] == {"value": ["90", "92.5"]}


def test_a_goal_is_not_moved_onto_another_nor_to_a_unit_of_others(whole, school, lead, manager):
    wanted = aim(school)
    goal = goals.add(aim=wanted, on=TODAY, by=manager)
    goals.add(aim=replace(wanted, year=2028), on=TODAY, by=manager)
    with pytest.raises(Refused, match="2028"):
        goals.change(goal_id=goal.pk, aim=replace(wanted, year=2028), on=TODAY, by=manager)
    with pytest.raises(Refused):
        goals.change(goal_id=goal.pk, aim=replace(wanted, unit=whole), on=TODAY, by=manager)


def test_a_goal_is_taken_away_and_the_journal_keeps_it(whole, lead):
    goal = goals.add(aim=aim(whole), on=TODAY, by=lead)
    for _ in "12":
        goals.remove(goal_id=goal.pk, by=lead)
    assert not Goal.objects.exists()
    assert Event.objects.get(kind="goal.remove").data["value"] == "90"


# --- beside the outcome --------------------------------------------------------------------------


def test_the_goal_of_ones_own_unit_goes_before_that_of_all(whole, school, lead):
    kpi = KpiFactory()
    measure = measure_of(kpi)
    of_all = goals.add(aim=aim(whole, kpi=kpi), on=TODAY, by=lead)
    of_school = goals.add(aim=aim(school, kpi=kpi), on=TODAY, by=lead)
    other = goals.add(aim=aim(UnitFactory(parent=whole), kpi=kpi), on=TODAY, by=lead)
    of_measure = goals.add(aim=aim(whole, measure=measure), on=TODAY, by=lead)
    room = UnitFactory(parent=school)
    found = goals_for([measure.pk], [kpi.pk], [room])
    assert found.for_kpi(kpi.pk, 2027) == of_school
    assert other not in found.of_kpis[kpi.pk, 2027]
    assert found.for_measure(measure.pk, 2027) == of_measure
    assert goals_for([], [kpi.pk]).for_kpi(kpi.pk, 2027) == of_all
    assert found.for_kpi(kpi.pk, 2026) is None
    assert not goals_for([], [KpiFactory().pk])


@pytest.mark.parametrize("count", [1, 3])
def test_one_query_whatever_the_number(whole, lead, count, django_assert_num_queries):
    kpis = [KpiFactory() for _ in range(count)]
    for kpi in kpis:
        goals.add(aim=aim(whole, kpi=kpi), on=TODAY, by=lead)
    with django_assert_num_queries(1):
        found = goals_for([], [kpi.pk for kpi in kpis], [whole])
        assert [goal.unit.name for goal in found.of_kpis[kpis[0].pk, 2027]] == [whole.name]


@pytest.mark.parametrize(
    ("goal", "outcome", "good", "decimals", "reached"),
    [
        ("90", 90.0, Good.HIGH, 0, True),
        ("90", 89.5, Good.HIGH, 0, True),  # it is shown as 90
        ("90", 89.4, Good.HIGH, 0, False),
        ("90.0", 89.5, Good.HIGH, 1, False),
        ("89.6", 89.5, Good.HIGH, 0, False),  # the goal has more decimals than what is shown
        ("5", 4.9, Good.LOW, 1, True),
        ("5", 5.0, Good.LOW, 1, True),
        ("5", 5.1, Good.LOW, 1, False),
        ("1000", 1000.4, Good.LOW, 0, True),
        ("5", 5.0, Good.NEITHER, 0, None),
        ("5", None, Good.HIGH, 0, None),
    ],
)
def test_an_outcome_counts_as_it_is_shown(goal, outcome, good, decimals, reached):
    assert is_reached(Decimal(goal), outcome, good, decimals) is reached
