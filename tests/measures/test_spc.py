"""Run charts: the published rules, the reference cases, and what must hold for every series.

The cases and limits were worked out with the R package qicharts2 0.8.1.
"""

import csv
import json
from math import isclose
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from measures.spc import RunLimits, run_chart, run_limits

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
            assert (len(phase.run), phase.crossings) == (part["longest_run"], part["n_crossings"])
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
        assert (one.run, one.side, one.crossings) == (other.run, other.side, other.crossings)


@given(values)
def test_upside_down_is_the_mirror_image(series):
    mirrored = [None if v is None else -v for v in series]
    for one, other in zip(run_chart(series), run_chart(mirrored), strict=True):
        assert (one.run, one.side) == (other.run, -other.side)


@given(values, st.sets(st.integers(0, 59)))
def test_the_phases_cover_the_series_and_do_not_meet(series, starts):
    phases = run_chart(series, phase_starts=[s for s in starts if s < len(series)])
    covered = [place for phase in phases for place in range(phase.start, phase.stop)]
    assert covered == list(range(len(series)))


@given(values, st.sets(st.integers(0, 59)))
def test_excluding_a_point_is_as_if_it_were_missing(series, excluded):
    without = [None if place in excluded else v for place, v in enumerate(series)]
    assert run_chart(series, excluded=excluded) == run_chart(without)


def test_nothing_is_judged_on_nothing():
    assert run_chart([]) == ()
    (phase,) = run_chart([None, None])
    assert (phase.centre, phase.useful, phase.has_signal) == (None, 0, False)
