"""Rewards that have been paid: for those who keep the fund, and for payroll."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from foundation.journal import subject_of
from foundation.models import Event

from ..models import Account, Fund, LedgerEntry, LedgerKind, RewardUse
from .statement import midnight_after


@dataclass(frozen=True, slots=True)
class Reward:
    """One payment of a reward.

    `use` is None until somebody has declared it; `people` None where nobody counted them.
    """

    entry: LedgerEntry
    use: RewardUse | None
    people: int | None


def rewards_paid(
    fund: Fund, *, first: date | None = None, last: date | None = None
) -> QuerySet[LedgerEntry]:
    """Return the payments of rewards from `fund` on those days, the latest first."""
    rows = LedgerEntry.objects.filter(
        period__fund=fund, kind=LedgerKind.PAYOUT, account=Account.REWARD
    )
    if first is not None:
        rows = rows.filter(at__gte=midnight_after(first - timedelta(days=1)))
    if last is not None:
        rows = rows.filter(at__lt=midnight_after(last))
    return rows.select_related(
        "period", "decision__idea__unit", "decision__reward_use__declared_by"
    ).order_by("-at", "-pk")


def told_of(entries: Iterable[LedgerEntry]) -> list[Reward]:
    """Add to each payment how it is to be used and how many took part.  One query."""
    shown = list(entries)
    ideas = [entry.decision.idea for entry in shown if entry.decision is not None]
    people: dict[str, int | None] = {
        subject: data.get("people")
        for subject, data in Event.objects.filter(
            kind="idea.complete", subject__in={subject_of(idea) for idea in ideas}
        ).values_list("subject", "data")
    }
    return [
        Reward(
            entry=entry,
            use=getattr(entry.decision, "reward_use", None),
            people=people.get(subject_of(entry.decision.idea)) if entry.decision else None,
        )
        for entry in shown
    ]
