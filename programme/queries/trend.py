"""The four key features over many works: how large a share has each, half-year by half-year.

The same four as in guidance/features.py, asked of the database for thousands of works at once and
with a few columns of each; a test holds that both say the same.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg, BoolAnd, BoolOr
from django.db.models import BooleanField, ExpressionWrapper, Q
from django.db.models.functions import Trim

from ..guidance.features import FEWEST_VALUES
from ..guidance.hints import A_MONTH
from ..models import Cycle, Phase, WorkMeasure, WorkStatus
from ..models.cycle import SMALL
from ..models.work import WorkQuerySet

NAMES = ("linked", "small_first", "predicted", "over_time")
FEWEST_WORKS = 5  # below this a share says more about chance than about how one works


@dataclass(frozen=True, slots=True)
class WorkFacts:
    """When a work began, and which of the features it has; by the names of `NAMES`."""

    pk: int
    began: date
    met: frozenset[str]


@dataclass(frozen=True, slots=True)
class HalfYear:
    """The works that began in a half-year, and how many of them have each feature.

    Attributes:
        met: By the names of `NAMES`.
    """

    year: int
    half: int
    works: int
    met: dict[str, int]

    @property
    def is_few(self) -> bool:
        return self.works < FEWEST_WORKS

    def share(self, name: str) -> float | None:
        """Return the share with a feature, 0 to 1; None where the works are too few to say."""
        return None if self.is_few else self.met[name] / self.works


def that_have_tested(works: WorkQuerySet) -> WorkQuerySet:
    """Leave out those that have not come as far as testing, or were never wanted."""
    planning = (WorkStatus.PROPOSED, WorkStatus.PLANNED)
    return works.filter(is_confirmed=True).exclude(status__in=planning)


def facts_of(works: WorkQuerySet) -> list[WorkFacts]:
    """Return the features of each of the works; those that began last first.  Three queries."""
    rows = list(works.order_by("-started_on", "-pk").values_list("pk", "started_on"))
    tested = _tested(works)
    often = set(
        WorkMeasure.objects.filter(
            work__in=works.values("pk"),
            measure__verdict__points__gte=FEWEST_VALUES,
            measure__verdict__usual_gap__lte=A_MONTH,
        ).values_list("work", flat=True)
    )
    over_time = frozenset({"over_time"})
    none: frozenset[str] = frozenset()
    return [
        WorkFacts(pk, began, tested.get(pk, none) | (over_time if pk in often else none))
        for pk, began in rows
    ]


def _tested(works: WorkQuerySet) -> dict[int, frozenset[str]]:
    """Return the features that the tests of each work show, by its id.  One query."""
    carried = Q(previous__isnull=False) & ~Q(previous__status=Phase.PLAN) & ~Q(learned="")
    rows: Any = (
        Cycle.objects.exclude(status=Phase.PLAN)
        .filter(work__in=works.values("pk"))
        .order_by()
        .alias(learned=Trim("previous__learning"), foreseen=Trim("prediction"))
        .values("work")
        .annotate(
            is_linked=BoolOr(_yes(carried)),
            is_predicted=BoolAnd(_yes(~Q(foreseen=""))),
            scales=ArrayAgg("scale", order_by="number"),
        )
        .values_list("work", "is_linked", "scales", "is_predicted")
    )
    return {
        work: frozenset(
            name
            for name, is_met in zip(NAMES, (linked, scales[0] in SMALL, predicted), strict=False)
            if is_met
        )
        for work, linked, scales, predicted in rows
    }


def _yes(condition: Q) -> Any:
    return ExpressionWrapper(condition, output_field=BooleanField())


def half_years_of(facts: Sequence[WorkFacts]) -> list[HalfYear]:
    """Return the half-years in which the works began, the earliest first."""
    works: Counter[tuple[int, int]] = Counter()
    met: Counter[tuple[int, int, str]] = Counter()
    for each in facts:
        year, half = each.began.year, 1 if each.began.month <= 6 else 2
        works[year, half] += 1
        met.update((year, half, name) for name in each.met)
    return [
        HalfYear(year, half, works[year, half], {name: met[year, half, name] for name in NAMES})
        for year, half in sorted(works)
    ]


def together(halves: Sequence[HalfYear]) -> HalfYear:
    """Return all of them as one."""
    return HalfYear(
        0,
        0,
        sum(each.works for each in halves),
        {name: sum(each.met[name] for each in halves) for name in NAMES},
    )


def lacking(facts: Sequence[WorkFacts], name: str = "") -> list[int]:
    """Return the ids of those that lack a feature, or any of them, in the same order."""
    if name in NAMES:
        return [each.pk for each in facts if name not in each.met]
    return [each.pk for each in facts if len(each.met) < len(NAMES)]
