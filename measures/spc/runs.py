"""Runs around the centre, and Anhøj's rules: too long a run, or too few crossings."""

from collections.abc import Iterable
from functools import cache
from itertools import groupby
from math import isclose, log2
from operator import itemgetter

from .model import Rule, Run, RunLimits, Signal

NOISE = 1e-12  # relative; what adding and halving floats leaves, far below any measured difference


@cache
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
    # Whole numbers, so that no rounding can move the border; and each from the one before.
    ways, reached, border = 1, 1, 2**tries
    k = 0
    while 20 * reached < border:
        ways = ways * (tries - k) // (k + 1)
        reached += ways
        k += 1
    return k


def side_of(value: float, centre: float) -> int:
    """Return +1 above the centre, −1 below, 0 on it.

    >>> side_of(0.3, 0.1 + 0.2)
    0
    """
    if isclose(value, centre, rel_tol=NOISE):
        return 0
    return 1 if value > centre else -1


def runs_of(sides: Iterable[tuple[int, int]]) -> tuple[Run, ...]:
    """Cut places and their sides into runs; a point on the centre neither breaks nor adds.

    >>> [run.places for run in runs_of([(0, 1), (1, 0), (2, 1), (3, -1)])]
    [(0, 2), (3,)]
    """
    useful = [pair for pair in sides if pair[1]]
    return tuple(
        Run(tuple(place for place, _side in members), side)
        for side, members in groupby(useful, key=itemgetter(1))
    )


def anhoej(runs: tuple[Run, ...], useful: int) -> list[Signal]:
    """Return every run that is too long, and too few crossings, by Anhøj's rules."""
    limits = run_limits(useful)
    found = [
        Signal(Rule.SHIFT, run.places, run.side)
        for run in runs
        if len(run.places) > limits.longest_run_max
    ]
    if max(len(runs) - 1, 0) < limits.crossings_min:
        everywhere = tuple(place for run in runs for place in run.places)
        found.append(Signal(Rule.CROSSINGS, everywhere, 0))
    return found
