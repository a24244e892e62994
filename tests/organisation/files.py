"""Files as an administrator would hand them in."""

import io

from openpyxl import Workbook

UNIT_HEADINGS = ["Kod", "Namn", "Typ", "Överordnad kod", "Kommunkod"]
PEOPLE_HEADINGS = [
    "Anställningsnummer",
    "Förnamn",
    "Efternamn",
    "E-post",
    "Enhetskod",
    "Befattning",
    "Från",
    "Till",
]

TREE = [
    ("K", "Västerviks kommun", "Kommun", "", "0883"),
    ("SOC", "Socialförvaltningen", "Förvaltning", "K", ""),
    ("HT", "Hemtjänst", "Område", "SOC", ""),
]
ANNA = ("1001", "Anna", "Berg", "anna.berg@exempel.se", "HT", "Undersköterska", "2024-02-01", "")
ORJAN = ("1002", "Örjan", "Ek", "orjan.ek@exempel.se", "SOC", "Enhetschef", "2019-08-19", "")


def csv_of(headings, *rows, delimiter=";", encoding="utf-8"):
    lines = [delimiter.join(map(str, row)) for row in [headings, *rows]]
    return "\r\n".join(lines).encode(encoding)


def units_csv(*rows, **options):
    return csv_of(UNIT_HEADINGS, *rows, **options)


def people_csv(*rows, **options):
    return csv_of(PEOPLE_HEADINGS, *rows, **options)


def xlsx_of(**sheets):
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()
