"""The pages of meetings: the list, one to plan them on, each one's own, and its release."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from foundation.errors import Refused
from foundation.forms import accepted
from foundation.htmx import go_to, page
from organisation.actions import notices
from organisation.http import PersonRequest
from organisation.permissions import Permission

from ..actions import agenda, meetings
from ..forms.meetings import CallForm, MeetingForm, NewMeetingForm, NoteForm, ReleaseForm, shown_of
from ..models import Meeting, MeetingMember, MeetingStatus
from ..queries.decisions import granted
from ..queries.meetings import agenda_of, funds_after, scored_by, with_agenda_length
from ..rules.meetings import (
    is_open,
    may_arrange_somewhere,
    takes_part,
    why_not_change,
    why_not_leave_open,
    why_not_release,
)
from .fetching import form_page

A_PAGE = 20


@require_GET
def meeting_list(request: PersonRequest) -> HttpResponse:
    visible = with_agenda_length(Meeting.objects.visible_to(request.user))
    coming = visible.filter(status=MeetingStatus.PLANNED).order_by("held_on", "starts_at", "pk")
    earlier = visible.exclude(status=MeetingStatus.PLANNED).order_by("-held_on", "-pk")
    context = {
        "coming": list(coming[:50]),
        "earlier": Paginator(earlier, A_PAGE).get_page(request.GET.get("page")),
        "may_arrange": may_arrange_somewhere(request.user),
        "may_report": request.user.may_somewhere(Permission.DECISION_REPORT),
    }
    return page(request, "improvement/meeting_list.html", context)


@require_http_methods(["GET", "POST"])
def meeting_create(request: PersonRequest) -> HttpResponse:
    if not may_arrange_somewhere(request.user):
        raise Http404
    form = NewMeetingForm(request.user, request.POST or None, initial=_first_choices(request))
    made: list[Meeting] = []

    def create() -> None:
        made.append(meetings.create(**form.cleaned_data, on=timezone.localdate(), by=request.user))

    if accepted(form, create):
        messages.success(request, _("The meeting is planned. Put ideas on its agenda."))
        return go_to(request, "meeting-detail", made[0].pk)
    return form_page(request, "improvement/meeting_form.html", form)


@require_http_methods(["GET", "POST"])
def meeting_edit(request: PersonRequest, pk: int) -> HttpResponse:
    meeting = meeting_of(request, pk)
    form = MeetingForm(request.user, request.POST or None, initial=shown_of(meeting))

    def edit() -> None:
        meetings.edit(meeting_id=pk, **form.cleaned_data, on=timezone.localdate(), by=request.user)

    if accepted(form, edit):
        messages.success(request, _("The meeting is changed."))
        return go_to(request, "meeting-detail", pk)
    return form_page(request, "improvement/meeting_form.html", form, meeting=meeting)


@require_GET
def meeting_detail(request: PersonRequest, pk: int) -> HttpResponse:
    meeting = meeting_of(request, pk)
    notices.seen(request.user, request.path)
    return _shown(request, meeting)


@require_http_methods(["GET", "POST"])
def meeting_cancel(request: PersonRequest, pk: int) -> HttpResponse:
    meeting = meeting_of(request, pk)
    if request.method == "POST":
        try:
            meetings.cancel(meeting_id=pk, by=request.user)
            messages.success(request, _("The meeting is called off. Its ideas wait for another."))
        except Refused as refusal:
            messages.error(request, str(refusal))
        return go_to(request, "meeting-detail", pk)
    return page(request, "improvement/meeting_cancel.html", {"meeting": meeting})


@require_POST
def member_call(request: PersonRequest, pk: int) -> HttpResponse:
    meeting = meeting_of(request, pk)
    form = CallForm(request.POST)
    if accepted(
        form,
        lambda: meetings.call(meeting_id=pk, person=form.cleaned_data["person"], by=request.user),
    ):
        return go_to(request, "meeting-detail", pk)
    return _shown(request, meeting, call_form=form, status=422 if form.errors else 200)


@require_POST
def member_excuse(request: PersonRequest, pk: int) -> HttpResponse:
    visible = MeetingMember.objects.filter(meeting__in=Meeting.objects.visible_to(request.user))
    member = get_object_or_404(visible, pk=pk)
    try:
        meetings.excuse(member_id=member.pk, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return go_to(request, "meeting-detail", member.meeting_id)


@require_http_methods(["GET", "POST"])
def meeting_note(request: PersonRequest, pk: int) -> HttpResponse:
    """Write down who was there and what is to stand in the minutes."""
    meeting = meeting_of(request, pk)
    form = NoteForm(meeting, request.POST if request.method == "POST" else None)
    if accepted(form, lambda: agenda.note(meeting_id=pk, **form.facts(), by=request.user)):
        messages.success(request, _("Saved."))
        return go_to(request, "meeting-detail", pk)
    return form_page(request, "improvement/meeting_note.html", form, meeting=meeting)


@require_http_methods(["GET", "POST"])
def meeting_release(request: PersonRequest, pk: int) -> HttpResponse:
    """Show all that is about to be decided, and decide it."""
    meeting = meeting_of(request, pk)
    form = ReleaseForm(meeting, request.POST if request.method == "POST" else None)
    number = 0

    def release() -> None:
        nonlocal number
        made = agenda.release(
            meeting_id=pk,
            **form.facts(),
            postpone=form.cleaned_data["postpone"],
            on=timezone.localdate(),
            by=request.user,
        )
        number = len(made)

    if request.method == "POST" and meeting.status == MeetingStatus.HELD:
        messages.info(request, _("The decisions are released already."))
        return go_to(request, "meeting-detail", pk)
    if accepted(form, release):
        messages.success(
            request,
            ngettext(
                "%(number)s decision is made, and everybody concerned has been told.",
                "%(number)s decisions are made, and everybody concerned has been told.",
                number,
            )
            % {"number": number},
        )
        return go_to(request, "meeting-detail", pk)
    items = agenda_of(meeting)
    left_open = [item for item in items if is_open(item)]
    return form_page(
        request,
        "improvement/meeting_release.html",
        form,
        meeting=meeting,
        taken=[item for item in items if item not in left_open],
        open_sentence=why_not_leave_open(items),
        funds=funds_after(meeting, items, on=timezone.localdate()),
        refused=why_not_release(meeting, request.user, timezone.localdate()),
    )


def meeting_of(request: PersonRequest, pk: int) -> Meeting:
    """Fetch through the gate; what one may not see is not found."""
    visible = Meeting.objects.visible_to(request.user)
    return get_object_or_404(visible.select_related("unit", "decider", "arranged_by"), pk=pk)


def _shown(
    request: PersonRequest,
    meeting: Meeting,
    *,
    call_form: CallForm | None = None,
    status: int = 200,
) -> HttpResponse:
    may_change = why_not_change(meeting, request.user) is None
    context: dict[str, Any] = {
        "meeting": meeting,
        "facts": facts_of(meeting),
        "members": meeting.members.select_related("person").order_by("pk"),
        "may_change": may_change,
        "call_form": (call_form or CallForm()) if may_change else None,
        "why_not_release": why_not_release(meeting, request.user, timezone.localdate()),
        "is_decider": meeting.decider_id == request.user.pk,
        **agenda_context(request, meeting, may_change=may_change),
    }
    return page(
        request, "improvement/meeting_detail.html", context, parts=["agenda"], status=status
    )


def agenda_context(request: PersonRequest, meeting: Meeting, *, may_change: bool) -> dict[str, Any]:
    """Return what the agenda itself shows, on the page and as the part that is replaced."""
    items = agenda_of(meeting)
    scored = scored_by(request.user, [item.idea_id for item in items])
    return {
        "meeting": meeting,
        "may_change": may_change,
        "takes_part": takes_part(meeting, request.user),
        "items": [
            {
                "item": item,
                "is_first": place == 1,
                "is_last": place == len(items),
                "is_open": item.decision_id is None and is_open(item),
                "amount": granted(item.decision) if item.decision else "",
                "is_scored": item.idea_id in scored,
            }
            for place, item in enumerate(items, 1)
        ],
        "open_count": sum(1 for item in items if item.decision_id is None and is_open(item)),
        "funds": funds_after(meeting, items, on=timezone.localdate()) if may_change else [],
    }


def facts_of(meeting: Meeting) -> list[tuple[str, object]]:
    """Return when, where and by what right, as words and values."""
    starts_at = time_format(meeting.starts_at, "H:i") if meeting.starts_at else ""
    return [
        (_("Day"), date_format(meeting.held_on, "l j F Y")),
        (_("Time"), starts_at),
        (_("Place"), meeting.place),
        (_("Decision-maker"), meeting.decider.name),
        (_("Basis"), meeting.get_basis_display()),
        (_("Delegation reference"), meeting.delegation_reference),
        (_("Planned by"), meeting.arranged_by.name),
    ]


def _first_choices(request: PersonRequest) -> dict[str, Any]:
    """Return what is chosen from the start: what was so the last time, or the only unit there is."""
    latest = Meeting.objects.filter(arranged_by=request.user).order_by("-pk").first()
    if latest is None:
        return {}
    return {
        "unit": latest.unit_id,
        "place": latest.place,
        "decider": latest.decider_id,
        "basis": latest.basis,
        "delegation_reference": latest.delegation_reference,
    }
