"""What becomes of money that has been promised: paid, corrected, released, settled."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.errors import Refused, require
from organisation.models import Person
from organisation.rules import why_not_now

from ..flow import IDEA_FLOW
from ..models import (
    Account,
    Decision,
    Fund,
    Idea,
    LedgerEntry,
    LedgerKind,
    Period,
)
from ..queries.money import approval_of, promises_of
from ..rules.funds import (
    why_not_correct,
    why_not_let_go,
    why_not_manage,
    why_not_pay,
    why_not_twice,
)
from .ledger import Row, write, write_all
from .moving import move
from .queue import release, release_all, serve_queue


@transaction.atomic
def pay(
    *,
    decision_id: int,
    amount_ore: int,
    document_number: str,
    note: str = "",
    key: UUID | None = None,
    on: date,
    by: Person,
) -> LedgerEntry:
    """Pay a part of the project money, against an invoice or another voucher.

    Args:
        key: Names the form; the same form sent twice is one payment.
    """
    decision, period = _promise_locked(decision_id)
    require(why_not_manage(period.fund, by))
    if key is not None and (made := LedgerEntry.objects.filter(key=key).first()):
        return made
    require(why_not_pay(decision, outstanding_ore(decision, Account.PROJECT), amount_ore))
    require(why_not_twice(decision, document_number))
    return write(
        period,
        LedgerKind.PAYOUT,
        amount_ore,
        decision,
        Account.PROJECT,
        document_number=document_number,
        note=note,
        key=key,
        by=by,
    )


@transaction.atomic
def correct(*, entry_id: int, reason: str, by: Person) -> LedgerEntry:
    """Take a wrong allocation or payment back with a counter-row; the wrong row stays readable.

    What was right is then written anew.

    Raises:
        Refused: no reason, corrected already, of another kind, or the money has gone on.
    """
    entry = LedgerEntry.objects.select_related("period").get(pk=entry_id)
    Fund.objects.locked().get(pk=entry.period.fund_id)
    entry = LedgerEntry.objects.select_related("period__fund__unit", "decision__idea").get(
        pk=entry_id
    )
    require(why_not_manage(entry.period.fund, by))
    require(why_not_correct(entry, entry.period.left_ore()))
    if not reason.strip():
        raise Refused(_("Write what was wrong. It stands beside the row for good."))
    return write(
        entry.period,
        LedgerKind(entry.kind),
        -entry.amount_ore,
        entry.decision,
        entry.account,
        document_number=entry.document_number,
        note=reason.strip(),
        corrects=entry,
        by=by,
    )


@transaction.atomic
def settle(*, idea_id: int, people: int = 1, on: date, by: Person) -> Decision:
    """Finish the money of an idea that has been carried out and reported.

    Releases what is left of the project money; pays the reward, once and by the fund's rule;
    serves the queue with the rest.  Who may approve the report is for the caller to ask: this
    follows from the approval, in the same transaction.

    Args:
        people: How many took part; very many may get a higher reward (W-22).

    Raises:
        Refused: the idea is not being carried out, so nothing is settled twice.
    """
    funds, promises = _promises_locked(idea_id)
    idea = Idea.objects.locked().select_related("unit").get(pk=idea_id)
    require(why_not_now(IDEA_FLOW["complete"], idea))
    approval = approval_of(idea)
    if approval is None or approval.fund_id is None:
        raise Refused(_("No money was granted."))
    unused_ore = sum(release(promise, Account.PROJECT, by=by) for promise in promises)
    reward = _pay_reward(approval, funds[approval.fund_id], people, on=on, by=by)
    move(
        idea,
        IDEA_FLOW["complete"],
        by=by,
        paid_ore=reward.paid_ore,
        released_ore=unused_ore,
        reward_rule=reward.rule,
        people=people,
    )
    for fund_id in funds:
        serve_queue(fund_id=fund_id, on=on, by=by)
    return approval


@transaction.atomic
def let_go(
    *, idea_id: int, reason: str, work_is_stopped: bool = False, on: date, by: Person
) -> Idea:
    """Release the money of an idea that will not be carried out now; it goes to who waits next.

    The idea waits, and can be prepared and decided on again.

    Args:
        work_is_stopped: Said by the work's own action, which holds the work's lock; money of a
            work that goes on is not taken from it.

    Raises:
        Refused: the state or the roles say no, or no reason is given.
    """
    funds, promises = _promises_locked(idea_id)
    idea = Idea.objects.locked().select_related("unit").get(pk=idea_id)
    require(why_not_let_go(idea, list(funds.values()), by, work_is_stopped=work_is_stopped))
    if not reason.strip():
        raise Refused(_("Write a sentence to the author first."))
    released_ore = sum(release_all(promise, by=by, note=reason.strip()) for promise in promises)
    move(idea, IDEA_FLOW["let_go"], by=by, why=reason.strip(), released_ore=released_ore)
    for fund_id in funds:
        serve_queue(fund_id=fund_id, on=on, by=by)
    return idea


def outstanding_ore(decision: Decision, account: Account) -> int:
    """Return what is reserved and neither paid nor released.  Asks the database."""
    return decision.entries.filter(account=account).balance().reserved_ore


@dataclass(frozen=True, slots=True)
class _Reward:
    """What was paid as reward, in öre.

    `rule` is "many" where very many took part, "not_enough" where the money was too little for
    what they should have had, and empty otherwise.
    """

    paid_ore: int
    rule: str = ""


def _pay_reward(decision: Decision, fund: Fund, people: int, *, on: date, by: Person) -> _Reward:
    """Pay the reserved reward; more if very many took part and the money is enough for it."""
    reserved = [
        (period, ore)
        for period in Period.objects.filter(entries__decision=decision)
        .distinct()
        .select_related("fund")
        if (ore := _reserved_ore(decision, period))
    ]
    usual_ore = sum(ore for _period, ore in reserved)
    more_ore, rule = 0, ""
    if usual_ore and fund.many_people and people >= fund.many_people:
        more_ore = max(0, fund.many_reward_ore - usual_ore)
    if more_ore:
        pays = _who_pays_more(reserved[0][0], fund, more_ore, on)
        if pays is None:
            rule = "not_enough"
        else:
            rule = "many"
            write(pays, LedgerKind.RESERVATION, more_ore, decision, Account.REWARD, by=by)
            reserved.append((pays, more_ore))
    paid: dict[int, Row] = {}
    for period, ore in reserved:
        before_ore = paid[period.pk].amount_ore if period.pk in paid else 0
        paid[period.pk] = Row(period, LedgerKind.PAYOUT, before_ore + ore, decision, Account.REWARD)
    if paid:
        write_all(paid.values(), by=by)
    return _Reward(sum(row.amount_ore for row in paid.values()), rule)


def _who_pays_more(period: Period, fund: Fund, more_ore: int, on: date) -> Period | None:
    """Return the period that has enough left: the decision's own, or the one that is current."""
    current = Period.objects.current(fund, on)
    candidates = [period] if current in (None, period) else [period, current]
    return next((p for p in candidates if p is not None and p.left_ore() >= more_ore), None)


def _reserved_ore(decision: Decision, period: Period) -> int:
    rows = decision.entries.filter(period=period, account=Account.REWARD)
    return rows.balance().reserved_ore


def _promises_locked(idea_id: int) -> tuple[dict[int, Fund], list[Decision]]:
    """Lock the funds that have promised something to an idea, in the order of their ids."""
    promised = promises_of(idea_id).order_by().values("fund")
    locked = Fund.objects.locked().select_related("unit").filter(pk__in=promised)
    funds = {fund.pk: fund for fund in locked.order_by("pk")}
    return funds, list(promises_of(idea_id))


def _promise_locked(decision_id: int) -> tuple[Decision, Period]:
    """Lock the fund of a decision; return the decision and the period that holds its money."""
    decision = Decision.objects.get(pk=decision_id)
    if decision.fund_id is None:
        raise Refused(_("No money was granted."))
    Fund.objects.locked().get(pk=decision.fund_id)
    reservation = (
        decision.entries.filter(kind=LedgerKind.RESERVATION, account=Account.PROJECT)
        .select_related("period__fund__unit")
        .first()
    )
    if reservation is None:
        raise Refused(_("The idea is still in the queue for money."))
    return decision, reservation.period
