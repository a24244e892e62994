"""The report's pages.  Approving it is a page of reports/, which also makes the PDF."""

from dataclasses import fields

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from foundation.errors import Refused
from foundation.forms import accepted
from foundation.htmx import go_to, page
from organisation.http import PersonRequest

from ..actions import reports
from ..drafting import Texts
from ..flow import REPORT_FLOW
from ..forms.reports import ReportForm
from ..forms.works import WhyForm
from ..history import latest_why
from ..models import Report, ReportStatus, Work
from ..queries import aim_chart, report_facts
from ..rules.reports import why_not_complete, why_not_draft, why_not_edit_report, why_not_report

TEXTS = [field.name for field in fields(Texts)]


@require_http_methods(["GET", "POST"])
def report_draft(request: PersonRequest, pk: int) -> HttpResponse:
    """Begin the report of the work `pk`, or open the one that is there."""
    works = Work.objects.visible_to(request.user).select_related("unit")
    work = get_object_or_404(works, pk=pk)
    there = work.reports.order_by("-pk").first()
    if there is not None:
        return go_to(request, "report-detail", there.pk)
    if request.method == "POST":
        try:
            report = reports.draft(work_id=pk, by=request.user)
            messages.success(request, _("The report is begun from what you have written so far."))
            return go_to(request, "report-edit", report.pk)
        except Refused as refusal:
            messages.error(request, str(refusal))
            return go_to(request, "work-detail", pk)
    context = {"work": work, "refused": why_not_draft(work, request.user)}
    return page(request, "programme/report_draft.html", context)


@require_GET
def report_detail(request: PersonRequest, pk: int) -> HttpResponse:
    report = _report(request, pk)
    today = timezone.localdate()
    steps = {step.name: why_not_report(step, report, request.user) for step in REPORT_FLOW}
    context = {
        "report": report,
        "work": report.work,
        "facts": report_facts(report, today),
        "texts": [(report.label_of(name), getattr(report, name)) for name in TEXTS],
        "chart": aim_chart(report.work, list(report.work.cycles.order_by("number")), on=today),
        "may_edit": why_not_edit_report(report, request.user) is None,
        "may_submit": steps["submit"] is None,
        "incomplete": why_not_complete(report),
        "may_return": steps["return"] is None,
        "may_approve": steps["approve"] is None,
        "returned_because": (latest_why(report) if report.status == ReportStatus.RETURNED else ""),
    }
    return page(request, "programme/report_detail.html", context)


@require_http_methods(["GET", "POST"])
def report_edit(request: PersonRequest, pk: int) -> HttpResponse:
    report = _report(request, pk)
    form = ReportForm(request.POST or None, instance=report)

    def save() -> None:
        reports.edit(report_id=pk, texts=form.texts(), wishes=form.wishes(), by=request.user)
        if "submit" in request.POST:
            reports.submit(report_id=pk, by=request.user)

    if accepted(form, save):
        if "submit" in request.POST:
            messages.success(request, _("The report has been sent to the manager. Well done!"))
        else:
            messages.success(request, _("Saved."))
        return go_to(request, "report-detail", pk)
    context = {
        "report": report,
        "work": report.work,
        "form": form,
        "facts": report_facts(report, timezone.localdate()),
        "refused": why_not_edit_report(report, request.user),
        "may_submit": why_not_report(REPORT_FLOW["submit"], report, request.user) is None,
    }
    status = 422 if form.errors else 200
    return page(
        request, "programme/report_edit.html", context, parts=["report-form"], status=status
    )


@require_POST
def report_submit(request: PersonRequest, pk: int) -> HttpResponse:
    _report(request, pk)
    try:
        reports.submit(report_id=pk, by=request.user)
        messages.success(request, _("The report has been sent to the manager. Well done!"))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return go_to(request, "report-detail", pk)


@require_http_methods(["GET", "POST"])
def report_return(request: PersonRequest, pk: int) -> HttpResponse:
    """Return the report to the team, with a sentence on what is wanted."""
    report = _report(request, pk)
    form = WhyForm(request.POST or None)
    if accepted(
        form,
        lambda: reports.send_back(report_id=pk, why=form.cleaned_data["why"], by=request.user),
    ):
        messages.success(request, _("The team has got the report back, with your words."))
        return go_to(request, "report-detail", pk)
    context = {
        "report": report,
        "form": form,
        "refused": why_not_report(REPORT_FLOW["return"], report, request.user),
    }
    status = 422 if form.errors else 200
    return page(request, "programme/report_return.html", context, status=status)


def _report(request: PersonRequest, pk: int) -> Report:
    """Fetch through the gate; what one may not see is not found."""
    return get_object_or_404(Report.objects.visible_to(request.user).for_page(), pk=pk)
