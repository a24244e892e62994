"""A fund's periods: added, given money, closed, and told of on any day."""

from datetime import date
from decimal import Decimal

from django.contrib import messages
from django.http import HttpResponse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from foundation.errors import Refused
from foundation.export import Cell, Kind, download, table_of
from foundation.forms import accepted
from foundation.htmx import go_to, page
from foundation.money import ORE_PER_KRONA, format_kronor
from organisation.http import PersonRequest

from ..actions import funds
from ..forms.funds import AllocateForm, DaysForm, PeriodForm
from ..models import LedgerEntry, Period, Rollover
from ..queries.statement import ledger_between, rows_until, statement
from ..rules.funds import why_not_close, why_not_manage
from .fetching import fund_form, fund_of, ledger_page, managed_fund, period_of


@require_http_methods(["GET", "POST"])
def period_create(request: PersonRequest, pk: int) -> HttpResponse:
    fund = managed_fund(request, pk)
    today = timezone.localdate()
    form = PeriodForm(fund, request.POST or None, today=today)
    if accepted(
        form,
        lambda: funds.add_period(fund_id=pk, **form.cleaned_data, on=today, by=request.user),
    ):
        return go_to(request, "fund-detail", pk)
    return fund_form(request, form, fund, title=_("Add a period"), button=_("Add the period"))


@require_POST
def half_years_add(request: PersonRequest, pk: int) -> HttpResponse:
    """Add both half-years of a year with one press."""
    managed_fund(request, pk)
    today = timezone.localdate()
    year = request.POST.get("year", "")
    try:
        if not year.isdecimal() or not today.year <= int(year) <= today.year + 10:
            raise Refused(_("Choose a year from now and ten years on."))
        added = funds.add_half_years(fund_id=pk, year=int(year), on=today, by=request.user)
        if added:
            names = ", ".join(str(period) for period in added)
            messages.success(request, _("Added: %(periods)s.") % {"periods": names})
        else:
            messages.info(
                request, _("The half-years of %(year)s are there already.") % {"year": year}
            )
    except Refused as refusal:
        messages.error(request, str(refusal))
    return go_to(request, "fund-detail", pk)


@require_http_methods(["GET", "POST"])
def period_allocate(request: PersonRequest, pk: int) -> HttpResponse:
    period = period_of(request, pk)
    managed_fund(request, period.fund_id)
    form = AllocateForm(request.POST or None)
    if accepted(
        form,
        lambda: funds.allocate(
            period_id=pk, **form.cleaned_data, on=timezone.localdate(), by=request.user
        ),
    ):
        amount = format_kronor(form.cleaned_data["amount_ore"])
        messages.success(
            request,
            _("%(amount)s is allocated to %(period)s. Those who waited have been served in order.")
            % {"amount": amount, "period": period},
        )
        return go_to(request, "fund-detail", period.fund_id)
    title = _("Allocate money to %(period)s") % {"period": period}
    return fund_form(request, form, period.fund, title=title, button=_("Allocate"))


