"""A chart with all that its rules say of it, worked out once."""

from dataclasses import dataclass
from functools import cached_property
from math import floor, log10

from ..spc import (
    FEWEST_FOR_ICONS,
    Analysis,
    Assurance,
    Caution,
    Phase,
    Rule,
    RuleSet,
    Signal,
    assurance,
    labels,
    warnings,
)
from .model import Chart, Verdict
from .numbers import MOST_DECIMALS, value_text

BY_ANHOEJ = frozenset({Rule.SHIFT, Rule.CROSSINGS})


@dataclass(frozen=True, slots=True)
class Mark:
    """What a point in a signal means, by which rule, and to which side it went."""

    meaning: Verdict
    side: int
    rule: Rule


@dataclass(frozen=True)
class Judged:
    """A chart, and its analysis as far as so many points allow."""

    chart: Chart
    analysis: Analysis

    @property
    def values(self) -> tuple[float | None, ...]:
        """In the unit of the chart."""
        return self.analysis.values

    @property
    def phases(self) -> tuple[Phase, ...]:
        return self.analysis.phases

    @cached_property
    def _decimals(self) -> int:
        """How many decimals a line needs to be told from another, by how far the values reach."""
        known = [value for value in self.values if value is not None]
        span = max(known, default=0.0) - min(known, default=0.0)
        return min(max(2 - floor(log10(span)), 0), MOST_DECIMALS) if span > 0 else MOST_DECIMALS

    def line_text(self, value: float) -> str:
        """Write where a line lies, with no more decimals than the values bear."""
        return value_text(self.rounded_line(value))

    def rounded_line(self, value: float) -> float:
        return round(value, self._decimals)

    @property
    def last(self) -> Phase | None:
        return self.phases[-1] if self.phases else None

    def counts(self, place: int) -> bool:
        return self.values[place] is not None and not self.chart.points[place].excluded_because

    @cached_property
    def newest(self) -> int | None:
        """The place of the newest value that counts."""
        return next((p for p in reversed(range(len(self.values))) if self.counts(p)), None)

    def signals_of(self, phase: Phase) -> tuple[Signal, ...]:
        """Return the signals of a phase that its points allow one to speak of."""
        return tuple(
            signal
            for signal in phase.signals
            if (
                phase.has_enough or not (phase.rules is RuleSet.ANHOEJ and signal.rule in BY_ANHOEJ)
            )
            and (phase.shows_limits or self.chart.shows_ranges or signal.rule is not Rule.OUTSIDE)
            and (signal.rule is not Rule.OUTSIDE or self.counts(signal.places[0]))
        )

    @cached_property
    def signals(self) -> tuple[tuple[Phase, Signal], ...]:
        return tuple((phase, signal) for phase in self.phases for signal in self.signals_of(phase))

    def meaning_of(self, phase: Phase, signal: Signal) -> Verdict:
        """Say what a signal means.

        A shift that still lasts is better or worse; one that was left is a change, and where the
        values went from there is for the sentence to say.
        """
        if phase.rules is RuleSet.ANHOEJ and signal.rule is Rule.CROSSINGS:
            return self.chart.meaning_of(phase.direction)
        if phase.rules is RuleSet.ANHOEJ and signal.rule is Rule.SHIFT:
            lasts = signal.places == phase.runs[-1].places
            return self.chart.meaning_of(signal.side) if lasts else Verdict.CHANGE
        return self.chart.meaning_of(signal.side)

    @cached_property
    def marks(self) -> dict[int, Mark]:
        """What the points of signals mean; those that are in none are only chance."""
        marks: dict[int, Mark] = {}
        for phase in self.phases:
            for place, signal in labels(self.signals_of(phase)).items():
                meaning = self.meaning_of(phase, signal)
                marks[place] = Mark(meaning, signal.side, signal.rule)
        return marks

    @property
    def verdict(self) -> Verdict:
        """What the newest phase says."""
        return self._found[0]

    @property
    def side(self) -> int:
        """Where the verdict says that the values have gone: +1 up, −1 down, 0 neither."""
        return self._found[1]

    @cached_property
    def _found(self) -> tuple[Verdict, int]:
        """Return the verdict and its side.

        By Anhøj's rules that is where the runs have gone, and whether the newest point lies
        outside; by the others, what the newest point is called.
        """
        phase = self.last
        if phase is None or self.newest is None or self.newest < phase.start:
            return Verdict.TOO_FEW, 0
        if self.chart.shows_ranges and not phase.shows_limits:
            return Verdict.TOO_FEW, 0
        mark = self.marks.get(self.newest)
        if self.chart.shows_ranges or self.goes_by_newest(phase):
            return (mark.meaning, mark.side) if mark else (Verdict.CHANCE, 0)
        outside = mark.side if mark and mark.rule is Rule.OUTSIDE else 0
        if phase.has_enough and phase.has_signal:
            side = phase.direction if outside in (0, phase.direction) else 0
            return self.chart.meaning_of(side), side
        if outside:  # one point is no new level, whichever way it went
            return Verdict.CHANGE, outside
        return (Verdict.CHANCE if phase.has_enough else Verdict.TOO_FEW), 0

    @staticmethod
    def goes_by_newest(phase: Phase) -> bool:
        """Whether a phase says what its newest point is called, and not where its runs have gone."""
        return phase.rules is not RuleSet.ANHOEJ and phase.points >= FEWEST_FOR_ICONS

    @cached_property
    def assurance(self) -> Assurance:
        """Whether the process, left as it is, will reach the target.

        Limits around values that have moved describe neither how it was nor how it is, so they
        promise nothing: it is asked anew when the measure is judged anew.  The presets of others
        promise by their own rules.
        """
        phase = self.last
        if phase is None or not phase.shows_limits or self.chart.shows_ranges:
            return Assurance.NONE
        if phase.rules is RuleSet.ANHOEJ and phase.has_enough and phase.has_signal:
            return Assurance.NONE
        return assurance(phase, self.chart.target, self.chart.higher_is_better)

    @property
    def variation(self) -> Verdict | None:
        """The verdict as an icon; none on so few points that it would say more than is known."""
        phase = self.last
        if phase is None or phase.points < FEWEST_FOR_ICONS or self.verdict is Verdict.TOO_FEW:
            return None
        return self.verdict

    @cached_property
    def cautions(self) -> tuple[Caution, ...]:
        """What one should know before one trusts the chart."""
        if self.chart.shows_ranges:
            return ()
        return warnings(
            self.chart.observations(),
            self.chart.used_settings(),
            self.analysis,
            phase_starts=self.chart.phase_places(),
            baseline=self.chart.baseline_places(),
        )


def judge(chart: Chart) -> Judged:
    """Judge a chart; all that is drawn, said and listed of it begins here."""
    return Judged(chart, chart.analysis())
