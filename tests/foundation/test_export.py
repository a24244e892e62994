"""Files that people take with them: what is read back is what was written, and nothing is run."""

import csv
import datetime as dt
import io
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from foundation.export import Kind, csv_of, download, excel_of, is_safe_text, table_of

FORMULAS = [
    "=1+1",
    "+46 70 174 06 35",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "  =1+1",
    "\N{NO-BREAK SPACE}=1+1",
    "\N{ZERO WIDTH SPACE}=1+1",
    "\N{RIGHT-TO-LEFT MARK}=1+1",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM(A1)",
    '=cmd|" /C calc"!A0',
    '=HYPERLINK("http://exempel.se";"Klicka")',
]
# What an XML file and a line in a CSV file can hold; a carriage return alone is a line end in XML.
texts = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]), max_size=60)
numbers = st.integers(-(10**14), 10**14) | st.decimals(
    min_value=-(10**9), max_value=10**9, places=2, allow_nan=False
)
days = st.dates(dt.date(1901, 1, 1), dt.date(2200, 1, 1))
tables = st.lists(st.lists(texts | numbers | days, min_size=3, max_size=3), max_size=8)


def read_csv(content):
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def cells_of(content):
    return load_workbook(io.BytesIO(content)).active


# --- no formula ---------------------------------------------------------------------------------


@pytest.mark.parametrize("text", FORMULAS, ids=repr)
def test_what_could_be_run_is_text_in_csv(text):
    [[_head], [cell]] = read_csv(csv_of(["Idé"], [[text]]))
    assert cell == f"'{text}"


@pytest.mark.parametrize("text", FORMULAS, ids=repr)
def test_what_could_be_run_is_text_in_excel(text):
    cell = cells_of(excel_of("Idéer", ["Idé"], [[text]]))["A2"]
    assert cell.data_type == "s"
    assert cell.value == text.replace("\r", "\n")
    assert cell.quotePrefix, "so that it stays text when somebody edits it"


@pytest.mark.parametrize("text", ["#N/A", "#REF!", "TRUE", "1e9", "2026-03-01", "007"])
def test_a_text_is_a_text_in_excel_also_when_it_looks_like_something_else(text):
    cell = cells_of(excel_of("Idéer", ["Idé"], [[text]]))["A2"]
    assert (cell.data_type, cell.value) == ("s", text)


def test_a_heading_is_guarded_too():
    assert read_csv(csv_of(["=1+1"], [])) == [["'=1+1"]]
    assert cells_of(excel_of("T", ["=1+1"], []))["A1"].data_type == "s"


def test_a_negative_amount_is_a_number_and_not_a_text():
    assert read_csv(csv_of(["Belopp"], [[Decimal("-1250.50")], [-7]]))[1:] == [["-1250,50"], ["-7"]]
    sheet = cells_of(excel_of("Konto", ["Belopp"], [[Decimal("-1250.50")], [-7]]))
    assert [(sheet[at].data_type, sheet[at].value) for at in ("A2", "A3")] == [
        ("n", -1250.5),
        ("n", -7),
    ]


def test_no_part_of_a_text_becomes_a_cell_where_commas_divide():
    content = csv_of(["A", "B"], [["Larm,=1+1", "rad\r\n=1+1"]]).decode("utf-8-sig")
    assert content == 'A;B\r\n"Larm,=1+1";"rad\r\n=1+1"\r\n'


# --- what is written is what is read -------------------------------------------------------------


@given(tables)
def test_csv_is_read_back_as_it_was_written(rows):
    read = read_csv(csv_of(["A", "B", "C"], rows))
    assert read[0] == ["A", "B", "C"]
    assert read[1:] == [[_as_csv(cell) for cell in row] for row in rows]


def _as_csv(cell):
    if isinstance(cell, str):
        return cell if is_safe_text(cell) else f"'{cell}"
    return str(cell).replace(".", ",")


@given(tables)
def test_excel_is_read_back_as_it_was_written(rows):
    sheet = cells_of(excel_of("Tabell", ["A", "B", "C"], rows))
    for written, read in zip(rows, list(sheet.iter_rows(min_row=2, max_col=3)), strict=True):
        for cell, kept in zip(written, read, strict=True):
            assert kept.data_type != "f"
            assert _as_excel(cell) == (
                kept.value.date() if isinstance(kept.value, dt.datetime) else kept.value
            )


def _as_excel(cell):
    if isinstance(cell, Decimal):
        return pytest.approx(float(cell))
    return cell or None if isinstance(cell, str) else cell


@given(st.text())
def test_any_text_at_all_makes_files_that_open(text):
    [_head, *_rows] = read_csv(csv_of(["A"], [[text.replace("\r", "\n")]]))
    assert cells_of(excel_of(text, [text], [[text]])).max_row >= 1


# --- how it looks --------------------------------------------------------------------------------


def test_dates_are_dates_and_headings_stay():
    moment = dt.datetime(2026, 9, 15, 12, 30, tzinfo=dt.UTC)
    sheet = cells_of(
        excel_of("Idéer [2026]: alla/nya", ["Dag", "När"], [[dt.date(2026, 9, 15), moment]])
    )
    assert sheet.title == "Idéer  2026   alla nya"
    assert sheet.freeze_panes == "A2"
    assert sheet["A1"].font.bold
    assert sheet["A2"].is_date
    assert (sheet["A2"].number_format, sheet["B2"].number_format) == (
        "yyyy-mm-dd",
        "yyyy-mm-dd hh:mm",
    )
    assert sheet["B2"].value == dt.datetime(2026, 9, 15, 14, 30)  # noqa: DTZ001  # as on the wall


def test_a_column_is_as_wide_as_what_stands_in_it():
    sheet = cells_of(excel_of("T", ["Namn", "Nr"], [["Hemtjänst Gamleby norra", 1]]))
    assert sheet.column_dimensions["A"].width > 20
    assert sheet.column_dimensions["B"].width == 12


def test_what_no_number_can_be_is_empty():
    assert read_csv(csv_of(["A"], [[None, float("nan"), float("inf")]]))[1] == ["", "", ""]
    sheet = cells_of(excel_of("T", ["A"], [[None, float("nan"), 10**16]]))
    assert [sheet["A2"].value, sheet["B2"].value, sheet["C2"].value] == [None, None, str(10**16)]


# --- how it is sent ------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", list(Kind))
def test_a_file_is_saved_and_nothing_keeps_a_copy(kind):
    response = download(b"x", "Idéer i Västervik/2026\r\n", kind)
    assert (
        response["Content-Disposition"]
        == f"attachment; filename*=utf-8''Id%C3%A9er%20i%20V%C3%A4stervik%202026.{kind}"
    )
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in response["Cache-Control"]


def test_the_same_table_in_either_kind():
    assert table_of(Kind.CSV, "T", ["A"], [["b"]]) == csv_of(["A"], [["b"]])
    assert cells_of(table_of(Kind.EXCEL, "T", ["A"], [["b"]]))["A2"].value == "b"
