"""The eight months of support.  Pure."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..months import months_on, whole_months
from ..wording import day

SOON = 30  # days before the end when it is time to agree on what comes after


@dataclass(frozen=True, slots=True)
class Clock:
    """How far the support of a work has come.

    Attributes:
        passed: Whole months since it began, at most `total`.
        total: The months it was agreed for; at least one.
        share: How much of the time has passed, in per cent, for the bar.
        days_left: Below 0 when it has run over.
    """

    starts_on: date
    until: date
    passed: int
    total: int
    share: int
    days_left: int

    @property
    def is_over(self) -> bool:
        return self.days_left < 0

    @property
    def is_soon_over(self) -> bool:
        return 0 <= self.days_left <= SOON

    @property
    def text(self) -> str:
        """Say it in words: 5 of 8 months, until 14 March 2027."""
        words = {"passed": self.passed, "total": self.total, "day": day(self.until)}
        if self.is_over:
            return _("The time ran out on %(day)s") % words
        return (
            ngettext(
                "%(passed)s of %(total)s month, until %(day)s",
                "%(passed)s of %(total)s months, until %(day)s",
                self.total,
            )
            % words
        )


def clock_of(starts_on: date, until: date, *, on: date) -> Clock:
    """Return how far the support has come on a day.

    Args:
        starts_on, until: The first and the last day that were agreed.
    """
    total = max(1, whole_months(starts_on, until))
    if months_on(starts_on, total) < until:  # a part of a month counts as one
        total += (until - months_on(starts_on, total)).days > 14
    length = max(1, (until - starts_on).days)
    gone = min(max(0, (on - starts_on).days), length)
    return Clock(
        starts_on=starts_on,
        until=until,
        passed=min(whole_months(starts_on, on), total),
        total=total,
        share=round(100 * gone / length),
        days_left=(until - on).days,
    )
