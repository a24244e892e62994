"""The development lead's pages about one idea: what it takes and gives, and who prepares it."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from foundation.errors import Refused
from foundation.forms import accepted
from foundation.htmx import go_to, is_for, page
from foundation.money import format_kronor
from organisation.http import PersonRequest

from ..actions import ideas, preparing
from ..forms.preparing import GiveForm, Preparation, PrepareForm, costs_of
from ..models import CostKind, CostLine, Criterion, Idea, QueueRule
from ..queries.money import FundState, fund_states
from ..queries.preparing import cost_changes, last_saved, preparers_at, usual_rate_ore
from ..rules.ideas import why_not_cost
from ..rules.preparing import (
    checks_before_decision,
    funds_for,
    mostly_material,
    over_cap,
    why_not_give,
    why_not_over,
)
from .fetching import form_page, idea_of

STATE = "prepare-state"  # the part with sums and what is missing, asked for while one types


@require_http_methods(["GET", "POST"])
def idea_prepare(request: PersonRequest, pk: int) -> HttpResponse:
    """What an idea takes and gives.

    The buttons that add or take away a line, and the sums while one types, save nothing.
    """
    idea = idea_of(request, pk)
    lines = list(idea.cost_lines.order_by("pk"))
    usual_ore = usual_rate_ore(idea.unit)
    forms = Preparation(
        idea,
        request.POST,
        lines=lines,
        criteria=list(Criterion.objects.filter(is_active=True)),
        given=list(idea.assessments.filter(person=request.user)),
        usual_rate_ore=usual_ore,
    )
    is_sent = request.method == "POST" and not forms.is_only_lines and not is_for(request, STATE)
    if (
        is_sent
        and forms.are_filled_in()
        and accepted(forms.texts, lambda: _save(request, pk, forms))
    ):
        return _propose(request, pk) if "propose" in request.POST else _saved(request, pk)

    funds = funds_for(idea)
    states = fund_states(request.user, on=timezone.localdate(), idea=idea)
    checks = checks_before_decision(idea, forms.sums, funds)
    context = {
        "idea": idea,
        "form": forms.texts,
        "lines": forms.lines,
        "points": forms.points,
        "has_new_line": forms.has_new_line,
        "usual_rate": usual_ore and format_kronor(usual_ore),
        "sums": [(k.label, forms.sums.of_kind[k]) for k in CostKind if k in forms.sums.of_kind],
        "total_ore": forms.sums.total_ore,
        "over_cap": over_cap(forms.sums, funds),
        "mostly_material": mostly_material(forms.sums),
        "checks": checks,
        "is_complete": all(check.is_done for check in checks),
        "refused": None if is_sent else why_not_cost(idea, request.user),
        "changes": cost_changes(idea),
        "funds": states,
        "outlook": [_outlook(state, forms.sums.total_ore) for state in states],
        **_seen(request, idea, lines, is_sent=is_sent),
    }
    status = 422 if is_sent else 200
    return page(
        request,
        "improvement/idea_prepare.html",
        context,
        parts=["idea-form", STATE],
        status=status,
    )


@require_http_methods(["GET", "POST"])
def idea_give(request: PersonRequest, pk: int) -> HttpResponse:
    """Choose who prepares an idea; to take it oneself is a button that sends one's own name."""
    idea = idea_of(request, pk)
    form = GiveForm(
        request.POST if request.method == "POST" else None,
        people=preparers_at(idea.unit),
        initial={"to": idea.assigned_to_id},
    )

    def give() -> None:
        preparing.give(idea_id=pk, to=form.cleaned_data["to"], by=request.user)

    if accepted(form, give):
        return go_to(request, "idea-detail", pk)
    refused = why_not_give(idea, request.user, None) if request.method == "GET" else None
    return form_page(request, "improvement/idea_give.html", form, idea=idea, refused=refused)


@transaction.atomic
def _save(request: PersonRequest, pk: int, forms: Preparation) -> None:
    preparing.prepare(
        idea_id=pk,
        **forms.texts.cleaned_data,
        costs=costs_of(forms.lines),
        seen_version=_version(request),
        by=request.user,
    )
    preparing.judge(idea_id=pk, judged=forms.points.judged(), by=request.user)


def _saved(request: PersonRequest, pk: int) -> HttpResponse:
    messages.success(request, _("The preparation is saved."))
    return go_to(request, "idea-prepare", pk)


def _propose(request: PersonRequest, pk: int) -> HttpResponse:
    """Put it forward; what was typed is saved already, whatever the answer."""
    try:
        ideas.press(idea_id=pk, step_name="propose", by=request.user)
    except Refused as refusal:
        messages.error(request, _("It is saved, but not put forward. %(why)s") % {"why": refusal})
        return go_to(request, "idea-prepare", pk)
    messages.success(request, _("It is put forward for decision."))
    return go_to(request, "idea-detail", pk)


def _version(request: PersonRequest) -> int | None:
    """Return the version of the idea that the form was opened with."""
    seen = request.POST.get("version", "")
    return int(seen) if seen.isdecimal() and len(seen) < 10 else None  # an integer column


def _seen(
    request: PersonRequest, idea: Idea, lines: list[CostLine], *, is_sent: bool
) -> dict[str, Any]:
    """Say which version the form was opened with, and what somebody else has saved since.

    When that has been shown, the form goes on from theirs: to save again is to know of it.
    """
    saved = Idea.objects.get(pk=idea.pk)  # the form has written in `idea` what was typed
    seen = _version(request)
    if not is_sent or why_not_over(saved, seen) is None:
        return {"version": saved.version if seen is None else seen}
    theirs = [
        (PrepareForm.base_fields[name].label, getattr(saved, name))
        for name in PrepareForm.Meta.fields
        if getattr(saved, name) != getattr(idea, name)
    ]
    total_ore = sum(line.amount_ore for line in lines)
    theirs.append((_("Costs in all"), format_kronor(total_ore)))
    return {"version": saved.version, "theirs": theirs, "last_saved": last_saved(saved)}


def _outlook(state: FundState, total_ore: int) -> str:
    """Say what would become of so much, with its reward, if it were approved today."""
    facts = {"fund": state.fund.name, "place": state.queued + 1}
    passes_by = state.fund.queue_rule == QueueRule.NEXT_THAT_FITS
    left_ore = state.period.balance.left_ore if state.period else 0
    if total_ore + state.fund.reward_ore <= left_ore and (passes_by or not state.queued):
        return _("In %(fund)s there is money for it now.") % facts
    return _("In %(fund)s it would wait for money as number %(place)s in the queue.") % facts
