"""Everything that changes the tree of units."""

from django.db import connection, transaction

from foundation.errors import require
from foundation.journal import record

from ..models import Person, Unit
from ..rules import why_not_manage, why_not_move

# Both keys of every unit from its own row and its parent's, all the way down from one unit.
# The orders of the names are joined by the lowest sign that sorts before every printable one, so
# a unit comes right before everything below it.
_REPLACE_BELOW = """
    WITH RECURSIVE below AS (
        SELECT unit.id,
               coalesce(parent.path, '/') || unit.id || '/' AS path,
               coalesce(parent.tree_order || chr(31), '') || unit.name_order AS tree_order
        FROM organisation_unit unit
        LEFT JOIN organisation_unit parent ON parent.id = unit.parent_id
        WHERE unit.id = %s
        UNION ALL
        SELECT unit.id,
               below.path || unit.id || '/',
               below.tree_order || chr(31) || unit.name_order
        FROM organisation_unit unit JOIN below ON unit.parent_id = below.id
    )
    UPDATE organisation_unit SET path = below.path, tree_order = below.tree_order
    FROM below WHERE organisation_unit.id = below.id
"""


@transaction.atomic
def create(
    *,
    name: str,
    code: str,
    kind: str = "",
    parent: Unit | None,
    by: Person | None,
    municipality_code: str = "",
) -> Unit:
    """Add a unit below `parent`, or at the top."""
    unit = Unit(name=name, code=code, kind=kind, parent=parent, municipality_code=municipality_code)
    unit.path = f"/new-{code}/"  # its real path holds its id, which it gets when it is saved
    unit.save()
    _place(unit)
    record("unit.create", unit, by=by, name=name, parent=parent.pk if parent else None)
    return unit


@transaction.atomic
def rename(*, unit_id: int, name: str, by: Person | None) -> Unit:
    """Give a unit another name; it and all below it find their new place in the order."""
    lock_tree()
    unit = Unit.objects.get(pk=unit_id)
    require(why_not_manage(unit, by))
    old, unit.name = unit.name, name
    unit.save(update_fields=["name"])
    _place(unit)
    record("unit.rename", unit, by=by, **{"from": old, "to": name})
    return unit


@transaction.atomic
def move(*, unit_id: int, parent_id: int, by: Person | None) -> Unit:
    """Put a unit, with everything below it, under another.

    Raises:
        Refused: the other is the unit itself or lies below it.
    """
    lock_tree()
    unit, parent = Unit.objects.get(pk=unit_id), Unit.objects.get(pk=parent_id)
    require(why_not_move(unit, parent, by))
    old, unit.parent = unit.parent_id, parent
    unit.save(update_fields=["parent"])
    _place(unit)
    record("unit.move", unit, by=by, **{"from": old, "to": parent.pk})
    return unit


def lock_tree() -> None:
    """Hold the tree, at its top, until the transaction ends: one change of its form at a time.

    Two moves at once, each right by itself, can otherwise close a ring.
    """
    list(Unit.objects.filter(parent=None).order_by("pk").locked().values_list("pk"))


def place_all() -> None:
    """Set path and order of every unit, after parents and names were written in bulk."""
    for top in Unit.objects.filter(parent=None):
        _place(top)


def _place(unit: Unit) -> None:
    """Set path and order of `unit` and of everything below it."""
    with connection.cursor() as cursor:
        cursor.execute(_REPLACE_BELOW, [unit.pk])
    unit.refresh_from_db(fields=["path", "tree_order"])
