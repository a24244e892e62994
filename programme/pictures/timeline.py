"""Tests along a line of time.  Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

WIDE, HIGH = 1000, 20  # of one row's drawing, which is stretched to the room it gets
THIN = 4  # of a bar that is too short to be seen


@dataclass(frozen=True, slots=True)
class Stretch:
    """When a test was planned, tested and ended; `ended` is today while it goes on."""

    planned: date
    started: date | None
    ended: date
    outcome: str


def months_between(first: date, last: date) -> list[date]:
    """Return the first day of each month after `first` and not after `last`.

    >>> [day.month for day in months_between(date(2026, 11, 20), date(2027, 2, 1))]
    [12, 1, 2]
    """
    months: list[date] = []
    year, month = first.year, first.month
    while True:
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
        if (day := date(year, month, 1)) > last:
            return months
        months.append(day)


def draw_row(stretch: Stretch, first: date, last: date) -> SafeString:
    """Draw one test between two days; decoration, for the row says it in words."""

    def x(day: date) -> int:
        return round(WIDE * (day - first).days / max(1, (last - first).days))

    ticks: Sequence[date] = months_between(first, last)
    begins = stretch.started or stretch.ended
    return format_html(
        '<svg class="time-row" viewBox="0 0 {} {}" preserveAspectRatio="none" aria-hidden="true">'
        '{}<rect class="time-planned" x="{}" y="8" width="{}" height="4"/>{}</svg>',
        *(WIDE, HIGH),
        format_html_join(
            "",
            '<line class="time-month" x1="{}" x2="{}" y1="0" y2="{}"/>',
            ((x(day), x(day), HIGH) for day in ticks),
        ),
        x(stretch.planned),
        max(THIN, x(begins) - x(stretch.planned)),
        format_html(
            '<rect class="time-tested" data-outcome="{}" x="{}" y="3" width="{}" height="14"/>',
            stretch.outcome or "open",
            x(begins),
            max(THIN, x(stretch.ended) - x(begins)),
        )
        if stretch.started
        else "",
    )
