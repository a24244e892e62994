"""What the quality viewer shows: an area, its measures, their KPIs, and each outcome in a year.

No database: these are gathered by `measures.queries.viewer`, and pages, files and papers are made
of them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from statistics import fmean

from ..models import (
    Band,
    Gender,
    Good,
    Kpi,
    Municipality,
    QualityArea,
    QualityMeasure,
    Status,
)
from ..rounding import rounded
from ..wording import difference_text, value_text
from .groups import Group

YEARS_SHOWN = 3
RECENT_YEARS = 5  # an area whose measures come in different years opens at one of these
NO_VALUE = Status.MISSING.sign


class National(StrEnum):
    """Which national value a difference is taken from.  The page names it."""

    MEAN = "medel"  # of the municipalities, unweighted
    WEIGHTED = "riket"  # as Kolada gives it for the country


class Split(StrEnum):
    """Whose values are shown: everybody's, women's, men's, or all three beside each other."""

    ALL = "T"  # the letters are Kolada's
    WOMEN = "K"
    MEN = "M"
    EACH = "KMT"

    @property
    def genders(self) -> tuple[Gender, ...]:
        """The first is the one that sentences and lists are about."""
        return {
            Split.ALL: (Gender.ALL,),
            Split.WOMEN: (Gender.WOMEN,),
            Split.MEN: (Gender.MEN,),
            Split.EACH: (Gender.ALL, Gender.WOMEN, Gender.MEN),
        }[self]


@dataclass(frozen=True, slots=True)
class Look:
    """How one looks at an area.  What stands in an address becomes this: `measures.address`.

    Attributes:
        year: The last of the years shown; None, or one that nothing is known of, is the area's own.
        count: How many years are shown.
        group: Within whom rank and difference are worked out, home among them; None is the whole
            country.  Colours are always among all in the country.
        as_of: Values as they were said on that day, and compared as they were; None is now.
        is_ours: Whether home is our own municipality.
    """

    year: int | None = None
    count: int = YEARS_SHOWN
    national: National = National.MEAN
    split: Split = Split.ALL
    group: Group | None = None
    as_of: date | None = None
    is_ours: bool = True


# --- one row: a KPI or a measure over the years -------------------------------------------------


@dataclass(frozen=True, slots=True)
class Place:
    """A rank among some, and what they have on average."""

    rank: int | None = None
    counted: int = 0
    mean: float | None = None
    weighted: float | None = None  # only the country has one


@dataclass(frozen=True, slots=True)
class Outcome:
    """One value, or the sign for why there is none, and how it stands among all."""

    year: int
    value: float | None
    sign: str  # shown where there is no value
    band: Band = Band.NONE
    rank: int | None = None
    counted: int = 0
    mean: float | None = None
    weighted: float | None = None
    within: Place | None = None  # in the chosen group; None when all are compared

    @property
    def place(self) -> Place:
        """The place among those that were chosen to compare with."""
        return self.within or Place(self.rank, self.counted, self.mean, self.weighted)

    def national(self, which: National) -> float | None:
        return self.mean if which is National.MEAN else self.weighted

    def difference(self, which: National) -> float | None:
        """Own − the group's mean if there is a group, else own − national; whichever way is good."""
        against = self.within.mean if self.within else self.national(which)
        return None if self.value is None or against is None else self.value - against


type Outcomes = Mapping[int, Outcome]  # by year, the oldest first


