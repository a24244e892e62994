"""The paper of a report: asked for, watched, fetched."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from foundation.errors import Refused
from foundation.export import Kind, download
from foundation.htmx import go_to, page
from organisation.http import PersonRequest
from programme.models import Report

from ..actions import documents
from ..models import Document
from ..papers import REPORT
from ..queries import paper_state


@require_POST
def report_approve(request: PersonRequest, pk: int) -> HttpResponse:
    report = get_object_or_404(Report.objects.visible_to(request.user), pk=pk)
    try:
        documents.approve(
            report_id=report.pk,
            language=get_language() or "sv",
            on=timezone.localdate(),
            by=request.user,
        )
        messages.success(request, _("The report is approved. Its PDF is being made."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return go_to(request, "report-detail", pk)


@require_GET
def report_document(request: PersonRequest, pk: int) -> HttpResponse:
    """Show where the PDF stands.  While it is being made the part asks for itself."""
    report = get_object_or_404(Report.objects.visible_to(request.user).for_page(), pk=pk)
    context = {"report": report, "paper": paper_state(REPORT, report, get_language() or "sv")}
    return page(request, "reports/document.html", context, parts=["report-document"])


@require_POST
def document_request(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask for the PDF.  The redirect is plain, so htmx fetches it into the part it stands in."""
    report = get_object_or_404(Report.objects.visible_to(request.user), pk=pk)
    documents.request(
        kind=REPORT, subject_id=report.pk, language=get_language() or "sv", by=request.user
    )
    return redirect("report-document", pk)


@require_GET
def document_download(request: PersonRequest, pk: int) -> HttpResponse:
    found = Document.objects.visible_to(request.user).defer("facts")
    document = get_object_or_404(found, pk=pk)
    return download(bytes(document.content), document.title, Kind.PDF)
