"""What every page about one idea begins and ends with."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from foundation.htmx import page
from organisation.http import PersonRequest

from ..models import Decision, Fund, Idea, LedgerEntry, Period
from ..queries.statement import lines_of
from ..rules.funds import why_not_correct_kind, why_not_manage

LEDGER_ROWS = 25


def idea_of(request: PersonRequest, pk: int) -> Idea:
    """Fetch through the gate; what one may not see is not found."""
    visible = Idea.objects.visible_to(request.user)
    return get_object_or_404(
        visible.select_related("unit", "author", "kpi", "typed_by", "assigned_to"), pk=pk
    )


def form_page(
    request: HttpRequest, template: str, form: Any, *, failed: bool = False, **context: Any
) -> HttpResponse:
    """Show a form; 422 when it came back with errors, so that htmx and tests can tell."""
    status = 422 if failed or (form is not None and form.errors) else 200
    return page(request, template, {"form": form, **context}, parts=["idea-form"], status=status)


# --- money ----------------------------------------------------------------------------------------


def fund_of(request: PersonRequest, pk: int) -> Fund:
    """Fetch through the gate; what one may not see is not found."""
    return get_object_or_404(Fund.objects.visible_to(request.user).select_related("unit"), pk=pk)


def managed_fund(request: PersonRequest, pk: int | None) -> Fund:
    """A fund whose forms one may use; for those who may only look, the forms do not exist."""
    fund = fund_of(request, pk or 0)
    if why_not_manage(fund, request.user):
        raise Http404
    return fund


def period_of(request: PersonRequest, pk: int) -> Period:
    periods = Period.objects.filter(fund__in=Fund.objects.visible_to(request.user))
    return get_object_or_404(periods.select_related("fund__unit"), pk=pk)


def decision_of(request: PersonRequest, pk: int) -> Decision:
    """A decision that granted money from a fund one may see."""
    decisions = Decision.objects.filter(fund__in=Fund.objects.visible_to(request.user))
    return get_object_or_404(decisions.select_related("idea__unit", "fund__unit"), pk=pk)


def ledger_page(request: HttpRequest, rows: QuerySet[LedgerEntry]) -> dict[str, Any]:
    """One page of a ledger, the latest first, for improvement/ledger_table.html."""
    ids = rows.order_by("-at", "-pk").values_list("pk", flat=True)
    entries = Paginator(ids, LEDGER_ROWS).get_page(request.GET.get("page"))
    lines = lines_of(entries)
    return {
        "entries": entries,
        "rows": lines,
        "correctable": {
            line.entry.pk for line in lines if why_not_correct_kind(line.entry) is None
        },
    }


def fund_form(
    request: HttpRequest,
    form: Any,
    fund: Fund | None,
    *,
    title: str,
    button: str,
    lead: str = "",
    **context: Any,
) -> HttpResponse:
    """Show a form about a fund, with its heading and the word on its button."""
    context |= {"form": form, "fund": fund, "title": title, "button": button, "lead": lead}
    status = 422 if form.errors else 200
    return page(request, "improvement/fund_form.html", context, parts=["fund-form"], status=status)
