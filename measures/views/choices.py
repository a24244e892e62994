"""What a search box asks while one types: key figures to choose among."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from foundation.search_choice import answer
from organisation.http import PersonRequest

from ..models import Kpi


@require_GET
def kpi_search(request: PersonRequest) -> HttpResponse:
    """Find key figures by title or by Kolada's id."""
    return answer(request, Kpi.objects.all())
