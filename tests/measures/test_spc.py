"""Run charts: the published rules, the reference cases, and what must hold for every series.

The cases and limits were worked out with the R package qicharts2 0.8.1.
"""

import csv
import json
from itertools import pairwise
from math import isclose
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from measures.spc import Run, RunLimits, run_chart, run_limits

HERE = Path(__file__).parent
CASES = json.loads((HERE / "run_chart_cases.json").read_text())


def test_the_limits_are_those_of_the_tables():
    with (HERE / "anhoej_limits.csv").open() as table:
        for row in csv.DictReader(table):
            expected = RunLimits(int(row["longest_run_max"]), int(row["crossings_min"]))
            assert run_limits(int(row["useful"])) == expected, row


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_reference_case(case):
    phases = run_chart(
        case["values"],
        phase_starts=case["part"],
        excluded={place - 1 for place in case["exclude"]},
        baseline=case["freeze"],
        centre=case["cl"],
    )

    assert len(phases) == len(case["parts"])
    for phase, part in zip(phases, case["parts"], strict=True):
        expected_centre = case["centre"][phase.start]
        assert isclose(phase.centre, expected_centre, rel_tol=1e-9, abs_tol=1e-12)
        assert phase.useful == part["n_useful"]
        if part["n_useful"]:
            found = (len(phase.longest.places), phase.crossings)
            assert found == (part["longest_run"], part["n_crossings"])
            assert phase.limits == RunLimits(part["longest_run_max"], part["n_crossings_min"])
        assert phase.has_signal == bool(part["runs_signal"])


values = st.lists(st.one_of(st.none(), st.integers(-50, 50)), max_size=60)


@given(values)
def test_half_lies_on_each_side_of_the_median(series):
    for phase in run_chart(series):
        counted = [v for v in series if v is not None]
        if phase.centre is not None:
            assert sum(v < phase.centre for v in counted) <= len(counted) / 2
            assert sum(v > phase.centre for v in counted) <= len(counted) / 2


@given(values, st.integers(1, 9), st.integers(-100, 100))
def test_unit_and_zero_do_not_matter(series, scale, shift):
    moved = [None if v is None else v * scale + shift for v in series]
    for one, other in zip(run_chart(series), run_chart(moved), strict=True):
        assert one.runs == other.runs


@given(values)
def test_upside_down_is_the_mirror_image(series):
    mirrored = [None if v is None else -v for v in series]
    for one, other in zip(run_chart(series), run_chart(mirrored), strict=True):
        assert one.runs == tuple(Run(run.places, -run.side) for run in other.runs)
        assert one.direction == -other.direction


@given(values, st.sets(st.integers(0, 59)))
def test_the_phases_cover_the_series_and_do_not_meet(series, starts):
    phases = run_chart(series, phase_starts=[s for s in starts if s < len(series)])
    covered = [place for phase in phases for place in range(phase.start, phase.stop)]
    assert covered == list(range(len(series)))


@given(values, st.sets(st.integers(0, 59)))
def test_excluding_a_point_is_as_if_it_were_missing(series, excluded):
    without = [None if place in excluded else v for place, v in enumerate(series)]
    assert run_chart(series, excluded=excluded) == run_chart(without)


@given(values)
def test_the_runs_hold_every_useful_point_once_and_change_side_each_time(series):
    for phase in run_chart(series):
        places = [place for run in phase.runs for place in run.places]
        assert places == sorted(set(places))
        assert len(places) == phase.useful
        sides = [run.side for run in phase.runs]
        assert all(one == -other for one, other in pairwise(sides))


@given(values)
def test_only_a_signal_has_a_direction(series):
    for phase in run_chart(series):
        assert phase.has_signal or phase.direction == 0


UP, DOWN = [9], [1]


@pytest.mark.parametrize(
    ("series", "direction"),
    [
        ([*UP * 2, *DOWN * 2] * 3, 0),  # chance
        ([*UP * 4, *DOWN, *UP, *DOWN * 8], -1),  # a shift that lasts
        ([*DOWN * 8, *UP * 2, *DOWN, *UP * 4], 1),  # a shift that was left
        ([*DOWN * 2, *UP * 2, *DOWN * 2, *UP * 9, *DOWN * 2, *UP * 2, *DOWN * 3], 0),  # in between
        ([1, 2, 3, 4, 5, 7, 8, 9, 10, 11], 1),  # one crossing
    ],
)
def test_where_the_values_have_gone(series, direction):
    (phase,) = run_chart(series, centre=6)
    assert phase.direction == direction


def test_a_point_that_misses_the_median_by_float_noise_lies_on_it():
    (phase,) = run_chart([0.1, 0.2, 0.15])
    (around_noise,) = run_chart([0.3, 0.3, 0.3], centre=0.1 + 0.2)
    assert phase.useful == 2
    assert around_noise.useful == 0


def test_a_shift_early_on_is_not_taken_for_how_it_is_now():
    """The longest run lies above, but the values have come down since."""
    (phase,) = run_chart([*UP * 10, *DOWN * 4, *UP, *DOWN * 7], centre=6)
    assert phase.longest.side == 1
    assert phase.direction == -1


def test_nothing_is_judged_on_nothing():
    assert run_chart([]) == ()
    (phase,) = run_chart([None, None])
    assert (phase.centre, phase.useful, phase.has_signal) == (None, 0, False)
