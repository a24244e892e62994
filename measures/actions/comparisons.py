"""Keep up to date how municipalities compare; the rules stand in `measures.queries.ranking`."""

from collections.abc import Collection, Sequence
from itertools import batched

from django.db import connection, transaction

from ..models import Kind
from ..queries.ranking import COLUMNS, PARTS, kpi_rows, measure_rows, standings

type KpiYearKey = tuple[int, int]  # id of the KPI, year

LOCK = 7_620_001  # any number that nothing else in the database locks

KPIS_AT_A_TIME = 250  # keeps the sorting in memory: about a million values


def hold() -> None:
    """Wait until nobody else compares anew, and hold them off until the transaction ends.

    Whoever is about to take a measure away holds first; two at once would wait for each other.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


@transaction.atomic
def refresh_measures(measure_ids: Collection[int]) -> None:
    """Compare measures anew, all their years, when their parts are others than they were."""
    hold()
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM measures_measureyear WHERE measure_id = ANY(%s)", [list(measure_ids)]
        )
        cursor.execute(_MEASURES_WITH_YEARS, [list(measure_ids)])
        _run(cursor, _COMPARE_MEASURES)


@transaction.atomic
def refresh(kpi_years: Collection[KpiYearKey] | None = None) -> None:
    """Compare anew what `kpi_years` touch, the measures they are part of too; None is everything."""
    if kpi_years is not None and not kpi_years:
        return
    hold()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL work_mem = '128MB'")
        cursor.execute(
            "CREATE TEMPORARY TABLE asked (kpi_id smallint, year smallint) ON COMMIT DROP"
        )
        if kpi_years is None:
            cursor.execute("DELETE FROM measures_measureyear")
            cursor.execute("DELETE FROM measures_kpiyear")
            cursor.execute("SELECT id FROM measures_kpi ORDER BY id")
            kpis = [kpi for (kpi,) in cursor.fetchall()]
            for some in batched(kpis, KPIS_AT_A_TIME, strict=False):
                _ask(cursor, _YEARS_OF, [list(some)])
                _run(cursor, _OF_KPIS)
            _ask(cursor, "SELECT DISTINCT kpi_id, year FROM measures_kpiyear")
        else:
            _ask(
                cursor,
                "SELECT * FROM unnest(%s::smallint[], %s::smallint[])",
                [[kpi for kpi, _year in kpi_years], [year for _kpi, year in kpi_years]],
            )
            _run(cursor, _OF_KPIS)
        _run(cursor, _OF_MEASURES)
        cursor.execute("DROP TABLE asked")


def _ask(cursor, select: str, with_: Sequence[object] = ()) -> None:  # type: ignore[no-untyped-def]
    cursor.execute("TRUNCATE asked")
    cursor.execute(f"INSERT INTO asked {select}", with_)
    cursor.execute("ANALYZE asked")


def _run(cursor, statements: Sequence[str]) -> None:  # type: ignore[no-untyped-def]
    for statement in statements:
        cursor.execute(statement)


_YEARS_OF = "SELECT DISTINCT kpi_id, year FROM measures_kpivalue WHERE kpi_id = ANY(%s)"

_OF_KPIS = (
    "DELETE FROM measures_kpiyear standing USING asked"
    " WHERE (standing.kpi_id, standing.year) = (asked.kpi_id, asked.year)",
    f"""
    INSERT INTO measures_kpiyear (kpi_id, {COLUMNS}, weighted)
    SELECT kpi_id, {COLUMNS}, country.value
    FROM ({standings(kpi_rows("asked"), "kpi_id")}) AS standing
    LEFT JOIN (
        SELECT v.kpi_id, v.year, v.gender, v.value
        FROM measures_kpivalue v
        JOIN measures_municipality m ON m.id = v.municipality_id AND m.kind = '{Kind.COUNTRY}'
        JOIN asked ON asked.kpi_id = v.kpi_id AND asked.year = v.year
    ) AS country USING (kpi_id, year, gender)
    """,
)

_MEASURES_WITH_YEARS = """
    CREATE TEMPORARY TABLE asked_measures ON COMMIT DROP AS
    SELECT DISTINCT measure_id, year
    FROM measures_measurekpi JOIN measures_kpiyear USING (kpi_id)
    WHERE measure_id = ANY(%s) AND NOT is_left_out
"""

_COMPARE_MEASURES = (
    f"""
    INSERT INTO measures_measureyear (measure_id, {COLUMNS}, values, weighted)
    SELECT measure_id, {COLUMNS.replace("mean", "country.mean")}, values, country.weighted
    FROM ({standings(measure_rows("asked_measures"), "measure_id")}) AS standing
    JOIN (
        SELECT measure_id, kind, year, gender, avg(mean) AS mean,
               CASE WHEN count(weighted) = max(parts) THEN avg(weighted) END AS weighted
        FROM ({PARTS}) AS part
        JOIN measures_kpiyear USING (kpi_id)
        JOIN asked_measures USING (measure_id, year)
        GROUP BY measure_id, kind, year, gender
    ) AS country USING (measure_id, kind, year, gender)
    """,
    "DROP TABLE asked_measures",
)

_OF_MEASURES = (
    """
    CREATE TEMPORARY TABLE asked_measures ON COMMIT DROP AS
    SELECT DISTINCT measure_id, year
    FROM measures_measurekpi JOIN asked USING (kpi_id) WHERE NOT is_left_out
    """,
    "DELETE FROM measures_measureyear"
    " WHERE (measure_id, year) IN (SELECT measure_id, year FROM asked_measures)",
    *_COMPARE_MEASURES,
)
