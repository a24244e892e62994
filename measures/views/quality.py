"""The quality viewer: the areas, one area, one KPI."""

from dataclasses import dataclass, replace
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from foundation.htmx import page
from organisation.http import PersonRequest
from organisation.permissions import Permission

from ..address import Address, Level
from ..forms.viewer import LookForm
from ..models import Band, Gender, Kpi, Municipality, QualityArea
from ..pictures import place_strip, years_picture
from ..queries import (
    AreaView,
    National,
    Series,
    areas_of,
    by_gender,
    home_municipality,
    revisions_of,
    series_of,
)
from ..queries.one_unit import reddest_of
from ..sentences import area_sentence, kpi_sentence
from ..wording import place_text, value_text
from . import bar
from .rows import rows_of
from .standouts import good_examples, needing_attention

OWN_SHOWN = 3  # measures of one's own unit on the first page


@dataclass(frozen=True, slots=True)
class AreaCard:
    """An area on the first page."""

    area: QualityArea
    sentence: str
    year: int
    counts: list[tuple[str, int]]  # verdict, number of measures


@require_GET
def quality(request: PersonRequest) -> HttpResponse:
    """Show one's own unit, every area with what it says in a sentence, and what stands out."""
    home = home_municipality()
    views = areas_of(home) if home else []
    seen = [view for view in views if view.shown]
    context = {
        "home": home,
        "own": reddest_of(request.user, OWN_SHOWN),
        "cards": [_card(view) for view in seen],
        "coming": [(view.area, _why_not_yet(view)) for view in views if not view.shown],
        "good": good_examples(seen),
        "attention": needing_attention(seen),
        "keeps": request.user.may_somewhere(Permission.QUALITY_EDIT),
    }
    return page(request, "measures/quality.html", context)


@require_GET
def area_detail(request: PersonRequest, slug: str) -> HttpResponse:
    """Show one area as the address says: `measures.address`."""
    area = get_object_or_404(QualityArea, slug=slug)
    keeps = request.user.may_somewhere(Permission.QUALITY_EDIT)
    if area.is_hidden and not keeps:
        raise Http404
    address = Address.read(request.GET)
    ours = home_municipality()
    view = address.view_of(area, ours)
    if view and view.look.is_ours:
        address = replace(address, municipality="")
    context: dict[str, Any] = {
        **{"area": area, "view": view, "ours": ours, "address": address, "keeps": keeps},
        "ours_address": address.but(municipality=""),
        "now_address": address.but(as_of=None),
    }
    if ours is None or view is None:
        return page(request, "measures/area_coming.html", context)
    if not view.shown:
        why = {"why": _why_not_yet(view)}
        return page(request, "measures/area_coming.html", context | why)
    form = LookForm(
        request.GET if "search_kommun" in request.GET else None,
        view=view,
        address=address,
        ours=ours,
    )
    context |= {
        "sentence": area_sentence(view, view.shown[-1]),
        "rows": list(rows_of(view, address)),
        "shows_rank": address.level == Level.RANK,
        "settings": bar.settings_in_words(view),
        "levels": bar.levels(view, address),
        "other_years": bar.other_years(view, address),
        "comparison": bar.comparison_in_words(view),
        "shared": request.build_absolute_uri(request.path + bar.shared_address(view, address)),
        "form": form,
        "is_searching": form.is_searching(),
        "good": good_examples([view]) if view.look.is_ours else None,
        "attention": needing_attention([view]) if view.look.is_ours else None,
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
    last = view.shown[-1]
    counts = view.bands(last)
    return AreaCard(
        area=view.area,
        sentence=area_sentence(view, last),
        year=last,
        counts=[
            (band.verdict, counts[band])
            for band in (Band.GOOD, Band.MID, Band.BAD, Band.NONE)
            if counts[band]
        ],
    )


def _why_not_yet(view: AreaView) -> str:
    """Say why an area has nothing to show, as one who waits for it wants to know."""
    if not view.measures:
        return _("It has no measures yet.")
    if not any(True for _pair in view.counted_parts()):
        return _("Its measures have no KPIs yet.")
    if all(part.is_own for _measure, part in view.counted_parts()):
        return _("No results of our own surveys have been entered yet.")
    return _("The values have not been fetched from Kolada yet.")


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
