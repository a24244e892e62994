"""What has been done at once, without an application."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count
from django.utils import timezone

from organisation.models import Unit

from ..models import Idea, IdeaStatus


@dataclass(frozen=True, slots=True)
class DoneDirectly:
    """How much a unit has done at once this year."""

    unit: Unit
    number: int


def done_directly(units: Iterable[Unit]) -> list[DoneDirectly]:
    """Count this year's, for each of the units, in their order.  One query, if there are units."""
    units = list(units)
    if not units:
        return []
    counted = dict(
        Idea.objects.filter(
            unit__in=units,
            is_direct=True,
            status__in=[IdeaStatus.DIRECT, IdeaStatus.DONE],
            created_at__year=timezone.localdate().year,
        )
        .order_by()
        .values_list("unit")
        .annotate(number=Count("pk"))
    )
    return [DoneDirectly(unit, counted.get(unit.pk, 0)) for unit in units]
