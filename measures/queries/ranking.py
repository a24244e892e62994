"""How municipalities compare: the rules, in one place, and the SQL that follows them.

- Only municipalities that have a value are ranked, and only among their own kind; the country is
  not ranked.
- Ranked on what was reported, never on what is shown.  1 is best.
- Those who are equal share the better rank: 1, 1, 3.
- Green: the rank is within the best quarter of those ranked.  Red: as far from the other end,
  counted the same way, so equals have one colour.  Yellow: the rest.
- A KPI without a good direction, or of our own, is neither ranked nor coloured.
- A quality measure is the mean of its parts and is ranked by that mean, among the municipalities
  that have every part.  Ranks are never averaged.  If the parts disagree about which way is good,
  the measure is neither ranked nor coloured.
- The national value of a measure is the mean of its parts' national values; so the difference is
  the mean of the parts' differences.
- Women and men are each ranked among the same gender.
"""

from ..models import Good, Kind, Source

VALUES = """
    SELECT kpi_id, municipality_id, year, gender, value
    FROM measures_kpivalue WHERE value IS NOT NULL
"""

# Our own measures are compared with nobody but ourselves, so they have no place among all.
_GOOD = f"""CASE WHEN kpi.source = '{Source.OWN}' THEN '{Good.NEITHER}' ELSE kpi.good END AS good"""

# What the columns of a standing are, in the order that `standings` gives them.
COLUMNS = (
    "kind, year, gender, counted, green_to, red_from, mean, lower, median, upper, "
    "municipalities, ranks"
)


def standings(rows: str, subject: str) -> str:
    """Return SQL that makes one row of each subject, kind, year and gender.

    Args:
        rows: SQL with the columns `subject`, municipality_id, kind, year, gender, good, value;
            without the country.
        subject: the column that names what is compared, "kpi_id" or "measure_id".

    Returns:
        SQL with the columns `subject`, those of `COLUMNS`, and `values` in the order of
        municipalities.
    """
    one = f"{subject}, year, gender, is_region"
    in_order = "ORDER BY from_best, municipality_id"
    is_ranked = f"good <> '{Good.NEITHER}'"
    # The arrays are in the order of ranks, so the quarters are read at their places: a rank is
    # never greater than its place, and equals share one.
    return f"""
        SELECT {subject}, year, gender, counted, mean, municipalities, values,
               CASE WHEN is_region THEN '{Kind.REGION}' ELSE '{Kind.MUNICIPALITY}' END AS kind,
               CASE WHEN {is_ranked} THEN ranks[counted / 4] END AS green_to,
               CASE WHEN {is_ranked} AND counted >= 4
                    THEN ranks[counted + 1 - counted / 4] END AS red_from,
               CASE WHEN {is_ranked} THEN ranks ELSE '{{}}' END AS ranks,
               CASE WHEN good = '{Good.LOW}' THEN {_at(0.25)} ELSE {_at(0.75)} END AS lower,
               {_at(0.5)} AS median,
               CASE WHEN good = '{Good.LOW}' THEN {_at(0.75)} ELSE {_at(0.25)} END AS upper
        FROM (
            SELECT {one}, min(good) AS good, count(*)::int AS counted, avg(value) AS mean,
                   array_agg(municipality_id {in_order}) AS municipalities,
                   array_agg(from_best::smallint {in_order}) AS ranks,
                   array_agg(value {in_order}) AS values
            FROM (
                SELECT *, rank() OVER (PARTITION BY {one} ORDER BY merit DESC) AS from_best
                FROM (
                    SELECT *, kind = '{Kind.REGION}' AS is_region,
                           CASE WHEN good = '{Good.LOW}' THEN -value ELSE value END AS merit
                    FROM ({rows}) AS rows
                ) AS valued
            ) AS placed
            GROUP BY {one}
        ) AS gathered
    """


def _at(share: float) -> str:
    """SQL for the value that `share` of the array `values` come before, between two if need be."""
    place = f"(1 + {share} * (counted - 1))"
    before, after = f"values[floor({place})::int]", f"values[ceil({place})::int]"
    return f"({before} + ({place} - floor({place})) * ({after} - {before}))"


def kpi_rows(asked: str, values: str = VALUES) -> str:
    """Return SQL with the rows to compare KPIs by.

    Args:
        asked: A table or SQL in parentheses with the columns kpi_id and year.
        values: SQL with the columns of `VALUES`; give others to compare as it once was.
    """
    return f"""
        SELECT v.kpi_id, v.municipality_id, m.kind, v.year, v.gender, v.value,
               {_GOOD}
        FROM {asked} AS asked
        JOIN ({values}) AS v ON v.kpi_id = asked.kpi_id AND v.year = asked.year
        JOIN measures_municipality m ON m.id = v.municipality_id AND m.kind <> '{Kind.COUNTRY}'
        JOIN measures_kpi kpi ON kpi.id = v.kpi_id
    """


PARTS = f"""
    SELECT measure_id, kpi_id, {_GOOD}, count(*) OVER (PARTITION BY measure_id) AS parts
    FROM measures_measurekpi part JOIN measures_kpi kpi ON kpi.id = part.kpi_id
    WHERE NOT part.is_left_out
"""


def measure_rows(asked: str, values: str = VALUES) -> str:
    """Return SQL with the rows to compare measures by: the mean of the parts, where all are there.

    Rounded to six decimals, lest float noise part two equal means.

    Args:
        asked: A table or SQL in parentheses with the columns measure_id and year.
        values: As for `kpi_rows`.
    """
    return f"""
        SELECT part.measure_id, v.municipality_id, m.kind, v.year, v.gender,
               CASE WHEN min(part.good) = max(part.good) THEN min(part.good)
                    ELSE '{Good.NEITHER}' END AS good,
               round(avg(v.value)::numeric, 6)::double precision AS value
        FROM ({PARTS}) AS part
        JOIN {asked} AS asked ON asked.measure_id = part.measure_id
        JOIN ({values}) AS v ON v.kpi_id = part.kpi_id AND v.year = asked.year
        JOIN measures_municipality m ON m.id = v.municipality_id AND m.kind <> '{Kind.COUNTRY}'
        GROUP BY part.measure_id, v.municipality_id, m.kind, v.year, v.gender
        HAVING count(*) = max(part.parts)
    """
