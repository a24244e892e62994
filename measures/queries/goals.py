"""The goals beside the outcomes."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Q

from foundation.numbers import number
from organisation.models import Unit

from ..models import Goal, Good
from ..rounding import rounded


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
