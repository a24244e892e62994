"""A cycle's pages: plan it, try it, compare, conclude."""

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from foundation.errors import Refused
from foundation.forms import accepted
from foundation.htmx import go_to, page
from organisation.http import PersonRequest

from ..actions import cycles, hints
from ..flow import CYCLE_BACK, CYCLE_FORWARD
from ..forms.cycles import (
    CloseForm,
    CompareForm,
    NewPlanForm,
    NoteForm,
    PhotoForm,
    PlanForm,
    PredictionForm,
)
from ..guidance import hints_for
from ..models import Cycle, Phase, Scale, Work
from ..queries.cycles import Hints, last_written, measured_of, sorted_hints
from ..rules.cycles import Overtaken, cycle_steps, why_not_plan, why_not_predict_anew
from ..rules.files import why_not_keep_files
from .differences import Difference, chosen_among, differences_in
from .together import of_cycle

PARTS = ["cycle-form", "cycle-predictions", "cycle-files"]
DONE = {
    "test": gettext_lazy("The test has started, and the prediction is locked. Good luck!"),
    "study": gettext_lazy("The test is over. Now compare with what you predicted."),
    "act": gettext_lazy("Well done. Now decide what you do with the change."),
}


# --- a new one ------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def cycle_plan(request: PersonRequest, pk: int) -> HttpResponse:
    """Plan a new test in the work `pk`.

    It carries on from the cycle that was concluded last; `after` in the address names another, and
    fills in what was learned in it; `change` names the change idea that is to be tested.
    """
    work = _work(request, pk)
    previous = _previous(work, request)
    form = NewPlanForm(request.POST or None, work=work, initial=_initial(request, previous))
    made: list[Cycle] = []

    def save() -> None:
        chosen = form.cleaned_data["previous"]
        made.append(
            cycles.plan(
                work_id=pk,
                plan=form.plan(),
                previous_id=chosen.pk if chosen else None,
                key=form.cleaned_data["key"],
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
        "hints": _hints(_as_written(Cycle(work=work), request.POST), work)
        if request.method == "POST"
        else Hints(),
        "refused": why_not_plan(work, request.user),
    }
    status = 422 if form.errors else 200
    return page(request, "programme/cycle_plan.html", context, parts=["cycle-form"], status=status)


@require_POST
def cycle_plan_hints(request: PersonRequest, pk: int) -> HttpResponse:
    """Answer, while a first plan is written, with what is worth a thought about it."""
    work = _work(request, pk)
    context = {"hints": _hints(_as_written(Cycle(work=work), request.POST), work)}
    return render(request, "programme/cycle_hints.html", context)


def _previous(work: Work, request: PersonRequest) -> Cycle | None:
    closed = work.cycles.filter(status=Phase.CLOSED).order_by("-number")
    if (after := request.GET.get("after", "")).isdecimal():
        return get_object_or_404(closed, pk=_number(after, 0))
    if (change := request.GET.get("change", "")).isdecimal():
        return closed.filter(change=int(change)).first() if len(change) < 10 else None
    return closed.first()


def _initial(request: PersonRequest, previous: Cycle | None) -> dict[str, Any]:
    initial: dict[str, Any] = {"previous": previous}
    if previous is not None and "after" in request.GET:
        initial |= cycles.carried_on_from(previous).texts()
    if (change := request.GET.get("change", "")).isdecimal():
        initial["change"] = change
    return initial


# --- one that is there ----------------------------------------------------------------------------


@dataclass(slots=True)
class Saving:
    """How it went to save what was written.

    Attributes:
        version: What the form now has read, to be sent along the next time.
    """

    version: int
    overtaken: bool = False
    differences: dict[str, Difference] = field(default_factory=dict)


@require_http_methods(["GET", "POST"])
def cycle_detail(request: PersonRequest, pk: int) -> HttpResponse:
    """Show a cycle, and the form of the phase that it is in.

    The form's first button saves what is written; the second also goes on to the next phase.
    """
    cycle = _cycle(request, pk)
    # What is posted names its phase.  Written for a phase that somebody else has just left, it is
    # shown again with the reason, and nothing is written in the wrong place.
    phase = _phase(request, cycle)
    data = chosen_among(request.POST, cycle) if request.method == "POST" else None
    form = form_of(cycle, phase, data)
    saving = Saving(_number(request.POST.get("version"), cycle.version))
    if data is not None and phase != cycle.status and _is_saved_already(cycle, form):
        return go_to(request, "cycle-detail", pk)  # the second of two clicks
    if form is not None and accepted(form, _save(request, cycle, form, saving)):
        return go_to(request, "cycle-detail", pk)
    if saving.overtaken:
        cycle = _cycle(request, pk)
        saving.version = cycle.version
        saving.differences = differences_in(cycle, form)
    return cycle_page(request, cycle, form=form, phase=phase, saving=saving)


def cycle_page(
    request: PersonRequest,
    cycle: Cycle,
    *,
    form: Any = None,
    phase: str | None = None,
    saving: Saving | None = None,
    prediction: PredictionForm | None = None,
    photo: PhotoForm | None = None,
) -> HttpResponse:
    """Draw a cycle's page; forms that were refused are given, with what stands in them."""
    work, person = cycle.work, request.user
    phase = phase or cycle.status
    form = form or form_of(cycle, phase, None)
    saving = saving or Saving(cycle.version)
    steps = cycle_steps(cycle, person)
    others = list(work.cycles.exclude(pk=cycle.pk).order_by("number"))
    written = _as_written(cycle, form.data) if form is not None and form.is_bound else cycle
    may_keep = why_not_keep_files(work, person) is None
    refused = [each for each in (form, prediction, photo) if each is not None and each.errors]
    context = {
        "cycle": cycle,
        "work": work,
        "form": form if steps else None,
        "rows": [(f, saving.differences.get(f.name)) for f in form.visible_fields()]
        if form is not None
        else [],
        "version": saving.version,
        "last_written": last_written(cycle) if saving.differences else None,
        "forward": next((s for s in steps if s.name in (*CYCLE_FORWARD, "close")), None),
        "back": [step for step in steps if step.name in CYCLE_BACK],
        "hints": _hints(written, work, others),
        "may_put_aside": why_not_plan(work, person) is None,
        "following": [other for other in others if other.previous_id == cycle.pk],
        "phase": phase,
        "phase_label": Phase(phase).label,
        "predictions": list(cycle.predictions.select_related("by")),
        "anew": (prediction or PredictionForm())
        if why_not_predict_anew(cycle, person) is None
        else None,
        "files": list(cycle.files.for_list().select_related("by")),
        "photo": (photo or PhotoForm()) if may_keep else None,
        "may_keep": may_keep,
        "may_plan": why_not_plan(work, person) is None,
        "together": partial(of_cycle, request, cycle),  # asked for only where it is shown
    }
    status = 422 if refused else 200
    return page(request, "programme/cycle_detail.html", context, parts=PARTS, status=status)


@require_POST
def cycle_step(request: PersonRequest, pk: int, step: str) -> HttpResponse:
    """Take a cycle back one phase."""
    get_object_or_404(Cycle.objects.visible_to(request.user), pk=pk)
    try:
        cycles.press(cycle_id=pk, step_name=step, on=timezone.localdate(), by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return go_to(request, "cycle-detail", pk)


@require_POST
def cycle_predict(request: PersonRequest, pk: int) -> HttpResponse:
    """Add what is predicted now, beside what was locked when the test started."""
    cycle = _cycle(request, pk)
    form = PredictionForm(request.POST)

    def save() -> None:
        cycles.predict_anew(cycle_id=pk, by=request.user, **form.cleaned_data)

    if accepted(form, save):
        messages.success(request, _("The new prediction stands beside the first."))
        return go_to(request, "cycle-detail", pk)
    return cycle_page(request, cycle, prediction=form)


# --- hints ----------------------------------------------------------------------------------------


@require_POST
def cycle_hints(request: PersonRequest, pk: int) -> HttpResponse:
    """Answer, while one writes, with what is worth a thought about it.  Nothing is saved."""
    return _only_hints(request, _cycle(request, pk))


@require_POST
def cycle_hint_step(request: PersonRequest, pk: int, name: str, step: str) -> HttpResponse:
    """Put a hint aside ("undan"), or take it up again; what is being written stays as it is."""
    cycle = _cycle(request, pk)
    change = hints.put_aside if step == "undan" else hints.take_up
    try:
        change(cycle_id=pk, name=name, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    if request.htmx:  # type: ignore[attr-defined]  # set by HtmxMiddleware
        return _only_hints(request, cycle)
    phase = _phase(request, cycle)
    saving = Saving(_number(request.POST.get("version"), cycle.version))
    form = form_of(cycle, phase, None)
    if form is not None and "phase" in request.POST:  # shown again as it was typed, not judged
        for name_ in form.fields:
            form.initial[name_] = request.POST.get(name_, "")
    return cycle_page(request, cycle, form=form, phase=phase, saving=saving)


def _only_hints(request: PersonRequest, cycle: Cycle) -> HttpResponse:
    context = {
        "cycle": cycle,
        "hints": _hints(_as_written(cycle, request.POST), cycle.work),
        "may_put_aside": why_not_plan(cycle.work, request.user) is None,
    }
    return render(request, "programme/cycle_hints.html", context)


def _hints(cycle: Cycle, work: Work, others: list[Cycle] | None = None) -> Hints:
    """Return the hints about `cycle`.  Three queries, or two when the other cycles are known."""
    if others is None:
        others = list(work.cycles.exclude(pk=cycle.pk).order_by("number"))
    measured = measured_of([work]).get(work.pk, [])
    return sorted_hints(cycle, hints_for(cycle, others, timezone.localdate(), measured))


def _as_written(cycle: Cycle, data: Any) -> Cycle:
    """Return a copy of `cycle` with what stands in the form, as far as hints look at it."""
    draft = copy(cycle)
    if "prediction" in data:
        draft.prediction = data["prediction"].strip()
    if data.get("scale") in Scale.values:
        draft.scale = data["scale"]
    if "previous" in data:
        draft.previous_id = int(data["previous"]) if data["previous"].isdecimal() else None
    return draft


# --- what they share ------------------------------------------------------------------------------


def _work(request: PersonRequest, pk: int) -> Work:
    works = Work.objects.visible_to(request.user).select_related("unit")
    return get_object_or_404(works, pk=pk)


def _cycle(request: PersonRequest, pk: int) -> Cycle:
    visible = Cycle.objects.visible_to(request.user).for_page()
    return get_object_or_404(visible, pk=pk)


def _phase(request: PersonRequest, cycle: Cycle) -> str:
    phase = request.POST.get("phase", cycle.status)
    return phase if phase in Phase.values else cycle.status


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 10 else otherwise


def form_of(cycle: Cycle, phase: str, data: QueryDict | None) -> Any:
    """The form of `phase`, or None when there is nothing more to write."""
    if phase == Phase.PLAN:
        form: Any = PlanForm(data, instance=cycle, work=cycle.work)
    elif phase == Phase.DO:
        form = NoteForm(data, instance=cycle)
    elif phase == Phase.STUDY:
        form = CompareForm(data, instance=cycle)
    elif phase == Phase.ACT:
        return CloseForm(data)
    else:
        return None
    for each in form.fields.values():
        each.show_hidden_initial = True  # tells what the writer has changed, if others write too
    return form


def _is_saved_already(cycle: Cycle, form: Any) -> bool:
    if form is None or not form.is_valid():
        return False
    return all(getattr(cycle, name) == value for name, value in form.cleaned_data.items())


def _save(request: PersonRequest, cycle: Cycle, form: Any, saving: Saving) -> Callable[[], None]:
    who: dict[str, Any] = {"cycle_id": cycle.pk, "by": request.user}
    today = timezone.localdate()

    def write() -> None:
        try:
            saving.version = _write(form, seen=saving.version, **who).version
        except Overtaken:
            saving.overtaken = True
            raise

    def save() -> None:
        if isinstance(form, CloseForm):
            _close(request, form, on=today, **who)
            return
        write()
        if (step := request.POST.get("step")) in CYCLE_FORWARD:
            cycles.press(step_name=step, on=today, **who)
            messages.success(request, DONE[step])
        else:
            messages.success(request, _("Saved."))

    return save


def _write(form: forms.BaseForm, **who: Any) -> Cycle:
    if isinstance(form, PlanForm):
        return cycles.change_plan(plan=form.plan(), **who)
    if isinstance(form, NoteForm):
        return cycles.note(**form.cleaned_data, **who)
    return cycles.compare(**form.cleaned_data, **who)


def _close(request: PersonRequest, form: CloseForm, **who: Any) -> None:
    following = cycles.close(outcome=form.cleaned_data["outcome"], **who)
    if following is not None:
        messages.success(
            request,
            _("Cycle %(number)s is ready to be planned, from what you learned.")
            % {"number": following.number},
        )
