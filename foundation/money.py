"""Money is a whole number of öre.

Every amount in the database, in a signature and in a test is an ``int`` whose name ends in
``_ore``.  Kronor exist only where a person types or reads them: `parse_kronor` on the way in,
`format_kronor` on the way out.
"""

import re
from collections.abc import Sequence

ORE_PER_KRONA = 100
HIGHEST_ORE = 10**12 * ORE_PER_KRONA  # far above any budget, far below what a bigint holds

# 50 000,50 and 50000.50; or, with points between the thousands, 50.000,50.  What follows is how
# people end an amount: kr, kronor, SEK, :- and ,-
_AMOUNT = re.compile(
    r"""(?: (?P<kronor> \d{1,3}(?:[ ]\d{3})+ | \d+ ) (?: [,.](?P<ore>\d{1,2}) )?
        |   (?P<pointed> [1-9]\d{0,2}(?:\.\d{3})+ ) (?: ,(?P<pointed_ore>\d{1,2}) )? )
        (?: [ ]? (?: kr(?:onor)?\.? | SEK | [:,][-\N{EN DASH}\N{MINUS SIGN}] ) )?""",
    re.ASCII | re.IGNORECASE | re.VERBOSE,
)


def parse_kronor(text: str) -> int:
    """Return the öre meant by what a person typed.

    >>> parse_kronor("12 500,5")
    1250050
    >>> parse_kronor("50 000 kr")
    5000000

    A point before exactly three digits stands between thousands, as in Swedish: "50.000" is fifty
    thousand.  A comma there could be either, so "50,000" is refused.

    Raises:
        ValueError: `text` is no amount of zero or more with at most two decimals.
    """
    match = _AMOUNT.fullmatch(" ".join(text.split()))
    if match is None:
        raise ValueError(f"not an amount in kronor: {text!r}")
    kronor = int((match["kronor"] or match["pointed"]).replace(" ", "").replace(".", ""))
    ore = kronor * ORE_PER_KRONA + int((match["ore"] or match["pointed_ore"] or "0").ljust(2, "0"))
    if ore > HIGHEST_ORE:
        raise ValueError(f"too large an amount: {text!r}")
    return ore


def format_kronor(amount_ore: int) -> str:
    """Return Swedish text with hard spaces: 1250050 as "12 500,50 kr", −50000 as "−500 kr"."""
    kronor, ore = divmod(abs(amount_ore), ORE_PER_KRONA)
    sign = "−" if amount_ore < 0 else ""
    decimals = f",{ore:02}" if ore else ""
    grouped = f"{kronor:,}".replace(",", "\N{NO-BREAK SPACE}")
    return f"{sign}{grouped}{decimals}\N{NO-BREAK SPACE}kr"


def split_ore(total_ore: int, shares: Sequence[int]) -> list[int]:
    """Divide a sum by whole-number shares without losing or making an öre.

    The öre that do not divide go one each to the largest remainders, first come first.

    >>> split_ore(100, [1, 1, 1])
    [34, 33, 33]

    Raises:
        ValueError: no share is above zero.
    """
    whole = sum(shares)
    if whole <= 0:
        raise ValueError("nothing to share by")
    parts = [total_ore * share // whole for share in shares]
    by_remainder = sorted(range(len(shares)), key=lambda i: -(total_ore * shares[i] % whole))
    for i in by_remainder[: total_ore - sum(parts)]:
        parts[i] += 1
    return parts
