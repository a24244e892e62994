"""What the pages of a work's tests show."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Q

from foundation.journal import subject_of
from foundation.models import Event

from ..guidance import Hint, Measured
from ..models import Cycle, HintDismissal, Work, WorkMeasure


def measured_of(works: Iterable[Work]) -> dict[int, list[Measured]]:
    """Return how often each work's measures are measured, by the work's id.  One query."""
    found: dict[int, list[Measured]] = defaultdict(list)
    value = "measure__measurements"
    counts = Q(**{f"{value}__value__isnull": False, f"{value}__excluded_because": ""})
    rows: Any = (
        WorkMeasure.objects.filter(work__in=works)
        .order_by()
        .annotate(days=ArrayAgg(f"{value}__taken_on", filter=counts, order_by=f"{value}__taken_on"))
        .values_list("work", "measure__frequency", "days")
    )
    for work, frequency, days in rows:
        found[work].append(Measured(frequency, tuple(days or ())))
    return found


@dataclass(frozen=True, slots=True)
class Hints:
    """The hints about a cycle: those to be shown, and those that the team has put aside."""

    shown: tuple[Hint, ...] = ()
    aside: tuple[Hint, ...] = ()


def sorted_hints(cycle: Cycle, hints: Iterable[Hint]) -> Hints:
    """Part `hints` by what the team has put aside.  One query; none for a cycle not yet saved."""
    hints = tuple(hints)
    if cycle.pk is None:
        return Hints(hints)
    aside = set(HintDismissal.objects.filter(cycle=cycle).values_list("name", flat=True))
    return Hints(
        tuple(hint for hint in hints if hint.name not in aside),
        tuple(hint for hint in hints if hint.name in aside),
    )


@dataclass(frozen=True, slots=True)
class LastWritten:
    """Who wrote in a cycle last, and when."""

    who: str
    at: datetime


def last_written(cycle: Cycle) -> LastWritten | None:
    """Return who wrote in `cycle` last.  One query."""
    event = (
        Event.objects.filter(subject=subject_of(cycle), kind="cycle.write")
        .select_related("by")
        .order_by("-at", "-pk")
        .first()
    )
    return LastWritten(event.by.name if event.by else "", event.at) if event else None
