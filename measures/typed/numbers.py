"""A number as people write it, or a sign for that there is none."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ..imports.cells import decimal_in

MISSING = frozenset({"-", "–", "—", "−", ".", "..", "…", "saknas", "missing", "n/a", "na"})


def is_missing(text: str) -> bool:
    """Say whether a cell says that there is no value."""
    return text.strip().casefold() in MISSING


def number_in(text: str) -> Decimal:
    """Return the number: 62,5 or 62.5, 1 200 or 1.200,5, with or without a sign of per cent.

    Raises:
        ValidationError: it is no number, or its comma can be read in two ways.
    """
    value = decimal_in(text)
    if value is None:
        raise ValidationError(
            _("“%(text)s” is no number. Write for example 62 or 7,5.") % {"text": text[:30]}
        )
    return value
