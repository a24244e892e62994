"""Numbers as people write and read them."""

from decimal import Decimal

from django.utils.formats import number_format


def number(value: Decimal) -> str:
    """Return a number as people write it: no needless zeros, the language's comma, a real minus.

    >>> number(Decimal("62.500"))
    '62,5'
    """
    plain = value.normalize()
    if plain == plain.to_integral():
        plain = plain.quantize(Decimal(1))
    return number_format(plain, force_grouping=True).replace("-", "−")
