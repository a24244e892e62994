"""A work's poster, and its text to the press: asked for, watched, fetched."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from foundation.forms import accepted
from foundation.htmx import go_to, page
from organisation.http import PersonRequest
from programme.actions import reports
from programme.drafting import press_text
from programme.forms.reports import PressForm
from programme.models import Report
from programme.queries.public_reports import aim_ends
from programme.rules.reports import why_not_press

from ..actions import documents
from ..papers import PRESS, WORK_POSTER
from ..queries import paper_state


@require_GET
def report_poster(request: PersonRequest, pk: int) -> HttpResponse:
    """Show where the poster stands.  While it is being made the part asks for itself."""
    report = _report(request, pk)
    context = {
        "report": report,
        "work": report.work,
        "here": "work-report",
        "paper": paper_state(WORK_POSTER, report, get_language() or "sv"),
    }
    return page(request, "reports/work_poster_page.html", context, parts=["work-poster"])


@require_POST
def poster_request(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask for the PDF.  The redirect is plain, so htmx fetches it into the part it stands in."""
    return _request(request, WORK_POSTER, pk, "report-poster")


@require_http_methods(["GET", "POST"])
def report_press(request: PersonRequest, pk: int) -> HttpResponse:
    """Read, copy and write the text to the press; it begins from a draft."""
    report = _report(request, pk)
    draft = press_text(report, aim_ends(report.work))
    begin = {"press_text": report.press_text or draft}
    form = PressForm(request.POST or None, instance=report, initial=begin)
    if accepted(
        form,
        lambda: reports.write_to_press(
            report_id=pk, text=form.cleaned_data["press_text"], by=request.user
        ),
    ):
        messages.success(request, _("Saved."))
        return go_to(request, "report-press", pk)
    context = {
        "report": report,
        "work": report.work,
        "here": "work-report",
        "form": form,
        "is_draft": not report.press_text,
        "text": report.press_text or draft,
        "refused": why_not_press(report, request.user),
    }
    status = 422 if form.errors else 200
    return page(request, "reports/press.html", context, status=status)


@require_GET
def press_paper(request: PersonRequest, pk: int) -> HttpResponse:
    """Show where the PDF of the press text stands."""
    report = _report(request, pk)
    context = {
        "report": report,
        "work": report.work,
        "here": "work-report",
        "paper": paper_state(PRESS, report, get_language() or "sv"),
    }
    return page(request, "reports/press_state.html", context, parts=["press-paper"])


@require_POST
def press_request(request: PersonRequest, pk: int) -> HttpResponse:
    return _request(request, PRESS, pk, "report-press-paper")


def _request(request: PersonRequest, kind: str, pk: int, route: str) -> HttpResponse:
    _report(request, pk)
    documents.request(kind=kind, subject_id=pk, language=get_language() or "sv", by=request.user)
    return redirect(route, pk)


def _report(request: PersonRequest, pk: int) -> Report:
    """Fetch through the gate; what one may not see is not found."""
    return get_object_or_404(Report.objects.visible_to(request.user).for_page(), pk=pk)
