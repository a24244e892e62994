"""The Quality viewer as a file: what the page shows, foldable, and nothing that runs."""

import csv
import io
import re
from decimal import Decimal

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from measures.models import Good, ServiceUnit, Status, UnitValue
from measures.wording import difference_text, value_text
from organisation.permissions import Role
from tests.factories import (
    KpiFactory,
    measure_of,
    person_with,
    said,
)

pytestmark = pytest.mark.django_db

HEAD = 3
MINUS = "\N{MINUS SIGN}"


@pytest.fixture
def area(home, where):
    """A measure of two KPIs, worst in one and best in the other, and a cost of the year before."""
    worst = KpiFactory(short_title="Trygga elever", decimals=0)
    best = KpiFactory(short_title="Nöjda elever", decimals=1)
    cost = KpiFactory(short_title="Kostnad", good=Good.LOW, unit_word="kr", decimals=0)
    measure = measure_of(worst, best, name="Trivsel", position=1)
    measure_of(cost, area=measure.area, name="Kostnader", position=2, year_lag=1)
    for year, (low, high) in {2018: (60, 90), 2019: (62, 95.5), 2020: (64.5, 98)}.items():
        said(worst, where, [low, 80, 81, 82], year=year)
        said(best, where, [high, 70, 71, 72], year=year)
        said(cost, where, [230_907, 100_000, 110_000, 120_000], year=year - 1)
    return measure.area


def book_of(client, area, **query):
    response = client.get(reverse("area-excel", args=[area.slug]), query)
    assert response.status_code == 200
    return load_workbook(io.BytesIO(response.content))


def sheet_of(client, area, **query):
    return book_of(client, area, **query).worksheets[0]


def rows_by_name(sheet):
    """Each row's cells after the name and the unit, by the name without its notes."""
    return {
        str(row[0].value).split(" (")[0]: row[2:]
        for row in sheet.iter_rows(min_row=HEAD + 1)
        if row[0].value
    }


def shown(cell):
    """What a Swedish Excel shows in the cell, without the sign of the colour."""
    if not isinstance(cell.value, (int, float)):
        return cell.value or ""
    decimals = re.match(r"[^;]*?#,##0\.?(0*)", cell.number_format)[1].count("0")
    if "+" in cell.number_format:
        return difference_text(cell.value, decimals)
    return value_text(cell.value, decimals)


# --- it is what the page shows ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "query", [{}, {"ar": "2019"}, {"antal": "5"}, {"mot": "riket"}, {"grupp": "lan"}]
)
def test_every_value_rank_and_difference_is_that_of_the_page(client, area, query):
    page = client.get(reverse("area-detail", args=[area.slug]), {**query, "niva": "3"})
    rows = rows_by_name(sheet_of(client, area, **query, niva="3"))
    count = len(page.context["view"].shown)
    assert len(page.context["rows"]) == 5
    for row in page.context["rows"]:
        cells = rows[row.name]
        assert [shown(cell) for cell in cells[:count]] == [cell.value for cell in row.cells]
        assert [cell.value for cell in cells[count : 2 * count]] == [c.rank for c in row.cells]
        assert [shown(cell) or "–" for cell in cells[2 * count : 3 * count]] == [
            cell.difference for cell in row.cells
        ]


def test_the_colour_is_a_fill_and_a_sign(client, area):
    rows = rows_by_name(sheet_of(client, area))
    for name, sign in {"Nöjda elever": "▲", "Trygga elever": "▼"}.items():
        last = rows[name][2]
        assert f'" {sign}"' in last.number_format
        assert isinstance(last.value, (int, float))
    fills = {rows[name][2].fill.fgColor.rgb for name in ("Nöjda elever", "Trygga elever")}
    assert len(fills) == 2


def test_missing_keeps_its_sign_in_grey(client, home, where):
    kpi = KpiFactory(short_title="Kontinuitet")
    area = measure_of(kpi).area
    said(kpi, where, [80, 1, 2, 3], year=2020)
    said(kpi, where, [Status.MISSING, 1, 2, 3], year=2019)
    said(kpi, where, [Status.SECRET, 1, 2, 3], year=2018)
    cells = rows_by_name(sheet_of(client, area))["Kontinuitet"]
    assert [cell.value for cell in cells[:3]] == ["..", "-", 80]
    assert cells[0].fill.fgColor.rgb == cells[1].fill.fgColor.rgb != cells[2].fill.fgColor.rgb
    assert [cell.value for cell in cells[3:6]] == [None, None, 1]


