"""The Quality viewer as an Excel file, in the shape that people know: it folds with 1 2 3.

Rows: a measure in bold, its KPIs folded under it.  Columns: values, then ranks, then differences,
a year each.  Numbers are real numbers with the decimals of the page; the colour is a fill and a
sign, so that it is read in black and white too.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from foundation.export import put_text, sheet_title
from measures.address import Address, Level
from measures.queries import AreaView, Outcome
from measures.queries.goals import Goals
from measures.queries.units import UnitTable
from measures.sentences import area_sentence

from .sheet import (
    APART,
    BOLD,
    FILLS,
    LINE,
    LINE_HEIGHT,
    PLAIN,
    QUIET,
    RIGHT,
    TITLE,
    WRAPPED,
    decimals_of,
    fit_on_paper,
    fold_upwards,
    font,
    height_of,
    put_heading,
    put_number,
)
from .viewer_sheets import add_about, add_definitions, add_units
from .viewer_table import (
    SIGNS,
    Line,
    against_name,
    lines_of,
    place_of,
    sources_of,
)

HEAD_ROW = 3
NAME_WIDTH = 52.0
FIRST_YEAR = 3  # the column: after the name and what it is measured in


@dataclass(frozen=True, slots=True)
class AreaBook:
    """One area and all that goes into its sheets."""

    view: AreaView
    address: Address
    link: str  # to the page that shows the same, with host
    goals: Goals
    units: UnitTable | None = None


def workbook_of(books: Sequence[AreaBook], *, on: date) -> bytes:
    """Return a workbook with a sheet for each area, its units, the definitions and about the file."""
    workbook = Workbook()
    del workbook[workbook.sheetnames[0]]
    for book in books:
        _add_area(workbook.create_sheet(_title(workbook, book.view.area.name)), book)
        if book.units and book.units.units:
            name = _("Units") if len(books) == 1 else _("Units %(area)s") % {"area": book.view.area}
            add_units(workbook.create_sheet(_title(workbook, name)), book.units, book.view)
    add_definitions(workbook.create_sheet(_("Definitions")), [book.view for book in books])
    add_about(
        workbook.create_sheet(_("About the file")),
        [(book.view, book.address, book.link) for book in books],
        on=on,
    )
    content = io.BytesIO()
    workbook.save(content)
    return content.getvalue()


def _title(workbook: Workbook, name: str) -> str:
    """Return a name for a sheet that no other has, whatever the capitals."""
    title, taken = sheet_title(name), {sheet.casefold() for sheet in workbook.sheetnames}
    number = 2
    while title.casefold() in taken:
        title = f"{sheet_title(name)[:27]} {number}"
        number += 1
    return title


# --- one area ------------------------------------------------------------------------------------


def _add_area(sheet: Worksheet, book: AreaBook) -> None:
    view = book.view
    put_text(sheet["A1"], f"{view.area.name} – {view.home.name}")
    sheet["A1"].font = TITLE
    put_text(sheet["A2"], area_sentence(view, view.shown[-1]))
    sheet["A2"].alignment, sheet["A2"].font = Alignment(vertical="top"), PLAIN
    lines = list(lines_of(view, book.goals))
    goal_years = _years_with_goals(lines)
    _add_head(sheet, view, goal_years)
    row = _add_lines(sheet, book, lines, goal_years)
    _add_legend(sheet, row + 2, view)
    _fold_columns(sheet, book)
    _lay_out(sheet, view, len(goal_years))


def _years_with_goals(lines: Sequence[Line]) -> list[int]:
    """Return which of the years shown, by their place, have a goal at all."""
    places = range(len(lines[0].goals)) if lines else ()
    return [n for n in places if any(line.goals[n] is not None for line in lines)]


def _add_head(sheet: Worksheet, view: AreaView, goal_years: Sequence[int]) -> None:
    against = against_name(view)
    words = [_("Measure"), _("Measured in")]
    words += [f"{view.home.name} {year}" for year in view.shown]
    words += [_("Rank %(year)s") % {"year": year} for year in view.shown]
    words += [
        _("Difference from %(against)s %(year)s") % {"against": against, "year": year}
        for year in view.shown
    ]
    words += [_("Goal %(year)s") % {"year": view.shown[n]} for n in goal_years]
    for column, word in enumerate(words, start=1):
        put_heading(sheet.cell(HEAD_ROW, column), word, is_number=column >= FIRST_YEAR)


def _add_lines(
    sheet: Worksheet, book: AreaBook, lines: Sequence[Line], goal_years: Sequence[int]
) -> int:
    """Write every line; return the last row.  Where the years change, a row says which."""
    row, lag = HEAD_ROW, 0
    is_open = True
    for line in lines:
        if not line.is_part and line.is_first:
            is_open = book.address.is_open(line.measure.measure.pk)
            if line.series.year_lag != lag:
                row, lag = row + 1, line.series.year_lag
                _add_years(sheet, row, book.view, lag)
        row += 1
        _add_line(sheet, row, line, book.view, goal_years)
        dimension = sheet.row_dimensions[row]
        if line.is_part:
            dimension.outlineLevel = 1
            dimension.hidden = not is_open
        elif line.measure.parts and _is_last_of_measure(line, book.view):
            dimension.collapsed = not is_open
    return row


def _is_last_of_measure(line: Line, view: AreaView) -> bool:
    """Say whether the KPIs come right below: the sign that opens them stands there."""
    others = [g for g in view.genders[1:] if line.series.of_gender.get(g)]
    return line.gender == (others[-1] if others else view.genders[0])


def _add_years(sheet: Worksheet, row: int, view: AreaView, lag: int) -> None:
    put_text(sheet.cell(row, 1), _("Other years than above") if lag else _("The years above again"))
    sheet.cell(row, 1).font = font(italic=True, color="5C615B")
    for block in range(3):
        for number, year in enumerate(view.shown):
            cell = sheet.cell(row, FIRST_YEAR + block * len(view.shown) + number, year - lag)
            cell.font = font(bold=True, italic=True, color="06302F")
            cell.alignment = RIGHT
            cell.number_format = "0"


def _add_line(
    sheet: Worksheet, row: int, line: Line, view: AreaView, goal_years: Sequence[int]
) -> None:
    name, text = sheet.cell(row, 1), line.name
    if line.notes:
        text = f"{text} ({', '.join(line.notes)})"
    put_text(name, text)
    sheet.row_dimensions[row].height = height_of(text, NAME_WIDTH)
    name.font = font(bold=not line.is_part and line.is_first)
    indent = (1 if line.is_part else 0) + (0 if line.is_first else 1)
    name.alignment = Alignment("left", "center", wrap_text=True, indent=indent)
    unit = sheet.cell(row, 2)
    put_text(unit, line.series.unit_word if line.is_first else "")
    unit.alignment, unit.font = WRAPPED, QUIET
    count, decimals = len(view.shown), line.series.decimals
    for number, outcome in enumerate(line.outcomes):
        column = FIRST_YEAR + number
        _put_value(sheet.cell(row, column), outcome, decimals, is_bold=not line.is_part)
        rank, _counted = place_of(outcome)
        place = sheet.cell(row, column + count, rank)
        place.number_format, place.alignment, place.font = "0", RIGHT, PLAIN
        difference = outcome.difference(view.look.national)
        if difference is not None:
            put_number(sheet.cell(row, column + 2 * count), difference, decimals, signed=True)
    last = FIRST_YEAR + 3 * count
    for column, number in enumerate(goal_years, start=last):
        goal = line.goals[number]
        if goal is not None:
            put_number(sheet.cell(row, column), float(goal), decimals_of(goal))
    for column in range(1, last + len(goal_years)):
        is_value = FIRST_YEAR <= column < FIRST_YEAR + count
        sheet.cell(row, column).border = APART if is_value else LINE


def _put_value(cell: Any, outcome: Outcome, decimals: int, *, is_bold: bool) -> None:
    verdict = outcome.band.verdict
    if outcome.value is None:
        put_text(cell, outcome.sign)
        cell.alignment = RIGHT
    else:
        put_number(cell, outcome.value, decimals, sign=SIGNS[verdict])
    cell.fill = FILLS[verdict]
    cell.font = font(bold=is_bold)


def _add_legend(sheet: Worksheet, row: int, view: AreaView) -> None:
    put_text(sheet.cell(row, 1), _("Definition of the colours"))
    sheet.cell(row, 1).font = BOLD
    words = {
        "good": _("The quarter with the best values"),
        "mid": _("The half in the middle"),
        "bad": _("The quarter with the worst values"),
        "none": _("No value, or nothing to compare with"),
    }
    for verdict, text in words.items():
        row += 1
        put_text(sheet.cell(row, 1), f" {SIGNS[verdict] or '–'}  {text}")
        sheet.cell(row, 1).fill, sheet.cell(row, 1).font = FILLS[verdict], PLAIN
    for text in (_("- missing, . not applicable, .. secret"), *sources_of(view)):
        row += 1
        put_text(sheet.cell(row, 1), text)
        sheet.cell(row, 1).font = QUIET


# --- folding and paper ---------------------------------------------------------------------------


def _fold_columns(sheet: Worksheet, book: AreaBook) -> None:
    """Ranks open with 2, differences with 3.  They are open if they are on the page."""
    count = len(book.view.shown)
    is_open = book.address.level >= Level.RANK
    for block in (1, 2):
        for number in range(count):
            letter = get_column_letter(FIRST_YEAR + block * count + number)
            sheet.column_dimensions[letter].outlineLevel = block
            sheet.column_dimensions[letter].hidden = not is_open
        before = get_column_letter(FIRST_YEAR + block * count - 1)
        sheet.column_dimensions[before].collapsed = not is_open
    fold_upwards(sheet, rows=1, columns=2)


def _lay_out(sheet: Worksheet, view: AreaView, goals: int) -> None:
    count = len(view.shown)
    widths = [NAME_WIDTH, 15.0, *[13.0] * count, *[9.0] * count, *[14.0] * count, *[10.0] * goals]
    for column, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.row_dimensions[HEAD_ROW].height = 5 * LINE_HEIGHT
    sheet.row_dimensions[1].height = 26
    sheet.freeze_panes = sheet.cell(HEAD_ROW + 1, FIRST_YEAR).coordinate
    fit_on_paper(sheet, HEAD_ROW, sources_of(view))
