"""How the cells of the Quality viewer's Excel file look, and how they come on paper."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import Outline, PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from foundation.export import put_text
from measures.rounding import NOISE_DIGITS, rounded

FILLS = {
    "good": PatternFill("solid", fgColor="C6E6CD"),
    "mid": PatternFill("solid", fgColor="FBE6A8"),
    "bad": PatternFill("solid", fgColor="F7C7BA"),
    "none": PatternFill("solid", fgColor="E4E2DC"),
}
HEAD = PatternFill("solid", fgColor="0B4A48")
LINE = Border(bottom=Side("thin", color="D6CDBC"))
# A white edge keeps the sign of a cell apart from the number before it.
APART = Border(bottom=Side("thin", color="D6CDBC"), left=Side("thick", color="FFFFFF"))
RIGHT = Alignment(horizontal="right", vertical="center")
WRAPPED = Alignment(wrap_text=True, vertical="center")
LINE_HEIGHT = 15.0  # points, of the typeface below
MINUS = "\N{MINUS SIGN}"


def font(
    *, bold: bool = False, italic: bool = False, color: str = "22302E", size: int = 11
) -> Font:
    """Return the one typeface of the file: without a name each program takes another."""
    return Font(name="Calibri", size=size, bold=bold, italic=italic, color=color)


PLAIN, BOLD = font(), font(bold=True)
HEAD_FONT = font(bold=True, color="FDF8EC")
TITLE = font(bold=True, size=16, color="06302F")
QUIET = font(color="5C615B")


def height_of(text: str, width: float) -> float:
    """Return how high a row must be for a text that wraps in a column of that width."""
    per_line = max(1.0, width - 3)
    return LINE_HEIGHT * max(1, -(-len(text) // int(per_line)))


def put_heading(cell: Any, text: str, *, is_number: bool = False) -> None:
    put_text(cell, text)
    cell.fill, cell.font = HEAD, HEAD_FONT
    side = "right" if is_number else "left"
    cell.alignment = Alignment(wrap_text=True, vertical="bottom", horizontal=side)


def put_number(
    cell: Any, value: float, decimals: int, *, sign: str = "", signed: bool = False
) -> None:
    """Write a number unrounded, shown as on the page: decimals, sign of the colour, + and −.

    Excel writes a number that rounds to nothing as "−0"; such a one is shown without its sign.
    """
    cell.value = round(value, NOISE_DIGITS)
    shown = f"#,##0.{'0' * decimals}" if decimals else "#,##0"
    before = f'" {sign}"* ' if sign else ""
    shown += "\\ "  # some air to the right
    if rounded(value, decimals).is_zero():
        cell.number_format = f"{before}{shown};{before}{shown}"
    else:
        plus = "+" if signed else ""
        cell.number_format = f'{before}{plus}{shown};{before}"{MINUS}"{shown}'
    cell.alignment = RIGHT


def decimals_of(number: Decimal) -> int:
    """Return how many decimals a goal was written with; zeros at its end are the column's."""
    exponent = number.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def fit_on_paper(sheet: Worksheet, head_row: int, sources: Sequence[str]) -> None:
    """One page wide, landscape A4, the heading row on every page and the sources under it."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = f"{head_row}:{head_row}"
    source = " ".join(sources).replace("&", "&&")
    sheet.HeaderFooter.oddFooter = HeaderFooterItem(
        left=_HeaderFooterPart(text=source), right=_HeaderFooterPart(text="&P / &N")
    )


def fold_upwards(sheet: Worksheet, *, rows: int, columns: int = 0) -> None:
    """Let rows and columns fold into what stands above and before them.

    Args:
        rows, columns: How many levels lie below the first: how many of 1 2 3 there are to press.
    """
    sheet.sheet_properties.outlinePr = Outline(summaryBelow=False, summaryRight=False)
    sheet.sheet_format.outlineLevelRow = rows
    # openpyxl writes this one a step too early; without it Excel draws no buttons for columns.
    sheet.column_dimensions.max_outline = columns
