"""Who may see an idea: the gate of ideas, seen from the other side."""

from django.db.models import Q

from organisation.models import Assignment, Employment, Person
from organisation.models.person import PersonQuerySet
from organisation.permissions import GRANTS, Permission

from ..models import Idea, IdeaStatus

_READERS = [role for role, granted in GRANTS.items() if Permission.IDEA_READ in granted]

_PREPARERS = [role for role, granted in GRANTS.items() if Permission.IDEA_PREPARE in granted]


def readers_of(idea: Idea) -> PersonQuerySet:
    """Return those who may see `idea` and still work here.

    The inverse of `Idea.objects.visible_to`, which is the gate; a test holds them together.
    """
    people = Person.objects.active()
    if idea.status == IdeaStatus.DRAFT:
        return people.filter(pk=idea.owner_id)
    at_the_unit = Employment.objects.live().filter(unit=idea.unit_id)
    above = Assignment.objects.filter(role__in=_READERS, unit__in=idea.unit.lineage)
    joined = Idea.objects.filter(merged_into=idea.pk)
    return people.filter(
        Q(pk__in=[idea.author_id, idea.typed_by_id])
        | Q(pk__in=at_the_unit.values("person"))
        | Q(pk__in=above.values("person"))
        | Q(pk__in=joined.values("author"))
    )


def preparers_of(idea: Idea) -> list[int]:
    """Return the ids of those who have `idea` to prepare: whoever has been given it, else the
    development leads of the nearest unit, from its own upwards, that has any.  One query.
    """
    held = Assignment.objects.filter(
        role__in=_PREPARERS, unit__in=idea.unit.lineage, person__is_active=True
    ).values_list("unit", "person")
    by_unit: dict[int, list[int]] = {}
    for unit, person in held:
        by_unit.setdefault(unit, []).append(person)
    if any(idea.assigned_to_id in people for people in by_unit.values()):
        return [idea.assigned_to_id]  # type: ignore[list-item]  # None is in none of them
    return next((by_unit[pk] for pk in reversed(idea.unit.lineage) if pk in by_unit), [])
