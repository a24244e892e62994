"""Files to start from: the headings, and rows that show how they are meant."""

import csv
import io

from openpyxl import Workbook
from openpyxl.styles import Font

from .columns import PEOPLE, UNITS, Table


def csv_template(table: Table) -> bytes:
    """Return the table as Excel in Swedish reads it: semicolons, and a mark that says UTF-8."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";")
    writer.writerow(column.heading for column in table.columns)
    writer.writerows(table.examples)
    return text.getvalue().encode("utf-8-sig")


def xlsx_template() -> bytes:
    """Return a workbook with a sheet of units and one of people."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for table in (UNITS, PEOPLE):
        sheet = book.create_sheet(table.name)
        sheet.append([column.heading for column in table.columns])
        for example in table.examples:
            sheet.append(example)
        for cell in sheet[1]:
            cell.font = Font(bold=True)
            sheet.column_dimensions[cell.column_letter].width = 22
        sheet.freeze_panes = "A2"
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()
