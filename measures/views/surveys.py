"""Results of our own: read in from a file, or written down by hand."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from foundation.errors import Refused
from foundation.export import Kind, download
from foundation.forms import accepted
from foundation.htmx import go_to, page
from organisation.http import PersonRequest
from organisation.models import Unit
from organisation.permissions import Permission

from ..actions import service_units, surveys
from ..forms.own import ChooseForm, ResultFileForm, ResultsForm
from ..imports.columns import RESULTS
from ..imports.plan import Plan
from ..imports.template import template_of
from ..models import Gender, Kpi, ResultFile, ServiceUnit, Source
from ..queries import home_municipality
from ..queries.units import (
    UnitSeries,
    breaks_of,
    outcomes_of_units,
    outcomes_of_whole,
)
from ..rules.keeping import why_not_keep
from ..rules.own_kpis import why_not_enter, why_not_ours
from .keeping import for_keepers
from .units import unit_of_home

MOST_PROBLEMS = 100  # shown at once; whoever has more starts with these


# --- a file -------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
@for_keepers
def result_file_new(request: PersonRequest) -> HttpResponse:
    """Hand in a file.  One without problems goes on to its preview."""
    form = ResultFileForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {
        "form": form,
        "table": RESULTS,
        "smallest": settings.SMALLEST_GROUP,
        "has_kpis": Kpi.objects.filter(source=Source.OWN).exists(),
    }
    if form.is_valid():
        plan, file = _hand_in(request, form)
        if file is not None:
            return go_to(request, "result-file", file.pk)
        if plan is not None:
            context |= {
                "problems": plan.problems[:MOST_PROBLEMS],
                "problem_count": len(plan.problems),
            }
    status = 422 if form.errors or context.get("problems") else 200
    return page(request, "measures/result_file_new.html", context, status=status)


def _hand_in(request: PersonRequest, form: ResultFileForm) -> tuple[Plan | None, ResultFile | None]:
    """Read the file, and keep it if it has no problems."""
    upload = form.cleaned_data["file"]
    content = upload.read()
    try:
        plan = surveys.read(content=content, on=timezone.localdate(), by=request.user)
        if plan.problems:
            return plan, None
        return plan, surveys.keep(name=upload.name, content=content, plan=plan, by=request.user)
    except Refused as refusal:
        form.add_error("file", str(refusal))
        return None, None


@require_GET
def result_file(request: PersonRequest, pk: int) -> HttpResponse:
    """Show what a file would change, how its reading comes along, or what it did."""
    files = ResultFile.objects.visible_to(request.user).defer("content")
    file = get_object_or_404(files, pk=pk)
    context = {
        "file": file,
        "job": file.job,
        "smallest": settings.SMALLEST_GROUP,
        **file.preview,
    }
    return page(request, "measures/result_file.html", context, parts=["reading"])


@require_POST
@for_keepers
def result_file_confirm(request: PersonRequest, pk: int) -> HttpResponse:
    """Say yes to what was shown."""
    file = get_object_or_404(ResultFile.objects.visible_to(request.user).only("pk"), pk=pk)
    surveys.confirm(result_file_id=file.pk, by=request.user)
    return go_to(request, "result-file", pk)


@require_GET
@for_keepers
def result_template(request: PersonRequest) -> HttpResponse:
    """Give a workbook with the right headings, and the units and measures to choose among."""
    home = home_municipality()
    if home is None:
        raise Http404
    content = template_of(home, this_year=timezone.localdate().year)
    return download(content, "resultat", Kind.EXCEL)


# --- by hand ------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def result_choose(request: PersonRequest) -> HttpResponse:
    """Choose a measure and a unit; a unit without a place for results gets one."""
    person = request.user
    may_keep = why_not_keep(person) is None
    if not may_keep and not person.may_somewhere(Permission.RESULT_ENTER):
        raise Http404
    form = ChooseForm(
        request.POST or None,
        kpis=Kpi.objects.filter(source=Source.OWN).order_by("title"),
        suggested=lambda: person.units_where(Permission.RESULT_ENTER)[:4],
    )
    found: list[ServiceUnit] = []

    def begin() -> None:
        unit: Unit = form.cleaned_data["unit"]
        found.append(service_units.begin(unit_id=unit.pk, by=person))

    if accepted(form, begin, beside="unit"):
        return go_to(request, "unit-results", found[0].pk, form.cleaned_data["kpi"].code)
    return page(
        request,
        "measures/result_choose.html",
        {"form": form, "may_keep": may_keep},
        status=422 if form.errors else 200,
    )


@require_http_methods(["GET", "POST"])
def unit_results(request: PersonRequest, pk: int, code: str) -> HttpResponse:
    """Write down several years of one unit in one measure."""
    unit, home = unit_of_home(pk)
    kpi = get_object_or_404(Kpi, code=code)
    if why_not_enter(unit, request.user) or why_not_ours(kpi, of_unit=True):
        raise Http404
    outcomes = outcomes_of_units([kpi.pk], [unit.pk], None, Gender.ALL)
    series = UnitSeries(
        unit, kpi, outcomes.get((unit.pk, kpi.pk), {}), breaks_of([kpi.pk]).get(kpi.pk, ())
    )
    return _results_page(request, kpi, series, unit, home.name)


@require_http_methods(["GET", "POST"])
@for_keepers
def own_kpi_results(request: PersonRequest, code: str) -> HttpResponse:
    """Write down several years of the whole municipality in one measure of our own."""
    kpi = get_object_or_404(Kpi, code=code, source=Source.OWN)
    home = home_municipality()
    if home is None:
        raise Http404
    outcomes = outcomes_of_whole([kpi.pk], home, None, Gender.ALL)
    series = UnitSeries(None, kpi, outcomes.get(kpi.pk, {}), breaks_of([kpi.pk]).get(kpi.pk, ()))
    return _results_page(request, kpi, series, None, home.name)


def _results_page(
    request: PersonRequest, kpi: Kpi, series: UnitSeries, unit: ServiceUnit | None, home: str
) -> HttpResponse:
    today = timezone.localdate()
    form = ResultsForm(request.POST or None, series=series, this_year=today.year)
    hidden: list[int] = []

    def enter() -> None:
        hidden.append(
            surveys.enter(
                kpi_id=kpi.pk,
                service_unit_id=unit.pk if unit else None,
                results=form.cleaned_data["results"],
                on=today,
                by=request.user,
            )
        )

    if accepted(form, enter):
        messages.success(request, _said_after(len(form.cleaned_data["results"]), hidden[0]))
        if unit is None:
            return go_to(request, "own-kpi-list")
        return go_to(request, "service-unit", unit.pk)
    context = {
        "form": form,
        "kpi": kpi,
        "unit": unit,
        "home": home,
        "breaks": series.breaks,
        "smallest": settings.SMALLEST_GROUP,
    }
    status = 422 if form.errors else 200
    return page(request, "measures/results.html", context, status=status)


def _said_after(count: int, hidden: int) -> str:
    if not count:
        return _("Nothing was changed.")
    said = ngettext("%(count)s result is saved.", "%(count)s results are saved.", count)
    text = said % {"count": count}
    if hidden:
        text += " " + ngettext(
            "%(count)s of them has too few answers and is kept secret, as ..",
            "%(count)s of them have too few answers and are kept secret, as ..",
            hidden,
        ) % {"count": hidden}
    return text
