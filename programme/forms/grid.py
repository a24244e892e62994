"""Many values at once: rows that are typed, a table that is pasted, a file that is handed in."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.spreadsheet import MOST_BYTES
from measures.models import TeamMeasure
from measures.typed.table import ReadTable, columns_of, read_rows

EMPTY_ROWS = 3  # below those that are prefilled with a day
MOST_IN_GRID = 100  # rows; a longer table is shown as what it would change
LONGEST_TABLE = 2_000_000  # signs

LABELS: dict[str, str | Promise] = {
    "taken_on": _("Day"),
    "value": _("Value"),
    "numerator": _("How many"),
    "denominator": _("Of how many"),
    "note": pgettext_lazy("measurement", "Note"),
}


def label_of(measure: TeamMeasure, name: str) -> str:
    """Return what a column is called; a value is called what it is counted in."""
    return measure.unit_word if name == "value" else str(LABELS[name])


@dataclass(frozen=True, slots=True)
class GridCell:
    """One field of the grid: what stands in it, and what is wrong with that."""

    name: str
    label: str
    text: str
    fault: str
    id: str


@dataclass(frozen=True, slots=True)
class GridRow:
    number: int
    cells: tuple[GridCell, ...]


class Grid:
    """The rows of a measure's grid, with what was typed in them."""

    def __init__(self, measure: TeamMeasure, table: ReadTable | None, rows: list[dict[str, str]]):
        self.measure = measure
        self.table = table
        self._faults = {row.number: row.faults for row in table.rows} if table else {}
        self._rows = rows

    @classmethod
    def empty(cls, measure: TeamMeasure, days: Iterable[date]) -> "Grid":
        """Return a grid with the days that are expected, and some rows without a day."""
        rows = [{"taken_on": day.isoformat()} for day in days]
        return cls(measure, None, [*rows, *({} for _n in range(EMPTY_ROWS))])

    @classmethod
    def typed(cls, measure: TeamMeasure, data: QueryDict, *, on: date) -> "Grid":
        """Return what was typed, read; rows of a posted form stand in the order of their fields."""
        names = columns_of(measure)
        columns = [data.getlist(name) for name in names]
        rows = [
            dict(zip(names, cells, strict=True)) for cells in zip_longest(*columns, fillvalue="")
        ]
        table = read_rows(measure, enumerate(rows, start=1), on=on)
        return cls(measure, table, rows)

    @property
    def is_right(self) -> bool:
        return self.table is not None and bool(self.table.rows) and not self.table.has_faults

    @property
    def columns(self) -> list[tuple[str, str]]:
        """Return each column's name and label."""
        return [(name, label_of(self.measure, name)) for name in columns_of(self.measure)]

    @property
    def faults(self) -> Iterator[GridCell]:
        return (cell for row in self.rows for cell in row.cells if cell.fault)

    @property
    def rows(self) -> list[GridRow]:
        return [self._row(number, texts) for number, texts in enumerate(self._rows, start=1)]

    def _row(self, number: int, texts: Mapping[str, str]) -> GridRow:
        faults = self._faults.get(number, {})
        return GridRow(
            number,
            tuple(
                GridCell(name, label, texts.get(name, ""), faults.get(name, ""), f"{name}-{number}")
                for name, label in self.columns
            ),
        )


class TableText(forms.CharField):
    conditional = True  # an empty one is answered with a sentence


class PasteForm(forms.Form):
    """A table that was copied somewhere else."""

    table = TableText(
        label=_("Paste your table here"),
        max_length=LONGEST_TABLE,
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
        help_text=_("A day and a value in each row, with a tab or a semicolon between."),
    )


class TableFileForm(forms.Form):
    """A file with a table of values."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("Excel (.xlsx) or CSV, at most 10 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv,.txt"}),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise ValidationError(_("The file is larger than 10 MB."))
        return file
