"""What the pages about the organisation show."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from foundation.journal import subject_of
from foundation.models import Event

from .models import Assignment, Employment, Person, Unit
from .permissions import Role

FLOORS = 2  # so far down the tree is written out; the rest is found on each unit's own page


@dataclass(slots=True)
class Branch:
    """A unit with what lies under it, and how many people work there.

    `units_below` counts every unit under it, also those that are not among its `parts` because
    the tree is cut there.
    """

    pk: int
    name: str
    kind: str
    is_active: bool
    people_here: int
    people_within: int
    units_below: int = 0
    parts: list["Branch"] = field(default_factory=list)


def tree_of(person: Person, *, floors: int = FLOORS) -> list[Branch]:
    """Return the units that `person` administers, from the top down.  Two queries.

    Args:
        floors: How far below a top its parts are given; all are counted.
    """
    units = Unit.objects.managed_by(person).in_tree_order()
    here = Counter(
        Employment.objects.live()
        .filter(person__is_active=True)
        .values_list("unit", flat=True)
        .order_by()
    )
    branches: dict[int, Branch] = {}
    tops: list[Branch] = []
    facts = units.values_list("pk", "path", "name", "kind", "is_active")
    for pk, path, name, kind, is_active in facts:
        above = [b for unit in path.split("/")[1:-2] if (b := branches.get(int(unit)))]
        branches[pk] = branch = Branch(pk, name, kind, is_active, here[pk], 0)
        if not above:
            tops.append(branch)
        elif len(above) <= floors:
            above[-1].parts.append(branch)
        for higher in above:
            higher.units_below += 1
            higher.people_within += branch.people_here
        branch.people_within = branch.people_here
    return tops


def employed_at(unit: Unit) -> "list[Employment]":
    """Return the employments at the unit itself today, by name, each person with roles.

    Two queries.
    """
    roles = Assignment.objects.select_related("unit").order_by("pk")
    return list(
        Employment.objects.live()
        .filter(unit=unit)
        .select_related("person")
        .prefetch_related(Prefetch("person__assignments", roles))
        .order_by("person__family_order", "person__given_order", "pk")
    )


def roles_held_at(unit: Unit) -> list[Assignment]:
    """Return who holds which role at the unit itself, in the order of the roles."""
    held = Assignment.objects.filter(unit=unit).select_related("person")
    order = list(Role)
    return sorted(
        held, key=lambda a: (order.index(Role(a.role)), a.person.family_name, a.person.given_name)
    )


@dataclass(frozen=True, slots=True)
class Passage:
    """Something that happened to a person's place here."""

    when: datetime
    text: str
    who: str


def story_of(person: Person, limit: int = 20) -> list[Passage]:
    """Return the latest that was done with `person`, in words, newest first.  Two queries."""
    events = list(
        Event.objects.filter(subject=subject_of(person))
        .select_related("by")
        .order_by("-at", "-pk")[:limit]
    )
    units = Unit.objects.in_bulk({e.data["unit"] for e in events if "unit" in e.data})
    return [Passage(event.at, _in_words(event, units), str(event.by or "")) for event in events]


def _in_words(event: Event, units: dict[int, Unit]) -> str:
    facts = {
        "role": Role(event.data["role"]).label if "role" in event.data else "",
        "unit": units.get(event.data.get("unit", 0), ""),
    }
    sentences = {
        "person.assign": _("Was given a role: %(role)s, %(unit)s"),
        "person.withdraw": _("A role was withdrawn: %(role)s, %(unit)s"),
        "person.close": _("Sign-in was closed"),
        "person.open": _("Sign-in was opened again"),
        "person.create": _("Came in with the personnel file"),
        "person.import": _("Changed by the personnel file"),
        "person.leave": _("Left, according to the personnel file"),
    }
    return sentences.get(event.kind, event.kind) % facts


def employments_of(person: Person) -> list[tuple[Employment, bool]]:
    """Return all employments, the latest first, each with whether it is live today."""
    live = {employment.pk for employment in person.employments_now}
    everything = person.employments.select_related("unit").order_by("-starts_on", "pk")
    return [(employment, employment.pk in live) for employment in everything]
