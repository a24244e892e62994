"""A file to start from: the headings, and the units and measures there are to choose among."""

import io
from collections import Counter
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.worksheet.datavalidation import DataValidation

from organisation.models import Unit

from ..models import Kpi, Municipality, Source
from .columns import RESULTS

ROWS_WITH_CHOICES = 2000
YEARS_OFFERED = 10


def template_of(home: Municipality, *, this_year: int) -> bytes:
    """Return a workbook: a sheet to fill in, where units, measures and years are chosen in lists.

    The lists only help: whatever else is written is read, and judged, as it stands.
    """
    units = _units(home)
    kpis = [
        (kpi.code, kpi.name, kpi.unit_word)
        for kpi in Kpi.objects.filter(source=Source.OWN).order_by("code")
    ]
    book = Workbook()
    sheet: Any = book.worksheets[0]
    sheet.title = RESULTS.name
    _fill(sheet, [[column.heading for column in RESULTS.columns]])
    _fill(book.create_sheet("Enheter"), [["Enhet", "Kod"], *units])
    _fill(book.create_sheet("Måtten"), [["Kod", "Namn", "Mäts i"], *kpis])
    years = ",".join(str(this_year - n) for n in range(YEARS_OFFERED))
    _choose(sheet, "A", f"Enheter!$A$2:$A${len(units) + 1}")
    _choose(sheet, "B", f"Måtten!$A$2:$A${len(kpis) + 1}")
    _choose(sheet, "C", f'"{years}"')
    _choose(sheet, "D", '"K,M"')
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _units(home: Municipality) -> list[tuple[str, str]]:
    """Return the municipality and every unit: what to write for it, and its code.

    A name that several have is not enough, so for those the code is written.
    """
    there = list(home.service_units.filter(gone_on=None).values_list("name", "code", "unit"))
    has_one = {unit_id for _name, _code, unit_id in there if unit_id}
    named = [(name, code) for name, code, _unit in there]
    named += [
        (name, code)
        for pk, name, code in Unit.objects.active()
        .exclude(parent=None)
        .in_tree_order()
        .values_list("pk", "name", "code")
        if pk not in has_one
    ]
    times = Counter(name.casefold() for name, _code in named)
    rows = [(name if times[name.casefold()] == 1 else code, code) for name, code in named]
    return [(home.name, home.code), *(row for row in rows if row[0])]


def _fill(sheet: Any, rows: Sequence[Sequence[object]]) -> None:
    for row in rows:
        sheet.append(list(row))
    for cell in sheet[1]:
        cell.font = Font(bold=True)
        sheet.column_dimensions[cell.column_letter].width = 14
    sheet.column_dimensions["A"].width = 36
    sheet.freeze_panes = "A2"


def _choose(sheet: Any, letter: str, choices: str) -> None:
    among = DataValidation(type="list", formula1=choices, allow_blank=True, showErrorMessage=False)
    among.add(f"{letter}2:{letter}{ROWS_WITH_CHOICES}")
    sheet.add_data_validation(among)
