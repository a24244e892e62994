"""The library of works that have been carried out, and what all of them together were worth."""

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from foundation.errors import Refused
from foundation.export import Cell, Kind, download, table_of
from foundation.forms import accepted
from foundation.htmx import go_to, page
from foundation.money import ORE_PER_KRONA
from organisation.actions import notices
from organisation.http import PersonRequest, only_with
from organisation.models import Person, Unit
from organisation.permissions import Permission

from ..actions import library
from ..forms.library import ORDERS, AdoptForm, LibraryFilter
from ..models import ReportStatus, Work
from ..queries.benefits import YearOfBenefit, benefit_of_year
from ..queries.effect import effect_of
from ..queries.library import (
    BY_ORDER,
    adopting,
    cards_of,
    drivers_of,
    holding,
    in_library,
    kept_changes,
    ordered,
    rows_of,
)
from ..queries.suggestions import elsewhere
from ..rules.library import may_tip, why_not_adopt

PER_PAGE = 24
UNITS_PER_PAGE = 40
YEARS_SHOWN = 5


@require_GET
def library_list(request: PersonRequest) -> HttpResponse:
    """List what has been carried out, for everybody who works here."""
    _for_colleagues(request)
    filters = LibraryFilter(request.GET)
    order = request.GET.get("order", "")
    order = order if order in BY_ORDER else "newest"
    found = ordered(filters.narrow(in_library(request.user)), order)
    pks = list(found.values_list("pk", flat=True))  # at once their number and their order
    shown = Paginator(pks, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": shown,
        "cards": cards_of(rows_of(list(shown))),
        "filters": filters,
        "chips": list(filters.chips()),
        "without_filters": f"?order={order}",
        "order": order,
        "orders": [
            {"label": label, "href": _with(request, order=name), "current": name == order}
            for name, label in ORDERS
        ],
        "sees_benefit": request.user.may_somewhere(Permission.FUND_READ),
    }
    return page(request, "programme/library.html", context, parts=["library-rows"])


@require_GET
def library_entry(request: PersonRequest, pk: int) -> HttpResponse:
    """Show what a work tells others: facts and texts, no money, no hours, no talk."""
    work = _entry(request, pk)
    notices.seen(request.user, request.path)
    return _entry_page(request, work, AdoptForm(initial={"unit": _own_unit(request.user)}))


@require_http_methods(["POST"])
def library_adopt(request: PersonRequest, pk: int) -> HttpResponse:
    """Try it in a unit: one press."""
    work = _entry(request, pk)
    form = AdoptForm(request.POST)
    made: list[Work] = []

    def adopt() -> None:
        made.append(
            library.adopt(
                work_id=pk,
                unit=form.cleaned_data["unit"],
                on=timezone.localdate(),
                by=request.user,
            )
        )

    if not accepted(form, adopt):
        return _entry_page(request, work, form)
    if not Work.objects.visible_to(request.user).filter(pk=made[0].pk).exists():
        messages.info(
            request,
            _("%(unit)s is trying it already. Ask those who lead it there.")
            % {"unit": made[0].unit},
        )
        return go_to(request, "library-entry", pk)
    messages.success(
        request,
        _("Here is your own work, with their charter and tests as a starting point. Change it!"),
    )
    return go_to(request, "work-detail", made[0].pk)


@require_POST
def library_tip(request: PersonRequest, pk: int, unit: int) -> HttpResponse:
    """Tell the managers of a unit of the work."""
    work = _entry(request, pk)
    there = get_object_or_404(Unit.objects.active(), pk=unit)
    try:
        library.tip(work_id=work.pk, unit=there, by=request.user)
        messages.success(request, _("%(unit)s has been told.") % {"unit": there})
    except Refused as refusal:
        messages.error(request, str(refusal))
    return go_to(request, "library-entry", pk)


@only_with(Permission.FUND_READ)
@require_GET
def benefit_year(request: PersonRequest) -> HttpResponse:
    """Show what works have saved in a year, unit by unit: always a low and a high end."""
    year = _year(request)
    this_year = timezone.localdate().year
    benefit = benefit_of_year(request.user, year)
    context = {
        "benefit": benefit,
        "page": Paginator(benefit.units, UNITS_PER_PAGE).get_page(request.GET.get("page")),
        "years": [
            {"label": str(one), "href": f"?year={one}", "current": one == year}
            for one in range(this_year, this_year - YEARS_SHOWN, -1)
        ],
        "file": f"{reverse('benefit-file')}?year={year}",
    }
    return page(request, "programme/benefit_year.html", context)


