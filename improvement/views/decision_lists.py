"""Reporting delegated decisions: what is to be reported, the lists that were made, each as a file."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from foundation.export import Cell, Kind, download, table_of
from foundation.forms import accepted
from foundation.htmx import go_to, page
from organisation.http import PersonRequest, only_with
from organisation.models import Unit
from organisation.permissions import Permission

from ..actions import decision_lists
from ..forms.decision_lists import ReportForm, UnitForm
from ..models import DecisionList
from ..queries.decision_lists import (
    Row,
    executed_in,
    latest_board,
    lists_for,
    rows_of,
    rows_on,
    unreported_in,
)
from .fetching import form_page

A_PAGE = 20
MOST_SHOWN = 50


@only_with(Permission.DECISION_REPORT)
@require_http_methods(["GET", "POST"])
def decision_lists_page(request: PersonRequest) -> HttpResponse:
    """Show what no board has been told of yet, and put it on a list."""
    unit = _unit(request)
    form = ReportForm(
        request.POST if request.method == "POST" else None,
        initial={"board": latest_board(unit)},
    )
    made: list[DecisionList] = []

    def make() -> None:
        board = form.cleaned_data["board"]
        made.append(decision_lists.make(unit=unit, board=board, by=request.user))

    if accepted(form, make):
        messages.success(request, _("The list is made. Each decision on it is now reported."))
        return go_to(request, "decision-list", made[0].pk)
    unreported = unreported_in(unit)
    since = timezone.localdate().replace(month=1, day=1)
    executed = rows_of(executed_in(unit, since=since), most=MOST_SHOWN)
    return form_page(
        request,
        "improvement/decision_lists.html",
        form,
        unit=unit,
        unit_form=UnitForm(
            request.user,
            request.GET if "search_unit" in request.GET else None,  # without JavaScript
            initial={"unit": unit.pk},
        ),
        number=unreported.count(),
        rows=rows_of(unreported, most=MOST_SHOWN),
        executed=executed,
        since=since,
        lists=Paginator(lists_for(request.user), A_PAGE).get_page(request.GET.get("page")),
    )


@require_GET
def decision_list(request: PersonRequest, pk: int) -> HttpResponse:
    list_ = _list_of(request, pk)
    return page(request, "improvement/decision_list.html", {"list": list_, "rows": rows_on(list_)})


@require_GET
def decision_list_csv(request: PersonRequest, pk: int) -> HttpResponse:
    list_ = _list_of(request, pk)
    content = table_of(Kind.CSV, str(list_), _header(), map(_cells, rows_on(list_)))
    return download(content, f"{list_}", Kind.CSV)


def _header() -> list[str]:
    return [
        _("Decision"),
        _("Day"),
        _("Case number"),
        _("Matter"),
        _("Unit"),
        _("Outcome"),
        _("Granted"),
        _("Decided by"),
        _("Delegation reference"),
        _("Note"),
    ]


def _cells(row: Row) -> list[Cell]:
    return [
        row.pk,
        row.decided_on,
        row.case_number,
        row.idea,
        row.unit,
        row.outcome,
        row.amount,
        row.decider,
        row.delegation_reference,
        row.note,
    ]


def _list_of(request: PersonRequest, pk: int) -> DecisionList:
    visible = DecisionList.objects.visible_to(request.user)
    return get_object_or_404(visible.select_related("unit", "made_by"), pk=pk)


def _unit(request: PersonRequest) -> Unit:
    """Return the unit in the address, or the first where one may report."""
    asked = request.POST.get("unit") or request.GET.get("unit") or ""
    reach = request.user.reach(Permission.DECISION_REPORT, through="")
    if asked.isdecimal() and len(asked) < 19:
        return get_object_or_404(Unit.objects.filter(reach), pk=asked)
    units = request.user.units_where(Permission.DECISION_REPORT)
    if not units:
        raise Http404
    return units[0]
