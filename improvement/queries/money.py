"""What funds, periods and ideas have of money, gathered over several models."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum

from organisation.models import Person
from organisation.permissions import Permission

from ..models import (
    Account,
    Balance,
    Decision,
    Fund,
    Idea,
    LedgerKind,
    Outcome,
    Period,
    Rollover,
)


def promises_of(idea_id: int) -> QuerySet[Decision]:
    """Return the approvals of an idea that stand: the one in force, what was added, earlier ones."""
    return Decision.objects.filter(
        idea=idea_id, outcome=Outcome.APPROVED, replaced_by=None
    ).order_by("pk")


def approval_of(idea: Idea) -> Decision | None:
    """Return the approval in force, or None.  One query."""
    return promises_of(idea.pk).filter(adds_to=None).select_related("fund__unit").last()


def funds_of(idea_id: int) -> list[Fund]:
    """Return the funds that have promised something to an idea.  One query."""
    promised = promises_of(idea_id).values("fund")
    return list(Fund.objects.filter(pk__in=promised).select_related("unit").order_by("pk"))


@dataclass(frozen=True, slots=True)
class Promise:
    """One decision that has granted money, and what is still reserved of its project money."""

    decision: Decision
    reserved_ore: int


@dataclass(frozen=True, slots=True)
class MoneyOfIdea:
    """What was granted to an idea and what has become of it, in öre.

    `promises` are those that can still be paid from.
    """

    approval: Decision
    granted_ore: int
    paid_ore: int
    reserved_ore: int
    released_ore: int
    reward_ore: int
    reward_is_paid: bool
    promises: list[Promise]


def money_of(idea: Idea) -> MoneyOfIdea | None:
    """Return the money of the approval in force and what was added to it.  One query.

    None if nothing was granted.
    """
    project = Q(entries__account=Account.PROJECT)
    decisions = list(
        promises_of(idea.pk)
        .select_related("fund__unit", "replaced_by")
        .annotate(
            paid=Sum("entries__paid_ore", filter=project, default=0),
            reserved=Sum("entries__reserved_ore", filter=project, default=0),
            released=Sum(
                "entries__amount_ore",
                filter=project & Q(entries__kind=LedgerKind.RELEASE),
                default=0,
            ),
            rewarded=Sum("entries__paid_ore", filter=Q(entries__account=Account.REWARD), default=0),
        )
    )
    approval: Any = next((d for d in reversed(decisions) if d.adds_to_id is None), None)
    if approval is None:
        return None
    in_force: list[Any] = [d for d in decisions if approval.pk in (d.pk, d.adds_to_id)]
    return MoneyOfIdea(
        approval=approval,
        granted_ore=sum(d.project_ore for d in in_force),
        paid_ore=sum(d.paid for d in in_force),
        reserved_ore=sum(d.reserved for d in in_force),
        released_ore=sum(d.released for d in in_force),
        reward_ore=approval.rewarded or approval.reward_ore,
        reward_is_paid=approval.rewarded > 0,
        promises=[Promise(d, d.reserved) for d in in_force if d.reserved],
    )


@dataclass(frozen=True, slots=True)
class PeriodState:
    """One period and what its ledger adds up to, in öre."""

    period: Period
    is_current: bool
    balance: Balance


def period_states(fund: Fund, *, on: date) -> list[PeriodState]:
    """Return the periods of a fund, the latest first.  Two queries."""
    current = Period.objects.current(fund, on)
    return [
        _state(period, is_current=period == current)
        for period in fund.periods.with_balance().order_by("-starts_on")
    ]


def periods_to_close(person: Person, *, on: date) -> list[Period]:
    """Return the periods whose rest moves on only when `person` says so.  One query."""
    return list(
        Period.objects.to_close(on)
        .where_left(Rollover.CONFIRMED)
        .filter(person.reach(Permission.FUND_MANAGE, through="fund__unit"))
        .select_related("fund")
        .order_by("ends_on", "pk")
    )


@dataclass(frozen=True, slots=True)
class Drawing:
    """The periods of a fund drawn as bars on one scale, in öre, the earliest first."""

    periods: list[PeriodState]
    widest_ore: int


DRAWN_PERIODS = 8  # the latest; more would not be read on a phone


def drawing_of(periods: list[PeriodState]) -> Drawing | None:
    """Return what to draw of `periods`, the latest of which comes first; None if all are empty."""
    drawn = [state for state in periods[:DRAWN_PERIODS] if state.balance.allocated_ore]
    if len(drawn) < 2:
        return None  # one bar is drawn already
    return Drawing(drawn[::-1], max(state.balance.allocated_ore for state in drawn))


@dataclass(frozen=True, slots=True)
class FundState:
    """A fund, the period it draws on (None when no period is open) and who waits for it."""

    fund: Fund
    period: PeriodState | None
    queued: int
    queued_ore: int


def fund_states(
    person: Person, *, on: date, idea: Idea | None = None, most: int | None = None
) -> list[FundState]:
    """Return the funds `person` may see, each with its current period and its queue.

    Three queries, however many the funds.

    Args:
        idea: Only those that may pay for it.
        most: Only so many, those highest up in the organisation first.
    """
    visible = Fund.objects.visible_to(person).filter(is_active=True)
    if idea is not None:
        visible = visible & Fund.objects.open_to(idea)
    funds = list(visible.select_related("unit").order_by("unit__tree_order", "name")[:most])
    begun = Period.objects.filter(fund__in=funds, closed_at=None, starts_on__lte=on)
    # Written earliest first, so that the latest stays: the one that `Period.current` names.
    current = {period.fund_id: period for period in begun.with_balance().order_by("starts_on")}
    queues = {
        queue["fund"]: queue
        for queue in Decision.objects.filter(fund__in=funds)
        .queued()
        .order_by("fund")
        .values("fund")
        .annotate(queued=Count("pk"), queued_ore=Sum(F("project_ore") + F("reward_ore")))
    }
    nobody = {"queued": 0, "queued_ore": 0}
    return [
        FundState(
            fund=fund,
            period=_state(current[fund.pk], is_current=True) if fund.pk in current else None,
            queued=queues.get(fund.pk, nobody)["queued"],
            queued_ore=queues.get(fund.pk, nobody)["queued_ore"],
        )
        for fund in funds
    ]


def _state(period: Any, *, is_current: bool) -> PeriodState:
    """Read the sums that `with_balance` annotated."""
    return PeriodState(
        period,
        is_current,
        Balance(
            allocated_ore=period.sum_allocated_ore,
            left_ore=period.sum_left_ore,
            reserved_ore=period.sum_reserved_ore,
            paid_ore=period.sum_paid_ore,
        ),
    )
