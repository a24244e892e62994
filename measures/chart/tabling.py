"""The chart as a table: every point in a row, for the page and for those who take it along."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from .judged import Judged, judge
from .lines import centre_word
from .model import Chart
from .naming import MEANINGS, SIGNALS, joined
from .numbers import day_text, number_writer
from .reading import excluded_text

type Cell = date | float | int | str | None


@dataclass(frozen=True, slots=True)
class Table:
    """A table in words.

    Attributes:
        numeric: Which columns hold numbers.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Column:
    title: str
    cells: list[Cell]
    is_number: bool = False
    is_always_there: bool = False
    is_line: bool = False  # worked out, and so with more decimals than it bears

    @property
    def tells(self) -> bool:
        return self.is_always_there or any(cell not in (None, "") for cell in self.cells)


def table(chart: Chart | Judged) -> Table:
    """Return every point in a row, with the columns that tell anything."""
    judged = chart if isinstance(chart, Judged) else judge(chart)
    columns, write = _columns(judged), number_writer()
    return Table(
        columns=tuple(column.title for column in columns),
        rows=tuple(zip(*(_texts(judged, column, write) for column in columns), strict=True)),
        numeric=tuple(column.is_number for column in columns),
    )


def to_csv(chart: Chart | Judged) -> tuple[tuple[str, ...], list[tuple[Cell, ...]]]:
    """Return the same table as days, numbers and texts: its header and its rows.

    What people wrote is in it as they wrote it; `foundation.export` makes it harmless.
    """
    columns = _columns(chart if isinstance(chart, Judged) else judge(chart))
    return tuple(c.title for c in columns), list(zip(*(c.cells for c in columns), strict=True))


def _texts(judged: Judged, column: Column, write: Callable[[float], str]) -> Iterator[str]:
    for cell in column.cells:
        if isinstance(cell, str):
            yield cell
        elif isinstance(cell, date):
            yield day_text(cell)
        elif cell is None:
            yield "–" if column.is_number else ""
        else:
            yield write(judged.rounded_line(cell) if column.is_line else cell)


def _columns(judged: Judged) -> list[Column]:
    chart, places = judged.chart, range(len(judged.chart.points))
    phase_of = {
        place: (number, phase)
        for number, phase in enumerate(judged.phases, start=1)
        for place in range(phase.start, phase.stop)
    }

    def in_phase(found: Callable[[int], float | None]) -> list[Cell]:
        return [found(place) for place in places]

    def centre(place: int) -> float | None:
        phase = phase_of[place][1]
        return phase.centre if phase.shows_centre else None

    def lower(place: int) -> float | None:
        phase = phase_of[place][1]
        return phase.at(place, phase.lower) if phase.shows_limits else None

    def upper(place: int) -> float | None:
        phase = phase_of[place][1]
        return phase.at(place, phase.upper) if phase.shows_limits else None

    signals: list[Cell] = [
        f"{MEANINGS[mark.meaning]} ({str(SIGNALS[mark.rule]).lower()})"
        if (mark := judged.marks.get(place))
        else ""
        for place in places
    ]
    notes: list[Cell] = [
        joined(point.note, excluded_text(point.excluded_because)) for point in chart.points
    ]
    centre_title = centre_word(judged.last) if judged.last else _("median")
    phases: list[Cell] = (
        [phase_of[place][0] for place in places] if len(judged.phases) > 1 else [None] * len(places)
    )
    are_shares = chart.used_settings().kind.has_denominator
    columns = [
        Column(_("Day"), [point.on for point in chart.points], is_always_there=True),
        Column(chart.unit_word or _("Value"), list(judged.values), True, True, are_shares),
        Column(_("Numerator"), [point.numerator for point in chart.points], True),
        Column(_("Denominator"), [point.denominator for point in chart.points], True),
        Column(centre_title.capitalize(), in_phase(centre), True, True, True),
        Column(_("Lower limit"), in_phase(lower), True, is_line=True),
        Column(_("Upper limit"), in_phase(upper), True, is_line=True),
        Column(_("Phase"), phases, True),
        Column(_("Signal"), signals),
        Column(pgettext("on a value", "Note"), notes),
    ]
    return [column for column in columns if column.tells]
