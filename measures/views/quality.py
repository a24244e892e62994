"""The quality viewer: the areas, one area, one KPI."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from foundation.htmx import page
from organisation.http import PersonRequest

from ..address import Address, Level
from ..models import Band, Gender, Kpi, Municipality, QualityArea
from ..pictures import place_strip, years_picture
from ..queries import (
    YEARS_SHOWN,
    AreaView,
    National,
    Series,
    area_of,
    areas_of,
    by_gender,
    home_municipality,
    revisions_of,
    series_of,
)
from ..sentences import area_sentence, kpi_sentence
from ..wording import place_text, value_text
from .rows import rows_of

START_WITH = 3  # red KPIs that an area page offers to begin with


@dataclass(frozen=True, slots=True)
class AreaCard:
    """An area on the first page."""

    area: QualityArea
    sentence: str
    years: str
    counts: list[tuple[str, int]]  # verdict, number of measures


@require_GET
def quality(request: PersonRequest) -> HttpResponse:
    """Show every area with what it says in a sentence."""
    home = home_municipality()
    views = areas_of(home) if home else []
    context = {
        "home": home,
        "cards": [_card(view) for view in views if view.last_year],
        "coming": [view.area for view in views if not view.last_year],
    }
    return page(request, "measures/quality.html", context)


@require_GET
def area_detail(request: PersonRequest, slug: str) -> HttpResponse:
    area = get_object_or_404(QualityArea, slug=slug)
    home = home_municipality()
    view = area_of(area, home) if home else None
    if home is None or view is None or view.last_year is None:
        return page(request, "measures/area_coming.html", {"area": area, "home": home})
    address = Address.read(request.GET)
    last = _last_year(view, address)
    years = tuple(range(last - YEARS_SHOWN + 1, last + 1))
    context = {
        "area": area,
        "home": home,
        "sentence": area_sentence(view, last),
        "years": years,
        "rows": list(rows_of(view, years, address)),
        "shows_rank": address.level == Level.RANK,
        "levels": _levels(address),
        "nationals": _nationals(address),
        "is_weighted": address.national is National.WEIGHTED,
        "earlier": address.but(year=last - 1) if last - 1 in view.years else None,
        "later": address.but(year=last + 1) if last + 1 in view.years else None,
        "red": _red(view, last),
    }
    return page(request, "measures/area_detail.html", context, parts=["viewer"])


@require_GET
def kpi_detail(request: PersonRequest, code: str) -> HttpResponse:
    kpi = get_object_or_404(Kpi, code=code)
    home = home_municipality()
    series = series_of(kpi, home) if home else None
    context: dict[str, Any] = {
        "kpi": kpi,
        "home": home,
        "areas": QualityArea.objects.filter(measures__parts__kpi=kpi).distinct(),
        "start": f"{reverse('idea-create')}?kpi={kpi.code}",
    }
    if home and series and series.latest:
        genders = by_gender(kpi, home)
        context |= {
            "sentence": kpi_sentence(series, home.name),
            "series": series,
            "latest": series.latest,
            "place": place_text(series.latest.rank, series.latest.counted)
            if series.latest.rank
            else "",
            "value": series.value_text(series.latest, with_unit=True),
            "picture": _picture(series, home.name),
            "strip": place_strip(series.latest.rank, series.latest.counted)
            if series.latest.rank
            else "",
            "rows": [_year_row(series, year, genders) for year in reversed(list(series.outcomes))],
            "has_genders": bool(genders),
            "has_weighted": any(o.weighted is not None for o in series.outcomes.values()),
            "revisions": _revision_lines(kpi, home, series),
        }
    return page(request, "measures/kpi_detail.html", context)


# --- the areas ---------------------------------------------------------------------------------


def _card(view: AreaView) -> AreaCard:
    last = view.last_year or 0
    counts = view.bands(last)
    return AreaCard(
        area=view.area,
        sentence=area_sentence(view, last),
        years=f"{last - YEARS_SHOWN + 1}–{last}",
        counts=[
            (band.verdict, counts[band])
            for band in (Band.GOOD, Band.MID, Band.BAD, Band.NONE)
            if counts[band]
        ],
    )


# --- one area ----------------------------------------------------------------------------------


def _last_year(view: AreaView, address: Address) -> int:
    """The year that was asked for, if anything is known of it; else the area's own."""
    asked = address.year
    return asked if asked is not None and asked in view.years else view.last_year or view.years[-1]


def _levels(address: Address) -> list[dict[str, object]]:
    words = {
        Level.MEASURES: _("1 Measures"),
        Level.KPIS: _("2 KPIs"),
        Level.RANK: _("3 Rank and difference"),
    }
    return [
        {
            "label": word,
            "href": address.but(level=level, turned=frozenset()),
            "current": level == address.level,
        }
        for level, word in words.items()
    ]


def _nationals(address: Address) -> list[dict[str, object]]:
    words = {
        National.MEAN: _("Mean of the municipalities"),
        National.WEIGHTED: _("The country, weighted"),
    }
    return [
        {
            "label": word,
            "href": address.but(national=national),
            "current": national is address.national,
        }
        for national, word in words.items()
    ]


def _red(view: AreaView, last: int) -> list[dict[str, str]]:
    """The red KPIs that count, those furthest down first."""
    found = [
        (part.under(last), part)
        for measure in view.measures
        for part in measure.parts
        if not part.is_left_out and part.under(last).band.verdict == "bad"
    ]
    found.sort(key=lambda pair: -(pair[0].rank or 0) / (pair[0].counted or 1))
    return [
        {
            "name": part.name,
            "href": reverse("kpi-detail", args=[part.kpi.code]),
            "start": f"{reverse('idea-create')}?kpi={part.kpi.code}",
            "about": f"{part.value_text(outcome, with_unit=True)}, "
            + place_text(outcome.rank or 0, outcome.counted),
        }
        for outcome, part in found[:START_WITH]
        if part.kpi
    ]


# --- one KPI -----------------------------------------------------------------------------------


def _year_row(
    series: Series, year: int, genders: dict[int, dict[Gender, str]]
) -> dict[str, object]:
    outcome = series.outcomes[year]
    of_year = genders.get(year, {})
    return {
        "year": year,
        "value": series.value_text(outcome),
        "verdict": outcome.band.verdict,
        "rank": place_text(outcome.rank, outcome.counted) if outcome.rank else "–",
        "mean": "–" if outcome.mean is None else value_text(outcome.mean, series.decimals),
        "difference": series.difference_text(outcome, National.MEAN) or "–",
        "weighted": "–"
        if outcome.weighted is None
        else value_text(outcome.weighted, series.decimals),
        "women": of_year.get(Gender.WOMEN, "–"),
        "men": of_year.get(Gender.MEN, "–"),
    }


def _picture(series: Series, home: str) -> SafeString:
    outcomes = series.outcomes.values()
    return years_picture(
        _("%(name)s over the years") % {"name": series.name},
        [(o.year, o.value) for o in outcomes if o.value is not None],
        [(o.year, o.mean) for o in outcomes if o.mean is not None],
        own_name=home,
        mean_name=_("Mean"),
    )


def _revision_lines(kpi: Kpi, home: Municipality, series: Series) -> list[dict[str, object]]:
    return [
        {
            "year": revision.year,
            "before": "–" if revision.value is None else value_text(revision.value, kpi.decimals),
            "now": series.value_text(series.under(revision.year)),
            "replaced_at": revision.replaced_at,
        }
        for revision in revisions_of(kpi, home)
    ]
