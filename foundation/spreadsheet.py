"""Reading tables that people hand in: CSV as Excel saves it, and XLSX.

What comes in is not trusted.  A small file can unpack to gigabytes, so the sizes are read before
anything is unpacked, and rows, columns and texts are capped.  Formulas are never calculated: the
value that was saved with the file is read.
"""

import csv
import io
import logging
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from openpyxl import load_workbook

from .errors import Refused

log = logging.getLogger(__name__)

MOST_BYTES = 10 * 2**20
MOST_UNPACKED = 80 * 2**20  # 50,000 rows of ten columns take about 30 MB
MOST_ENTRIES = 500
MOST_ROWS = 50_000
MOST_COLUMNS = 60
LONGEST_GAP = 10_000  # so many empty rows end a table; a file may name a row of any number
LONGEST_CELL = 1_000  # longer is cut; whoever reads the table says what is too long


@dataclass(frozen=True, slots=True)
class Row:
    """One row with something in it, under the number that the spreadsheet program shows."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table.  A CSV file is one sheet without a name."""

    name: str
    rows: tuple[Row, ...]


def read_sheets(content: bytes) -> list[Sheet]:
    """Return every sheet of an XLSX or CSV file; which of the two is seen in the content.

    Cells are text, trimmed, in composed form (NFC): dates as 2026-03-01, whole numbers without
    decimals.

    Raises:
        Refused: it is neither, is damaged, or is larger than we read.
    """
    if len(content) > MOST_BYTES:
        raise Refused(
            _("The file is larger than %(most)s MB. Divide it into smaller ones.")
            % {"most": MOST_BYTES // 2**20}
        )
    if content.startswith(b"PK"):
        return list(_xlsx(content))
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise Refused(
            _("The file is an old Excel file or has a password. Save it as .xlsx without one.")
        )
    return [Sheet("", _rows(_csv(content)))]


def _rows(raw: Iterable[Iterable[object]]) -> tuple[Row, ...]:
    """Keep the rows that hold anything, under their own numbers."""
    kept: list[Row] = []
    last = 0
    for number, values in enumerate(raw, start=1):
        if number - last > LONGEST_GAP:
            break
        cells = [_text(value) for value in values]
        while cells and not cells[-1]:
            cells.pop()
        if not cells:
            continue
        last = number
        if len(kept) > MOST_ROWS:
            raise Refused(
                _("The file has more than %(most)s rows. Divide it into smaller ones.")
                % {"most": MOST_ROWS}
            )
        kept.append(Row(number, tuple(cells[:MOST_COLUMNS])))
    return tuple(kept)


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = value.date() if value.time() == datetime.min.time() else value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = unicodedata.normalize("NFC", str(value)[: 4 * LONGEST_CELL])
    printable = (" " if unicodedata.category(sign) == "Cc" else sign for sign in text)
    return " ".join("".join(printable).split())[:LONGEST_CELL]


def _csv(content: bytes) -> Iterator[list[str]]:
    text = _decoded(content)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        yield from reader
    except csv.Error as error:
        raise Refused(
            _("Line %(line)s cannot be read: a quotation mark is missing or one too many.")
            % {"line": reader.line_num}
        ) from error


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Refused(_("The file is neither a CSV file nor an Excel file (.xlsx)."))


def _delimiter(text: str) -> str:
    """Return the sign that divides the first line with anything on it into most cells."""
    first = next((line for line in io.StringIO(text) if line.strip(";,\t \r\n")), "")
    return max(";,\t", key=first.count)


def _xlsx(content: bytes) -> Iterator[Sheet]:
    try:
        _check_sizes(content)
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        for sheet in book.worksheets:
            sheet.reset_dimensions()  # what the file says of its own size may be wrong
            rows = sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True)
            yield Sheet(sheet.title, _rows(rows))
    except Refused:
        raise
    except Exception as error:  # a damaged file makes openpyxl and zipfile raise almost anything
        log.info("An Excel file could not be read: %r", error)
        raise Refused(
            _("The Excel file is damaged and cannot be read. Open it, save it again and retry.")
        ) from error


def _check_sizes(content: bytes) -> None:
    """Refuse what would unpack to too much.  Reads the directory of the archive only.

    An entry that is larger than the directory says is cut by zipfile, and then damaged.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = archive.infolist()
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise Refused(
            _("The Excel file unpacks to far too much. Save only the table as a new file.")
        )