@dataclass(frozen=True, slots=True)
class Series:
    """A KPI's or a measure's outcomes, the oldest first, and how they are written."""

    name: str
    unit_word: str
    decimals: int
    good: Good
    outcomes: Outcomes  # of the gender that was chosen; all, if each of them was
    year_lag: int = 0
    kpi: Kpi | None = None
    is_left_out: bool = False
    is_own: bool = False  # our own survey: compared with nobody
    of_gender: Mapping[Gender, Outcomes] = field(default_factory=dict)  # every one that was chosen
    breaks: frozenset[int] = frozenset()  # years of `outcomes` that cannot be compared with earlier

    def under(self, year: int, gender: Gender | None = None) -> Outcome:
        """What is shown under `year`: the outcome of that year, or of the one it lags behind."""
        own = year - self.year_lag
        outcomes = self.outcomes if gender is None else self.of_gender.get(gender, {})
        return outcomes.get(own) or Outcome(own, None, NO_VALUE)

    def value_text(self, outcome: Outcome, *, with_unit: bool = False) -> str:
        if outcome.value is None:
            return outcome.sign
        return value_text(outcome.value, self.decimals, self.unit_word if with_unit else "")

    def difference_text(self, outcome: Outcome, which: National) -> str:
        difference = outcome.difference(which)
        return "" if difference is None else difference_text(difference, self.decimals)

    @property
    def latest(self) -> Outcome | None:
        valued = [outcome for outcome in self.outcomes.values() if outcome.value is not None]
        return valued[-1] if valued else None

    def is_broken(self, first: int, last: int) -> bool:
        """Say whether what is shown under `last` cannot be compared with `first`."""
        return any(first < year + self.year_lag <= last for year in self.breaks)

    def turn(self, year: int) -> int:
        """1 if it has become better two years in a row up to `year`, −1 if worse, else 0.

        As it is written: a change too small to be seen is none.
        """
        values = [self.under(y).value for y in (year - 2, year - 1, year)]
        if self.good == Good.NEITHER or self.is_broken(year - 2, year):
            return 0
        written = [rounded(value, self.decimals) for value in values if value is not None]
        if len(written) < len(values):
            return 0
        first, second, third = written if self.good == Good.HIGH else [-v for v in written]
        return (first < second < third) - (first > second > third)

    def change(self, year: int) -> float | None:
        """Return how much it has changed in a year up to `year`, if that can be said."""
        before, now = self.under(year - 1).value, self.under(year).value
        if before is None or now is None or self.is_broken(year - 1, year):
            return None
        return now - before


@dataclass(frozen=True, slots=True)
class MeasureSeries:
    """A quality measure with its parts."""

    measure: QualityMeasure
    whole: Series
    parts: tuple[Series, ...]

    @property
    def counted(self) -> tuple[Series, ...]:
        return tuple(part for part in self.parts if not part.is_left_out)

    @property
    def single(self) -> Series | None:
        """Its only part: the measure is then the same in all."""
        return self.counted[0] if len(self.counted) == 1 else None


def mean_of(values: list[float | None]) -> float | None:
    """Return the mean where all are there: what a measure is of its parts, unrounded."""
    known = [value for value in values if value is not None]
    return fmean(known) if values and len(known) == len(values) else None


# --- an area -------------------------------------------------------------------------------------


@dataclass(frozen=True)  # no slots: what is asked often is worked out once
class AreaView:
    """An area as one municipality sees it, looked at in one way.

    Values stand there for every year; ranks, colours and differences for the years shown.
    """

    area: QualityArea
    home: Municipality
    measures: tuple[MeasureSeries, ...]
    years: tuple[int, ...]  # that something is known for, the oldest first
    look: Look = field(default_factory=Look)
    groups: tuple[Group, ...] = ()  # whom one can choose to compare with; all come first

    @cached_property
    def last_year(self) -> int | None:
        """The latest year that at least half of the measures have a value for.

        If there is none among the recent, the one of those that most have a value for.
        """
        recent = [year for year in self.years if year > self.years[-1] - RECENT_YEARS]
        full = [year for year in recent if self.valued(year) * 2 >= len(self.measures)]
        if full:
            return full[-1]
        return max(recent, key=lambda year: (self.valued(year), year), default=None)

    @cached_property
    def shown(self) -> tuple[int, ...]:
        """The years to show, the oldest first; none before there are values."""
        asked = self.look.year
        last = asked if asked is not None and asked in self.years else self.last_year
        return () if last is None else tuple(range(last - self.look.count + 1, last + 1))

    @property
    def group(self) -> Group | None:
        return self.look.group

    @property
    def genders(self) -> tuple[Gender, ...]:
        return self.look.split.genders

    def valued(self, year: int) -> int:
        """Count the measures that have a value under `year`."""
        return sum(measure.whole.under(year).value is not None for measure in self.measures)

    def bands(self, year: int) -> dict[Band, int]:
        """Count the measures by colour, in one of the years shown."""
        counts = dict.fromkeys(Band, 0)
        for measure in self.measures:
            counts[measure.whole.under(year).band] += 1
        return counts

    @property
    def lacking(self) -> int:
        """How many of the measures have no value in any year."""
        return sum(measure.whole.latest is None for measure in self.measures)

    def counted_parts(self) -> Iterator[tuple[MeasureSeries, Series]]:
        """Every KPI that counts, with its measure."""
        for measure in self.measures:
            for part in measure.counted:
                yield measure, part
