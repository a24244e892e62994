"""Where a quality lead decides which measures an area has, and which KPIs they are made of."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from foundation.errors import Refused
from foundation.forms import accepted
from foundation.htmx import go_to, page
from organisation.http import PersonRequest

from ..actions import quality_measures as actions
from ..forms.areas import MeasureForm, PartForm
from ..models import MeasureKpi, QualityArea, QualityMeasure
from ..queries.definitions import definitions_of
from ..queries.viewer import home_municipality
from .areas import area_page, form_page, put_in_order
from .keeping import for_keepers

PART_STEPS = ("rakna", "utanfor", "byt")


@require_POST
@for_keepers
def measure_order(request: PersonRequest, slug: str) -> HttpResponse:
    area = get_object_or_404(QualityArea, slug=slug)

    def arrange(ids: list[int], moved: int | None, steps: int) -> None:
        if moved is None:
            actions.arrange(area_id=area.pk, measure_ids=ids, by=request.user)
        elif area.measures.filter(pk=moved).exists():
            actions.shift(measure_id=moved, steps=steps, by=request.user)

    if put_in_order(request, arrange) and request.htmx:  # type: ignore[attr-defined]
        return area_page(request, area)
    return go_to(request, "area-edit", slug)


@require_http_methods(["GET", "POST"])
@for_keepers
def measure_add(request: PersonRequest, slug: str) -> HttpResponse:
    area = get_object_or_404(QualityArea, slug=slug)
    form = MeasureForm(request.POST or None)
    made: list[QualityMeasure] = []

    def add() -> None:
        described = form.described()
        made.append(actions.add(area_id=area.pk, described=described, by=request.user))

    if accepted(form, add):
        messages.success(request, _("The measure is added. Choose what it is made of."))
        return go_to(request, "part-add", slug, made[0].pk)
    lead = _("A measure is the mean of its KPIs. One is enough.")
    return form_page(
        request, form, title=_("Add a measure"), button=_("Add the measure"), lead=lead, area=area
    )


@require_http_methods(["GET"])
@for_keepers
def measure_edit(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """One measure: its parts, in order, counted or shown beside."""
    return _measure_page(request, _measure(slug, pk))


@require_http_methods(["GET", "POST"])
@for_keepers
def measure_words(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    measure = _measure(slug, pk)
    form = MeasureForm(request.POST or None, measure=measure)

    def change() -> None:
        actions.change(measure_id=pk, described=form.described(), by=request.user)

    if accepted(form, change):
        messages.success(request, _("Saved."))
        return go_to(request, "quality-measure-edit", slug, pk)
    return form_page(
        request,
        form,
        title=measure.name,
        button=_("Save"),
        area=measure.area,
        measure=measure,
    )


@require_http_methods(["GET", "POST"])
@for_keepers
def measure_delete(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Ask first, then take the measure away with its goals."""
    if request.method == "POST":
        if QualityMeasure.objects.filter(pk=pk, area__slug=slug).exists():
            actions.delete(measure_id=pk, by=request.user)
        messages.success(request, _("The measure is taken away."))
        return go_to(request, "area-edit", slug)
    measure = _measure(slug, pk)
    context = {"measure": measure, "area": measure.area, "goals": measure.goals.count()}
    return page(request, "measures/edit_measure_delete.html", context)


# --- parts ---------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
@for_keepers
def part_add(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Choose a KPI of the catalogue, or one of our own."""
    measure = _measure(slug, pk)
    form = PartForm(request.POST or None)

    def add() -> None:
        kpi, is_left_out = form.cleaned_data["kpi"], form.cleaned_data["is_left_out"]
        actions.add_part(measure_id=pk, kpi_id=kpi.pk, is_left_out=is_left_out, by=request.user)

    if accepted(form, add, beside="kpi"):
        return go_to(request, "quality-measure-edit", slug, pk)
    return form_page(
        request,
        form,
        title=_("Add a KPI"),
        button=_("Add it to the measure"),
        area=measure.area,
        measure=measure,
    )


@require_POST
@for_keepers
def part_order(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    measure = _measure(slug, pk)

    def arrange(ids: list[int], moved: int | None, steps: int) -> None:
        if moved is None:
            actions.arrange_parts(measure_id=pk, part_ids=ids, by=request.user)
        elif measure.parts.filter(pk=moved).exists():
            actions.shift_part(part_id=moved, steps=steps, by=request.user)

    if put_in_order(request, arrange) and request.htmx:  # type: ignore[attr-defined]
        return _measure_page(request, measure)
    return go_to(request, "quality-measure-edit", slug, pk)


@require_POST
@for_keepers
def part_step(request: PersonRequest, slug: str, pk: int, part: int, step: str) -> HttpResponse:
    """Count a part (`rakna`), leave it out (`utanfor`), or let its successor take its place (`byt`)."""
    one = get_object_or_404(_parts(slug, pk), pk=part)
    if step not in PART_STEPS:
        raise Http404
    try:
        if step == "byt":
            asked = request.POST.get("kpi", "")
            kpi_id = int(asked) if asked.isdecimal() else one.kpi_id
            actions.replace_part(part_id=part, kpi_id=kpi_id, by=request.user)
        else:
            actions.count_part(part_id=part, is_left_out=step == "utanfor", by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return go_to(request, "quality-measure-edit", slug, pk)


@require_http_methods(["GET", "POST"])
@for_keepers
def part_remove(request: PersonRequest, slug: str, pk: int, part: int) -> HttpResponse:
    """Ask first, then take a KPI out of its measure."""
    one = _parts(slug, pk).filter(pk=part).first()
    if request.method == "POST":
        if one is not None:
            actions.remove_part(part_id=part, by=request.user)
        return go_to(request, "quality-measure-edit", slug, pk)
    if one is None:
        raise Http404
    others = _parts(slug, pk).exclude(pk=part).filter(is_left_out=False).count()
    context = {"part": one, "measure": one.measure, "area": one.measure.area, "others": others}
    return page(request, "measures/edit_part_remove.html", context)


def _parts(slug: str, pk: int) -> QuerySet[MeasureKpi]:
    parts = MeasureKpi.objects.filter(measure=pk, measure__area__slug=slug)
    return parts.select_related("measure__area", "kpi")


def _measure(slug: str, pk: int) -> QualityMeasure:
    return get_object_or_404(QualityMeasure.objects.select_related("area"), pk=pk, area__slug=slug)


def _measure_page(request: PersonRequest, measure: QualityMeasure) -> HttpResponse:
    [definition] = definitions_of(measure.area, home_municipality(), only=measure.pk)
    context = {"area": measure.area, "measure": measure, "definition": definition}
    return page(request, "measures/edit_measure.html", context, parts=["order"])
