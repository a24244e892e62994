"""Fetching from Kolada: ask for it, watch it, break it off, try again what failed."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from foundation.errors import Refused
from foundation.forms import accepted
from foundation.htmx import go_to, is_for, page
from organisation.http import PersonRequest
from organisation.models import Person

from ..actions import imports
from ..forms.imports import Fetch, FetchForm
from ..models import ImportBatch, ImportRun, Kpi
from ..queries.imports import batches_of, history, kpis_of, live_runs, progress_of, standing
from ..rules.imports import why_not_retry
from .keeping import for_keepers

RUNS_PER_PAGE = 20
BATCHES_PER_PAGE = 50
KPIS_NAMED = 3  # of a batch, before "and 22 more"
LONGEST_ABOUT = 200


@require_http_methods(["GET", "POST"])
@for_keepers
def import_list(request: PersonRequest) -> HttpResponse:
    """Show what is fetched and how it went; a POST asks for a fetching and goes on to watch it."""
    form = FetchForm(request.POST or None, asked=request.GET)
    runs: list[ImportRun] = []
    if request.method == "POST" and accepted(
        form, lambda: runs.append(_fetch(form, request.user)), beside=_beside(form)
    ):
        return go_to(request, "import-run", runs[0].pk)
    before = Paginator(history(), RUNS_PER_PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "live": live_runs(),
        "page": before,
        "runs": progress_of(list(before)),
        "is_answer": is_for(request, "live"),  # brings along what else has changed on the page
    }
    if not is_for(request, "runs") and not (context["is_answer"] and context["live"]):
        context |= {"form": form, "standing": standing()}
    status = 422 if form.errors else 200
    return page(
        request, "measures/import_list.html", context, parts=["live", "runs"], status=status
    )


def _beside(form: FetchForm) -> str | None:
    """The field that a refusal is about: the area or the KPI that there is nothing to fetch of."""
    what = form.data.get("what")
    return what if what in (Fetch.AREA, Fetch.KPI) else None


def _fetch(form: FetchForm, by: Person) -> ImportRun:
    said = form.cleaned_data
    first, last = form.years()
    run: ImportRun | None
    match said["what"]:
        case Fetch.AREA:
            run = imports.fetch_area(area=said["area"], first_year=first, last_year=last, by=by)
        case Fetch.KPI:
            run = imports.fetch_values(
                kpis=[said["kpi"]],
                about=f"{said['kpi'].code} {said['kpi'].name}"[:LONGEST_ABOUT],
                first_year=first,
                last_year=last,
                by=by,
            )
        case Fetch.EVERYTHING:
            run = imports.fetch_everything(first_year=first, last_year=last, by=by)
        case Fetch.CATALOGUE:
            run = imports.fetch_catalogue(by=by)
        case _:
            whole = said["whole"] or first is not None or last is not None
            run = imports.fetch_followed(whole=whole, first_year=first, last_year=last, by=by)
    if run is None:  # only the clock is answered so
        raise RuntimeError("A person asked, and no run began.")
    return run


@require_GET
@for_keepers
def import_run(request: PersonRequest, pk: int) -> HttpResponse:
    """Show how a run comes along, batch by batch, or how it went."""
    run = get_object_or_404(ImportRun.objects.select_related("asked_by"), pk=pk)
    batches = Paginator(batches_of(run), BATCHES_PER_PAGE).get_page(request.GET.get("page"))
    kpis = kpis_of(batches.object_list)  # type: ignore[arg-type]  # a list once it is read
    progress = progress_of([run])[0]
    context = {
        "progress": progress,
        "run": run,
        "page": batches,
        "batches": [(batch, _named(batch, kpis)) for batch in batches],
        "why_not_retry": why_not_retry(run) if progress.failed and not run.is_live else None,
    }
    return page(request, "measures/import_run.html", context, parts=["run"])


def _named(batch: ImportBatch, kpis: dict[int, Kpi]) -> dict[str, Any]:
    """Return the KPIs of a batch: the first few to show, and how many more there are."""
    found = [kpis[pk] for pk in batch.kpis if pk in kpis]
    return {"first": found[:KPIS_NAMED], "rest": found[KPIS_NAMED:]}


@require_http_methods(["GET", "POST"])
@for_keepers
def import_cancel(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask before a run is broken off."""
    run = get_object_or_404(ImportRun, pk=pk)
    if request.method == "POST":
        try:
            imports.cancel(run=run, by=request.user)
        except Refused as refusal:
            messages.info(request, str(refusal))
        else:
            messages.success(request, _("The fetching is broken off. What was stored stays."))
        return go_to(request, "import-run", pk)
    if not run.is_live:
        return go_to(request, "import-run", pk)
    return page(request, "measures/import_cancel.html", {"run": run})


@require_POST
@for_keepers
def import_retry(request: PersonRequest, pk: int) -> HttpResponse:
    """Try again those batches that failed; a second press finds them under way."""
    run = get_object_or_404(ImportRun, pk=pk)
    try:
        imports.retry_failed(run=run, by=request.user)
    except Refused as refusal:
        messages.info(request, str(refusal))
    return go_to(request, "import-run", pk)
