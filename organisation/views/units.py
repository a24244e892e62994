from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from foundation.htmx import page

from ..http import PersonRequest, only_with
from ..models import Unit
from ..permissions import Permission
from ..queries import employed_at, roles_held_at, tree_of
from ..rules import why_not_import


@require_GET
@only_with(Permission.ORGANISATION_MANAGE)
def organisation(request: PersonRequest) -> HttpResponse:
    """Show the units that one administers, as a tree."""
    context = {
        "tree": tree_of(request.user),
        "may_import": why_not_import(request.user) is None,
    }
    return page(request, "organisation/organisation.html", context)


@require_GET
def unit_detail(request: PersonRequest, pk: int) -> HttpResponse:
    """Show a unit: what it is part of, who works there and who holds which role."""
    unit = get_object_or_404(Unit.objects.managed_by(request.user), pk=pk)
    above = Unit.objects.filter(pk__in=unit.lineage[:-1]).in_tree_order()
    context = {
        "unit": unit,
        "above": above,
        "reachable": {u.pk for u in above if request.user.may("organisation_manage", at=u)},
        "parts": unit.children.in_tree_order(),
        "employments": employed_at(unit),
        "roles": roles_held_at(unit),
    }
    return page(request, "organisation/unit_detail.html", context)
