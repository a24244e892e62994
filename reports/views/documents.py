"""The paper of a report: asked for, watched, fetched."""

from dataclasses import fields

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from foundation.export import Kind, download
from foundation.forms import accepted
from foundation.htmx import go_to, page
from organisation.http import PersonRequest
from programme.drafting import Texts
from programme.flow import REPORT_FLOW
from programme.forms.reports import ApproveForm
from programme.models import Report
from programme.queries import report_page
from programme.queries.versions import since
from programme.rules.reports import why_not_report

from ..actions import documents
from ..models import Document
from ..papers import REPORT
from ..queries import paper_state

TEXTS = [field.name for field in fields(Texts)]


@require_http_methods(["GET", "POST"])
def report_approve(request: PersonRequest, pk: int) -> HttpResponse:
    """Show the manager all of it in one view, and approve it.  Pressed twice it is done once."""
    reports = Report.objects.visible_to(request.user).for_page()
    report = get_object_or_404(reports, pk=pk)
    if report.approved_by_id == request.user.pk:
        return go_to(request, "report-detail", pk)
    form = ApproveForm(request.POST or None, instance=report)

    def approve() -> None:
        documents.approve(
            report_id=pk,
            says=form.cleaned_data["approver_says"],
            language=get_language() or "sv",
            on=timezone.localdate(),
            by=request.user,
        )

    if request.method == "POST" and not request.POST:
        form = ApproveForm({}, instance=report)  # the button alone: nothing needs to be said
    if accepted(form, approve):
        messages.success(request, _("The report is approved. Its PDF is being made."))
        return go_to(request, "report-detail", pk)
    shown = report_page(report, timezone.localdate())
    version = report.versions.select_related("by").first()
    context = {
        "report": report,
        "work": report.work,
        "here": "work-report",
        "form": form,
        "facts": shown.facts,
        "figures": shown.figures,
        "texts": [(report.label_of(name), getattr(report, name)) for name in TEXTS],
        "since": since(version, report, shown.facts) if version else None,
        "refused": why_not_report(REPORT_FLOW["approve"], report, request.user),
    }
    status = 422 if form.errors else 200
    return page(request, "reports/report_approve.html", context, status=status)


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
