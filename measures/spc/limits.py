"""The centre line and how far chance reaches on each side of it.

Formulas: D. C. Montgomery, *Introduction to Statistical Quality Control*, as the R package
qicharts2 0.8.1 applies them; P′ and U′ after D. B. Laney (2002); G and T after L. P. Provost and
S. K. Murray, *The Health Care Data Guide*.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import fsum, sqrt
from statistics import median
from typing import NamedTuple

from .model import ChartKind, Settings

D4 = 3.267  # upper limit of moving ranges, in their mean
ROOT = 3.6  # times between events to this root are about normal (Nelson 1994)
THEORETICAL_MEDIAN = 0.693  # of a geometric distribution, in its mean: ln 2

type Values = Sequence[float | None]


class Seen(NamedTuple):
    """One place, made ready: what the chart shows there, and of how many.

    Attributes:
        value: In the chart's own unit before `multiply`; None where there is nothing to show.
        size: The denominator; None where the kind has none.
    """

    value: float | None
    size: float | None = None


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of a phase in the unit of its values, and where its points lie among them.

    Attributes:
        scores: How many sigmas each point lies from the level that the limits are set off from;
            None where there is no value or no limit.
    """

    centre: float | None
    lower: Values
    upper: Values
    inner_lower: Values
    inner_upper: Values
    scores: Values


def mean_moving_range(values: Values, *, screening: bool) -> float | None:
    """Return the mean step from one value to the next; None with fewer than two in a row.

    Args:
        values: In time order, None where one is missing: both steps beside it fall away.
        screening: Leave out steps of 3.267 times the mean and more, once (Nelson 1982).

    >>> mean_moving_range([1, 2, None, 4, 3], screening=False)
    1.0
    """
    steps = [
        abs(after - before)
        for before, after in pairwise(values)
        if before is not None and after is not None
    ]
    if not steps:
        return None
    mean = fsum(steps) / len(steps)
    if screening and mean > 0:  # of steps that are all 0, none is unusual
        usual = [step for step in steps if step < D4 * mean]
        mean = fsum(usual) / len(usual)
    return mean


def lines_of(
    seen: Sequence[Seen], base: Sequence[Seen], settings: Settings, centre: float | None
) -> Lines:
    """Return the lines of a phase.

    Args:
        seen: Every place of the phase.
        base: Those that the lines are taken from, in order; gaps stay, what is excluded is gone.
        centre: A centre that is known from elsewhere, before `multiply`.
    """
    known = [one.value for one in base if one.value is not None]
    if centre is None and not known:
        return _without_limits(None, len(seen))
    match settings.kind:
        case ChartKind.RUN:
            return _without_limits(median(known) if centre is None else centre, len(seen))
        case ChartKind.G:
            return _geometric(seen, known, centre)
        case ChartKind.T:
            return _times(seen, base, settings, centre)
        case ChartKind.I:
            level = _mean(known) if centre is None else centre
            sigma = _sigma_of_steps([one.value for one in base], settings)
            return _even(seen, level, sigma, floor=None)
        case ChartKind.C:
            level = _mean(known) if centre is None else centre
            return _even(seen, level, sqrt(max(level, 0.0)), floor=0.0)
        case _:
            return _uneven(seen, base, settings, centre)


def _mean(values: Sequence[float]) -> float:
    return fsum(values) / len(values)


def _sigma_of_steps(values: Values, settings: Settings) -> float | None:
    mean = mean_moving_range(values, screening=settings.screening)
    return None if mean is None else mean * settings.limit_factor / 3


def _without_limits(centre: float | None, places: int) -> Lines:
    none = [None] * places
    return Lines(centre, none, none, none, none, none)


def _even(
    seen: Sequence[Seen],
    level: float,
    sigma: float | None,
    *,
    floor: float | None,
    centre: float | None = None,
) -> Lines:
    """Limits that are the same at every place."""
    places = len(seen)
    line = level if centre is None else centre
    if sigma is None:
        return _without_limits(line, places)
    low, inner_low = level - 3 * sigma, level - 2 * sigma
    if floor is not None:
        low, inner_low = max(low, floor), max(inner_low, floor)
    return Lines(
        centre=line,
        lower=[low] * places,
        upper=[level + 3 * sigma] * places,
        inner_lower=[inner_low] * places,
        inner_upper=[level + 2 * sigma] * places,
        scores=[None if s.value is None else score(s.value, level, sigma) for s in seen],
    )


