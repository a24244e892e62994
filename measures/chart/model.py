"""What a chart consists of."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ..spc import RunPhase, run_chart


@dataclass(frozen=True, slots=True)
class Point:
    """A value on a day; None where one was expected and is missing."""

    on: date
    value: float | None
    excluded_because: str = ""  # drawn hollow, not counted
    note: str = ""


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
        baseline_until: The centre line is taken from the points before this day (before the
            first test), when there are enough of them to stand for how it was.
        today: Where bars that go on end.
    """

    title: str
    unit_word: str
    points: tuple[Point, ...]
    higher_is_better: bool
    today: date
    target: float | None = None
    bars: tuple[Bar, ...] = ()
    phase_starts: tuple[PhaseStart, ...] = ()
    baseline_until: date | None = None

    def phases(self) -> tuple[RunPhase, ...]:
        """Judge the points, phase by phase (`spc.run_chart`)."""
        return run_chart(
            [point.value for point in self.points],
            phase_starts=self.phase_places(),
            excluded={i for i, point in enumerate(self.points) if point.excluded_because},
            baseline=None if self.phase_starts else self.baseline(),
        )

    def baseline(self) -> int | None:
        """Return how many points stand for how it was, or None if they are too few for that.

        A centre line frozen on twelve points before the first test finds a shift in 42 of 100
        cases, one drawn through all points in 16 (simulated; Anhøj's rules, a shift of 1 SD).
        """
        if self.baseline_until is None:
            return None
        before = sum(
            p.on < self.baseline_until and p.value is not None and not p.excluded_because
            for p in self.points
        )
        return before if before >= FEWEST_FOR_BASELINE else None

    @property
    def heading(self) -> str:
        return f"{self.title}, {self.unit_word}" if self.unit_word else self.title

    def phase_places(self) -> tuple[int, ...]:
        """Return the place of the first point of each stated phase, in the order they are stated."""
        return tuple(
            next((i for i, p in enumerate(self.points) if p.on >= phase.on), len(self.points))
            for phase in self.phase_starts
        )

    def is_better(self, side: int) -> bool:
        """Say whether lying on `side` of the centre (+1 above, −1 below) is an improvement."""
        return (side > 0) == self.higher_is_better

    def verdict_on(self, phases: tuple[RunPhase, ...]) -> Verdict:
        """Return the verdict, when the phases are already judged."""
        if not phases or not phases[-1].has_enough:
            return Verdict.TOO_FEW
        last = phases[-1]
        if not last.has_signal:
            return Verdict.CHANCE
        if last.direction == 0:
            return Verdict.CHANGE
        return Verdict.BETTER if self.is_better(last.direction) else Verdict.WORSE

    def verdict(self) -> Verdict:
        return self.verdict_on(self.phases())

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


FEWEST_FOR_BASELINE = 10  # CNWL and Life QI ask for ten baseline points


def marks_of(chart: Chart, phases: tuple[RunPhase, ...]) -> dict[int, Verdict]:
    """Return what the points of a signal mean; those that are not in it are only chance.

    A shift that still lasts is better or worse; one that was left is a change, and where the
    values went from there is for the sentence to say.
    """
    marks: dict[int, Verdict] = {}
    for phase in phases:
        if phase.has_enough and phase.shift is not None:
            meaning = Verdict.CHANGE
            if phase.shift is phase.runs[-1]:
                meaning = Verdict.BETTER if chart.is_better(phase.shift.side) else Verdict.WORSE
            marks |= dict.fromkeys(phase.shift.places, meaning)
    return marks
