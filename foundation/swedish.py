"""Swedish order, kept by the database itself: … x y z å ä ö, and texts to search in.

A generated column holds a key that sorts right byte by byte, so the order is the same on every
PostgreSQL, with or without ICU, and a bulk update or psql cannot leave the key behind.  Another
holds a text without capitals and accents, so that "forskolan" finds Förskolan.
"""

import string

from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Collate

# Å, Ä and Ö become the three characters that follow z; letters from elsewhere sort as in
# Swedish dictionaries: é as e, ü as y, æ as ä, ø as ö.
_FROM = "åäöæøéèêëáàâãíìîïóòôõúùûüñçšž"
_TO = "{|}|}eeeeaaaaiiiioooouuuyncsz"
# To search one need not know the accents, nor find å on the keyboard.
_ACCENTED = {
    **{"a": "åäæáàâãāąă", "c": "çćč", "d": "ďđð", "e": "éèêëēęěė", "g": "ğģ", "i": "íìîïīį"},
    **{"k": "ķ", "l": "łļ", "n": "ñńňņ", "o": "öøóòôõőō", "r": "řŕ", "s": "šśşș", "t": "ťţț"},
    **{"u": "üúùûůűūų", "y": "ýÿ", "z": "žźż"},
}
_SOUGHT_FROM = "".join(accented + accented.upper() for accented in _ACCENTED.values())
_SOUGHT_TO = "".join(plain * 2 * len(accented) for plain, accented in _ACCENTED.items())
_SOUGHT = str.maketrans(_SOUGHT_FROM + string.ascii_uppercase, _SOUGHT_TO + string.ascii_lowercase)


class SwedishOrderKey(Func):
    """The SQL expression of the key of one text column."""

    function = "TRANSLATE"

    def __init__(self, column: str) -> None:
        upper, lower = _FROM.upper(), _FROM
        super().__init__(
            Func(Collate(F(column), "C"), function="LOWER"),
            Value(lower + upper),  # upper case too: LOWER in C knows only a to z
            Value(_TO + _TO),
        )


def swedish_order_of(column: str) -> models.GeneratedField:
    """Return a field to order by: ``name_order = swedish_order_of("name")``."""
    return models.GeneratedField(
        expression=SwedishOrderKey(column),
        output_field=models.CharField(max_length=300, db_collation="C"),
        db_persist=True,
    )


class SoughtText(Func):
    """The SQL expression of a text to search in: the columns one after the other, all plain."""

    template = 'TRANSLATE(LOWER((%(expressions)s) COLLATE "C"), {}, {})'.format(
        f"'{_SOUGHT_FROM}'", f"'{_SOUGHT_TO}'"
    )
    arg_joiner = " || ' ' || "

    def __init__(self, *columns: str) -> None:
        super().__init__(*(F(column) for column in columns))


def sought_in(*columns: str, max_length: int) -> models.GeneratedField:
    """Return a field to search in: ``sought = sought_in("name", "code", max_length=261)``.

    Args:
        max_length: Of all the columns together, and one for each space between them.
    """
    return models.GeneratedField(
        expression=SoughtText(*columns),
        output_field=models.CharField(max_length=max_length, db_collation="C"),
        db_persist=True,
    )


def sought_words(text: str, most: int = 6) -> list[str]:
    """Return the words of `text` in the form that a column made by `sought_in` has.

    >>> sought_words("  Förskolan  ÉTOILE ")
    ['forskolan', 'etoile']
    """
    return text.translate(_SOUGHT).split()[:most]


def holds_every(words: list[str], column: str = "sought") -> Q:
    """Return the condition that a column made by `sought_in` holds each of the words."""
    return Q(*(Q((f"{column}__contains", word)) for word in words))
