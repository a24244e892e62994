"""Which of our own units a unit in Kolada is, and units of our own that have results."""

from collections.abc import Iterable, Mapping

from django.db import transaction
from django.db.models import Model

from foundation.errors import require
from foundation.journal import record, record_all
from organisation.models import Person, Unit

from ..models import Municipality, ServiceUnit
from ..queries.viewer import home_municipality
from ..rules.keeping import why_not_keep
from ..rules.own_kpis import why_not_enter_at, why_not_home


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
def link_all(pairs: Mapping[int, int], *, by: Person | None) -> int:
    """Link many at once: which of our own units (ids) each service unit (ids) is.

    Returns:
        How many were others than before.
    """
    require(why_not_keep(by))
    units = ServiceUnit.objects.select_for_update(of=("self",), no_key=True)
    changed = [one for one in units.filter(pk__in=pairs) if one.unit_id != pairs[one.pk]]
    lines: list[tuple[str, Model, dict[str, object]]] = [
        ("service_unit.link", one, {"before": one.unit_id, "after": pairs[one.pk]})
        for one in changed
    ]
    for one in changed:
        one.unit_id = pairs[one.pk]
    ServiceUnit.objects.bulk_update(changed, ["unit"])
    record_all(lines, by=by)
    return len(changed)


@transaction.atomic
def begin(*, unit_id: int, by: Person | None) -> ServiceUnit:
    """Return where the results of one of our own units are kept; makes it if there is none.

    Raises:
        Refused: neither a quality lead nor who heads the unit, or nobody knows whose it is.
    """
    unit = Unit.objects.get(pk=unit_id)
    home = home_municipality()
    require(why_not_enter_at(unit, by) or why_not_home(home))
    found = ServiceUnit.objects.filter(unit=unit, gone_on=None).order_by("code", "pk").first()
    assert home is not None  # or it was refused
    return found or ServiceUnit.objects.get(pk=made_for([unit.pk], home, by=by)[unit.pk])


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
