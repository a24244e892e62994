"""What a chart consists of."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from ..spc import Analysis, ChartKind, Observation, Phase, Settings, moving_ranges, on_the_ladder

FEWEST_FOR_BASELINE = 10  # CNWL and Life QI ask for ten baseline points


@dataclass(frozen=True, slots=True)
class Point:
    """A value on a day; None where one was expected and is missing.

    Attributes:
        value: In the unit of the chart; where it is None, it is worked out from the parts.
        numerator, denominator: So many of so many, or events per so much; charts of shares and
            rates need both.
    """

    on: date
    value: float | None
    excluded_because: str = ""  # drawn hollow, not counted
    note: str = ""
    numerator: float | None = None
    denominator: float | None = None

    @property
    def has_parts(self) -> bool:
        return self.numerator is not None and self.denominator is not None


@dataclass(frozen=True, slots=True)
class Bar:
    """Something that went on for a while, drawn in the lane under the axis: a PDSA cycle."""

    label: str
    starts_on: date
    ends_on: date | None = None  # None: it goes on
    href: str = ""  # where one reads about it


@dataclass(frozen=True, slots=True)
class PhaseStart:
    """From this day the process is judged anew, for a stated cause."""

    on: date
    because: str


@dataclass(frozen=True, slots=True)
class NumberedNote:
    """A number in the drawing and the words that go with it, below the drawing.

    Attributes:
        place: Which point it is about, or None where it is about the start of a phase.
    """

    number: int
    on: date
    place: int | None
    words: str
    excluded_because: str = ""


class Verdict(StrEnum):
    """What the latest phase says, in the words of the legend."""

    TOO_FEW = "too_few"
    CHANCE = "chance"
    CHANGE = "change"  # something other than chance, but not simply better or worse
    BETTER = "better"
    WORSE = "worse"


@dataclass(frozen=True, slots=True)
class Chart:
    """A measure over time, with what was tried and what was aimed at.

    Attributes:
        points: In time order.
        higher_is_better: None where neither is.
        baseline_until: The lines of the first phase are taken from the points before this day
            (before the first test), when there are enough of them to stand for how it was.
        today: Where bars that go on end.
        settings: Which kind of chart, and by which rules.  `multiply` turns parts into the unit
            of the chart: 100 for per cent.
        shows_ranges: Draw how far each value is from the one before, not the values.
    """

    title: str
    unit_word: str
    points: tuple[Point, ...]
    higher_is_better: bool | None
    today: date
    target: float | None = None
    bars: tuple[Bar, ...] = ()
    phase_starts: tuple[PhaseStart, ...] = ()
    baseline_until: date | None = None
    settings: Settings = field(default_factory=Settings)
    shows_ranges: bool = False

    def analysis(self) -> Analysis:
        """Judge the points, phase by phase, as far as so many allow."""
        judge = moving_ranges if self.shows_ranges else on_the_ladder
        return judge(
            self.observations(),
            self.used_settings(),
            phase_starts=self.phase_places(),
            baseline=self.baseline_places(),
        )

    def phases(self) -> tuple[Phase, ...]:
        return self.analysis().phases

    def used_settings(self) -> Settings:
        """Return the settings; an I chart where a value that counts lacks its parts."""
        wanted = self.settings
        kind = wanted.kind
        if kind.has_denominator and any(
            point.value is not None and not point.has_parts and not point.excluded_because
            for point in self.points
        ):
            kind = ChartKind.I
        multiply = wanted.multiply if kind.has_denominator else 1.0  # plain values have their unit
        return Settings(
            kind, wanted.rules, wanted.screening, multiply, wanted.limit_factor, wanted.nhs
        )

    def observations(self) -> list[Observation]:
        if self.used_settings().kind.has_denominator:
            return [
                Observation(None, p.numerator, p.denominator, bool(p.excluded_because))
                for p in self.points
            ]
        return [
            Observation(self._value_of(p), excluded=bool(p.excluded_because)) for p in self.points
        ]

    def _value_of(self, point: Point) -> float | None:
        if point.value is not None or not point.denominator or point.numerator is None:
            return point.value
        return point.numerator / point.denominator * self.settings.multiply

    def baseline(self) -> int | None:
        """Return how many points stand for how it was, or None if they are too few for that.

        A centre line frozen on twelve points before the first test finds a shift in 42 of 100
        cases, one drawn through all points in 16 (simulated; Anhøj's rules, a shift of 1 SD).
        """
        if self.baseline_until is None:
            return None
        before = sum(
            p.on < self.baseline_until and self._value_of(p) is not None and not p.excluded_because
            for p in self.points
        )
        return before if before >= FEWEST_FOR_BASELINE else None

    def baseline_places(self) -> tuple[int | None, ...]:
        """Return how many places that baseline spans; only the first phase can have one."""
        if self.baseline_until is None or self.baseline() is None:
            return ()
        return (sum(point.on < self.baseline_until for point in self.points),)

    @property
    def heading(self) -> str:
        return f"{self.title}, {self.unit_word}" if self.unit_word else self.title

    def phase_places(self) -> tuple[int, ...]:
        """Return the place of the first point of each stated phase, in the order they are stated."""
        return tuple(
            next((i for i, p in enumerate(self.points) if p.on >= phase.on), len(self.points))
            for phase in self.phase_starts
        )

    def meaning_of(self, side: int) -> Verdict:
        """Say what it means that values go to `side` (+1 up, −1 down, 0 neither)."""
        if side == 0 or self.higher_is_better is None:
            return Verdict.CHANGE
        return Verdict.BETTER if (side > 0) == self.higher_is_better else Verdict.WORSE

    def numbered_notes(self) -> tuple[NumberedNote, ...]:
        """Number what was written about points and phases, in the order of the days."""
        told: list[tuple[date, int | None, str, str]] = [
            (phase.on, None, phase.because, "") for phase in self.phase_starts
        ]
        told += [
            (p.on, place, p.note, p.excluded_because)
            for place, p in enumerate(self.points)
            if p.note or p.excluded_because
        ]
        told.sort(key=lambda note: (note[0], note[1] is not None))
        return tuple(NumberedNote(n, *note) for n, note in enumerate(told, start=1))
