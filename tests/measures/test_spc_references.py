"""The calculation held against three known programs, each with its own constant.

What the cases are is told in data/README.md.  Places count from 1 there, from 0 here.
"""

import csv
import gzip
import json
from dataclasses import replace
from math import isclose
from pathlib import Path

import pytest

from measures.spc import (
    BY_D2,
    BY_NHS,
    PLOT_THE_DOTS,
    Assurance,
    ChartKind,
    Observation,
    Rule,
    RuleSet,
    RunLimits,
    Settings,
    analyse,
    assurance,
    labels,
    run_limits,
)

DATA = Path(__file__).parent / "data"
CASES = json.loads(gzip.decompress((DATA / "spc_cases.json.gz").read_bytes()))
ENGINES = {
    "qicharts2": {"screening": False},
    "qicharts2_screened": {"screening": True},
    "qicharts2_run": {"kind": ChartKind.RUN},
    "ptd_unscreened": {"screening": False, "limit_factor": BY_NHS, "rules": RuleSet.NHS},
    "ptd_screened": {"screening": True, "limit_factor": BY_NHS, "rules": RuleSet.NHS},
    "qcc": {"screening": False, "rules": RuleSet.WESTERN},
}
TOGETHER = [(case, engine) for case in CASES for engine in case["engines"]]
# With screening on, the programs give a constant series no limits; ours are the centre line.
WITHOUT_LIMITS_THERE = {
    ("edge_i_constant", "qicharts2_screened"),
    ("edge_i_constant", "ptd_screened"),
}


def observations_of(case):
    sizes = case.get("n", [None] * len(case["y"]))
    excluded = {place - 1 for place in case.get("exclude", [])}
    with_sizes = "n" in case
    return [
        Observation(numerator=y, denominator=n, excluded=place in excluded)
        if with_sizes
        else Observation(y, excluded=place in excluded)
        for place, (y, n) in enumerate(zip(case["y"], sizes, strict=True))
    ]


def analysed(case, **settings):
    chosen = {"kind": ChartKind(case["kind"]), "limit_factor": BY_D2, "nhs": PLOT_THE_DOTS}
    return analyse(
        observations_of(case),
        Settings(**chosen | {"multiply": case.get("multiply", 1)} | settings),
        phase_starts=case.get("part", ()),
        baseline=case.get("freeze"),
        centre=case.get("cl"),
    )


def name(value):
    return value["id"] if isinstance(value, dict) else value


def is_same(found, expected):
    if found is None or expected is None:
        return found is expected
    return isclose(found, expected, rel_tol=1e-9, abs_tol=1e-12)


def assert_line(found, expected, what):
    assert len(found) == len(expected)
    for place, (ours, theirs) in enumerate(zip(found, expected, strict=True)):
        assert is_same(ours, theirs), (what, place, ours, theirs)


def along(analysis, line):
    return [value for phase in analysis.phases for value in getattr(phase, line)]


def test_there_are_fifty_cases():
    assert len(CASES) == 50


@pytest.mark.parametrize(("case", "engine"), TOGETHER, ids=name)
def test_values_centre_and_limits(case, engine):
    expected = case["engines"][engine]
    found = analysed(case, **ENGINES[engine])
    if "value" in expected:
        assert_line(found.values, expected["value"], "value")
    centres = [phase.centre for phase in found.phases for _place in phase.lower]
    assert_line(centres, expected["cl"], "centre")
    if (case["id"], engine) in WITHOUT_LIMITS_THERE:
        assert along(found, "lower") == along(found, "upper") == centres
        return
    lines = {"lower": "lcl", "upper": "ucl", "inner_lower": "lcl95", "inner_upper": "ucl95"}
    for ours, theirs in lines.items():
        if theirs in expected:
            assert_line(along(found, ours), expected[theirs], ours)


@pytest.mark.parametrize(
    ("case", "engine"), [pair for pair in TOGETHER if pair[1].startswith("qicharts2")], ids=name
)
def test_runs_and_points_outside(case, engine):
    expected = case["engines"][engine]
    found = analysed(case, **ENGINES[engine])
    for phase, part in zip(found.phases, expected["parts"], strict=True):
        _n, useful, longest, longest_max, crossings, crossings_min, is_signal = part
        assert phase.useful == useful
        assert phase.has_signal == is_signal
        if useful:
            assert (len(phase.longest.places), phase.crossings) == (longest, crossings)
            assert phase.limits == RunLimits(longest_max, crossings_min)
    out = sorted(s.places[0] + 1 for s in found.signals if s.rule is Rule.OUTSIDE)
    assert out == expected["outside"]


