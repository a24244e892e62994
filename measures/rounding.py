"""Rounding as people do it by hand: half away from zero.  Numbers only, no Django.

Nothing is rounded before it is shown: ranks, means and differences are worked out on what was
reported.
"""

from decimal import ROUND_HALF_UP, Decimal

NOISE_DIGITS = 9  # what a float sum may be wrong by; reported values have at most eight decimals


def rounded(value: float, decimals: int = 0) -> Decimal:
    """Return `value` with `decimals` decimals, a half going away from zero.

    The source's tables are rounded so.  Python's `round` goes to the even neighbour, and it sees the
    binary noise of a mean: 75.15 may be 75.1499999….  Noise is therefore taken away first.

    >>> rounded(76.5), rounded(-0.5), rounded(10.5)
    (Decimal('77'), Decimal('-1'), Decimal('11'))
    >>> rounded(-0.04, 1)
    Decimal('0.0')
    """
    exact = Decimal(repr(round(value, NOISE_DIGITS)))
    result = exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return abs(result) if result.is_zero() else result  # there is no minus zero
