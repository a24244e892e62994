"""What a file of results would change: compared with what is there, nothing written."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.spreadsheet import Sheet
from organisation.imports.rows import Problem

from ..models import Gender, Kpi, KpiValue, Municipality, Status, UnitValue, too_few
from ..rules.own_kpis import why_not_ours, why_not_year
from ..wording import value_text
from .known import Known, KnownKpis, Unknown, Where
from .rows import ResultRow, Rows, read_rows

SHOWN = 12  # changes in the sample
SAME_WITHIN = 1e-6  # relative; as when values are stored


class Cell(NamedTuple):
    """What one result is about."""

    where: Where
    kpi_id: int
    year: int
    gender: int


class Said(NamedTuple):
    """A result as it will be kept: what few answered has become secret."""

    status: int
    value: float | None
    answers: int | None = None


@dataclass(slots=True)
class Plan:
    """All that a file would do, or the problems for which it can do nothing."""

    rows: Rows
    results: dict[Cell, Said] = field(default_factory=dict)
    kpis: dict[int, Kpi] = field(default_factory=dict)
    before: dict[Cell, Said] = field(default_factory=dict)
    hidden: int = 0  # for which too few answered

    @property
    def problems(self) -> list[Problem]:
        return self.rows.problems

    @property
    def new_units(self) -> dict[int, str]:
        """Return the names of our own units that get a service unit, by their ids."""
        return {
            cell.where.new_for: cell.where.name
            for cell in self.results
            if cell.where.new_for is not None
        }

    def counts(self) -> dict[str, int]:
        kinds = Counter(self._kind(cell) for cell in self.results)
        return {
            "new": kinds["new"],
            "changed": kinds["changed"],
            "unchanged": kinds["unchanged"],
            "hidden": self.hidden,
        }

    def _kind(self, cell: Cell) -> str:
        before, now = self.before.get(cell), self.results[cell]
        if before is None:
            return "new"
        return "unchanged" if is_same(before, now) else "changed"

    def sample(self) -> list[list[str]]:
        """Return the first few, in words: what, of whom, which year, before and now."""
        first = [cell for cell in self.results if self._kind(cell) == "changed"]
        first += [cell for cell in self.results if self._kind(cell) == "new"]
        return [
            [
                self._kind(cell),
                cell.where.name,
                self.kpis[cell.kpi_id].name,
                _year_and_gender(cell),
                self._text(cell, self.before[cell]) if cell in self.before else "",
                self._text(cell, self.results[cell]),
            ]
            for cell in first[:SHOWN]
        ]

    def _text(self, cell: Cell, said: Said) -> str:
        if said.value is None or too_few(said.answers):
            return Status(said.status).sign or Status.SECRET.sign
        kpi = self.kpis[cell.kpi_id]
        return value_text(said.value, kpi.decimals, kpi.unit_word)

    def warnings(self) -> list[str]:
        """Return what is not wrong but odd, in sentences."""
        shares: defaultdict[int, list[float]] = defaultdict(list)
        for cell, said in self.results.items():
            if said.value is not None and "%" in self.kpis[cell.kpi_id].unit_word:
                shares[cell.kpi_id].append(said.value)
        odd = []
        for kpi_id, values in shares.items():
            facts: dict[str, Any] = {
                "kpi": self.kpis[kpi_id].name,
                "low": sum(0 < value <= 1 for value in values),
                "high": sum(value > 100 for value in values),
            }
            if facts["low"]:
                odd.append(
                    ngettext(
                        "%(low)s value of “%(kpi)s” is 1 %% or lower. Has the spreadsheet program "
                        "saved per cent as parts of one, 0,85 for 85 %%?",
                        "%(low)s values of “%(kpi)s” are 1 %% or lower. Has the spreadsheet program "
                        "saved per cent as parts of one, 0,85 for 85 %%?",
                        facts["low"],
                    )
                    % facts
                )
            if facts["high"]:
                odd.append(
                    ngettext(
                        "%(high)s value of “%(kpi)s” is above 100 %%.",
                        "%(high)s values of “%(kpi)s” are above 100 %%.",
                        facts["high"],
                    )
                    % facts
                )
        return odd

    def fingerprint(self) -> str:
        """Return a text that is the same only for a plan that does the same to the same."""
        whole = sorted(
            (repr(cell), repr(said), repr(self.before.get(cell)))
            for cell, said in self.results.items()
        )
        return hashlib.sha256(repr(whole).encode()).hexdigest()


def is_same(before: Said, now: Said) -> bool:
    if (before.status, before.answers) != (now.status, now.answers):
        return False
    if before.value is None or now.value is None:
        return before.value is now.value
    return abs(before.value - now.value) <= SAME_WITHIN * abs(before.value)


def make_plan(sheets: Iterable[Sheet], *, home: Municipality, this_year: int) -> Plan:
    """Compare what the sheets say with what is there.  Asks the database a fixed number of times.

    A file says nothing of what it does not name: that is left as it was.
    """
    plan = Plan(read_rows(sheets))
    if not plan.rows.results:
        return plan
    known = Known(home)
    kpis = KnownKpis({row.kpi for row in plan.rows.results})
    numbers: dict[Cell, int] = {}
    for row in plan.rows.results:
        cell = _cell_of(row, known, kpis, plan, this_year)
        if cell is None:
            continue
        if cell in numbers:
            text = _(
                "Row %(row)s is about the same unit, measure, year and gender. Keep one of them."
            )
            plan.rows.object_to(row.number, "Enhet", text % {"row": numbers[cell]})
        numbers.setdefault(cell, row.number)
        said = kept(row.status, row.value, row.answers)
        # Of the municipality the number who answered is not kept.
        plan.results[cell] = said._replace(answers=None) if cell.where.is_municipality else said
        plan.hidden += too_few(row.answers)
    if plan.problems:
        plan.problems.sort(key=lambda problem: problem.row)  # as one goes through the file
    else:
        plan.before = _before(plan.results, home)
    return plan


def kept(status: int, value: float | None, answers: int | None) -> Said:
    """Return a result as it may be kept: secret where too few answered."""
    if too_few(answers):
        return Said(int(Status.SECRET), None, answers)
    return Said(status, value, answers)


def _cell_of(
    row: ResultRow, known: Known, kpis: KnownKpis, plan: Plan, this_year: int
) -> Cell | None:
    """Return what the row is about; None, and sentences, where that cannot be."""
    where: Where | None = None
    kpi: Kpi | None = None
    try:
        where = known.where(row.unit)
    except Unknown as unknown:
        plan.rows.object_to(row.number, "Enhet", str(unknown))
    try:
        kpi = kpis.kpi(row.kpi)
    except Unknown as unknown:
        plan.rows.object_to(row.number, "Mått", str(unknown))
    if refusal := why_not_year(row.year, this_year=this_year):
        plan.rows.object_to(row.number, "År", refusal)
    if where is None or kpi is None:
        return None
    if refusal := why_not_ours(kpi, of_unit=not where.is_municipality):
        plan.rows.object_to(row.number, "Mått", refusal)
    plan.kpis[kpi.pk] = kpi
    return Cell(where, kpi.pk, row.year, row.gender)


def _before(cells: Collection[Cell], home: Municipality) -> dict[Cell, Said]:
    """Return what is said of the same now.  Two queries."""
    about = {
        (c.where.service_unit_id, c.kpi_id, c.year, c.gender): c
        for c in cells
        if c.where.new_for is None
    }
    ids = {c.kpi_id for c in cells}
    years = {c.year for c in cells}
    of_units = UnitValue.objects.filter(
        kpi__in=ids,
        year__in=years,
        unit__in={c.where.service_unit_id for c in cells if c.where.service_unit_id},
    ).values_list("unit_id", "kpi_id", "year", "gender", "status", "value", "answers")
    of_whole = KpiValue.objects.filter(
        kpi__in=ids if any(c.where.is_municipality for c in cells) else [],
        year__in=years,
        municipality=home,
    ).values_list("kpi_id", "year", "gender", "status", "value")
    found = {}
    for unit_id, kpi_id, year, gender, status, value, answers in of_units:
        cell = about.get((unit_id, kpi_id, year, gender))
        if cell is not None:
            found[cell] = Said(status, value, answers)
    for kpi_id, year, gender, status, value in of_whole:
        cell = about.get((None, kpi_id, year, gender))
        if cell is not None:
            found[cell] = Said(status, value)
    return found


def _year_and_gender(cell: Cell) -> str:
    if cell.gender == Gender.ALL:
        return str(cell.year)
    return f"{cell.year}, {Gender(cell.gender).label}"


def preview_of(plan: Plan) -> dict[str, Any]:
    """Return what is shown before anything is done, and kept to compare with when it is done."""
    return {
        "counts": plan.counts(),
        "sample": plan.sample(),
        "new_units": sorted(plan.new_units.values()),
        "warnings": plan.warnings(),
        "passed_over": plan.rows.passed_over,
        "fingerprint": plan.fingerprint(),
    }
