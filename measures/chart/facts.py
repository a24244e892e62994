"""What a chart says, as numbers and names in no language: to be kept, and read by overviews."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Self

from ..spc import RuleSet
from .judged import Judged, judge
from .lines import newest_limit
from .model import Chart, Verdict

MOST_VALUES = 24  # the newest so many are kept, for a small chart

COMMON, EXCLUDED = ".", "x"
LETTERS = {Verdict.BETTER: "b", Verdict.WORSE: "w"}


@dataclass(frozen=True, slots=True)
class VerdictFacts:
    """A chart's verdict and what a small chart of it needs.

    Attributes:
        verdict: A `Verdict`; `variation` the same, or empty on too few points for an icon.
        side: Where the verdict says that the values have gone: +1, −1, 0.
        assurance: An `Assurance`.
        points, useful, base: Of the newest phase, as in `spc.Phase`.
        firmness: A step of the ladder: "line", "run", "preliminary" or "firm".
        newest_on: An ISO date.
        centre, lower, upper: The newest phase's lines where they are shown; the newest limits.
        signals: Every signal: rule, side, first and last day (ISO), how many points.
        values: The newest values, None where one is missing.
        marks: A letter for each value: "." common, "b" better, "w" worse, "u" up and "d" down
            and neither, "x" excluded.
        phase_from: Which of the values begins the newest phase; 0 if it began before them.
    """

    verdict: str
    variation: str
    side: int
    assurance: str
    kind: str
    rules: str
    points: int
    useful: int
    base: int
    firmness: str
    newest_value: float | None
    newest_on: str | None
    centre: float | None
    lower: float | None
    upper: float | None
    target: float | None
    higher_is_better: bool | None
    phases: int
    signals: tuple[tuple[str, int, str, str, int], ...]
    values: tuple[float | None, ...]
    marks: str
    phase_from: int

    def as_json(self) -> dict[str, Any]:
        """Return what a JSONField keeps."""
        return asdict(self)

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Self:
        """Return the facts that were kept; what an older version lacks is empty."""
        known = {f.name: kept[f.name] for f in fields(cls) if f.name in kept}
        known["signals"] = tuple(tuple(signal) for signal in kept.get("signals", ()))
        known["values"] = tuple(kept.get("values", ()))
        return cls(**EMPTY | known)


EMPTY: dict[str, Any] = {
    "verdict": Verdict.TOO_FEW.value,
    "variation": "",
    "side": 0,
    "assurance": "none",
    "kind": "run",
    "rules": RuleSet.ANHOEJ.value,
    "points": 0,
    "useful": 0,
    "base": 0,
    "firmness": "line",
    "newest_value": None,
    "newest_on": None,
    "centre": None,
    "lower": None,
    "upper": None,
    "target": None,
    "higher_is_better": None,
    "phases": 0,
    "marks": "",
    "phase_from": 0,
}


def verdict_facts(chart: Chart | Judged) -> VerdictFacts:
    """Return what is kept of a chart: no words, no dates but ISO, nothing but JSON can hold."""
    judged = chart if isinstance(chart, Judged) else judge(chart)
    chart, phase, newest = judged.chart, judged.last, judged.newest
    first = max(len(judged.values) - MOST_VALUES, 0)
    places = range(first, len(judged.values))
    shows_limits = phase is not None and phase.shows_limits
    return VerdictFacts(
        verdict=judged.verdict.value,
        variation=judged.variation.value if judged.variation else "",
        side=judged.side,
        assurance=judged.assurance.value,
        kind=phase.kind.value if phase else chart.settings.kind.value,
        rules=phase.rules.value if phase else chart.settings.rules.value,
        points=phase.points if phase else 0,
        useful=phase.useful if phase else 0,
        base=phase.base if phase else 0,
        firmness=phase.firmness.name.lower() if phase else "line",
        newest_value=None if newest is None else judged.values[newest],
        newest_on=None if newest is None else chart.points[newest].on.isoformat(),
        centre=phase.centre if phase and phase.shows_centre else None,
        lower=newest_limit(phase, chart, is_upper=False) if phase and shows_limits else None,
        upper=newest_limit(phase, chart, is_upper=True) if phase and shows_limits else None,
        target=chart.target,
        higher_is_better=chart.higher_is_better,
        phases=len(judged.phases),
        signals=tuple(
            (
                signal.rule.value,
                signal.side,
                chart.points[signal.places[0]].on.isoformat(),
                chart.points[signal.places[-1]].on.isoformat(),
                len(signal.places),
            )
            for _phase, signal in judged.signals
        ),
        values=judged.values[first:],
        marks="".join(_letter(judged, place) for place in places),
        phase_from=max(phase.start - first, 0) if phase else 0,
    )


def _letter(judged: Judged, place: int) -> str:
    if judged.chart.points[place].excluded_because:
        return EXCLUDED
    mark = judged.marks.get(place)
    if mark is None:
        return COMMON
    return LETTERS.get(mark.meaning, "u" if mark.side > 0 else "d")
