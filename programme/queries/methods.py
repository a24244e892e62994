"""Methods and strategic areas with how many works have chosen them."""

from typing import Any

from django.db.models import Count, QuerySet

from ..models import Method, StrategicArea


def methods_with_use() -> QuerySet[Method, Any]:
    """Return the methods in order, each with `used` and `step_count`.  One query."""
    return Method.objects.annotate(
        used=Count("works", distinct=True), step_count=Count("steps", distinct=True)
    )


def areas_with_use() -> QuerySet[StrategicArea, Any]:
    """Return the strategic areas, those that are offered first, each with `used`.  One query."""
    return StrategicArea.objects.annotate(used=Count("works")).order_by("-is_active", "name")
