"""The funds: what is left, who waits, what has moved, and how each fund works."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from foundation.errors import Refused
from foundation.forms import accepted
from foundation.htmx import go_to, is_for, page
from organisation.http import PersonRequest
from organisation.permissions import Permission

from ..actions import funds
from ..forms.funds import FundForm, PolicyForm
from ..models import Fund, LedgerEntry
from ..queries import fund_states, period_states
from ..queries.forecast import forecast_of
from ..queries.halves import years_to_add
from ..queries.money import drawing_of
from ..queries.policy import changes_of, rules_of
from ..rules.funds import why_not_end_fund, why_not_manage
from .fetching import fund_form, fund_of, ledger_page, managed_fund

QUEUE_SHOWN = 10


@require_GET
def fund_list(request: PersonRequest) -> HttpResponse:
    states = fund_states(request.user, on=timezone.localdate())
    may_create = request.user.may_somewhere(Permission.FUND_MANAGE)
    if len(states) == 1 and not may_create:
        return go_to(request, "fund-detail", states[0].fund.pk)
    ended = Fund.objects.managed_by(request.user).filter(is_active=False).select_related("unit")
    context = {"funds": states, "ended": ended.order_by("name"), "may_create": may_create}
    return page(request, "improvement/fund_list.html", context)


@require_GET
def fund_detail(request: PersonRequest, pk: int) -> HttpResponse:
    """A fund: its periods, its queue, how it works, and every row of its ledger."""
    fund = fund_of(request, pk)
    today = timezone.localdate()
    context: dict[str, Any] = {
        "fund": fund,
        # By the periods' ids: across a join PostgreSQL would read the ledgers of all funds.
        **ledger_page(request, LedgerEntry.objects.filter(period__in=_periods_of(fund))),
        "may_manage": why_not_manage(fund, request.user) is None,
    }
    if not is_for(request, "ledger-rows"):
        periods = period_states(fund, on=today)
        queue = forecast_of(fund, on=today, first=QUEUE_SHOWN)
        context |= {
            "periods": periods,
            "drawing": drawing_of(periods),
            "current": next((state for state in periods if state.is_current), None),
            "queue": queue.places,
            "more_in_queue": queue.length - len(queue.places),
            "rules": rules_of(fund),
            "years": years_to_add([state.period for state in periods], on=today),
            "today": today,
        }
    return page(request, "improvement/fund_detail.html", context, parts=["ledger-rows"])


def _periods_of(fund: Fund) -> list[int]:
    return list(fund.periods.values_list("pk", flat=True))


@require_http_methods(["GET", "POST"])
def fund_create(request: PersonRequest) -> HttpResponse:
    """Set a fund up for a unit that one manages money for."""
    form = FundForm(request.POST or None, person=request.user)
    made: list[Fund] = []

    def create() -> None:
        unit = form.cleaned_data["unit"]
        made.append(funds.create(unit=unit, policy=form.policy(), by=request.user))

    if accepted(form, create):
        messages.success(request, _("The fund is set up. Add its periods, and allocate money."))
        return go_to(request, "fund-detail", made[0].pk)
    refused = None
    if not request.user.may_somewhere(Permission.FUND_MANAGE):
        refused = _("You do not have a role that may set up funds.")
    return fund_form(
        request,
        form,
        None,
        title=_("Set up a fund"),
        button=_("Set up the fund"),
        lead=_("Its rules can be changed later, and are shown on the fund's page."),
        refused=refused,
    )


@require_http_methods(["GET", "POST"])
def fund_policy(request: PersonRequest, pk: int) -> HttpResponse:
    """Change how a fund works; see what has been changed before."""
    fund = managed_fund(request, pk)
    form = PolicyForm(request.POST or None, instance=fund)
    policy_was = fund.name

    def change() -> None:
        funds.change(fund_id=pk, policy=form.policy(), on=timezone.localdate(), by=request.user)

    if accepted(form, change):
        messages.success(
            request, _("The rules are changed, and everybody who sees the fund sees them.")
        )
        return go_to(request, "fund-detail", pk)
    fund.name = policy_was  # the form has tried the new one on it
    return fund_form(
        request,
        form,
        fund,
        title=_("Change the rules of the fund"),
        button=_("Save the rules"),
        lead=_("Decisions that are taken already are not touched."),
        changes=changes_of(fund),
        may_end=why_not_end_fund(fund) is None,
    )


@require_http_methods(["GET", "POST"])
def fund_end(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask first, then take the fund out of use."""
    fund = managed_fund(request, pk)
    if request.method == "GET":
        context = {"fund": fund, "refused": why_not_end_fund(fund)}
        return page(request, "improvement/fund_end.html", context)
    try:
        funds.end(fund_id=pk, by=request.user)
        messages.success(request, _("The fund is not in use any more. Its ledger stays."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return go_to(request, "fund-detail", pk)


@require_http_methods(["POST"])
def fund_reopen(request: PersonRequest, pk: int) -> HttpResponse:
    managed_fund(request, pk)
    funds.reopen(fund_id=pk, by=request.user)
    messages.success(request, _("The fund is in use again."))
    return go_to(request, "fund-detail", pk)
