"""What must hold for every series, whatever its values; known programs: test_spc_references.py."""

from itertools import pairwise
from math import inf, isclose, nan

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from measures.spc import (
    Assurance,
    ChartKind,
    Doubt,
    Firmness,
    Observation,
    Rule,
    RuleSet,
    Run,
    Settings,
    Signal,
    analyse,
    assurance,
    labels,
    moving_ranges,
    on_the_ladder,
    run_chart,
    warnings,
)

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


# --- control charts -----------------------------------------------------------------------------

plain = st.one_of(st.none(), st.integers(-50, 50)).map(Observation)
counted = st.builds(
    lambda n, d: Observation(numerator=None if n is None else min(n, d or 0), denominator=d),
    st.one_of(st.none(), st.integers(0, 60)),
    st.one_of(st.none(), st.integers(0, 60)),
)
of_kind = {kind: counted if kind.has_denominator else plain for kind in ChartKind}
kinds, rule_sets = st.sampled_from(ChartKind), st.sampled_from(RuleSet)
settings_of = st.builds(Settings, kind=kinds, rules=rule_sets, screening=st.booleans())
LINES = ("lower", "upper", "inner_lower", "inner_upper")


@st.composite
def series_with_settings(draw):
    settings = draw(settings_of)
    return draw(st.lists(of_kind[settings.kind], max_size=40)), settings


def as_shown(phase):
    """What a phase says, its places counted from its start."""
    signals = [(s.rule, tuple(p - phase.start for p in s.places), s.side) for s in phase.signals]
    return (
        phase.centre,
        phase.points,
        phase.useful,
        signals,
        *(getattr(phase, line) for line in LINES),
    )


@given(series_with_settings(), st.sets(st.integers(1, 39), max_size=3))
def test_phases_are_judged_as_if_each_stood_alone(drawn, starts):
    series, settings = drawn
    together = analyse(series, settings, phase_starts=sorted(starts))
    for phase in together.phases:
        part = series[phase.start : phase.stop]
        (alone,) = analyse(part, settings).phases
        assert as_shown(phase) == as_shown(alone)


@given(st.lists(plain, max_size=40), st.sampled_from(RuleSet), st.booleans())
def test_upside_down_an_i_chart_is_its_mirror_image(series, rules, screening):
    settings = Settings(ChartKind.I, rules, screening)
    mirrored = [Observation(None if o.value is None else -o.value) for o in series]
    for one, other in zip(
        analyse(series, settings).phases, analyse(mirrored, settings).phases, strict=True
    ):
        turned = [Signal(s.rule, s.places, -s.side) for s in other.signals]
        assert set(one.signals) == set(turned)
        assert one.upper == tuple(None if low is None else -low for low in other.lower)


@given(
    st.lists(plain, max_size=40), st.sampled_from(RuleSet), st.integers(1, 8), st.integers(-9, 9)
)
def test_unit_and_zero_do_not_matter_to_an_i_chart(series, rules, scale, shift):
    settings = Settings(ChartKind.I, rules)
    moved = [Observation(None if o.value is None else o.value * scale + shift) for o in series]
    for one, other in zip(
        analyse(series, settings).phases, analyse(moved, settings).phases, strict=True
    ):
        assert one.signals == other.signals


@given(series_with_settings(), st.sampled_from([100.0, 1000.0]))
def test_multiplying_changes_the_unit_and_nothing_else(drawn, factor):
    series, settings = drawn
    scaled = Settings(settings.kind, settings.rules, settings.screening, multiply=factor)
    for one, other in zip(
        analyse(series, settings).phases, analyse(series, scaled).phases, strict=True
    ):
        assert one.signals == other.signals
        for line in LINES:
            for before, after in zip(getattr(one, line), getattr(other, line), strict=True):
                assert (before is None) == (after is None)
                assert before is None or isclose(before * factor, after, abs_tol=1e-9)


@given(series_with_settings(), st.sets(st.integers(0, 39)))
def test_an_excluded_point_is_not_in_the_lines_nor_the_runs(drawn, excluded):
    series, settings = drawn
    marked = [
        Observation(o.value, o.numerator, o.denominator, excluded=place in excluded)
        for place, o in enumerate(series)
    ]
    kept = [o for place, o in enumerate(series) if place not in excluded]
    assume(kept)
    (with_ghosts,), (without,) = analyse(marked, settings).phases, analyse(kept, settings).phases
    assert with_ghosts.centre == without.centre
    assert [len(run.places) for run in with_ghosts.runs] == [len(r.places) for r in without.runs]
    ours = {place: line for place, line in enumerate(with_ghosts.upper) if place not in excluded}
    assert tuple(ours.values()) == without.upper


