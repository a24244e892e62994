"""Tables that people take with them: CSV as Excel in Swedish reads it, and XLSX.

What people once wrote stands in the cells, and a spreadsheet program runs a cell that begins with
an equals sign.  So no text leaves here in a form that a program could take for a formula: in CSV
it gets an apostrophe before it, in XLSX it is stored as text.  Numbers are given as numbers and
stay numbers, those below zero too.
"""

import io
import math
import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.http import content_disposition_header
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

# A date or a time, a number (kronor as Decimal), a text; nothing is an empty cell.
type Cell = str | int | float | Decimal | date | Promise | None

LONGEST_IN_EXCEL = 32_767
LARGEST_IN_EXCEL = 10**15  # Excel keeps fifteen digits; a longer number is written as text
FIRST_MONTH_OF_EXCEL = (1900, 3)  # before it, Excel and the calendar disagree
ROWS_MEASURED = 200  # so many rows decide how wide a column is
WIDEST = 60

# After a sign of these, in half or full width, a program may calculate.
_STARTS_A_FORMULA = frozenset("=+-@\N{MINUS SIGN}＝＋－＠﹦﹢﹣﹫")
# XML cannot hold these, and nobody wrote them on purpose.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class Kind(StrEnum):
    """A kind of file; the value is what its name ends with."""

    CSV = "csv"
    EXCEL = "xlsx"
    PDF = "pdf"


CONTENT_TYPES = {
    Kind.CSV: "text/csv; charset=utf-8",
    Kind.EXCEL: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Kind.PDF: "application/pdf",
}


def table_of(
    kind: Kind, title: str, header: Sequence[str | Promise], rows: Iterable[Sequence[Cell]]
) -> bytes:
    """Return the table as a file of that kind; `title` is the name of the sheet in Excel."""
    return excel_of(title, header, rows) if kind is Kind.EXCEL else csv_of(header, rows)


def download(content: bytes, name: str, kind: Kind) -> HttpResponse:
    """Return an answer that the browser saves as a file and that nothing on the way keeps.

    Args:
        name: Without ending; åäö are kept, signs that a file name cannot hold are not.
    """
    response = HttpResponse(content, content_type=CONTENT_TYPES[kind])
    disposition = content_disposition_header(True, f"{_file_name(name)}.{kind}")
    response["Content-Disposition"] = disposition or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store, private"
    return response


def _file_name(name: str) -> str:
    kept = "".join(
        " " if unicodedata.category(s) in {"Cc", "Cf"} or s in '<>:"/\\|?*' else s for s in name
    )
    return " ".join(kept.split()).strip(". ")[:100] or "export"


def is_safe_text(text: str) -> bool:
    """Say whether no spreadsheet program could take `text` for a formula.

    >>> is_safe_text("Larmen hörs inte"), is_safe_text("  =1+1"), is_safe_text("＝1+1")
    (True, False, False)
    """
    for sign in text:
        if sign in "\t\r\n":
            return False
        if sign in _STARTS_A_FORMULA:
            return False
        if not sign.isspace() and unicodedata.category(sign) not in {"Cf", "Cc"}:
            return True
    return True


# --- CSV ----------------------------------------------------------------------------------------


