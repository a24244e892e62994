"""What every change of a definition begins with: areas, measures and their parts are one tree."""

from collections.abc import Sequence

from django.db import connection, models

from foundation.errors import require
from organisation.models import Person

from ..rules.keeping import why_not_keep

LOCK = 7_620_002  # any number that nothing else in the database locks


def hold_definitions(by: Person | None) -> None:
    """Let `by` change what is defined, alone until the transaction ends.

    Few do it, seldom: one lock for all is simpler than one for each area, and there is something
    to lock when there is no area yet.

    Raises:
        Refused: not a quality lead.
    """
    require(why_not_keep(by))
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def place[M: models.Model](things: Sequence[M], ids: Sequence[int]) -> bool:
    """Give `things` their places: those of `ids` first and in that order, the others after.

    Returns:
        Whether any of them changed place.
    """
    asked = {pk: n for n, pk in enumerate(ids)}
    before = list(things)
    after = sorted(before, key=lambda thing: asked.get(thing.pk, len(asked)))
    if before == after:
        return False
    for position, thing in enumerate(after):
        thing.position = position  # type: ignore[attr-defined]
    type(after[0])._default_manager.bulk_update(after, ["position"])
    return True


def shifted[M: models.Model](things: Sequence[M], pk: int, steps: int) -> list[int]:
    """Return the ids in the order they have when one of them has gone `steps` down (or up: < 0)."""
    ids = [thing.pk for thing in things]
    if pk in ids:
        at = ids.index(pk)
        ids.insert(max(at + steps, 0), ids.pop(at))
    return ids


def next_place(things: models.QuerySet[models.Model]) -> int:
    last = things.aggregate(last=models.Max("position"))["last"]
    return 0 if last is None else last + 1


def difference(before: dict[str, object], after: dict[str, object]) -> dict[str, list[object]]:
    """Return what is not the same, as the journal keeps it: {name: [before, after]}."""
    return {name: [before[name], after[name]] for name in after if before[name] != after[name]}
