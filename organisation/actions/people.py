"""Everything that changes people and the roles they hold."""

from django.db import transaction

from foundation.journal import record

from ..models import Assignment, Person, Unit
from ..permissions import Role


@transaction.atomic
def assign(*, person: Person, unit: Unit, role: Role, by: Person | None) -> Assignment:
    """Give `person` a role at `unit`.  Safe to repeat."""
    assignment, is_new = Assignment.objects.get_or_create(person=person, unit=unit, role=role)
    if is_new:
        record("person.assign", person, by=by, role=role.value, unit=unit.pk)
    return assignment
