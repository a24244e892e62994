"""The rows of the quality viewer's table, ready to be drawn."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ..address import Address
from ..chart import sparkline
from ..models import Good
from ..queries import AreaView, MeasureSeries, Series
from ..wording import place_text

TREND_YEARS = 6  # of the small line


@dataclass(frozen=True, slots=True)
class Cell:
    year: int  # the column's
    value: str
    verdict: str
    href: str


@dataclass(frozen=True, slots=True)
class Row:
    """A measure, or a KPI under it."""

    key: str  # the id of the element
    name: str
    unit_word: str
    note: str  # direction, other years, whether it is counted
    cells: tuple[Cell, ...]
    rank: str
    difference: str
    trend: SafeString
    is_part: bool = False
    is_open: bool = False
    toggle: str = ""  # the address that opens or closes it


def rows_of(view: AreaView, years: tuple[int, ...], address: Address) -> Iterator[Row]:
    """Return each measure and, where it is open, its KPIs."""
    for measure in view.measures:
        is_open = address.is_open(measure.measure.pk)
        yield _measure_row(measure, years, address, is_open=is_open)
        if is_open:
            for part in measure.parts:
                key = f"part-{measure.measure.pk}-{part.kpi.pk if part.kpi else 0}"
                yield _row(key, part, years, address, is_part=True)


def _measure_row(
    measure: MeasureSeries, years: tuple[int, ...], address: Address, *, is_open: bool
) -> Row:
    key = f"measure-{measure.measure.pk}"
    toggle = f"{address.with_turned(measure.measure.pk)}#{key}"
    return _row(key, measure.whole, years, address, is_open=is_open, toggle=toggle)


def _row(
    key: str,
    series: Series,
    years: tuple[int, ...],
    address: Address,
    *,
    is_part: bool = False,
    is_open: bool = False,
    toggle: str = "",
) -> Row:
    last = series.under(years[-1])
    return Row(
        key=key,
        name=series.name,
        unit_word=series.unit_word,
        note=_note(series, years, is_part=is_part),
        cells=tuple(_cell(series, year) for year in years),
        rank=place_text(last.rank, last.counted) if last.rank else "–",
        difference=series.difference_text(last, address.national) or "–",
        trend=_trend(series, years[-1]),
        is_part=is_part,
        is_open=is_open,
        toggle=toggle,
    )


def _cell(series: Series, year: int) -> Cell:
    outcome = series.under(year)
    href = reverse("kpi-detail", args=[series.kpi.code]) if series.kpi else ""
    return Cell(year, series.value_text(outcome), outcome.band.verdict, href)


def _note(series: Series, years: tuple[int, ...], *, is_part: bool) -> str:
    notes = []
    if series.is_left_out:
        notes.append(_("shown, not counted in the measure"))
    if not is_part or series.is_left_out:  # a part that counts has the direction of its measure
        notes.append(_way(series.good))
    if series.year_lag and not is_part:
        first, last = years[0] - series.year_lag, years[-1] - series.year_lag
        notes.append(_("values of %(first)s–%(last)s") % {"first": first, "last": last})
    return " · ".join(note for note in notes if note)


def _way(good: Good) -> str:
    if good == Good.LOW:
        return _("low is good")
    return _("no direction, so no colour") if good == Good.NEITHER else ""


def _trend(series: Series, last: int) -> SafeString:
    values = [series.under(year).value for year in range(last - TREND_YEARS + 1, last + 1)]
    known = [value for value in values if value is not None]
    if series.good == Good.NEITHER or len(known) < 2 or known[0] == known[-1]:
        return sparkline(values)
    return sparkline(values, better=(known[-1] > known[0]) == (series.good == Good.HIGH))
