"""How many decimals a number in a chart needs."""

from collections.abc import Callable
from datetime import date
from functools import lru_cache
from math import floor, log10

from django.utils.formats import date_format
from django.utils.translation import get_language

from .. import wording

MOST_DECIMALS = 4  # as many as a measurement keeps


def value_text(value: float) -> str:
    """Write a number with the decimals it needs: 62, 4,5 or −0,25, never 62,00.

    A median between two values may need more decimals than are of use; it gets two.
    """
    return wording.value_text(*_needed(value))


def number_writer() -> Callable[[float], str]:
    """Return `value_text` for the hundreds of numbers in a table: how is looked up once.

    >>> from django.utils.translation import override
    >>> with override("sv"):
    ...     write = number_writer()
    ...     [write(value) for value in (62.0, 4.5)]
    ['62', '4,5']
    """
    signs, texts = wording.number_signs(), dict[float, str]()

    def write(value: float) -> str:
        if value not in texts:
            number, decimals = _needed(value)
            texts[value] = f"{number:,.{decimals}f}".translate(signs)
        return texts[value]

    return write


def _needed(value: float) -> tuple[float, int]:
    """Return a number rounded as it shall be written, and how many decimals it needs."""
    rounded = round(value, 2 if abs(value) >= 1 else MOST_DECIMALS) + 0.0  # never −0
    return rounded, next(n for n in range(MOST_DECIMALS + 1) if round(rounded, n) == rounded)


def day_text(on: date) -> str:
    """Write a day as a table does; the same days come again in every chart."""
    return _day_text(on, get_language())


@lru_cache(maxsize=4096)
def _day_text(on: date, language: str | None) -> str:
    return date_format(on, "SHORT_DATE_FORMAT")


def decimals_of_step(step: float) -> int:
    """Return how many decimals the labels of an axis need, whose step is a round number.

    >>> [decimals_of_step(step) for step in (20.0, 1.0, 0.5, 0.02)]
    [0, 0, 1, 2]
    """
    return max(0, -floor(log10(step) + 1e-9))
