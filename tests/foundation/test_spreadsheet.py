"""Files that people hand in: what is read, and what bites and is refused."""

import datetime as dt
import io
import zipfile

import pytest
from openpyxl import Workbook

from foundation import spreadsheet
from foundation.errors import Refused
from foundation.spreadsheet import Row, read_sheets

SWEDISH = "Kod;Namn\r\nÅ1;Äppelträd & Ö\r\n"


def only_rows(content):
    [sheet] = read_sheets(content)
    return sheet.rows


def workbook(*rows, **cells):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    for place, value in cells.items():
        book.active[place] = value
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def zipped(**entries):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in entries.items():
            archive.writestr(name, text)
    return content.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_csv_is_read_however_a_program_wrote_it(encoding, delimiter):
    content = SWEDISH.replace(";", delimiter).encode(encoding)
    assert only_rows(content) == (Row(1, ("Kod", "Namn")), Row(2, ("Å1", "Äppelträd & Ö")))


def test_rows_keep_the_numbers_that_the_spreadsheet_program_shows():
    content = b'\r\nKod;Namn\r\n;\r\n1;"two\r\nlines; and more"\r\n'
    assert only_rows(content) == (Row(2, ("Kod", "Namn")), Row(4, ("1", "two lines; and more")))


def test_a_letter_in_two_parts_becomes_one():
    assert only_rows("A\u030aby;x".encode())[0].cells == ("Åby", "x")


def test_cells_of_a_workbook_become_text():
    content = workbook([1001, 10.0, 2.5, dt.date(2026, 3, 1), "  två   ord ", None, True])
    [row] = only_rows(content)
    assert row.cells == ("1001", "10", "2.5", "2026-03-01", "två ord", "", "True")


def test_a_formula_is_never_calculated():
    assert only_rows(workbook(["a", "=1+1"]))[0].cells == ("a",)  # no value was saved with it


def test_every_sheet_is_read_under_its_name():
    book = Workbook()
    book.active.title = "Enheter"
    book.create_sheet("Personer").append(["Namn"])
    content = io.BytesIO()
    book.save(content)
    assert [(s.name, len(s.rows)) for s in read_sheets(content.getvalue())] == [
        ("Enheter", 0),
        ("Personer", 1),
    ]


def refused(content):
    with pytest.raises(Refused) as refusal:
        read_sheets(content)
    return str(refusal.value)


@pytest.fixture(autouse=True)
def english(settings):
    settings.LANGUAGE_CODE = "en"


def test_what_is_no_table_is_refused():
    assert "neither a CSV" in refused(b"\x00\x01\x02\x81")
    assert "old Excel file" in refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    assert "Line 2" in refused(b'a;b\r\n"never ends;1')


@pytest.mark.parametrize(
    "content",
    [
        b"PK\x03\x04 not a zip at all",
        zipped(**{"hello.txt": "no workbook"}),
        zipped(**{"[Content_Types].xml": "<", "xl/workbook.xml": "<"}),
        workbook(["a"])[:-30],
    ],
)
def test_a_damaged_workbook_is_refused(content):
    assert "damaged" in refused(content)


def test_a_small_file_that_unpacks_to_gigabytes_is_refused_unopened():
    bomb = zipped(**{"xl/worksheets/sheet1.xml": "0" * (spreadsheet.MOST_UNPACKED + 1)})
    assert len(bomb) < 200_000
    assert "unpacks to far too much" in refused(bomb)


def test_an_archive_of_too_many_entries_is_refused():
    assert "unpacks" in refused(zipped(**{str(n): "" for n in range(spreadsheet.MOST_ENTRIES + 1)}))


def test_an_archive_that_lies_about_its_sizes_is_damaged():
    honest = workbook(["Kod", "Namn"] * 20)
    with zipfile.ZipFile(io.BytesIO(honest)) as archive:
        size = archive.getinfo("xl/worksheets/sheet1.xml").file_size
    lie = honest.replace(size.to_bytes(4, "little"), (5).to_bytes(4, "little"))
    assert "damaged" in refused(lie)


def test_entities_that_grow_are_refused():
    growing = "".join(
        f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "ha" * 50}">' for n in range(9)
    )
    sheet = f"<!DOCTYPE x [{growing}]><worksheet><sheetData><row><c><v>&a8;</v></c></row></sheetData></worksheet>"
    content = io.BytesIO(workbook(["a"]))
    with zipfile.ZipFile(content) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    assert "damaged" in refused(zipped(**entries | {"xl/worksheets/sheet1.xml": sheet}))


def test_files_rows_columns_and_texts_have_limits(monkeypatch):
    monkeypatch.setattr(spreadsheet, "MOST_ROWS", 3)
    assert len(only_rows(b"h\n1\n2\n3")) == 4
    assert "more than 3 rows" in refused(b"h\n1\n2\n3\n4")
    assert "more than 3 rows" in refused(workbook(*[["x"]] * 5))
    assert len(only_rows(b";".join([b"x"] * 200))[0].cells) == spreadsheet.MOST_COLUMNS
    assert len(only_rows(workbook(["x"] * 200))[0].cells) == spreadsheet.MOST_COLUMNS
    assert len(only_rows(b"x" * 100_000)[0].cells[0]) == spreadsheet.LONGEST_CELL
    monkeypatch.setattr(spreadsheet, "MOST_BYTES", 2)
    assert "larger than" in refused(b"abc")


def test_a_row_of_any_number_is_cheap():
    assert only_rows(workbook(["Kod"], A9000="x"))[1:] == (Row(9000, ("x",)),)
    assert only_rows(workbook(["Kod"], A1048576="x"))[1:] == ()
