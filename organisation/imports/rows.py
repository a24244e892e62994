"""From the cells of a file to rows that are right in themselves, or to sentences about them."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from foundation.spreadsheet import Row, Sheet

from ..privacy import identity_numbers_in
from .columns import PEOPLE, UNITS, Column, Holds, Table

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a file cannot be read in, at one place in it.  Row 0 is the file as a whole."""

    sheet: str
    row: int
    column: str
    text: str


@dataclass(frozen=True, slots=True)
class UnitRow:
    sheet: str
    number: int
    code: str
    name: str
    parent_code: str
    kind: str | None = None  # None: the file has no such column, so it changes nothing
    municipality_code: str | None = None


@dataclass(frozen=True, slots=True)
class PersonRow:
    sheet: str
    number: int
    given_name: str
    family_name: str
    email: str
    unit_code: str
    position: str
    personnel_number: str | None = None
    starts_on: date | None = None
    ends_on: date | None = None


@dataclass(slots=True)
class Rows:
    """All that a file says."""

    units: list[UnitRow] = field(default_factory=list)
    people: list[PersonRow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    passed_over: list[str] = field(default_factory=list)  # headings that are none of ours
    has_people: bool = False  # a table of people was there, if only its headings

    def object_to(self, row: UnitRow | PersonRow, heading: str, text: str) -> None:
        self.problems.append(Problem(row.sheet, row.number, heading, text))


def read_rows(sheets: Iterable[Sheet]) -> Rows:
    """Read every sheet that has the headings of units or of people."""
    rows = Rows()
    found = False
    for sheet in sheets:
        table = _table_of(sheet)
        if table is not None:
            found = True
            _read_table(table, sheet, rows)
    if not found:
        text = _(
            "There is no table of units or people here. The first row must hold: %(headings)s."
        )
        headings = " – ".join(", ".join(c.heading for c in t.columns) for t in (UNITS, PEOPLE))
        rows.problems.append(Problem("", 0, "", text % {"headings": headings}))
    return rows


def _table_of(sheet: Sheet) -> Table | None:
    """Return the table whose headings the sheet has most of, if it has two at least."""
    if not sheet.rows:
        return None
    headings = sheet.rows[0].cells
    table = max((UNITS, PEOPLE), key=lambda table: len(table.columns_under(headings)))
    return table if len(table.columns_under(headings)) > 1 else None


def _read_table(table: Table, sheet: Sheet, rows: Rows) -> None:
    heading, *body = sheet.rows
    places = table.columns_under(heading.cells)
    rows.passed_over += [
        cell for place, cell in enumerate(heading.cells) if cell and place not in places
    ]
    present = list(places.values())
    for column in table.columns:
        if present.count(column) > 1:
            text = _("The column is there more than once. Keep one of them.")
            rows.problems.append(Problem(sheet.name, heading.number, column.heading, text))
        if column.required and column not in present:
            text = _("The column is missing. It holds %(what)s.") % {"what": column.what}
            rows.problems.append(Problem(sheet.name, heading.number, column.heading, text))
    rows.has_people |= table is PEOPLE
    if any(problem.sheet == sheet.name for problem in rows.problems):
        return
    for row in body:
        values = _read_row(row, places, sheet.name, rows.problems)
        if table is UNITS:
            rows.units.append(UnitRow(sheet.name, row.number, **values))
        else:
            rows.people.append(PersonRow(sheet.name, row.number, **values))


def _read_row(
    row: Row, places: Mapping[int, Column], sheet: str, problems: list[Problem]
) -> dict[str, Any]:
    values: dict[str, Any] = {"parent_code": ""} if UNITS.columns[0] in places.values() else {}
    for place, column in places.items():
        text = row.cells[place] if place < len(row.cells) else ""
        try:
            values[column.field] = _value(column, text)
        except ValidationError as error:
            problems.append(Problem(sheet, row.number, column.heading, str(error.message)))
            values[column.field] = None if column.holds is Holds.DATE else ""
    return values


def _value(column: Column, text: str) -> str | date | None:
    """Return what a cell means.

    Raises:
        ValidationError: what is wrong, and what to write instead.
    """
    if not text:
        if column.required:
            raise ValidationError(_("The cell is empty. Write %(what)s.") % {"what": column.what})
        return None if column.holds is Holds.DATE else ""
    if text.startswith(("=", "#")):
        raise ValidationError(
            _("“%(text)s” is a formula or an error from the spreadsheet program. Write %(what)s.")
            % {"text": text[:30], "what": column.what}
        )
    if identity_numbers_in(text):
        raise ValidationError(
            _("This looks like a personal identity number, which must not be here. Write %(what)s.")
            % {"what": column.what}
        )
    if len(text) > column.longest:
        raise ValidationError(
            _("The text has more than %(longest)s characters. Write %(what)s.")
            % {"longest": column.longest, "what": column.what}
        )
    match column.holds:
        case Holds.DATE:
            return _date(text)
        case Holds.EMAIL:
            return _email(text)
        case _:
            return text


def _date(text: str) -> date:
    try:
        if _DATE.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass  # 31 February
    raise ValidationError(
        _("“%(text)s” is not a date. Write it like 2026-03-01.") % {"text": text[:30]}
    )


def _email(text: str) -> str:
    address = text.lower()
    try:
        validate_email(address)
    except ValidationError:
        raise ValidationError(
            _("“%(text)s” is not an e-mail address. Write it like anna.berg@kommunen.se.")
            % {"text": text[:60]}
        ) from None
    return address
