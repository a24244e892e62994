"""Kolada at full size: every key figure of the catalogue, every municipality, twelve years.

    uv run python -m benchmarks.country

About 32 million values of municipalities and 11 million of units, made up in the database itself;
then prints what it weighs and how long it takes to compare everything anew, and 500 years of key
figures that changed.  `benchmarks.quality` measures pages in it.

What is made up follows what was measured on real values: the difference between municipalities is
a few times that between years; a value resembles last year's; of national statistics 2.5 % is
missing, of surveys 60 %, and by the same municipalities each year; one in seven is a whole number;
women and men lie some units apart.
"""

import sys
import time

from django.conf import settings
from django.db import connection, transaction

from benchmarks.region import region  # first: it sets Django up
from measures.actions import comparisons
from measures.models import Kpi, KpiValue, UnitValue

FIRST, LAST = 2014, 2025
UNITS = 20_000
KPIS_AT_A_TIME = 250

# Years and genders of each pair of KPI and municipality; `shift` and `gap` stay over the years.
_VALUES = """
INSERT INTO measures_kpivalue (kpi_id, municipality_id, year, gender, status, seen_on, value)
WITH pair AS MATERIALIZED (
    SELECT k.id AS kpi_id, m.id AS municipality_id, k.has_genders,
           20 + k.id %% 60 AS middle, k.id %% 7 = 0 AS is_whole,
           random_normal() * 7 AS shift, random_normal() * 0.4 AS slope, 2 + k.id %% 9 AS apart,
           random() < CASE WHEN k.code LIKE 'U%%' THEN 0.6 ELSE 0.02 END AS is_missing
    FROM measures_kpi k
    JOIN measures_municipality m
      ON m.kind = 'country' OR k.covers = 'A'
         OR (k.covers = 'K') = (m.kind = 'municipality')
    WHERE k.id = ANY(%(kpis)s)
), cell AS (
    SELECT kpi_id, municipality_id, year, gender,
           CASE WHEN is_missing OR random() < 0.005 THEN 1 + (random() * 2)::int ELSE 0 END AS status,
           middle + shift + slope * (year - 2019) + random_normal() * 2
           + CASE gender WHEN 1 THEN apart / 2.0 WHEN 2 THEN -apart / 2.0 ELSE 0 END AS value,
           is_whole
    FROM pair, generate_series(%(first)s, %(last)s) AS year,
         generate_series(0, CASE WHEN has_genders THEN 2 ELSE 0 END) AS gender
)
SELECT kpi_id, municipality_id, year, gender, status, date '2026-01-15',
       CASE WHEN status = 0 THEN round(value::numeric, CASE WHEN is_whole THEN 0 ELSE 6 END) END
FROM cell ORDER BY kpi_id, municipality_id, year, gender
"""

# Four in five have a direction, so that they are ranked too.
_DIRECTIONS = """
UPDATE measures_kpi SET good = (ARRAY['high', 'low'])[id % 2 + 1]
WHERE good = 'neither' AND id % 5 > 0
"""

_UNITS = """
INSERT INTO measures_serviceunit (code, name, municipality_id)
SELECT (ARRAY['V11E', 'V15E', 'V15E', 'V17E', 'V21E', 'V21E', 'V23E', 'V23E', 'V25E', 'V26E'])[n %% 10 + 1]
       || CASE WHEN n %% 3 = 0 THEN m.code ELSE '1' END || lpad(n::text, 6, '0'),
       'Enheten ' || n, m.id
FROM generate_series(1, %(units)s) AS n
JOIN LATERAL (
    SELECT id, code FROM measures_municipality
    WHERE kind = 'municipality' ORDER BY code OFFSET (n * n) %% 290 LIMIT 1
) AS m ON true
"""

# Each unit has the key figures of its kind, eight years, some of them for women and men.
_UNIT_VALUES = """
INSERT INTO measures_unitvalue (kpi_id, unit_id, year, gender, status, seen_on, answers, value)
SELECT k.id, u.id, year, gender, 0, date '2026-01-15', 5 + (random() * 60)::int,
       round((30 + k.id %% 50 + random_normal() * 9)::numeric, 1)
FROM (SELECT id, has_genders, row_number() OVER (ORDER BY id) AS n
      FROM measures_kpi WHERE has_units) AS k
JOIN measures_serviceunit u
  ON k.n %% 10 = ascii(substr(u.code, 3, 1)) %% 10,
     generate_series(%(last)s - 7, %(last)s) AS year,
     generate_series(0, CASE WHEN k.has_genders THEN 2 ELSE 0 END) AS gender
WHERE k.n %% 679 = ANY(%(some)s) AND random() < 0.6
ORDER BY k.id, u.id, year, gender
"""


def country() -> None:
    """Fill the region's database, unless it is full already (KEEP=yes)."""
    if UnitValue.objects.exists():
        return
    begun = time.perf_counter()
    known = KpiValue.objects.values("kpi").distinct()
    kpis = list(Kpi.objects.exclude(pk__in=known).order_by("pk").values_list("pk", flat=True))
    with connection.cursor() as cursor:
        cursor.execute("SELECT setseed(0.5)")
        cursor.execute(_DIRECTIONS)
        for start in range(0, len(kpis), KPIS_AT_A_TIME):
            some = kpis[start : start + KPIS_AT_A_TIME]
            cursor.execute(_VALUES, {"kpis": some, "first": FIRST, "last": LAST})
        with transaction.atomic():  # what stands there says that all of it is made
            cursor.execute(_UNITS, {"units": UNITS})
            for start in range(0, 679, 70):
                some = list(range(start, min(start + 70, 679)))
                cursor.execute(_UNIT_VALUES, {"last": LAST, "some": some})
        cursor.execute("VACUUM ANALYZE")
    print(f"made up in {time.perf_counter() - begun:.0f} s", file=sys.stderr)


def _seconds_to_compare(kpi_years: list[tuple[int, int]] | None) -> float:
    begun = time.perf_counter()
    with transaction.atomic():
        comparisons.refresh(kpi_years)
    return time.perf_counter() - begun


def _size(table: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_size_pretty(pg_total_relation_size(%s))", [table])
        return str(cursor.fetchone()[0])


def main() -> None:
    settings.DEBUG = False
    region()
    country()
    for model in (KpiValue, UnitValue):
        table = model._meta.db_table
        print(f"{table}: {model._default_manager.count():,} rows, {_size(table)} with its index")
    print(f"comparing everything: {_seconds_to_compare(None):.1f} s, {_size('measures_kpiyear')}")
    some = (
        Kpi.objects.exclude(code__startswith="U").order_by("pk")[:50].values_list("pk", flat=True)
    )
    changed = [(kpi, year) for kpi in some for year in range(LAST - 9, LAST + 1)]
    print(f"comparing {len(changed)} years of key figures: {_seconds_to_compare(changed):.2f} s")


if __name__ == "__main__":
    main()
