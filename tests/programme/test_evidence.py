"""How far a work has come is counted from what can be shown."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from measures.chart import Verdict
from programme.evidence import MOST_POINTS, Facts, progress_of
from programme.models import Phase
from programme.queries.evidence import progress_of_works
from tests.factories import cycle_in, started_work

EVERYTHING = Facts(
    has_aim=True,
    values=24,
    values_in_phase=12,
    verdict=Verdict.CHANCE,
    rebased_on=date(2026, 3, 1),
    reached=True,
    cycles=3,
    linked=2,
)
FACTS = st.builds(
    Facts,
    has_aim=st.booleans(),
    values=st.integers(0, 60),
    values_in_phase=st.integers(0, 60),
    verdict=st.sampled_from(["", *Verdict]),
    rebased_on=st.none() | st.just(date(2026, 3, 1)),
    reached=st.booleans(),
    cycles=st.integers(0, 9),
    linked=st.integers(0, 9),
    kept_on=st.none() | st.just(date(2026, 9, 1)),
)


def test_a_work_that_has_just_begun_has_nothing_to_show():
    progress = progress_of(Facts())
    assert progress.score == 0
    assert len(progress.missing) == MOST_POINTS


def test_a_work_that_reached_its_aim_and_held_it_has_all():
    assert progress_of(EVERYTHING).score == MOST_POINTS


@pytest.mark.parametrize(
    ("change", "lost"),
    [
        ({"has_aim": False}, ["aim"]),
        ({"values": 9}, ["data"]),
        ({"cycles": 1}, ["tests"]),
        ({"linked": 0}, ["tests"]),
        ({"rebased_on": None}, ["signal", "lasting"]),
        ({"reached": False}, ["lasting"]),
        ({"values_in_phase": 9}, ["lasting"]),
        ({"verdict": Verdict.WORSE}, ["lasting"]),
    ],
)
def test_each_point_hangs_on_its_own_evidence(change, lost):
    assert [p.name for p in progress_of(replace(EVERYTHING, **change)).missing] == lost


def test_a_chart_that_shows_an_improvement_is_enough_of_a_signal():
    signal = progress_of(Facts(verdict=Verdict.BETTER)).points[3]
    assert signal.is_met


def test_a_follow_up_that_says_it_is_kept_shows_that_it_lasts():
    assert progress_of(Facts(kept_on=date(2026, 9, 1))).points[4].is_met


@given(FACTS)
def test_the_same_facts_give_the_same_points(facts):
    assert progress_of(facts) == progress_of(replace(facts))
    assert 0 <= progress_of(facts).score <= MOST_POINTS


@given(FACTS, st.integers(1, 9))
def test_more_values_and_more_tests_never_take_a_point_away(facts, more):
    grown = replace(facts, values=facts.values + more, cycles=facts.cycles + more)
    assert progress_of(grown).score >= progress_of(facts).score


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3])
def test_many_works_cost_the_same(unit, leader, count, django_assert_num_queries):
    works = [started_work(at=unit, leader=leader) for _ in range(count)]
    cycle_in(works[0], Phase.CLOSED, by=leader)
    with django_assert_num_queries(4):
        progress = progress_of_works(works)
    assert progress[works[0].pk].points[0].is_met
    assert progress[works[0].pk].score == 1