@only_with(Permission.FUND_READ)
@require_GET
def benefit_file(request: PersonRequest) -> HttpResponse:
    """Give the page of a year as CSV."""
    year = _year(request)
    rows = _cells(benefit_of_year(request.user, year))
    name = _("What improvement works have saved %(year)s") % {"year": year}
    return download(table_of(Kind.CSV, name, _header(), rows), name, Kind.CSV)


def _entry_page(request: PersonRequest, work: Work, form: AdoptForm) -> HttpResponse:
    person = request.user
    report = work.reports.filter(status=ReportStatus.APPROVED).first()
    tips = may_tip(person)
    context: dict[str, Any] = {
        "work": work,
        "report": report,
        "texts": [
            (report.label_of(name), getattr(report, name))
            for name in ("background", "what_we_did", "result", "learning", "spread")
            if getattr(report, name)
        ]
        if report
        else [],
        "effect": effect_of(work),
        "changes": kept_changes(work),
        "drivers": drivers_of(work),
        "adopting": adopting(work),
        "seen": set(
            Work.objects.visible_to(person)
            .filter(pk__in=[work.pk, *work.adoptions.values_list("pk", flat=True)])
            .values_list("pk", flat=True)
        ),
        "form": form,
        "refused": _why_nowhere(work, person),
        "tips": tips,
        "elsewhere": elsewhere(work, person) if tips else None,
    }
    status = 422 if form.errors else 200
    return page(
        request, "programme/library_entry.html", context, parts=["adopt-form"], status=status
    )


def _why_nowhere(work: Work, person: Person) -> str | None:
    """Say why `person` has no unit to try it in, where it is so for the only one they have."""
    if person.may_somewhere(Permission.WORK_LEAD) or person.may_somewhere(Permission.WORK_COACH):
        return None
    own = _own_unit(person)
    if own is None:
        return _("Ask your manager to try it at your workplace.")
    others = len(person.employments_now) > 1
    return None if others else why_not_adopt(work, own, person)


def _own_unit(person: Person) -> Unit | None:
    return person.unit or (person.roles_held[0].unit if person.roles_held else None)


def _entry(request: PersonRequest, pk: int) -> Work:
    _for_colleagues(request)
    found = holding(in_library(request.user)).select_related(
        *("unit", "idea", "kpi", "strategic_area", "adopted_from__unit")
    )
    return get_object_or_404(found, pk=pk)


def _for_colleagues(request: PersonRequest) -> None:
    """A patient or user who takes part in a work sees that one alone."""
    if request.user.is_guest:
        raise Http404


def _with(request: PersonRequest, **changed: str) -> str:
    """Return the address of the page with something else asked for."""
    asked = request.GET.copy()
    asked.pop("page", None)
    for name, value in changed.items():
        asked[name] = value
    return f"?{asked.urlencode()}"


def _year(request: PersonRequest) -> int:
    """Return the year that is asked for, or this one."""
    this_year = timezone.localdate().year
    asked = request.GET.get("year", "")
    return int(asked) if asked.isdecimal() and 2000 <= int(asked[:4]) <= this_year else this_year


def _header() -> list[str]:
    return [
        _("Unit"),
        _("Year"),
        _("Hours, at least"),
        _("Hours, at most"),
        _("Kronor, at least"),
        _("Kronor, at most"),
        _("Cost of poor quality avoided, at least"),
        _("Cost of poor quality avoided, at most"),
        _("Works carried out"),
        _("Have said"),
        _("Have not said"),
        _("Paid from the funds"),
        _("Hours of coaches"),
    ]


def _cells(benefit: YearOfBenefit) -> list[list[Cell]]:
    return [
        [
            row.unit.name,
            benefit.year,
            row.saved.hours_low,
            row.saved.hours_high,
            *(
                Decimal(ore) / ORE_PER_KRONA
                for ore in (
                    row.saved.money_low_ore,
                    row.saved.money_high_ore,
                    row.saved.poor_low_ore,
                    row.saved.poor_high_ore,
                )
            ),
            row.finished,
            row.said,
            row.silent,
            Decimal(row.paid_ore) / ORE_PER_KRONA,
            row.coach_hours,
        ]
        for row in benefit.units
    ]
