"""The development lead's pages."""

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from foundation.forms import accepted
from foundation.htmx import go_to
from organisation.http import PersonRequest

from ..actions import ideas, preparing
from ..forms.preparing import CostForms, PrepareForm, costs_of, initial_costs
from ..queries import fund_states
from ..rules.ideas import why_not_cost
from .fetching import form_page, idea_of


@require_http_methods(["GET", "POST"])
def idea_prepare(request: PersonRequest, pk: int) -> HttpResponse:
    idea = idea_of(request, pk)
    form = PrepareForm(request.POST or None, instance=idea)
    lines = CostForms(
        request.POST or None,
        prefix="cost",
        initial=initial_costs(list(idea.cost_lines.order_by("pk"))),
    )
    lines_are_filled_in = request.method != "POST" or lines.is_valid()

    def save() -> None:
        preparing.prepare(idea_id=pk, **form.cleaned_data, costs=costs_of(lines), by=request.user)
        if "propose" in request.POST:
            ideas.press(idea_id=pk, step_name="propose", by=request.user)

    if lines_are_filled_in and accepted(form, save):
        return go_to(request, "idea-detail", pk)
    return form_page(
        request,
        "improvement/idea_prepare.html",
        form,
        failed=not lines_are_filled_in,
        idea=idea,
        lines=lines,
        funds=fund_states(request.user, on=timezone.localdate()),
        refused=why_not_cost(idea, request.user) if request.method == "GET" else None,
    )
