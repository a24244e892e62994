"""What is done with a meeting's agenda: its order, the points, and the decisions being prepared."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from foundation.errors import Refused
from foundation.forms import accepted
from foundation.htmx import go_to, page
from organisation.http import PersonRequest

from ..actions import agenda, meetings
from ..actions.decisions import Terms
from ..forms.deciding import DraftForm
from ..forms.meetings import ScoreForm
from ..models import AgendaItem, Idea, Meeting, MeetingStatus
from ..queries.decisions import facts_of
from ..queries.meetings import agenda_of, funds_after, heard_at, points_of, ready_for, sees_points
from ..rules.decisions import why_not_handle
from ..rules.meetings import why_not_change, why_not_score
from .deciding import costs_of
from .fetching import form_page
from .meetings import agenda_context, meeting_of

MOST_READY = 100


@require_http_methods(["GET", "POST"])
def agenda_add(request: PersonRequest, pk: int) -> HttpResponse:
    """Show the ideas that are ready, and put those that are chosen, or all, on the agenda."""
    meeting = meeting_of(request, pk)
    if request.method == "POST":
        chosen = [int(value) for value in request.POST.getlist("idea") if value.isdecimal()]
        try:
            put = meetings.put_on(
                meeting_id=pk, idea_ids=None if "all" in request.POST else chosen, by=request.user
            )
            messages.success(
                request,
                ngettext(
                    "%(number)s idea is put on the agenda.",
                    "%(number)s ideas are put on the agenda.",
                    len(put),
                )
                % {"number": len(put)},
            )
        except Refused as refusal:
            messages.error(request, str(refusal))
            return go_to(request, "agenda-add", pk)
        return go_to(request, "meeting-detail", pk)
    ready = ready_for(meeting)
    context = {
        "meeting": meeting,
        "ready": ready.for_list().order_by("created_at", "pk")[:MOST_READY],
        "number": ready.count(),
        "refused": why_not_change(meeting, request.user),
    }
    return page(request, "improvement/agenda_add.html", context)


@require_POST
def agenda_order(request: PersonRequest, pk: int) -> HttpResponse:
    """Put the agenda in order: all of it as it was dragged, or one idea a step up or down."""
    meeting = meeting_of(request, pk)
    item_ids = [int(value) for value in request.POST.getlist("item") if value.isdecimal()]
    moved, _colon, way = request.POST.get("move", "").partition(":")
    try:
        if moved.isdecimal() and meeting.items.filter(pk=moved).exists():
            steps = -1 if way == "up" else 1
            meetings.shift(item_id=int(moved), steps=steps, by=request.user)
        else:
            meetings.arrange(meeting_id=pk, item_ids=item_ids, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return go_to(request, "meeting-detail", pk)
    if not request.htmx:  # type: ignore[attr-defined]  # set by HtmxMiddleware
        return go_to(request, "meeting-detail", pk)
    context = agenda_context(request, meeting, may_change=True)
    return page(request, "improvement/meeting_detail.html", context, parts=["agenda"])


@require_POST
def agenda_draft_all(request: PersonRequest, pk: int) -> HttpResponse:
    meeting_of(request, pk)
    try:
        number = agenda.draft_all(meeting_id=pk, on=timezone.localdate(), by=request.user)
        messages.success(
            request,
            ngettext(
                "%(number)s decision is prepared as approved.",
                "%(number)s decisions are prepared as approved.",
                number,
            )
            % {"number": number},
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
    return go_to(request, "meeting-detail", pk)


@require_POST
def agenda_remove(request: PersonRequest, pk: int) -> HttpResponse:
    item = item_of(request, pk)
    try:
        meetings.take_off(item_id=pk, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return go_to(request, "meeting-detail", item.meeting_id)


@require_http_methods(["GET", "POST"])
def agenda_item(request: PersonRequest, pk: int) -> HttpResponse:
    """One idea on the agenda: what it is about, and the decision that is being prepared."""
    item = item_of(request, pk)
    if "undo" in request.POST:
        return _undo(request, item)
    form = DraftForm(item, request.POST or None)

    def draft() -> None:
        agenda.draft(
            item_id=pk,
            terms=form.terms(),
            reason=form.cleaned_data["reason"],
            case_number=form.cleaned_data["case_number"],
            on=timezone.localdate(),
            by=request.user,
        )

    if accepted(form, draft):
        messages.success(request, _("The decision is prepared. It is sent when all are released."))
        following = (
            item.meeting.items.filter(position__gt=item.position).order_by("position").first()
        )
        if following is not None and "next" in request.POST:
            return go_to(request, "agenda-item", following.pk)
        return go_to(request, "meeting-detail", item.meeting_id)
    return form_page(
        request, "improvement/agenda_item.html", form, **_about(request, item), **_steps(item)
    )


@require_http_methods(["GET", "POST"])
def agenda_score(request: PersonRequest, pk: int) -> HttpResponse:
    """Give one's points; those of the others are not in the page before that."""
    item = item_of(request, pk)
    own = list(item.idea.assessments.filter(person=request.user, criterion__is_active=True))
    form = ScoreForm(own, request.POST or None)
    if accepted(form, lambda: agenda.score(item_id=pk, scores=form.scores(), by=request.user)):
        messages.success(request, _("Your points are saved."))
        following = (
            item.meeting.items.filter(position__gt=item.position).order_by("position").first()
        )
        if following is not None and "next" in request.POST:
            return go_to(request, "agenda-score", following.pk)
        return go_to(request, "agenda-item", pk)
    return form_page(
        request,
        "improvement/agenda_score.html",
        form,
        refused=why_not_score(item, request.user) if request.method == "GET" else None,
        **_about(request, item),
        **_steps(item),
    )


