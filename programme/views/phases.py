"""A measure that is judged anew: why, from which day, what it would look like; and back again."""

from dataclasses import replace
from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from foundation.errors import Refused
from foundation.forms import accepted
from foundation.htmx import go_to, page
from measures.chart import Figure, PhaseStart, figure
from measures.models import MeasurePhase
from measures.rules.phases import why_not_day_of_phase, why_not_offer
from organisation.http import PersonRequest

from ..actions import measuring
from ..forms.measures import PhaseForm
from ..models import Work, WorkMeasure
from ..queries.measures import MeasureFacts, measure_facts
from ..rules.measures import why_not_rebase
from .following import followed_or_404
from .measures import about


@require_http_methods(["GET", "POST"])
def measure_rebase(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask for the cause of a change, show what a new phase would look like, and begin it.

    A press of "show" shows it; a press of "confirm" begins it.
    """
    followed = followed_or_404(request, pk)
    today = timezone.localdate()
    facts = measure_facts(followed, on=today)
    begins = facts.shift.on if facts.shift else today
    data = request.POST or None
    form = PhaseForm(data, initial={"starts_on": begins}, cycles=facts.tests_near(begins))
    is_confirmed = "confirm" in request.POST

    def rebase() -> None:
        measuring.rebase(
            followed_id=pk,
            starts_on=form.cleaned_data["starts_on"],
            because=form.cause(),
            on=today,
            by=request.user,
        )

    if is_confirmed and accepted(form, rebase):
        messages.success(request, _("From that day the measure is judged anew."))
        return go_to(request, "work-measure", pk)
    starts_on = form.cleaned_data.get("starts_on") if form.is_bound and form.is_valid() else begins
    context = about(followed) | {
        "heading": _("Do you know why?"),
        "facts": facts,
        "form": form,
        "before": figure(facts.judged) if facts.points else None,
        "after": _preview(facts, starts_on or begins, form),
        "too_early": why_not_day_of_phase(facts.chart, starts_on or begins),
        "refused": why_not_rebase(followed, request.user) or why_not_offer(facts.chart),
    }
    status = 422 if form.errors else 200
    return page(request, "programme/measure_rebase.html", context, parts=["rebase"], status=status)


def _preview(facts: MeasureFacts, starts_on: date, form: PhaseForm) -> Figure | None:
    """Draw the chart with the phase; the lines before it stay, in grey."""
    if why_not_day_of_phase(facts.chart, starts_on) is not None:
        return None
    cause = form.cause().removesuffix(".") if form.is_bound and form.is_valid() else ""
    starts = (*facts.chart.phase_starts, PhaseStart(starts_on, cause or _("(the cause)")))
    return figure(replace(facts.chart, phase_starts=starts))


@require_POST
def phase_undo(request: PersonRequest, pk: int) -> HttpResponse:
    """Let a phase count no more; it stays to be read."""
    works = Work.objects.visible_to(request.user)
    visible = MeasurePhase.objects.filter(measure__followed_by__work__in=works)
    phase = get_object_or_404(visible, pk=pk)
    followed = WorkMeasure.objects.get(measure=phase.measure_id)
    try:
        measuring.undo_rebase(phase_id=pk, by=request.user)
        messages.success(request, _("The phase is undone. It stays to be read."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return go_to(request, "work-measure", followed.pk)
