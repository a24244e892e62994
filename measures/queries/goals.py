"""The goals beside the outcomes."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Q

from foundation.numbers import number
from organisation.models import Unit

from ..models import (
    Gender,
    Goal,
    Good,
    Kpi,
    KpiValue,
    MeasureKpi,
    MeasureYear,
    Municipality,
    QualityArea,
)
from ..rounding import rounded
from ..wording import value_text


@dataclass(frozen=True, slots=True)
class Goals:
    """The goals for some measures and KPIs, by what they are for and the year of the outcome.

    Where a measure is shown a year late, ask for the year of its values: `outcome.year`.
    """

    of_measures: dict[tuple[int, int], list[Goal]] = field(default_factory=dict)
    of_kpis: dict[tuple[int, int], list[Goal]] = field(default_factory=dict)

    def for_measure(self, measure_id: int, year: int) -> Goal | None:
        """The goal of the unit closest to the reader's own; that of all, if there is no other."""
        found = self.of_measures.get((measure_id, year))
        return found[-1] if found else None

    def for_kpi(self, kpi_id: int, year: int) -> Goal | None:
        found = self.of_kpis.get((kpi_id, year))
        return found[-1] if found else None

    def __bool__(self) -> bool:
        return bool(self.of_measures or self.of_kpis)


def goals_for(
    measures: Collection[int] = (), kpis: Collection[int] = (), units: Collection[Unit] = ()
) -> Goals:
    """Return the goals of these measures and KPIs (ids).  One query, with the units of the goals.

    Args:
        units: Whose goals, those of the units above them too; none: only those of the whole
            organisation.
    """
    above = {pk for unit in units for pk in unit.lineage}
    whose = Q(unit__parent=None) | Q(unit__in=above)
    goals = Goal.objects.filter(Q(measure__in=measures) | Q(kpi__in=kpis), whose)
    of_measures: dict[tuple[int, int], list[Goal]] = defaultdict(list)
    of_kpis: dict[tuple[int, int], list[Goal]] = defaultdict(list)
    for goal in goals.select_related("unit").order_by("unit__path"):
        if goal.measure_id is not None:
            of_measures[goal.measure_id, goal.year].append(goal)
        elif goal.kpi_id is not None:
            of_kpis[goal.kpi_id, goal.year].append(goal)
    return Goals(dict(of_measures), dict(of_kpis))


def is_reached(goal: Decimal, outcome: float | None, good: str, decimals: int) -> bool | None:
    """Say whether an outcome reached its goal; None when there is nothing to say.

    The outcome counts as it is shown, or with the goal's decimals if it has more: who reads 90
    beside the goal 90 is right that it was reached.
    """
    if outcome is None or good == Good.NEITHER:
        return None
    exponent = goal.normalize().as_tuple().exponent
    shown = rounded(outcome, max(decimals, -exponent if isinstance(exponent, int) else 0))
    return shown >= goal if good == Good.HIGH else shown <= goal


def goal_text(goal: Goal, unit_word: str = "") -> str:
    """Write a goal's value as people do: "92", "4,5 %"."""
    return f"{number(goal.value)}\N{NO-BREAK SPACE}{unit_word}" if unit_word else number(goal.value)


# --- the page of all goals -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class GoalLine:
    """A goal as it is listed, with the outcome if it is a goal of the whole organisation."""

    goal: Goal
    name: str
    area: QualityArea | None
    code: str  # of the KPI, for its page
    value: str
    outcome: str
    reached: bool | None


def goal_lines(area: QualityArea | None, home: Municipality | None) -> list[GoalLine]:
    """Return the goals of one area or of all, the latest year first.  Four queries."""
    goals = Goal.objects.select_related("unit", "measure__area", "kpi")
    if area is not None:
        parts = MeasureKpi.objects.filter(measure__area=area).values("kpi")
        goals = goals.filter(Q(measure__area=area) | Q(kpi__in=parts))
    found = list(goals.order_by("-year", "unit__path", "measure__area__position", "pk"))
    outcomes = _outcomes(found, home) if home else {}
    ways = _ways({goal.measure_id for goal in found if goal.measure_id})
    return [_line(goal, outcomes, ways) for goal in found]


@dataclass(frozen=True, slots=True)
class _Way:
    """How the values of a measure or a KPI are written, and which way is good."""

    good: str
    unit_word: str
    decimals: int


def _line(goal: Goal, outcomes: dict[int, float | None], ways: dict[int, _Way]) -> GoalLine:
    kpi, measure = goal.kpi, goal.measure
    way = (
        _Way(kpi.good, kpi.unit_word, kpi.decimals)
        if kpi
        else ways.get(goal.measure_id or 0, _Way(Good.NEITHER, "", 0))
    )
    outcome = outcomes.get(goal.pk) if goal.unit.parent_id is None else None
    return GoalLine(
        goal=goal,
        name=kpi.name if kpi else str(measure),
        area=measure.area if measure else None,
        code=kpi.code if kpi else "",
        value=goal_text(goal, way.unit_word),
        outcome="" if outcome is None else value_text(outcome, way.decimals),
        reached=is_reached(goal.value, outcome, way.good, way.decimals),
    )


def _outcomes(goals: Collection[Goal], home: Municipality) -> dict[int, float | None]:
    """Return what became of it, by the id of the goal.  Two queries."""
    years = {goal.year for goal in goals}
    kpis = {goal.kpi_id for goal in goals if goal.kpi_id}
    said = KpiValue.objects.filter(
        kpi__in=kpis, year__in=years, municipality=home, gender=Gender.ALL
    )
    of_kpis = {(one.kpi_id, one.year): one.value for one in said}
    measures = {goal.measure_id for goal in goals if goal.measure_id}
    standings = MeasureYear.objects.seen_by(home).filter(measure__in=measures, year__in=years)
    of_measures = {(one.measure_id, one.year): one.own for one in standings}
    return {
        goal.pk: of_kpis.get((goal.kpi_id, goal.year))
        if goal.kpi_id
        else of_measures.get((goal.measure_id or 0, goal.year))
        for goal in goals
    }


def _ways(measures: Collection[int]) -> dict[int, _Way]:
    """Return how each measure is written: as its counted parts, where they agree.  One query."""
    kpis: dict[int, list[Kpi]] = defaultdict(list)
    parts = MeasureKpi.objects.filter(measure__in=measures, is_left_out=False)
    for part in parts.select_related("kpi"):
        kpis[part.measure_id].append(part.kpi)
    return {
        measure: _Way(
            good=counted[0].good if len({kpi.good for kpi in counted}) == 1 else Good.NEITHER,
            unit_word=counted[0].unit_word if len({kpi.unit_word for kpi in counted}) == 1 else "",
            decimals=min(kpi.decimals for kpi in counted),
        )
        for measure, counted in kpis.items()
    }
