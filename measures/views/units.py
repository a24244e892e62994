"""Units beside each other in an area, and one unit with all that is said of it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from foundation.htmx import page
from foundation.templatetags.look import icon
from organisation.http import PersonRequest

from ..chart import sparkline
from ..models import Good, Kpi, Municipality, QualityArea, ServiceUnit, Source
from ..queries import home_municipality
from ..queries.one_unit import UnitLine, areas_of_kpis, lines_of, own_units_of, revisions_of_unit
from ..queries.units import (
    FEWEST_RANKED,
    YEARS_OF_UNITS,
    Place,
    UnitSeries,
    UnitTable,
    kpis_of_area,
    latest_of,
    source_of,
    unit_table,
    years_said,
)
from ..rules.keeping import why_not_keep
from ..rules.own_kpis import why_not_enter
from ..unit_words import (
    change_in_words,
    place_among_us,
    turn_in_words,
    unit_sentence,
    units_sentence,
)
from ..wording import value_text

START_WITH = 3  # what a unit is offered to begin with
STANDING_OUT = 6  # of good examples, and of what needs attention
PER_PAGE = 25  # units
BY_NAME = "namn"


@dataclass(frozen=True, slots=True)
class Column:
    """A KPI, in the year that is shown of it."""

    kpi: Kpi
    year: int
    places: dict[int, Place]
    mean: str
    sort: str  # the address that sorts by it
    is_sorted: bool


@dataclass(frozen=True, slots=True)
class Row:
    unit: ServiceUnit
    is_own: bool
    cells: list[SafeString]  # each a <td>


@require_GET
def area_units(request: PersonRequest, slug: str) -> HttpResponse:
    """Show all units of the municipality side by side, in the measures of an area."""
    area = get_object_or_404(QualityArea, slug=slug)
    if area.is_hidden and why_not_keep(request.user):
        raise Http404
    home = home_municipality()
    kpis = kpis_of_area(area) if home else []
    said = years_said(kpis, home) if home else {}
    context: dict[str, Any] = {"area": area, "home": home}
    if home is None or not said:
        context["may_keep"] = why_not_keep(request.user) is None
        return page(request, "measures/units_none.html", context)
    years = sorted({year for of_kpi in said.values() for year in of_kpi}, reverse=True)
    asked = _year_in(request, years)
    shown = [
        (kpi, asked or latest_of(said[kpi.pk]))
        for kpi in kpis
        if kpi.pk in said and (asked is None or asked in said[kpi.pk])
    ]
    last, first = max(year for _kpi, year in shown), min(year for _kpi, year in shown)
    table = unit_table(
        [kpi for kpi, _year in shown], home, years=(first - YEARS_OF_UNITS + 1, last)
    )
    own = {unit.pk for unit in own_units_of(request.user)}
    columns = [_column(table, kpi, year, request) for kpi, year in shown]
    good, attention = standing_out(table, columns)
    units = _sorted(table, columns, own, request)
    rows = Paginator(units, PER_PAGE).get_page(request.GET.get("page"))
    context |= {
        "sentence": units_sentence(table.units, [column.places for column in columns]),
        "columns": columns,
        "whole": [drawn(table.municipality[c.kpi.pk], c, None) for c in columns],
        "rows": [_row(table, unit, columns, is_own=unit.pk in own) for unit in rows],
        "page": rows,
        "years": _year_links(years, asked, request),
        "by_name": _address(request, ordna=BY_NAME),
        "is_by_name": not any(column.is_sorted for column in columns),
        "good": good,
        "attention": attention,
        "sources": {source_of(kpi) for kpi in table.kpis},
        "too_few_units": len(table.units) < FEWEST_RANKED,
    }
    return page(request, "measures/units.html", context, parts=["units"])


def _year_in(request: PersonRequest, years: Sequence[int]) -> int | None:
    """Return the year that is asked for; None is the latest of each measure."""
    asked = request.GET.get("ar", "")
    return next((year for year in years if str(year) == asked), None)


def _address(request: PersonRequest, **changes: str) -> str:
    said = {name: request.GET[name] for name in ("ar", "ordna") if name in request.GET}
    return f"?{urlencode({name: value for name, value in (said | changes).items() if value})}"


def _year_links(
    years: Sequence[int], asked: int | None, request: PersonRequest
) -> list[dict[str, Any]]:
    latest = {"label": _("Latest"), "href": _address(request, ar=""), "current": asked is None}
    return [
        latest,
        *(
            {"label": year, "href": _address(request, ar=str(year)), "current": year == asked}
            for year in years[:YEARS_OF_UNITS]
        ),
    ]


def _column(table: UnitTable, kpi: Kpi, year: int, request: PersonRequest) -> Column:
    by = request.GET.get("ordna", BY_NAME)
    turned = f"-{kpi.code}" if by == kpi.code else kpi.code
    mean = table.mean(kpi, year)
    return Column(
        kpi=kpi,
        year=year,
        places=table.places(kpi, year),
        mean="" if mean is None else value_text(mean, kpi.decimals),
        sort=_address(request, ordna=turned),
        is_sorted=by.removeprefix("-") == kpi.code,
    )


def _row(table: UnitTable, unit: ServiceUnit, columns: list[Column], *, is_own: bool) -> Row:
    cells = [drawn(table.of(unit, c.kpi), c, c.places.get(unit.pk)) for c in columns]
    return Row(unit, is_own, cells)


def drawn(series: UnitSeries, column: Column, place: Place | None) -> SafeString:
    """Draw one unit's, or the municipality's, result in a column.

    In Python and not in the template: there are thousands, and it takes a tenth of the time.
    """
    mark = ""
    if place is not None and place.is_best:
        mark = _MARK.format("best", icon("sign-good", "sign"), escape(pgettext("unit", "best")))
    elif place is not None and place.is_worst:
        mark = _MARK.format("worst", icon("sign-bad", "sign"), escape(pgettext("unit", "worst")))
    moved = turn_in_words(series.turn(column.year)) or change_in_words(series.change(column.year))
    return SafeString(
        _CELL.format(
            label=escape(f"{column.kpi.name} {column.year}"),
            value=escape(series.text(column.year)),
            mark=mark,
            trend=trend_of(series, column.year),
            moved=escape(moved),
        )
    )


_MARK = '<span class="unit-mark" data-mark="{}">{}{}</span>'
_CELL = (
    '<td data-label="{label}"><span class="units__cell"><span class="units__value">{value}</span>'
    '{mark}<span class="units__trend">{trend}<span class="for-screen-readers">{moved}</span></span>'
    "</span></td>"
)


def trend_of(series: UnitSeries, last: int) -> SafeString:
    """Draw five years up to `last` as a line; it begins anew where the series is broken."""
    change = series.turn(last)
    return sparkline(series.line(last), better=change > 0 if change else None)


def _sorted(
    table: UnitTable, columns: list[Column], own: Collection[int], request: PersonRequest
) -> list[ServiceUnit]:
    """Sort by a measure, the best first or, with a minus before it, last; else by name, one's own first."""
    by = request.GET.get("ordna", BY_NAME)
    column = next((c for c in columns if c.is_sorted), None)
    if column is None:
        return sorted(table.units, key=lambda unit: unit.pk not in own)
    kpi, year = column.kpi, column.year
    way = 1 if kpi.good == Good.LOW else -1
    way = -way if by.startswith("-") else way

    def key(unit: ServiceUnit) -> tuple[bool, float]:
        value = table.of(unit, kpi).under(year).value
        return value is None, way * (value or 0.0)

    return sorted(table.units, key=key)


