"""An idea's own page, and the steps that are one button."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.utils.text import get_text_list
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods

from foundation.errors import Refused
from foundation.forms import accepted
from foundation.htmx import go_to, page
from organisation.actions import notices
from organisation.http import PersonRequest
from organisation.models import Person

from ..actions import ideas
from ..flow import IDEA_FLOW, PRESSED, SAYS_WHY
from ..forms.bank import RevivalForm
from ..forms.ideas import WhyForm
from ..forms.talk import CommentForm
from ..history import story_of
from ..models import MOST_POINTS, Idea, IdeaStatus
from ..queries import money_of
from ..queries.bank import revival_of
from ..queries.preparing import judged_by_lead
from ..queries.talk import backing_of, conversation_of
from ..rules.bank import why_not_answer, why_not_let_rest
from ..rules.ideas import may_see_amounts
from ..stages import now_of, stages_of
from .deciding import decided
from .fetching import form_page, idea_of
from .idea_money import expected_of, money_card
from .ways import ways_of


@require_GET
def idea_detail(request: PersonRequest, pk: int) -> HttpResponse:
    idea = idea_of(request, pk)
    notices.seen(request.user, request.path)
    return idea_page(request, idea)


def idea_page(
    request: PersonRequest,
    idea: Idea,
    *,
    comment_form: CommentForm | None = None,
    revival_form: RevivalForm | None = None,
) -> HttpResponse:
    """Show the page of `idea`, perhaps with something written on it that was not accepted.

    A fixed number of queries, however much has been said and done.
    """
    person = request.user
    decision = idea.decisions.select_related("fund__unit").order_by("-pk").first()
    money = money_of(idea)
    sees_amounts = may_see_amounts(idea, person)
    is_asked = idea.status == IdeaStatus.RETURNED
    story = story_of(idea, with_amounts=sees_amounts)
    context: dict[str, Any] = {
        "idea": idea,
        **_authors(idea, person),
        "stages": stages_of(idea, with_money=money is not None),
        "now": now_of(idea, decision),
        "ways": ways_of(idea, person, has_work=money is not None),
        "sees_amounts": sees_amounts,
        "story": story,
        "question": next((p.note for p in story if p.note), "") if is_asked else "",
        "decided": decided(idea, person),
        "attachments": list(idea.attachments.for_list()),
        "backing": backing_of(idea, person),
        "talk": conversation_of(idea, person, before=_before(request)),
        "form": comment_form or CommentForm(idea),
        **_revival(idea, person, revival_form),
        "expected": expected_of(idea, decision),
        "money_card": money_card(idea, money, person, sees_amounts=sees_amounts),
        **(_amounts(idea) if sees_amounts else {}),
    }
    refused = any(form is not None and form.errors for form in (comment_form, revival_form))
    return page(request, "improvement/idea_detail.html", context, status=422 if refused else 200)


@require_http_methods(["GET", "POST"])
def idea_step(request: PersonRequest, pk: int, step: str) -> HttpResponse:
    """Take a step that is one button; a GET asks for the sentence or the yes that it needs."""
    idea = idea_of(request, pk)
    if step not in PRESSED:
        raise Http404
    form = WhyForm(request.POST or None) if step in SAYS_WHY else None
    if form is not None and accepted(
        form,
        lambda: ideas.press(
            idea_id=pk, step_name=step, why=form.cleaned_data["why"], by=request.user
        ),
    ):
        return go_to(request, "idea-detail", pk)
    if form is None and request.method == "POST":
        try:
            ideas.press(idea_id=pk, step_name=step, by=request.user)
        except Refused as refusal:
            messages.error(request, str(refusal))
        return go_to(request, "idea-detail", pk)
    return form_page(request, "improvement/idea_ask.html", form, idea=idea, step=IDEA_FLOW[step])


def _authors(idea: Idea, person: Person) -> dict[str, Any]:
    """Whose it is, in words, and what has been joined with it.  Three queries at most."""
    joined = list(idea.merged.select_related("author").order_by("pk"))
    seen = set(
        Idea.objects.visible_to(person).filter(merged_into=idea).values_list("pk", flat=True)
    )
    names = list(dict.fromkeys([idea.author.name, *(other.author.name for other in joined)]))
    return {
        "authors": get_text_list(names, pgettext("between the last two names", "and")),
        "joined": [(other, other.pk in seen) for other in joined],
        "sees_merged_into": idea.merged_into_id is not None
        and Idea.objects.visible_to(person).filter(pk=idea.merged_into_id).exists(),
    }


def _revival(idea: Idea, person: Person, form: RevivalForm | None) -> dict[str, Any]:
    """What is asked now that the idea has woken in the bank.  One query at most."""
    revival = revival_of(idea)
    if revival is None:
        return {}
    revival.decision.idea = idea  # with its unit, already read
    return {
        "revival": revival,
        "revival_form": form or RevivalForm(),
        "may_answer": why_not_answer(revival, person) is None,
        "may_let_rest": why_not_let_rest(revival, person) is None,
    }


def _amounts(idea: Idea) -> dict[str, Any]:
    """What only those who need amounts see.  Three queries."""
    return {
        "cost_lines": idea.cost_lines.order_by("pk"),
        "cost_ore": idea.cost_ore(),
        "judged": judged_by_lead(idea),
        "most_points": MOST_POINTS,
    }


def _before(request: PersonRequest) -> int | None:
    """Return where the earlier comments begin, from the address."""
    asked = request.GET.get("before", "")
    return int(asked) if asked.isdecimal() and len(asked) < 19 else None
