"""The tab with a work's tests."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from foundation.htmx import page
from organisation.http import PersonRequest

from ..guidance.features import features_of
from ..models import Work
from ..queries.cycle_board import board_of, cycles_of, ramps_of, time_of
from ..queries.cycles import measured_of
from ..rules.cycles import why_not_plan

BOARD, TIME, SPIRAL = "tavla", "tid", "spiral"


@require_GET
def work_cycles(request: PersonRequest, pk: int) -> HttpResponse:
    """Show the tests of the work `pk`: as a board, along time, or as spirals of learning."""
    works = Work.objects.visible_to(request.user).select_related("unit")
    work = get_object_or_404(works, pk=pk)
    today = timezone.localdate()
    cycles = cycles_of(work)
    way = request.GET.get("visa", BOARD)
    context = {
        "work": work,
        "here": "work-cycles",
        "heading": pgettext("tab", "Tests"),
        "cycles": cycles,
        "way": way,
        "ways": [
            {"label": label, "href": f"?visa={key}", "current": way == key}
            for key, label in (
                (BOARD, pgettext("tests", "Board")),
                (TIME, pgettext("tests", "Time")),
                (SPIRAL, _("Learning spiral")),
            )
        ],
        "features": features_of(cycles, measured_of([work]).get(pk, [])) if cycles else None,
        "may_plan": why_not_plan(work, request.user) is None,
    }
    if way == TIME:
        context["rows"], context["first"], context["last"] = time_of(cycles, today)
    elif way == SPIRAL:
        context["ramps"] = ramps_of(cycles)
    else:
        context["columns"] = board_of(cycles, today)
    return page(request, "programme/work_cycles.html", context, parts=["tests"])
