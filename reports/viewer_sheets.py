"""The other sheets of the Quality viewer's Excel file: the units, the definitions, about the file."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.utils.translation import gettext as _
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from foundation.export import put_text
from measures.address import Address
from measures.models import Kpi
from measures.queries import AreaView
from measures.queries.units import YEARS_OF_UNITS, UnitSeries, UnitTable

from .sheet import (
    BOLD,
    LINE,
    LINE_HEIGHT,
    PLAIN,
    QUIET,
    RIGHT,
    TITLE,
    WRAPPED,
    fit_on_paper,
    fold_upwards,
    font,
    height_of,
    put_heading,
    put_number,
)
from .viewer_table import particulars, rules_of_the_table, sources_of

HEAD_ROW = 3
FIRST_YEAR = 3  # the column: after the name and what it is measured in
ABOUT_WIDTH = 110.0
DEFINITION_WIDTHS = [20.0, 24.0, 10.0, 30.0, 40.0, 80.0, 18.0, 15.0, 13.0, 14.0, 16.0]


# --- units ---------------------------------------------------------------------------------------


def add_units(sheet: Worksheet, table: UnitTable, view: AreaView) -> None:
    """Write each KPI with the municipality's values, and the units folded under it."""
    last = view.shown[-1]
    years = list(range(last - YEARS_OF_UNITS + 1, last + 1))
    put_text(sheet["A1"], _("%(area)s – the units of %(home)s") % _names(view))
    sheet["A1"].font = TITLE
    put_text(
        sheet["A2"],
        _("Compared among the units of their own. Where few have answered, nothing is shown (..)."),
    )
    words = [_("Unit"), _("Measured in"), *map(str, years), _("Place among the units")]
    for column, word in enumerate(words, start=1):
        put_heading(sheet.cell(HEAD_ROW, column), word, is_number=column >= FIRST_YEAR)
    row = HEAD_ROW
    for kpi in table.kpis:
        units = table.in_kpi(kpi)
        if not units:
            continue
        row += 1
        _add_unit_row(sheet, row, table.municipality[kpi.pk], years, name=kpi.name, is_bold=True)
        latest = table.latest_year(kpi) or last
        places = table.places(kpi, latest)
        for series in units:
            row += 1
            name = series.unit.name if series.unit else ""
            _add_unit_row(sheet, row, series, years, name=name)
            place = places.get(series.unit.pk) if series.unit else None
            if place:
                cell = sheet.cell(row, FIRST_YEAR + len(years), place.rank)
                cell.alignment, cell.font = RIGHT, PLAIN
            sheet.row_dimensions[row].outlineLevel = 1
    _set_widths(sheet, [52.0, 12.0, *[10.0] * len(years), 14.0])
    fold_upwards(sheet, rows=1)
    sheet.freeze_panes = sheet.cell(HEAD_ROW + 1, FIRST_YEAR).coordinate
    sheet.row_dimensions[HEAD_ROW].height = 2 * LINE_HEIGHT
    sheet["A2"].font = PLAIN
    fit_on_paper(sheet, HEAD_ROW, sources_of(view))


def _add_unit_row(
    sheet: Worksheet,
    row: int,
    series: UnitSeries,
    years: Sequence[int],
    *,
    name: str,
    is_bold: bool = False,
) -> None:
    cell = sheet.cell(row, 1)
    put_text(cell, name)
    cell.font = font(bold=is_bold)
    cell.alignment = Alignment("left", "center", wrap_text=True, indent=0 if is_bold else 1)
    put_text(sheet.cell(row, 2), series.kpi.unit_word if is_bold else "")
    sheet.cell(row, 2).font = QUIET
    for number, year in enumerate(years):
        outcome = series.outcomes.get(year)
        cell = sheet.cell(row, FIRST_YEAR + number)
        if outcome is None:
            continue
        if outcome.value is None:
            put_text(cell, outcome.sign)
            cell.alignment = RIGHT
        else:
            put_number(cell, outcome.value, series.kpi.decimals)
        cell.font = font(bold=is_bold)
    for column in range(1, FIRST_YEAR + len(years) + 1):
        sheet.cell(row, column).border = LINE


# --- definitions ---------------------------------------------------------------------------------


