"""An idea's own page, and the steps that are one button."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from foundation.errors import Refused
from foundation.forms import accepted
from foundation.htmx import go_to, page
from foundation.money import format_kronor
from organisation.actions import notices
from organisation.http import PersonRequest

from ..actions import ideas
from ..flow import ASKS_FIRST, IDEA_FLOW, PRESSED, SAYS_WHY
from ..forms.ideas import WhyForm
from ..history import story_of
from ..models import Decision, IdeaStatus
from ..queries import MoneyOfIdea, money_of
from ..rules.decisions import may_decide
from ..rules.funds import why_not_manage
from ..rules.ideas import may_start, pressed_steps, why_not_cost, why_not_edit
from .fetching import form_page, idea_of


@require_GET
def idea_detail(request: PersonRequest, pk: int) -> HttpResponse:
    idea = idea_of(request, pk)
    notices.seen(request.user, request.path)
    decision = idea.decisions.select_related("decided_by", "fund__unit").order_by("-pk").first()
    money = money_of(idea)
    context = {
        "idea": idea,
        "story": story_of(idea),
        "steps": pressed_steps(idea, request.user),
        "asks_first": ASKS_FIRST,
        "cost_lines": idea.cost_lines.order_by("pk"),
        "cost_ore": idea.cost_ore(),
        "decision": decision,
        "decision_facts": _facts_of(decision) if decision else [],
        "money": money,
        "money_facts": _money_facts(money) if money else [],
        "may_edit": why_not_edit(idea, request.user) is None,
        "may_cost": why_not_cost(idea, request.user) is None,
        "may_decide": may_decide(idea, request.user),
        "may_start": may_start(idea, request.user),
        "may_pay": bool(
            money
            and money.reserved_ore
            and decision
            and decision.fund
            and why_not_manage(decision.fund, request.user) is None
        ),
    }
    if idea.status == IdeaStatus.QUEUED and decision and decision.fund:
        queue = list(decision.fund.decisions.queued().values_list("idea", flat=True))
        context |= {"place": queue.index(idea.pk) + 1, "queue_length": len(queue)}
    return page(request, "improvement/idea_detail.html", context)


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


def _facts_of(decision: Decision) -> list[tuple[str, object]]:
    """Who decided, by what right and what was granted, for the page."""
    return [
        (_("Decided by"), decision.decided_by.name),
        (_("Day"), date_format(timezone.localtime(decision.decided_at), "j F Y")),
        (_("Basis"), decision.get_basis_display()),
        (_("Delegation reference"), decision.delegation_reference),
        (_("Consulted"), decision.consulted),
        (_("Fund"), decision.fund),
        (_("Wait until"), decision.wait_until and date_format(decision.wait_until, "j F Y")),
    ]


def _money_facts(money: MoneyOfIdea) -> list[tuple[str, str]]:
    reward = _("paid") if money.reward_is_paid else _("is paid when the report is approved")
    return [
        (_("Granted"), format_kronor(money.granted_ore)),
        (_("Paid"), format_kronor(money.paid_ore)),
        (_("Reserved"), format_kronor(money.reserved_ore)),
        (_("Released"), format_kronor(money.released_ore) if money.released_ore else ""),
        (_("Reward"), f"{format_kronor(money.reward_ore)}, {reward}" if money.reward_ore else ""),
    ]
