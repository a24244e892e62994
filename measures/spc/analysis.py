"""A series judged, phase by phase."""

from collections.abc import Collection, Sequence
from itertools import pairwise
from math import fsum, isfinite

from . import rules
from .limits import D4, Lines, Seen, Values, lines_of
from .model import (
    Analysis,
    ChartKind,
    Observation,
    Phase,
    RuleSet,
    Run,
    Settings,
    Signal,
)
from .runs import anhoej, run_limits, runs_of, side_of

type Baseline = int | Sequence[int | None] | None

ANY_SIGN = frozenset({ChartKind.RUN, ChartKind.I})  # the other kinds count, and count from 0


def analyse(
    observations: Sequence[Observation],
    settings: Settings,
    *,
    phase_starts: Sequence[int] = (),
    baseline: Baseline = None,
    centre: float | None = None,
) -> Analysis:
    """Judge a series.  Whatever the number of points: what they allow is for `Firmness` to say.

    Args:
        observations: In time order.
        phase_starts: The places where a new phase begins, besides the first place.
        baseline: How many of a phase's first places its lines are taken from: one number for all
            phases, or one for each; None for the whole phase.  The rules look at every point all
            the same.
        centre: A centre that is known from elsewhere, in the unit of the values.

    >>> seen = [Observation(value) for value in (50, 52, 48, 51, 49)]
    >>> (phase,) = analyse(seen, Settings(ChartKind.I)).phases
    >>> phase.centre, round(phase.upper[0], 2)
    (50.0, 57.31)
    """
    seen = _all_seen(observations, settings.kind)
    if centre is not None:
        centre /= settings.multiply
    phases = tuple(
        _judged(seen, observations, start, stop, frozen, settings, centre)
        for start, stop, frozen in _stretches(len(seen), phase_starts, baseline)
    )
    return Analysis(_times([one.value for one in seen], settings.multiply), phases)


def run_chart(
    values: Sequence[float | None],
    *,
    phase_starts: Sequence[int] = (),
    excluded: Collection[int] = frozenset(),
    baseline: Baseline = None,
    centre: float | None = None,
) -> tuple[Phase, ...]:
    """Judge plain values around their median by Anhøj's rules (`analyse`).

    Args:
        excluded: Places that are drawn but not counted.
    """
    seen = [Observation(value, excluded=n in excluded) for n, value in enumerate(values)]
    return analyse(
        seen, Settings(), phase_starts=phase_starts, baseline=baseline, centre=centre
    ).phases


def moving_ranges(
    observations: Sequence[Observation],
    settings: Settings,
    *,
    phase_starts: Sequence[int] = (),
    baseline: Baseline = None,
) -> Analysis:
    """Return the chart that goes with I: how far each value is from the one before.

    The first value of a phase has no range, nor has one beside a gap; over what is excluded the
    range goes on.  Only points above the upper limit are signals: ranges hang together two by two,
    so runs of them say nothing.

    >>> seen = [Observation(value) for value in (50, 52, 48)]
    >>> moving_ranges(seen, Settings(ChartKind.I)).values
    (None, 2, 4)
    """
    seen = _all_seen(observations, settings.kind)
    ranges: list[float | None] = [None] * len(seen)
    phases = []
    for start, stop, frozen in _stretches(len(seen), phase_starts, baseline):
        counted = [place for place in range(start, stop) if not observations[place].excluded]
        for before, after in pairwise(counted):
            one, other = seen[before].value, seen[after].value
            if one is not None and other is not None:
                ranges[after] = abs(other - one)
        base = [
            value
            for place in counted
            if place < start + frozen and (value := ranges[place]) is not None
        ]
        phases.append(_of_ranges(ranges, start, stop, base, settings))
    return Analysis(_times(ranges, settings.multiply), tuple(phases))


def _of_ranges(
    ranges: Values, start: int, stop: int, base: Sequence[float], settings: Settings
) -> Phase:
    places = range(start, stop)
    mean = fsum(base) / len(base) if base else None
    scores = [
        None if (value := ranges[place]) is None or mean is None else _share(value, D4 * mean)
        for place in places
    ]
    lower, upper, inner_lower, inner_upper = (
        [None if mean is None else factor * mean] * len(places)
        for factor in (0.0, D4, 0.0, D4 * 2 / 3)
    )
    lines = Lines(mean, lower, upper, inner_lower, inner_upper, scores)
    return _phase(
        start,
        stop,
        settings,
        lines,
        points=sum(ranges[place] is not None for place in places),
        base=len(base),
        signals=rules.outside(list(places), scores),
    )


