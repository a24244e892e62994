"""Funds and their periods: what their keepers do, and what the clock does for them."""

from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.errors import Refused, require
from foundation.journal import record
from organisation.models import Person, Unit
from organisation.permissions import Permission
from organisation.rules import why_not_with

from ..models import Fund, LedgerEntry, LedgerKind, Period, QueueRule, Rollover
from ..queries.halves import Half, half_after, half_years
from ..rules.funds import (
    why_not_allocate,
    why_not_close,
    why_not_end_fund,
    why_not_manage,
    why_not_period,
    why_not_policy,
)
from .ledger import write
from .queue import roll_over, serve_queue


@dataclass(frozen=True, slots=True)
class Policy:
    """How a fund works; what is not said is as in the municipality that the idea comes from.

    Attributes:
        cap_ore: The guide amount for an idea; above it a written reason is asked for (W-21).
        reward_ore: What a staff group gets when its report is approved (W-22).
        many_people, many_reward_ore: From so many people on the reward is that much instead;
            None: it is the same for all.
        usual_allocation_ore: What a period is thought to get before anybody has allocated it.
        rollover_within_year, rollover_at_year_end: A `Rollover` each: what becomes of what is
            left when a period ends (W-20).
        queue_rule: A `QueueRule`.
        between_meetings_ore: Above it a decision is taken at a meeting; None: any amount.
    """

    name: str
    cap_ore: int = Fund.USUAL_CAP_ORE
    reward_ore: int = Fund.USUAL_REWARD_ORE
    many_people: int | None = Fund.VERY_MANY
    many_reward_ore: int = 2 * Fund.USUAL_REWARD_ORE
    usual_allocation_ore: int = Fund.USUAL_ALLOCATION_ORE
    rollover_within_year: str = Rollover.AUTOMATIC
    rollover_at_year_end: str = Rollover.AUTOMATIC
    queue_rule: str = QueueRule.STRICT
    between_meetings_ore: int | None = None


@transaction.atomic
def create(*, unit: Unit, policy: Policy, by: Person) -> Fund:
    """Set up a fund that pays for ideas in `unit` and below.

    Raises:
        Refused: not a fund manager there, the unit has a fund of that name, or the policy
            contradicts itself.
    """
    require(why_not_with(Permission.FUND_MANAGE, by, at=unit))
    _check(policy, unit)
    fund = Fund.objects.create(unit=unit, **asdict(policy))
    record("fund.create", fund, by=by, **asdict(policy))
    return fund


@transaction.atomic
def change(*, fund_id: int, policy: Policy, on: date, by: Person) -> Fund:
    """Change how a fund works.  The journal keeps what it was; decisions taken are not touched.

    A queue rule that lets more through takes effect at once.
    """
    fund = _managed(fund_id, by)
    _check(policy, fund.unit, fund)
    changed = {
        name: [getattr(fund, name), value]
        for name, value in asdict(policy).items()
        if getattr(fund, name) != value
    }
    if not changed:
        return fund
    for name, (_before, after) in changed.items():
        setattr(fund, name, after)
    fund.save(update_fields=list(changed))
    record("fund.change", fund, by=by, changed=changed)
    serve_queue(fund_id=fund.pk, on=on, by=by)
    return fund


@transaction.atomic
def end(*, fund_id: int, by: Person) -> Fund:
    """Take a fund out of use: it pays for nothing new.  Its ledger stays.

    Raises:
        Refused: there is money in it, or somebody in its queue.
    """
    fund = _managed(fund_id, by)
    require(why_not_end_fund(fund))
    if fund.is_active:
        fund.is_active = False
        fund.save(update_fields=["is_active"])
        record("fund.end", fund, by=by)
    return fund


@transaction.atomic
def reopen(*, fund_id: int, by: Person) -> Fund:
    """Take a fund into use again."""
    fund = _managed(fund_id, by)
    if not fund.is_active:
        fund.is_active = True
        fund.save(update_fields=["is_active"])
        record("fund.reopen", fund, by=by)
    return fund


@transaction.atomic
def add_period(
    *,
    fund_id: int,
    name: str,
    starts_on: date,
    ends_on: date,
    on: date | None = None,
    by: Person,
) -> Period:
    """Add a period to a fund; what waits in closed periods for somewhere to go moves on.

    The same period asked for twice is one.

    Args:
        on: Today, to refuse what has already ended; None where the past is written down.

    Raises:
        Refused: it ends before it begins, has already ended, or overlaps another.
    """
    fund = _managed(fund_id, by)
    same = fund.periods.filter(name=name, starts_on=starts_on, ends_on=ends_on).first()
    if same is not None:
        return same
    require(why_not_period(fund, starts_on, ends_on, on))
    period = _add(fund, Half(name, starts_on, ends_on), by=by)
    if on is not None:
        serve_queue(fund_id=fund.pk, on=on, by=by)
    return period


