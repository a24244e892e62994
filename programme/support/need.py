"""How much a work needs its coach now, and why, in words.  Pure.

The same facts always give the same need, and worse facts never a lesser one.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Protocol

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy

from measures.chart import Verdict

from ..models import Phase, ReportStatus, WorkStatus

NO_DATA = timedelta(weeks=6)
NO_CONTACT = timedelta(days=30)
STUCK = timedelta(weeks=4)
ENDS_SOON = timedelta(days=30)
UNANSWERED = timedelta(days=14)
REPORT_LATE = timedelta(days=30)  # after the day of the aim, or after it was begun
NO_PREDICTION = timedelta(days=7)  # a plan may be a week old without one

NOW = 50  # from this score on a work is among those that need a visit


class Why(StrEnum):
    """What can be the matter, in the order in which it is said."""

    WORSE = "worse"
    NO_DATA = "no_data"
    NO_CONTACT = "no_contact"
    STUCK = "stuck"
    REPORT = "report"
    UNANSWERED = "unanswered"
    CLOCK = "clock"
    NO_COACH = "no_coach"
    PREDICTION = "prediction"


# What each weighs from the beginning, what each further week adds, and the most it can weigh.  Two
# ordinary reasons, or one that has lasted for long, make a work one of those that need a visit.
_WEIGHTS = {
    Why.WORSE: (40, 0, 40),
    Why.NO_DATA: (30, 2, 50),
    Why.NO_CONTACT: (25, 3, 50),
    Why.STUCK: (25, 3, 50),
    Why.REPORT: (20, 2, 40),
    Why.UNANSWERED: (20, 3, 40),
    Why.CLOCK: (15, 2, 30),
    Why.NO_COACH: (15, 0, 15),
    Why.PREDICTION: (10, 1, 20),
}

LABELS = {
    Why.WORSE: pgettext_lazy("need", "A measure that falls"),
    Why.NO_DATA: pgettext_lazy("need", "No data"),
    Why.NO_CONTACT: pgettext_lazy("need", "No contact"),
    Why.STUCK: pgettext_lazy("need", "A test that has stuck"),
    Why.REPORT: pgettext_lazy("need", "The report is late"),
    Why.UNANSWERED: pgettext_lazy("need", "Proposed, no answer"),
    Why.CLOCK: pgettext_lazy("need", "The support runs out"),
    Why.NO_COACH: pgettext_lazy("need", "No coach"),
    Why.PREDICTION: pgettext_lazy("need", "No prediction"),
}


@dataclass(frozen=True, slots=True)
class MeasureFacts:
    """What is stored of a measure."""

    name: str
    verdict: str = ""  # a `measures.chart.Verdict`
    newest_on: date | None = None
    carries_aim: bool = False


class Test(Protocol):
    """What is asked of a cycle; the model itself will do."""

    @property
    def number(self) -> int: ...
    @property
    def status(self) -> str: ...
    @property
    def planned_on(self) -> date: ...
    @property
    def started_on(self) -> date | None: ...
    @property
    def prediction(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Facts:
    """All that decides how much a work needs its coach.

    Attributes:
        contact_on: The latest contact.
        coached_from, coached_until: None where nobody coaches.
        report_status, report_since: Of the latest report; empty where none is begun.
    """

    status: str
    started_on: date
    aim_by: date | None = None
    measures: Sequence[MeasureFacts] = ()
    cycles: Sequence[Test] = ()
    contact_on: date | None = None
    coached_from: date | None = None
    coached_until: date | None = None
    report_status: str = ""
    report_since: date | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that is the matter.

    Attributes:
        weight: Its part of the score.
        days: For how long it has been so; 0 where that says nothing.
    """

    why: Why
    weight: int
    text: str
    days: int = 0


@dataclass(frozen=True, slots=True)
class Need:
    """How much, and why: the heaviest reason first."""

    score: int = 0
    reasons: tuple[Reason, ...] = field(default=())

    @property
    def is_now(self) -> bool:
        return self.score >= NOW

    @property
    def order(self) -> tuple[int, int]:
        """Sort by this: the greatest need first, and of equals what has lasted longest."""
        return -self.score, -max((reason.days for reason in self.reasons), default=0)


def need_of(facts: Facts, *, on: date) -> Need:
    """Return how much a work needs its coach on a day."""
    reasons = [
        Reason(why, _weight(why, late), text, days) for why, late, days, text in _reasons(facts, on)
    ]
    reasons.sort(key=lambda reason: (-reason.weight, list(Why).index(reason.why)))
    return Need(sum(reason.weight for reason in reasons), tuple(reasons))


