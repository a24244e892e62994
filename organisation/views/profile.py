from django.http import HttpResponse
from django.views.decorators.http import require_GET

from foundation.htmx import page

from ..http import PersonRequest
from ..permissions import Role, meaning_of
from ..queries import employments_of


@require_GET
def profile(request: PersonRequest) -> HttpResponse:
    """Show a person's own place here: employments, roles and what they let one do."""
    me = request.user
    held = me.assignments.select_related("unit").order_by("pk")
    context = {
        "employments": employments_of(me),
        "roles": [(a, meaning_of(Role(a.role))) for a in held],
        "as_employee": meaning_of(Role.STAFF) if me.employments_now else [],
    }
    return page(request, "organisation/profile.html", context)
