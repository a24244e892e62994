"""What was said of a municipality, and how it stands: in the country or in a group, now or then.

Now and in the country it is looked up, for it is worked out after each fetching.  Within a group,
and as it was on a day, it is worked out here by the same rules (`ranking`), in the database, from
no other values than those that are asked for.  Each function is one query, whatever the number
of KPIs, years and genders.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple

from django.db import connection

from ..models import Gender, Kind, KpiValue, KpiYear, MeasureYear, Municipality, Status
from .ranking import kpi_rows, measure_rows, standings
from .series import Place

type Cell = tuple[int, int, Gender]  # id of the KPI or the measure, year, gender
type Said = tuple[float | None, Status]

EVERY_YEAR = range(1970, 2101)  # Kolada has nothing older


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose standing is asked for, in which years; the years are those of the values.

    Attributes:
        members: Ids of those among whom, home not one of them; None is all of its kind.
        as_of: As it was said on that day; None is now.
    """

    home: Municipality
    years: Collection[int] | None  # None is every year
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
    return {
        (kpi, year, Gender(gender)): (value, Status(status))
        for _whose, kpi, year, gender, value, status in _said([whose.pk], kpis, genders, as_of)
    }


def values_among(
    members: Collection[int],
    kpis: Collection[int],
    genders: Collection[Gender],
    as_of: date | None = None,
) -> dict[int, dict[Cell, float]]:
    """Return by municipality the values that are, or were, said of some in every year."""
    found: dict[int, dict[Cell, float]] = {member: {} for member in members}
    for member, kpi, year, gender, value, _status in _said(members, kpis, genders, as_of):
        if value is not None:
            found[member][kpi, year, Gender(gender)] = value
    return found


def weighted_then(kpis: Collection[int], asked: Asked) -> dict[Cell, Said]:
    """Return what was said of the country itself on the day; as it is now it is in the standings.

    Two queries as it was on a day, else none.
    """
    if asked.as_of is None:
        return {}
    country = Municipality.objects.filter(kind=Kind.COUNTRY).first()
    return values_of(kpis, country, asked.genders, asked.as_of) if country else {}


def country_of_kpis(kpis: Collection[int], asked: Asked) -> dict[Cell, KpiYear]:
    """Return how `asked.home` stands in the country in each of `kpis`; `rank` is its place.

    As it was on a day it lacks the weighted value.
    """
    if asked.as_of is None:
        found = KpiYear.objects.seen_by(asked.home, *asked.genders).filter(kpi__in=kpis)
        found = found if asked.years is None else found.filter(year__in=asked.years)
        return {(s.kpi_id, s.year, Gender(s.gender)): s for s in found}
    then: dict[Cell, KpiYear] = {}
    for s in _standings("kpi_id", kpis, asked.in_country):
        then[s.cell] = KpiYear(kpi_id=s.subject, mean=s.mean, **s.in_common)
        then[s.cell].rank = s.rank
    return then


def country_of_measures(measures: Collection[int], asked: Asked) -> dict[Cell, MeasureYear]:
    """Return the same of quality measures.  As it was on a day it lacks both national values."""
    if asked.as_of is None:
        found = MeasureYear.objects.seen_by(asked.home, *asked.genders).filter(measure__in=measures)
        found = found if asked.years is None else found.filter(year__in=asked.years)
        return {(s.measure_id, s.year, Gender(s.gender)): s for s in found}
    then: dict[Cell, MeasureYear] = {}
    for s in _standings("measure_id", measures, asked.in_country):
        then[s.cell] = MeasureYear(measure_id=s.subject, **s.in_common)
        then[s.cell].rank = s.rank
    return then


def group_of_kpis(kpis: Collection[int], asked: Asked) -> dict[Cell, Place]:
    """Return the place of `asked.home` among itself and the members, in each of `kpis`."""
    found = _standings("kpi_id", kpis, asked)
    return {s.cell: Place(s.rank, s.counted, s.mean) for s in found}


def group_of_measures(measures: Collection[int], asked: Asked) -> dict[Cell, Place]:
    """Return the same of quality measures, without the mean: that is the mean of the parts'."""
    return {s.cell: Place(s.rank, s.counted) for s in _standings("measure_id", measures, asked)}


