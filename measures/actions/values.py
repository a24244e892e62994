"""Take in values: many at a time, and none changes silently."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.utils import timezone

from ..models import Status
from . import comparisons
from .spool import Spool

SAME_WITHIN = 1e-6  # relative; Kolada has sent 6 decimals one year and 8 the next

# A whole history is replaced when at least half of a KPI's values change at once, and so many.
REPLACED_FROM = 50


class Row(NamedTuple):
    """One outcome.  `value` is None exactly when `status` says why."""

    kpi_id: int
    municipality_id: int
    year: int
    gender: int
    status: int
    value: float | None


class UnitRow(NamedTuple):
    """One outcome of a single unit; `answers` is how many answered, where it is a survey."""

    kpi_id: int
    unit_id: int
    year: int
    gender: int
    status: int
    value: float | None
    answers: int | None = None


@dataclass(frozen=True, slots=True)
class Answered:
    """What was asked about and answered in full: a stored value that is not among the rows is gone.

    Of a KPI without a single row nothing is believed to be gone.
    """

    kpis: Collection[int]
    places: Collection[int]  # municipalities or units
    first_year: int | None = None  # None: all there are
    last_year: int | None = None


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load did, in values."""

    new: int = 0
    changed: int = 0  # to another value, or from none to one
    withdrawn: int = 0  # had a value and has none now
    unchanged: int = 0


def load(
    rows: Iterable[Row] | Spool, *, answered: Answered | None = None, on: date | None = None
) -> Loaded:
    """Store what is said of municipalities, and compare anew what is touched.

    Loading the same again writes nothing; float noise is no change.  Where a cell is said twice,
    the last holds.  The former value of each that changed stays as a revision.

    Args:
        answered: None leaves what is not among `rows` as it was.
        on: The day it was seen to be so; today unless what is loaded is older.
    """
    return _load(_MUNICIPALITIES, rows, answered, on)


def load_units(
    rows: Iterable[UnitRow] | Spool, *, answered: Answered | None = None, on: date | None = None
) -> Loaded:
    """Store what is said of single units, the same way.  They are compared at reading."""
    return _load(_UNITS, rows, answered, on)


@dataclass(frozen=True, slots=True)
class _Table:
    """One of the two tables of values, with that of its former values."""

    values: str
    revisions: str
    place: str  # the column that says whose value it is
    answers: bool = False  # whether it has a column for how many answered

    def columns(self, place: str = "") -> str:
        """The columns of a row, in an order that all statements below share."""
        of_all = f"kpi_id, {place or self.place}, year, gender, status, value"
        return of_all + ", answers" * self.answers


_MUNICIPALITIES = _Table("measures_kpivalue", "measures_kpivaluerevision", "municipality_id")
_UNITS = _Table("measures_unitvalue", "measures_unitvaluerevision", "unit_id", answers=True)


def _load(
    table: _Table,
    rows: Iterable[Row] | Iterable[UnitRow] | Spool,
    answered: Answered | None,
    on: date | None,
) -> Loaded:
    """COPY into a staging table, then one statement each for what is new and what changed.

    Only changed rows are written, so loading the same again writes nothing.
    """
    spool = rows if isinstance(rows, Spool) else _spooled(rows)
    with transaction.atomic(), connection.cursor() as cursor:
        kpis = _stage(cursor, spool)
        overruled = _compare(cursor, table, kpis, answered)
        cursor.execute(_COUNT)
        touched, said, new, withdrawn = cursor.fetchone()
        if touched:
            with_: dict[str, Any] = {
                "kpis": kpis,
                "seen_on": on or timezone.localdate(),
                "now": timezone.now(),
                **_LIMITS,
            }
            for statement in (_note_replacements, _replace, _add):
                cursor.execute(statement(table), with_)
            _tell_planner(cursor, table, new)
        cursor.execute("SELECT DISTINCT kpi_id, year FROM touched")
        kpi_years = cursor.fetchall()
        cursor.execute("DROP TABLE touched, staged")
        if table is _MUNICIPALITIES:
            comparisons.refresh(kpi_years)
    return Loaded(
        new=new,
        changed=touched - new - withdrawn,
        withdrawn=withdrawn,
        unchanged=spool.rows - said - overruled,
    )


def _spooled(rows: Iterable[Row] | Iterable[UnitRow]) -> Spool:
    spool = Spool()
    for row in rows:
        spool.add(*row)
    return spool


def _stage(cursor: Any, spool: Spool) -> list[int]:
    """Copy the rows beside the table, and return the ids of their KPIs."""
    cursor.execute(f"CREATE TEMPORARY TABLE staged ({Spool.COLUMNS}) ON COMMIT DROP")
    with cursor.copy("COPY staged FROM STDIN (FORMAT BINARY)") as copy:
        for chunk in spool.chunks():
            copy.write(chunk)
    cursor.execute("SELECT DISTINCT kpi_id FROM staged")
    return [kpi for (kpi,) in cursor.fetchall()]


