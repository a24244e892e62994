"""A table of values as it was typed, pasted or handed in: every cell read, every fault beside its cell."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ..models import TeamMeasure
from ..rules.team import faults_in
from .days import day_in
from .entry import Entry
from .numbers import is_missing, number_in

MOST_ROWS = 10_000
LONGEST_CELL = 200

# What the columns may be called, in Swedish and English; what a measure is counted in is one too.
HEADINGS = {
    "taken_on": {"dag", "datum", "månad", "vecka", "period", "tid", "day", "date", "month", "week"},
    "value": {"värde", "value", "resultat"},
    "numerator": {"antal", "täljare", "numerator", "hur många", "how many"},
    "denominator": {"av", "av hur många", "nämnare", "denominator", "of how many", "of", "totalt"},
    "note": {"anteckning", "note", "kommentar", "comment", "orsak"},
}


@dataclass(slots=True)
class ReadRow:
    """One row: what stood in its cells, and what it says or what is wrong with it.

    Attributes:
        texts: By the name of the column, as it was written.
        entry: None where something is wrong.
        faults: A sentence for each cell that is wrong.
    """

    number: int
    texts: dict[str, str]
    entry: Entry | None = None
    faults: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class ReadTable:
    """All rows with anything in them, as they stood."""

    rows: list[ReadRow]
    left_out: int = 0  # rows beyond those that are read at once

    @property
    def entries(self) -> list[Entry]:
        """Those without faults, in time order."""
        right = [row.entry for row in self.rows if row.entry is not None]
        return sorted(right, key=lambda entry: entry.taken_on)

    @property
    def has_faults(self) -> bool:
        return any(row.faults for row in self.rows)

    @property
    def was_out_of_order(self) -> bool:
        days = [row.entry.taken_on for row in self.rows if row.entry]
        return any(later < earlier for earlier, later in pairwise(days))


def columns_of(measure: TeamMeasure) -> tuple[str, ...]:
    """Return the columns of a measure's table, in their order."""
    middle = ("numerator", "denominator") if measure.has_parts else ("value",)
    return ("taken_on", *middle, "note")


def cells_in(text: str) -> list[list[str]]:
    """Return the cells of what was pasted: with tabs between as from Excel, else with semicolons."""
    sign = "\t" if "\t" in text else ";"
    if sign not in text:
        return [line.split(None, 1) if line.strip() else [] for line in text.splitlines()]
    return [list(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=sign)]


def read_table(
    measure: TeamMeasure, cells: Iterable[Sequence[str]], *, on: date, first_number: int = 1
) -> ReadTable:
    """Read a table whose columns stand in their order, or under headings that say which they are.

    Args:
        on: Today.
        first_number: What the first row is called in sentences.
    """
    rows = [list(row) for row in cells]
    places = None
    first = next((n for n, row in enumerate(rows) if any(cell.strip() for cell in row)), None)
    if first is not None and _is_heading(rows[first], on):
        places = _places(measure, rows[first])
        rows = [[] for _row in rows[: first + 1]] + rows[first + 1 :]
    names = columns_of(measure)
    order = places or dict(enumerate(names))
    texts = (
        (number, {name: row[n].strip() if n < len(row) else "" for n, name in order.items()})
        for number, row in enumerate(rows, start=first_number)
    )
    return read_rows(measure, texts, on=on)


def read_rows(
    measure: TeamMeasure, rows: Iterable[tuple[int, Mapping[str, str]]], *, on: date
) -> ReadTable:
    """Read rows whose cells are known by name; each comes with its number.

    Two rows about the same day: the later one is wrong.
    """
    table = ReadTable([])
    seen: dict[date, int] = {}
    for number, texts in rows:
        if not any(text.strip() for name, text in texts.items() if name != "taken_on"):
            continue  # a day for which nothing is written yet
        if len(table.rows) == MOST_ROWS:
            table.left_out += 1
            continue
        row = read_row(measure, number, texts, on=on)
        table.rows.append(row)
        if row.entry is None:
            continue
        day = row.entry.taken_on
        if day in seen:
            row.faults["taken_on"] = _("Row %(row)s is about the same day. Keep one of them.") % {
                "row": seen[day]
            }
            row.entry = None
        seen.setdefault(day, number)
    return table


def read_row(measure: TeamMeasure, number: int, texts: Mapping[str, str], *, on: date) -> ReadRow:
    """Read one row; what is wrong is said beside its cell."""
    row = ReadRow(number, {name: texts.get(name, "") for name in columns_of(measure)})
    said: dict[str, object] = {"note": row.texts["note"].strip()}
    day = row.texts["taken_on"].strip()
    try:
        if not day:
            raise ValidationError(_("Write the day."))
        said["taken_on"] = day_in(day, on=on)
    except ValidationError as error:
        row.faults["taken_on"] = str(error.message)
    wanted = [name for name in row.texts if name not in ("taken_on", "note")]
    if any(is_missing(row.texts[name]) for name in wanted):
        said["missing_because"], said["note"] = said["note"], ""
        if not said["missing_because"]:
            row.faults["note"] = _("Write why the value is missing.")
    else:
        for name in wanted:
            _read_number(row, name, said)
    if not row.faults:
        entry = Entry(**said)  # type: ignore[arg-type]  # each was read by its name
        row.faults = faults_in(measure, entry, on=on)
        if "missing_because" in row.faults:
            row.faults["note"] = row.faults.pop("missing_because")
        row.entry = None if row.faults else entry
    return row


def _read_number(row: ReadRow, name: str, said: dict[str, object]) -> None:
    text = row.texts[name].strip()
    if not text:
        return  # whether it is needed is for the rules
    try:
        if name != "value" and text.endswith("%"):
            raise ValidationError(_("Write the number itself, not per cent."))
        said[name] = number_in(text)
    except ValidationError as error:
        row.faults[name] = str(error.message)


def _is_heading(row: Sequence[str], on: date) -> bool:
    """Say whether a first row is headings: its first cell is no day, and nothing is a number."""
    try:
        day_in(row[0], on=on)
    except ValidationError:
        return not any(any(sign.isdigit() for sign in cell) for cell in row)
    return False


def _places(measure: TeamMeasure, heading: Sequence[str]) -> dict[int, str] | None:
    """Return which column stands where; None where the headings do not say it."""
    words = {name: set(HEADINGS[name]) for name in columns_of(measure)}
    if not measure.has_parts:
        words["value"] |= {measure.unit_word.casefold(), measure.name.casefold()}
    found: dict[int, str] = {}
    for place, cell in enumerate(heading):
        plain = cell.strip().casefold()
        name = next((name for name, known in words.items() if plain in known), None)
        if name and name not in found.values():
            found[place] = name
    needed = set(columns_of(measure)) - {"note"}
    return found if needed <= set(found.values()) else None
