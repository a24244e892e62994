"""What a release says: plain facts that stay as they were.  Knows neither database nor HTML.

`Facts.stored` is what the row keeps, and `Facts.read` what it says again years later: a field that
is added must have a default, or older releases cannot be read.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Self

from django.utils.translation import get_language

from foundation.numbers import number

from .wording import place_text, value_text


@dataclass(frozen=True, slots=True)
class Outcome:
    """A value, or the sign for why there is none, and how it stood among all."""

    year: int  # its own, which for a cost may be the year before the column's
    value: float | None
    sign: str
    verdict: str  # good, mid, bad, none
    rank: int | None = None  # where the rank was made public too
    counted: int = 0

    @property
    def place(self) -> str:
        return place_text(self.rank, self.counted) if self.rank else "–"


@dataclass(frozen=True, slots=True)
class GoalFact:
    year: int
    value: float
    note: str = ""


@dataclass(frozen=True, slots=True)
class MeasureFacts:
    """A measure over the years, and what is said of it."""

    name: str
    unit_word: str
    decimals: int
    good: str  # high, low, neither
    outcomes: tuple[Outcome, ...]  # one for each year shown
    year_lag: int = 0
    parts: tuple[str, ...] = ()  # the titles of the KPIs that it is the mean of
    is_own: bool = False  # from a survey of our own, not from Kolada
    comment: str = ""
    goal: GoalFact | None = None

    @property
    def is_low_good(self) -> bool:
        return self.good == "low"

    @property
    def has_no_way(self) -> bool:
        return self.good == "neither"

    @property
    def own_years(self) -> str:
        """The years of the values, where they are other than those above the columns."""
        if not self.year_lag or not self.outcomes:
            return ""
        return f"{self.outcomes[0].year}–{self.outcomes[-1].year}"

    @property
    def cells(self) -> list[tuple[Outcome, str]]:
        """Each outcome and how it is written."""
        return [(outcome, self._text(outcome)) for outcome in self.outcomes]

    @property
    def last(self) -> Outcome | None:
        return self.outcomes[-1] if self.outcomes else None

    @property
    def goal_text(self) -> str:
        return number(Decimal(str(self.goal.value))) if self.goal else ""

    def _text(self, outcome: Outcome) -> str:
        if outcome.value is None:
            return outcome.sign
        return value_text(outcome.value, self.decimals)


@dataclass(frozen=True, slots=True)
class Facts:
    """All that the public page of an area shows."""

    organisation: str
    home: str
    area: str
    about: str
    years: tuple[int, ...]  # above the columns, the oldest first
    as_of: str  # the day the values were taken, "2026-03-12"
    sentence: Mapping[str, str]  # by language
    measures: tuple[MeasureFacts, ...]
    introduction: str = ""
    shows_rank: bool = False
    shows_goals: bool = False

    @property
    def said(self) -> str:
        """The sentence, in the language that is active."""
        return self.sentence.get(get_language() or "", "") or next(iter(self.sentence.values()), "")

    @property
    def taken_on(self) -> date:
        return date.fromisoformat(self.as_of)

    @property
    def has_comments(self) -> bool:
        return any(measure.comment for measure in self.measures)

    @property
    def has_goals(self) -> bool:
        return any(measure.goal for measure in self.measures)

    @property
    def is_of_kolada(self) -> bool:
        return any(not measure.is_own for measure in self.measures)

    @property
    def has_own_surveys(self) -> bool:
        return any(measure.is_own for measure in self.measures)

    @property
    def counts(self) -> list[tuple[str, int]]:
        """Count the measures of the last year by colour, those without last; no zeros."""
        last = [measure.last.verdict for measure in self.measures if measure.last]
        return [(v, last.count(v)) for v in ("good", "mid", "bad", "none") if v in last]

    @property
    def stored(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> Self:
        measures = tuple(_measure(measure) for measure in stored["measures"])
        return cls(**{**stored, "years": tuple(stored["years"]), "measures": measures})


def _measure(stored: Mapping[str, Any]) -> MeasureFacts:
    goal = stored.get("goal")
    return MeasureFacts(
        **{
            **stored,
            "outcomes": tuple(Outcome(**outcome) for outcome in stored["outcomes"]),
            "parts": tuple(stored.get("parts", ())),
            "goal": GoalFact(**goal) if goal else None,
        }
    )
