"""The idea's pages: leave it, follow it, prepare it, decide on it."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from foundation.errors import Refused
from foundation.forms import accepted
from foundation.htmx import go_to, page
from foundation.money import format_kronor
from organisation.http import PersonRequest
from organisation.permissions import Permission

from ..actions import decisions, ideas
from ..flow import ASKS_FIRST, IDEA_FLOW, PRESSED, SAYS_WHY
from ..forms import (
    CostForms,
    DecideForm,
    IdeaFilter,
    IdeaForm,
    PrepareForm,
    WhyForm,
    costs_of,
    initial_costs,
)
from ..history import story_of
from ..models import Decision, Idea, IdeaStatus, Outcome
from ..queries import MoneyOfIdea, fund_states, money_of
from ..rules import (
    may_decide,
    may_start,
    pressed_steps,
    why_not_cost,
    why_not_decide,
    why_not_edit,
    why_not_manage,
)

PER_PAGE = 30
MOST = 900  # so far back one turns pages; beyond it one searches


@require_GET
def idea_list(request: PersonRequest) -> HttpResponse:
    """List one's own ideas, or those of the units one looks after."""
    looks_after = request.user.may_somewhere(Permission.IDEA_READ)
    mine = request.GET.get("show", "units" if looks_after else "mine") == "mine"
    filters = IdeaFilter(request.GET)
    found = filters.narrow(Idea.objects.visible_to(request.user))
    shown = Q(author=request.user) if mine else ~Q(status=IdeaStatus.DRAFT)
    latest = found.filter(shown).for_list().order_by("-created_at", "-pk")[:MOST]
    rows = Paginator(latest, PER_PAGE)
    context = {
        "ideas": rows.get_page(request.GET.get("page")),
        "mine": mine,
        "looks_after": looks_after,
        "views": [
            {"label": _("Those I look after"), "href": "?show=units", "current": not mine},
            {"label": _("My own"), "href": "?show=mine", "current": mine},
        ],
        "filters": filters,
        "is_filtered": filters.is_used(),
        "most": MOST if rows.count == MOST else None,
    }
    return page(request, "improvement/idea_list.html", context, parts=["idea-rows"])


@require_http_methods(["GET", "POST"])
def idea_create(request: PersonRequest) -> HttpResponse:
    form = IdeaForm(request.POST or None, person=request.user, initial=_prefilled(request))
    submit = "draft" not in request.POST
    if accepted(form, lambda: ideas.create(**form.cleaned_data, submit=submit, by=request.user)):
        if submit:
            messages.success(request, _("Thank you! Your idea has been submitted."))
        else:
            messages.success(request, _("The draft is saved. It is seen by you alone."))
        return go_to(request, "idea-detail", Idea.objects.get(key=form.cleaned_data["key"]).pk)
    return _form_page(request, "improvement/idea_form.html", form, kpi=_kpi_of(form))


@require_GET
def idea_detail(request: PersonRequest, pk: int) -> HttpResponse:
    idea = _idea(request, pk)
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
def idea_edit(request: PersonRequest, pk: int) -> HttpResponse:
    idea = _idea(request, pk)
    form = IdeaForm(request.POST or None, person=request.user, instance=idea)

    def save() -> None:
        written = {k: v for k, v in form.cleaned_data.items() if k != "key"}
        ideas.edit(idea_id=pk, **written, by=request.user)
        if "draft" not in request.POST:
            ideas.press(idea_id=pk, step_name="submit", by=request.user)

    if accepted(form, save):
        return go_to(request, "idea-detail", pk)
    return _form_page(request, "improvement/idea_form.html", form, idea=idea, kpi=_kpi_of(form))


@require_http_methods(["GET", "POST"])
def idea_step(request: PersonRequest, pk: int, step: str) -> HttpResponse:
    """Take a step that is one button; a GET asks for the sentence or the yes that it needs."""
    idea = _idea(request, pk)
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
    return _form_page(request, "improvement/idea_ask.html", form, idea=idea, step=IDEA_FLOW[step])


@require_http_methods(["GET", "POST"])
def idea_prepare(request: PersonRequest, pk: int) -> HttpResponse:
    idea = _idea(request, pk)
    form = PrepareForm(request.POST or None, instance=idea)
    lines = CostForms(
        request.POST or None,
        prefix="cost",
        initial=initial_costs(list(idea.cost_lines.order_by("pk"))),
    )
    lines_are_filled_in = request.method != "POST" or lines.is_valid()

    def save() -> None:
        ideas.prepare(idea_id=pk, **form.cleaned_data, costs=costs_of(lines), by=request.user)
        if "propose" in request.POST:
            ideas.press(idea_id=pk, step_name="propose", by=request.user)

    if lines_are_filled_in and accepted(form, save):
        return go_to(request, "idea-detail", pk)
    return _form_page(
        request,
        "improvement/idea_prepare.html",
        form,
        failed=not lines_are_filled_in,
        idea=idea,
        lines=lines,
        funds=fund_states(request.user, on=timezone.localdate()),
        refused=why_not_cost(idea, request.user) if request.method == "GET" else None,
    )


@require_http_methods(["GET", "POST"])
def idea_decide(request: PersonRequest, pk: int) -> HttpResponse:
    idea = _idea(request, pk)
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
    return _form_page(
        request,
        "improvement/idea_decide.html",
        form,
        idea=idea,
        costs=_costs_of(idea),
        funds=fund_states(request.user, on=timezone.localdate()),
        refused=why_not_decide(idea, request.user) if request.method == "GET" else None,
    )


def _idea(request: PersonRequest, pk: int) -> Idea:
    """Fetch through the gate; what one may not see is not found."""
    visible = Idea.objects.visible_to(request.user)
    return get_object_or_404(visible.select_related("unit", "author", "kpi"), pk=pk)


def _form_page(
    request: HttpRequest, template: str, form: Any, *, failed: bool = False, **context: Any
) -> HttpResponse:
    """Show a form; 422 when it came back with errors, so that htmx and tests can tell."""
    status = 422 if failed or (form is not None and form.errors) else 200
    return page(request, template, {"form": form, **context}, parts=["idea-form"], status=status)


def _costs_of(idea: Idea) -> list[tuple[object, str]]:
    """The cost lines in short, with their sum, beside the decision."""
    lines = list(idea.cost_lines.order_by("pk"))
    total_ore = sum(line.amount_ore for line in lines)
    shown = [(line.label, format_kronor(line.amount_ore)) for line in lines]
    return [*shown, (_("In all"), format_kronor(total_ore))]


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


def _prefilled(request: HttpRequest) -> dict[str, str]:
    """What the address says: a poster's unit, a red measure."""
    asked = {"unit": request.GET.get("unit", ""), "kpi": request.GET.get("kpi", "")}
    return {name: value for name, value in asked.items() if value}


def _kpi_of(form: IdeaForm) -> Any:
    """The measure that the form is about, for the sentence above it."""
    asked = form["kpi"].value()
    return form.fields["kpi"].queryset.filter(kolada_id=asked).first() if asked else None  # type: ignore[attr-defined]
