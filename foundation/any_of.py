"""A lookup that reads a small set first: ``Q(pk__any_of=ArraySubquery(things.values("pk")))``.

Beside others in an OR, ``IN (SELECT …)`` makes PostgreSQL read the whole table; an array that is
read first lets it use an index for each of them.  For sets of a few hundred at most.
"""

from collections.abc import Sequence
from typing import Any

from django.db import models
from django.db.models.expressions import RawSQL


class AnyOf(models.Lookup):
    lookup_name = "any_of"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        left, left_values = self.process_lhs(compiler, connection)
        right, right_values = compiler.compile(self.rhs)
        return f"{left} = ANY({right})", (*left_values, *right_values)


models.BigAutoField.register_lookup(AnyOf)


def these(ids: Sequence[int]) -> RawSQL:
    """Return numbers that one has already, to compare with: ``Q(work__pk__any_of=these(ids))``.

    They are one value however many, where ``IN`` has one for each and takes long to write out.
    """
    return RawSQL("%s::bigint[]", (list(ids),))