def _compare(cursor: Any, table: _Table, kpis: list[int], answered: Answered | None) -> int:
    """Make the table `touched`: what is new, what changed, and what is said no more.

    Returns:
        How many rows were left out of it because the same cell is said again further on.
    """
    with_: dict[str, Any] = {"kpis": kpis, **_LIMITS}
    if answered:
        with_ |= {
            "gone_from": sorted(set(kpis).intersection(answered.kpis)),
            "places": list(answered.places),
            "first": answered.first_year or 0,
            "last": answered.last_year or 9999,
        }
    cursor.execute(_make_touched(table, whole=answered is not None), with_)
    if cursor.rowcount == 0:
        return 0
    cursor.execute("ANALYZE touched")
    cursor.execute(_FORGET_OVERRULED)
    return int(cursor.rowcount)


def _tell_planner(cursor: Any, table: _Table, new: int) -> None:
    """Let the planner know that the table has grown a lot, before comparisons read it."""
    cursor.execute("SELECT reltuples FROM pg_class WHERE oid = %s::regclass", [table.values])
    if new > cursor.fetchone()[0] / 10:
        cursor.execute(f"ANALYZE {table.values}")


_LIMITS = {
    "tolerance": SAME_WITHIN,
    "replaced_from": REPLACED_FROM,
    "withdrawn": int(Status.WITHDRAWN),
}

# Rows lie in the table in the order in which they came, so the last has the greatest ctid.
_FORGET_OVERRULED = """
    DELETE FROM touched USING staged
    WHERE (staged.kpi_id, staged.place_id, staged.year, staged.gender)
        = (touched.kpi_id, touched.place_id, touched.year, touched.gender)
      AND staged.ctid > touched.line
"""

_COUNT = """
    SELECT count(*), count(*) FILTER (WHERE is_said), count(*) FILTER (WHERE is_new),
           count(*) FILTER (WHERE former IS NOT NULL AND value IS NULL)
    FROM touched
"""


def _make_touched(table: _Table, *, whole: bool) -> str:
    others_answered = "OR stored.answers IS DISTINCT FROM staged.answers" * table.answers
    said_no_more = """
        OR (staged.status IS NULL AND stored.value IS NOT NULL AND kpi_id = ANY(%(gone_from)s)
            AND place_id = ANY(%(places)s) AND year BETWEEN %(first)s AND %(last)s)
    """
    # The KPIs are named so that their rows are found by the key among tens of millions.
    return f"""
        CREATE TEMPORARY TABLE touched ON COMMIT DROP AS
        SELECT kpi_id, place_id, year, gender,
               coalesce(staged.status, %(withdrawn)s) AS status, staged.value, staged.answers,
               staged.ctid AS line, staged.status IS NOT NULL AS is_said,
               stored.status IS NULL AS is_new,
               stored.value AS former,
               abs(stored.value - staged.value) > %(tolerance)s * abs(stored.value) AS is_other
        FROM staged
        {"FULL" if whole else "LEFT"} JOIN (
            SELECT {table.columns(f"{table.place} AS place_id")} FROM {table.values}
            WHERE kpi_id = ANY(%(kpis)s)
        ) AS stored USING (kpi_id, place_id, year, gender)
        WHERE (stored.status IS NULL AND staged.status <> %(withdrawn)s)
           OR stored.status <> staged.status
           OR abs(stored.value - staged.value) > %(tolerance)s * abs(stored.value)
           OR (stored.status IS NOT NULL AND staged.status IS NOT NULL AND (false {others_answered}))
           {said_no_more if whole else ""}
    """


def _note_replacements(table: _Table) -> str:
    return f"""
        INSERT INTO measures_historyreplacement (kpi_id, replaced_at, cells, ratio)
        SELECT kpi_id, %(now)s, count(*),
               percentile_cont(0.5) WITHIN GROUP (ORDER BY value / former)
                   FILTER (WHERE former <> 0)
        FROM touched WHERE is_other
        GROUP BY kpi_id
        HAVING count(*) >= %(replaced_from)s
           AND count(*) * 2 >= (
               SELECT count(value) FROM {table.values} AS stored
               WHERE stored.kpi_id = touched.kpi_id
           )
    """


def _replace(table: _Table) -> str:
    """Change what changed, and keep what it was: one statement, so neither is without the other."""
    answers = ", answers = touched.answers" * table.answers
    former = ", ".join(f"old.{column.strip()}" for column in table.columns().split(","))
    return f"""
        WITH replaced AS (
            UPDATE {table.values} AS stored
            SET value = touched.value, status = touched.status, seen_on = %(seen_on)s {answers}
            FROM touched
            WHERE NOT is_new AND stored.kpi_id = ANY(%(kpis)s)
              AND (stored.kpi_id, stored.{table.place}, stored.year, stored.gender)
                = (touched.kpi_id, touched.place_id, touched.year, touched.gender)
            RETURNING {former}, old.seen_on
        )
        INSERT INTO {table.revisions} ({table.columns()}, seen_on, replaced_at)
        SELECT *, %(now)s FROM replaced
    """


def _add(table: _Table) -> str:
    return f"""
        INSERT INTO {table.values} ({table.columns()}, seen_on)
        SELECT {table.columns("place_id")}, %(seen_on)s FROM touched WHERE is_new
    """
