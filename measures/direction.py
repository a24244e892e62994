"""Whether values over the years have a direction, or vary as chance does.  Numbers only, no Django.

`direction_of` is the Mann–Kendall test, exact: of every pair of years it is asked whether the later
value is the higher one.  If all orders of the values were as likely, so one-sided a balance as the
one seen would come in `chance` of the cases.  It asks nothing of how the values are spread, and
needs five years to be able to answer.

`is_unusual_step` holds the last step against those before it, as a chart of moving ranges does.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations, pairwise
from statistics import fmean

FEWEST_YEARS = 5  # with four, even an unbroken rise comes by chance in 8 of 100 cases
RARE = 0.05
# So many mean steps a single step hardly exceeds: the upper limit of a chart of moving ranges.
LARGEST_USUAL_STEP = 3.268


@dataclass(frozen=True, slots=True)
class Direction:
    """Where values are going.

    Attributes:
        side: +1 up, −1 down, 0 where it is no more than chance, or cannot be said.
        chance: How often chance alone gives as much; 1.0 where it cannot be said.
    """

    side: int
    chance: float
    has_enough: bool


def direction_of(values: Sequence[float]) -> Direction:
    """Judge `values`, in the order of time.

    >>> direction_of([1, 2, 3, 4, 5])  # doctest: +ELLIPSIS
    Direction(side=1, chance=0.0166..., has_enough=True)
    >>> direction_of([1, 2, 3, 4]).has_enough
    False
    """
    if len(values) < FEWEST_YEARS:
        return Direction(0, 1.0, has_enough=False)
    balance = sum(
        (later > earlier) - (later < earlier) for earlier, later in combinations(values, 2)
    )
    chance = _chance_of(len(values), abs(balance))
    side = (balance > 0) - (balance < 0)
    return Direction(side if chance < RARE else 0, chance, has_enough=True)


def is_unusual_step(values: Sequence[float]) -> bool:
    """Say whether the last step is larger than the steps before it would let one expect.

    >>> is_unusual_step([7.7, 7.6, 7.9, 9.0, 8.5, 7.4, 9.2, 13.0])
    True
    """
    steps = [abs(after - before) for before, after in pairwise(values)]
    if len(values) < FEWEST_YEARS or not any(steps[:-1]):
        return False
    return steps[-1] > LARGEST_USUAL_STEP * fmean(steps[:-1])


@cache
def _chance_of(count: int, balance: int) -> float:
    """Return how large a share of all orders is at least as one-sided, either way."""
    by_falls = [1]  # how many orders have so many pairs that fall
    for n in range(2, count + 1):
        wider = [0] * (len(by_falls) + n - 1)
        for falls, orders in enumerate(by_falls):
            for more in range(n):
                wider[falls + more] += orders
        by_falls = wider
    pairs = count * (count - 1) // 2
    rare = sum(orders for falls, orders in enumerate(by_falls) if abs(pairs - 2 * falls) >= balance)
    return rare / sum(by_falls)
