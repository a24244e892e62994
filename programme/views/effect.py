"""What comes of a work: the checks whether it holds, and what it was worth."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from foundation.forms import accepted
from foundation.htmx import go_to, page
from organisation.actions import notices
from organisation.http import PersonRequest

from ..actions import benefits, effect
from ..forms.effect import BenefitForm, CheckForm, GiveForm, WithdrawForm
from ..models import Benefit, FollowUp, Origin, Work
from ..queries.benefits import cost_of
from ..queries.effect import carrying_aim, effect_of
from ..queries.library import adopting
from ..rules.effect import (
    may_see_amounts,
    why_not_answer,
    why_not_benefit,
    why_not_give,
    why_not_withdraw_benefit,
)
from ..rules.works import why_not_start_at


@require_GET
def work_effect(request: PersonRequest, pk: int) -> HttpResponse:
    """Say whether it holds, who builds on it, and what it was worth.  A fixed number of queries."""
    work = _work(request, pk)
    person, today = request.user, timezone.localdate()
    notices.seen(person, request.path)
    sees_amounts = may_see_amounts(work, person)
    said = effect_of(work)
    saved = list(work.benefits.select_related("by").order_by("-pk")) if sees_amounts else []
    for benefit in saved:
        benefit.work = work
    context: dict[str, Any] = {
        "work": work,
        "here": "work-effect",
        "effect": said,
        "checks": [
            {
                "check": check,
                "may_answer": why_not_answer(check, person, on=today) is None,
                "may_give": why_not_give(check, None, person) is None,
                "is_late": check.done_on is None and check.due_on < today,
            }
            for check in said.checks
        ],
        "adopting": adopting(work),
        "sees_amounts": sees_amounts,
        "benefits": [
            (benefit, why_not_withdraw_benefit(benefit, person) is None) for benefit in saved
        ],
        "may_say": why_not_benefit(work, person) is None,
        "may_start": why_not_start_at(work.unit, person) is None,
        "start": _start(work),
        "cost": cost_of(work) if sees_amounts else None,
    }
    return page(request, "programme/work_effect.html", context)


@require_http_methods(["GET", "POST"])
def follow_up(request: PersonRequest, pk: int) -> HttpResponse:
    """Make a check: four questions on one page."""
    check = _check(request, pk)
    work, today = check.work, timezone.localdate()
    notices.seen(request.user, request.path)
    followed = carrying_aim(work)
    form = CheckForm(request.POST or None, measure=followed.measure if followed else None)
    if accepted(
        form,
        lambda: effect.answer(follow_up_id=pk, said=form.answer(), on=today, by=request.user),
    ):
        messages.success(request, _("Thank you. Now everybody can see whether it holds."))
        return go_to(request, "work-effect", work.pk)
    context = {
        "work": work,
        "here": "work-effect",
        "check": check,
        "form": form,
        "followed": followed,
        "refused": ""
        if request.method == "POST"
        else why_not_answer(check, request.user, on=today),
    }
    status = 422 if form.errors else 200
    return page(request, "programme/follow_up.html", context, parts=["check-form"], status=status)


@require_http_methods(["GET", "POST"])
def follow_up_give(request: PersonRequest, pk: int) -> HttpResponse:
    """Let somebody else make the check."""
    check = _check(request, pk)
    form = GiveForm(request.POST or None)
    if accepted(
        form,
        lambda: effect.give(follow_up_id=pk, to=form.cleaned_data["to"], by=request.user),
    ):
        messages.success(
            request,
            _("%(name)s makes the check now, and has been told.")
            % {"name": form.cleaned_data["to"].name},
        )
        return go_to(request, "work-effect", check.work_id)
    context = {
        "work": check.work,
        "here": "work-effect",
        "check": check,
        "form": form,
        "refused": why_not_give(check, None, request.user),
    }
    status = 422 if form.errors else 200
    return page(
        request, "programme/follow_up_give.html", context, parts=["give-form"], status=status
    )


@require_http_methods(["GET", "POST"])
def benefit_add(request: PersonRequest, pk: int) -> HttpResponse:
    """Write down what a work has saved."""
    work = _work(request, pk)
    today = timezone.localdate()
    form = BenefitForm(request.POST or None, initial={"year": today.year})
    if accepted(
        form,
        lambda: benefits.add(
            work_id=pk,
            saving=form.saving(),
            key=form.cleaned_data["key"],
            on=today,
            by=request.user,
        ),
    ):
        messages.success(request, _("Saved."))
        return go_to(request, "work-effect", pk)
    context = {
        "work": work,
        "here": "work-effect",
        "form": form,
        "refused": why_not_benefit(work, request.user),
    }
    status = 422 if form.errors else 200
    return page(
        request, "programme/benefit_add.html", context, parts=["benefit-form"], status=status
    )


@require_http_methods(["GET", "POST"])
def benefit_withdraw(request: PersonRequest, pk: int) -> HttpResponse:
    """Withdraw what was said to be saved, with a reason."""
    visible = Benefit.objects.visible_to(request.user).select_related("work__unit", "work__idea")
    benefit = get_object_or_404(visible, pk=pk)
    if not may_see_amounts(benefit.work, request.user):
        raise Http404
    form = WithdrawForm(request.POST or None)
    if accepted(
        form,
        lambda: benefits.withdraw(
            benefit_id=pk, because=form.cleaned_data["because"], by=request.user
        ),
    ):
        return go_to(request, "work-effect", benefit.work_id)
    context = {
        "work": benefit.work,
        "here": "work-effect",
        "benefit": benefit,
        "form": form,
        "refused": why_not_withdraw_benefit(benefit, request.user),
    }
    status = 422 if form.errors else 200
    return page(
        request, "programme/benefit_withdraw.html", context, parts=["withdraw-form"], status=status
    )


def _start(work: Work) -> str:
    """Return where a new work is begun from what has gone back."""
    origin = Origin.MEASURE if work.kpi_id else Origin.OWN
    query = {"unit": work.unit_id, **({"kpi": work.kpi_id} if work.kpi_id else {})}
    return f"{reverse('work-propose', args=[origin.value])}?{urlencode(query)}"


def _work(request: PersonRequest, pk: int) -> Work:
    """Fetch through the gate; what one may not see is not found."""
    visible = Work.objects.visible_to(request.user)
    return get_object_or_404(visible.select_related("unit", "idea", "adopted_from__unit"), pk=pk)


def _check(request: PersonRequest, pk: int) -> FollowUp:
    visible = FollowUp.objects.visible_to(request.user)
    return get_object_or_404(visible.for_page(), pk=pk)
