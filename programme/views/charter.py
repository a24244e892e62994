"""The charter of a work: the tab, its parts to write in, and the steps of its method."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.forms import BoundField, ChoiceField
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from foundation.errors import Refused
from foundation.forms import accepted
from foundation.htmx import go_to, page
from foundation.numbers import number
from foundation.search_choice import answer
from organisation.actions import notices
from organisation.http import PersonRequest

from ..actions import charter, methods
from ..flow import WORK_SAYS_WHY
from ..forms.charter import PARTS, PartForm
from ..forms.methods import ChooseMethodForm
from ..forms.works import WhyForm
from ..models import Effect, Improves, Scope, Work, WorkStatus
from ..queries.charter import changed_since, charter_of, last_written, steps_of
from ..queries.people import confirmers
from ..rules.methods import why_not_walk
from ..rules.works import pressed_steps, why_not_edit
from ..states import what_now
from ..tabs import TABS


@require_GET
def work_charter(request: PersonRequest, pk: int) -> HttpResponse:
    """Show what the team wants, how it will know, and what it can change."""
    work = work_of(request, pk)
    notices.seen(request.user, request.path)
    steps = pressed_steps(work, request.user)
    said_yes = [(choice.label, choice.value in work.scope) for choice in Scope]
    context = {
        "work": work,
        "here": "work-charter",
        "heading": _("Charter"),
        "facts": charter_of(work, request.user),
        "effects": [Effect(effect).label for effect in work.effects],
        "scope": said_yes,
        "scope_advice": scope_advice(work),
        "what_now": what_now(work),
        "onward": [step for step in steps if step.name not in WORK_SAYS_WHY],
        "asking": [step for step in steps if step.name in WORK_SAYS_WHY],
        "waits_for_me": work.status == WorkStatus.PROPOSED
        and any(step.name == "confirm" for step in steps),
        "may_edit": why_not_edit(work, request.user) is None,
        "tabs": {tab.route for tab in TABS},
    }
    return page(request, "programme/work_charter.html", context)


@require_http_methods(["GET", "POST"])
def work_edit(request: PersonRequest, pk: int, part: str = "mal") -> HttpResponse:
    """Write in one part of the charter."""
    work = work_of(request, pk)
    if part not in PARTS:
        raise Http404
    chosen = PARTS[part]
    data = request.POST if request.method == "POST" else None
    form = chosen.form(data, instance=work, person=request.user)
    seen = _version(request)

    def change() -> None:
        charter.change(work_id=pk, changes=form.changes(), seen_version=seen, by=request.user)

    if accepted(form, change):
        messages.success(request, _("The charter is saved."))
        return go_to(request, "work-charter", pk)
    context = {
        "work": work,
        "here": "work-charter",
        "heading": chosen.title,
        "part": chosen,
        "form": form,
        "refused": why_not_edit(work, request.user) if data is None else None,
        **_seen(work, form, seen),
    }
    status = 422 if form.errors else 200
    return page(
        request, "programme/work_charter_edit.html", context, parts=["charter-form"], status=status
    )


@require_http_methods(["GET", "POST"])
def work_method(request: PersonRequest, pk: int) -> HttpResponse:
    """Choose the method that the work follows."""
    work = work_of(request, pk)
    form = ChooseMethodForm(request.POST or None, work=work)
    if accepted(
        form,
        lambda: charter.choose_method(
            work_id=pk, method=form.cleaned_data["method"], by=request.user
        ),
    ):
        return go_to(request, "work-charter", pk)
    context = {
        "work": work,
        "here": "work-charter",
        "heading": _("Method"),
        "form": form,
        "refused": why_not_edit(work, request.user),
    }
    status = 422 if form.errors else 200
    return page(request, "programme/work_method.html", context, status=status)


@require_POST
def work_method_on(request: PersonRequest, pk: int) -> HttpResponse:
    """Take the work to the next step of its method."""
    work_of(request, pk)
    try:
        work = methods.step_on(work_id=pk, seen=_number(request, "seen"), by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        name = next((s.name for s in steps_of(work) if s.number == work.method_step), "")
        messages.success(request, _("Now: %(step)s") % {"step": name})
    return go_to(request, "work-charter", pk)


@require_http_methods(["GET", "POST"])
def work_method_back(request: PersonRequest, pk: int) -> HttpResponse:
    """Take the work one step back in its method, and say why."""
    work = work_of(request, pk)
    form = WhyForm(request.POST or None)
    if accepted(
        form,
        lambda: methods.step_back(
            work_id=pk,
            why=form.cleaned_data["why"],
            seen=_number(request, "seen"),
            by=request.user,
        ),
    ):
        return go_to(request, "work-charter", pk)
    steps = steps_of(work)
    context = {
        "work": work,
        "here": "work-charter",
        "heading": _("Back one step"),
        "form": form,
        "step_now": next((s for s in steps if s.number == work.method_step), None),
        "step_before": next((s for s in steps if s.number == work.method_step - 1), None),
        "refused": why_not_walk(work, request.user),
    }
    status = 422 if form.errors else 200
    return page(request, "programme/work_method_back.html", context, status=status)


@require_GET
def work_search(request: PersonRequest) -> HttpResponse:
    """Find works, among those one may see, by title."""
    return answer(request, Work.objects.visible_to(request.user))


@require_GET
def confirmer_search(request: PersonRequest) -> HttpResponse:
    """Find those who may say that a work is wanted, for those who have a place here."""
    if request.user.is_guest or not (request.user.employments_now or request.user.roles_held):
        raise Http404
    return answer(request, confirmers())


def work_of(request: PersonRequest, pk: int) -> Work:
    """Fetch through the gate; what one may not see is not found."""
    visible = Work.objects.visible_to(request.user)
    related = ("unit", "idea", "method", "strategic_area", "asked_by", "kpi")
    return get_object_or_404(visible.select_related(*related), pk=pk)


def scope_advice(work: Work) -> str:
    """Say gently what to do about what the team cannot say yes to yet; nothing when it can to all."""
    left = [scope for scope in Scope if scope not in work.scope]
    if not left:
        return ""
    if len(left) == len(Scope):
        return _("Talk it through with the manager who asked for it, and tick what you agree on.")
    return {
        Scope.DELIMITED: _("Take one part of it first. What is left can be the next work."),
        Scope.RELEVANT: _("Ask some of those you are here for whether it matters to them."),
        Scope.OURS: _("Find out who can decide, and ask for a yes before you test."),
        Scope.IN_TIME: _("Look for a smaller piece, one that you can try within a month."),
    }[left[0]]


def _seen(work: Work, form: PartForm, seen: int | None) -> dict[str, Any]:
    """Say which version the form goes on from, and beside each field what somebody else wrote.

    When that has been shown, the form goes on from theirs: to save again is to know of it.
    """
    if seen is None or not form.is_bound or seen == work.version:
        return {
            "version": work.version if seen is None else seen,
            "fields": [(f, "") for f in form],
        }
    if form.is_searching():
        return {"version": seen, "fields": [(f, "") for f in form]}
    theirs = changed_since(work, seen) if form.non_field_errors() else set()
    typed = form.cleaned_data
    fields = [
        (field, shown(work, field))
        if field.name in theirs and getattr(work, field.name) != typed.get(field.name)
        else (field, "")
        for field in form
    ]
    has_theirs = any(text for _field, text in fields)
    return {
        "version": work.version if has_theirs else seen,
        "fields": fields,
        "last": last_written(work) if has_theirs else None,
    }


def shown(work: Work, field: BoundField) -> str:
    """Return in words what is saved in a field of the charter."""
    value = getattr(work, field.name)
    if value in (None, "", []):
        return _("(nothing)")
    if isinstance(value, Decimal):
        return number(value)
    if isinstance(value, date):
        return date_format(value, "j F Y")
    if isinstance(value, list):
        words = dict([*Effect.choices, *Scope.choices])
        return ", ".join(str(words.get(one, one)) for one in value)
    if field.name == "improves" and isinstance(field.field, ChoiceField):
        return str(Improves(value).label)
    return str(value)


def _version(request: PersonRequest) -> int | None:
    """Return the version of the work that the form was opened with."""
    return _number(request, "version")


def _number(request: PersonRequest, name: str) -> int | None:
    sent = request.POST.get(name, "")
    return int(sent) if sent.isdecimal() and len(sent) < 10 else None  # an integer column