def standing_out(
    table: UnitTable, columns: list[Column]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the good examples, and what needs attention; each the clearest first.

    Good: best among us and better than before.  Else: worst among us, or worse two years in a row.
    """
    good: list[tuple[int, StandsOut]] = []
    low: list[tuple[int, StandsOut]] = []
    for column in columns:
        for unit in table.units:
            place, series = column.places.get(unit.pk), table.of(unit, column.kpi)
            turn = series.turn(column.year)
            if place and place.is_best and series.change(column.year) > 0:
                good.append((turn, (unit, column, series, place)))
            elif turn < 0 or (place and place.is_worst):
                is_worst = place is not None and place.is_worst
                low.append((2 * is_worst - turn, (unit, column, series, place)))
    return _clearest(good), _clearest(low)


type StandsOut = tuple[ServiceUnit, Column, UnitSeries, Place | None]


def _clearest(found: list[tuple[int, StandsOut]]) -> list[dict[str, Any]]:
    found.sort(key=lambda pair: -pair[0])
    return [_one(*one) for _weight, one in found[:STANDING_OUT]]


def _one(
    unit: ServiceUnit, column: Column, series: UnitSeries, place: Place | None
) -> dict[str, Any]:
    year = column.year
    moved = turn_in_words(series.turn(year)) or change_in_words(series.change(year))
    words = [str(year), place_among_us(place), moved]
    return {
        "unit": unit,
        "kpi": column.kpi,
        "value": series.text(year, with_unit=True),
        "about": ", ".join(word for word in words if word),
        "start": start_of(column.kpi, unit),
    }


def start_of(kpi: Kpi, unit: ServiceUnit | None) -> str:
    """Return the address of an idea about `kpi`, at the unit's place in our organisation."""
    about = {"kpi": kpi.code}
    if unit is not None and unit.unit_id is not None:
        about["unit"] = str(unit.unit_id)
    return f"{reverse('idea-create')}?{urlencode(about)}"


# --- one unit -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Line:
    """One KPI of a unit, ready to be drawn."""

    kpi: Kpi
    year: int  # the latest with a value
    latest: str
    cells: list[tuple[int, str]]  # year, value
    trend: SafeString
    place: str
    mark: str
    mean: str
    whole: str
    moved: str
    start: str
    enter: str  # the address where its results are written down


@require_GET
def service_unit(request: PersonRequest, pk: int) -> HttpResponse:
    """Show one unit: all its measures by area, five years, the furthest down among ours first."""
    unit, home = unit_of_home(pk)
    sections = areas_of_kpis()
    kpis = [kpi for _area, of_area in sections for kpi in of_area]
    lines = lines_of(kpis, [unit], home)
    last = max((line.year for line in lines), default=timezone.localdate().year)
    years = list(range(last - YEARS_OF_UNITS + 1, last + 1))
    by_kpi = {line.kpi.pk: line for line in lines}
    order = {line.kpi.pk: n for n, line in enumerate(lines)}
    enters = why_not_enter(unit, request.user) is None
    drawn = {pk_: _line(line, years, unit, enters=enters) for pk_, line in by_kpi.items()}
    context: dict[str, Any] = {
        "unit": unit,
        "home": home,
        "sentence": unit_sentence(lines),
        "years": years,
        "sections": [
            (
                area,
                sorted(
                    (drawn[k.pk] for k in of_area if k.pk in drawn), key=lambda d: order[d.kpi.pk]
                ),
            )
            for area, of_area in sections
            if any(k.pk in drawn for k in of_area)
        ],
        "red": [drawn[line.kpi.pk] for line in lines if line.needs_attention][:START_WITH],
        "sources": {source_of(line.kpi) for line in lines},
        "is_own": unit in own_units_of(request.user),
        "may_enter": enters,
        "empty": _to_enter(unit, kpis, by_kpi) if enters else [],
        "may_keep": why_not_keep(request.user) is None,
        "revisions": _revisions(unit, by_kpi),
    }
    return page(request, "measures/unit.html", context)


def unit_of_home(pk: int) -> tuple[ServiceUnit, Municipality]:
    """Return a unit of our municipality, or answer 404."""
    unit = get_object_or_404(ServiceUnit.objects.select_related("unit", "municipality"), pk=pk)
    home = home_municipality()
    if home is None or unit.municipality_id != home.pk:
        get_object_or_404(ServiceUnit.objects.none())
    return unit, unit.municipality


def _line(line: UnitLine, years: list[int], unit: ServiceUnit, *, enters: bool) -> Line:
    kpi, series = line.kpi, line.series
    mark = ""
    if line.place is not None:
        mark = "best" if line.place.is_best else "worst" if line.place.is_worst else ""
    is_ours = source_of(kpi) == Source.OWN
    return Line(
        kpi=kpi,
        year=line.year,
        latest=series.text(line.year, with_unit=True),
        cells=[(year, series.text(year)) for year in years],
        trend=trend_of(series, years[-1]),
        place=place_among_us(line.place),
        mark=mark,
        mean="" if line.mean is None else value_text(line.mean, kpi.decimals),
        whole=line.whole.text(line.year) if line.whole.outcomes else "",
        moved=turn_in_words(line.turn) or change_in_words(series.change(line.year)),
        start=start_of(kpi, unit),
        enter=reverse("unit-results", args=[unit.pk, kpi.code]) if enters and is_ours else "",
    )


def _to_enter(unit: ServiceUnit, kpis: Sequence[Kpi], has: dict[int, UnitLine]) -> list[Kpi]:
    """Return the measures of our own that nothing is said of yet here."""
    return [kpi for kpi in kpis if kpi.source == Source.OWN and kpi.pk not in has]


def _revisions(unit: ServiceUnit, lines: dict[int, UnitLine]) -> list[dict[str, Any]]:
    kpis = {pk: line.kpi for pk, line in lines.items()}
    return [
        {
            "kpi": kpis[r.kpi_id],
            "year": r.year,
            "before": "–" if r.value is None else value_text(r.value, kpis[r.kpi_id].decimals),
            "now": lines[r.kpi_id].series.text(r.year),
            "replaced_at": r.replaced_at,
        }
        for r in revisions_of_unit(unit, list(kpis.values()))
    ]
