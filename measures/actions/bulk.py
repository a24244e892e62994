"""Making a table be as an answer says, with few statements and without wasting small ids."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from django.db import connection, models

from .values import Loaded

AT_A_TIME = 500  # rows in one statement


class Gone(NamedTuple):
    """What is written in rows that the answer no longer has: the day, in a column of that name."""

    column: str
    on: date


def make_so[M: models.Model](
    model: type[M],
    there: Mapping[str, M],
    wanted: Mapping[str, M],
    *,
    columns: Sequence[str],
    gone: Gone | None = None,
) -> Loaded:
    """Add those of `wanted` that are not `there`, and let the others be as they say.

    No upsert: that takes a new id for each row it tries, and there are only 32,767 small ones.

    Args:
        there: What is stored, by code; changed in place.
        wanted: Unsaved rows, by code.
        columns: What the answer decides; all else is ours and stays.
        gone: Mark those that are not wanted; one that comes back is marked no more.

    Returns:
        What became of the rows; one that is gone counts as withdrawn.
    """
    touched = [*columns, *([gone.column] if gone else [])]
    changed, left, unchanged = [], [], 0
    for code, thing in there.items():
        if code not in wanted:
            if gone and getattr(thing, gone.column) is None:
                setattr(thing, gone.column, gone.on)
                left.append(thing)
        elif _is_made_like(thing, wanted[code], touched):
            changed.append(thing)
        else:
            unchanged += 1
    model._default_manager.bulk_update(changed + left, touched, batch_size=AT_A_TIME)
    new = [thing for code, thing in wanted.items() if code not in there]
    add(model, new)
    return Loaded(len(new), len(changed), len(left), unchanged)


def add[M: models.Model](model: type[M], new: Sequence[M]) -> None:
    """Add rows, with the first ids that are free after the last row.  Within a transaction."""
    if new:
        _use_lost_ids(model)
        model._default_manager.bulk_create(new, batch_size=AT_A_TIME)


def _is_made_like(thing: Any, other: Any, columns: Sequence[str]) -> bool:
    """Give `thing` the columns of `other`, and say whether that changed it."""
    differing = [name for name in columns if getattr(thing, name) != getattr(other, name)]
    for name in differing:
        setattr(thing, name, getattr(other, name))
    return bool(differing)


def _use_lost_ids(model: type[models.Model]) -> None:
    """Let numbering go on after the last row: ids that a failed attempt took are used again.

    Nobody else may add rows until the transaction is over.
    """
    table, key = model._meta.db_table, model._meta.pk.column
    with connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {table} IN SHARE ROW EXCLUSIVE MODE")
        cursor.execute(
            f"SELECT setval(pg_get_serial_sequence(%s, %s), coalesce(max({key}), 0) + 1, false)"
            f" FROM {table}",
            [table, key],
        )
