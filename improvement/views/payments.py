"""Paying, correcting a row, and releasing the money of an idea."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from foundation.forms import accepted
from foundation.htmx import go_to
from foundation.money import format_kronor
from organisation.http import PersonRequest

from ..actions import payments
from ..forms.funds import CorrectForm, PayForm, ReleaseForm
from ..models import Account, Fund, LedgerEntry
from ..queries.money import funds_of, money_of
from ..rules.funds import why_not_correct, why_not_let_go
from .fetching import decision_of, form_page, fund_form, idea_of, managed_fund


@require_http_methods(["GET", "POST"])
def decision_pay(request: PersonRequest, pk: int) -> HttpResponse:
    """Pay a part of what a decision has reserved."""
    decision = decision_of(request, pk)
    fund = managed_fund(request, decision.fund_id)
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
    lead = _(
        "%(left)s is left of what was reserved. If it costs more, the decision-maker can grant "
        "more money in a new decision."
    ) % {"left": format_kronor(left_ore)}
    title = _("Pay for “%(idea)s”") % {"idea": decision.idea}
    return fund_form(request, form, fund, title=title, button=_("Record the payment"), lead=lead)


@require_http_methods(["GET", "POST"])
def entry_correct(request: PersonRequest, pk: int) -> HttpResponse:
    """Take a row back with a counter-row."""
    visible = LedgerEntry.objects.filter(period__fund__in=Fund.objects.visible_to(request.user))
    entry = get_object_or_404(visible.select_related("period__fund__unit", "decision__idea"), pk=pk)
    fund = managed_fund(request, entry.period.fund_id)
    form = CorrectForm(request.POST or None)
    if accepted(form, lambda: payments.correct(entry_id=pk, **form.cleaned_data, by=request.user)):
        messages.success(request, _("The row is taken back. Write what is right as a new row."))
        return go_to(request, "period-detail", entry.period_id)
    lead = _(
        "%(what)s, %(amount)s, %(period)s. The row stays, struck through, with a counter-row "
        "beside it."
    ) % {
        "what": entry.get_kind_display(),
        "amount": format_kronor(entry.amount_ore),
        "period": entry.period,
    }
    return fund_form(
        request,
        form,
        fund,
        title=_("Correct a row"),
        button=_("Take the row back"),
        lead=lead,
        refused=why_not_correct(entry, entry.period.left_ore()),
    )


@require_http_methods(["GET", "POST"])
def idea_let_go(request: PersonRequest, pk: int) -> HttpResponse:
    """Release the money of an idea that will not be carried out now."""
    idea = idea_of(request, pk)
    form = ReleaseForm(request.POST or None)
    if accepted(
        form,
        lambda: payments.let_go(
            idea_id=pk, **form.cleaned_data, on=timezone.localdate(), by=request.user
        ),
    ):
        messages.success(request, _("The money is released, and those who wait have been served."))
        return go_to(request, "idea-detail", pk)
    money = money_of(idea)
    return form_page(
        request,
        "improvement/idea_let_go.html",
        form,
        idea=idea,
        money=money,
        refused=why_not_let_go(idea, funds_of(pk), request.user),
    )
