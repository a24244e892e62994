"""The cockpit: works in order of need; and how the coaches are loaded."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from foundation.htmx import page
from organisation.http import PersonRequest
from organisation.permissions import Permission

from ..forms.cockpit import CockpitFilter
from ..models import Coaching, Work
from ..queries.cockpit import (
    ALL,
    MINE,
    UNITS,
    Row,
    in_order_of_need,
    rows_of,
    views_of,
    works_shown,
)
from ..queries.load import loads_of

OWN_ON_A_PAGE = 60  # all of one's own on one page: nobody supports more
OF_MANY_ON_A_PAGE = 20
FEW = 12  # of one's own are seen at a glance, and need no filter above them


@require_GET
def cockpit(request: PersonRequest) -> HttpResponse:
    """Show works in order of need: one's own, one's units', or all that one looks after."""
    person, today = request.user, timezone.localdate()
    views = views_of(person)
    if not views:
        raise Http404
    show = request.GET.get("show", "")
    if show not in views:
        show = views[0]
    works = works_shown(person, show)
    coaches = [] if show == MINE else _coaches(works)
    filters = CockpitFilter(request.GET, coaches=coaches)
    needing = filters.narrowed(in_order_of_need(filters.narrow(works), on=today))
    size = OWN_ON_A_PAGE if show == MINE else OF_MANY_ON_A_PAGE
    shown = Paginator(needing, size).get_page(request.GET.get("page"))
    rows = rows_of(list(shown), person, on=today)
    chips = list(filters.chips())
    context = {
        "views": _segments(views, show),
        "show": show,
        "filters": filters if show != MINE or len(needing) > FEW or chips else None,
        "chips": chips,
        "without_filters": f"?show={show}",
        "page_of_works": shown,
        "now": [row for row in rows if row.need.is_now],
        "others": [row for row in rows if not row.need.is_now],
        "in_need": sum(each.need.is_now for each in needing),
        "number": len(needing),
        "may_manage": person.may_somewhere(Permission.COACHING_MANAGE),
        "me": person,
        "words": _words(),
        "title": _title(show),
    }
    return page(request, "programme/cockpit.html", context, parts=["cockpit-rows"])


@require_GET
def coach_load(request: PersonRequest) -> HttpResponse:
    """Show how the coaches are loaded, and which works have none."""
    person, today = request.user, timezone.localdate()
    if not person.may_somewhere(Permission.COACHING_MANAGE):
        raise Http404
    needing = in_order_of_need(works_shown(person, ALL), on=today)
    context = {
        "loads": loads_of(person, needing, on=today),
        "without": [each for each in needing if each.coach_id is None],
    }
    return page(request, "programme/coach_load.html", context)


def row_of(request: PersonRequest, work: Work) -> dict[str, Any]:
    """Return what one row of the cockpit is drawn of, as it is now."""
    today = timezone.localdate()
    needing = in_order_of_need(Work.objects.filter(pk=work.pk), on=today)
    row: Row = rows_of(needing, request.user, on=today)[0]
    return {
        "row": row,
        "me": request.user,
        "words": _words(),
        "may_manage": request.user.may(Permission.COACHING_MANAGE, at=work.unit),
    }


def _words() -> dict[str, str]:
    """Return what stands in every row, translated once."""
    return {
        "well": _("Rolls along"),
        "next": _("The team’s next step:"),
        "agreed": _("Next step:"),
        "log": _("Log a contact"),
        "support": _("The support"),
    }


def _title(show: str) -> str:
    return {
        MINE: _("The works I support"),
        UNITS: _("How my units’ works are doing"),
        ALL: _("How all works are doing"),
    }[show]


def _segments(views: list[str], show: str) -> list[dict[str, object]]:
    labels = {
        MINE: pgettext("works", "Mine"),
        UNITS: pgettext("works", "My units"),
        ALL: pgettext("works", "All"),
    }
    return [
        {"label": labels[view], "href": f"?show={view}", "current": view == show} for view in views
    ]


def _coaches(works: Any) -> list[tuple[int, str]]:
    found = Coaching.objects.open().filter(work__in=works).select_related("coach")
    people = {c.coach.pk: c.coach for c in found.order_by("coach").distinct("coach")}
    return sorted(((pk, p.name) for pk, p in people.items()), key=lambda item: item[1])