@transaction.atomic
def add_half_years(*, fund_id: int, year: int, on: date, by: Person) -> list[Period]:
    """Add both half-years of `year`, or the one that is missing.  Safe to repeat.

    Raises:
        Refused: another period lies across one of them, or the year is over.
    """
    fund = _managed(fund_id, by)
    there = set(fund.periods.values_list("starts_on", "ends_on"))
    missing = [half for half in half_years(year) if (half.starts_on, half.ends_on) not in there]
    added = []
    for half in missing:
        require(why_not_period(fund, half.starts_on, half.ends_on, None))
        if half.ends_on >= on:
            added.append(_add(fund, half, by=by))
    if missing and not added:
        raise Refused(_("The year %(year)s is over.") % {"year": year})
    serve_queue(fund_id=fund.pk, on=on, by=by)
    return added


@transaction.atomic
def allocate(
    *,
    period_id: int,
    amount_ore: int,
    note: str = "",
    document_number: str = "",
    key: UUID | None = None,
    on: date,
    by: Person,
) -> LedgerEntry:
    """Put money into a period; those who wait for it are served at once, in order.

    Args:
        key: Names the form; the same form sent twice is one allocation.
    """
    period, fund = _period_locked(period_id, by)
    if key is not None and (made := LedgerEntry.objects.filter(key=key).first()):
        return made
    require(why_not_allocate(period, amount_ore))
    entry = write(
        period,
        LedgerKind.ALLOCATION,
        amount_ore,
        document_number=document_number,
        note=note,
        key=key,
        by=by,
    )
    serve_queue(fund_id=fund.pk, on=on, by=by)
    return entry


@transaction.atomic
def close_period(*, period_id: int, on: date, by: Person) -> Period:
    """Close a period that has ended.  What is left moves by the policy, and the queue is served.

    What is reserved stays where it was reserved until it is paid or released (W-20, settled).
    """
    period, fund = _period_locked(period_id, by)
    require(why_not_close(period, Period.objects.following(period), on))
    _close(period, by=by)
    serve_queue(fund_id=fund.pk, on=on, by=by)
    return period


@transaction.atomic
def turn(*, fund_id: int, on: date) -> list[Period]:
    """Do what the clock does with a fund: close what has ended, open what begins, serve the queue.

    Periods whose rest waits for somebody's yes are left alone.  Where no period follows, the rest
    of the half-year is added.  Safe to repeat, and to do twice at once.

    Returns:
        The periods that were closed now.
    """
    fund = Fund.objects.locked().get(pk=fund_id)
    closed = []
    ended = fund.periods.to_close(on).where_left(Rollover.AUTOMATIC, Rollover.LAPSES)
    while period := ended.select_related("fund__unit").order_by("starts_on").first():
        if Period.objects.following(period) is None:
            _add(fund, half_after(period.ends_on), by=None)
        _close(period, by=None)
        closed.append(period)
    serve_queue(fund_id=fund.pk, on=on, by=None)
    return closed


def _check(policy: Policy, unit: Unit, fund: Fund | None = None) -> None:
    require(
        why_not_policy(
            policy.cap_ore, policy.reward_ore, policy.many_people, policy.many_reward_ore
        )
    )
    namesake = Fund.objects.filter(unit=unit, name=policy.name).first()
    if namesake is not None and namesake != fund:
        raise Refused(_("There is already a fund with that name."))


def _add(fund: Fund, half: Half, *, by: Person | None) -> Period:
    """Write the period down.  What closed periods hold moves into it."""
    try:
        with transaction.atomic():
            period = Period.objects.create(
                fund=fund, name=half.name, starts_on=half.starts_on, ends_on=half.ends_on
            )
    except IntegrityError as error:
        raise Refused(_("The days overlap another period of the fund.")) from error
    record("period.create", period, by=by, name=half.name)
    earlier = fund.periods.filter(ends_on__lt=half.starts_on).exclude(closed_at=None)
    for closed in earlier.select_related("fund").order_by("starts_on"):
        roll_over(closed, by=by)
    return period


def _close(period: Period, *, by: Person | None) -> None:
    period.closed_at = timezone.now()
    period.save(update_fields=["closed_at"])
    left_ore = roll_over(period, by=by)
    record("period.close", period, by=by, rule=period.rollover, moved_ore=left_ore)


def _managed(fund_id: int, by: Person) -> Fund:
    fund = Fund.objects.locked().select_related("unit").get(pk=fund_id)
    require(why_not_manage(fund, by))
    return fund


def _period_locked(period_id: int, by: Person) -> tuple[Period, Fund]:
    """Lock the fund of a period, make sure that `by` manages it, and read the period after."""
    fund = _managed(Period.objects.values_list("fund", flat=True).get(pk=period_id), by)
    return Period.objects.select_related("fund__unit").get(pk=period_id), fund
