"""Kolada's catalogue: what there is, what is followed, and what we say of each KPI ourselves."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.defaultfilters import yesno
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from foundation.errors import Refused, Temporary
from foundation.forms import accepted
from foundation.htmx import go_to, is_for, page
from organisation.http import PersonRequest

from ..actions import catalogue as following
from ..actions import kpis
from ..forms.catalogue import BreakForm, CatalogueFilter, DescribeForm
from ..kolada import preview
from ..models import Kpi
from ..queries import home_municipality
from ..queries.catalogue import (
    areas_of_kpi,
    as_rows,
    catalogue,
    counts,
    rewordings_of,
    stored_values,
    years_of_values,
)
from .keeping import for_keepers

PER_PAGE = 50
JUST_PRESSED = "kpi-just-followed"  # in the session: what the next page offers to undo


@require_GET
@for_keepers
def catalogue_list(request: PersonRequest) -> HttpResponse:
    """List Kolada's KPIs, found by words and narrowed by what the catalogue says of them."""
    filters = CatalogueFilter(request.GET)
    found = Paginator(as_rows(filters.narrow(catalogue())), PER_PAGE)
    rows = found.get_page(request.GET.get("page"))
    context = {
        "filters": filters,
        "chips": list(filters.chips()),
        "page": rows,
        "rows": [(kpi, areas_of_kpi(kpi)) for kpi in rows],
        "counts": counts(),
        "pressed": _just_pressed(request),
    }
    return page(request, "measures/catalogue.html", context, parts=["catalogue-rows"])


