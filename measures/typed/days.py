"""A day as people write it, and as a spreadsheet program does."""

import re
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# What a month is called in Swedish and English, by its first three letters.
_MONTHS = {
    **{"jan": 1, "feb": 2, "mar": 3, "apr": 4, "maj": 5, "may": 5, "jun": 6, "jul": 7},
    **{"aug": 8, "sep": 9, "okt": 10, "oct": 10, "nov": 11, "dec": 12},
}
_WHOLE = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")  # 2026-09-30
_TOGETHER = re.compile(r"(\d{4})(\d\d)(\d\d)")  # 20260930
_DAY_FIRST = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})")  # 30/9 2026
_DAY_AND_WORD = re.compile(r"(\d{1,2})\.?[ -]([a-zåäö]{3,9})\.?[ -](\d{4}|\d{2})")  # 30 sep 2026
_MONTH = re.compile(r"(\d{4})[-/](\d{1,2})")  # 2026-09
_WORD_AND_YEAR = re.compile(r"([a-zåäö]{3,9})\.?[ -](\d{4}|\d{2})")  # sep-26
_YEAR_AND_WORD = re.compile(r"(\d{4})[ -]([a-zåäö]{3,9})\.?")
_WEEK = re.compile(r"(\d{4})[ -]?(?:v|w|vecka|week)\.? ?(\d{1,2})")  # 2026 v. 36
_WEEK_FIRST = re.compile(r"(?:v|w|vecka|week)\.? ?(\d{1,2})[ ,-]+(\d{4})")
_COUNTED = re.compile(r"\d{5}")  # days since 1899-12-30: a date whose cell has lost its form
_TIME = re.compile(r"[ t]\d{1,2}[:.]\d\d([:.]\d\d)?.*$")
_EPOCH = date(1899, 12, 30)


def day_in(text: str, *, on: date) -> date:
    """Return the day that is written; of a month its last day, of a week its Sunday.

    Args:
        on: Today.  A month or week that has not ended has no last day yet.

    Raises:
        ValidationError: it is no day, or is a month that goes on.

    >>> day_in("30/9 2026", on=date(2026, 11, 1)), day_in("sep-26", on=date(2026, 11, 1))
    (datetime.date(2026, 9, 30), datetime.date(2026, 9, 30))
    """
    plain = " ".join(text.casefold().replace(",", " ").split())
    plain = _TIME.sub("", plain) if len(plain) > 10 else plain
    try:
        day, is_stretch = _read(plain)
    except (ValueError, KeyError, OverflowError):
        raise ValidationError(
            _("“%(text)s” is no day. Write it as 2026-09-30.") % {"text": text[:30]}
        ) from None
    if is_stretch and day > on >= day.replace(day=1) and day - on < timedelta(days=31):
        raise ValidationError(
            _("“%(text)s” has not ended. Write the day it was measured.") % {"text": text[:30]}
        )
    return day


def _read(plain: str) -> tuple[date, bool]:
    """Return the day, and whether a whole month or week was written.

    Raises:
        ValueError, KeyError: it is none.
    """
    if found := _WHOLE.fullmatch(plain) or _TOGETHER.fullmatch(plain):
        year, month, day = (int(part) for part in found.groups())
        return date(year, month, day), False
    if found := _DAY_FIRST.fullmatch(plain):
        day, month, year = (int(part) for part in found.groups())
        return date(_year(year), month, day), False
    if found := _DAY_AND_WORD.fullmatch(plain):
        return date(_year(int(found[3])), _month(found[2]), int(found[1])), False
    if found := _MONTH.fullmatch(plain):
        return _month_end(int(found[1]), int(found[2])), True
    if found := _WORD_AND_YEAR.fullmatch(plain):
        return _month_end(_year(int(found[2])), _month(found[1])), True
    if found := _YEAR_AND_WORD.fullmatch(plain):
        return _month_end(int(found[1]), _month(found[2])), True
    if found := _WEEK.fullmatch(plain):
        return date.fromisocalendar(int(found[1]), int(found[2]), 7), True
    if found := _WEEK_FIRST.fullmatch(plain):
        return date.fromisocalendar(int(found[2]), int(found[1]), 7), True
    if _COUNTED.fullmatch(plain):
        return _EPOCH + timedelta(days=int(plain)), False
    raise ValueError(plain)


def _year(year: int) -> int:
    return year if year > 99 else 2000 + year


def _month(word: str) -> int:
    return _MONTHS[word[:3]]


def _month_end(year: int, month: int) -> date:
    following = date(year + month // 12, month % 12 + 1, 1) if 1 <= month <= 12 else date(0, 0, 0)
    return following - timedelta(days=1)
