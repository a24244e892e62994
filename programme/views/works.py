"""The work's pages: the list, the start, the work itself, its aim and its team."""

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from foundation.errors import Refused
from foundation.forms import accepted
from foundation.htmx import go_to, page
from improvement.forms.funds import ReleaseForm
from improvement.models import Idea
from improvement.queries.money import approval_of, funds_of
from improvement.rules.funds import why_not_let_go
from improvement.rules.rewards import why_not_declare_use
from improvement.views.rewards import use_page
from organisation.http import PersonRequest
from organisation.models import Person

from ..actions import works
from ..flow import WORK_FLOW, WORK_SAYS_WHY
from ..forms.measures import MeasureForm
from ..forms.methods import StartMethodForm
from ..forms.works import CharterForm, MemberForm, TeamForm, WhyForm
from ..models import Membership, Work, WorkStatus
from ..queries import page_of
from ..rules.cycles import why_not_plan
from ..rules.reports import why_not_draft
from ..rules.works import (
    may_lead,
    pressed_steps,
    why_not,
    why_not_edit,
    why_not_measure,
    why_not_release,
    why_not_start,
)

FOUND_AT_MOST = 20  # people in an answer to a search


@require_http_methods(["GET", "POST"])
def work_start(request: PersonRequest, pk: int) -> HttpResponse:
    """Start a work from the idea `pk`: aim, measure and team on one page."""
    idea = _idea(request, pk)
    refused = why_not_start(idea, request.user)
    there = Work.objects.visible_to(request.user).filter(idea=idea).first()
    if there is not None:
        return go_to(request, "work-detail", there.pk)
    data = request.POST or None
    form = CharterForm(data, initial={"title": idea.title, "for_whom": idea.beneficiaries[:300]})
    measure = MeasureForm(data, prefix="measure")
    team = TeamForm(data, prefix="team", idea=idea, person=request.user)
    method = StartMethodForm(data, prefix="how")
    also = [form.is_valid() for form in (measure, team, method)]  # all say what is missing
    filled_in = data is not None and all(also)
    made: list[Work] = []

    def start() -> None:
        made.append(
            works.start(
                idea_id=pk,
                charter=form.charter(),
                measure=measure.measure(),
                team=team.team(),
                method=method.chosen() if filled_in else None,
                on=timezone.localdate(),
                by=request.user,
            )
        )

    if filled_in and accepted(form, start):
        messages.success(request, _("The work has begun. Good luck!"))
        return go_to(request, "work-detail", made[0].pk)
    context = {
        "idea": idea,
        "form": form,
        "measure": measure,
        "team": team,
        "method": method,
        "refused": refused,
    }
    status = 422 if data is not None else 200
    return page(request, "programme/work_start.html", context, parts=["work-form"], status=status)


@require_GET
def work_of_idea(request: PersonRequest, pk: int) -> HttpResponse:
    """Lead from an idea to its work."""
    work = get_object_or_404(Work.objects.visible_to(request.user), idea=pk)
    return go_to(request, "work-detail", work.pk)


@require_GET
def work_detail(request: PersonRequest, pk: int) -> HttpResponse:
    return work_page(request, _work(request, pk))


def work_page(request: PersonRequest, work: Work) -> HttpResponse:
    """Draw a work's page."""
    person = request.user
    today = timezone.localdate()
    facts = page_of(work, on=today)
    steps = pressed_steps(work, person)
    context = {
        "work": work,
        "here": "work-detail",
        "lead": facts.aim or work.aim,
        "facts": facts,
        "onward": [step for step in steps if step.name not in WORK_SAYS_WHY],
        "asking": [step for step in steps if step.name in WORK_SAYS_WHY],
        "may_edit": why_not_edit(work, person) is None,
        "may_measure": why_not_measure(work, person) is None,
        "may_plan": why_not_plan(work, person) is None,
        "may_draft": why_not_draft(work, person) is None,
        "may_release": work.idea is not None
        and work.status == WorkStatus.STOPPED
        and why_not_let_go(work.idea, funds_of(work.idea.pk), person, work_is_stopped=True) is None,
        "may_say_use": facts.money is not None
        and not why_not_declare_use(
            facts.money.approval, person, leads_the_work=may_lead(work, person)
        ),
    }
    return page(request, "programme/work_detail.html", context)


