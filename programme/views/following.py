"""How the views fetch a measure that a work follows: through the gate, never around it."""

from django.shortcuts import get_object_or_404

from organisation.http import PersonRequest

from ..models import Work, WorkMeasure


def followed_or_404(request: PersonRequest, pk: int) -> WorkMeasure:
    """Return a measure of a work that one may see; what one may not see is not found."""
    visible = WorkMeasure.objects.filter(work__in=Work.objects.visible_to(request.user))
    with_all = visible.select_related(
        "work__unit", "work__idea", "measure__kpi", "measure__collector"
    )
    return get_object_or_404(with_all, pk=pk)


def work_or_404(request: PersonRequest, pk: int) -> Work:
    visible = Work.objects.visible_to(request.user)
    return get_object_or_404(visible.select_related("unit", "idea"), pk=pk)
