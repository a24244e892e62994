"""Writing in the journal, always inside the transaction that does the thing."""

from collections.abc import Iterable
from typing import Any

from django.db import models

from .flow import Step
from .models import Event


def subject_of(thing: models.Model) -> str:
    """Return the name under which the journal knows `thing`: "improvement.idea:17"."""
    return f"{thing._meta.label_lower}:{thing.pk}"


def record(kind: str, subject: models.Model, *, by: Any, **data: object) -> Event:
    """Write one line.  `by` is a person, or None when nobody did it."""
    return Event.objects.create(kind=kind, subject=subject_of(subject), by=by, data=data)


def record_all(
    lines: Iterable[tuple[str, models.Model, dict[str, object]]], *, by: Any
) -> list[Event]:
    """Write many lines (kind, subject, data) at once, in their order."""
    return Event.objects.bulk_create(
        [
            Event(kind=kind, subject=subject_of(thing), by=by, data=data)
            for kind, thing, data in lines
        ]
    )


def move(
    thing: Any, step: Step, *, by: Any, why: str = "", also: tuple[str, ...] = (), **data: object
) -> None:
    """Take `thing` one step in its lifecycle, save it and write down the passage.

    Whether the step is allowed is asked before (`require(why_not(…))`), under a lock.

    Args:
        why: The reason, where the step asks for one.
        also: Other fields of `thing` that were changed with it and are to be saved.
        data: More facts for the journal.
    """
    left = thing.status
    thing.status = step.target
    thing.save(update_fields=["status", *also])
    passage = {"from": left, "to": step.target, **({"why": why} if why else {}), **data}
    record(f"{thing._meta.model_name}.{step.name}", thing, by=by, **passage)
