"""Why money may not move."""

from datetime import date

from django.utils.translation import gettext as _

from foundation.money import format_kronor
from organisation import rules as organisation_rules
from organisation.models import Person
from organisation.permissions import Permission

from ..flow import IDEA_FLOW
from ..models import (
    Account,
    Decision,
    Fund,
    Idea,
    IdeaStatus,
    LedgerEntry,
    LedgerKind,
    Period,
    Rollover,
)
from .ideas import why_not

# --- the fund ---------------------------------------------------------------------------------


def why_not_manage(fund: Fund, person: Person) -> str | None:
    return organisation_rules.why_not_with(Permission.FUND_MANAGE, person, at=fund.unit)


def why_not_policy(
    cap_ore: int, reward_ore: int, many_people: int | None, many_reward_ore: int
) -> str | None:
    """Say what in a fund's policy contradicts itself."""
    if cap_ore <= 0:
        return _("The guide amount must be above zero.")
    if many_people is not None and many_people < 2:
        return _("Very many must be at least two people.")
    if many_people is not None and many_reward_ore < reward_ore:
        return _("The reward when very many took part cannot be lower than the usual one.")
    return None


def why_not_end_fund(fund: Fund) -> str | None:
    """Say why `fund` cannot be taken out of use.  Asks the database."""
    has = LedgerEntry.objects.filter(period__fund=fund).balance()
    if has.reserved_ore:
        return _("%(amount)s is reserved for ideas. It has to be paid or released first.") % {
            "amount": format_kronor(has.reserved_ore)
        }
    if has.left_ore:
        return _("%(amount)s is left in the fund. Correct the allocation first.") % {
            "amount": format_kronor(has.left_ore)
        }
    if fund.decisions.queued().exists():
        return _("Ideas wait in the queue for money from the fund.")
    return None


# --- its periods --------------------------------------------------------------------------------


def why_not_period(fund: Fund, starts_on: date, ends_on: date, on: date | None) -> str | None:
    """Say why `fund` cannot have a period on those days.  Asks the database.

    Args:
        on: Today; None where the past is written down.
    """
    if ends_on < starts_on:
        return _("The last day is before the first.")
    if on is not None and ends_on < on:
        return _("The last day has already passed.")
    other = fund.periods.filter(starts_on__lte=ends_on, ends_on__gte=starts_on).first()
    if other is not None:
        return _(
            "The days overlap another period of the fund: %(period)s, %(first)s to %(last)s."
        ) % {
            "period": other,
            "first": other.starts_on.isoformat(),
            "last": other.ends_on.isoformat(),
        }
    return None


def why_not_allocate(period: Period, amount_ore: int) -> str | None:
    if amount_ore <= 0:
        return _("The amount must be above zero.")
    if not period.fund.is_active:
        return _("The fund is not in use any more.")
    if period.is_closed:
        return _("The period is already closed.")
    return None


def why_not_close(period: Period, following: Period | None, on: date) -> str | None:
    """Say why `period` cannot be closed and its money moved to `following`."""
    if period.is_closed:
        return _("The period is already closed.")
    if period.ends_on >= on:
        return _("The period has not ended yet.")
    if following is None and period.rollover != Rollover.LAPSES:
        return _("There is no later period to move the money to. Add one first.")
    return None


# --- what is promised ---------------------------------------------------------------------------


def why_not_pay(decision: Decision, reserved_ore: int, amount_ore: int) -> str | None:
    """Say why `amount_ore` cannot be paid of what `decision` still has reserved."""
    if amount_ore <= 0:
        return _("The amount must be above zero.")
    if amount_ore > reserved_ore:
        return _("Only %(left)s is left of what was reserved. More needs a new decision.") % {
            "left": format_kronor(reserved_ore)
        }
    return None


def why_not_twice(decision: Decision, document_number: str) -> str | None:
    """Say why a document cannot be paid for `decision`: it is paid already.  Asks the database."""
    paid = decision.entries.filter(
        kind=LedgerKind.PAYOUT,
        document_number=document_number,
        corrects=None,
        corrections=None,
    )
    if document_number and paid.exists():
        return _(
            "Document %(number)s is already paid here. If it is paid in parts, "
            "write which part, for example %(number)s/2."
        ) % {"number": document_number}
    return None


def why_not_correct(entry: LedgerEntry, left_ore: int) -> str | None:
    """Say why a row cannot be taken back.  Asks the database.

    Args:
        left_ore: What is left in the row's period.
    """
    if refusal := why_not_correct_kind(entry):
        return refusal
    if entry.corrections.exists():
        return _("The row is already corrected.")
    if entry.kind == LedgerKind.ALLOCATION:
        if entry.amount_ore > left_ore:
            return _(
                "Only %(left)s is left in %(period)s, for the money has been promised or has moved "
                "on. Release what is promised first, or correct it where the money is now."
            ) % {"left": format_kronor(left_ore), "period": entry.period}
        return None
    return _why_not_take_payment_back(entry)


def why_not_correct_kind(entry: LedgerEntry) -> str | None:
    """Say why rows like this are never taken back."""
    if entry.corrects_id is not None:
        return _("This row is itself a correction. Write what is right as a new row.")
    if entry.kind == LedgerKind.ALLOCATION:
        return None
    if entry.kind == LedgerKind.PAYOUT and entry.account == Account.PROJECT:
        return None
    return _(
        "Only allocations and payments of project money are corrected. "
        "A promise is changed by a new decision, or by releasing its money."
    )


def why_not_let_go(
    idea: Idea, funds: list[Fund], person: Person, *, work_is_stopped: bool = False
) -> str | None:
    """Say why `person` may not release the money of `idea`, which `funds` have promised."""
    if refusal := why_not(IDEA_FLOW["let_go"], idea, person):
        return refusal
    for fund in funds:
        if refusal := why_not_manage(fund, person):
            return refusal
    if idea.status == IdeaStatus.UNDERWAY and not work_is_stopped:
        return _(
            "The work is under way. When it has been stopped, its money can be released on the "
            "page of the work."
        )
    return None


def _why_not_take_payment_back(entry: LedgerEntry) -> str | None:
    """A payment goes back to what is reserved, which is there only until the promise is closed."""
    assert entry.decision is not None  # a constraint: a payment names its decision
    closed = entry.decision.entries.filter(kind=LedgerKind.RELEASE, account=Account.PROJECT)
    if closed.exists() or entry.decision.idea.status not in (
        IdeaStatus.FUNDED,
        IdeaStatus.UNDERWAY,
    ):
        return _(
            "The money of the idea is settled, so the payment cannot be taken back here. "
            "Correct it in the finance system, and allocate what comes back as a new amount."
        )
    return None
