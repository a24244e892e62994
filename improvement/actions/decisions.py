"""What a decider decides, and what follows from it in the same transaction."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from foundation.errors import require
from foundation.journal import move
from organisation.models import Person

from ..flow import IDEA_FLOW
from ..models import Account, Basis, Decision, Fund, Idea, LedgerKind, Outcome, Period
from ..rules.decisions import why_not_amount, why_not_on
from ..rules.ideas import why_not
from .ledger import write


@dataclass(frozen=True, slots=True)
class Grounds:
    """Why, and by what right: what every decision must say.

    Attributes:
        delegation_reference: The point of the delegation order; needed for a delegated decision.
        consulted: Those who were asked, in words (samråd).
    """

    reason: str
    delegation_reference: str = ""
    basis: str = Basis.DELEGATED
    consulted: str = ""


@transaction.atomic
def approve(
    *, idea_id: int, fund_id: int, project_ore: int, grounds: Grounds, on: date, by: Person
) -> Decision:
    """Approve an idea.  Its money and the reward are reserved, or it is queued for them.

    Takes ids because it reads the rows itself under lock: the fund first, then the idea, as
    everywhere (docs/locks.md).  The queue is strict: behind others that wait, an idea waits too,
    even if what is left would be enough for it.

    Args:
        project_ore: What the fund promises for carrying the idea out, in öre.
        on: Today; decides which period the money comes from.

    Raises:
        Refused: the rules say no.  An empty period is no reason to refuse (W-19).
    """
    fund = Fund.objects.locked().get(pk=fund_id)
    idea = _taken(idea_id, "approve", grounds, by)
    require(why_not_amount(fund, idea, project_ore))
    somebody_waits = fund.decisions.queued().exists()
    decision = _decide(
        idea,
        Outcome.APPROVED,
        grounds,
        by,
        fund=fund,
        project_ore=project_ore,
        reward_ore=fund.reward_ore,
    )
    period = Period.objects.current(fund, on)
    enough = period is not None and period.left_ore() >= decision.total_ore
    if period is not None and enough and not somebody_waits:
        reserve(decision, period, by=by)
        move(idea, IDEA_FLOW["approve"], by=by, why=grounds.reason, decision=decision.pk)
    else:
        move(idea, IDEA_FLOW["queue"], by=by, why=grounds.reason, decision=decision.pk)
    return decision


@transaction.atomic
def reject(*, idea_id: int, grounds: Grounds, by: Person) -> Decision:
    """Say no, with a reason that the author will read."""
    idea = _taken(idea_id, "reject", grounds, by)
    decision = _decide(idea, Outcome.REJECTED, grounds, by)
    move(idea, IDEA_FLOW["reject"], by=by, why=grounds.reason, decision=decision.pk)
    return decision


@transaction.atomic
def wait(*, idea_id: int, grounds: Grounds, until: date | None = None, by: Person) -> Decision:
    """Say not now.  The idea is kept alive and can be prepared again."""
    idea = _taken(idea_id, "wait", grounds, by)
    decision = _decide(idea, Outcome.WAITING, grounds, by, wait_until=until)
    move(idea, IDEA_FLOW["wait"], by=by, why=grounds.reason, decision=decision.pk)
    return decision


@transaction.atomic
def serve_queue(*, fund_id: int, on: date, by: Person | None) -> list[Decision]:
    """Give money to those who wait, in the order they were approved, as far as it lasts.

    Strict: the first that does not fit stops the rest, so that no idea is overtaken for ever.
    Safe to repeat.

    Args:
        by: Whose action brought the money; None for time passing.

    Returns:
        The decisions that got their money now.
    """
    fund = Fund.objects.locked().get(pk=fund_id)
    period = Period.objects.current(fund, on)
    if period is None:
        return []
    served = []
    left_ore = period.left_ore()
    for decision in fund.decisions.queued():
        if decision.total_ore > left_ore:
            break
        idea = Idea.objects.locked().select_related("unit").get(pk=decision.idea_id)
        reserve(decision, period, by=by)
        move(idea, IDEA_FLOW["fund"], by=by, decision=decision.pk)
        left_ore -= decision.total_ore
        served.append(decision)
    return served


def reserve(decision: Decision, period: Period, *, by: Person | None) -> None:
    """Set aside project money and reward: two rows of the same ledger.  Under the fund's lock."""
    for account, amount_ore in (
        (Account.PROJECT, decision.project_ore),
        (Account.REWARD, decision.reward_ore),
    ):
        if amount_ore:
            write(period, LedgerKind.RESERVATION, amount_ore, decision, account, by=by)


def _taken(idea_id: int, step_name: str, grounds: Grounds, by: Person) -> Idea:
    """Lock the idea and make sure that `by` may take the step on these grounds."""
    idea = Idea.objects.locked().select_related("unit").get(pk=idea_id)
    require(why_not(IDEA_FLOW[step_name], idea, by))
    require(why_not_on(grounds.basis, grounds.delegation_reference, grounds.reason))
    return idea


def _decide(idea: Idea, outcome: Outcome, grounds: Grounds, by: Person, **more: Any) -> Decision:
    return Decision.objects.create(
        idea=idea,
        revision=idea.revision,
        outcome=outcome,
        reason=grounds.reason,
        basis=grounds.basis,
        delegation_reference=grounds.delegation_reference,
        consulted=grounds.consulted,
        decided_by=by,
        **more,
    )