@given(series_with_settings())
def test_limits_enclose_the_centre_and_stay_where_values_can_be(drawn):
    series, settings = drawn
    for phase in analyse(series, settings).phases:
        lines = zip(*(getattr(phase, line) for line in LINES), strict=True)
        for lower, upper, inner_lower, inner_upper in lines:
            if lower is None:
                continue
            assert lower <= inner_lower <= inner_upper <= upper
            if settings.kind is not ChartKind.G:  # whose line is the median
                assert lower - 1e-9 <= phase.centre <= upper + 1e-9
            if settings.kind is not ChartKind.I:
                assert lower >= 0
            if settings.kind in {ChartKind.P, ChartKind.P_PRIME}:
                assert upper <= 1


@given(series_with_settings(), st.integers(1, 40))
def test_a_frozen_baseline_is_all_that_the_lines_know(drawn, baseline):
    series, settings = drawn
    for frozen, alone in zip(
        analyse(series, settings, baseline=baseline).phases,
        analyse(series[:baseline], settings).phases,
        strict=True,
    ):
        assert frozen.centre == alone.centre
        assert frozen.base == alone.points
        assert frozen.upper[:baseline] == alone.upper


anything = st.one_of(st.none(), st.sampled_from([0, -1, nan, inf, -inf, 1e15]), st.integers(-9, 99))


@given(
    st.lists(st.builds(Observation, anything, anything, anything, st.booleans()), max_size=30),
    settings_of,
    st.lists(st.integers(-3, 40), max_size=3),
    st.one_of(st.none(), st.integers(0, 40)),
)
def test_nothing_that_can_be_written_down_is_too_much(series, settings, starts, baseline):
    on = {"phase_starts": starts, "baseline": baseline}
    analysis = analyse(series, settings, **on)
    assert len(analysis.values) == len(series)
    assert sum(phase.stop - phase.start for phase in analysis.phases) == len(series)
    on_the_ladder(series, settings, **on)
    moving_ranges(series, settings, **on)
    warnings(series, settings, analysis, **on)
    labels(analysis.signals)


# --- what the words of the rules mean -----------------------------------------------------------


def rules_found(values, settings, **fields):
    seen = [v if isinstance(v, Observation) else Observation(v) for v in values]
    return {signal.rule: signal for signal in analyse(seen, settings, **fields).signals}


NHS, WESTERN = Settings(ChartKind.I, RuleSet.NHS), Settings(ChartKind.I, RuleSet.WESTERN)


def test_a_gap_ends_a_shift_and_a_trend():
    steady = [50, 53, 48, 51, 47, 52, 49, 54, 46]
    assert Rule.TREND in rules_found([*steady, 40, 42, 44, 46, 48, 50, 52], NHS)
    assert Rule.TREND not in rules_found([*steady, 40, 42, 44, None, 46, 48, 50, 52], NHS)


def test_a_point_on_the_mean_ends_a_shift_by_the_nhs_rules_but_not_a_run_by_anhoej():
    values = [*[4] * 4, 5, *[4] * 4, 5, *[6] * 8]
    assert rules_found(values, NHS, centre=5)[Rule.SHIFT].places == tuple(range(10, 18))
    assert len(run_chart(values, centre=5)[0].runs[0].places) == 8


def test_limits_of_rare_events():
    """Opportunities between events: the mean is 100, so three sigma reach 3 · √(100 · 101) up."""
    gaps = [Observation(v) for v in (20, 60, 90, 100, 110, 220)]
    (phase,) = analyse(gaps, Settings(ChartKind.G)).phases
    assert (phase.centre, phase.lower[0]) == (95, 0)
    assert isclose(phase.upper[0], 100 + 3 * (100 * 101) ** 0.5)


def test_times_between_events_are_judged_where_they_are_about_normal():
    days = [Observation(v**3.6) for v in (4, 6, 5, 7, 3, 5)]
    (phase,) = analyse(days, Settings(ChartKind.T)).phases
    rooted = [Observation(v) for v in (4, 6, 5, 7, 3, 5)]
    (straight,) = analyse(rooted, Settings(ChartKind.I)).phases
    assert isclose(phase.centre, straight.centre**3.6)
    assert isclose(phase.upper[0], straight.upper[0] ** 3.6)
    assert phase.lower[0] == 0  # below zero there, and so there is no lower limit here


@pytest.mark.parametrize(
    ("kind", "spread_of"),
    [
        (ChartKind.P_PRIME, lambda level, size: (level * (1 - level) / size) ** 0.5),
        (ChartKind.U_PRIME, lambda level, size: (level / size) ** 0.5),
    ],
)
def test_laneys_limits_step_by_step(kind, spread_of):
    """Sigma times the mean step of the standardised values over 1.128, as his paper has it."""
    parts = [(310, 1000), (270, 900), (420, 1100), (260, 950), (390, 1020), (280, 1000)]
    seen = [Observation(numerator=n, denominator=size) for n, size in parts]
    level = sum(n for n, _size in parts) / sum(size for _n, size in parts)
    scores = [(n / size - level) / spread_of(level, size) for n, size in parts]
    steps = [abs(after - before) for before, after in pairwise(scores)]
    widened = sum(steps) / len(steps) / 1.128
    (phase,) = analyse(seen, Settings(kind, screening=False)).phases
    assert isclose(phase.centre, level)
    for upper, (_n, size) in zip(phase.upper, parts, strict=True):
        assert isclose(upper, level + 3 * widened * spread_of(level, size))


