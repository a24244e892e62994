"""For which days a value is expected."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

from ..models.team import Frequency

MONTHS = {Frequency.MONTHLY: 1, Frequency.QUARTERLY: 3}
DAYS = {Frequency.DAILY: 1, Frequency.WEEKLY: 7}
# So many days after the day it is about, a value that has not come is late.
LATE_AFTER = {
    Frequency.DAILY: 3,
    Frequency.WEEKLY: 7,
    Frequency.MONTHLY: 14,
    Frequency.QUARTERLY: 21,
}


def next_day(frequency: str, newest: date | None, *, on: date) -> date | None:
    """Return the day that the next value is about; None where none is expected on any day.

    Args:
        newest: The day of the newest value; None before the first.
        on: Today.

    >>> next_day(Frequency.MONTHLY, date(2026, 8, 31), on=date(2026, 9, 15))
    datetime.date(2026, 9, 30)
    """
    if newest is None:
        return _first(frequency, on)
    if frequency in DAYS:
        return newest + timedelta(days=DAYS[Frequency(frequency)])
    if frequency in MONTHS:
        return _months_on(newest, MONTHS[Frequency(frequency)])
    return None


def days_due(frequency: str, newest: date | None, *, on: date, most: int) -> list[date]:
    """Return the days, the latest `most` of them, whose values are due and have not come."""
    due = list(_due(frequency, newest, on))
    return due[-most:] if most else []


def is_late(frequency: str, newest: date | None, *, on: date) -> bool:
    """Say whether a value should have come by now."""
    expected = next_day(frequency, newest, on=on) if newest else None
    return expected is not None and (on - expected).days > LATE_AFTER[Frequency(frequency)]


def _due(frequency: str, newest: date | None, on: date) -> Iterator[date]:
    day = next_day(frequency, newest, on=on)
    while day is not None and day <= on:
        yield day
        day = next_day(frequency, day, on=on)


def _first(frequency: str, on: date) -> date | None:
    """Return the latest day that has been, of a measure without values."""
    if frequency in MONTHS:
        month_before = on.replace(day=1) - timedelta(days=1)
        return on if _is_month_end(on) else month_before
    return on if frequency in DAYS else None


def _months_on(day: date, months: int) -> date:
    """Return the same day so many months on; the last of a month stays the last of a month."""
    place = day.year * 12 + day.month - 1 + months
    year, month = place // 12, place % 12 + 1
    last = monthrange(year, month)[1]
    return date(year, month, last if _is_month_end(day) else min(day.day, last))


def _is_month_end(day: date) -> bool:
    return (day + timedelta(days=1)).day == 1
