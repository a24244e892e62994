"""A work's measures: all of them, one of them, which they are, and the chart to take along."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from foundation.errors import Refused
from foundation.export import Kind, csv_of, download
from foundation.forms import accepted
from foundation.htmx import go_to, page
from measures.chart import alone, draw, figure, moving_range_chart, to_csv
from measures.pictures.explore_chart import chart_data
from organisation.http import PersonRequest

from ..actions import measuring
from ..forms.measures import EndsForm, SettingsForm
from ..models import WorkMeasure
from ..queries.measures import (
    ends_of,
    measure_cards,
    measure_facts,
    phases_told,
    value_rows,
)
from ..rules.measures import (
    why_not_end,
    why_not_rebase,
    why_not_record,
    why_not_settings,
    why_not_take_away,
)
from ..rules.works import why_not_edit
from .following import followed_or_404, work_or_404

MOST_SHOWN = 12  # values in the page's table; all of them stand in the chart's

# --- what is followed -----------------------------------------------------------------------


@require_GET
def work_measures(request: PersonRequest, pk: int) -> HttpResponse:
    """Show every measure of a work as a small chart with what it says."""
    work = work_or_404(request, pk)
    context = {
        "work": work,
        "here": "work-measures",
        "heading": _("Measures"),
        "cards": measure_cards(work, on=timezone.localdate()),
        "may_add": why_not_edit(work, request.user) is None,
    }
    return page(request, "programme/measures.html", context)


@require_GET
def work_measure(request: PersonRequest, pk: int) -> HttpResponse:
    """Show one measure: its chart, what it says, its values and all that is known of it."""
    followed = followed_or_404(request, pk)
    facts = measure_facts(followed, on=timezone.localdate())
    person = request.user
    shows_ranges = "spridning" in request.GET
    shows_all = "alla" in request.GET
    newest = facts.points[-MOST_SHOWN:]
    shown = moving_range_chart(facts.chart) if shows_ranges else facts.judged
    context = about(followed) | {
        "facts": facts,
        "chart": figure(shown) if facts.points else None,
        "shows_ranges": shows_ranges,
        "values": value_rows(followed.measure, facts.points if shows_all else newest),
        "shows_all": shows_all or len(newest) == len(facts.points),
        "phases": phases_told(followed.measure),
        "ends": ends_of(followed.measure),
        "may_record": why_not_record(followed, person) is None,
        "may_set": why_not_settings(followed, person) is None,
        "may_end": why_not_end(followed, person) is None,
        "may_rebase": why_not_rebase(followed, person) is None,
        "may_take_away": why_not_take_away(followed, person) is None,
    }
    return page(request, "programme/measure.html", context)


@require_http_methods(["GET", "POST"])
def measure_add(request: PersonRequest, pk: int) -> HttpResponse:
    """Follow one more measure in the work `pk`."""
    work = work_or_404(request, pk)
    form = SettingsForm(request.POST or None, work=work)
    made: list[WorkMeasure] = []
    if accepted(
        form, lambda: made.append(measuring.add(work_id=pk, **form.chosen(), by=request.user))
    ):
        messages.success(request, _("The measure is there. Write the first value."))
        return go_to(request, "work-measure", made[0].pk)
    context = {
        "work": work,
        "here": "work-measures",
        "heading": _("Follow one more measure"),
        "form": form,
        "groups": form.parts(),
        "refused": why_not_edit(work, request.user),
    }
    status = 422 if form.errors else 200
    return page(
        request, "programme/measure_settings.html", context, parts=["measure-form"], status=status
    )


@require_http_methods(["GET", "POST"])
def measure_settings(request: PersonRequest, pk: int) -> HttpResponse:
    """Change what is measured, how it is counted, and how its chart is judged."""
    followed = followed_or_404(request, pk)
    form = SettingsForm(request.POST or None, work=followed.work, followed=followed)
    if accepted(form, lambda: measuring.change(followed_id=pk, **form.chosen(), by=request.user)):
        messages.success(request, _("The measure is changed."))
        return go_to(request, "work-measure", pk)
    context = about(followed) | {
        "heading": _("Settings of the measure"),
        "form": form,
        "groups": form.parts(),
        "refused": why_not_settings(followed, request.user),
    }
    status = 422 if form.errors else 200
    return page(
        request, "programme/measure_settings.html", context, parts=["measure-form"], status=status
    )


@require_http_methods(["GET", "POST"])
def measure_ends(request: PersonRequest, pk: int) -> HttpResponse:
    """Write down where a measure began and where it ended."""
    followed = followed_or_404(request, pk)
    measure = followed.measure
    names = ("start_value", "start_on", "end_value", "end_on")
    form = EndsForm(request.POST or None, initial={name: getattr(measure, name) for name in names})
    if accepted(
        form,
        lambda: measuring.set_ends(
            followed_id=pk,
            start=form.end("start"),
            end=form.end("end"),
            on=timezone.localdate(),
            by=request.user,
        ),
    ):
        return go_to(request, "work-measure", pk)
    context = about(followed) | {
        "heading": _("Start and end"),
        "form": form,
        "refused": why_not_record(followed, request.user),
    }
    status = 422 if form.errors else 200
    return page(request, "programme/measure_ends.html", context, status=status)


@require_POST
def measure_step(request: PersonRequest, pk: int, step: str) -> HttpResponse:
    """Take a measure away while it has no values, end it, or take it up again."""
    followed = followed_or_404(request, pk)
    try:
        if step == "ta-bort":
            measuring.take_away(followed_id=pk, by=request.user)
            messages.success(request, _("The measure is taken away from the work."))
            return go_to(request, "work-measures", followed.work_id)
        if step == "avsluta":
            measuring.end(followed_id=pk, on=timezone.localdate(), by=request.user)
        else:
            measuring.go_on(followed_id=pk, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return go_to(request, "work-measure", pk)


# --- the chart, to hang up, take along and look closer at -----------------------------------


@require_GET
def measure_wall(request: PersonRequest, pk: int) -> HttpResponse:
    """Show the chart alone and large, for the wall; it fetches itself anew now and then."""
    followed = followed_or_404(request, pk)
    facts = measure_facts(followed, on=timezone.localdate())
    context = about(followed) | {
        "facts": facts,
        "chart": figure(facts.judged) if facts.points else None,
        "now": timezone.now(),
    }
    return page(request, "programme/measure_wall.html", context, parts=["wall"])


@require_GET
def measure_svg(request: PersonRequest, pk: int) -> HttpResponse:
    """Give the chart as a picture that stands alone."""
    facts = measure_facts(followed_or_404(request, pk), on=timezone.localdate())
    response = HttpResponse(alone(draw(facts.judged)), content_type="image/svg+xml; charset=utf-8")
    name = f"{facts.followed.measure.name[:80]}.svg"
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store, private"
    return response


@require_GET
def measure_csv(request: PersonRequest, pk: int) -> HttpResponse:
    """Give every value with its lines and what was said of it as a table."""
    facts = measure_facts(followed_or_404(request, pk), on=timezone.localdate())
    header, rows = to_csv(facts.judged)
    return download(csv_of(header, rows), facts.followed.measure.name, Kind.CSV)


@require_GET
def work_measure_explore(request: PersonRequest, pk: int) -> JsonResponse:
    """Give the chart as data, for the library that one explores it with."""
    facts = measure_facts(followed_or_404(request, pk), on=timezone.localdate())
    return JsonResponse(chart_data(facts.judged))


def about(followed: WorkMeasure) -> dict[str, Any]:
    """Return what every page of one measure says."""
    return {
        "work": followed.work,
        "here": "work-measures",
        "heading": followed.measure.name,
        "followed": followed,
        "measure": followed.measure,
        "back": reverse("work-measure", args=[followed.pk]),
    }
