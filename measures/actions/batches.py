"""What is asked of Kolada in each kind of batch, and how the answer is stored.

Three parts: what must be known is read from the database; then Kolada is asked, in a thread that
never touches the database; the answer is stored, in one transaction.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import batched
from math import ceil
from threading import Event
from typing import NamedTuple

from django.utils import timezone

from organisation.models.unit import home_unit

from ..kolada.client import MOST_IDS, Client
from ..kolada.items import DataItem, UnitItem, outcomes
from ..models import (
    BatchKind,
    Covers,
    ImportBatch,
    ImportRun,
    Kind,
    Kpi,
    KpiValue,
    Municipality,
    MunicipalityGroup,
    ServiceUnit,
)
from ..rules.imports import FIRST_YEAR
from . import catalogue, values
from .spool import Spool
from .values import Loaded

# The kinds that have values of a KPI; Riket stands beside both.
KINDS: dict[str, set[str]] = {
    Covers.MUNICIPALITIES: {Kind.MUNICIPALITY, Kind.COUNTRY},
    Covers.REGIONS: {Kind.REGION, Kind.COUNTRY},
    Covers.ALL: {Kind.MUNICIPALITY, Kind.REGION, Kind.COUNTRY},
}
# Numbers of KPIs that are those of the units they are about: N15… and U15… are about the schools,
# V15….  Of other numbers, those of LSS for one, all units are asked about.
OF_ONE_TYPE = {"11", "15", "17", "21", "23", "60"}


class BrokenOff(Exception):
    """Nobody waits for the answer any more."""


class Progress:
    """How far the asking has come, and whether to go on; shared by two threads."""

    def __init__(self) -> None:
        self.asked = 0  # questions answered of the batch at hand
        self._stopped = Event()

    def stop(self) -> None:
        self._stopped.set()

    def go_on(self) -> None:
        """Raises: BrokenOff, when nobody waits for more."""
        if self._stopped.is_set():
            raise BrokenOff


type Store = Callable[[], Loaded]
type Ask = Callable[[Client, Progress], Store]  # fetches all, and returns how to store it


class _KnownKpi(NamedTuple):
    code: str
    covers: str


class Known:
    """What must be known to ask what a run asks: read once, three queries."""

    def __init__(self, run: ImportRun, batches: Sequence[ImportBatch]) -> None:
        self._run = run
        ids = {pk for batch in batches for pk in batch.kpis}
        rows = Kpi.objects.filter(pk__in=ids).values_list("pk", "code", "covers")
        self._kpis = {pk: _KnownKpi(code, covers) for pk, code, covers in rows}
        self._municipalities = {m.code: m for m in Municipality.objects.order_by("code")}
        units = ServiceUnit.objects.exclude(code="").filter(gone_on=None).order_by("code")
        self._units = dict(units.values_list("code", "pk"))

    def size(self, batch: ImportBatch) -> int:
        """How many times Kolada is asked, at the least."""
        if batch.kind in (BatchKind.VALUES, BatchKind.UNIT_VALUES):
            return ceil(len(self._places(batch)) / MOST_IDS)
        return 1

    def ask(self, batch: ImportBatch) -> Ask:
        match batch.kind:
            case BatchKind.VALUES | BatchKind.UNIT_VALUES:
                kpis = {self._kpis[pk].code: pk for pk in batch.kpis}
                return _Values(batch, self._run, kpis, self._places(batch)).ask
            case BatchKind.UNITS:
                return partial(_ask_units, codes=ours_and_similar())
            case kind:
                return partial(_ask_catalogue, kind=kind)

    def _places(self, batch: ImportBatch) -> dict[str, int]:
        """The ids, by code, of those whose values are asked for."""
        kpis = [self._kpis[pk] for pk in batch.kpis]
        if batch.kind == BatchKind.UNIT_VALUES:
            numbers = {kpi.code[1:3] for kpi in kpis}
            of_all = not numbers <= OF_ONE_TYPE
            return {c: pk for c, pk in self._units.items() if of_all or c[1:3] in numbers}
        kinds = set().union(*(KINDS[kpi.covers] for kpi in kpis))
        return {code: m.pk for code, m in self._municipalities.items() if m.kind in kinds}


@dataclass(frozen=True, slots=True)
class _Values:
    """The values of some KPIs, of municipalities or of units."""

    batch: ImportBatch
    run: ImportRun
    kpis: dict[str, int]  # ids by code
    places: dict[str, int]  # the same

    def ask(self, kolada: Client, progress: Progress) -> Store:
        of_units = self.batch.kind == BatchKind.UNIT_VALUES
        pages_of = kolada.unit_values if of_units else kolada.values
        spool, said = Spool(), set[int]()
        for some in batched(self.places, MOST_IDS, strict=False):
            progress.go_on()
            for page in pages_of(
                list(self.kpis), some, years=self._years(), since=self.batch.changed_since
            ):
                said |= _pack(page, self.kpis, self.places, spool)
                progress.go_on()
            progress.asked += 1
        return partial(self._store, spool, said)

    def _years(self) -> Sequence[int] | None:
        first, last = self.run.first_year, self.run.last_year
        if first is None and last is None:
            return None
        return range(first or FIRST_YEAR, (last or timezone.localdate().year + 1) + 1)

    def _store(self, spool: Spool, said: Collection[int]) -> Loaded:
        whole = values.Answered(
            kpis=said,
            places=self.places.values(),
            first_year=self.run.first_year,
            last_year=self.run.last_year,
        )
        answered = None if self.batch.changed_since else whole
        if self.batch.kind == BatchKind.UNIT_VALUES:
            return values.load_units(spool, answered=answered)
        if answered and self._years() is None:
            _note_retired(self.kpis.values(), said)
        return values.load(spool, answered=answered)


def _pack(
    page: Iterable[DataItem], kpis: Mapping[str, int], places: Mapping[str, int], spool: Spool
) -> set[int]:
    """Pack what a page says, and return the ids of the KPIs that it says something about.

    Passes over what was not asked about; Kolada has rows of groups too.
    """
    rows = [
        (kpis[kpi], places[place], year, gender, status, value)
        for kpi, place, year, gender, status, value in outcomes(page)
        if kpi in kpis and place in places
    ]
    spool.extend(rows)
    return {row[0] for row in rows}


def _note_retired(asked: Iterable[int], said: Collection[int]) -> None:
    """Of an id that is taken away Kolada says nothing; its values are kept.

    One without values may be new, and its first year to come.
    """
    silent = [pk for pk in asked if pk not in said]
    had = KpiValue.objects.filter(kpi__in=silent, value__isnull=False).values("kpi")
    Kpi.objects.filter(pk__in=had, retired_on=None).update(retired_on=timezone.localdate())
    Kpi.objects.filter(pk__in=said).exclude(retired_on=None).update(retired_on=None)


# --- the catalogue ---------------------------------------------------------------------------


def _ask_catalogue(kolada: Client, progress: Progress, *, kind: str) -> Store:
    progress.go_on()
    match kind:
        case BatchKind.MUNICIPALITIES:
            return partial(catalogue.take_in_municipalities, list(kolada.municipalities()))
        case BatchKind.KPIS:
            return partial(catalogue.take_in_kpis, list(kolada.kpis()))
        case _:
            return partial(catalogue.take_in_groups, list(kolada.municipality_groups()))


def _ask_units(kolada: Client, progress: Progress, *, codes: Sequence[str]) -> Store:
    found: list[UnitItem] = []
    for some in batched(codes, MOST_IDS, strict=False):
        progress.go_on()
        found += kolada.units(some)
    return partial(catalogue.take_in_units, found, of=codes)


def ours_and_similar() -> list[str]:
    """Return the codes of our municipality and of all that Kolada finds similar to it."""
    home = home_unit()
    ours = Municipality.objects.filter(code=home.municipality_code).first() if home else None
    if ours is None:
        return []
    groups = MunicipalityGroup.objects.filter(alike=ours, gone_on=None)
    similar = {pk for members in groups.values_list("members", flat=True) for pk in members}
    wanted = Municipality.objects.filter(pk__in=[ours.pk, *similar])
    return sorted(wanted.values_list("code", flat=True))
