"""The money's pages: what is left, who waits, what has moved."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from foundation.errors import Refused
from foundation.forms import accepted
from foundation.htmx import go_to, page
from foundation.money import format_kronor
from organisation.http import PersonRequest

from ..actions import funds, payments
from ..forms.funds import AllocateForm, PayForm, PeriodForm
from ..models import Account, Decision, Fund, LedgerEntry, Period
from ..queries import fund_states, period_states
from ..rules.funds import why_not_manage

PER_PAGE = 50


@require_GET
def fund_list(request: PersonRequest) -> HttpResponse:
    states = fund_states(request.user, on=timezone.localdate())
    if len(states) == 1:
        return go_to(request, "fund-detail", states[0].fund.pk)
    return page(request, "improvement/fund_list.html", {"funds": states})


@require_GET
def fund_detail(request: PersonRequest, pk: int) -> HttpResponse:
    """A fund: its periods, its queue and every row of its ledger."""
    fund = _fund(request, pk)
    rows = (
        LedgerEntry.objects.filter(period__fund=fund)
        .select_related("period", "decision__idea", "by")
        .order_by("-at", "-pk")
    )
    periods = period_states(fund, on=timezone.localdate())
    context = {
        "fund": fund,
        "periods": periods,
        "current": next((state for state in periods if state.is_current), None),
        "queue": fund.decisions.queued().select_related("idea__unit"),
        "entries": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "may_manage": why_not_manage(fund, request.user) is None,
        "today": timezone.localdate(),
    }
    return page(request, "improvement/fund_detail.html", context, parts=["ledger-rows"])


@require_http_methods(["GET", "POST"])
def period_create(request: PersonRequest, pk: int) -> HttpResponse:
    fund = _managed_fund(request, pk)
    form = PeriodForm(request.POST or None)
    if accepted(form, lambda: funds.add_period(fund_id=pk, **form.cleaned_data, by=request.user)):
        return go_to(request, "fund-detail", pk)
    return _form(request, form, fund, title=_("Add a period"), button=_("Add the period"))


@require_http_methods(["GET", "POST"])
def period_allocate(request: PersonRequest, pk: int) -> HttpResponse:
    period = _period(request, pk)
    form = AllocateForm(request.POST or None)
    if accepted(
        form,
        lambda: funds.allocate(
            period_id=pk, **form.cleaned_data, on=timezone.localdate(), by=request.user
        ),
    ):
        return go_to(request, "fund-detail", period.fund_id)
    title = _("Allocate money to %(period)s") % {"period": period}
    return _form(request, form, period.fund, title=title, button=_("Allocate"))


@require_http_methods(["GET", "POST"])
def period_close(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask first, then close: it cannot be undone."""
    period = _period(request, pk)
    if request.method == "GET":
        context = {"period": period, "left_ore": period.left_ore()}
        return page(request, "improvement/period_close.html", context)
    try:
        funds.close_period(period_id=pk, on=timezone.localdate(), by=request.user)
        messages.success(request, _("The period is closed. What was left has moved on."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return go_to(request, "fund-detail", period.fund_id)


@require_http_methods(["GET", "POST"])
def decision_pay(request: PersonRequest, pk: int) -> HttpResponse:
    """Pay a part of what a decision has reserved."""
    decision = get_object_or_404(
        Decision.objects.filter(fund__in=Fund.objects.visible_to(request.user)).select_related(
            "idea", "fund__unit"
        ),
        pk=pk,
    )
    assert decision.fund is not None
    _managed_fund(request, decision.fund.pk)
    form = PayForm(request.POST or None)
    if accepted(
        form,
        lambda: payments.pay(
            decision_id=pk, **form.cleaned_data, on=timezone.localdate(), by=request.user
        ),
    ):
        messages.success(request, _("The payment is recorded."))
        return go_to(request, "idea-detail", decision.idea_id)
    left_ore = payments.outstanding_ore(decision, Account.PROJECT)
    lead = _("%(left)s is left of what was reserved.") % {"left": format_kronor(left_ore)}
    return _form(
        request,
        form,
        decision.fund,
        title=_("Pay for “%(idea)s”") % {"idea": decision.idea},
        button=_("Record the payment"),
        lead=lead,
    )


def _fund(request: PersonRequest, pk: int) -> Fund:
    return get_object_or_404(Fund.objects.visible_to(request.user).select_related("unit"), pk=pk)


def _managed_fund(request: PersonRequest, pk: int) -> Fund:
    """The pages that move money are not found by those who only may look."""
    managed = Fund.objects.managed_by(request.user)
    return get_object_or_404(managed.select_related("unit"), pk=pk)


def _period(request: PersonRequest, pk: int) -> Period:
    managed = Fund.objects.managed_by(request.user)
    return get_object_or_404(Period.objects.filter(fund__in=managed).select_related("fund"), pk=pk)


def _form(request: PersonRequest, form: object, fund: Fund, **context: object) -> HttpResponse:
    status = 422 if getattr(form, "errors", None) else 200
    return page(
        request,
        "improvement/fund_form.html",
        {"form": form, "fund": fund, **context},
        parts=["fund-form"],
        status=status,
    )
