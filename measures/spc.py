"""Statistical process control: what is chance, and what is not.  Numbers in, numbers out.

Pure functions without Django.  Today: the run chart with Anhøj's rules.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from math import comb, log2
from statistics import median

FEWEST_POINTS = 10  # Murray & Provost: below this a run chart cannot tell chance from change


@dataclass(frozen=True, slots=True)
class RunLimits:
    """What chance alone hardly goes beyond, for a number of useful points."""

    longest_run_max: int
    crossings_min: int


@dataclass(frozen=True, slots=True)
class RunPhase:
    """One stretch of a run chart, judged by itself.

    Attributes:
        start, stop: The phase's places in the series; `stop` is the first place after it.
        centre: The median, in the unit of the values; None where no point counts.
        useful: Points that are not on the centre line; the only ones that count.
        run: Places of the longest run of useful points on one side, the latest if several.
        side: +1 if that run lies above the centre, −1 if below, 0 if there is none.
    """

    start: int
    stop: int
    centre: float | None
    points: int
    useful: int
    run: tuple[int, ...]
    side: int
    crossings: int
    limits: RunLimits

    @property
    def has_enough(self) -> bool:
        return self.useful >= FEWEST_POINTS

    @property
    def is_shifted(self) -> bool:
        """More points in a row on one side than chance explains."""
        return len(self.run) > self.limits.longest_run_max

    @property
    def crosses_seldom(self) -> bool:
        """Fewer crossings of the centre line than chance explains."""
        return self.crossings < self.limits.crossings_min

    @property
    def has_signal(self) -> bool:
        return self.is_shifted or self.crosses_seldom


def run_limits(useful: int) -> RunLimits:
    """Return Anhøj's limits for a number of useful points.

    A run longer than round(log2 n) + 3, or fewer crossings than the 5th percentile of a
    binomial distribution with n − 1 tries and probability ½, is a signal.

    Source: J. Anhøj and A. V. Olesen, PLoS ONE 9(11) 2014, doi 10.1371/journal.pone.0113825;
    the tables for n = 1 to 200 are checked against the R package qicharts2 0.8.1.

    >>> run_limits(20)
    RunLimits(longest_run_max=7, crossings_min=6)
    """
    if useful < 1:
        return RunLimits(longest_run_max=0, crossings_min=0)
    return RunLimits(round(log2(useful)) + 3, _fifth_percentile(useful - 1))


def _fifth_percentile(tries: int) -> int:
    """Return the smallest k with P(X ≤ k) ≥ 0.05 for X binomial with probability ½."""
    reached = 0
    for k in range(tries + 1):
        reached += comb(tries, k)
        if 20 * reached >= 2**tries:  # whole numbers, so that no rounding can move the border
            return k
    return tries


def run_chart(
    values: Sequence[float | None],
    *,
    phase_starts: Sequence[int] = (),
    excluded: frozenset[int] | set[int] = frozenset(),
    baseline: int | None = None,
    centre: float | None = None,
) -> tuple[RunPhase, ...]:
    """Judge a series around its median, phase by phase.  Nothing crosses a phase's border.

    Args:
        values: In time order, all in the same unit; None where a value is missing.
        phase_starts: The places where a new phase begins, besides the first place.
        excluded: Places that are drawn but not counted.
        baseline: How many of the first places the centre is taken from; None for the whole
            phase.  The runs are judged over the whole phase all the same.
        centre: A centre that is known from elsewhere, instead of the median.
    """
    borders = [0, *sorted(set(phase_starts) - {0, len(values)}), len(values)]
    return tuple(
        _judge(values, start, stop, excluded, baseline, centre)
        for start, stop in zip(borders, borders[1:], strict=False)
        if start < stop
    )


def _judge(
    values: Sequence[float | None],
    start: int,
    stop: int,
    excluded: frozenset[int] | set[int],
    baseline: int | None,
    centre: float | None,
) -> RunPhase:
    counted = [
        (place, value)
        for place in range(start, stop)
        if (value := values[place]) is not None and place not in excluded
    ]
    base = [value for place, value in counted if baseline is None or place < start + baseline]
    if centre is None:
        centre = median(base) if base else None
    sides = [
        (place, 1 if value > centre else -1)
        for place, value in counted
        if centre is not None and value != centre
    ]
    runs = [list(members) for _side, members in groupby(sides, key=lambda point: point[1])]
    longest = max(reversed(runs), key=len, default=[])
    return RunPhase(
        start=start,
        stop=stop,
        centre=centre,
        points=len(counted),
        useful=len(sides),
        run=tuple(place for place, _side in longest),
        side=longest[0][1] if longest else 0,
        crossings=max(len(runs) - 1, 0),
        limits=run_limits(len(sides)),
    )
