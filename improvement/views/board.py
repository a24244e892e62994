"""The board: what waits in each state, and the steps that move it on."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from foundation.errors import Refused
from foundation.flow import Step
from foundation.htmx import page
from organisation.http import PersonRequest, only_with
from organisation.models.unit import home_unit
from organisation.permissions import Permission

from ..actions import ideas, preparing
from ..flow import ASKS_FIRST, IDEA_FLOW
from ..forms.lists import BoardFilter
from ..models import Idea
from ..queries.lists import board_of
from ..rules.ideas import amounts_seen_by, why_not
from ..rules.preparing import why_not_give, why_not_set_criteria
from .fetching import idea_of

# The steps of those who prepare; the author's own are on the idea's page.
STEPS = ("prepare", "resume", "propose", "return", "direct", "take_back")


@dataclass(frozen=True, slots=True)
class Card:
    """An idea on the board, and what this person may do with it here."""

    idea: Idea
    days: int
    steps: list[Step]
    may_take: bool
    has_answer: bool


@require_GET
@only_with(Permission.IDEA_PREPARE)
def idea_board(request: PersonRequest) -> HttpResponse:
    filters = BoardFilter(request.GET, person=request.user)
    within_reach = Idea.objects.filter(request.user.reach(Permission.IDEA_PREPARE))
    columns = board_of(filters.narrow(within_reach), amounts_seen_by(request.user))
    asked = {name: request.GET[name] for name in filters.fields if request.GET.get(name)}
    context = {
        "filters": filters,
        "chips": list(filters.chips()),
        "columns": [
            {
                "state": column.state,
                "cards": [_card(request, idea) for idea in column.ideas],
                "count": column.count,
                "more": column.count - len(column.ideas),
                "all": f"{reverse('idea-list')}?{urlencode({**asked, 'show': 'units', 'status': column.state, 'sort': 'left'})}",
            }
            for column in columns
        ],
        "ways": [
            {"label": c.state.label, "href": f"#column-{c.state}", "count": c.count}
            for c in columns
        ],
        "may_set_criteria": why_not_set_criteria(request.user, home_unit()) is None,
        "asks_first": ASKS_FIRST,
        "query": request.GET.urlencode(),
    }
    return page(request, "improvement/idea_board.html", context, parts=["board"])


@require_POST
def board_step(request: PersonRequest, pk: int, step: str) -> HttpResponse:
    """Take a step with a card, or take it to prepare oneself, and come back to the board."""
    idea = idea_of(request, pk)
    if step != "take" and (step not in STEPS or step in ASKS_FIRST):
        raise Http404
    try:
        if step == "take":
            preparing.give(idea_id=idea.pk, to=request.user, by=request.user)
        else:
            ideas.press(idea_id=idea.pk, step_name=step, by=request.user)
    except Refused as refusal:
        messages.error(request, f"{idea.title}: {refusal}")
    return redirect(f"{reverse('idea-board')}?{request.GET.urlencode()}#idea-{pk}")


def _card(request: PersonRequest, idea: Any) -> Card:
    """Asks the database nothing: a board has a hundred cards."""
    person = request.user
    return Card(
        idea=idea,
        days=(timezone.localdate() - timezone.localdate(idea.created_at)).days,
        steps=[s for name in STEPS if why_not(s := IDEA_FLOW[name], idea, person) is None],
        may_take=idea.assigned_to_id is None and why_not_give(idea, person, person) is None,
        has_answer=idea.answered_at is not None,
    )
