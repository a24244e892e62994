"""The list of ideas."""

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from foundation.htmx import page
from organisation.http import PersonRequest
from organisation.permissions import Permission

from ..forms.lists import IdeaFilter
from ..models import Idea, IdeaStatus

PER_PAGE = 30
MOST = 900  # so far back one turns pages; beyond it one searches


@require_GET
def idea_list(request: PersonRequest) -> HttpResponse:
    """List one's own ideas, or those of the units one looks after."""
    looks_after = request.user.may_somewhere(Permission.IDEA_READ)
    mine = request.GET.get("show", "units" if looks_after else "mine") == "mine"
    filters = IdeaFilter(request.GET)
    found = filters.narrow(Idea.objects.visible_to(request.user))
    shown = Q(author=request.user) if mine else ~Q(status=IdeaStatus.DRAFT)
    latest = found.filter(shown).for_list().order_by("-created_at", "-pk")[:MOST]
    rows = Paginator(latest, PER_PAGE)
    context = {
        "ideas": rows.get_page(request.GET.get("page")),
        "mine": mine,
        "looks_after": looks_after,
        "views": [
            {"label": _("Those I look after"), "href": "?show=units", "current": not mine},
            {"label": _("My own"), "href": "?show=mine", "current": mine},
        ],
        "filters": filters,
        "is_filtered": filters.is_used(),
        "most": MOST if rows.count == MOST else None,
    }
    return page(request, "improvement/idea_list.html", context, parts=["idea-rows"])
