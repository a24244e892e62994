"""A cycle's pages: plan it, try it, compare, conclude."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from foundation.errors import Refused
from foundation.forms import accepted
from foundation.htmx import go_to, page
from organisation.http import PersonRequest

from ..actions import cycles
from ..flow import CYCLE_BACK, CYCLE_FORWARD
from ..forms.cycles import CloseForm, CompareForm, NoteForm, PlanForm
from ..guidance import hints_for
from ..models import Cycle, Phase, Work
from ..rules.cycles import cycle_steps, why_not_plan

FORMS: dict[str, type[forms.BaseForm]] = {
    Phase.PLAN: PlanForm,
    Phase.DO: NoteForm,
    Phase.STUDY: CompareForm,
    Phase.ACT: CloseForm,
}
DONE = {
    "test": gettext_lazy("The test has started, and the prediction is locked. Good luck!"),
    "study": gettext_lazy("The test is over. Now compare with what you predicted."),
    "act": gettext_lazy("Well done. Now decide what you do with the change."),
}


@require_http_methods(["GET", "POST"])
def cycle_plan(request: PersonRequest, pk: int) -> HttpResponse:
    """Plan a new test in the work `pk`; it carries on from the cycle that was concluded last."""
    works = Work.objects.visible_to(request.user).select_related("unit")
    work = get_object_or_404(works, pk=pk)
    previous = work.cycles.filter(status=Phase.CLOSED).order_by("-number").first()
    form = PlanForm(request.POST or None)
    made: list[Cycle] = []

    def save() -> None:
        made.append(
            cycles.plan(
                work_id=pk,
                plan=form.plan(),
                previous_id=previous.pk if previous else None,
                on=timezone.localdate(),
                by=request.user,
            )
        )

    if accepted(form, save):
        return go_to(request, "cycle-detail", made[0].pk)
    context = {
        "work": work,
        "form": form,
        "previous": previous,
        "refused": why_not_plan(work, request.user),
    }
    status = 422 if form.errors else 200
    return page(request, "programme/cycle_plan.html", context, parts=["cycle-form"], status=status)


@require_http_methods(["GET", "POST"])
def cycle_detail(request: PersonRequest, pk: int) -> HttpResponse:
    """Show a cycle, and the form of the phase that it is in.

    The form's first button saves what is written; the second also goes on to the next phase.
    """
    visible = Cycle.objects.visible_to(request.user).for_page()
    cycle = get_object_or_404(visible, pk=pk)
    steps = cycle_steps(cycle, request.user)
    # What is posted names its phase.  Written for a phase that somebody else has just left, it is
    # shown again with the reason, and nothing is written in the wrong place.
    phase = request.POST.get("phase", cycle.status)
    if phase not in Phase.values:
        phase = cycle.status
    form = _form(cycle, phase, request.POST or None)
    if form is not None and accepted(form, _saving(request, cycle, form)):
        return go_to(request, "cycle-detail", pk)
    others = list(cycle.work.cycles.exclude(pk=pk).order_by("number"))
    context = {
        "cycle": cycle,
        "work": cycle.work,
        "form": form if steps else None,
        "forward": next((s for s in steps if s.name in (*CYCLE_FORWARD, "close")), None),
        "back": [step for step in steps if step.name in CYCLE_BACK],
        "hints": hints_for(cycle, others, timezone.localdate()),
        "following": next((other for other in others if other.previous_id == pk), None),
        "phase": phase,
        "phase_label": Phase(phase).label,
    }
    status = 422 if form is not None and form.errors else 200
    return page(
        request, "programme/cycle_detail.html", context, parts=["cycle-form"], status=status
    )


@require_POST
def cycle_step(request: PersonRequest, pk: int, step: str) -> HttpResponse:
    """Take a cycle back one phase."""
    get_object_or_404(Cycle.objects.visible_to(request.user), pk=pk)
    try:
        cycles.press(cycle_id=pk, step_name=step, on=timezone.localdate(), by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return go_to(request, "cycle-detail", pk)


def _form(cycle: Cycle, phase: str, data: Any) -> Any:
    """The form of `phase`, or None when there is nothing more to write."""
    kind = FORMS.get(phase)
    if kind is None or kind is CloseForm:
        return kind and kind(data)
    return kind(data, instance=cycle)  # type: ignore[call-arg]


def _saving(request: PersonRequest, cycle: Cycle, form: Any) -> Callable[[], None]:
    who: dict[str, Any] = {"cycle_id": cycle.pk, "by": request.user}
    today = timezone.localdate()

    def save() -> None:
        if isinstance(form, CloseForm):
            following = cycles.close(outcome=form.cleaned_data["outcome"], on=today, **who)
            if following is not None:
                messages.success(
                    request,
                    _("Cycle %(number)s is ready to be planned, from what you learned.")
                    % {"number": following.number},
                )
            return
        if isinstance(form, PlanForm):
            cycles.change_plan(plan=form.plan(), **who)
        elif isinstance(form, NoteForm):
            cycles.note(**form.cleaned_data, **who)
        else:
            cycles.compare(**form.cleaned_data, **who)
        if (step := request.POST.get("step")) in CYCLE_FORWARD:
            cycles.press(step_name=step, on=today, **who)
            messages.success(request, DONE[step])
        else:
            messages.success(request, _("Saved."))

    return save
