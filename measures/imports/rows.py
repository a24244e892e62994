"""From the cells of a file to results that are right in themselves, or to sentences about them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from foundation.spreadsheet import Row, Sheet
from organisation.imports.columns import Column
from organisation.imports.rows import Problem
from organisation.privacy import identity_numbers_in

from .cells import answers_in, gender_in, outcome_in, year_in
from .columns import RESULTS

_READ: dict[str, Callable[[str], Any]] = {
    "year": year_in,
    "gender": gender_in,
    "value": outcome_in,
    "answers": answers_in,
}
_NOTHING = {"gender": "", "answers": ""}  # what a column that is not there says


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One row of a file, as it says; which unit and measure it means is for the plan."""

    number: int
    unit: str
    kpi: str
    year: int
    gender: int
    status: int
    value: float | None
    answers: int | None


@dataclass(slots=True)
class Rows:
    """All that a file says."""

    sheet: str = ""
    results: list[ResultRow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    passed_over: list[str] = field(default_factory=list)  # headings that are none of ours

    def object_to(self, number: int, heading: str, text: str) -> None:
        self.problems.append(Problem(self.sheet, number, heading, text))


def read_rows(sheets: Iterable[Sheet]) -> Rows:
    """Read the sheet that has the headings of results; the template's lists are passed over."""
    rows = Rows()
    for sheet in sheets:
        places = RESULTS.columns_under(sheet.rows[0].cells) if sheet.rows else {}
        if len(places) > 2:
            rows.sheet = sheet.name
            _read_sheet(sheet, places, rows)
            return rows
    text = _("There is no table of results here. The first row must hold: %(headings)s.")
    headings = ", ".join(column.heading for column in RESULTS.columns)
    rows.object_to(0, "", text % {"headings": headings})
    return rows


def _read_sheet(sheet: Sheet, places: Mapping[int, Column], rows: Rows) -> None:
    heading, *body = sheet.rows
    rows.passed_over = [cell for n, cell in enumerate(heading.cells) if cell and n not in places]
    present = list(places.values())
    for column in RESULTS.columns:
        if present.count(column) > 1:
            text = _("The column is there more than once. Keep one of them.")
            rows.object_to(heading.number, column.heading, text)
        if column.required and column not in present:
            text = _("The column is missing. It holds %(what)s.") % {"what": column.what}
            rows.object_to(heading.number, column.heading, text)
    if rows.problems:
        return
    if not body:
        rows.object_to(0, "", _("There is no result under the headings."))
    for row in body:
        _read_row(row, places, rows)


def _read_row(row: Row, places: Mapping[int, Column], rows: Rows) -> None:
    """Read one row, or say all that is wrong with it."""
    said: dict[str, Any] = {}
    before = len(rows.problems)
    for place, column in places.items():
        text = row.cells[place] if place < len(row.cells) else ""
        try:
            said[column.field] = _value(column, text)
        except ValidationError as error:
            rows.object_to(row.number, column.heading, str(error.message))
    if len(rows.problems) > before:
        return
    for name, empty in _NOTHING.items():
        said.setdefault(name, _READ[name](empty))
    outcome = said.pop("value")
    rows.results.append(
        ResultRow(row.number, status=int(outcome.status), value=outcome.value, **said)
    )


def _value(column: Column, text: str) -> Any:
    """Return what a cell means.

    Raises:
        ValidationError: what is wrong, and what to write instead.
    """
    if not text and column.required:
        raise ValidationError(_("The cell is empty. Write %(what)s.") % {"what": column.what})
    if text.startswith(("=", "#")):
        raise ValidationError(
            _("“%(text)s” is a formula or an error from the spreadsheet program. Write %(what)s.")
            % {"text": text[:30], "what": column.what}
        )
    if len(text) > column.longest:
        raise ValidationError(
            _("The text has more than %(longest)s characters. Write %(what)s.")
            % {"longest": column.longest, "what": column.what}
        )
    if column.field in ("unit", "kpi"):
        if identity_numbers_in(text):
            raise ValidationError(
                _(
                    "This looks like a personal identity number, which must not be here. "
                    "Write %(what)s."
                )
                % {"what": column.what}
            )
        return text
    return _READ[column.field](text)
