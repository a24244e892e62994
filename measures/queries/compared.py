"""What was said of a municipality, and how it stands: in the country or in a group, now or then.

Now and in the country it is looked up, for it is worked out after each fetching.  Within a group,
and as it was on a day, it is worked out here by the same rules (`ranking`), in the database, from
no other values than those that are asked for.  Each function is one query, whatever the number
of KPIs, years and genders.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple

from django.db import connection

from ..models import Gender, KpiValue, KpiYear, MeasureYear, Municipality, Status
from .ranking import kpi_rows, measure_rows, standings
from .series import Place

type Cell = tuple[int, int, Gender]  # id of the KPI or the measure, year, gender
type Said = tuple[float | None, Status]


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose standing is asked for, in which years; the years are those of the values.

    Attributes:
        members: Ids of those among whom, home not one of them; None is all of its kind.
        as_of: As it was said on that day; None is now.
    """

    home: Municipality
    years: Collection[int]
    genders: Collection[Gender] = (Gender.ALL,)
    members: Collection[int] | None = None
    as_of: date | None = None

    @property
    def in_country(self) -> "Asked":
        return replace(self, members=None)


def values_of(
    kpis: Collection[int],
    whose: Municipality,
    genders: Collection[Gender],
    as_of: date | None = None,
) -> dict[Cell, Said]:
    """Return what is, or was, said of one municipality in every year, the oldest first."""
    rows: Iterable[tuple[Any, ...]]
    if as_of is None:
        rows = (
            KpiValue.objects.filter(kpi__in=kpis, municipality=whose, gender__in=genders)
            .order_by("year")
            .values_list("kpi_id", "year", "gender", "value", "status")
        )
    else:
        which = _WHICH.format(kpis="%(subjects)s", whose="ARRAY[%(home)s]")
        rows = _rows(
            f"SELECT kpi_id, year, gender, value, status FROM ({_then(which)}) said ORDER BY year",
            _params(kpis, Asked(whose, (), genders, as_of=as_of)),
        )
    return {
        (kpi, year, Gender(gender)): (value, Status(status))
        for kpi, year, gender, value, status in rows
    }


def country_of_kpis(kpis: Collection[int], asked: Asked) -> dict[Cell, KpiYear]:
    """Return how `asked.home` stands in the country in each of `kpis`; `rank` is its place.

    As it was on a day it lacks the weighted value.
    """
    if asked.as_of is None:
        found = KpiYear.objects.seen_by(asked.home, *asked.genders).filter(
            kpi__in=kpis, year__in=asked.years
        )
        return {(s.kpi_id, s.year, Gender(s.gender)): s for s in found}
    then: dict[Cell, KpiYear] = {}
    for s in _standings("kpi_id", kpis, asked.in_country):
        then[s.cell] = KpiYear(
            kpi_id=s.subject,
            year=s.year,
            counted=s.counted,
            green_to=s.green_to,
            red_from=s.red_from,
            mean=s.mean,
        )
        then[s.cell].rank = s.rank
    return then


def country_of_measures(measures: Collection[int], asked: Asked) -> dict[Cell, MeasureYear]:
    """Return the same of quality measures.  As it was on a day it lacks both national values."""
    if asked.as_of is None:
        found = MeasureYear.objects.seen_by(asked.home, *asked.genders).filter(
            measure__in=measures, year__in=asked.years
        )
        return {(s.measure_id, s.year, Gender(s.gender)): s for s in found}
    then: dict[Cell, MeasureYear] = {}
    for s in _standings("measure_id", measures, asked.in_country):
        then[s.cell] = MeasureYear(
            measure_id=s.subject,
            year=s.year,
            counted=s.counted,
            green_to=s.green_to,
            red_from=s.red_from,
        )
        then[s.cell].rank = s.rank
    return then


def group_of_kpis(kpis: Collection[int], asked: Asked) -> dict[Cell, Place]:
    """Return the place of `asked.home` among itself and the members, in each of `kpis`."""
    found = _standings("kpi_id", kpis, asked)
    return {s.cell: Place(s.rank, s.counted, s.mean) for s in found}