@require_http_methods(["GET", "POST"])
def period_close(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask first, then close: it cannot be undone."""
    period = period_of(request, pk)
    managed_fund(request, period.fund_id)
    following = Period.objects.following(period)
    if request.method == "GET":
        context = {
            "period": period,
            "following": following,
            "left_ore": period.left_ore(),
            "lapses": period.rollover == Rollover.LAPSES,
            "refused": why_not_close(period, following, timezone.localdate()),
        }
        return page(request, "improvement/period_close.html", context)
    try:
        funds.close_period(period_id=pk, on=timezone.localdate(), by=request.user)
        messages.success(request, _("The period is closed."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return go_to(request, "fund-detail", period.fund_id)


@require_GET
def period_detail(request: PersonRequest, pk: int) -> HttpResponse:
    """The statement of a period on a day, today if none is named, and the rows behind it."""
    period = period_of(request, pk)
    asked = request.GET.get("on", "")
    on = _day(asked)
    context = {
        "period": period,
        "fund": period.fund,
        "statement": statement(period, on=on or timezone.localdate()),
        "asked": asked,
        "not_a_day": bool(asked) and on is None,
        **ledger_page(request, rows_until(period, on or timezone.localdate())),
        "columns": COLUMNS,
        "may_manage": why_not_manage(period.fund, request.user) is None,
    }
    status = 422 if context["not_a_day"] else 200
    return page(
        request, "improvement/period_detail.html", context, parts=["ledger-rows"], status=status
    )


# --- for the finance system: docs/finance-export.md says the same ---------------------------------

COLUMNS = (
    (gettext_lazy("Row"), gettext_lazy("The row's number; never used again.")),
    (gettext_lazy("Time"), gettext_lazy("When it was written.")),
    (gettext_lazy("Fund"), gettext_lazy("The name of the fund.")),
    (gettext_lazy("Period"), gettext_lazy("The period whose money it is.")),
    (gettext_lazy("Code"), gettext_lazy("What happened, as a word that does not change.")),
    (gettext_lazy("Event"), gettext_lazy("What happened, in words.")),
    (gettext_lazy("Account"), gettext_lazy("project or reward; empty for the fund itself.")),
    (gettext_lazy("Amount"), gettext_lazy("In kronor; below zero in a correction.")),
    (gettext_lazy("Change in left"), gettext_lazy("What it does to what is left.")),
    (gettext_lazy("Change in reserved"), gettext_lazy("What it does to what is reserved.")),
    (gettext_lazy("Change in paid"), gettext_lazy("What it does to what is paid.")),
    (gettext_lazy("Unit code"), gettext_lazy("The code of the unit that the idea is about.")),
    (gettext_lazy("Unit"), gettext_lazy("Its name.")),
    (gettext_lazy("Idea number"), gettext_lazy("As in the address of the idea.")),
    (gettext_lazy("Idea"), gettext_lazy("The title of the idea.")),
    (gettext_lazy("Decision"), gettext_lazy("The number of the decision.")),
    (gettext_lazy("Case number"), gettext_lazy("The organisation's own number for the matter.")),
    (gettext_lazy("Document number"), gettext_lazy("The invoice or voucher.")),
    (gettext_lazy("Note"), gettext_lazy("What was written, or why it was corrected.")),
    (gettext_lazy("Corrects row"), gettext_lazy("The row that this one takes back.")),
    (gettext_lazy("By whom"), gettext_lazy("Who did it; empty when it was the clock.")),
)


@require_GET
def ledger_export(request: PersonRequest, pk: int) -> HttpResponse:
    """The ledger of a fund as a file; ?period=, ?first= and ?last= narrow it."""
    fund = fund_of(request, pk)
    days = DaysForm(request.GET)
    if not days.is_valid():
        messages.error(request, _("Write the days as year-month-day, for example 2026-03-31."))
        return go_to(request, "fund-detail", pk)
    chosen = request.GET.get("period", "")
    period = fund.periods.filter(pk=chosen).first() if chosen.isdecimal() else None
    rows = ledger_between(fund, **days.cleaned_data, period=period)
    kind = Kind.EXCEL if request.GET.get("format") == Kind.EXCEL else Kind.CSV
    name = " ".join(["Huvudbok", str(period or fund), timezone.localdate().isoformat()])
    header = [heading for heading, _explained in COLUMNS]
    return download(table_of(kind, name, header, map(_cells, rows.iterator(2000))), name, kind)


def _cells(entry: LedgerEntry) -> list[Cell]:
    decision = entry.decision
    idea = decision.idea if decision else None
    return [
        entry.pk,
        entry.at,
        entry.period.fund.name,
        entry.period.name,
        entry.kind,
        entry.get_kind_display(),
        entry.account,
        in_kronor(entry.amount_ore),
        in_kronor(entry.left_ore),
        in_kronor(entry.reserved_ore),
        in_kronor(entry.paid_ore),
        idea.unit.code if idea else "",
        idea.unit.name if idea else "",
        idea.pk if idea else None,
        idea.title if idea else "",
        decision.pk if decision else None,
        decision.case_number if decision else "",
        entry.document_number,
        entry.note,
        entry.corrects_id,
        entry.by.name if entry.by else "",
    ]


def in_kronor(amount_ore: int) -> Decimal:
    """Return an amount as a number of kronor, for a file."""
    return (Decimal(amount_ore) / ORE_PER_KRONA).quantize(Decimal("0.01"))


def _day(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None
