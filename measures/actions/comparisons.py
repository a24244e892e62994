"""Work out how municipalities compare: rank, colour, national values.

The rules, in one place:
- Only municipalities that have a value are ranked; the country is not one of them.
- Ranked on what was reported, never on what is shown.  1 is best.
- Those who are equal share the better rank: 1, 1, 3.
- Green: the rank is within the best quarter of those ranked.  Red: as far from the other end,
  counted the same way, so equals have one colour.  Yellow: the rest.
- A KPI without a good direction is neither ranked nor coloured.
- A quality measure is the mean of its parts and is ranked by that mean, among the municipalities
  that have every part.  Ranks are never averaged.  If the parts disagree about which way is good,
  the measure is neither ranked nor coloured.
- The national value of a measure is the mean of its parts' national values; so the difference is
  the mean of the parts' differences.
"""

from collections.abc import Collection

from django.db import connection, transaction

from ..models import Band, Gender, Good

type KpiYearKey = tuple[int, int]  # id of the KPI, year


@transaction.atomic
def refresh(kpi_years: Collection[KpiYearKey] | None = None) -> None:
    """Compare anew what `kpi_years` touch, the measures they are part of too; None is everything.

    Gender is all: women and men apart are shown, not ranked.
    """
    if kpi_years is not None and not kpi_years:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE asked (kpi_id smallint, year smallint) ON COMMIT DROP"
        )
        if kpi_years is None:
            cursor.execute("INSERT INTO asked SELECT DISTINCT kpi_id, year FROM measures_kpivalue")
            cursor.execute("DELETE FROM measures_measureyear")
            cursor.execute("DELETE FROM measures_measureplace")
        else:
            cursor.executemany("INSERT INTO asked VALUES (%s, %s)", list(kpi_years))
        cursor.execute("ANALYZE asked")
        for statement in (*_OF_KPIS, *_OF_MEASURES):
            cursor.execute(statement)
        cursor.execute("DROP TABLE asked")


def _ranked(rows: str, subject: str) -> str:
    """SQL that gives each of `rows` its rank and band.

    Args:
        rows: SQL with the columns of `subject`, municipality_id, year, good, value.
    """
    of_one = f"PARTITION BY {subject}, year"
    return f"""
        SELECT {subject}, municipality_id, year, value,
               CASE WHEN good <> '{Good.NEITHER}' THEN from_best END AS rank,
               CASE WHEN good = '{Good.NEITHER}' THEN {Band.NONE}
                    WHEN from_best <= counted / 4.0 THEN {Band.GOOD}
                    WHEN from_worst <= counted / 4.0 THEN {Band.BAD}
                    ELSE {Band.MID} END AS band
        FROM (
            SELECT *, count(*) OVER ({of_one}) AS counted,
                   rank() OVER ({of_one} ORDER BY merit DESC) AS from_best,
                   rank() OVER ({of_one} ORDER BY merit) AS from_worst
            FROM (
                SELECT *, CASE WHEN good = '{Good.LOW}' THEN -value ELSE value END AS merit
                FROM ({rows}) AS rows
            ) AS valued
        ) AS placed
    """


_VALUES = f"""
    SELECT v.kpi_id, v.year, v.municipality_id, v.value, m.is_country
    FROM measures_kpivalue v
    JOIN measures_municipality m ON m.id = v.municipality_id
    WHERE v.gender = {Gender.ALL} AND v.value IS NOT NULL
"""

_OF_KPIS = (
    "DELETE FROM measures_kpiyear WHERE (kpi_id, year) IN (SELECT kpi_id, year FROM asked)",
    "DELETE FROM measures_kpiplace WHERE (kpi_id, year) IN (SELECT kpi_id, year FROM asked)",
    f"""
    INSERT INTO measures_kpiyear (kpi_id, year, counted, mean, weighted)
    SELECT kpi_id, year, count(*) FILTER (WHERE NOT is_country),
           avg(value) FILTER (WHERE NOT is_country), max(value) FILTER (WHERE is_country)
    FROM ({_VALUES}) AS v JOIN asked USING (kpi_id, year)
    GROUP BY kpi_id, year
    """,
    f"""
    INSERT INTO measures_kpiplace (kpi_id, municipality_id, year, rank, band)
    SELECT kpi_id, municipality_id, year, rank, band
    FROM ({
        _ranked(
            f'''
        SELECT v.kpi_id, v.municipality_id, v.year, v.value, kpi.good
        FROM ({_VALUES}) AS v
        JOIN asked USING (kpi_id, year)
        JOIN measures_kpi kpi ON kpi.id = v.kpi_id
        WHERE NOT v.is_country
        ''',
            subject="kpi_id",
        )
    }) AS ranked
    WHERE rank IS NOT NULL
    """,
)

_PARTS = """
    SELECT measure_id, kpi_id, good, count(*) OVER (PARTITION BY measure_id) AS parts
    FROM measures_measurekpi part JOIN measures_kpi kpi ON kpi.id = part.kpi_id
    WHERE NOT part.is_left_out
"""

# Rounded to six decimals, lest float noise part two equal means.
_MEANS = f"""
    SELECT part.measure_id, v.municipality_id, v.year,
           round(avg(v.value)::numeric, 6)::double precision AS value,
           CASE WHEN min(part.good) = max(part.good) THEN min(part.good)
                ELSE '{Good.NEITHER}' END AS good
    FROM ({_PARTS}) AS part
    JOIN ({_VALUES}) AS v USING (kpi_id)
    JOIN asked_measures asked ON asked.measure_id = part.measure_id AND asked.year = v.year
    WHERE NOT v.is_country
    GROUP BY part.measure_id, v.municipality_id, v.year
    HAVING count(*) = max(part.parts)
"""

_OF_MEASURES = (
    """
    CREATE TEMPORARY TABLE asked_measures ON COMMIT DROP AS
    SELECT DISTINCT measure_id, year
    FROM measures_measurekpi JOIN asked USING (kpi_id) WHERE NOT is_left_out
    """,
    "DELETE FROM measures_measureyear"
    " WHERE (measure_id, year) IN (SELECT measure_id, year FROM asked_measures)",
    "DELETE FROM measures_measureplace"
    " WHERE (measure_id, year) IN (SELECT measure_id, year FROM asked_measures)",
    f"""
    INSERT INTO measures_measureplace (measure_id, municipality_id, year, value, rank, band)
    SELECT measure_id, municipality_id, year, value, rank, band
    FROM ({_ranked(_MEANS, subject="measure_id")}) AS ranked
    """,
    f"""
    INSERT INTO measures_measureyear (measure_id, year, counted, mean, weighted)
    SELECT measure_id, year, coalesce(max(placed.counted), 0), avg(mean),
           CASE WHEN count(weighted) = max(parts) THEN avg(weighted) END
    FROM ({_PARTS}) AS part
    JOIN measures_kpiyear USING (kpi_id)
    JOIN asked_measures USING (measure_id, year)
    LEFT JOIN (
        SELECT measure_id, year, count(*) AS counted
        FROM measures_measureplace GROUP BY measure_id, year
    ) AS placed USING (measure_id, year)
    GROUP BY measure_id, year
    HAVING count(mean) = max(parts)
    """,
    "DROP TABLE asked_measures",
)
