"""Where a quality lead decides which areas there are, and in which order."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from foundation.errors import Refused
from foundation.forms import accepted
from foundation.htmx import go_to, page
from organisation.http import PersonRequest

from ..actions import areas, shipped
from ..forms.areas import AreaForm
from ..models import QualityArea
from ..queries.definitions import areas_to_edit, changes_of, changes_of_areas, definitions_of
from ..queries.groups import OVERALL
from ..queries.viewer import home_municipality
from ..rules.areas import why_not_delete_area
from .keeping import for_keepers


@require_http_methods(["GET"])
@for_keepers
def area_list_edit(request: PersonRequest) -> HttpResponse:
    """Every area, hidden ones too, to be put in order; and those shipped that are not here."""
    return _list(request)


def _list(request: PersonRequest) -> HttpResponse:
    every = areas_to_edit()
    context = {
        "areas": every,
        "lacking": shipped.lacking([area.slug for area in every]),
        "changes": changes_of_areas(),
    }
    return page(request, "measures/edit_areas.html", context, parts=["order"])


@require_http_methods(["POST"])
@for_keepers
def area_order(request: PersonRequest) -> HttpResponse:
    """Put the areas in order: all as they were dragged, or one a step up or down."""

    def arrange(ids: list[int], moved: int | None, steps: int) -> None:
        if moved is None:
            areas.arrange(area_ids=ids, by=request.user)
        else:
            areas.shift(area_id=moved, steps=steps, by=request.user)

    if put_in_order(request, arrange) and request.htmx:  # type: ignore[attr-defined]
        return _list(request)
    return go_to(request, "area-list-edit")


@require_http_methods(["GET", "POST"])
@for_keepers
def area_add(request: PersonRequest) -> HttpResponse:
    form = AreaForm(request.POST or None, home=home_municipality())
    made: list[QualityArea] = []
    if accepted(form, lambda: made.append(areas.add(described=form.described(), by=request.user))):
        messages.success(request, _("The area is added. Add its measures."))
        return go_to(request, "area-edit", made[0].slug)
    return form_page(request, form, title=_("Add an area"), button=_("Add the area"))


@require_POST
@for_keepers
def area_ship(request: PersonRequest, slug: str) -> HttpResponse:
    """Bring back an area that came with the application."""
    if slug not in {known for known, _name in shipped.lacking(())}:
        return go_to(request, "area-list-edit")
    area = shipped.bring_back(slug=slug, by=request.user)
    messages.success(request, _("%(area)s is here, as it was shipped.") % {"area": area.name})
    return go_to(request, "area-edit", area.slug)


@require_http_methods(["GET"])
@for_keepers
def area_edit(request: PersonRequest, slug: str) -> HttpResponse:
    """One area: its measures, what they are made of, and how they came to be so."""
    area = get_object_or_404(QualityArea, slug=slug)
    return area_page(request, area)


def area_page(request: PersonRequest, area: QualityArea) -> HttpResponse:
    definitions = definitions_of(area, home_municipality())
    context = {
        "area": area,
        "likeness": area.likeness or OVERALL,
        "definitions": definitions,
        "waits": any(definition.waits for definition in definitions),
        "changes": changes_of(area, definitions),
        "why_not_delete": why_not_delete_area(area),
    }
    return page(request, "measures/edit_area.html", context, parts=["order"])


@require_http_methods(["GET", "POST"])
@for_keepers
def area_words(request: PersonRequest, slug: str) -> HttpResponse:
    """Call an area something else, describe it, and choose with whom it is compared."""
    area = get_object_or_404(QualityArea, slug=slug)
    form = AreaForm(request.POST or None, area=area, home=home_municipality())

    def change() -> None:
        areas.change(area_id=area.pk, described=form.described(), by=request.user)

    if accepted(form, change):
        messages.success(request, _("Saved."))
        return go_to(request, "area-edit", slug)
    return form_page(request, form, title=area.name, button=_("Save"), area=area)


@require_POST
@for_keepers
def area_hide(request: PersonRequest, slug: str, step: str) -> HttpResponse:
    """Hide an area (`dolj`) or show it again (`visa`); the other button is the undoing."""
    area = get_object_or_404(QualityArea, slug=slug)
    areas.hide(area_id=area.pk, is_hidden=step == "dolj", by=request.user)
    if step == "dolj":
        messages.success(request, _("The area is hidden. All that it has is kept."))
    else:
        messages.success(request, _("The area is shown again."))
    return go_to(request, "area-edit", slug)


@require_http_methods(["GET", "POST"])
@for_keepers
def area_delete(request: PersonRequest, slug: str) -> HttpResponse:
    """Ask first, then take the area away with its measures."""
    area = QualityArea.objects.filter(slug=slug).first()
    if request.method == "POST":
        try:
            if area is not None:
                areas.delete(area_id=area.pk, by=request.user)
            messages.success(request, _("The area is taken away."))
        except Refused as refusal:
            messages.error(request, str(refusal))
        return go_to(request, "area-list-edit")
    area = get_object_or_404(QualityArea, slug=slug)
    context = {"area": area, "refused": why_not_delete_area(area), **lost_with(area)}
    return page(request, "measures/edit_area_delete.html", context)


def lost_with(area: QualityArea) -> dict[str, int]:
    return {
        "measures": area.measures.count(),
        "goals": area.measures.filter(goals__isnull=False).count(),
    }


# --- shared by the pages of measures and parts ---------------------------------------------------


def put_in_order(
    request: PersonRequest, arrange: Callable[[list[int], int | None, int], None]
) -> bool:
    """Read an order as it is sent, hand it to `arrange(ids, moved, steps)`, say whether it was done.

    Dragged things come as `item` for each of them; a button as `move`, "17:up" or "17:down".
    """
    ids = [int(value) for value in request.POST.getlist("item") if value.isdecimal()]
    moved, _colon, way = request.POST.get("move", "").partition(":")
    try:
        arrange(ids, int(moved) if moved.isdecimal() else None, -1 if way == "up" else 1)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return False
    return True


def form_page(
    request: PersonRequest,
    form: Any,
    *,
    title: str,
    button: str,
    lead: str = "",
    area: QualityArea | None = None,
    **context: Any,
) -> HttpResponse:
    """Show a form about areas or measures, with its heading and the word on its button."""
    context |= {"form": form, "title": title, "button": button, "lead": lead, "area": area}
    status = 422 if form.errors else 200
    return page(request, "measures/edit_form.html", context, parts=["edit-form"], status=status)
