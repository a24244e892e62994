"""The one place that writes rows of money.  Callers hold the fund's lock."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from foundation.journal import record_all
from organisation.models import Person

from ..models import Account, Decision, LedgerEntry, LedgerKind, Period


@dataclass(frozen=True, slots=True)
class Row:
    """A movement that is to be written.

    Attributes:
        amount_ore: Above zero; the kind says from where to where (`models.fund.MOVES`).
        decision, account: For reservation, release and payout: whose promise, and which part.
        corrects: The row that this one takes back; then `amount_ore` is below zero.
        key: Names the form it was asked for in, so that the same form is one row.
    """

    period: Period
    kind: LedgerKind
    amount_ore: int
    decision: Decision | None = None
    account: Account | str = ""
    document_number: str = ""
    note: str = ""
    corrects: LedgerEntry | None = None
    key: UUID | None = None


def write_all(rows: Iterable[Row], *, by: Person | None) -> list[LedgerEntry]:
    """Add rows in one statement, and their lines in the journal in another.

    Raises:
        IntegrityError: they would make a period, or a promise, less than zero; or a row belongs to
            a promise that is closed.
    """
    entries = LedgerEntry.objects.bulk_create([LedgerEntry(**_fields(row), by=by) for row in rows])
    record_all(
        (
            (
                f"ledger.{'correction' if entry.corrects_id else entry.kind}",
                entry.period,
                {"amount_ore": entry.amount_ore, "entry": entry.pk},
            )
            for entry in entries
        ),
        by=by,
    )
    return entries


def write(
    period: Period,
    kind: LedgerKind,
    amount_ore: int,
    decision: Decision | None = None,
    account: Account | str = "",
    *,
    document_number: str = "",
    note: str = "",
    corrects: LedgerEntry | None = None,
    key: UUID | None = None,
    by: Person | None,
) -> LedgerEntry:
    """Add one row; see `Row` and `write_all`."""
    row = Row(period, kind, amount_ore, decision, account, document_number, note, corrects, key)
    return write_all([row], by=by)[0]


def _fields(row: Row) -> dict[str, object]:
    return {name: getattr(row, name) for name in row.__slots__}
