"""Take in values: many at a time, and none changes silently."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db import connection, transaction
from django.utils import timezone

from . import comparisons

SAME_WITHIN = 1e-6  # relative; Kolada has sent 6 decimals one year and 8 the next


class Row(NamedTuple):
    """One outcome.  `value` is None exactly when `status` says why."""

    kpi_id: int
    municipality_id: int
    year: int
    gender: int
    status: int
    value: float | None


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load did, in values."""

    new: int = 0
    changed: int = 0  # to another value, or from none to one
    withdrawn: int = 0  # had a value and has none now
    unchanged: int = 0


@transaction.atomic
def load(rows: Iterable[Row], *, on: date | None = None) -> Loaded:
    """Store `rows`, keep the former value of each that changed, and compare anew what is touched.

    COPY into a staging table, then one statement each for what is new and what changed: only
    changed rows are written, so loading the same again writes nothing.  Float noise is no change.
    What is not among `rows` is left as it was.  `rows` may be read from a file as they are taken,
    but not from the database: its connection is busy with the COPY.

    Args:
        on: The day it was seen to be so; today unless what is loaded is older.
    """
    seen = {"seen_on": on or timezone.localdate(), "tolerance": SAME_WITHIN}
    with connection.cursor() as cursor:
        cursor.execute(_STAGE)
        with cursor.copy(f"COPY staged ({', '.join(Row._fields)}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        cursor.execute("ANALYZE staged")
        cursor.execute("SELECT count(*) FROM staged")
        staged = cursor.fetchone()[0]
        cursor.execute(_COMPARE, seen)
        cursor.execute(_KEEP_FORMER)
        cursor.execute("SELECT count(*) FROM touched WHERE had_value AND value IS NULL")
        withdrawn = cursor.fetchone()[0]
        cursor.execute(_REPLACE, seen)
        changed = cursor.rowcount - withdrawn
        cursor.execute(_ADD, seen)
        new = cursor.rowcount
        if new:  # the planner must know that the table has grown before comparisons read it
            cursor.execute("ANALYZE measures_kpivalue")
        cursor.execute("SELECT DISTINCT kpi_id, year FROM touched")
        kpi_years = cursor.fetchall()
        cursor.execute("DROP TABLE touched, staged")
    comparisons.refresh(kpi_years)
    return Loaded(
        new=new,
        changed=changed,
        withdrawn=withdrawn,
        unchanged=staged - new - changed - withdrawn,
    )


_STAGE = """
    CREATE TEMPORARY TABLE staged (
        kpi_id smallint, municipality_id smallint, year smallint, gender smallint,
        status smallint, value double precision
    ) ON COMMIT DROP
"""

_SAME_CELL = """
    (stored.kpi_id, stored.municipality_id, stored.year, stored.gender)
    = (touched.kpi_id, touched.municipality_id, touched.year, touched.gender)
"""

_COMPARE = """
    CREATE TEMPORARY TABLE touched ON COMMIT DROP AS
    SELECT staged.*, stored.kpi_id IS NULL AS is_new, stored.value IS NOT NULL AS had_value
    FROM staged
    LEFT JOIN measures_kpivalue stored
      USING (kpi_id, municipality_id, year, gender)
    WHERE stored.kpi_id IS NULL
       OR stored.status <> staged.status
       OR abs(stored.value - staged.value) > %(tolerance)s * abs(stored.value)
"""

_KEEP_FORMER = f"""
    INSERT INTO measures_kpivaluerevision
        (kpi_id, municipality_id, year, gender, status, value, seen_on, replaced_at)
    SELECT stored.kpi_id, stored.municipality_id, stored.year, stored.gender,
           stored.status, stored.value, stored.seen_on, now()
    FROM measures_kpivalue stored JOIN touched ON {_SAME_CELL}
"""

_REPLACE = f"""
    UPDATE measures_kpivalue stored 
    SET value = touched.value, status = touched.status, seen_on = %(seen_on)s
    FROM touched WHERE {_SAME_CELL}
"""

_ADD = """
    INSERT INTO measures_kpivalue (kpi_id, municipality_id, year, gender, status, seen_on, value)
    SELECT kpi_id, municipality_id, year, gender, status, %(seen_on)s, value
    FROM touched WHERE is_new
"""
