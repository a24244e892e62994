"""Measures of our own: the list, and what is said of each."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from foundation.forms import accepted
from foundation.htmx import go_to, page
from organisation.http import PersonRequest

from ..actions import kpis, own_kpis
from ..forms.catalogue import BreakForm
from ..forms.own import OwnKpiForm
from ..models import Kpi, Source
from ..queries import home_municipality
from ..queries import own as queries
from ..unit_words import change_in_words, turn_in_words
from .keeping import for_keepers
from .units import trend_of

SAID = ("title", "description", "unit_word", "good", "decimals")


@require_GET
@for_keepers
def own_kpi_list(request: PersonRequest) -> HttpResponse:
    """List the measures of our own with what they were last."""
    home = home_municipality()
    found = queries.own_kpis(home)
    return page(
        request,
        "measures/own_list.html",
        {"rows": [_row(one) for one in found], "home": home, "sentence": _sentence(found)},
    )


@require_http_methods(["GET", "POST"])
@for_keepers
def own_kpi_create(request: PersonRequest) -> HttpResponse:
    form = OwnKpiForm(request.POST or None)
    if accepted(form, lambda: own_kpis.create(said=form.said, by=request.user)):
        messages.success(
            request, _("“%(name)s” is there. Now its results.") % {"name": form.said.title}
        )
        return go_to(request, "own-kpi-list")
    return _form_page(request, form)


@require_http_methods(["GET", "POST"])
@for_keepers
def own_kpi_edit(request: PersonRequest, code: str) -> HttpResponse:
    kpi = get_object_or_404(Kpi, code=code, source=Source.OWN)
    form = OwnKpiForm(request.POST or None, initial=_as_it_is(kpi))
    if accepted(form, lambda: own_kpis.edit(kpi_id=kpi.pk, said=form.said, by=request.user)):
        messages.success(request, _("Saved."))
        return go_to(request, "own-kpi-list")
    return _form_page(request, form, kpi=kpi, **_breaks(kpi, BreakForm()))


@require_POST
@for_keepers
def own_break_add(request: PersonRequest, code: str) -> HttpResponse:
    """Say from which year the results cannot be compared with those before."""
    kpi = get_object_or_404(Kpi, code=code, source=Source.OWN)
    form = BreakForm(request.POST)

    def add() -> object:
        said = form.cleaned_data
        return kpis.add_break(kpi_id=kpi.pk, year=said["year"], why=said["why"], by=request.user)

    if accepted(form, add, beside="year"):
        messages.success(request, _("The break is written down. No line is drawn across it."))
        return go_to(request, "own-kpi-edit", code)
    return page(
        request,
        "measures/own_form.html",
        {"form": OwnKpiForm(initial=_as_it_is(kpi)), "kpi": kpi, **_breaks(kpi, form)},
        status=422,
    )


@require_POST
@for_keepers
def own_break_remove(request: PersonRequest, code: str, year: int) -> HttpResponse:
    """Say that the results can be compared after all."""
    kpi = get_object_or_404(Kpi, code=code, source=Source.OWN)
    kpis.remove_break(kpi_id=kpi.pk, year=year, by=request.user)
    messages.success(request, _("The break at %(year)s is taken away.") % {"year": year})
    return go_to(request, "own-kpi-edit", code)


def _as_it_is(kpi: Kpi) -> dict[str, Any]:
    return {name: getattr(kpi, name) for name in SAID}


def _breaks(kpi: Kpi, form: BreakForm) -> dict[str, Any]:
    return {"breaks": list(kpi.breaks.all()), "break_form": form}


def _form_page(request: PersonRequest, form: OwnKpiForm, **more: Any) -> HttpResponse:
    status = 422 if form.errors else 200
    return page(request, "measures/own_form.html", {"form": form, **more}, status=status)


def _row(one: queries.OwnKpi) -> dict[str, Any]:
    year = one.latest_year
    whole = one.whole.under(year).value is not None if year else False
    return {
        "kpi": one.kpi,
        "year": year,
        "value": one.whole.text(year, with_unit=True) if year and whole else "",
        "moved": turn_in_words(one.whole.turn(year)) or change_in_words(one.whole.change(year))
        if year
        else "",
        "trend": trend_of(one.whole, year) if year else "",
        "units": one.unit_count,
        "areas": one.areas,
    }


def _sentence(found: list[queries.OwnKpi]) -> str:
    """Say how many there are, and how many still wait for a result."""
    if not found:
        return ""
    said = ngettext("%(count)s measure of our own.", "%(count)s measures of our own.", len(found))
    waiting = sum(one.latest_year is None for one in found)
    text = said % {"count": len(found)}
    if waiting:
        text += " " + ngettext(
            "%(count)s has no results yet.", "%(count)s have no results yet.", waiting
        ) % {"count": waiting}
    return text
