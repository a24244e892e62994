"""The words of statistical process control: kinds of chart, rules, what goes in and what comes out."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Self

FEWEST_POINTS = 10  # Murray & Provost: below this a run chart cannot tell chance from change
FEWEST_FOR_LIMITS = 12  # the product's ladder: preliminary limits from here
FEWEST_FOR_FIRM_LIMITS = 20  # Provost & Murray: limits on fewer points are trial limits
FEWEST_FOR_ICONS = 13  # NHS England's tool: no icon on fewer

BY_D2 = 3 / 1.128  # three sigma in mean moving ranges, as Montgomery's tables and qicharts2 have it
BY_NHS = 2.66  # the same, rounded as NHS England's tool has it


class ChartKind(StrEnum):
    """What is counted, and so how far chance reaches.

    The chart of moving ranges is no kind of its own: it goes with I (`moving_ranges`).
    """

    RUN = "run"  # any value: the median, no limits
    I = "i"  # noqa: E741 (one value at a time; every book calls it I)
    P = "p"  # a share: how many of how many
    U = "u"  # a rate: events per area of opportunity
    C = "c"  # a count, the opportunity being the same
    P_PRIME = "pp"  # a share of so many that they vary more than chance (Laney)
    U_PRIME = "up"
    G = "g"  # opportunities between rare events
    T = "t"  # time between rare events

    @property
    def has_denominator(self) -> bool:
        return self in WITH_DENOMINATOR

    @property
    def has_limits(self) -> bool:
        return self is not ChartKind.RUN


WITH_DENOMINATOR = frozenset({ChartKind.P, ChartKind.U, ChartKind.P_PRIME, ChartKind.U_PRIME})


class RuleSet(StrEnum):
    """By which rules a change is told from chance.  Three sigma goes with each where there are limits."""

    ANHOEJ = "anhoej"
    NHS = "nhs"
    WESTERN = "western"


class Rule(StrEnum):
    """What was seen that chance hardly gives."""

    OUTSIDE = "outside"  # a point beyond three sigma
    SHIFT = "shift"  # too many in a row on one side of the centre
    CROSSINGS = "crossings"  # the centre is crossed too seldom
    TREND = "trend"  # too many in a row, each higher or each lower than the one before
    TWO_OF_THREE = "two_of_three"  # beyond two sigma
    FOUR_OF_FIVE = "four_of_five"  # beyond one sigma
    EIGHT = "eight"  # in a row on one side


@dataclass(frozen=True, slots=True)
class NhsRules:
    """The numbers in the NHS rules on which makers differ.

    Attributes:
        outside_counts: In two of three, a point beyond three sigma counts as one beyond two.
    """

    shift: int = 7
    trend: int = 7
    outside_counts: bool = True


NHS_ENGLAND = NhsRules()  # as its tool counts since 2023
PLOT_THE_DOTS = NhsRules(outside_counts=False)  # as the R package NHSRplotthedots 0.2.2 counts


@dataclass(frozen=True, slots=True)
class Observation:
    """What was seen once: a value, or so many of so many.  All None where something is missing.

    Attributes:
        excluded: Drawn, but not counted: not in the centre, the limits or the runs.
    """

    value: float | None = None
    numerator: float | None = None
    denominator: float | None = None
    excluded: bool = False


@dataclass(frozen=True, slots=True)
class Settings:
    """How a series is judged.

    Attributes:
        screening: Leave unusually large moving ranges (Nelson 1982) out of the limits.
        multiply: What values and lines are multiplied by at the end: 100 for per cent.
        limit_factor: Three sigma in mean moving ranges: `BY_D2` or `BY_NHS`.
    """

    kind: ChartKind = ChartKind.RUN
    rules: RuleSet = RuleSet.ANHOEJ
    screening: bool = True
    multiply: float = 1.0
    limit_factor: float = BY_D2
    nhs: NhsRules = NHS_ENGLAND


class Firmness(IntEnum):
    """The ladder: what so many points allow one to say.  Its steps can be compared with <."""

    LINE = 0  # 1–9 points: dots and a line
    RUN = 1  # 10–11: the median, Anhøj's rules
    PRELIMINARY = 2  # 12–19: preliminary limits
    FIRM = 3  # 20 and more

    @classmethod
    def of(cls, points: int) -> Self:
        """
        >>> [Firmness.of(n).name for n in (9, 10, 12, 20)]
        ['LINE', 'RUN', 'PRELIMINARY', 'FIRM']
        """
        if points >= FEWEST_FOR_FIRM_LIMITS:
            return cls.FIRM
        if points >= FEWEST_FOR_LIMITS:
            return cls.PRELIMINARY
        return cls.RUN if points >= FEWEST_POINTS else cls.LINE


class Assurance(StrEnum):
    """Whether the process, left as it is, will reach its target."""

    PASSES = "passes"
    HIT_OR_MISS = "hit_or_miss"
    FAILS = "fails"
    NONE = "none"  # no target, no direction, no limits or too few points


@dataclass(frozen=True, slots=True)
class RunLimits:
    """What chance alone hardly goes beyond, for a number of useful points."""

    longest_run_max: int
    crossings_min: int


@dataclass(frozen=True, slots=True)
class Run:
    """Useful points in a row on one side of the centre: their places, and +1 above, −1 below."""

    places: tuple[int, ...]
    side: int


@dataclass(frozen=True, slots=True)
class Signal:
    """Something that chance hardly gives, and at which places of the series.

    Attributes:
        side: +1 up, −1 down, 0 neither.
    """

    rule: Rule
    places: tuple[int, ...]
    side: int


@dataclass(frozen=True, slots=True)
class Phase:
    """One stretch of a series, judged by itself.  Nothing crosses its borders.

    Attributes:
        start, stop: The phase's places in the series; `stop` is the first place after it.
        kind, rules: How it was judged.
        centre: In the unit of the values; None where no point counts.
        lower, upper: Three sigma, one for each place; None where there is none.
        inner_lower, inner_upper: Two sigma, likewise.
        points: How many values there are that count.
        base: How many of them the lines are taken from; fewer than `points` if it is frozen.
        useful: How many of them are not on the centre line; only these make runs.
        runs: Every useful point, in order, cut where the line crosses the centre.
        limits: Anhøj's limits for so many useful points.
        signals: What the rules find, whatever the number of points; in the order of the places.
    """

    start: int
    stop: int
    kind: ChartKind
    rules: RuleSet
    centre: float | None
    lower: tuple[float | None, ...]
    upper: tuple[float | None, ...]
    inner_lower: tuple[float | None, ...]
    inner_upper: tuple[float | None, ...]
    points: int
    base: int
    useful: int
    runs: tuple[Run, ...]
    limits: RunLimits
    signals: tuple[Signal, ...]

    @property
    def firmness(self) -> Firmness:
        """How far up the ladder the lines are, by the points they are taken from."""
        return Firmness.of(self.base)

    @property
    def shows_centre(self) -> bool:
        """Enough points for a centre line; with fewer it says more than is known."""
        return self.firmness >= Firmness.RUN

    @property
    def shows_limits(self) -> bool:
        """Enough points for limits, be they preliminary."""
        return self.kind.has_limits and self.firmness >= Firmness.PRELIMINARY

    @property
    def has_enough(self) -> bool:
        """Enough useful points to tell chance from change."""
        return self.useful >= FEWEST_POINTS

    @property
    def crossings(self) -> int:
        return max(len(self.runs) - 1, 0)

    @property
    def longest(self) -> Run | None:
        """The longest run, the latest if several are."""
        return max(reversed(self.runs), key=lambda run: len(run.places), default=None)

    @property
    def shift(self) -> Run | None:
        """The latest run that is longer than chance explains, by Anhøj's rules."""
        too_long = (r for r in self.runs[::-1] if len(r.places) > self.limits.longest_run_max)
        return next(too_long, None)

    @property
    def crosses_seldom(self) -> bool:
        """Fewer crossings of the centre line than chance explains, by Anhøj's rules."""
        return self.crossings < self.limits.crossings_min

    @property
    def has_signal(self) -> bool:
        """Whether Anhøj's rules find a change, whatever rules the phase is judged by."""
        return self.shift is not None or self.crosses_seldom

    @property
    def direction(self) -> int:
        """Return where a signal of Anhøj's says that the values have gone: +1 up, −1 down, 0 neither.

        The rules find that something other than chance is at work, not where it went.  It is said
        only where the order of the runs leaves no doubt: a shift that lasts, a shift that was
        left, or one single crossing.
        """
        if not self.has_signal:
            return 0
        first, last, shift = self.runs[0], self.runs[-1], self.shift
        if shift is None:
            return last.side if self.crossings <= 1 else 0
        if shift is last:
            return last.side
        return -first.side if shift is first else 0

    def at(self, place: int, line: Sequence[float | None]) -> float | None:
        """Return one of the phase's lines at a place of the series."""
        return line[place - self.start]


@dataclass(frozen=True, slots=True)
class Analysis:
    """A series judged: one value for each observation (None: missing, or nothing to divide by)."""

    values: tuple[float | None, ...]
    phases: tuple[Phase, ...]

    @property
    def signals(self) -> tuple[Signal, ...]:
        return tuple(signal for phase in self.phases for signal in phase.signals)

    @property
    def last(self) -> Phase | None:
        return self.phases[-1] if self.phases else None


RunPhase = Phase
