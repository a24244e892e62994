"""Hints about a test, each with its reason and whose knowledge it is.  Pure; never in the way."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from statistics import median

from django.utils.translation import gettext as _

from measures.models.team import Frequency

from ..models import Cycle, Outcome, Phase
from ..models.cycle import LARGE

LONG_FOR_A_TEST = timedelta(weeks=4)
CYCLES_BEFORE_SCALING_UP = 2  # V-13: several cycles have shown that it works
A_MONTH = 31  # days
RARE = (Frequency.QUARTERLY, Frequency.SOMETIMES)

# Every hint there is, by what a team puts aside.
NAMES = (
    *("no_prediction", "prediction_not_measurable", "first_test_large", "scale_up_early"),
    *("no_learning_carried", "data_rare", "adopt_after_one", "open_long"),
)

DEMING = "Deming, The New Economics"
GUIDE = "Langley m.fl., The Improvement Guide"
TAYLOR = "Taylor m.fl. 2014, BMJ Quality & Safety"
REGION = "Västra Götalandsregionen, utbildningsplan 2024 (PGSA)"

# A number in figures, or one of the words that predict as well as a number.
_MEASURABLE = re.compile(
    r"\d|\b(ingen|inget|inga|alla|allt|varje|hälften|halvera\w*|dubbl\w*|fördubbl\w*|noll|en|ett"
    r"|två|tre|fyra|fem|sex|sju|åtta|nio|tio|none|all|every|half|halve\w*|double\w*|zero|one|two"
    r"|three|four|five|six|seven|eight|nine|ten)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Hint:
    """Something worth a thought, why, and whose knowledge it is.  `name` is one of `NAMES`."""

    name: str
    text: str
    why: str
    source: str

    @property
    def reason(self) -> str:
        return f"{self.why} ({self.source})"


@dataclass(frozen=True, slots=True)
class Measured:
    """How often a work's measure is measured.

    Attributes:
        frequency: What was agreed, a `measures.models.team.Frequency`.
        days: The days with a value that counts, in order.
    """

    frequency: str
    days: tuple[date, ...] = ()

    @property
    def usual_gap(self) -> float | None:
        """Days between two values, as a median; None before the third, when nothing is usual yet."""
        if len(self.days) < 3:
            return None
        return median((after - before).days for before, after in pairwise(self.days))

    @property
    def is_rare(self) -> bool:
        """Whether it is measured more rarely than each month: in fact, else as it was agreed."""
        gap = self.usual_gap
        return self.frequency in RARE if gap is None else gap > A_MONTH


def hints_for(
    cycle: Cycle, earlier: Sequence[Cycle], on: date, measured: Sequence[Measured] = ()
) -> list[Hint]:
    """Return what is worth a thought about `cycle`, which need not be saved yet.

    Args:
        earlier: The other cycles of the work, in order.
        on: Today.
        measured: The measures that the work follows.
    """
    if cycle.is_closed:
        return []
    concluded = [
        other
        for other in earlier
        if other.is_closed and (not cycle.number or other.number < cycle.number)
    ]
    shown = [other for other in concluded if other.outcome != Outcome.ABANDON]
    hints = []
    if cycle.status == Phase.PLAN:
        hints += _about_prediction(cycle.prediction)
        hints += _about_scale(cycle, concluded, shown)
        if concluded and cycle.previous_id is None:
            hints.append(_no_learning_carried())
        if measured and all(each.is_rare for each in measured):
            hints.append(_data_rare())
    if cycle.status == Phase.ACT and cycle.scale not in LARGE and not shown:
        hints.append(_adopt_after_one())
    if cycle.open_for_days(on) > LONG_FOR_A_TEST.days:
        hints.append(_open_long(cycle.open_for_days(on) // 7))
    return hints


def is_measurable(prediction: str) -> bool:
    """Say whether one can see afterwards if it came true: it has a number, or a word as good.

    >>> is_measurable("8 av 10"), is_measurable("Det blir bättre")
    (True, False)
    """
    return _MEASURABLE.search(prediction) is not None


def _about_prediction(prediction: str) -> list[Hint]:
    if not prediction.strip():
        return [
            Hint(
                "no_prediction",
                _("What do you think will happen? Write it before you test."),
                _("The difference between what you thought and what happened is what you learn."),
                DEMING,
            )
        ]
    if not is_measurable(prediction):
        return [
            Hint(
                "prediction_not_measurable",
                _("Can you predict a number? For example “8 of 10” or “from 25 to 20 minutes”."),
                _("With a number you see whether you were right, and how far from it."),
                DEMING,
            )
        ]
    return []


def _about_scale(cycle: Cycle, concluded: list[Cycle], shown: list[Cycle]) -> list[Hint]:
    if cycle.scale not in LARGE:
        return []
    if not concluded:
        return [
            Hint(
                "first_test_large",
                _("Can the first test be smaller: one person, or one day?"),
                _("A small test costs little when it fails, and you can change it tomorrow."),
                GUIDE,
            )
        ]
    if len(shown) < CYCLES_BEFORE_SCALING_UP:
        return [
            Hint(
                "scale_up_early",
                _("You are about to test on a larger scale after one cycle only."),
                _("Scale up when several cycles have shown that it works, not when one has."),
                REGION,
            )
        ]
    return []


def _no_learning_carried() -> Hint:
    return Hint(
        "no_learning_carried",
        _("What did you learn in the cycle before this? Build on it."),
        _("Cycles that build on each other become a spiral of learning."),
        TAYLOR,
    )


def _data_rare() -> Hint:
    return Hint(
        "data_rare",
        _("Can something be measured at least every month, while you test?"),
        _("With values far apart one does not see whether it was the test that changed something."),
        TAYLOR,
    )


def _adopt_after_one() -> Hint:
    return Hint(
        "adopt_after_one",
        _("Test once more before you adopt it?"),
        _("One test can succeed by chance. When several have shown the same, it holds."),
        GUIDE,
    )


def _open_long(weeks: int) -> Hint:
    return Hint(
        "open_long",
        _("The test has been going on for %(weeks)s weeks. Can it be ended, and studied?")
        % {"weeks": weeks},
        _("Short cycles teach faster. What you have seen so far is enough to learn from."),
        TAYLOR,
    )
