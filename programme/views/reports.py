"""The report's pages: a tab of the work.  Approving it, papers and the public are pages of reports/."""

from dataclasses import asdict, fields
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from foundation.errors import Refused
from foundation.forms import accepted
from foundation.htmx import go_to, page
from organisation.actions import notices
from organisation.http import PersonRequest

from ..actions import reports
from ..comparing import fingerprint, merge
from ..drafting import Texts, first_texts
from ..flow import REPORT_FLOW
from ..forms.reports import CoachForm, ReportForm, read_seen, seen_of
from ..forms.works import WhyForm
from ..history import latest_why
from ..models import Extent, Report, ReportStatus, ReportVersion, Work
from ..queries import report_facts, report_page
from ..queries.versions import since
from ..rules.public_reports import why_not_publish
from ..rules.reports import (
    ROOM_ON_ONE_PAGE,
    TEXTS_OF_SIMPLE,
    wanting,
    why_not_coach,
    why_not_complete,
    why_not_draft,
    why_not_edit_report,
    why_not_press,
    why_not_report,
)

TEXTS = [field.name for field in fields(Texts)]


@require_GET
def work_report(request: PersonRequest, pk: int) -> HttpResponse:
    """The tab: the report if there is one, else what it will be and how to begin."""
    work = _work(request, pk)
    there = work.reports.order_by("-pk").first()
    if there is not None:
        return go_to(request, "report-detail", there.pk)
    context = {"work": work, "here": "work-report", "refused": why_not_draft(work, request.user)}
    return page(request, "programme/report_draft.html", context)


@require_http_methods(["GET", "POST"])
def report_draft(request: PersonRequest, pk: int) -> HttpResponse:
    """Begin the report of the work `pk`, or open the one that is there."""
    work = _work(request, pk)
    if request.method == "POST" and not work.reports.exists():
        try:
            report = reports.draft(work_id=pk, by=request.user)
            messages.success(request, _("The report is begun from what you have written so far."))
            return go_to(request, "report-edit", report.pk)
        except Refused as refusal:
            messages.error(request, str(refusal))
    return go_to(request, "work-report", pk)


@require_GET
def report_detail(request: PersonRequest, pk: int) -> HttpResponse:
    report, person = _report(request, pk), request.user
    notices.seen(person, request.path)
    shown = report_page(report, timezone.localdate())
    versions = list(report.versions.select_related("by"))
    measure = shown.facts.measure
    steps = {step.name: why_not_report(step, report, person) is None for step in REPORT_FLOW}
    context = {
        "report": report,
        "work": report.work,
        "here": "work-report",
        "facts": shown.facts,
        "figures": shown.figures,
        "texts": _texts(report),
        "versions": versions,
        "since": since(versions[0], report, shown.facts) if versions and report.is_live else None,
        "wanting": wanting(
            report,
            has_ends=measure is not None and None not in (measure.start_value, measure.end_value),
            tests=len(shown.facts.cycles),
        ),
        "may_edit": why_not_edit_report(report, person) is None,
        "may_submit": steps["submit"],
        "incomplete": why_not_complete(report) if steps["submit"] else None,
        "may_approve": steps["approve"],
        "may_coach": why_not_coach(report, person) is None,
        "may_press": why_not_press(report, person) is None,
        "may_publish": why_not_publish(report, person) is None,
        "returned_because": latest_why(report) if report.status == ReportStatus.RETURNED else "",
    }
    return page(request, "programme/report_detail.html", context)


@require_GET
def report_version(request: PersonRequest, pk: int, number: int) -> HttpResponse:
    """Show a version as it was sent, and what has changed since."""
    report = _report(request, pk)
    versions = ReportVersion.objects.select_related("by")
    version = get_object_or_404(versions, report=report, number=number)
    facts = report_facts(report, timezone.localdate())
    context = {
        "report": report,
        "work": report.work,
        "here": "work-report",
        "version": version,
        "since": since(version, report, facts),
        "texts": [(report.label_of(name), version.texts.get(name, "")) for name in TEXTS],
    }
    return page(request, "programme/report_version.html", context)


