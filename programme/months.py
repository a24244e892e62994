"""Months on the calendar.  Pure."""

from calendar import monthrange
from datetime import date


def months_on(day: date, months: int) -> date:
    """Return the same day so many months later, or the last of a month that is too short.

    >>> months_on(date(2026, 6, 30), 8)
    datetime.date(2027, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def whole_months(first: date, last: date) -> int:
    """Return how many whole months lie between two days; 0 where `last` comes first.

    >>> whole_months(date(2026, 6, 30), date(2027, 2, 28))
    8
    """
    months = max(0, (last.year - first.year) * 12 + last.month - first.month)
    while months and months_on(first, months) > last:
        months -= 1
    return months
