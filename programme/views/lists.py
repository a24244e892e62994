"""The list of works, and the same list as a file to take along."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from foundation.export import Cell, Kind, download, table_of
from foundation.htmx import page
from organisation.http import PersonRequest
from organisation.models.unit import home_unit
from organisation.permissions import Permission

from ..forms.lists import WorkFilter
from ..models import Effect, Member, Work
from ..models.work import WorkQuerySet
from ..queries.lists import (
    LATEST_FIRST,
    SORTED_BY,
    in_order,
    measures_of,
    names_of,
    rows_of,
    shown_to,
)
from ..rules.methods import why_not_edit_methods
from ..verdicts import verdict_word
from ..wording import aim_in_numbers

PER_PAGE = 25
MOST_IN_FILE = 5_000  # about a second's work; more would keep others waiting
WHOSE = ("mine", "units", "all")


@require_GET
def work_list(request: PersonRequest) -> HttpResponse:
    """List one's own works, those near or all one may see, each with its next step."""
    person = request.user
    filters = WorkFilter(request.GET, person=person)
    looks_after = person.may_somewhere(Permission.WORK_READ)
    whose, sort = _whose(request), _sort(request)
    found = in_order(filters.narrow(shown_to(person, whose)), sort).for_list()
    shown = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "works": shown,
        "rows": [
            (row, verdict_word(row.verdict))
            for row in rows_of(list(shown), on=timezone.localdate())
        ],
        "whose": whose,
        "looks_after": looks_after,
        "stands_behind": person.may_somewhere(Permission.WORK_CONFIRM)
        or person.may_somewhere(Permission.COACHING_MANAGE),
        "views": [
            {"label": label, "href": f"?show={name}", "current": whose == name}
            for name, label in (
                ("mine", pgettext("works", "My own")),
                ("units", _("My units")),
                ("all", _("All I may see")),
            )
        ],
        "filters": filters,
        "chips": list(filters.chips()),
        "columns": _columns(request, sort),
        "sort": sort,
        "without_filters": f"?show={whose}",
        "files": [
            (kind.upper() if kind is Kind.CSV else "Excel", _file_address(request, kind))
            for kind in (Kind.EXCEL, Kind.CSV)
        ],
        "may_start": not person.is_guest,
        "may_edit_methods": person.may_somewhere(Permission.METHOD_EDIT)
        and why_not_edit_methods(person, home_unit()) is None,
    }
    return page(request, "programme/work_list.html", context, parts=["work-rows"])


@require_GET
def work_export(request: PersonRequest, kind: str) -> HttpResponse:
    """Give the whole of what the list shows, all its pages, as a file."""
    filters = WorkFilter(request.GET, person=request.user)
    found = in_order(filters.narrow(shown_to(request.user, _whose(request))), _sort(request))
    works = list(_for_file(found)[: MOST_IN_FILE + 1])
    if len(works) > MOST_IN_FILE:
        messages.error(
            request,
            _(
                "A file holds at most 5,000 works. Narrow the list, for example to a part of the "
                "organisation, and take one file for each."
            ),
        )
        return redirect(f"{reverse('work-list')}?{request.GET.urlencode()}")
    name = _("Works %(day)s") % {"day": timezone.localdate().isoformat()}
    return download(table_of(Kind(kind), _("Works"), _header(), _cells(works)), name, Kind(kind))


def _for_file(works: WorkQuerySet) -> WorkQuerySet:
    return works.for_list().select_related("unit", "strategic_area", "asked_by")


def _whose(request: PersonRequest) -> str:
    asked = request.GET.get("show", "")
    if asked in WHOSE:
        return asked
    return "all" if request.user.may_somewhere(Permission.WORK_READ) else "mine"


def _sort(request: PersonRequest) -> str:
    asked = request.GET.get("sort", "")
    return asked if asked.removeprefix("-") in SORTED_BY else LATEST_FIRST


def _columns(request: PersonRequest, sort: str) -> list[dict[str, Any]]:
    """Return the headings; those that sort do it the other way the second time."""
    labels = (
        ("title", _("Work")),
        ("unit", _("Where")),
        ("state", pgettext("work", "State")),
        ("", _("How it goes")),
        ("by", _("Aim")),
        ("started", _("Began")),
        ("", _("Next step")),
    )
    columns: list[dict[str, Any]] = []
    for name, label in labels:
        if not name:
            columns.append({"label": label, "href": "", "aria_sort": ""})
            continue
        first, second = (f"-{name}", name) if name == "started" else (name, f"-{name}")
        query = request.GET.copy()
        query.pop("page", None)
        query["sort"] = second if sort == first else first
        columns.append(
            {
                "label": label,
                "href": f"?{query.urlencode()}",
                "aria_sort": {name: "ascending", f"-{name}": "descending"}.get(sort, ""),
            }
        )
    return columns


def _file_address(request: PersonRequest, kind: Kind) -> str:
    query = request.GET.copy()
    query.pop("page", None)
    return f"{reverse(f'work-export-{kind}')}?{query.urlencode()}"


def _header() -> list[str]:
    return [
        _("Number"),
        _("Work"),
        pgettext("work", "State"),
        _("Where"),
        _("What it began with"),
        _("Improvement leader"),
        _("Coach"),
        _("Manager who asked for it"),
        _("What do you want to achieve?"),
        _("Aim in numbers"),
        _("How it goes"),
        _("Strategic area"),
        _("Expected effects"),
        _("Tags"),
        _("Began"),
        _("Finished"),
    ]


def _cells(works: list[Work]) -> Iterator[list[Cell]]:
    ids = [work.pk for work in works]
    names, measures = names_of(ids), measures_of(ids)
    for work in works:
        followed = measures.get(work.pk)
        measure = followed.measure if followed else None
        verdict = getattr(measure, "verdict", None)
        yield [
            work.pk,
            work.title,
            work.get_status_display(),
            work.unit.name,
            work.get_origin_display(),
            names.get((work.pk, Member.LEADER)),
            names.get((work.pk, Member.COACH)),
            work.asked_by.name if work.asked_by else None,
            work.aim,
            aim_in_numbers(work, measure.unit_word) if measure else None,
            verdict_word(verdict.verdict if verdict else "").label,
            work.strategic_area.name if work.strategic_area else None,
            "; ".join(str(Effect(effect).label) for effect in work.effects),
            ", ".join(work.tags),
            work.started_on,
            work.finished_on,
        ]
