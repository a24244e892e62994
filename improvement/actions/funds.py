"""Everything that moves money, but for the decision that reserves it."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.errors import Refused, require
from foundation.journal import move, record
from organisation.models import Person, Unit
from organisation.permissions import Permission
from organisation.rules import why_not_now, why_not_with

from ..flow import IDEA_FLOW
from ..models import (
    Account,
    Decision,
    Fund,
    Idea,
    LedgerEntry,
    LedgerKind,
    Outcome,
    Period,
)
from ..rules.funds import why_not_close, why_not_manage, why_not_pay
from .ledger import write
from .queue import roll_over, serve_queue


@transaction.atomic
def create(
    *,
    unit: Unit,
    name: str,
    cap_ore: int = Fund.USUAL_CAP_ORE,
    reward_ore: int = Fund.USUAL_REWARD_ORE,
    by: Person,
) -> Fund:
    """Set up a fund that pays for ideas in `unit` and below.

    Args:
        cap_ore: The guide amount for an idea; above it a written reason is asked for.
        reward_ore: What a staff group gets when its report is approved.

    Raises:
        Refused: not a fund manager there, or the unit has a fund of that name.
    """
    require(why_not_with(Permission.FUND_MANAGE, by, at=unit))
    if Fund.objects.filter(unit=unit, name=name).exists():
        raise Refused(_("There is already a fund with that name."))
    fund = Fund.objects.create(unit=unit, name=name, cap_ore=cap_ore, reward_ore=reward_ore)
    record("fund.create", fund, by=by, name=name)
    return fund


@transaction.atomic
def add_period(*, fund_id: int, name: str, starts_on: date, ends_on: date, by: Person) -> Period:
    """Add a period to a fund.

    Raises:
        Refused: it ends before it begins, or overlaps another.
    """
    fund = _managed(fund_id, by)
    if ends_on < starts_on:
        raise Refused(_("The last day is before the first."))
    try:
        with transaction.atomic():
            period = Period.objects.create(
                fund=fund, name=name, starts_on=starts_on, ends_on=ends_on
            )
    except IntegrityError as error:
        raise Refused(_("The days overlap another period of the fund.")) from error
    record("period.create", period, by=by, name=name)
    return period


@transaction.atomic
def allocate(
    *, period_id: int, amount_ore: int, note: str = "", on: date, by: Person
) -> LedgerEntry:
    """Put money into a period; those who wait for it are served at once, in order."""
    period, fund = _period_locked(period_id, by)
    if amount_ore <= 0:
        raise Refused(_("The amount must be above zero."))
    if period.is_closed:
        raise Refused(_("The period is already closed."))
    entry = write(period, LedgerKind.ALLOCATION, amount_ore, note=note, by=by)
    serve_queue(fund_id=fund.pk, on=on, by=by)
    return entry


@transaction.atomic
def close_period(*, period_id: int, on: date, by: Person) -> Period:
    """Close a period that has ended.  What is left moves to the next, and the queue is served.

    What is reserved stays where it was reserved until it is paid or released (W-20, settled).
    """
    period, fund = _period_locked(period_id, by)
    following = (
        fund.periods.filter(starts_on__gt=period.ends_on, closed_at=None)
        .order_by("starts_on")
        .first()
    )
    require(why_not_close(period, following, on))
    period.closed_at = timezone.now()
    period.save(update_fields=["closed_at"])
    record("period.close", period, by=by)
    roll_over(period, by=by)
    serve_queue(fund_id=fund.pk, on=on, by=by)
    return period


@transaction.atomic
def pay(
    *,
    decision_id: int,
    amount_ore: int,
    document_number: str,
    note: str = "",
    on: date,
    by: Person,
) -> LedgerEntry:
    """Pay a part of the project money, against an invoice or another voucher."""
    decision, period = _promise_locked(decision_id)
    require(why_not_manage(period.fund, by))
    require(why_not_pay(decision, outstanding_ore(decision, Account.PROJECT), amount_ore))
    return write(
        period,
        LedgerKind.PAYOUT,
        amount_ore,
        decision,
        Account.PROJECT,
        document_number=document_number,
        note=note,
        by=by,
    )


@transaction.atomic
def settle(*, idea_id: int, on: date, by: Person) -> Decision:
    """Finish the money of an idea that has been carried out and reported.

    Pays the reward, once; releases what is left of the project money; serves the queue with it.
    Who may approve the report is for the caller to ask: this follows from the approval, in the
    same transaction.

    Raises:
        Refused: the idea is not being carried out, so nothing is settled twice.
    """
    decision, period = _promise_locked(_approval_of(idea_id).pk)
    idea = Idea.objects.locked().select_related("unit").get(pk=idea_id)
    require(why_not_now(IDEA_FLOW["complete"], idea))
    reward_ore = outstanding_ore(decision, Account.REWARD)
    if reward_ore:
        write(period, LedgerKind.PAYOUT, reward_ore, decision, Account.REWARD, by=by)
    unused_ore = outstanding_ore(decision, Account.PROJECT)
    if unused_ore:
        write(period, LedgerKind.RELEASE, unused_ore, decision, Account.PROJECT, by=by)
    if period.is_closed:
        roll_over(period, by=by)
    move(idea, IDEA_FLOW["complete"], by=by, paid_ore=reward_ore, released_ore=unused_ore)
    serve_queue(fund_id=period.fund_id, on=on, by=by)
    return decision


def outstanding_ore(decision: Decision, account: Account) -> int:
    """Return what is reserved and neither paid nor released.  Asks the database."""
    return decision.entries.filter(account=account).balance().reserved_ore


def _approval_of(idea_id: int) -> Decision:
    return Decision.objects.filter(idea=idea_id, outcome=Outcome.APPROVED).latest("pk")


def _managed(fund_id: int, by: Person) -> Fund:
    fund = Fund.objects.locked().select_related("unit").get(pk=fund_id)
    require(why_not_manage(fund, by))
    return fund


def _period_locked(period_id: int, by: Person) -> tuple[Period, Fund]:
    """Lock the fund of a period, make sure that `by` manages it, and read the period after."""
    fund = _managed(Period.objects.values_list("fund", flat=True).get(pk=period_id), by)
    return Period.objects.select_related("fund__unit").get(pk=period_id), fund


def _promise_locked(decision_id: int) -> tuple[Decision, Period]:
    """Lock the fund of a decision; return the decision and the period that holds its money."""
    decision = Decision.objects.get(pk=decision_id)
    if decision.fund_id is None:
        raise Refused(_("No money was granted."))
    Fund.objects.locked().get(pk=decision.fund_id)
    reservation = (
        decision.entries.filter(kind=LedgerKind.RESERVATION)
        .select_related("period__fund__unit")
        .first()
    )
    if reservation is None:
        raise Refused(_("The idea is still in the queue for money."))
    return decision, reservation.period
