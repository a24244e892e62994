"""What search boxes ask while one types: units and people to choose among."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_GET

from foundation.search_choice import answer

from ..http import PersonRequest
from ..models import Person, Unit
from ..permissions import Permission


@require_GET
def unit_search(request: PersonRequest) -> HttpResponse:
    """Find units by name or code; with ``?may=idea_prepare`` only those where one may."""
    units = Unit.objects.active()
    if may := request.GET.get("may"):
        if may not in Permission:
            raise Http404
        units = units.filter(request.user.reach(may, through=""))
    return answer(request, units)


@require_GET
def person_search(request: PersonRequest) -> HttpResponse:
    """Find people by name, for those who have a place here themselves."""
    if not (request.user.employments_now or request.user.roles_held):
        raise Http404
    return answer(request, Person.objects.active())
