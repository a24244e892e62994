"""Time in the demo: a calendar relative to today, a clock that can be set, and who comes next.

The journal, the ledger and the decisions are written once and never changed, so what happened a
year ago must be written under a clock that stands a year ago.
"""

import heapq
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta, tzinfo
from random import Random
from typing import Any

from django.utils import timezone

# A story does something, says when it goes on, does the next thing, and so on.
Story = Iterator[datetime]

MONTHS = (
    *("januari", "februari", "mars", "april", "maj", "juni"),
    *("juli", "augusti", "september", "oktober", "november", "december"),
)


class Calendar:
    """Days counted back from today, on weekdays and in office hours."""

    def __init__(self, today: date) -> None:
        self.today = today

    def day(self, days_ago: int) -> date:
        """Return the day so long ago, or the Friday before where it was a weekend."""
        return weekday(self.today - timedelta(days=days_ago))

    def moment(self, days_ago: int, chance: Random) -> datetime:
        return moment_on(self.day(days_ago), chance)

    def month_ends(self, count: int, *, newest: int, not_in_july: bool) -> list[date]:
        """Return the last days of so many months, oldest first; newest 1 is last month."""
        ends: list[date] = []
        first = self.today.replace(day=1)
        passed = 0
        while len(ends) < count:
            end = first - timedelta(days=1)
            first = end.replace(day=1)
            passed += 1
            if passed >= newest and not (not_in_july and end.month == 7):
                ends.insert(0, end)
        return ends


def weekday(day: date) -> date:
    """Return the day, or the Friday before it where it is a weekend."""
    return day - timedelta(days=max(0, day.weekday() - 4))


def moment_on(day: date, chance: Random) -> datetime:
    """Return a moment of the working day."""
    return timezone.make_aware(
        datetime.combine(day, time(chance.randint(8, 15), chance.randrange(60)))
    )


class Clock:
    """What `timezone.now` answers while the demo is loaded."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    @property
    def on(self) -> date:
        return timezone.localdate(self.moment)


@contextmanager
def set_back(to: datetime) -> Iterator[Clock]:
    """Let `timezone.now` answer what the clock says, everywhere in this process.

    Models have `timezone.now` itself as their default, so it cannot be exchanged by name; the
    class that it asks can.  This belongs to the loader of the demo alone.
    """
    clock = Clock(to)

    class Then(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Any:
            return clock.moment.astimezone(tz)

    names: Any = timezone  # its `datetime` is no part of what it offers
    before, names.datetime = names.datetime, Then
    try:
        yield clock
    finally:
        names.datetime = before


def play(stories: Iterable[Story], clock: Clock) -> None:
    """Let all stories happen, always the one whose turn is first.  Time never goes back."""
    coming: list[tuple[datetime, int, Story]] = []
    for number, story in enumerate(stories):
        _queue(coming, number, story)
    while coming:
        when, number, story = heapq.heappop(coming)
        clock.moment = max(clock.moment, when)
        _queue(coming, number, story)


def _queue(coming: list[tuple[datetime, int, Story]], number: int, story: Story) -> None:
    when = next(story, None)
    if when is not None:
        heapq.heappush(coming, (when, number, story))
