"""A work's tab of support: who coaches, until when, what has been done, and what is said."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from foundation.errors import Refused
from foundation.forms import accepted
from foundation.htmx import go_to, page
from organisation.actions import notices
from organisation.http import PersonRequest

from ..actions import coaching, remarks
from ..forms.coaching import (
    AssignForm,
    ContactForm,
    EndForm,
    HandOverForm,
    RemarkForm,
    UntilForm,
)
from ..models import Remark, Thread, Work
from ..queries.remarks import remarks_of
from ..queries.support import support_of
from ..rules.coaching import (
    may_support,
    why_not_assign,
    why_not_end,
    why_not_send,
    why_not_support,
)
from ..rules.remarks import talks_with_coach, why_not_say, why_not_take_back


@require_GET
def work_support(request: PersonRequest, pk: int) -> HttpResponse:
    return support_page(request, work_of(request, pk))


def support_page(
    request: PersonRequest,
    work: Work,
    *,
    contact: ContactForm | None = None,
    remark: RemarkForm | None = None,
) -> HttpResponse:
    """Draw the tab.

    Args:
        contact, remark: A form that was not accepted, with what was typed in it.
    """
    person, today = request.user, timezone.localdate()
    support = support_of(work, person, whole="all" in request.GET, on=today)
    notices.seen(person, reverse("work-support", args=[work.pk]))
    context = {
        "work": work,
        "here": "work-support",
        "support": support,
        "may_support": may_support(work, person),
        "may_end": support.coaching is not None and why_not_end(work, person) is None,
        "may_take_on": support.coaching is None and why_not_assign(work, person, person) is None,
        "may_assign": support.coaching is None and why_not_send(work, person) is None,
        "contact": contact or ContactForm(on=today),
        "talk": talk_of(request, work, Thread.COACH, form=remark)
        if talks_with_coach(work, person)
        else None,
        "today": today,
    }
    refused = any(form is not None and form.errors for form in (contact, remark))
    return page(
        request,
        "programme/work_support.html",
        context,
        parts=["talk", "contacts"],
        status=422 if refused else 200,
    )


def talk_of(
    request: PersonRequest,
    work: Work,
    thread: str,
    *,
    form: RemarkForm | None = None,
    cycle_id: int | None = None,
) -> dict[str, Any]:
    """Return what programme/talk.html draws of a thread of `work`.  Two queries.

    Args:
        cycle_id: Only what is said about one test.
    """
    person = request.user
    found = remarks_of(work, thread, person, cycle_id=cycle_id, whole="all" in request.GET)
    return {
        "said": [
            (remark, remark.by_id == person.pk, why_not_take_back(remark, person) is None)
            for remark in found.said
        ],
        "earlier": found.earlier,
        "may_say": why_not_say(work, thread, person) is None,
        "form": form or RemarkForm(),
        "thread": thread,
    }


@require_POST
def work_say(request: PersonRequest, pk: int) -> HttpResponse:
    """Say something on the sounding board."""
    work = work_of(request, pk)
    if not talks_with_coach(work, request.user):
        raise Http404
    form = RemarkForm(request.POST)
    if accepted(
        form,
        lambda: remarks.say(
            work_id=pk,
            thread=Thread.COACH,
            text=form.cleaned_data["text"],
            key=form.cleaned_data["key"],
            by=request.user,
        ),
        beside="text",
    ):
        return go_to(request, f"{reverse('work-support', args=[pk])}#talk")
    return support_page(request, work, remark=form)


@require_http_methods(["GET", "POST"])
def remark_remove(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask once, and take the words of a remark away; of any thread."""
    visible = Remark.objects.visible_to(request.user).select_related("work__unit", "by")
    remark = get_object_or_404(visible, pk=pk)
    back = remarks.place_of(remark)
    refused = why_not_take_back(remark, request.user)
    if request.method == "POST":
        try:
            remarks.take_back(remark_id=pk, by=request.user)
        except Refused as refusal:
            messages.error(request, str(refusal))
        return go_to(request, back)
    context = {"work": remark.work, "remark": remark, "back": back, "refused": refused}
    return page(request, "programme/remark_remove.html", context)