@require_http_methods(["GET", "POST"])
def report_edit(request: PersonRequest, pk: int) -> HttpResponse:
    report = _report(request, pk)
    cycles = list(report.work.cycles.order_by("number"))
    drafts = asdict(first_texts(report.work, cycles))
    form = ReportForm(request.POST or None, instance=report)
    beside: dict[str, str] = {}  # what stood, or stands, in a text besides what the form shows
    seen = request.POST.get("seen", "")
    is_saved = False

    def save() -> None:
        nonlocal is_saved
        reports.edit(
            report_id=pk,
            texts=form.texts(),
            wishes=form.wishes(),
            seen=read_seen(seen),
            by=request.user,
        )
        is_saved = True
        if "submit" in request.POST:
            reports.submit(report_id=pk, by=request.user)

    fresh = request.POST.get("fresh", "")
    if fresh in drafts:
        beside = {fresh: request.POST.get(fresh, "")}
        form = ReportForm(initial={**request.POST.dict(), fresh: drafts[fresh]}, instance=report)
    elif accepted(form, save):
        sent = "submit" in request.POST
        words = _("The report has been sent to the manager. Well done!") if sent else _("Saved.")
        messages.success(request, words)
        return go_to(request, "report-detail", pk)
    elif form.is_bound and not is_saved:
        form, beside = _beside(request, form)
    report = _report(request, pk)
    if is_saved or _is_clash(form):
        seen = ""  # what is saved now has been seen
    context = {
        "report": report,
        "work": report.work,
        "here": "work-report",
        "form": form,
        "seen": seen or seen_of(report),
        "parts": [_part(form, name, drafts.get(name, ""), beside.get(name)) for name in TEXTS],
        "fresh": fresh if fresh in drafts else "",
        "facts": report_facts(report, timezone.localdate()),
        "room": ROOM_ON_ONE_PAGE,
        "length": sum(len(getattr(report, name)) for name in TEXTS_OF_SIMPLE),
        "refused": why_not_edit_report(report, request.user),
        "may_submit": why_not_report(REPORT_FLOW["submit"], report, request.user) is None,
    }
    status = 422 if form.errors else 200
    return page(
        request, "programme/report_edit.html", context, parts=["report-form"], status=status
    )


def _is_clash(form: ReportForm) -> bool:
    return bool(getattr(form, "clashes", ()))


def _beside(request: PersonRequest, form: ReportForm) -> tuple[ReportForm, dict[str, str]]:
    """Put together a form that was refused with what somebody else has saved meanwhile.

    Returns:
        The form, with theirs wherever one changed nothing, and theirs of what both have changed.
    """
    seen = read_seen(request.POST.get("seen", ""))
    saved = Report.objects.get(pk=form.instance.pk)
    mine = {name: request.POST.get(name, "") for name in form.fields}
    if seen is None or why_not_edit_report(saved, request.user):
        return form, {}
    merged = merge(mine, {name: getattr(saved, name) for name in mine}, seen)
    if not merged.clashes:
        return form, {}
    data = request.POST.copy()
    for name, value in merged.values.items():
        data[name] = str(value)
    again = ReportForm(data, instance=saved)
    for error in form.non_field_errors():
        again.add_error(None, error)
    again.clashes = merged.clashes  # type: ignore[attr-defined]  # for the page alone
    return again, {name: str(getattr(saved, name)) for name in merged.clashes}


def _part(form: ReportForm, name: str, draft: str, beside: str | None) -> dict[str, Any]:
    """Return a text of the report as the page shows it: the field, a fresh draft, and beside it."""
    value = str(form[name].value() or "")
    return {
        "name": name,
        "field": form[name],
        "draft": draft if fingerprint(draft) != fingerprint(value) else "",
        "beside": beside,
        "only_full": name in ("background", "spread"),
    }


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
def report_coach(request: PersonRequest, pk: int) -> HttpResponse:
    """Write the coach's words; the report stands beside them."""
    report = _report(request, pk)
    form = CoachForm(request.POST or None, instance=report)
    if accepted(
        form,
        lambda: reports.coach(report_id=pk, text=form.cleaned_data["coach_says"], by=request.user),
    ):
        messages.success(request, _("Saved. Your words stand in the report."))
        return go_to(request, "report-detail", pk)
    context = {
        "report": report,
        "work": report.work,
        "here": "work-report",
        "form": form,
        "texts": _texts(report),
        "facts": report_facts(report, timezone.localdate()),
        "refused": why_not_coach(report, request.user),
    }
    status = 422 if form.errors else 200
    return page(request, "programme/report_coach.html", context, status=status)


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
        "work": report.work,
        "here": "work-report",
        "form": form,
        "refused": why_not_report(REPORT_FLOW["return"], report, request.user),
    }
    status = 422 if form.errors else 200
    return page(request, "programme/report_return.html", context, status=status)


def _texts(report: Report) -> list[tuple[str, str]]:
    """The texts with their headings; a simple report leaves out those it has no room for."""
    simple = report.extent == Extent.SIMPLE
    names = [name for name in TEXTS if name in TEXTS_OF_SIMPLE] if simple else TEXTS
    return [(report.label_of(name), getattr(report, name)) for name in names]


def _work(request: PersonRequest, pk: int) -> Work:
    works = Work.objects.visible_to(request.user).select_related("unit")
    return get_object_or_404(works, pk=pk)


def _report(request: PersonRequest, pk: int) -> Report:
    """Fetch through the gate; what one may not see is not found."""
    return get_object_or_404(Report.objects.visible_to(request.user).for_page(), pk=pk)