def test_laney_widens_limits_where_the_values_vary_more_than_counting_does():
    many = [(n, 10_000) for n in (900, 1300, 800, 1200, 950, 1350, 850, 1250, 900, 1300, 800, 1200)]
    seen = [Observation(numerator=n, denominator=d) for n, d in many]
    (tight,) = analyse(seen, Settings(ChartKind.P)).phases
    (wide,) = analyse(seen, Settings(ChartKind.P_PRIME)).phases
    assert tight.centre == wide.centre
    assert wide.upper[0] > tight.upper[0] * 1.5
    doubts = {
        c.doubt: c.offers
        for c in warnings(seen, Settings(ChartKind.P), analyse(seen, Settings(ChartKind.P)))
    }
    assert doubts == {Doubt.OVERDISPERSED: (ChartKind.P_PRIME,)}


@pytest.mark.parametrize(
    ("target", "higher", "answer"),
    [
        (30, True, Assurance.PASSES),
        (70, True, Assurance.FAILS),
        (30, False, Assurance.FAILS),
        (70, False, Assurance.PASSES),
        (50, True, Assurance.HIT_OR_MISS),
        (None, True, Assurance.NONE),
        (30, None, Assurance.NONE),
    ],
)
def test_a_target_is_held_against_the_limits(target, higher, answer):
    series = [Observation(v) for v in [49, 51, 50] * 5]
    assert assurance(analyse(series, NHS).phases[-1], target, higher) is answer
    short = analyse(series[:12], NHS).phases[-1]
    assert assurance(short, target, higher) is Assurance.NONE


def test_a_target_on_the_limit_is_hit_or_miss():
    series = [Observation(v) for v in [49, 51] * 10]
    phase = analyse(series, Settings(ChartKind.C), centre=49).phases[-1]
    assert phase.upper[0] == 70
    assert assurance(phase, 70, True) is Assurance.HIT_OR_MISS
    assert assurance(phase, 70.001, True) is Assurance.FAILS


@pytest.mark.parametrize(
    ("series", "kind", "doubts"),
    [
        ([(1, 20)] * 12 + [(2, 20)], ChartKind.P, {Doubt.SMALL_DENOMINATORS}),
        ([(0, 90), (30, 90)] * 6, ChartKind.U, {Doubt.MANY_ZEROS, Doubt.OVERDISPERSED}),
        ([(4, 40)] * 12, ChartKind.P, {Doubt.IDENTICAL}),
        ([(4, 100), (0, 0), (5, 100)], ChartKind.P, {Doubt.NO_DENOMINATOR}),
        ([(4, 100), (101, 100)], ChartKind.P, {Doubt.ABOVE_ALL}),
        ([(4, 100), (-1, 100)], ChartKind.U, {Doubt.NEGATIVE}),
    ],
)
def test_what_one_should_know_before_one_trusts_a_chart(series, kind, doubts):
    seen = [Observation(numerator=n, denominator=d) for n, d in series]
    settings = Settings(kind)
    assert {c.doubt for c in warnings(seen, settings, analyse(seen, settings))} == doubts


def test_the_ladder():
    series = [Observation(v) for v in [49, 51, 50, 52, 48] * 5]

    def kinds_at(points, **fields):
        found = on_the_ladder(series[:points], NHS, **fields).phases
        return [(phase.kind, phase.firmness) for phase in found]

    assert kinds_at(9) == [(ChartKind.RUN, Firmness.LINE)]
    assert kinds_at(11) == [(ChartKind.RUN, Firmness.RUN)]
    assert kinds_at(12) == [(ChartKind.I, Firmness.PRELIMINARY)]
    assert kinds_at(20) == [(ChartKind.I, Firmness.FIRM)]
    assert kinds_at(24, phase_starts=[13]) == [
        (ChartKind.I, Firmness.PRELIMINARY),
        (ChartKind.RUN, Firmness.RUN),
    ]
    assert kinds_at(24, baseline=12) == [(ChartKind.I, Firmness.PRELIMINARY)]


def test_moving_ranges_go_over_what_is_excluded_and_stop_at_a_gap():
    series = [
        Observation(50),
        Observation(90, excluded=True),
        Observation(52),
        Observation(None),
        Observation(40),
        Observation(41),
    ]
    found = moving_ranges(series, Settings(ChartKind.I))
    assert found.values == (None, None, 2, None, None, 1)
    assert found.phases[0].centre == 1.5
    assert isclose(found.phases[0].upper[0], 3.267 * 1.5)


def test_a_point_is_named_after_the_heaviest_of_its_signals():
    shift = Signal(Rule.SHIFT, (1, 2, 3), 1)
    trend = Signal(Rule.TREND, (2, 3, 4), 1)
    assert labels([shift, trend]) == {1: shift, 2: trend, 3: trend, 4: trend}
    assert labels([Signal(Rule.CROSSINGS, (1, 2), 0)]) == {}
