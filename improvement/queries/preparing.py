"""What the development lead needs to know about an idea."""

from dataclasses import dataclass
from datetime import datetime

from foundation.journal import subject_of
from foundation.models import Event
from organisation.models import Assignment, Person, Unit
from organisation.models.person import PersonQuerySet
from organisation.permissions import GRANTS, Permission

from ..models import Assessment, CostKind, CostLine, Idea

_PREPARERS = [role for role, granted in GRANTS.items() if Permission.IDEA_PREPARE in granted]


@dataclass(frozen=True, slots=True)
class Change:
    """One change of what an idea is thought to cost, in öre; None where a type is as it was."""

    at: datetime
    who: str
    before_ore: int
    after_ore: int
    of_kinds: list[tuple[str, int, int]]  # the type's word, before, after


def cost_changes(idea: Idea) -> list[Change]:
    """Return how the costs of `idea` have changed, the latest first.  One query."""
    events = Event.objects.filter(subject=subject_of(idea), kind="idea.cost").select_related("by")
    changes = [_change(event) for event in events.order_by("-at", "-pk")]
    return [
        change for change in changes if change.of_kinds or change.before_ore != change.after_ore
    ]


def _change(event: Event) -> Change:
    before, after = event.data.get("before", {}), event.data.get("after", {})
    return Change(
        at=event.at,
        who=event.by.name if event.by else "",
        before_ore=event.data["before_ore"],
        after_ore=event.data["after_ore"],
        of_kinds=[
            (str(kind.label), before.get(kind, 0), after.get(kind, 0))
            for kind in CostKind
            if before.get(kind, 0) != after.get(kind, 0)
        ],
    )


@dataclass(frozen=True, slots=True)
class LastSaved:
    """Who saved the preparation last, and when."""

    at: datetime
    who: str


def last_saved(idea: Idea) -> LastSaved | None:
    """Return who saved `idea` last.  One query."""
    kinds = ("idea.cost", "idea.edit")
    events = Event.objects.filter(subject=subject_of(idea), kind__in=kinds).select_related("by")
    event = events.order_by("-at", "-pk").first()
    return LastSaved(event.at, event.by.name if event.by else "") if event else None


def usual_rate_ore(unit: Unit) -> int | None:
    """Return what an hour of staff cost the last time at `unit`, or None.  One query."""
    lines = CostLine.objects.filter(kind=CostKind.STAFF, idea__unit=unit)
    return lines.order_by("-pk").values_list("rate_ore", flat=True).first()


def preparers_at(unit: Unit) -> PersonQuerySet:
    """Return those who may prepare ideas at `unit`, in the order of names."""
    held = Assignment.objects.filter(role__in=_PREPARERS, unit__in=unit.lineage)
    return Person.objects.active().filter(pk__in=held.values("person")).in_name_order()


def preparers_within_reach(person: Person) -> PersonQuerySet:
    """Return those who prepare ideas where `person` may read them, in the order of names."""
    above = {pk for unit in person.units_where(Permission.IDEA_READ) for pk in unit.lineage}
    held = Assignment.objects.filter(role__in=_PREPARERS)
    near = held.filter(person.reach(Permission.IDEA_READ)) | held.filter(unit__in=above)
    return Person.objects.active().filter(pk__in=near.values("person")).in_name_order()


def judged_by_lead(idea: Idea) -> list[Assessment]:
    """Return the points by the one who prepares `idea`, in the order of the criteria.  One query.

    Those of the others are private until the meeting shows them.
    """
    return list(
        idea.assessments.filter(person=idea.assigned_to_id, criterion__is_active=True)
        .select_related("criterion")
        .order_by("criterion__position", "criterion")
    )