@require_GET
def agenda_screen(request: PersonRequest, pk: int) -> HttpResponse:
    """One idea at a time, for the screen in the room."""
    item = item_of(request, pk)
    context = {**_about(request, item), **_steps(item)}
    return page(request, "improvement/agenda_screen.html", context)


def item_of(request: PersonRequest, pk: int) -> AgendaItem:
    """Fetch through the meeting's gate."""
    visible = AgendaItem.objects.filter(meeting__in=Meeting.objects.visible_to(request.user))
    return get_object_or_404(
        visible.select_related(
            "meeting__unit", "meeting__decider", "idea__unit", "idea__author", "idea__kpi", "fund"
        ).select_related("decision__decided_by", "decision__fund"),
        pk=pk,
    )


def _undo(request: PersonRequest, item: AgendaItem) -> HttpResponse:
    try:
        agenda.draft(
            item_id=item.pk, terms=Terms(""), reason="", on=timezone.localdate(), by=request.user
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
    return go_to(request, "agenda-item", item.pk)


def _about(request: PersonRequest, item: AgendaItem) -> dict[str, Any]:
    """Return what every page about one place on the agenda shows."""
    meeting, idea = item.meeting, item.idea
    sees = idea.pk in sees_points(meeting, [idea.pk], request.user)
    heard = heard_at(meeting)
    items = agenda_of(meeting)
    return {
        "item": item,
        "meeting": meeting,
        "idea": idea,
        "costs": costs_of(idea),
        "sees_points": sees,
        "points": points_of(idea.pk, by=heard) if sees else [],
        "prepared_points": _prepared_points(idea, heard) if sees else [],
        "conflicts": list(idea.conflicts.select_related("person").order_by("pk")),
        "decider_is_close": why_not_handle(idea, meeting.decider) is not None,
        "funds": funds_after(meeting, items, on=timezone.localdate(), through=item.position)
        if meeting.status == MeetingStatus.PLANNED
        else [],
        "decision_facts": facts_of(item.decision) if item.decision else [],
        "may_change": why_not_change(meeting, request.user) is None,
        "may_score": why_not_score(item, request.user) is None,
    }


def _prepared_points(idea: Idea, heard: set[int]) -> list[Any]:
    """Points that were given in the preparation, by somebody who is not heard at the meeting."""
    others = idea.assessments.exclude(person__in=heard).values_list("person", flat=True)
    return points_of(idea.pk, by=set(others))


def _steps(item: AgendaItem) -> dict[str, Any]:
    """Return where on the agenda one is, and what is before and after."""
    order = list(item.meeting.items.order_by("position").values_list("pk", flat=True))
    place = order.index(item.pk)
    return {
        "place": place + 1,
        "length": len(order),
        "before": order[place - 1] if place else None,
        "after": order[place + 1] if place + 1 < len(order) else None,
    }