@require_POST
@for_keepers
def follow(request: PersonRequest, code: str) -> HttpResponse:
    """Follow a KPI, or stop: the button says which, so a second press is harmless."""
    kpi = get_object_or_404(catalogue(), code=code)
    act = following.unfollow if "back" in request.POST else following.follow
    try:
        kpi = act(kpi=kpi, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return go_to(request, _back_to(request, kpi))
    if is_for(request, f"follow-{kpi.code}"):
        context = {"kpi": kpi, "address": _back_to(request, kpi)}
        return page(request, "measures/catalogue_follow.html", context)
    if "undo" not in request.POST:
        request.session[JUST_PRESSED] = kpi.code
    return redirect(_back_to(request, kpi))


@require_http_methods(["GET", "POST"])
@for_keepers
def catalogue_kpi(request: PersonRequest, code: str) -> HttpResponse:
    """Show all that is known of a KPI; a POST says what we call it and which way is good."""
    kpi = _kpi_of(code)
    form = DescribeForm(request.POST or None, kpi=kpi)
    if request.method == "POST" and accepted(
        form,
        lambda: kpis.describe(kpi_id=kpi.pk, described=form.described(), by=request.user),
    ):
        messages.success(request, _("What is said of the KPI is saved."))
        return go_to(request, "catalogue-kpi", code)
    return _kpi_page(request, kpi, form=form)


@require_POST
@for_keepers
def break_add(request: PersonRequest, code: str) -> HttpResponse:
    """Say from which year its values cannot be compared with those before."""
    kpi = _kpi_of(code)
    form = BreakForm(request.POST)

    def add() -> object:
        return kpis.add_break(
            kpi_id=kpi.pk,
            year=form.cleaned_data["year"],
            why=form.cleaned_data["why"],
            by=request.user,
        )

    if accepted(form, add, beside="year"):
        messages.success(request, _("The break is written down. No line is drawn across it."))
        return go_to(request, f"{reverse('catalogue-kpi', args=[code])}#breaks")
    return _kpi_page(request, kpi, break_form=form)


@require_POST
@for_keepers
def break_remove(request: PersonRequest, code: str, year: int) -> HttpResponse:
    """Say that its values can be compared after all."""
    kpi = _kpi_of(code)
    kpis.remove_break(kpi_id=kpi.pk, year=year, by=request.user)
    messages.success(request, _("The break at %(year)s is taken away.") % {"year": year})
    return go_to(request, f"{reverse('catalogue-kpi', args=[code])}#breaks")


@require_GET
@for_keepers
def kpi_preview(request: PersonRequest, code: str) -> HttpResponse:
    """Ask Kolada for our own values, to look at; nothing is stored."""
    kpi = _kpi_of(code)
    home = home_municipality()
    asked: dict[str, Any] = {}
    if home:
        try:
            said = preview.outcomes_of(kpi.code, home.code)
        except (Temporary, Refused) as trouble:
            asked["trouble"] = str(trouble)
        else:
            outcomes = [(o.year, o.gender, o.status, o.value) for o in said]
            asked = {"is_asked": True, "previewed": years_of_values(outcomes, kpi.decimals)}
    if is_for(request, "preview"):
        context = {"kpi": kpi, "home": home, **asked}
        return page(request, "measures/catalogue_kpi.html", context, parts=["preview"])
    return _kpi_page(request, kpi, **asked)


# --- shared ---------------------------------------------------------------------------------------


def _kpi_of(code: str) -> Kpi:
    return get_object_or_404(catalogue().select_related("successor"), code=code)


def _kpi_page(
    request: PersonRequest,
    kpi: Kpi,
    *,
    form: DescribeForm | None = None,
    break_form: BreakForm | None = None,
    **more: Any,
) -> HttpResponse:
    home = home_municipality()
    form = form or DescribeForm(None, kpi=kpi)
    context = {
        "kpi": kpi,
        "home": home,
        "form": form,
        "break_form": break_form or BreakForm(),
        "breaks": kpi.breaks.all(),
        "lead": " · ".join(filter(None, [kpi.code, kpi.operating_area, kpi.perspective])),
        "facts": _facts(kpi),
        "areas": areas_of_kpi(as_rows(catalogue()).get(pk=kpi.pk)),
        "replaces": catalogue().filter(successor=kpi),
        "stored": stored_values(kpi, home) if home else [],
        "rewordings": rewordings_of(kpi),
        "pressed": _just_pressed(request),
        **more,
    }
    is_refused = form.errors or (break_form is not None and break_form.errors)
    return page(request, "measures/catalogue_kpi.html", context, status=422 if is_refused else 200)


def _facts(kpi: Kpi) -> list[tuple[str, str]]:
    """Return what the catalogue says besides the words, and what is known of coming values."""
    today = timezone.localdate()
    is_preliminary = kpi.preliminary_on is not None and kpi.preliminary_on <= today
    is_final = kpi.published_on is not None and kpi.published_on <= today
    when = _("Published") if is_final else _("To be published")
    return [
        (_("Covers"), kpi.get_covers_display()),
        (_("Women and men apart"), str(yesno(kpi.has_genders))),
        (_("Values of single units"), str(yesno(kpi.has_units))),
        (_("Latest period"), kpi.period),
        (when, _day(kpi.published_on)),
        (
            _("Preliminary values"),
            _("since %(day)s") % {"day": _day(kpi.preliminary_on)}
            if is_preliminary and not is_final
            else _day(None if is_final else kpi.preliminary_on),
        ),
        (_("Left Kolada"), _day(kpi.retired_on)),
    ]


def _day(day: date | None) -> str:
    return date_format(day, "j F Y") if day else ""


def _just_pressed(request: PersonRequest) -> Kpi | None:
    """Return the KPI that a button without JavaScript has just changed, once."""
    code = request.session.get(JUST_PRESSED)
    if code is None or request.htmx:  # type: ignore[attr-defined]  # set by HtmxMiddleware
        return None
    del request.session[JUST_PRESSED]
    return catalogue().filter(code=code).first()


def _back_to(request: PersonRequest, kpi: Kpi) -> str:
    """Return the page the button stood on, if it is one of ours."""
    asked = request.POST.get("address", "")
    if url_has_allowed_host_and_scheme(asked, allowed_hosts=None) and asked.startswith("/"):
        return asked
    return reverse("catalogue-kpi", args=[kpi.code])