def _share(value: float, upper: float) -> float:
    """Return a range in thirds of its upper limit, so that the limit is at three."""
    return 0.0 if not value else 3 * value / upper if upper else float("inf")


def _all_seen(observations: Sequence[Observation], kind: ChartKind) -> list[Seen]:
    """Return what a chart of this kind shows of each observation; nothing where it cannot."""
    are_shares = kind.has_denominator or (
        kind in ANY_SIGN and any(one.denominator is not None for one in observations)
    )
    return [_seen(one, kind, are_shares=are_shares) for one in observations]


def _seen(one: Observation, kind: ChartKind, *, are_shares: bool) -> Seen:
    value, size = one.value, None
    if kind.has_denominator:
        value, size = _divided(one.numerator, one.denominator), one.denominator
    elif value is None:
        value = _divided(one.numerator, one.denominator) if are_shares else one.numerator
    if value is None or not isfinite(value) or (value < 0 and kind not in ANY_SIGN):
        return Seen(None, size)
    return Seen(value, size)


def _divided(numerator: float | None, denominator: float | None) -> float | None:
    if numerator is None or not denominator or denominator < 0:
        return None
    return numerator / denominator


def _stretches(
    places: int, phase_starts: Sequence[int], baseline: Baseline
) -> list[tuple[int, int, int]]:
    """Return each phase's first place, the place after it, and how many places are its baseline."""
    borders = [0, *sorted({start for start in phase_starts if 0 < start < places}), places]
    stretches = [(start, stop) for start, stop in pairwise(borders) if start < stop]
    if baseline is None or isinstance(baseline, int):
        frozen = [baseline] * len(stretches)
    else:
        frozen = [*baseline, *[None] * len(stretches)]
    return [
        (start, stop, stop - start if count is None else count)
        for (start, stop), count in zip(stretches, frozen, strict=False)
    ]


def _judged(
    seen: Sequence[Seen],
    observations: Sequence[Observation],
    start: int,
    stop: int,
    frozen: int,
    settings: Settings,
    centre: float | None,
) -> Phase:
    counted = [place for place in range(start, stop) if not observations[place].excluded]
    base = [seen[place] for place in counted if place < start + frozen]
    lines = lines_of(seen[start:stop], base, settings, centre)
    values = [seen[place].value for place in counted]
    middle = lines.centre
    sides = [
        None if value is None or middle is None else side_of(value, middle) for value in values
    ]
    runs = runs_of((place, side or 0) for place, side in zip(counted, sides, strict=True))
    useful = sum(len(run.places) for run in runs)
    scores = [lines.scores[place - start] for place in counted]
    signals = rules.outside(range(start, stop), lines.scores) if settings.kind.has_limits else []
    match settings.rules:
        case RuleSet.ANHOEJ:
            signals += anhoej(runs, useful)
        case RuleSet.NHS:
            signals += rules.nhs(counted, values, scores, sides, settings.nhs)
        case RuleSet.WESTERN:
            signals += rules.western_electric(counted, scores, sides)
    return _phase(
        start,
        stop,
        settings,
        lines,
        points=sum(value is not None for value in values),
        base=sum(one.value is not None for one in base),
        useful=useful,
        runs=runs,
        signals=sorted(signals, key=lambda signal: signal.places[0]),
    )


def _phase(
    start: int,
    stop: int,
    settings: Settings,
    lines: Lines,
    *,
    points: int,
    base: int,
    signals: list[Signal],
    useful: int = 0,
    runs: tuple[Run, ...] = (),
) -> Phase:
    multiply = settings.multiply
    return Phase(
        start=start,
        stop=stop,
        kind=settings.kind,
        rules=settings.rules,
        centre=None if lines.centre is None else lines.centre * multiply,
        lower=_times(lines.lower, multiply),
        upper=_times(lines.upper, multiply),
        inner_lower=_times(lines.inner_lower, multiply),
        inner_upper=_times(lines.inner_upper, multiply),
        points=points,
        base=base,
        useful=useful,
        runs=runs,
        limits=run_limits(useful),
        signals=tuple(signals),
    )


def _times(values: Values, multiply: float) -> tuple[float | None, ...]:
    if multiply == 1:
        return tuple(values)
    return tuple([None if value is None else value * multiply for value in values])
