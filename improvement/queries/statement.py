"""A period's money on any day: a statement, the rows behind it, and the same for other systems."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet, Sum
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ..models import Account, Fund, LedgerEntry, LedgerKind, Period

K = LedgerKind


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a statement, in öre; project money and reward apart where a line has both.

    `is_sum` marks the lines that the ones above add up to.
    """

    label: str | Promise
    total_ore: int
    project_ore: int | None = None
    reward_ore: int | None = None
    is_sum: bool = False


@dataclass(frozen=True, slots=True)
class Statement:
    """What had happened with a period's money when the day `on` was over."""

    period: Period
    on: date
    lines: list[Line]
    left_ore: int
    reserved_ore: int
    paid_ore: int


def rows_until(period: Period, on: date) -> QuerySet[LedgerEntry]:
    """Return the rows of a period up to and with the day `on`."""
    return period.entries.filter(at__lt=midnight_after(on))


def midnight_after(day: date) -> datetime:
    """Return the moment when `day` is over here."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


def statement(period: Period, *, on: date) -> Statement:
    """Add the rows up to and with `on`.  One query, answered from an index alone."""
    sums: dict[tuple[str, str], int] = {
        (kind, account): ore
        for kind, account, ore in rows_until(period, on)
        .order_by()
        .values_list("kind", "account")
        .annotate(ore=Sum("amount_ore"))
    }

    def of(kind: str, account: str = "") -> int:
        return sums.get((kind, account), 0)

    def line(label: str | Promise, kind: str, sign: int) -> Line:
        project_ore = sign * of(kind, Account.PROJECT)
        reward_ore = sign * of(kind, Account.REWARD)
        return Line(label, project_ore + reward_ore, project_ore, reward_ore)

    reserved = line(_("Reserved by decisions"), K.RESERVATION, -1)
    released = line(_("Released again"), K.RELEASE, 1)
    paid = line(pgettext_lazy("statement", "Paid"), K.PAYOUT, 1)
    standing = [
        -a - b - c
        for a, b, c in (
            (reserved.project_ore or 0, released.project_ore or 0, paid.project_ore or 0),
            (reserved.reward_ore or 0, released.reward_ore or 0, paid.reward_ore or 0),
        )
    ]
    moved = [
        Line(_("Brought forward from the period before"), of(K.ROLLOVER_IN)),
        Line(pgettext_lazy("statement", "Allocated"), of(K.ALLOCATION)),
        Line(_("Carried forward to the next period"), -of(K.ROLLOVER_OUT)),
        Line(_("Gone back to the organisation"), -of(K.LAPSE)),
        reserved,
        released,
    ]
    left_ore = sum(one.total_ore for one in moved)
    return Statement(
        period=period,
        on=on,
        lines=[
            *moved,
            Line(_("Left to decide on"), left_ore, is_sum=True),
            paid,
            Line(_("Still reserved"), sum(standing), standing[0], standing[1], is_sum=True),
        ],
        left_ore=left_ore,
        reserved_ore=sum(standing),
        paid_ore=paid.total_ore,
    )


# --- for the finance system -----------------------------------------------------------------------


def ledger_between(
    fund: Fund, *, first: date | None, last: date | None, period: Period | None = None
) -> QuerySet[LedgerEntry]:
    """Return the rows of a fund, or of one of its periods, on those days, in the order written."""
    rows = LedgerEntry.objects.filter(period__fund=fund)
    if period is not None:
        rows = rows.filter(period=period)
    if first is not None:
        rows = rows.filter(at__gte=midnight_after(first - timedelta(days=1)))
    if last is not None:
        rows = rows.filter(at__lt=midnight_after(last))
    return rows.select_related("period__fund", "decision__idea__unit", "by").order_by("at", "pk")


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """A row of the ledger as a page shows it, with the counter-row that takes it back, if any."""

    entry: LedgerEntry
    counter: LedgerEntry | None


def lines_of(ids: Iterable[int]) -> list[LedgerLine]:
    """Return the rows with those ids, the latest first, each with its counter-row.  Two queries.

    By id, so that the database joins only what a page shows and not the whole ledger.
    """
    rows = LedgerEntry.objects.filter(pk__in=list(ids)).order_by("-at", "-pk")
    shown = list(rows.select_related("period", "decision__idea", "by"))
    counters = LedgerEntry.objects.filter(corrects__in=shown).select_related("by")
    by_row = {counter.corrects_id: counter for counter in counters}
    return [LedgerLine(row, by_row.get(row.pk)) for row in shown]