def add_definitions(sheet: Worksheet, views: Sequence[AreaView]) -> None:
    """Write what each KPI is, once in each measure that it is part of."""
    words = [
        _("Area"),
        _("Measure"),
        _("KPI"),
        _("Name"),
        _("Title"),
        _("Description"),
        _("Which way is good"),
        _("Measured in"),
        _("Counted in the measure"),
        _("Ended, replaced by"),
        _("Source"),
    ]
    for column, word in enumerate(words, start=1):
        put_heading(sheet.cell(1, column), word)
    for row, texts in enumerate(_definitions(views), start=2):
        for column, text in enumerate(texts, start=1):
            cell = sheet.cell(row, column)
            put_text(cell, text)
            cell.alignment, cell.font = Alignment(wrap_text=True, vertical="top"), PLAIN
            cell.border = LINE
        heights = map(height_of, texts, DEFINITION_WIDTHS)
        sheet.row_dimensions[row].height = min(400.0, max(heights))
    sheet.row_dimensions[1].height = 2 * LINE_HEIGHT
    _set_widths(sheet, DEFINITION_WIDTHS)
    sheet.freeze_panes = "D2"
    fit_on_paper(sheet, 1, _all_sources(views))


def _definitions(views: Sequence[AreaView]) -> Iterator[list[str]]:
    for view in views:
        for measure in view.measures:
            for part in measure.parts:
                kpi = part.kpi
                if kpi is None:
                    continue
                yield [
                    view.area.name,
                    measure.measure.name,
                    kpi.code,
                    kpi.name,
                    kpi.title,
                    kpi.description,
                    str(kpi.get_good_display()),
                    kpi.unit_word,
                    _("no") if part.is_left_out else _("yes"),
                    _end_of(kpi),
                    _("Own survey") if kpi.is_own else "Kolada",
                ]


def _end_of(kpi: Kpi) -> str:
    """Say until when it is worked out, if it is known to end, and what comes after."""
    said = [str(kpi.ended_year)] if kpi.ended_year else []
    if kpi.retired_on and not said:
        said.append(kpi.retired_on.isoformat())
    return ", ".join(said)


# --- about the file ------------------------------------------------------------------------------


def add_about(
    sheet: Worksheet, areas: Sequence[tuple[AreaView, Address, str]], *, on: date
) -> None:
    """Write which settings, against what, on which day, from where: so that it is understood later."""
    put_text(sheet["A1"], _("About the file"))
    sheet["A1"].font = TITLE
    row = 2
    for view, address, link in areas:
        for word, text in particulars(view, address, link, on):
            row += 1
            put_text(sheet.cell(row, 1), word)
            put_text(sheet.cell(row, 2), text)
            sheet.cell(row, 1).font = BOLD
            sheet.cell(row, 1).alignment = Alignment(vertical="top")
            sheet.cell(row, 2).alignment, sheet.cell(row, 2).font = WRAPPED, PLAIN
            sheet.row_dimensions[row].height = height_of(text, ABOUT_WIDTH)
        row += 1
    sources = _all_sources([view for view, _address, _link in areas])
    _add_paragraphs(sheet, row + 1, _("Source"), sources)
    row += len(sources) + 2
    _add_paragraphs(sheet, row + 1, _("How to read the table"), rules_of_the_table())
    row += len(rules_of_the_table()) + 2
    put_text(sheet.cell(row + 1, 2), _how_it_folds())
    sheet.cell(row + 1, 2).alignment, sheet.cell(row + 1, 2).font = WRAPPED, QUIET
    _set_widths(sheet, [28.0, ABOUT_WIDTH])
    fit_on_paper(sheet, 1, sources)


def _how_it_folds() -> str:
    return _(
        "Press 1 or 2 to the left of the rows to fold or open the KPIs; press 1, 2 or 3 above the columns for values, ranks and differences."
    )


def _all_sources(views: Sequence[AreaView]) -> list[str]:
    return list(dict.fromkeys(text for view in views for text in sources_of(view)))


def _add_paragraphs(sheet: Worksheet, row: int, word: str, texts: Sequence[str]) -> None:
    put_text(sheet.cell(row, 1), word)
    sheet.cell(row, 1).font, sheet.cell(row, 1).alignment = BOLD, Alignment(vertical="top")
    for number, text in enumerate(texts):
        put_text(sheet.cell(row + number, 2), text)
        cell = sheet.cell(row + number, 2)
        cell.alignment, cell.font = WRAPPED, PLAIN
        sheet.row_dimensions[row + number].height = height_of(text, ABOUT_WIDTH)


def _set_widths(sheet: Worksheet, widths: Sequence[float]) -> None:
    for column, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width


def _names(view: AreaView) -> dict[str, str]:
    return {"area": view.area.name, "home": view.home.name}
