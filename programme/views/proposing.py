"""Every way to start a work: choose how, and begin one without money."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from foundation.forms import accepted
from foundation.htmx import go_to, page
from improvement.models import Idea
from measures.models import Kpi
from organisation.http import PersonRequest
from organisation.models import Unit

from ..actions import works
from ..forms.proposing import ProposeForm
from ..models import Origin, Work, WorkStatus
from ..queries.beginnings import ideas_to_begin
from ..rules.works import why_not_grow


@dataclass(frozen=True, slots=True)
class Way:
    """One way to start a work without money, as it is chosen and as its form is headed."""

    origin: Origin
    label: str | Promise
    text: str | Promise


WAYS = {
    way.origin.value: way
    for way in (
        Way(
            Origin.OWN,
            gettext_lazy("A need that we have seen"),
            gettext_lazy(
                "Something chafes, takes too long or could be safer, and you want to try."
            ),
        ),
        Way(
            Origin.MEASURE,
            gettext_lazy("A measure that is red"),
            gettext_lazy("The work begins with the measure, and shows there what is being done."),
        ),
        Way(
            Origin.PROGRAMME,
            gettext_lazy("A team in the programme"),
            gettext_lazy("You take part in a training or programme and bring a work of your own."),
        ),
        Way(
            Origin.BENCHMARKING,
            gettext_lazy("An assignment from benchmarking"),
            gettext_lazy("You have compared yourselves with others and chosen what to improve."),
        ),
    )
}
GREW = Way(
    Origin.DIRECT,
    gettext_lazy("Something done directly that grew"),
    gettext_lazy(
        "What you do at once has become larger than you thought. The idea stays as it is."
    ),
)


@require_GET
def work_new(request: PersonRequest) -> HttpResponse:
    """Let a person choose how a work begins."""
    if request.user.is_guest:
        raise Http404
    begin = ideas_to_begin(request.user)
    context = {"ways": WAYS.values(), "funded": begin.funded, "grown": begin.direct, "grew": GREW}
    return page(request, "programme/work_new.html", context)


@require_http_methods(["GET", "POST"])
def work_propose(request: PersonRequest, origin: str) -> HttpResponse:
    """Begin a work without money: with a few words, a unit, a manager and a leader.

    ``?idea=`` names what was done directly and has grown, ``?kpi=`` the measure, ``?unit=`` where.
    """
    if request.user.is_guest or origin not in (*WAYS, GREW.origin):
        raise Http404
    way = WAYS.get(origin, GREW)
    idea = _idea(request) if way is GREW else None
    if idea is not None:
        there = Work.objects.visible_to(request.user).filter(idea=idea).first()
        if there is not None:
            return go_to(request, "work-charter", there.pk)
    form = ProposeForm(
        request.POST if request.method == "POST" else None,
        initial=_initial(request, idea),
        origin=way.origin,
        person=request.user,
        idea=idea,
    )
    made: list[Work] = []

    def propose() -> None:
        made.append(
            works.propose(
                beginning=form.beginning(),
                unit=form.cleaned_data["unit"],
                charter=form.charter(),
                team=form.team(),
                asked_by=form.cleaned_data["asked_by"],
                method=form.cleaned_data["method"],
                key=form.cleaned_data["key"],
                on=timezone.localdate(),
                by=request.user,
            )
        )

    if accepted(form, propose):
        messages.success(request, _said(made[0]))
        return go_to(request, "work-charter", made[0].pk)
    query = request.GET.urlencode()
    context = {
        "way": way,
        "idea": idea,
        "form": form,
        "address": f"{request.path}{'?' if query else ''}{query}",
        "refused": why_not_grow(idea, request.user) if idea is not None else None,
    }
    status = 422 if form.errors else 200
    return page(request, "programme/work_propose.html", context, parts=["work-form"], status=status)


def _said(work: Work) -> str:
    if work.status == WorkStatus.PROPOSED and work.asked_by is not None:
        return _("The work is proposed, and %(manager)s has been asked.") % {
            "manager": work.asked_by.name
        }
    return _("The work has begun. Good luck!")


def _idea(request: PersonRequest) -> Idea:
    """Return what was done directly, through the gate."""
    asked = request.GET.get("idea", "")
    if not asked.isdecimal() or len(asked) > 18:
        raise Http404
    visible = Idea.objects.visible_to(request.user).select_related("unit", "author", "kpi")
    return get_object_or_404(visible, pk=asked)


def _initial(request: PersonRequest, idea: Idea | None) -> dict[str, Any]:
    """Return what is filled in already: what is known of where one comes from."""
    initial: dict[str, Any] = {"leader": request.user.pk}
    if idea is not None:
        return initial | {
            "title": idea.title,
            "for_whom": idea.beneficiaries[:300],
            "unit": idea.unit_id,
        }
    if code := request.GET.get("kpi", ""):
        initial["kpi"] = Kpi.objects.filter(code=code).values_list("pk", flat=True).first()
    asked = request.GET.get("unit", "")
    if asked.isdecimal() and len(asked) < 19:
        initial["unit"] = (
            Unit.objects.active().filter(pk=asked).values_list("pk", flat=True).first()
        )
    if not initial.get("unit") and request.user.unit is not None:
        initial["unit"] = request.user.unit.pk
    return initial


def address_of(origin: Origin, **query: object) -> str:
    """Return where a work begins with something: its measure, its unit."""
    asked = "&".join(f"{name}={value}" for name, value in query.items() if value)
    return f"{reverse('work-propose', args=[origin.value])}{'?' if asked else ''}{asked}"
