"""The decider's pages for one idea, between meetings: to decide, to replace, to add, to step back."""

from typing import Any

from django.contrib import messages
from django.db.models import Q, Sum
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from foundation.forms import accepted
from foundation.htmx import go_to
from foundation.money import format_kronor
from organisation.http import PersonRequest
from organisation.models import Person

from ..actions import decisions
from ..forms.deciding import AddForm, ConflictForm, DecideForm, ReplaceForm, usual_grounds
from ..models import AgendaItem, Conflict, Decision, Idea, Meeting, MeetingStatus
from ..queries import fund_states
from ..queries.decisions import decisions_of, facts_of
from ..queries.meetings import points_of, sees_points
from ..rules.decisions import why_not_add, why_not_decide, why_not_declare, why_not_replace
from ..rules.ideas import may_see_amounts
from .fetching import form_page, idea_of


@require_http_methods(["GET", "POST"])
def idea_decide(request: PersonRequest, pk: int) -> HttpResponse:
    idea = idea_of(request, pk)
    form = DecideForm(idea, request.POST or None, initial=_usual(request.user))

    def decide() -> None:
        decisions.decide(
            idea_id=pk,
            terms=form.terms(),
            grounds=form.grounds(),
            on=timezone.localdate(),
            by=request.user,
        )

    if accepted(form, decide):
        messages.success(request, _("The decision is recorded. The author can read it now."))
        return go_to(request, "idea-detail", pk)
    return form_page(
        request,
        "improvement/idea_decide.html",
        form,
        refused=why_not_decide(idea, request.user) if request.method == "GET" else None,
        **_beside(idea, request.user),
    )


@require_http_methods(["GET", "POST"])
def decision_replace(request: PersonRequest, pk: int) -> HttpResponse:
    old = _decision_of(request, pk)
    idea = old.idea
    form = ReplaceForm(idea, request.POST or None, initial=_usual(request.user))

    def replace() -> None:
        decisions.replace(
            decision_id=pk,
            why=form.cleaned_data["why"],
            terms=form.terms(),
            grounds=form.grounds(),
            on=timezone.localdate(),
            by=request.user,
        )

    if accepted(form, replace):
        messages.success(request, _("The new decision is recorded in place of the earlier one."))
        return go_to(request, "idea-detail", idea.pk)
    return form_page(
        request,
        "improvement/decision_replace.html",
        form,
        old=old,
        old_facts=facts_of(old),
        refused=_why_not_replace(old, request.user) if request.method == "GET" else None,
        **_beside(idea, request.user),
    )


@require_http_methods(["GET", "POST"])
def decision_add(request: PersonRequest, pk: int) -> HttpResponse:
    base = _decision_of(request, pk)
    initial = {**_usual(request.user), "seen_revision": base.idea.revision}
    form = AddForm(request.POST or None, initial=initial)

    def add() -> None:
        decisions.add(
            decision_id=pk,
            extra_ore=form.cleaned_data["extra_ore"],
            seen_revision=form.cleaned_data["seen_revision"],
            grounds=form.grounds(),
            on=timezone.localdate(),
            by=request.user,
        )

    if accepted(form, add):
        messages.success(request, _("The money is granted and reserved."))
        return go_to(request, "idea-detail", base.idea_id)
    return form_page(
        request,
        "improvement/decision_add.html",
        form,
        base=base,
        refused=why_not_add(base, base.idea, request.user) if request.method == "GET" else None,
        **_beside(base.idea, request.user),
    )


@require_http_methods(["GET", "POST"])
def idea_conflict(request: PersonRequest, pk: int) -> HttpResponse:
    """Declare that one is too close to an idea to take part in handling it."""
    seen = Idea.objects.visible_to(request.user)
    on_an_agenda = AgendaItem.objects.filter(meeting__in=Meeting.objects.visible_to(request.user))
    may_be_seen = Q(pk__in=seen) | Q(pk__in=on_an_agenda.values("idea"))
    idea = get_object_or_404(Idea.objects.select_related("unit").filter(may_be_seen), pk=pk)
    form = ConflictForm(request.POST or None)

    def declare() -> None:
        decisions.declare_conflict(idea_id=pk, reason=form.cleaned_data["reason"], by=request.user)

    if accepted(form, declare):
        messages.success(
            request, _("It is written down. Your points are not counted, and you do not decide.")
        )
        if seen.filter(pk=pk).exists():
            return go_to(request, "idea-detail", pk)
        return go_to(request, "meeting-list")
    declared = Conflict.objects.filter(idea=idea, person=request.user).first()
    return form_page(
        request,
        "improvement/idea_conflict.html",
        form,
        idea=idea,
        declared=declared,
        refused=why_not_declare(idea) if request.method == "GET" else None,
    )


def decided(idea: Idea, person: Person) -> dict[str, Any]:
    """Return what an idea's own page shows of its decisions (improvement/decision_card.html)."""
    all_ = decisions_of(idea)
    if not all_:
        return {}
    latest = all_[0]
    base = next((d for d in all_ if d.adds_to_id is None), latest)
    for decision in all_:
        decision.idea = idea  # with its unit, already read
    amounts = may_see_amounts(idea, person)
    return {
        "latest": latest,
        "latest_facts": facts_of(latest, with_amounts=amounts),
        "earlier": [(old, facts_of(old, with_amounts=amounts)) for old in all_[1:]],
        "base": base,
        "may_replace": _why_not_replace(latest, person) is None,
        "may_add": why_not_add(base, idea, person) is None,
    }


def _why_not_replace(decision: Decision, person: Person) -> str | None:
    paid_ore: int = decision.entries.aggregate(ore=Sum("paid_ore", default=0))["ore"]
    return why_not_replace(decision, decision.idea, person, paid_ore)


def _decision_of(request: PersonRequest, pk: int) -> Decision:
    """Fetch a decision through the gate of its idea."""
    found = Decision.objects.filter(idea__in=Idea.objects.visible_to(request.user))
    return get_object_or_404(
        found.select_related("idea__unit", "idea__author", "decided_by", "fund", "meeting"), pk=pk
    )


def _usual(person: Person) -> dict[str, str]:
    latest = Decision.objects.filter(decided_by=person).order_by("-decided_at", "-pk").first()
    return usual_grounds(latest)


def _beside(idea: Idea, person: Person) -> dict[str, Any]:
    """Return what the decider has in view beside the form."""
    item = (
        AgendaItem.objects.filter(idea=idea, meeting__status=MeetingStatus.PLANNED)
        .select_related("meeting__unit")
        .first()
    )
    in_private = item is not None and idea.pk not in sees_points(item.meeting, [idea.pk], person)
    return {
        "idea": idea,
        "costs": costs_of(idea),
        "funds": fund_states(person, on=timezone.localdate(), idea=idea),
        "points": [] if in_private else points_of(idea.pk),
        "agenda_item": item,
    }


def costs_of(idea: Idea) -> list[tuple[object, str]]:
    """The cost lines in short, with their sum, beside the decision."""
    lines = list(idea.cost_lines.order_by("pk"))
    total_ore = sum(line.amount_ore for line in lines)
    shown = [(line.label, format_kronor(line.amount_ore)) for line in lines]
    return [*shown, (_("In all"), format_kronor(total_ore))]
