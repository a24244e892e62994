"""What a search box asks while one types: key figures and municipalities to choose among."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from foundation.search_choice import answer
from organisation.http import PersonRequest

from ..models import Kind, Kpi, Municipality


@require_GET
def kpi_search(request: PersonRequest) -> HttpResponse:
    """Find key figures by title or by Kolada's id."""
    return answer(request, Kpi.objects.all())


@require_GET
def municipality_search(request: PersonRequest) -> HttpResponse:
    """Find municipalities and regions by name or by code, which is what they are chosen by."""
    return answer(request, Municipality.objects.exclude(kind=Kind.COUNTRY), key="code")
