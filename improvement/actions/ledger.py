"""The one place that writes rows of money.  Callers hold the fund's lock."""

from foundation.journal import record
from organisation.models import Person

from ..models import Account, Decision, LedgerEntry, LedgerKind, Period


def write(
    period: Period,
    kind: LedgerKind,
    amount_ore: int,
    decision: Decision | None = None,
    account: Account | str = "",
    *,
    document_number: str = "",
    note: str = "",
    by: Person | None,
) -> LedgerEntry:
    """Add a row and its line in the journal.

    Args:
        amount_ore: Above zero; the kind says from where to where (`models.fund.MOVES`).
        decision, account: For reservation, release and payout: whose promise, and which part.

    Raises:
        IntegrityError: the row would make the period, or the promise, less than zero.
    """
    entry = LedgerEntry.objects.create(
        period=period,
        kind=kind,
        amount_ore=amount_ore,
        decision=decision,
        account=account,
        document_number=document_number,
        note=note,
        by=by,
    )
    record(f"ledger.{kind}", period, by=by, amount_ore=amount_ore, entry=entry.pk)
    return entry