def group_of_measures(measures: Collection[int], asked: Asked) -> dict[Cell, Place]:
    """Return the same of quality measures, without the mean: that is the mean of the parts'."""
    return {s.cell: Place(s.rank, s.counted) for s in _standings("measure_id", measures, asked)}


# --- the SQL -----------------------------------------------------------------------------------


class _Standing(NamedTuple):
    """A row of `ranking.standings`, seen by one."""

    subject: int
    year: int
    gender: int
    rank: int | None
    counted: int
    mean: float
    green_to: int | None
    red_from: int | None

    @property
    def cell(self) -> Cell:
        return self.subject, self.year, Gender(self.gender)


def _standings(subject: str, subjects: Collection[int], asked: Asked) -> Iterator[_Standing]:
    """Compare anew, by the rules, with the values that are asked for."""
    which = _WHICH_YEARS + _WHICH.format(
        kpis="%(subjects)s" if subject == "kpi_id" else _PARTS,
        whose=_KIND if asked.members is None else "%(members)s",
    )
    values = f"SELECT * FROM ({_now(which) if asked.as_of is None else _then(which)}) AS said"
    rows = kpi_rows if subject == "kpi_id" else measure_rows
    compared = standings(
        rows(_ASKED.format(subject=subject), f"{values} WHERE value IS NOT NULL"), subject
    )
    home = "array_position(municipalities, %(home)s::smallint)"
    sql = f"""
        SELECT {subject}, year, gender, ranks[{home}], counted, mean, green_to, red_from
        FROM ({compared}) AS standing WHERE kind = %(kind)s
    """
    return (_Standing(*row) for row in _rows(sql, _params(subjects, asked)))


_ASKED = """(
    SELECT {subject}, year FROM unnest(%(subjects)s::int[]) AS {subject},
                               unnest(%(years)s::smallint[]) AS year
)"""

# By the key that values are stored under, so that no others are read.
_WHICH_YEARS = "year = ANY(%(years)s) AND "
_WHICH = "kpi_id = ANY({kpis}) AND municipality_id = ANY({whose}) AND gender = ANY(%(genders)s)"
_KIND = "ARRAY(SELECT id FROM measures_municipality WHERE kind = %(kind)s)"
_PARTS = """ARRAY(
    SELECT kpi_id FROM measures_measurekpi
    WHERE NOT is_left_out AND measure_id = ANY(%(subjects)s)
)"""
_SAID = "kpi_id, municipality_id, year, gender, value, status"


def _now(which: str) -> str:
    return f"SELECT {_SAID} FROM measures_kpivalue WHERE {which}"


def _then(which: str) -> str:
    """Return SQL for what was said last on the day or before it.

    What is said now, if that was first said by then; else the latest of what it has replaced.
    """
    return f"""
        SELECT {_SAID} FROM measures_kpivalue WHERE {which} AND seen_on <= %(as_of)s
        UNION ALL
        SELECT * FROM (
            SELECT DISTINCT ON (kpi_id, municipality_id, year, gender)
                   kpi_id, municipality_id, year, gender, former.value, former.status
            FROM measures_kpivaluerevision former
            JOIN measures_kpivalue stored USING (kpi_id, municipality_id, year, gender)
            WHERE {which} AND former.seen_on <= %(as_of)s AND stored.seen_on > %(as_of)s
            ORDER BY kpi_id, municipality_id, year, gender,
                     former.seen_on DESC, former.replaced_at DESC
        ) AS replaced
    """


def _params(subjects: Collection[int], asked: Asked) -> Mapping[str, Any]:
    return {
        "subjects": list(subjects),
        "years": list(asked.years),
        "genders": [int(gender) for gender in asked.genders],
        "home": asked.home.pk,
        "kind": asked.home.kind,
        "members": [asked.home.pk, *(asked.members or ())],
        "as_of": asked.as_of,
    }


def _rows(sql: str, params: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found
