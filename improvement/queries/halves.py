"""Half-years, as most funds are divided (W-18)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ..models import Period


@dataclass(frozen=True, slots=True)
class Half:
    """A stretch of time that can become a period; its name is in the organisation's language."""

    name: str
    starts_on: date
    ends_on: date


def half_years(year: int) -> list[Half]:
    """Return the two half-years of `year`."""
    return [half_from(date(year, 1, 1)), half_from(date(year, 7, 1))]


def years_to_add(periods: Iterable[Period], *, on: date) -> list[int]:
    """Return of this year and the next those whose half-years can be added to `periods`."""
    taken = {(period.starts_on, period.ends_on) for period in periods}

    def is_free(half: Half) -> bool:
        return all(last < half.starts_on or first > half.ends_on for first, last in taken)

    years = []
    for year in (on.year, on.year + 1):
        halves = [half for half in half_years(year) if half.ends_on >= on]
        missing = [half for half in halves if (half.starts_on, half.ends_on) not in taken]
        if missing and all(is_free(half) for half in missing):
            years.append(year)
    return years


def half_from(day: date) -> Half:
    """Return what remains of the half-year that `day` lies in, from `day` on.

    >>> half_from(date(2026, 7, 1)).ends_on
    datetime.date(2026, 12, 31)
    """
    is_first = day.month <= 6
    ends_on = date(day.year, 6, 30) if is_first else date(day.year, 12, 31)
    begins = (day.month, day.day) in ((1, 1), (7, 1))
    with translation.override(settings.LANGUAGE_CODE):
        if not begins:
            name = f"{date_format(day, 'j F')}–{date_format(ends_on, 'j F Y')}"
        elif is_first:
            name = _("First half of %(year)s") % {"year": day.year}
        else:
            name = _("Second half of %(year)s") % {"year": day.year}
    return Half(name, day, ends_on)


def half_after(day: date) -> Half:
    """Return the half-year, or what remains of it, that begins the day after `day`."""
    return half_from(day + timedelta(days=1))
