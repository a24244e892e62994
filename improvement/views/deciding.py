"""The decider's page for one idea, between meetings."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from foundation.forms import accepted
from foundation.htmx import go_to
from foundation.money import format_kronor
from organisation.http import PersonRequest

from ..actions import decisions
from ..forms.deciding import DecideForm
from ..models import Idea, Outcome
from ..queries import fund_states
from ..rules.decisions import why_not_decide
from .fetching import form_page, idea_of


@require_http_methods(["GET", "POST"])
def idea_decide(request: PersonRequest, pk: int) -> HttpResponse:
    idea = idea_of(request, pk)
    form = DecideForm(idea, request.POST or None)

    def decide() -> None:
        facts = form.cleaned_data
        who: dict[str, Any] = {"idea_id": pk, "grounds": form.grounds(), "by": request.user}
        if facts["outcome"] == Outcome.APPROVED:
            decisions.approve(
                fund_id=facts["fund"].pk,
                project_ore=facts["project_ore"],
                on=timezone.localdate(),
                **who,
            )
        elif facts["outcome"] == Outcome.WAITING:
            decisions.wait(until=facts["wait_until"], **who)
        else:
            decisions.reject(**who)

    if accepted(form, decide):
        messages.success(request, _("The decision is recorded. The author can read it now."))
        return go_to(request, "idea-detail", pk)
    return form_page(
        request,
        "improvement/idea_decide.html",
        form,
        idea=idea,
        costs=_costs_of(idea),
        funds=fund_states(request.user, on=timezone.localdate()),
        refused=why_not_decide(idea, request.user) if request.method == "GET" else None,
    )


def _costs_of(idea: Idea) -> list[tuple[object, str]]:
    """The cost lines in short, with their sum, beside the decision."""
    lines = list(idea.cost_lines.order_by("pk"))
    total_ore = sum(line.amount_ore for line in lines)
    shown = [(line.label, format_kronor(line.amount_ore)) for line in lines]
    return [*shown, (_("In all"), format_kronor(total_ore))]