@dataclass(frozen=True, slots=True)
class Order:
    """Everybody's value in one year, the best first; `ranks` is empty where no way is good."""

    year: int
    municipalities: Sequence[int]
    values: Sequence[float | None]
    ranks: Sequence[int]
    green_to: int | None
    red_from: int | None


def order_of_kpi(kpi: int, asked: Asked) -> Order | None:
    """Return the country in the one year and gender that is asked for.  Two queries; then one."""
    if asked.as_of is not None:
        return _order_then("kpi_id", kpi, asked)
    one: dict[str, Any] = {"kpi": kpi, "year__in": asked.years or (), "gender__in": asked.genders}
    standing = KpiYear.objects.filter(kind=asked.home.kind, **one).first()
    if standing is None:
        return None
    values = dict(
        KpiValue.objects.filter(municipality__in=standing.municipalities, **one).values_list(
            "municipality", "value"
        )
    )
    return _order(standing, [values.get(pk) for pk in standing.municipalities])


def order_of_measure(measure: int, asked: Asked) -> Order | None:
    """Return the same of a quality measure.  One query."""
    if asked.as_of is not None:
        return _order_then("measure_id", measure, asked)
    standing = MeasureYear.objects.filter(
        measure=measure, kind=asked.home.kind, year__in=asked.years or (), gender__in=asked.genders
    ).first()
    return None if standing is None else _order(standing, standing.values)


def _order(standing: KpiYear | MeasureYear, values: Sequence[float | None]) -> Order:
    s = standing
    return Order(s.year, s.municipalities, values, s.ranks, s.green_to, s.red_from)


def _order_then(subject: str, one: int, asked: Asked) -> Order | None:
    for s in _standings(subject, [one], asked.in_country, with_everybody=True):
        return Order(s.year, s.municipalities, s.values, s.ranks, s.green_to, s.red_from)
    return None


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
    lower: float
    median: float
    upper: float
    municipalities: Sequence[int]  # these three only where everybody is asked for
    ranks: Sequence[int]
    values: Sequence[float]

    @property
    def cell(self) -> Cell:
        return self.subject, self.year, Gender(self.gender)

    @property
    def in_common(self) -> dict[str, Any]:
        """What a year of a KPI and of a measure both say."""
        names = ("year", "gender", "counted", "green_to", "red_from", "lower", "median", "upper")
        return {name: getattr(self, name) for name in names}


def _standings(
    subject: str, subjects: Collection[int], asked: Asked, *, with_everybody: bool = False
) -> Iterator[_Standing]:
    """Compare anew, by the rules, with the values that are asked for."""
    which = _WHICH_YEARS * (asked.years is not None) + _WHICH.format(
        kpis="%(subjects)s" if subject == "kpi_id" else _PARTS,
        whose=_KIND if asked.members is None else "%(members)s",
    )
    values = f"SELECT * FROM ({_now(which) if asked.as_of is None else _then(which)}) AS said"
    rows = kpi_rows if subject == "kpi_id" else measure_rows
    compared = standings(
        rows(_ASKED.format(subject=subject), f"{values} WHERE value IS NOT NULL"), subject
    )
    home = "array_position(municipalities, %(home)s::smallint)"
    everybody = "municipalities, ranks, values" if with_everybody else "NULL, NULL, NULL"
    sql = f"""
        SELECT {subject}, year, gender, ranks[{home}], counted, mean, green_to, red_from,
               lower, median, upper, {everybody}
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


def _said(
    whose: Collection[int],
    kpis: Collection[int],
    genders: Collection[Gender],
    as_of: date | None,
) -> Iterable[tuple[Any, ...]]:
    """Return rows of municipality, KPI, year, gender, value and status, the oldest first."""
    if as_of is None:
        return (
            KpiValue.objects.filter(kpi__in=kpis, municipality__in=whose, gender__in=genders)
            .order_by("year")
            .values_list("municipality_id", "kpi_id", "year", "gender", "value", "status")
        )
    which = _then(_WHICH.format(kpis="%(subjects)s", whose="%(whose)s"))
    params = {
        "whose": list(whose),
        "subjects": list(kpis),
        "genders": [int(gender) for gender in genders],
        "as_of": as_of,
    }
    columns = "municipality_id, kpi_id, year, gender, value, status"
    return _rows(f"SELECT {columns} FROM ({which}) AS said ORDER BY year", params)


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
        "years": list(EVERY_YEAR if asked.years is None else asked.years),
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