@require_http_methods(["GET", "POST"])
def coach_choose(request: PersonRequest, pk: int) -> HttpResponse:
    """Give the work a coach, or let another take over from the one it has."""
    work = work_of(request, pk)
    today = timezone.localdate()
    now = coaching.open_coaching(work)
    data = request.POST or None
    if now is None:
        form: AssignForm = AssignForm(data, work=work)
        refused = why_not_send(work, request.user)
        act: Callable[..., object] = coaching.assign
    else:
        form = HandOverForm(data, work=work)
        refused = why_not_support(work, request.user)
        act = coaching.hand_over
    title = _("Choose a coach") if now is None else _("Hand over to another coach")

    def choose() -> None:
        chosen = dict(form.cleaned_data)
        coach = chosen.pop("coach")
        named = {"coach": coach} if now is None else {"to": coach}
        act(work_id=pk, **named, **chosen, on=today, by=request.user)

    if accepted(form, choose):
        messages.success(request, _("Done. Everybody concerned has been told."))
        return _go_on(request, pk)
    return _form_page(request, work, form, title=title, button=_("Save"), refused=refused, now=now)


@require_POST
def coach_take_on(request: PersonRequest, pk: int) -> HttpResponse:
    """Become the coach of a work that has none."""
    work_of(request, pk)
    return _pressed(
        request,
        pk,
        lambda: coaching.assign(
            work_id=pk, coach=request.user, on=timezone.localdate(), by=request.user
        ),
    )


@require_http_methods(["GET", "POST"])
def coach_until(request: PersonRequest, pk: int) -> HttpResponse:
    """Agree on another last day."""
    work = work_of(request, pk)
    now = coaching.open_coaching(work)
    form = UntilForm(request.POST or None, initial={"until": now.until if now else None})
    if accepted(
        form,
        lambda: coaching.set_until(work_id=pk, until=form.cleaned_data["until"], by=request.user),
    ):
        return go_to(request, "work-support", pk)
    refused = why_not_support(work, request.user)
    title = _("How long does the support last?")
    return _form_page(request, work, form, title=title, button=_("Save"), refused=refused, now=now)


@require_http_methods(["GET", "POST"])
def coach_end(request: PersonRequest, pk: int) -> HttpResponse:
    """End the support; asks once."""
    work = work_of(request, pk)
    form = EndForm(request.POST if request.method == "POST" else None)
    if accepted(
        form,
        lambda: coaching.end(
            work_id=pk,
            because=form.cleaned_data["because"],
            on=timezone.localdate(),
            by=request.user,
        ),
    ):
        return go_to(request, "work-support", pk)
    return _form_page(
        request,
        work,
        form,
        title=_("End the support?"),
        button=_("End the support"),
        refused=why_not_end(work, request.user),
        now=coaching.open_coaching(work),
    )


def work_of(request: PersonRequest, pk: int) -> Work:
    """Fetch through the gate; the support is nothing for guests."""
    if request.user.is_guest:
        raise Http404
    visible = Work.objects.visible_to(request.user)
    return get_object_or_404(visible.select_related("unit", "idea"), pk=pk)


def _form_page(
    request: PersonRequest, work: Work, form: Any, *, refused: str | None, **words: Any
) -> HttpResponse:
    context = {"work": work, "form": form, "refused": refused, **words}
    status = 422 if form.errors else 200
    return page(request, "programme/coaching_form.html", context, status=status)


def _go_on(request: PersonRequest, pk: int) -> HttpResponse:
    """Go to the work, or back to the coaches' page for those who came from there."""
    if request.GET.get("from") == "load":
        return go_to(request, "coach-load")
    if not Work.objects.visible_to(request.user).filter(pk=pk).exists():
        return go_to(request, "cockpit")  # it was handed over, and with it the right to see it
    return go_to(request, "work-support", pk)


def _pressed(request: PersonRequest, pk: int, action: Callable[[], object]) -> HttpResponse:
    try:
        action()
    except Refused as refusal:
        messages.error(request, str(refusal))
    return go_to(request, "work-support", pk)
