"""The Quality viewer as rows for other programs: one for each measure or KPI, year and gender."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from foundation.export import Cell, csv_of
from measures.models import Gender, Status
from measures.queries import AreaView
from measures.queries.goals import Goals
from measures.rounding import NOISE_DIGITS

from .viewer_table import Line, against_name, against_of, lines_of, place_of

HEADER: Sequence[str | Promise] = [
    _("Area"),
    _("Municipality"),
    _("Measure"),
    _("KPI"),
    _("Name"),
    _("Counted in the measure"),
    _("Year"),
    _("Gender"),
    _("Value"),
    _("Measured in"),
    _("Status"),
    _("Rank"),
    _("Compared"),
    _("Colour"),
    _("Difference"),
    _("Compared with value"),
    _("What it is compared with"),
    _("Goal"),
    _("Source"),
]
GENDERS = {Gender.ALL: "T", Gender.WOMEN: "K", Gender.MEN: "M"}  # Kolada's letters
COLOURS = {"good": _("green"), "mid": _("yellow"), "bad": _("red"), "none": _("grey")}
STATUSES = {status.sign: status.label for status in reversed(Status)}


def table_of(views: Iterable[AreaView], goals: Goals) -> bytes:
    """Return everything that the views show, open or not, unrounded."""
    return csv_of(HEADER, (row for view in views for row in _rows(view, goals)))


def _rows(view: AreaView, goals: Goals) -> Iterator[Sequence[Cell]]:
    for line in lines_of(view, goals):
        yield from _rows_of_line(line, view)


def _rows_of_line(line: Line, view: AreaView) -> Iterator[Sequence[Cell]]:
    series = line.series
    for outcome, goal in zip(line.outcomes, line.goals, strict=True):
        rank, counted = place_of(outcome)
        is_compared = outcome.value is not None and not series.is_own
        yield [
            view.area.name,
            view.home.name,
            line.measure.measure.name,
            line.code,
            series.name,
            _("no") if series.is_left_out else _("yes"),
            outcome.year,
            GENDERS[line.gender],
            _exact(outcome.value),
            series.unit_word,
            STATUSES[outcome.sign],
            rank,
            counted or None,
            COLOURS[outcome.band.verdict],
            _exact(outcome.difference(view.look.national)),
            _exact(against_of(outcome, view)) if is_compared else None,
            against_name(view) if is_compared else "",
            goal.normalize() if goal is not None else None,
            "Kolada" if not series.is_own else _("Own survey"),
        ]


def _exact(value: float | None) -> Decimal | None:
    """Return the number without the noise of a binary mean, and without zeros at its end."""
    if value is None:
        return None
    exact = Decimal(repr(round(value, NOISE_DIGITS))).normalize()
    return exact if exact else Decimal(0)
