"""How a value, a difference and a place are written for people."""

from collections.abc import Iterable

from django.utils.formats import get_format, number_format
from django.utils.translation import gettext as _

from .rounding import rounded

MINUS = "\N{MINUS SIGN}"


def value_text(value: float, decimals: int, unit_word: str = "") -> str:
    """Write a value as the reader's language does, "12 345,6"; with its unit if one is given."""
    number = number_format(rounded(value, decimals), decimals, force_grouping=True)
    number = number.replace("-", MINUS)
    return f"{number}\N{NO-BREAK SPACE}{unit_word}" if unit_word else number


def value_texts(values: Iterable[float], decimals: int) -> list[str]:
    """Write hundreds of values, each as `value_text` does: how is looked up once."""
    signs = number_signs()
    return [f"{rounded(value, decimals):,.{decimals}f}".translate(signs) for value in values]


def number_signs() -> dict[int, str]:
    """Return what takes the place of "," "." and "-" in a number that Python wrote."""
    return str.maketrans(
        {
            ",": get_format("THOUSAND_SEPARATOR"),
            ".": get_format("DECIMAL_SEPARATOR"),
            "-": MINUS,
        }
    )


def difference_text(difference: float, decimals: int) -> str:
    """Write a difference with its sign: "+1", "−0,4", and "0" for none."""
    text = value_text(difference, decimals)
    return f"+{text}" if rounded(difference, decimals) > 0 else text


def place_text(rank: int, counted: int) -> str:
    return _("%(rank)s of %(counted)s") % {"rank": rank, "counted": counted}
