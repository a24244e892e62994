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
    of_one = f"PARTITION BY {subject}, kind, year, gender"
    return f"""
        SELECT {subject}, kind, year, gender, count(*) AS counted,
               CASE WHEN min(good) <> '{Good.NEITHER}'
                    THEN max(from_best) FILTER (WHERE from_best <= counted / 4.0) END AS green_to,
               CASE WHEN min(good) <> '{Good.NEITHER}'
                    THEN min(from_best) FILTER (WHERE counted - as_good + 1 <= counted / 4.0)
                    END AS red_from,
               avg(value) AS mean,
               percentile_cont(0.25) WITHIN GROUP (ORDER BY value) AS lower,
               percentile_cont(0.5) WITHIN GROUP (ORDER BY value) AS median,
               percentile_cont(0.75) WITHIN GROUP (ORDER BY value) AS upper,
               array_agg(municipality_id ORDER BY from_best, municipality_id) AS municipalities,
               CASE WHEN min(good) <> '{Good.NEITHER}'
                    THEN array_agg(from_best::smallint ORDER BY from_best, municipality_id)
                    ELSE '{{}}' END AS ranks,
               array_agg(value ORDER BY from_best, municipality_id) AS values
        FROM (
            SELECT *, count(*) OVER ({of_one}) AS counted,
                   rank() OVER ({of_one} ORDER BY merit DESC) AS from_best,
                   count(*) OVER ({of_one} ORDER BY merit DESC) AS as_good -- or better
            FROM (
                SELECT *, CASE WHEN good = '{Good.LOW}' THEN -value ELSE value END AS merit
                FROM ({rows}) AS rows
            ) AS valued
        ) AS placed
        GROUP BY {subject}, kind, year, gender
    """


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
