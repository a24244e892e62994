"""Swedish order, kept by the database itself: … x y z å ä ö.

A generated column holds a key that sorts right byte by byte, so the order is the same on every
PostgreSQL, with or without ICU, and a bulk update or psql cannot leave the key behind.
"""

from django.db import models
from django.db.models import F, Func, Value
from django.db.models.functions import Collate

# Å, Ä and Ö become the three characters that follow z; letters from elsewhere sort as in
# Swedish dictionaries: é as e, ü as y, æ as ä, ø as ö.
_FROM = "åäöæøéèêëáàâãíìîïóòôõúùûüñçšž"
_TO = "{|}|}eeeeaaaaiiiioooouuuyncsz"


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
