"""Who may say that a proposed work is wanted, and who coaches."""

from collections.abc import Iterable

from organisation.models import Assignment, Person, Unit
from organisation.models.person import PersonQuerySet
from organisation.permissions import GRANTS, Permission

_CONFIRMERS = [role for role, granted in GRANTS.items() if Permission.WORK_CONFIRM in granted]


def confirmers() -> PersonQuerySet:
    """Return everybody who may say somewhere that a work is wanted."""
    held = Assignment.objects.filter(role__in=_CONFIRMERS)
    return Person.objects.active().filter(pk__in=held.values("person"))


def confirmers_at(units: Iterable[Unit]) -> PersonQuerySet:
    """Return those who may say so at any of `units`: by a role held there or above."""
    above = {pk for unit in units for pk in unit.lineage}
    held = Assignment.objects.filter(role__in=_CONFIRMERS, unit__in=above)
    return Person.objects.active().filter(pk__in=held.values("person"))


def nearest_confirmers(unit: Unit, *, most: int = 3) -> list[Person]:
    """Return those whose role is held nearest `unit`, from its own upwards.  Two queries."""
    held = Assignment.objects.filter(
        role__in=_CONFIRMERS, unit__in=unit.lineage, person__is_active=True
    ).values_list("unit", "person")
    depth = {pk: place for place, pk in enumerate(unit.lineage)}
    order = [person for _at, person in sorted(held, key=lambda row: (-depth[row[0]], row[1]))]
    people = Person.objects.in_bulk(dict.fromkeys(order))
    return [people[pk] for pk in dict.fromkeys(order) if pk in people][:most]