def _weight(why: Why, late: int) -> int:
    """Args: late: Days beyond what is all right."""
    first, weekly, most = _WEIGHTS[why]
    return min(most, first + weekly * (max(0, late) // 7))


type _Found = tuple[Why, int, int, str]  # why, days late, days in all, in words


def _reasons(facts: Facts, on: date) -> Iterable[_Found]:
    if facts.status == WorkStatus.PROPOSED:
        yield from _unanswered(facts, on)
        return
    if facts.status not in (WorkStatus.PLANNED, WorkStatus.RUNNING, WorkStatus.SECURING):
        if facts.status == WorkStatus.PAUSED:
            yield from _clock(facts, on)
        return
    yield from _worse(facts)
    yield from _no_data(facts, on)
    yield from _no_contact(facts, on)
    yield from _cycles(facts, on)
    yield from _report(facts, on)
    yield from _clock(facts, on)


def _unanswered(facts: Facts, on: date) -> Iterable[_Found]:
    days = (on - facts.started_on).days
    if days >= UNANSWERED.days:
        text = _("Proposed %(days)s days ago, and nobody has answered") % {"days": days}
        yield Why.UNANSWERED, days - UNANSWERED.days, days, text


def _worse(facts: Facts) -> Iterable[_Found]:
    falling = [m.name for m in facts.measures if m.verdict == Verdict.WORSE]
    if falling:
        yield Why.WORSE, 0, 0, _("“%(measure)s” goes the wrong way") % {"measure": falling[0]}


def _no_data(facts: Facts, on: date) -> Iterable[_Found]:
    """The measure that carries the aim counts, else the newest of any."""
    carrying = [m for m in facts.measures if m.carries_aim] or facts.measures
    newest = max((m.newest_on for m in carrying if m.newest_on), default=None)
    days = (on - (newest or facts.started_on)).days
    if days <= NO_DATA.days:
        return
    late = days - NO_DATA.days
    weeks = {"weeks": days // 7}
    if newest is None:
        yield Why.NO_DATA, late, days, _("Nothing measured in %(weeks)s weeks") % weeks
    else:
        yield Why.NO_DATA, late, days, _("No data for %(weeks)s weeks") % weeks


def _no_contact(facts: Facts, on: date) -> Iterable[_Found]:
    if facts.coached_from is None:
        yield Why.NO_COACH, 0, 0, _("Nobody coaches the work")
        return
    since = facts.contact_on or facts.coached_from
    days = (on - since).days
    if days <= NO_CONTACT.days:
        return
    late = days - NO_CONTACT.days
    if facts.contact_on is None:
        text = _("No contact yet, in %(days)s days") % {"days": days}
    else:
        text = _("No contact for %(days)s days") % {"days": days}
    yield Why.NO_CONTACT, late, days, text


def _cycles(facts: Facts, on: date) -> Iterable[_Found]:
    """The one that has stood longest, and a plan that has no prediction yet."""
    stuck = min(
        (c for c in facts.cycles if c.started_on and c.status != Phase.CLOSED),
        key=lambda cycle: (cycle.started_on, cycle.number),
        default=None,
    )
    if stuck is not None and stuck.started_on and on - stuck.started_on > STUCK:
        days = (on - stuck.started_on).days
        words = {"number": stuck.number, "weeks": days // 7}
        text = _("Cycle %(number)s has been open for %(weeks)s weeks") % words
        yield Why.STUCK, days - STUCK.days, days, text
    planned = min(
        (c for c in facts.cycles if c.status == Phase.PLAN and not c.prediction.strip()),
        key=lambda cycle: (cycle.planned_on, cycle.number),
        default=None,
    )
    if planned is not None and on - planned.planned_on >= NO_PREDICTION:
        days = (on - planned.planned_on).days
        text = _("Cycle %(number)s has no prediction") % {"number": planned.number}
        yield Why.PREDICTION, days - NO_PREDICTION.days, days, text


def _report(facts: Facts, on: date) -> Iterable[_Found]:
    """Late: begun a month ago and not sent, or a month since the day of the aim and not begun."""
    if facts.report_status in (ReportStatus.DRAFT, ReportStatus.RETURNED):
        since, text = facts.report_since, _("The report has not been sent for %(days)s days")
    elif facts.report_status:
        return
    else:
        since, text = (
            facts.aim_by,
            _("The report is late: the day of the aim was %(days)s days ago"),
        )
    if since is not None and on - since > REPORT_LATE:
        days = (on - since).days
        yield Why.REPORT, days - REPORT_LATE.days, days, text % {"days": days}


def _clock(facts: Facts, on: date) -> Iterable[_Found]:
    if facts.coached_until is None:
        return
    left = (facts.coached_until - on).days
    if left < 0:
        text = ngettext(
            "The support ran out %(days)s day ago", "The support ran out %(days)s days ago", -left
        )
        yield Why.CLOCK, -left, -left, text % {"days": -left}
    elif left <= ENDS_SOON.days:
        text = ngettext(
            "%(days)s day left of the support", "%(days)s days left of the support", left
        )
        yield Why.CLOCK, 0, 0, text % {"days": left}
