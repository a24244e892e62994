"""What residents read of a work: made ready, looked at, released, withdrawn."""

from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from foundation.errors import Refused
from foundation.forms import accepted
from foundation.htmx import go_to, page
from organisation.http import PersonRequest
from organisation.permissions import Permission
from programme.actions import public_reports
from programme.forms.reports import PublicForm
from programme.forms.works import WhyForm
from programme.models import Report
from programme.published import PublicReport
from programme.queries.public_reports import first_said, smallest_denominator
from programme.rules.public_reports import why_not_publish

FEW = 10  # of so few or fewer somebody may be recognised in a share


@require_http_methods(["GET", "POST"])
def report_public(request: PersonRequest, pk: int) -> HttpResponse:
    """Write what residents read, look at it as they will, and release it."""
    report = _report(request, pk)
    today = timezone.localdate()
    form = PublicForm(request.POST or None, initial=asdict(first_said(report, today)))
    shown: PublicReport | None = None
    if form.is_valid():
        asked: dict[str, Any] = {"said": form.said(), "on": today, "by": request.user}
        seen = request.POST.get("shown", "")
        if "release" in request.POST and accepted(
            form, lambda: public_reports.release(report_id=pk, seen=seen, **asked)
        ):
            messages.success(request, _("Residents can read it now."))
            return go_to(request, "report-public", pk)
        shown = _preview(form, report, asked)
    now = PublicReport.read(report.public_facts) if report.published_at else None
    denominator = smallest_denominator(report.work)
    context = {
        "report": report,
        "work": report.work,
        "here": "work-report",
        "form": form,
        "facts": shown,
        "shown": public_reports.fingerprint(shown) if shown else "",
        "public": now,
        "few": denominator if denominator is not None and denominator <= FEW else None,
        "refused": why_not_publish(report, request.user),
    }
    status = 422 if form.errors else 200
    return page(
        request, "reports/work_publish.html", context, parts=["publish-form"], status=status
    )


@require_http_methods(["GET", "POST"])
def report_withdraw(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask why, and take what is public back."""
    report = _report(request, pk)
    form = WhyForm(request.POST or None)
    if accepted(
        form,
        lambda: public_reports.withdraw(
            report_id=pk, why=form.cleaned_data["why"], by=request.user
        ),
    ):
        messages.success(request, _("Residents no longer read it."))
        return go_to(request, "report-detail", pk)
    context = {"report": report, "work": report.work, "here": "work-report", "form": form}
    status = 422 if form.errors else 200
    return page(request, "reports/work_withdraw.html", context, status=status)


def _preview(form: PublicForm, report: Report, asked: dict[str, Any]) -> PublicReport | None:
    """Return what residents would see, or put on the form why they would see nothing."""
    try:
        return public_reports.preview(report=report, **asked)
    except Refused as refusal:
        if str(refusal) not in form.non_field_errors():
            form.add_error(None, str(refusal))
        return None


def _report(request: PersonRequest, pk: int) -> Report:
    """Fetch it for those who speak to residents; nobody else finds the page."""
    report = get_object_or_404(Report.objects.visible_to(request.user).for_page(), pk=pk)
    if not request.user.may(Permission.LIBRARY_PUBLISH, at=report.work.unit):
        raise Http404
    return report
