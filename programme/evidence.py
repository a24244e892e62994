"""How far a work has come, from what can be shown and not from what somebody believes.  Pure.

Five points, each for something that anybody can look up.  The same facts give the same points,
whoever asks and whenever.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from measures.chart import Verdict

FEWEST_VALUES = 10  # Murray & Provost: from here on a run chart tells chance from change
FEWEST_CYCLES = 2  # one test can succeed by chance; two that build on each other are a method
MOST_POINTS = 5


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known about a work.

    Attributes:
        has_aim: A level and a day are set, on a measure.
        values: How many values of the aim's measure count.
        values_in_phase: How many of them lie in its latest phase.
        verdict: What its chart says now, a `measures.chart.Verdict`; empty before the first value.
        rebased_on: The day from which it was judged anew because it had become better.
        reached: Whether its newest value is as good as the aim or better.
        cycles: Tests that were concluded: predicted before, and something learned.
        linked: How many of them carry on from one before.
        kept_on: The day of a follow-up that said that the effect was kept.
    """

    has_aim: bool = False
    values: int = 0
    values_in_phase: int = 0
    verdict: str = ""
    rebased_on: date | None = None
    reached: bool = False
    cycles: int = 0
    linked: int = 0
    kept_on: date | None = None


@dataclass(frozen=True, slots=True)
class Point:
    """One of the five: whether it is there, what shows it or is missing, and where one sees it."""

    name: str
    is_met: bool
    text: str
    route: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a work has come: 0 to 5, and why."""

    points: tuple[Point, ...]

    @property
    def score(self) -> int:
        return sum(point.is_met for point in self.points)

    @property
    def missing(self) -> Sequence[Point]:
        return [point for point in self.points if not point.is_met]


def progress_of(facts: Facts) -> Progress:
    """Return the five points of a work.

    Source: built like the project progress scale of the Institute for Healthcare Improvement
    (2004), but counted from what is in the application instead of judged.
    """
    return Progress((_aim(facts), _data(facts), _tests(facts), _signal(facts), _lasting(facts)))


def _aim(facts: Facts) -> Point:
    text = (
        _("The aim has a measure, a level and a day.")
        if facts.has_aim
        else _("The aim lacks a measure, a level or a day.")
    )
    return Point("aim", facts.has_aim, text, "work-charter")


def _data(facts: Facts) -> Point:
    text = ngettext(
        "%(count)s value over time; with %(enough)s one sees change from chance.",
        "%(count)s values over time; with %(enough)s one sees change from chance.",
        facts.values,
    ) % {"count": facts.values, "enough": FEWEST_VALUES}
    return Point("data", facts.values >= FEWEST_VALUES, text, "work-measures")


def _tests(facts: Facts) -> Point:
    is_met = facts.cycles >= FEWEST_CYCLES and facts.linked > 0
    if facts.cycles and not facts.linked:
        text = ngettext(
            "%(count)s concluded test, but none that builds on another.",
            "%(count)s concluded tests, but none that builds on another.",
            facts.cycles,
        ) % {"count": facts.cycles}
    else:
        text = ngettext(
            "%(count)s concluded test, with prediction and learning.",
            "%(count)s concluded tests, with prediction and learning.",
            facts.cycles,
        ) % {"count": facts.cycles}
    return Point("tests", is_met, text, "work-cycles")


def _signal(facts: Facts) -> Point:
    if facts.rebased_on is not None:
        text = _("The chart has shown an improvement, and is judged anew since %(day)s.") % {
            "day": facts.rebased_on.isoformat()
        }
        return Point("signal", True, text, "work-measures")
    is_met = facts.verdict == Verdict.BETTER
    text = (
        _("The chart shows an improvement that is more than chance.")
        if is_met
        else _("The chart shows no certain improvement yet.")
    )
    return Point("signal", is_met, text, "work-measures")


def _lasting(facts: Facts) -> Point:
    if facts.kept_on is not None:
        text = _("The follow-up %(day)s said that the effect is kept.") % {
            "day": facts.kept_on.isoformat()
        }
        return Point("lasting", True, text, "work-effect")
    is_met = (
        facts.reached
        and facts.rebased_on is not None
        and facts.values_in_phase >= FEWEST_VALUES
        and facts.verdict != Verdict.WORSE
    )
    text = (
        _("The aim is reached and has held for %(count)s values.")
        % {"count": facts.values_in_phase}
        if is_met
        else _("Nothing shows yet that the aim is reached and holds.")
    )
    return Point("lasting", is_met, text, "work-effect")