def test_what_rounds_to_nothing_has_no_sign_before_it(client, home, where):
    kpi = KpiFactory(short_title="Nära", decimals=0)
    area = measure_of(kpi).area
    said(kpi, where, [79.9, 80, 80, 80.1], year=2020)
    cell = rows_by_name(sheet_of(client, area))["Nära"][8]
    assert cell.value == pytest.approx(-0.1)
    assert MINUS not in cell.number_format
    assert "+" not in cell.number_format


# --- it folds ---------------------------------------------------------------------------------------


def test_rows_and_columns_fold_with_1_2_3(client, area):
    sheet = sheet_of(client, area)
    levels = {
        str(row[0].value).split(" (")[0]: sheet.row_dimensions[row[0].row].outlineLevel
        for row in sheet.iter_rows(min_row=HEAD + 1, max_row=9)
    }
    assert levels["Trivsel"] == 0
    assert levels["Trygga elever"] == levels["Nöjda elever"] == levels["Kostnad"] == 1
    columns = [sheet.column_dimensions[letter].outlineLevel for letter in "CDEFGHIJK"]
    assert columns == [0, 0, 0, 1, 1, 1, 2, 2, 2]
    assert sheet.sheet_properties.outlinePr.summaryBelow is False
    assert sheet.sheet_properties.outlinePr.summaryRight is False
    assert (sheet.sheet_format.outlineLevelRow, sheet.sheet_format.outlineLevelCol) == (1, 2)


def hidden_in(sheet):
    rows = [sheet.row_dimensions[row].hidden for row in (5, 6)]
    columns = [sheet.column_dimensions[letter].hidden for letter in "FI"]
    return rows, columns


def test_it_is_opened_as_the_page_was(client, area):
    measure = area.measures.first()
    assert hidden_in(sheet_of(client, area)) == ([True, True], [True, True])
    assert hidden_in(sheet_of(client, area, niva="2")) == ([False, False], [True, True])
    assert hidden_in(sheet_of(client, area, niva="3")) == ([False, False], [False, False])
    assert hidden_in(sheet_of(client, area, vand=measure.pk)) == ([False, False], [True, True])


def test_costs_have_a_row_of_years_of_their_own(client, area):
    sheet = sheet_of(client, area)
    years = next(
        row for row in sheet.iter_rows(min_row=HEAD + 1) if row[0].value == "Andra år än ovan"
    )
    assert [cell.value for cell in years[2:11]] == [2017, 2018, 2019] * 3


def test_it_prints_on_one_width_of_a_landscape_a4_with_its_heading(client, area):
    sheet = sheet_of(client, area)
    assert sheet.freeze_panes == "C4"
    assert sheet.page_setup.orientation == "landscape"
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == "$3:$3"


# --- the other sheets -------------------------------------------------------------------------------


def text_of(sheet):
    return "\n".join(str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value)


def test_it_says_what_each_kpi_is_and_what_the_file_holds(client, area):
    book = book_of(client, area, niva="3", mot="riket")
    kpi = area.measures.first().parts.first().kpi
    definitions, about = text_of(book["Definitioner"]), text_of(book["Om filen"])
    assert kpi.code in definitions
    assert kpi.title in definitions
    assert "Ett lågt värde är bra" in definitions
    for words in (
        "Riket, vägt",
        "Egen bearbetning av uppgifter från Kolada",
        "Källa: Kolada",
        f"http://testserver/kvalitet/{area.slug}/?niva=3&ar=2020&mot=riket",
    ):
        assert words in about


def test_the_units_have_a_sheet_and_what_few_answered_is_not_in_it(client, area, where):
    kpi = area.measures.first().parts.first().kpi
    schools = [
        ServiceUnit.objects.create(name=name, municipality=where[0])
        for name in ("Norra skolan", "Östra skolan", "Västra skolan", "Lilla skolan")
    ]
    for school, value, answers in zip(schools, (50, 60, 70, 13.37), (40, 40, 40, 3), strict=True):
        UnitValue.objects.create(
            kpi=kpi, unit=school, year=2020, gender=0, value=value, answers=answers
        )
    sheet = book_of(client, area)["Enheter"]
    rows = {row[0].value: [cell.value for cell in row] for row in sheet.iter_rows(min_row=HEAD + 1)}
    assert rows["Västra skolan"][6:8] == [70, 1]
    assert rows["Norra skolan"][6:8] == [50, 3]
    assert rows["Lilla skolan"][6] == ".."
    assert "13.37" not in text_of(sheet)
    assert sheet.row_dimensions[5].outlineLevel == 1


