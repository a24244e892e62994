"""How many decimals a number in a chart needs."""

from math import floor, log10

from .. import wording

MOST_DECIMALS = 4  # as many as a measurement keeps


def value_text(value: float) -> str:
    """Write a number with the decimals it needs: 62, 4,5 or −0,25, never 62,00.

    A median between two values may need more decimals than are of use; it gets two.
    """
    rounded = round(value, 2 if abs(value) >= 1 else MOST_DECIMALS)
    decimals = next(n for n in range(MOST_DECIMALS + 1) if round(rounded, n) == rounded)
    return wording.value_text(rounded, decimals)


def decimals_of_step(step: float) -> int:
    """Return how many decimals the labels of an axis need, whose step is a round number.

    >>> [decimals_of_step(step) for step in (20.0, 1.0, 0.5, 0.02)]
    [0, 0, 1, 2]
    """
    return max(0, -floor(log10(step) + 1e-9))