WORDS = {
    Rule.OUTSIDE: {1: "Above UCL", -1: "Below LCL"},
    Rule.TREND: {1: "7 Point Trend (Increasing)", -1: "7 Point Trend (Decreasing)"},
    Rule.TWO_OF_THREE: {1: "2 in 3 Above CL", -1: "2 in 3 Below CL"},
    Rule.SHIFT: {1: "7 Points Above CL", -1: "7 Points Below CL"},
}
ASSURANCES = {
    None: Assurance.NONE,
    "consistent_pass": Assurance.PASSES,
    "inconsistent": Assurance.HIT_OR_MISS,
    "consistent_fail": Assurance.FAILS,
}


def type_of(signal, higher_is_better):
    if higher_is_better is None:
        return f"special_cause_neutral_{'high' if signal.side > 0 else 'low'}"
    better = (signal.side > 0) == higher_is_better
    return f"special_cause_{'improvement' if better else 'concern'}"


@pytest.mark.parametrize(
    ("case", "engine"), [pair for pair in TOGETHER if pair[1].startswith("ptd")], ids=name
)
def test_what_each_point_is_called_by_the_nhs_rules(case, engine):
    expected = case["engines"][engine]
    found = analysed(case, **ENGINES[engine])
    better = case["better"]
    called = {
        str(place + 1): [WORDS[signal.rule][signal.side], type_of(signal, better)]
        for place, signal in labels(found.signals).items()
    }
    assert called == expected["type"]
    last = called.get(str(len(case["y"])), ["", "common_cause"])
    assert last[1] == expected["last"]
    held = assurance(found.last, case.get("target"), better, fewest=1)
    assert held is ASSURANCES[expected["assurance"]]


@pytest.mark.parametrize("case", [c for c in CASES if "qcc" in c["engines"]], ids=name)
def test_western_electric_finds_each_point_that_completes_a_pattern(case):
    expected = case["engines"]["qcc"]["western"]
    marked = marks(analysed(case, **ENGINES["qcc"]))
    for rule, column in WESTERN.items():
        assert {str(place) for place in expected[column]} <= marked.get(rule, {}).keys()


WESTERN = {
    Rule.OUTSIDE: "we1",
    Rule.TWO_OF_THREE: "we2",
    Rule.FOUR_OF_FIVE: "we3",
    Rule.EIGHT: "we4",
}
FLAGGED = [(case, engine) for case in CASES for engine in case["flags"]]


def marks(analysis):
    found = {}
    for signal in analysis.signals:
        for place in signal.places:
            found.setdefault(signal.rule, {})[str(place + 1)] = signal.side
    return found


@pytest.mark.parametrize(("case", "engine"), FLAGGED, ids=name)
def test_the_flags_of_the_nhs_rules(case, engine):
    expected = case["flags"][engine]
    settings = ENGINES[engine] | {"rules": RuleSet.NHS}
    by_plot_the_dots = marks(analysed(case, **settings))
    by_nhs_england = marks(
        analysed(case, **settings, nhs=replace(PLOT_THE_DOTS, outside_counts=True))
    )
    by_six = marks(analysed(case, **settings, nhs=replace(PLOT_THE_DOTS, trend=6)))
    assert by_plot_the_dots.get(Rule.OUTSIDE, {}) == expected.get("astronomical", {})
    assert by_plot_the_dots.get(Rule.SHIFT, {}) == expected.get("shift7", {})
    assert by_plot_the_dots.get(Rule.TREND, {}) == expected.get("trend7", {})
    assert by_six.get(Rule.TREND, {}) == expected.get("trend6", {})
    assert by_plot_the_dots.get(Rule.TWO_OF_THREE, {}) == expected.get("two_of_three_nhs", {})
    assert by_nhs_england.get(Rule.TWO_OF_THREE, {}) == expected.get("two_of_three_mdc2023", {})


@pytest.mark.parametrize(("case", "engine"), FLAGGED, ids=name)
def test_the_flags_of_western_electric(case, engine):
    found = marks(analysed(case, **ENGINES[engine], rules=RuleSet.WESTERN))
    for rule, column in WESTERN.items():
        assert found.get(rule, {}) == case["flags"][engine].get(column, {}), column


def test_the_limits_of_runs_are_those_of_the_tables():
    with (DATA / "anhoej_limits.csv").open() as table:
        rows = list(csv.DictReader(table))
    assert len(rows) == 200
    for row in rows:
        expected = RunLimits(int(row["longest_run_max"]), int(row["crossings_min"]))
        assert run_limits(int(row["useful"])) == expected, row