def test_no_name_is_run_as_a_formula(client, home, where):
    kpi = KpiFactory(short_title="=1+1", title='=HYPERLINK("http://x")', description="@SUM(A1)")
    area = measure_of(kpi, name="+46").area
    said(kpi, where, [1, 2, 3, 4])
    for sheet in book_of(client, area, niva="3").worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f"
                if isinstance(cell.value, str) and cell.value[:1] in "=+-@":
                    assert cell.quotePrefix, cell.value


def test_all_areas_are_in_one_file(client, area, where):
    other = KpiFactory()
    said(other, where, [1, 2, 3, 4])
    measure_of(other)
    empty = measure_of(KpiFactory())
    book = load_workbook(io.BytesIO(client.get(reverse("areas-excel")).content))
    assert book.sheetnames == ["Område", "Område 2", "Definitioner", "Om filen"]
    assert empty.name not in text_of(book.worksheets[0])


# --- CSV --------------------------------------------------------------------------------------------


def csv_rows(response):
    text = response.content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def test_csv_has_a_row_for_each_year_and_kpi_unrounded(client, area):
    rows = csv_rows(client.get(reverse("area-csv", args=[area.slug])))
    assert len(rows) == (3 + 2) * 3
    worst = next(r for r in rows if r["Namn"] == "Trygga elever" and r["År"] == "2020")
    assert (worst["Värde"], worst["Rang"], worst["Jämförda"], worst["Färg"]) == (
        "64,5",
        "4",
        "4",
        "röd",
    )
    assert Decimal(worst["Differens"].replace(",", ".")) == Decimal("64.5") - Decimal("76.875")
    assert worst["Kön"] == "T"
    cost = next(r for r in rows if r["Mått"] == "Kostnader")
    assert (cost["År"], cost["Värde"]) == ("2017", "230907")


def test_csv_says_why_there_is_no_value(client, home, where):
    kpi = KpiFactory()
    area = measure_of(kpi).area
    said(kpi, where, [80, 1, 2, 3], year=2020)
    said(kpi, where, [Status.SECRET, 1, 2, 3], year=2019)
    rows = csv_rows(client.get(reverse("area-csv", args=[area.slug])))
    assert {row["Status"] for row in rows if row["År"] == "2019"} == {"sekretess"}
    assert {row["Status"] for row in rows if row["År"] == "2018"} == {"saknas"}
    assert {row["Status"] for row in rows if row["År"] == "2020"} == {"har ett värde"}


# --- who, and at what cost --------------------------------------------------------------------------


@pytest.mark.parametrize("route", ["area-excel", "area-csv", "area-paper"])
def test_a_hidden_area_is_for_its_keepers_and_one_without_values_for_none(
    client, area, home, route
):
    address = reverse(route, args=[area.slug])
    empty = reverse(route, args=[measure_of(KpiFactory()).area.slug])
    area.is_hidden = True
    area.save()
    assert client.get(address).status_code == 404
    client.force_login(person_with(Role.QUALITY_LEAD, at=home))
    assert client.get(address).status_code == 200
    assert client.get(empty).status_code == 404


def test_a_stranger_signs_in_first(client, area):
    client.logout()
    assert client.get(reverse("area-excel", args=[area.slug])).status_code == 302


@pytest.mark.parametrize("count", [1, 3])
def test_a_file_costs_the_same_however_many_measures(
    client, home, where, count, django_assert_num_queries
):
    area = measure_of().area
    for n in range(count):
        kpi = KpiFactory()
        measure_of(kpi, area=area, position=n)
        said(kpi, where, [1, 2, 3, 4])
    page = reverse("area-detail", args=[area.slug])
    # session, person, roles, area, home unit, municipality, groups and the county, measures, parts,
    # breaks, values, places of KPIs and of measures, units, goals; employments for the page alone
    with django_assert_num_queries(18):
        client.get(reverse("area-excel", args=[area.slug]))
    assert re.search("Excel", client.get(page).text)


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("route", ["areas-excel", "areas-csv"])
def test_a_file_of_all_areas_costs_the_same_however_many(
    client, home, where, count, route, django_assert_num_queries
):
    for _ in range(count):
        kpi = KpiFactory()
        measure_of(kpi)
        said(kpi, where, [1, 2, 3, 4])
    # session, person, home unit, municipality, two of groups, areas, measures, parts, KPIs,
    # breaks, values, places of KPIs and of measures, goals
    with django_assert_num_queries(14):
        assert client.get(reverse(route)).status_code == 200
