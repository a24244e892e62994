from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from foundation.errors import Refused
from foundation.htmx import go_to, page

from ..actions import imports
from ..forms import UploadForm
from ..http import PersonRequest
from ..imports.columns import PEOPLE, UNITS
from ..imports.plan import Plan
from ..imports.template import csv_template, xlsx_template
from ..models import ImportFile
from ..rules import why_not_import

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TEMPLATES: dict[str, Callable[[], bytes]] = {
    "mall.xlsx": xlsx_template,
    "enheter.csv": partial(csv_template, UNITS),
    "personer.csv": partial(csv_template, PEOPLE),
}
MOST_PROBLEMS = 100  # shown at once; whoever has more starts with these


@require_http_methods(["GET", "POST"])
def import_new(request: PersonRequest) -> HttpResponse:
    """Hand in a file.  One without problems goes on to its preview."""
    _only_those_who_may(request)
    form = UploadForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"form": form, "tables": (UNITS, PEOPLE)}
    if form.is_valid():
        plan, file = _hand_in(request, form)
        if file is not None:
            return go_to(request, "import-detail", file.pk)
        if plan is not None:
            context |= {
                "problems": plan.problems[:MOST_PROBLEMS],
                "problem_count": len(plan.problems),
            }
    status = 422 if form.errors or context.get("problems") else 200
    return page(request, "organisation/import_new.html", context, status=status)


def _hand_in(request: PersonRequest, form: UploadForm) -> tuple[Plan | None, ImportFile | None]:
    """Read the file, and keep it if it has no problems."""
    upload = form.cleaned_data["file"]
    is_complete = form.cleaned_data["is_complete"]
    content = upload.read()
    try:
        plan = imports.read(
            content=content, is_complete=is_complete, on=timezone.localdate(), by=request.user
        )
        if plan.problems:
            return plan, None
        return plan, imports.keep(
            name=upload.name,
            content=content,
            is_complete=is_complete,
            plan=plan,
            by=request.user,
        )
    except Refused as refusal:
        form.add_error("file", str(refusal))
        return None, None


@require_GET
def import_detail(request: PersonRequest, pk: int) -> HttpResponse:
    """Show what a file would change, how its import comes along, or what it did."""
    file = get_object_or_404(ImportFile.objects.visible_to(request.user).defer("content"), pk=pk)
    context = {"file": file, "job": file.job, **file.preview}
    return page(request, "organisation/import_detail.html", context, parts=["import"])


@require_POST
def import_confirm(request: PersonRequest, pk: int) -> HttpResponse:
    """Say yes to what was shown."""
    _only_those_who_may(request)
    file = get_object_or_404(ImportFile.objects.visible_to(request.user).defer("content"), pk=pk)
    imports.confirm(import_file_id=file.pk, by=request.user)
    return go_to(request, "import-detail", pk)


@require_GET
def import_template(request: PersonRequest, name: str) -> HttpResponse:
    """Give an empty file with the right headings: a workbook, or one of the tables as CSV."""
    _only_those_who_may(request)
    if name not in TEMPLATES:
        raise Http404
    kind = "text/csv" if name.endswith(".csv") else XLSX
    return HttpResponse(
        TEMPLATES[name](),
        content_type=kind,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _only_those_who_may(request: PersonRequest) -> None:
    if why_not_import(request.user):
        raise Http404