@require_http_methods(["GET", "POST"])
def work_step(request: PersonRequest, pk: int, step: str) -> HttpResponse:
    """Take a step that is one button, or ask for the sentence that it needs first."""
    work = _work(request, pk)
    if step in WORK_SAYS_WHY:
        form = WhyForm(request.POST or None)
        if accepted(
            form,
            lambda: works.press(
                work_id=pk, step_name=step, why=form.cleaned_data["why"], by=request.user
            ),
        ):
            return go_to(request, "work-charter", pk)
        context = {
            "work": work,
            "form": form,
            "step": WORK_FLOW[step],
            "refused": why_not(WORK_FLOW[step], work, request.user),
        }
        status = 422 if form.errors else 200
        return page(request, "programme/work_why.html", context, status=status)
    return _press(request, pk, step)


@require_POST
def _press(request: PersonRequest, pk: int, step: str) -> HttpResponse:
    try:
        works.press(work_id=pk, step_name=step, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return go_to(request, "work-detail", pk)
    if step == "confirm":
        messages.success(request, _("The team has been told that the work is wanted."))
        return go_to(request, "work-charter", pk)
    return go_to(request, "work-detail", pk)


@require_http_methods(["GET", "POST"])
def work_release(request: PersonRequest, pk: int) -> HttpResponse:
    """Release the money of a stopped work."""
    work = _work(request, pk)
    form = ReleaseForm(request.POST or None)
    if accepted(
        form,
        lambda: works.release_money(
            work_id=pk, **form.cleaned_data, on=timezone.localdate(), by=request.user
        ),
    ):
        messages.success(request, _("The money is released, and those who wait have been served."))
        return go_to(request, "work-detail", pk)
    refused = why_not_release(work)
    if refused is None and work.idea is not None:
        funds = funds_of(work.idea.pk)
        refused = why_not_let_go(work.idea, funds, request.user, work_is_stopped=True)
    context = {"work": work, "form": form, "refused": refused}
    status = 422 if form.errors else 200
    return page(request, "programme/work_release.html", context, status=status)


@require_http_methods(["GET", "POST"])
def work_reward(request: PersonRequest, pk: int) -> HttpResponse:
    """Let those who lead the work say what its reward is used for."""
    work = _work(request, pk)
    approval = approval_of(work.idea) if work.idea is not None else None
    if approval is None:
        raise Http404
    approval.idea.unit = work.unit
    leads = may_lead(work, request.user)
    return use_page(request, approval, back=("work-detail", pk), leads_the_work=leads)


@require_http_methods(["GET", "POST"])
def work_team(request: PersonRequest, pk: int) -> HttpResponse:
    """Show the team; find people by name, and take them into it."""
    work = _work(request, pk)
    form = MemberForm(request.POST or None)
    if accepted(form, lambda: works.add_member(work_id=pk, **form.cleaned_data, by=request.user)):
        return go_to(request, "work-team", pk)
    words = request.GET.get("q", "").strip()
    context = {
        "work": work,
        "form": form,
        "q": words,
        "found": _people_called(words, work) if len(words) > 1 else None,
        "refused": why_not_edit(work, request.user),
    }
    status = 422 if form.errors else 200
    return page(request, "programme/work_team.html", context, parts=["people-found"], status=status)


@require_POST
def membership_step(request: PersonRequest, pk: int, step: str) -> HttpResponse:
    """Take a person out of the team, make them its leader, or leave it oneself."""
    visible = Membership.objects.filter(work__in=Work.objects.visible_to(request.user))
    membership = get_object_or_404(visible, pk=pk)
    try:
        if step == "leda":
            works.hand_over(membership_id=pk, by=request.user)
        else:
            works.remove_member(membership_id=pk, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return go_to(request, "work-team", membership.work_id)
    if not Work.objects.visible_to(request.user).filter(pk=membership.work_id).exists():
        messages.success(request, _("You have left the team. Thank you for your part in it."))
        return go_to(request, "work-list")
    return go_to(request, "work-team", membership.work_id)


def _work(request: PersonRequest, pk: int) -> Work:
    """Fetch through the gate; what one may not see is not found."""
    visible = Work.objects.visible_to(request.user)
    return get_object_or_404(visible.select_related("unit", "idea"), pk=pk)


def _idea(request: PersonRequest, pk: int) -> Idea:
    visible = Idea.objects.visible_to(request.user)
    return get_object_or_404(visible.select_related("unit", "author", "kpi"), pk=pk)


def _people_called(words: str, work: Work) -> Any:
    """Those who work here and are called so, but for the team."""
    people = Person.objects.filter(is_active=True).exclude(pk__in=work.team_ids)
    for word in words.split():
        people = people.filter(Q(given_name__icontains=word) | Q(family_name__icontains=word))
    return people.in_name_order()[:FOUND_AT_MOST]
