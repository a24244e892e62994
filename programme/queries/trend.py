"""The four key features over many works: how large a share has each, half-year by half-year.

The same four as in guidance/features.py, asked of the database for thousands of works at once; a
test holds that both say the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    Count,
    ExpressionWrapper,
    F,
    IntegerField,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import ExtractMonth, ExtractYear

from ..guidance.features import FEWEST_VALUES
from ..guidance.hints import A_MONTH
from ..models import Cycle, Phase, Work, WorkMeasure, WorkStatus
from ..models.cycle import SMALL
from ..models.work import WorkQuerySet

NAMES = ("linked", "small_first", "predicted", "over_time")
FEWEST_WORKS = 5  # below this a share says more about chance than about how one works
WRITTEN = r"\S"


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


def half_years_of(works: WorkQuerySet) -> list[HalfYear]:
    """Return the half-years in which `works` began, the earliest first.  One query."""
    half = Case(When(began_in__lte=6, then=Value(1)), default=Value(2), output_field=IntegerField())
    rows: Any = (
        with_features(works)
        .annotate(year=ExtractYear("started_on"), began_in=ExtractMonth("started_on"))
        .annotate(half=half)
        .values("year", "half")
        .order_by("year", "half")
        .annotate(
            works=Count("pk"),
            **{f"n_{name}": Count("pk", filter=Q(**{name: True})) for name in NAMES},
        )
    )
    return [
        HalfYear(r["year"], r["half"], r["works"], {name: r[f"n_{name}"] for name in NAMES})
        for r in rows
    ]


def together(halves: Sequence[HalfYear]) -> HalfYear:
    """Return all of them as one."""
    return HalfYear(
        0,
        0,
        sum(each.works for each in halves),
        {name: sum(each.met[name] for each in halves) for name in NAMES},
    )


def lacking(works: WorkQuerySet, name: str = "") -> QuerySet[Work]:
    """Return those that lack a feature, or any of them; those that began last first."""
    missing = Q()
    for each in [name] if name in NAMES else NAMES:
        missing |= Q(**{each: False})
    found = with_features(works).filter(missing).select_related("unit")
    return found.order_by("-started_on", "-pk")


def with_features(works: WorkQuerySet) -> WorkQuerySet:
    """Say of each work which of the four features it has."""
    started = Cycle.objects.exclude(status=Phase.PLAN)
    carried = started.filter(previous__work=F("work"), previous__learning__regex=WRITTEN).exclude(
        previous__status=Phase.PLAN
    )
    first = started.order_by("work", "number").distinct("work").values("pk")
    small = Cycle.objects.filter(pk__in=first, scale__in=SMALL)
    without = started.exclude(prediction__regex=WRITTEN)
    often = WorkMeasure.objects.filter(
        measure__verdict__points__gte=FEWEST_VALUES, measure__verdict__usual_gap__lte=A_MONTH
    )
    return works.annotate(
        linked=_in(carried),
        small_first=_in(small),
        predicted=ExpressionWrapper(
            Q(pk__in=started.values("work")) & ~Q(pk__in=without.values("work")),
            output_field=BooleanField(),
        ),
        over_time=_in(often),
    )


def _in(things: QuerySet[Any]) -> Any:
    """Say whether a work is among those of `things`; asked once, and not for each work."""
    return ExpressionWrapper(Q(pk__in=things.values("work")), output_field=BooleanField())
