"""Statistical process control: what is chance, and what is not.  Numbers in, numbers out.

Pure functions without Django.  Today: the run chart with Anhøj's rules.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from math import comb, isclose, log2
from operator import itemgetter
from statistics import median

FEWEST_POINTS = 10  # Murray & Provost: below this a run chart cannot tell chance from change
NOISE = 1e-12  # relative; what adding and halving floats leaves, far below any measured difference


@dataclass(frozen=True, slots=True)
class RunLimits:
    """What chance alone hardly goes beyond, for a number of useful points."""

    longest_run_max: int
    crossings_min: int


@dataclass(frozen=True, slots=True)
class Run:
    """Useful points in a row on one side of the centre: their places, and +1 above, −1 below."""

    places: tuple[int, ...]
    side: int


@dataclass(frozen=True, slots=True)
class RunPhase:
    """One stretch of a run chart, judged by itself.

    Attributes:
        start, stop: The phase's places in the series; `stop` is the first place after it.
        centre: The median, in the unit of the values; None where no point counts.
        points: How many values there are that count.
        useful: How many of them are not on the centre line; only these are judged.
        runs: Every useful point, in order, cut where the line crosses the centre.
    """

    start: int
    stop: int
    centre: float | None
    points: int
    useful: int
    runs: tuple[Run, ...]
    limits: RunLimits

    @property
    def shows_centre(self) -> bool:
        """Enough points for a centre line; with fewer it says more than is known."""
        return self.points >= FEWEST_POINTS

    @property
    def has_enough(self) -> bool:
        """Enough useful points to tell chance from change."""
        return self.useful >= FEWEST_POINTS

    @property
    def crossings(self) -> int:
        return max(len(self.runs) - 1, 0)

    @property
    def longest(self) -> Run | None:
        """The longest run, the latest if several are."""
        return max(reversed(self.runs), key=lambda run: len(run.places), default=None)

    @property
    def shift(self) -> Run | None:
        """The latest run that is longer than chance explains."""
        too_long = (r for r in self.runs[::-1] if len(r.places) > self.limits.longest_run_max)
        return next(too_long, None)

    @property
    def crosses_seldom(self) -> bool:
        """Fewer crossings of the centre line than chance explains."""
        return self.crossings < self.limits.crossings_min

    @property
    def has_signal(self) -> bool:
        return self.shift is not None or self.crosses_seldom

    @property
    def direction(self) -> int:
        """Return where a signal says that the values have gone: +1 up, −1 down, 0 neither.

        The rules find that something other than chance is at work, not where it went.  It is said
        only where the order of the runs leaves no doubt: a shift that lasts, a shift that was
        left, or one single crossing.
        """
        if not self.has_signal:
            return 0
        first, last, shift = self.runs[0], self.runs[-1], self.shift
        if shift is None:
            return last.side if self.crossings <= 1 else 0
        if shift is last:
            return last.side
        return -first.side if shift is first else 0


def run_limits(useful: int) -> RunLimits:
    """Return Anhøj's limits for a number of useful points.

    A run longer than round(log2 n) + 3, or fewer crossings than the 5th percentile of a
    binomial distribution with n − 1 tries and probability ½, is a signal.  Python's `round` goes
    to the even number at a half, as R's does; log2 n is never a half, so nothing hangs on it.

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
        if centre is not None and not isclose(value, centre, rel_tol=NOISE)
    ]
    runs = tuple(
        Run(tuple(place for place, _side in members), side)
        for side, members in groupby(sides, key=itemgetter(1))
    )
    return RunPhase(
        start=start,
        stop=stop,
        centre=centre,
        points=len(counted),
        useful=len(sides),
        runs=runs,
        limits=run_limits(len(sides)),
    )
