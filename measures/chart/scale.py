"""Where days and values lie in a drawing, and which of them are named along its axes."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil, floor, log10

from django.utils.formats import date_format
from django.utils.translation import get_language

from ..spc import ChartKind
from .judged import Judged

TOP, HEIGHT = 16, 234  # of the field of data, before the notes' numbers take their rows
EDGE = 14  # the first and the last point stand a little inside the field
DAYS_NAMED = 62  # a shorter time than this is named by days, a longer one by months


@dataclass(frozen=True, slots=True)
class Sheet:
    """The room of a drawing.

    Attributes:
        letter: About the width of a letter in its text, rather too wide than too narrow.
        line: The least distance between two lines of text.
    """

    width: int
    letter: float
    line: int
    is_narrow: bool = False

    def length_of(self, words: str) -> float:
        return len(words) * self.letter

    @property
    def small_letter(self) -> float:
        """In the names of tests."""
        return self.letter * 0.9


WIDE = Sheet(width=776, letter=7.4, line=16)
NARROW = Sheet(width=340, letter=7.9, line=17, is_narrow=True)  # for phones, with larger letters


@dataclass(frozen=True, slots=True)
class Scale:
    """The field of data: its edges in the drawing, and the days and values it spans."""

    left: float
    right: float
    first: date
    days: int
    low: float
    high: float
    top: float = TOP

    @property
    def bottom(self) -> float:
        return self.top + HEIGHT

    def x(self, day: date) -> float:
        left, right = self.left + EDGE, self.right - EDGE
        share = (day - self.first).days / self.days if self.days else 0.5
        return round(left + share * (right - left), 1)

    def y(self, value: float) -> float:
        return round(self.bottom - (value - self.low) / (self.high - self.low) * HEIGHT, 1)


FLAT = 0.4  # of the highest value; values closer together than this would look flat from zero
FLAT_FOR_COUNTS = 0.25  # of counts and shares more is borne: there zero means something


def value_ticks(judged: Judged) -> list[float]:
    """Return round values that span everything drawn; from zero where that flattens nothing."""
    values = [value for value in judged.values if value is not None]
    for phase in judged.phases:
        if phase.centre is not None:
            values.append(phase.centre)
        if phase.shows_limits:
            values += [limit for limit in (*phase.lower, *phase.upper) if limit is not None]
    if judged.chart.target is not None:
        values.append(judged.chart.target)
    kind = judged.chart.used_settings().kind
    plain = kind in {ChartKind.RUN, ChartKind.I} and not judged.chart.shows_ranges
    return ticks_over(values, flat=FLAT if plain else FLAT_FOR_COUNTS)


def ticks_over(values: Collection[float], *, flat: float = FLAT) -> list[float]:
    """Return round values that span `values`; from zero where that flattens nothing."""
    low, high = min(values, default=0.0), max(values, default=1.0)
    if low > 0 and high - low > flat * high:
        low = 0.0
    return round_ticks(low, high)


def round_ticks(low: float, high: float, steps: int = 4) -> list[float]:
    """Return round values from below `low` to above `high`, about so many steps apart."""
    if high - low < 1e-6 * max(abs(low), abs(high), 1000):
        low, high = low - max(abs(low) / 10, 1), high + max(abs(high) / 10, 1)
    step = _round_step((high - low) / steps)
    first, last = floor(low / step), ceil(high / step)
    return [round(i * step, 10) for i in range(first, last + 1)]


def _round_step(step: float) -> float:
    """Return the next of 1, 2 and 5 times a power of ten."""
    power = 10.0 ** floor(log10(step))
    return next(factor * power for factor in (1, 2, 5, 10) if step <= factor * power * 1.0001)


def day_ticks(scale: Scale, sheet: Sheet) -> list[tuple[date, str]]:
    """Return the days to name along the axis and their names, so few that they do not meet."""
    room = max(1, floor((scale.right - scale.left) / sheet.length_of("jan 2026_")))
    named = _days(scale, room) if scale.days < DAYS_NAMED else _months(scale, room)
    free_from = -sheet.length_of("_")
    kept = []
    for day, words in named:
        half = sheet.length_of(words) / 2
        if scale.x(day) - half >= free_from:
            kept.append((day, words))
            free_from = scale.x(day) + half + sheet.letter
    return kept


def _months(scale: Scale, room: int) -> list[tuple[date, str]]:
    """Name months, or years; the first with its year, and each January."""
    months = list(_firsts(scale))
    apart = next(n for n in (1, 2, 3, 6, 12, 24, 60, 120, 1200) if len(months) <= room * n)
    named = [d for d in months if (d.year * 12 + d.month - 1) % apart == 0] or months[:1]
    return [
        (day, _written(day, "M Y" if day == named[0] or day.month == 1 else "M")) for day in named
    ]


def _firsts(scale: Scale) -> Iterator[date]:
    """Give the first of each month; of the month that began just before, the first day drawn."""
    last = scale.first + timedelta(days=scale.days)
    year, month = scale.first.year, scale.first.month
    while (day := date(year, month, 1)) <= last:
        if (scale.first - day).days < 15:
            yield max(day, scale.first)
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)


def _days(scale: Scale, room: int) -> list[tuple[date, str]]:
    apart = next(n for n in (1, 2, 7, 14, 28, 62) if scale.days < room * n)
    named = [scale.first + timedelta(days=n) for n in range(0, scale.days + 1, apart)]
    return [(day, _written(day, "j M Y" if scale.days == 0 else "j M")) for day in named]


def _written(day: date, form: str) -> str:
    words = date_format(day, form)
    return words.lower() if get_language() == "sv" else words  # Swedish months have small letters
