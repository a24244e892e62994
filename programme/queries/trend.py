"""The four key features over many works: how large a share has each, half-year by half-year.

The same four as in guidance/features.py, asked of the database for thousands of works at once and
with a few columns of each; a test holds that both say the same.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import Any, NamedTuple

from django.contrib.postgres.aggregates import BoolAnd, BoolOr
from django.db.models import (
    BooleanField,
    Case,
    ExpressionWrapper,
    F,
    IntegerField,
    Min,
    Q,
    Value,
    When,
)
from django.db.models.functions import Trim

from ..guidance.features import FEWEST_VALUES
from ..guidance.hints import A_MONTH
from ..models import Cycle, Phase, WorkMeasure, WorkStatus
from ..models.cycle import SMALL
from ..models.work import WorkQuerySet

NAMES = ("linked", "small_first", "predicted", "over_time")
FEWEST_WORKS = 5  # below this a share says more about chance than about how one works


# Every combination once, so that thousands of works share sixteen sets.
MET = {
    has: frozenset(name for name, is_met in zip(NAMES, has, strict=True) if is_met)
    for has in product((False, True), repeat=len(NAMES))
}


class WorkFacts(NamedTuple):
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
    rows = works.order_by("-started_on", "-pk").values_list("pk", "started_on")
    tested = _tested(works)
    often = set(
        WorkMeasure.objects.filter(
            work__in=works.values("pk"),
            measure__verdict__points__gte=FEWEST_VALUES,
            measure__verdict__usual_gap__lte=A_MONTH,
        ).values_list("work", flat=True)
    )
    never = (False, False, False)
    return [WorkFacts(pk, began, MET[(*tested.get(pk, never), pk in often)]) for pk, began in rows]


def _tested(works: WorkQuerySet) -> dict[int, tuple[bool, bool, bool]]:
    """Return the first three features of each work that has tested, by its id.  One query."""
    carried = Q(previous__isnull=False) & ~Q(previous__status=Phase.PLAN) & ~Q(learned="")
    # Of the first test, whose number is the smallest: odd if it was large.
    large = Case(When(scale__in=SMALL, then=Value(0)), default=Value(1))
    rows: Any = (
        Cycle.objects.exclude(status=Phase.PLAN)
        .filter(work__in=works.values("pk"))
        .order_by()
        .alias(learned=Trim("previous__learning"), foreseen=Trim("prediction"))
        .values("work")
        .annotate(
            is_linked=BoolOr(_yes(carried)),
            is_predicted=BoolAnd(_yes(~Q(foreseen=""))),
            first=Min(F("number") * 2 + large, output_field=IntegerField()),
        )
        .values_list("work", "is_linked", "first", "is_predicted")
    )
    return {work: (linked, first % 2 == 0, predicted) for work, linked, first, predicted in rows}


def _yes(condition: Q) -> Any:
    return ExpressionWrapper(condition, output_field=BooleanField())


def half_years_of(facts: Sequence[WorkFacts]) -> list[HalfYear]:
    """Return the half-years in which the works began, the earliest first."""
    alike = Counter((each.began.year, each.began.month > 6, each.met) for each in facts)
    works: Counter[tuple[int, bool]] = Counter()
    met: Counter[tuple[int, bool, str]] = Counter()
    for (year, is_autumn, names), number in alike.items():
        works[year, is_autumn] += number
        for name in names:
            met[year, is_autumn, name] += number
    return [
        HalfYear(
            year,
            2 if is_autumn else 1,
            works[year, is_autumn],
            {name: met[year, is_autumn, name] for name in NAMES},
        )
        for year, is_autumn in sorted(works)
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
