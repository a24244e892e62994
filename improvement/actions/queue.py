"""Promising money, giving promises back, and serving those who wait.

Everything here is done under the fund's lock.  A queue is served in a few statements however
long it is: a thousand ideas may have waited for a half-year to begin.
"""

from datetime import date

from django.db import transaction
from django.utils import timezone

from foundation.journal import record_all
from organisation.models import Person

from ..flow import IDEA_FLOW
from ..models import Account, Decision, Fund, Idea, LedgerKind, Period, QueueRule, Rollover
from ..queries.queue import served
from .bank import money_came
from .ledger import Row, write, write_all
from .moving import tell


@transaction.atomic
def serve_queue(*, fund_id: int, on: date, by: Person | None) -> list[Decision]:
    """Give money to those who wait, in the order they were approved, as far as it lasts.

    The fund's queue rule says what happens at the first that the money is not enough for.
    Safe to repeat.  When nobody waits any more, those who rest until there is money are looked at.

    Args:
        by: Whose action brought the money; None for time passing.

    Returns:
        The decisions that got their money now.
    """
    fund = Fund.objects.locked().get(pk=fund_id)
    period = Period.objects.current(fund, on)
    if period is None:
        return []
    queue = list(fund.decisions.queued())
    if not queue:
        money_came(on=on)
        return []
    places = served([d.total_ore for d in queue], period.left_ore(), fund.queue_rule)
    chosen = [queue[place] for place in places]
    if chosen:
        reserve_all(chosen, period, by=by)
        _fund_ideas(chosen, by=by)
    if len(chosen) == len(queue):
        money_came(on=on)
    return chosen


def must_queue(fund: Fund, period: Period | None, amount_ore: int) -> bool:
    """Say whether a new promise of `amount_ore` has to wait.  Under the fund's lock.

    Strict: behind others that wait one waits too, even if what is left would be enough.
    """
    if period is None or period.left_ore() < amount_ore:
        return True
    return fund.queue_rule == QueueRule.STRICT and fund.decisions.queued().exists()


def reserve(decision: Decision, period: Period, *, by: Person | None) -> None:
    """Set aside project money and reward: two rows of the same ledger.  Under the fund's lock."""
    reserve_all([decision], period, by=by)


def reserve_all(decisions: list[Decision], period: Period, *, by: Person | None) -> None:
    """Set aside the money of each, in one statement.  Under the fund's lock."""
    write_all(
        [
            Row(period, LedgerKind.RESERVATION, amount_ore, decision, account)
            for decision in decisions
            for account, amount_ore in (
                (Account.PROJECT, decision.project_ore),
                (Account.REWARD, decision.reward_ore),
            )
            if amount_ore
        ],
        by=by,
    )


def release_all(decision: Decision, *, by: Person | None, note: str = "") -> int:
    """Give back all that is still reserved for `decision`.  Under the fund's lock.

    That closes its promises: nothing more is paid or reserved for it.  What a closed period gets
    back moves on at once.  The queue is for the caller to serve.

    Returns:
        How much was released, in öre: 0 for a decision that waited in the queue.
    """
    return sum(release(decision, account, by=by, note=note) for account in Account)


def release(decision: Decision, account: Account, *, by: Person | None, note: str = "") -> int:
    """Give back what is still reserved for one part of `decision`; see `release_all`."""
    released_ore = 0
    for period in _periods_of(decision):
        left_ore = decision.entries.filter(period=period, account=account).balance().reserved_ore
        if left_ore:
            write(period, LedgerKind.RELEASE, left_ore, decision, account, note=note, by=by)
            released_ore += left_ore
            if period.is_closed:
                roll_over(period, by=by)
    return released_ore


def roll_over(period: Period, *, by: Person | None) -> int:
    """Move what is left of a closed period where the fund's policy says.

    To the next period that is not closed, or back to the organisation.  With nowhere to go it
    stays; a period that is added later takes it over.

    Returns:
        How much it was, in öre, wherever it went.
    """
    left_ore = period.left_ore()
    if not left_ore:
        return 0
    if period.rollover == Rollover.LAPSES:
        write(period, LedgerKind.LAPSE, left_ore, by=by)
        return left_ore
    following = Period.objects.following(period)
    if following is None:
        return 0
    write(period, LedgerKind.ROLLOVER_OUT, left_ore, note=following.name, by=by)
    write(following, LedgerKind.ROLLOVER_IN, left_ore, note=period.name, by=by)
    return left_ore


def _periods_of(decision: Decision) -> list[Period]:
    """The periods that hold money of a decision: one, or two after a raised reward."""
    held = decision.entries.filter(kind=LedgerKind.RESERVATION).values("period")
    return list(Period.objects.filter(pk__in=held).select_related("fund__unit").order_by("pk"))


def _fund_ideas(decisions: list[Decision], *, by: Person | None) -> None:
    """Take the ideas of the decisions out of the queue, all at once."""
    step = IDEA_FLOW["fund"]
    ideas = {
        idea.pk: idea
        for idea in Idea.objects.locked()
        .filter(pk__in=[decision.idea_id for decision in decisions])
        .order_by("pk")
    }
    Idea.objects.filter(pk__in=ideas).update(status=step.target, told_at=timezone.now())
    record_all(
        (
            (
                "idea.fund",
                ideas[decision.idea_id],
                {
                    "from": ideas[decision.idea_id].status,
                    "to": step.target,
                    "decision": decision.pk,
                },
            )
            for decision in decisions
        ),
        by=by,
    )
    tell(ideas.values(), step, by=by)
