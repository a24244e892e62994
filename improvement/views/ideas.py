"""The idea's pages: leave it, follow it, prepare it, decide on it."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from foundation.errors import Refused
from foundation.forms import accepted
from foundation.htmx import go_to, page
from organisation.http import PersonRequest
from organisation.permissions import Permission

from ..actions import decisions, ideas
from ..flow import IDEA_FLOW, SAYS_WHY
from ..forms import CostForms, DecideForm, IdeaForm, PrepareForm, WhyForm, costs_of, initial_costs
from ..history import story_of
from ..models import Idea, IdeaStatus, Outcome
from ..queries import fund_states, money_of
from ..rules import may_decide, pressed_steps, why_not_cost, why_not_edit

PER_PAGE = 30


@require_GET
def idea_list(request: PersonRequest) -> HttpResponse:
    """List one's own ideas, or those of the units one looks after."""
    looks_after = request.user.may_somewhere(Permission.IDEA_READ)
    mine = request.GET.get("show", "units" if looks_after else "mine") == "mine"
    found = Idea.objects.visible_to(request.user)
    if mine:
        found = found.filter(author=request.user)
    if (status := request.GET.get("status", "")) in IdeaStatus.values:
        found = found.filter(status=status)
    if words := request.GET.get("q", "").strip():
        found = found.filter(Q(title__icontains=words) | Q(need__icontains=words))
    rows = Paginator(found.for_list().order_by("-created_at", "-pk"), PER_PAGE)
    context = {
        "ideas": rows.get_page(request.GET.get("page")),
        "mine": mine,
        "looks_after": looks_after,
        "status": status,
        "statuses": IdeaStatus.choices,
        "q": words,
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
    context = {
        "idea": idea,
        "story": story_of(idea),
        "steps": pressed_steps(idea, request.user),
        "says_why": SAYS_WHY,
        "cost_lines": idea.cost_lines.order_by("pk"),
        "cost_ore": idea.cost_ore(),
        "money": money_of(idea),
        "decision": idea.decisions.select_related("decided_by", "fund").order_by("-pk").first(),
        "may_edit": why_not_edit(idea, request.user) is None,
        "may_cost": why_not_cost(idea, request.user) is None,
        "may_decide": may_decide(idea, request.user),
        "may_start": idea.status == IdeaStatus.FUNDED
        and (request.user.may(Permission.WORK_LEAD, at=idea.unit) or idea.author == request.user),
    }
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
    """Take a step that is one button, or ask for the sentence that it needs first."""
    idea = _idea(request, pk)
    if step in SAYS_WHY:
        form = WhyForm(request.POST or None)
        if accepted(
            form,
            lambda: ideas.press(
                idea_id=pk, step_name=step, why=form.cleaned_data["why"], by=request.user
            ),
        ):
            return go_to(request, "idea-detail", pk)
        return _form_page(
            request, "improvement/idea_why.html", form, idea=idea, step=IDEA_FLOW[step]
        )
    return _press(request, pk, step)


@require_POST
def _press(request: PersonRequest, pk: int, step: str) -> HttpResponse:
    try:
        ideas.press(idea_id=pk, step_name=step, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return go_to(request, "idea-detail", pk)


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
        refused=why_not_cost(idea, request.user),
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
        cost_lines=idea.cost_lines.order_by("pk"),
        cost_ore=idea.cost_ore(),
        funds=fund_states(request.user, on=timezone.localdate()),
        allowed=may_decide(idea, request.user),
    )


def _idea(request: PersonRequest, pk: int) -> Idea:
    """Fetch through the gate; what one may not see is not found."""
    visible = Idea.objects.visible_to(request.user)
    return get_object_or_404(visible.select_related("unit", "author", "kpi"), pk=pk)


def _form_page(
    request: HttpRequest, template: str, form: Any, *, failed: bool = False, **context: Any
) -> HttpResponse:
    """Show a form; 422 when it came back with errors, so that htmx and tests can tell."""
    status = 422 if failed or form.errors else 200
    return page(request, template, {"form": form, **context}, parts=["idea-form"], status=status)


def _prefilled(request: HttpRequest) -> dict[str, str]:
    """What the address says: a poster's unit, a red measure."""
    asked = {"unit": request.GET.get("unit", ""), "kpi": request.GET.get("kpi", "")}
    return {name: value for name, value in asked.items() if value}


def _kpi_of(form: IdeaForm) -> Any:
    """The measure that the form is about, for the sentence above it."""
    asked = form["kpi"].value()
    return form.fields["kpi"].queryset.filter(kolada_id=asked).first() if asked else None  # type: ignore[attr-defined]
