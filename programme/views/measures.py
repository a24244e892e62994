"""A work's measures: follow one more, and write values down."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from foundation.forms import accepted
from foundation.htmx import go_to, page
from organisation.http import PersonRequest

from ..actions import measuring
from ..forms.measures import EndsForm, MoreMeasureForm, ValueForm
from ..models import Work, WorkMeasure
from ..rules.works import why_not_edit, why_not_measure
from .works import work_page


@require_http_methods(["GET", "POST"])
def measure_add(request: PersonRequest, pk: int) -> HttpResponse:
    """Follow one more measure in the work `pk`."""
    works = Work.objects.visible_to(request.user).select_related("unit")
    work = get_object_or_404(works, pk=pk)
    form = MoreMeasureForm(request.POST or None)
    if accepted(
        form,
        lambda: measuring.add(
            work_id=pk,
            measure=form.measure(),
            purpose=form.cleaned_data["purpose"],
            by=request.user,
        ),
    ):
        return go_to(request, "work-detail", pk)
    context = {"work": work, "form": form, "refused": why_not_edit(work, request.user)}
    status = 422 if form.errors else 200
    return page(
        request, "programme/measure_add.html", context, parts=["measure-form"], status=status
    )


@require_POST
def measure_record(request: PersonRequest, pk: int) -> HttpResponse:
    """Write a value down; a refused one is shown again where it was typed."""
    followed = _followed(request, pk)
    form = ValueForm(request.POST, prefix=f"m{pk}")
    today = timezone.localdate()
    if accepted(
        form,
        lambda: measuring.record_value(
            followed_id=pk, **form.cleaned_data, on=today, by=request.user
        ),
    ):
        messages.success(request, _("The value is saved."))
        return go_to(request, "work-detail", followed.work_id)
    return work_page(request, followed.work, refused={pk: form})


@require_http_methods(["GET", "POST"])
def measure_ends(request: PersonRequest, pk: int) -> HttpResponse:
    """Write down where a measure began and where it ended."""
    followed = _followed(request, pk)
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
        return go_to(request, "work-detail", followed.work_id)
    context = {
        "work": followed.work,
        "followed": followed,
        "form": form,
        "refused": why_not_measure(followed.work, request.user),
    }
    status = 422 if form.errors else 200
    return page(request, "programme/measure_ends.html", context, status=status)


def _followed(request: PersonRequest, pk: int) -> WorkMeasure:
    """Fetch through the gate; what one may not see is not found."""
    visible = WorkMeasure.objects.filter(work__in=Work.objects.visible_to(request.user))
    return get_object_or_404(visible.select_related("work__unit", "work__idea", "measure"), pk=pk)
