"""Which of our own units a unit in Kolada is, and units of our own that have results."""

from collections.abc import Iterable

from django.db import transaction

from foundation.errors import require
from foundation.journal import record
from organisation.models import Person, Unit

from ..models import Municipality, ServiceUnit
from ..rules.keeping import why_not_keep


@transaction.atomic
def link(*, service_unit_id: int, unit_id: int | None, by: Person | None) -> ServiceUnit:
    """Say which of our own units it is, so that its manager finds it marked; None: none of them.

    Raises:
        Refused: not a quality lead.
    """
    require(why_not_keep(by))
    found = ServiceUnit.objects.select_for_update(of=("self",), no_key=True).get(pk=service_unit_id)
    if found.unit_id == unit_id:
        return found
    before, found.unit_id = found.unit_id, unit_id
    found.save(update_fields=["unit"])
    record("service_unit.link", found, by=by, before=before, after=unit_id)
    return found


@transaction.atomic
def made_for(unit_ids: Iterable[int], home: Municipality, *, by: Person | None) -> dict[int, int]:
    """Return the service unit of our own that each of our units has; makes those that lack.

    Who calls has asked whether it may.  Our units are locked, in the order of their ids, so that
    two at once do not make two.
    """
    units = list(Unit.objects.locked().filter(pk__in=list(unit_ids)).order_by("pk"))
    found = dict(ServiceUnit.objects.filter(unit__in=units, code="").values_list("unit", "pk"))
    for unit in units:
        if unit.pk not in found:
            made = ServiceUnit.objects.create(municipality=home, name=unit.name, unit=unit)
            record("service_unit.create", made, by=by, unit=unit.pk)
            found[unit.pk] = made.pk
    return {int(unit_id or 0): pk for unit_id, pk in found.items()}