def _geometric(seen: Sequence[Seen], known: Sequence[float], given: float | None) -> Lines:
    """G: limits around the mean; the line is the median, since half the gaps are far below the mean."""
    level = _mean(known) if given is None else given
    line = median(known) if given is None else THEORETICAL_MEDIAN * given
    return _even(seen, level, sqrt(max(level * (level + 1), 0.0)), floor=0.0, centre=line)


def _times(
    seen: Sequence[Seen], base: Sequence[Seen], settings: Settings, given: float | None
) -> Lines:
    """T: an I chart of the times to the root of 3.6, where they are about normal, and back."""
    rooted = [_root(one.value) for one in base]
    known = [value for value in rooted if value is not None]
    level = _mean(known) if given is None else given ** (1 / ROOT)
    straight = [Seen(_root(one.value)) for one in seen]
    lines = _even(straight, level, _sigma_of_steps(rooted, settings), floor=0.0)
    return Lines(
        centre=level**ROOT,
        lower=_powered(lines.lower),
        upper=_powered(lines.upper),
        inner_lower=_powered(lines.inner_lower),
        inner_upper=_powered(lines.inner_upper),
        scores=lines.scores,
    )


def _root(value: float | None) -> float | None:
    return None if value is None else value ** (1 / ROOT)


def _powered(line: Values) -> Values:
    return [None if value is None else value**ROOT for value in line]


def _uneven(
    seen: Sequence[Seen], base: Sequence[Seen], settings: Settings, given: float | None
) -> Lines:
    """P, U and their primes: the fewer there are to count among, the wider the limits."""
    counted = [one for one in base if one.value is not None and one.size]
    level = given
    if level is None:
        events = fsum((one.value or 0.0) * (one.size or 0.0) for one in counted)
        level = events / fsum(one.size or 0.0 for one in counted)
    is_share = settings.kind in {ChartKind.P, ChartKind.P_PRIME}
    spread = sqrt(max(level * (1 - level) if is_share else level, 0.0))
    if settings.kind in {ChartKind.P_PRIME, ChartKind.U_PRIME}:
        widened = _sigma_of_steps([_standardised(one, level, spread) for one in base], settings)
        if widened is None:
            return _without_limits(level, len(seen))
        spread *= widened
    ceiling = 1.0 if is_share else None
    lower: list[float | None] = []
    upper: list[float | None] = []
    inner_lower: list[float | None] = []
    inner_upper: list[float | None] = []
    scores: list[float | None] = []
    for one in seen:
        if one.value is None or not one.size:
            for line in (lower, upper, inner_lower, inner_upper, scores):
                line.append(None)
            continue
        sigma = spread / sqrt(one.size)
        lower.append(max(level - 3 * sigma, 0.0))
        inner_lower.append(max(level - 2 * sigma, 0.0))
        high, inner_high = level + 3 * sigma, level + 2 * sigma
        upper.append(high if ceiling is None else min(high, ceiling))
        inner_upper.append(inner_high if ceiling is None else min(inner_high, ceiling))
        scores.append(score(one.value, level, sigma))
    return Lines(level, lower, upper, inner_lower, inner_upper, scores)


def _standardised(one: Seen, level: float, spread: float) -> float | None:
    if one.value is None or not one.size:
        return None
    return 0.0 if not spread else (one.value - level) / (spread / sqrt(one.size))


def score(value: float, level: float, sigma: float) -> float:
    """Return how many sigmas a value lies from the level; endlessly many where sigma is 0.

    >>> score(52, 50, 2), score(51, 50, 0), score(50, 50, 0)
    (1.0, inf, 0.0)
    """
    away = value - level
    if abs(away) <= 1e-12 * max(abs(value), abs(level)):
        return 0.0
    if sigma == 0:
        return float("inf") if away > 0 else float("-inf")
    return away / sigma
