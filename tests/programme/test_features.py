"""The four key features of testing.  Pure: no database, but for many works at once."""

import datetime as dt

import pytest

from programme.guidance import Measured
from programme.guidance.features import features_of
from programme.models import Cycle, Outcome, Phase, Scale
from programme.queries.features import features_of_works
from tests.factories import TODAY, cycle_in, started_work


def cycle(number=1, status=Phase.CLOSED, **fields):
    said = {"pk": number, "prediction": "8 av 10", "learning": "Ljus", "outcome": Outcome.ADOPT}
    return Cycle(number=number, status=status, **(said | fields))


def days(*gaps):
    day, found = TODAY, [TODAY]
    for gap in gaps:
        day += dt.timedelta(days=gap)
        found.append(day)
    return tuple(found)


def met(cycles=(), measures=()):
    return {feature.name for feature in features_of(list(cycles), list(measures)) if feature.is_met}


def test_without_anything_none_is_met_and_each_says_why():
    features = features_of([], [])
    assert features.count == 0
    assert all(feature.evidence for feature in features)


def test_cycles_are_linked_by_learning():
    two = [cycle(1), cycle(2, previous_id=1)]
    assert "linked" in met(two)
    assert "linked" not in met([cycle(1), cycle(2)])
    assert "linked" not in met([cycle(1, learning=" "), cycle(2, previous_id=1)])
    assert "linked" not in met([cycle(1), cycle(2, Phase.PLAN, previous_id=1)])


@pytest.mark.parametrize(
    ("scale", "is_small"),
    [(Scale.ONE_PERSON, True), (Scale.ONE_DAY, True), (Scale.ONE_UNIT, False), (Scale.ALL, False)],
)
def test_the_first_test_is_small(scale, is_small):
    assert ("small_first" in met([cycle(1, scale=scale), cycle(2, scale=Scale.ALL)])) == is_small


def test_every_test_is_predicted():
    assert "predicted" in met([cycle(1), cycle(2)])
    assert "predicted" not in met([cycle(1), cycle(2, prediction="")])
    assert "predicted" not in met([cycle(1, Phase.PLAN)])


@pytest.mark.parametrize(
    ("measured", "is_met"),
    [
        (Measured("monthly", days(30, 31)), True),
        (Measured("weekly", days(7, 7, 60)), True),  # one summer's gap is not a habit
        (Measured("monthly", days(30)), False),
        (Measured("monthly", days(90, 90, 90)), False),
        (Measured("quarterly", days(28, 28, 28)), True),  # what is done counts, not what was said
    ],
)
def test_data_over_time_each_month_or_more_often(measured, is_met):
    assert ("over_time" in met([], [measured])) == is_met


@pytest.mark.django_db
def test_many_works_at_once_cost_two_queries(unit, leader, django_assert_num_queries):
    works = [started_work(at=unit, leader=leader) for _ in range(3)]
    cycle_in(works[1], Phase.DO, by=leader)
    with django_assert_num_queries(2):
        found = features_of_works(works)
    assert [found[work.pk].count for work in works] == [0, 2, 0]