def csv_of(header: Sequence[str | Promise], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return UTF-8 with its mark, semicolons, decimal commas and CRLF.

    A text with any sign that some program divides cells at is quoted, so that a part of it cannot
    become a cell of its own where commas divide.
    """
    lines = [";".join(_csv_cell(cell) for cell in row) for row in (header, *rows)]
    return "".join(f"{line}\r\n" for line in lines).encode("utf-8-sig", "replace")


def _csv_cell(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool) or not isinstance(cell, (int, float, Decimal, date)):
        text = str(cell).replace("\0", "")
        if not is_safe_text(text):
            text = f"'{text}"
        return _quoted(text) if any(sign in text for sign in ';,\t"\r\n') else text
    if isinstance(cell, datetime):
        return f"{_local(cell):%Y-%m-%d %H:%M}"
    if isinstance(cell, date):
        return cell.isoformat()
    if not _is_finite(cell):
        return ""
    return (f"{cell:f}" if isinstance(cell, Decimal) else str(cell)).replace(".", ",")


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


# --- Excel --------------------------------------------------------------------------------------


def excel_of(title: str, header: Sequence[str | Promise], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return a workbook with one sheet: a bold heading row that stays, real dates and numbers."""
    all_rows = list(rows)
    book = Workbook(write_only=True)
    sheet = book.create_sheet(sheet_title(title))
    sheet.freeze_panes = "A2"
    for number, heading in enumerate(header):
        letter = get_column_letter(number + 1)
        sheet.column_dimensions[letter].width = _width(heading, all_rows, number)
    sheet.append([_heading(sheet, heading) for heading in header])
    for row in all_rows:
        sheet.append([_excel_cell(sheet, cell) for cell in row])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _heading(sheet: Any, heading: str | Promise) -> Any:
    cell = _text_cell(sheet, str(heading))
    cell.font = Font(bold=True)
    return cell


def _excel_cell(sheet: Any, cell: Cell) -> object:
    """Return what openpyxl is to write: a plain value where it cannot be mistaken, else a cell."""
    if cell is None:
        return None
    if isinstance(cell, datetime):
        return _dated(sheet, _local(cell), "yyyy-mm-dd hh:mm")
    if isinstance(cell, date):
        return _dated(sheet, cell, "yyyy-mm-dd")
    if isinstance(cell, (int, float, Decimal)) and not isinstance(cell, bool):
        if not _is_finite(cell):
            return None
        if not -LARGEST_IN_EXCEL < cell < LARGEST_IN_EXCEL:
            return _text_cell(sheet, str(cell))
        if isinstance(cell, Decimal):
            return _formatted(sheet, cell, "#,##0.00")
        return cell
    text = str(cell)
    if text.startswith("#") or not is_safe_text(text) or not text.isprintable():
        return _text_cell(sheet, text)
    return text[:LONGEST_IN_EXCEL]


def _text_cell(sheet: Any, text: str) -> Any:
    cell: Any = WriteOnlyCell(sheet)
    put_text(cell, text)
    return cell


def put_text(cell: Any, text: str) -> None:
    """Make a cell of a sheet a text whatever it begins with, also after somebody has edited it.

    For sheets that are laid out cell by cell; `excel_of` does it by itself.
    """
    text = _UNWRITABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    cell.value = text[:LONGEST_IN_EXCEL]
    cell.data_type = "s"
    cell.quotePrefix = not is_safe_text(text)


def _dated(sheet: Any, day: date, number_format: str) -> object:
    if (day.year, day.month) < FIRST_MONTH_OF_EXCEL:
        return day.isoformat()
    return _formatted(sheet, day, number_format)


def _formatted(sheet: Any, value: date | Decimal, number_format: str) -> Any:
    cell: Any = WriteOnlyCell(sheet)
    cell.value = value
    cell.number_format = number_format
    return cell


def sheet_title(title: str) -> str:
    """Return `title` without what the name of a sheet cannot hold."""
    return re.sub(r"[\\*?:/\[\]\x00-\x1f]", " ", title).strip(" '")[:31] or "Export"


def _width(heading: str | Promise, rows: list[Sequence[Cell]], number: int) -> int:
    shown = [len(str(row[number])) for row in rows[:ROWS_MEASURED] if number < len(row)]
    return min(WIDEST, max(10, len(str(heading)), *shown, 0) + 2)


# --- both -----------------------------------------------------------------------------------------


def _local(moment: datetime) -> datetime:
    """Return the time on the wall here; neither kind of file knows of time zones."""
    return timezone.make_naive(moment) if timezone.is_aware(moment) else moment


def _is_finite(number: float | Decimal) -> bool:
    return math.isfinite(number)
