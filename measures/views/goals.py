"""The goals: everybody sees them, and some set them."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from foundation.errors import Refused
from foundation.forms import accepted
from foundation.htmx import go_to, page
from organisation.http import PersonRequest
from organisation.permissions import Permission

from ..actions import goals
from ..forms.goals import GoalForm
from ..models import Goal, Kpi, QualityArea, QualityMeasure
from ..queries.goals import goal_lines
from ..queries.viewer import home_municipality
from ..rules.goals import why_not_set_goals
from ..rules.keeping import why_not_keep


@require_GET
def goal_list(request: PersonRequest) -> HttpResponse:
    """Every goal, the latest year first; `?area=hemtjanst` those of one area."""
    slug = request.GET.get("area", "")
    area = QualityArea.objects.filter(slug=slug).first() if slug else None
    person = request.user
    keeps = why_not_keep(person) is None
    lines = goal_lines(area, home_municipality())
    context = {
        "area": area,
        "lines": lines,
        "may_set": keeps or person.may_somewhere(Permission.GOAL_SET),
        "changeable": {
            line.goal.pk
            for line in lines
            if keeps or person.may(Permission.GOAL_SET, at=line.goal.unit)
        },
        "keeps": keeps,
    }
    return page(request, "measures/goal_list.html", context)


@require_http_methods(["GET", "POST"])
def goal_add(request: PersonRequest) -> HttpResponse:
    """Set a goal; `?measure=3`, `?kpi=N15505` or `?area=skola`: what one came from."""
    person = request.user
    if not person.may_somewhere(Permission.GOAL_SET) and why_not_keep(person):
        raise Http404
    form = GoalForm(request.POST or None, asked=_asked(request), person=person)
    today = timezone.localdate()
    if accepted(form, lambda: goals.add(aim=form.aim(), on=today, by=person)):
        messages.success(request, _("The goal is set, and is shown beside the outcome."))
        return go_to(request, "goal-list")
    return _form_page(request, form, title=_("Set a goal"), button=_("Set the goal"))


@require_http_methods(["GET", "POST"])
def goal_edit(request: PersonRequest, pk: int) -> HttpResponse:
    goal = _goal(request, pk)
    form = GoalForm(request.POST or None, goal=goal, person=request.user)

    def change() -> None:
        goals.change(goal_id=pk, aim=form.aim(), on=timezone.localdate(), by=request.user)

    if accepted(form, change):
        messages.success(request, _("The goal is changed."))
        return go_to(request, "goal-list")
    title = _("Change the goal")
    return _form_page(request, form, title=title, button=_("Save"), goal=goal)


@require_http_methods(["GET", "POST"])
def goal_remove(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask first, then take the goal away."""
    if request.method == "POST" and not Goal.objects.filter(pk=pk).exists():
        return go_to(request, "goal-list")  # a second click
    goal = _goal(request, pk)
    if request.method == "POST":
        try:
            goals.remove(goal_id=pk, by=request.user)
            messages.success(request, _("The goal is taken away."))
        except Refused as refusal:
            messages.error(request, str(refusal))
        return go_to(request, "goal-list")
    return page(request, "measures/goal_remove.html", {"goal": goal})


def _goal(request: PersonRequest, pk: int) -> Goal:
    """A goal that one may change; for others its form does not exist."""
    goals_with_all = Goal.objects.select_related("unit", "measure__area", "kpi")
    goal = get_object_or_404(goals_with_all, pk=pk)
    if why_not_set_goals(goal.unit, request.user):
        raise Http404
    return goal


def _asked(request: PersonRequest) -> dict[str, Any]:
    measure, kpi = request.GET.get("measure", ""), request.GET.get("kpi", "")
    asked: dict[str, Any] = {"year": timezone.localdate().year}
    if measure.isdecimal() and len(measure) < 10:
        asked["measure"] = QualityMeasure.objects.filter(pk=measure).first()
    elif kpi:
        asked["kpi"] = Kpi.objects.filter(code=kpi[:6]).first()
    elif area := request.GET.get("area", ""):
        asked["measure"] = QualityMeasure.objects.filter(area__slug=area).first()
    return asked


def _form_page(request: PersonRequest, form: GoalForm, **context: Any) -> HttpResponse:
    status = 422 if form.errors else 200
    context |= {"form": form}
    return page(request, "measures/goal_form.html", context, parts=["goal-form"], status=status)
