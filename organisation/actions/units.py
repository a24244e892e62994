"""Everything that changes the tree of units."""

from django.db import connection, transaction

from foundation.journal import record

from ..models import Person, Unit

# Both keys of every unit from its own row and its parent's, all the way down from one unit.
# The orders of the names are joined by the lowest printable sign, so a unit comes right before
# everything below it.
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
    unit = Unit(
        name=name, code=code, kind=kind, parent=parent, municipality_code=municipality_code
    )
    unit.path = f"/new-{code}/"  # its real path holds its id, which it gets when it is saved
    unit.save()
    _place(unit)
    record("unit.create", unit, by=by, name=name, parent=parent.pk if parent else None)
    return unit


def _place(unit: Unit) -> None:
    """Set path and order of `unit` and of everything below it."""
    with connection.cursor() as cursor:
        cursor.execute(_REPLACE_BELOW, [unit.pk])
    unit.refresh_from_db(fields=["path", "tree_order"])
