"""The list of ideas, and the same list as a file to take along."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from foundation.export import Cell, Kind, download, table_of
from foundation.htmx import page
from foundation.money import ORE_PER_KRONA
from organisation.http import PersonRequest
from organisation.permissions import Permission

from ..forms.lists import IdeaFilter
from ..models import Idea, IdeaStatus
from ..models.idea import IdeaQuerySet, being_written_by
from ..queries.direct import done_directly
from ..queries.lists import LATEST_FIRST, MOST, SORTED_BY, Latest
from ..rules.ideas import amounts_seen_by

PER_PAGE = 30
MOST_IN_FILE = 5_000  # about a second's work; more would keep others waiting


@require_GET
def idea_list(request: PersonRequest) -> HttpResponse:
    """List one's own ideas, or those of one's workplace and the units one looks after."""
    filters = IdeaFilter(request.GET, person=request.user)
    looks_after = request.user.may_somewhere(Permission.IDEA_READ)
    mine = _shows_mine(request)
    sort = _sort(request)
    seen = amounts_seen_by(request.user)
    found = Latest(_found(request, filters), sort=sort, amounts_seen=seen)
    rows: Any = Paginator(found, PER_PAGE)  # type: ignore[arg-type]  # needs length and slices only
    context = {
        "ideas": rows.get_page(request.GET.get("page")),
        "mine": mine,
        "looks_after": looks_after,
        "has_others": looks_after or bool(request.user.employments_now),
        "views": [
            {
                "label": _("Those I look after") if looks_after else _("My workplace"),
                "href": "?show=units",
                "current": not mine,
            },
            {"label": _("My own"), "href": "?show=mine", "current": mine},
        ],
        "filters": filters,
        "chips": list(filters.chips()),
        "columns": _columns(request, sort, mine=mine),
        "sort": sort,
        "without_filters": f"?show={'mine' if mine else 'units'}",
        "may_board": request.user.may_somewhere(Permission.IDEA_PREPARE),
        "may_make_posters": request.user.may_somewhere(Permission.POSTER_MAKE),
        "done": done_directly(held.unit for held in request.user.employments_now),
        "files": [
            (kind.upper() if kind is Kind.CSV else "Excel", _file_address(request, kind))
            for kind in (Kind.EXCEL, Kind.CSV)
        ],
        "most": MOST if rows.count == MOST else None,
    }
    return page(request, "improvement/idea_list.html", context, parts=["idea-rows"])


@require_GET
def idea_export(request: PersonRequest, kind: str) -> HttpResponse:
    """Give the whole of what the list shows, all its pages, as a file."""
    filters = IdeaFilter(request.GET, person=request.user)
    found = _found(request, filters)
    seen = amounts_seen_by(request.user)
    rows = Latest(found, sort=_sort(request), amounts_seen=seen, most=MOST_IN_FILE + 1)
    if len(rows) > MOST_IN_FILE:
        messages.error(
            request,
            _(
                "A file holds at most 5,000 ideas. Narrow the list, for example to a year or a "
                "part of the organisation, and take one file for each."
            ),
        )
        return redirect(f"{reverse('idea-list')}?{request.GET.urlencode()}")
    name = _("Ideas %(day)s") % {"day": timezone.localdate().isoformat()}
    return download(table_of(Kind(kind), _("Ideas"), _header(), _cells(rows[:])), name, Kind(kind))


def _shows_mine(request: PersonRequest) -> bool:
    looks_after = request.user.may_somewhere(Permission.IDEA_READ)
    return request.GET.get("show", "units" if looks_after else "mine") == "mine"


def _found(request: PersonRequest, filters: IdeaFilter) -> IdeaQuerySet:
    """Return what one may see and asks for, in no order."""
    mine = Q(author=request.user) | being_written_by(request.user)
    others = ~Q(status=IdeaStatus.DRAFT)
    if not request.user.may_somewhere(Permission.IDEA_READ):
        others &= Q(unit__in=[held.unit_id for held in request.user.employments_now])
    shown = mine if _shows_mine(request) else others
    return filters.narrow(Idea.objects.visible_to(request.user)).filter(shown)


def _sort(request: PersonRequest) -> str:
    asked = request.GET.get("sort", "")
    return asked if asked.removeprefix("-") in SORTED_BY else LATEST_FIRST


def _columns(request: PersonRequest, sort: str, *, mine: bool) -> list[dict[str, Any]]:
    """Return the headings of the list; each sorts by its column, the other way the second time."""
    labels = {
        "title": _("Idea"),
        "unit": _("Where"),
        "author": _("From"),
        "left": _("Submitted"),
        "lead": _("Prepared by"),
        "supports": _("Support"),
        "cost": _("Cost"),
        "state": _("State"),
    }
    if mine:
        del labels["author"]
    columns = []
    for name, label in labels.items():
        upwards = name not in ("left", "supports", "cost")  # what one wants to see first
        first, second = (name, f"-{name}") if upwards else (f"-{name}", name)
        query = request.GET.copy()
        query.pop("page", None)
        query["sort"] = second if sort == first else first
        columns.append(
            {
                "label": label,
                "href": f"?{query.urlencode()}",
                "is_number": name in ("supports", "cost"),
                "aria_sort": {name: "ascending", f"-{name}": "descending"}.get(sort, ""),
            }
        )
    return columns


def _file_address(request: PersonRequest, kind: Kind) -> str:
    query = request.GET.copy()
    query.pop("page", None)
    return f"{reverse(f'idea-export-{kind}')}?{query.urlencode()}"


def _header() -> list[str]:
    return [
        _("Number"),
        _("Idea"),
        _("Kind"),
        _("State"),
        _("Where"),
        _("From"),
        _("Submitted"),
        _("Prepared by"),
        _("Support"),
        _("Cost, kronor"),
        _("The need"),
        _("Who it would be better for"),
        _("Suggestion"),
        _("Expected effect"),
    ]


def _cells(ideas: list[Idea]) -> Iterator[list[Cell]]:
    for idea in ideas:
        seen_ore: int | None = idea.seen_ore  # type: ignore[attr-defined]  # annotated
        yield [
            idea.pk,
            idea.title,
            idea.get_kind_label(),
            idea.get_status_display(),
            idea.unit.name,
            idea.author.name,
            timezone.localdate(idea.created_at),
            idea.assigned_to.name if idea.assigned_to else None,
            idea.supported,  # type: ignore[attr-defined]  # annotated
            None if seen_ore is None else Decimal(seen_ore) / ORE_PER_KRONA,
            idea.need,
            idea.beneficiaries,
            idea.solution,
            idea.expected_effect,
        ]
