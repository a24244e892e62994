"""Rewards: what they are used for, which have been paid, and a file for payroll."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from foundation.export import Cell, Kind, download, table_of
from foundation.forms import accepted
from foundation.htmx import go_to, page
from organisation.http import PersonRequest

from ..actions import rewards
from ..forms.funds import DaysForm
from ..forms.rewards import RewardUseForm
from ..models import Decision, Idea, RewardUse
from ..queries.rewards import Reward, rewards_paid, told_of
from ..rules.rewards import why_not_declare_use
from .fetching import form_page, managed_fund
from .periods import in_kronor

PER_PAGE = 50


@require_http_methods(["GET", "POST"])
def reward_use(request: PersonRequest, pk: int) -> HttpResponse:
    """Say what the reward of a decision is to be used for."""
    decisions = Decision.objects.filter(idea__in=Idea.objects.visible_to(request.user))
    decision = get_object_or_404(decisions.select_related("idea__unit", "reward_use"), pk=pk)
    return use_page(request, decision, back=("idea-detail", decision.idea_id))


def use_page(
    request: PersonRequest,
    decision: Decision,
    *,
    back: tuple[str, int],
    leads_the_work: bool = False,
) -> HttpResponse:
    """Show and take the form about a reward's use.

    Args:
        back: The route and the id of the page to go to afterwards.
        leads_the_work: Whether the person does; known by the work's own page.
    """
    use = RewardUse.objects.filter(decision=decision).first()
    form = RewardUseForm(request.POST or None, instance=use)
    if accepted(
        form,
        lambda: rewards.declare_use(
            decision_id=decision.pk,
            **form.cleaned_data,
            leads_the_work=leads_the_work,
            by=request.user,
        ),
    ):
        messages.success(request, _("Noted. Have a good time together!"))
        return go_to(request, *back)
    return form_page(
        request,
        "improvement/reward_use.html",
        form,
        idea=decision.idea,
        decision=decision,
        back=back,
        refused=why_not_declare_use(decision, request.user, leads_the_work=leads_the_work),
    )


@require_GET
def reward_list(request: PersonRequest, pk: int) -> HttpResponse:
    """The rewards that a fund has paid on the days asked for."""
    fund = managed_fund(request, pk)
    days = DaysForm(request.GET or None)
    paid = rewards_paid(fund, **(days.cleaned_data if days.is_valid() else {}))
    entries = Paginator(paid, PER_PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "fund": fund,
        "form": days,
        "entries": entries,
        "rewards": told_of(entries),
        "columns": COLUMNS,
    }
    return page(request, "improvement/reward_list.html", context, parts=["reward-rows"])


# --- for payroll: docs/finance-export.md says the same --------------------------------------------

COLUMNS = (
    (gettext_lazy("Day"), gettext_lazy("When the report was approved and the reward paid.")),
    (gettext_lazy("Unit code"), gettext_lazy("The code of the unit that the idea is about.")),
    (gettext_lazy("Unit"), gettext_lazy("Its name.")),
    (gettext_lazy("Idea number"), gettext_lazy("As in the address of the idea.")),
    (gettext_lazy("Idea"), gettext_lazy("The title of the idea.")),
    (gettext_lazy("Amount"), gettext_lazy("In kronor, to the whole group.")),
    (gettext_lazy("Number of people"), gettext_lazy("How many took part, by the report.")),
    (gettext_lazy("Use"), gettext_lazy("What the group has said; empty if it has not.")),
    (gettext_lazy("In short"), gettext_lazy("The same in the group's own words.")),
    (
        gettext_lazy("Taxed"),
        gettext_lazy("yes for money and gift cards, else no; empty if not said."),
    ),
    (gettext_lazy("Period"), gettext_lazy("The period whose money it is.")),
    (gettext_lazy("Row"), gettext_lazy("The row in the ledger.")),
    (gettext_lazy("Decision"), gettext_lazy("The number of the decision.")),
)


@require_GET
def reward_export(request: PersonRequest, pk: int) -> HttpResponse:
    """The same as a file for payroll; it marks nothing."""
    fund = managed_fund(request, pk)
    days = DaysForm(request.GET)
    if not days.is_valid():
        messages.error(request, _("Write the days as year-month-day, for example 2026-03-31."))
        return go_to(request, "reward-list", pk)
    kind = Kind.EXCEL if request.GET.get("format") == Kind.EXCEL else Kind.CSV
    name = " ".join(["Prestationsersättningar", fund.name, timezone.localdate().isoformat()])
    header = [heading for heading, _explained in COLUMNS]
    rows = map(_cells, told_of(rewards_paid(fund, **days.cleaned_data)))
    return download(table_of(kind, name, header, rows), name, kind)


def _cells(reward: Reward) -> list[Cell]:
    entry, use = reward.entry, reward.use
    assert entry.decision is not None  # a constraint: a payment names its decision
    idea = entry.decision.idea
    taxed = "" if use is None else _("yes") if use.is_taxed else _("no")
    return [
        timezone.localdate(entry.at),
        idea.unit.code,
        idea.unit.name,
        idea.pk,
        idea.title,
        in_kronor(entry.amount_ore),
        reward.people,
        use.get_kind_display() if use else "",
        use.description if use else "",
        taxed,
        entry.period.name,
        entry.pk,
        entry.decision.pk,
    ]
