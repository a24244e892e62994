"""The tab with a work's driver diagram, which is written as a list and drawn as a diagram."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from foundation.errors import Refused
from foundation.forms import accepted
from foundation.htmx import go_to, is_for, page
from organisation.http import PersonRequest

from ..actions import drivers
from ..forms.drivers import BoxForm, ChangeBoxForm
from ..models import Driver, Work
from ..queries.drivers import drawing_of, tree_of
from ..rules.drivers import why_not_draw

ON_AIM = "0"  # in the address: a new primary driver
PLACES = {"upp": -1, "ner": 1}


@require_GET
def work_drivers(request: PersonRequest, pk: int) -> HttpResponse:
    """Show the diagram; `ny` or `andra` in the address opens a form at that box in the list."""
    work = _work(request, pk)
    form: Any = None
    on = _found(work, request.GET.get("ny") or request.GET.get("andra"))
    if request.GET.get("ny") == ON_AIM or (on is not None and "ny" in request.GET):
        form = BoxForm(parent=on)
    elif on is not None:
        form = ChangeBoxForm(instance=on)
    return _page(request, work, on, form)


@require_POST
def driver_add(request: PersonRequest, pk: int) -> HttpResponse:
    """Put a box on another (`on` in the form), or on the aim."""
    work = _work(request, pk)
    on = _found(work, request.POST.get("on"))
    form = BoxForm(request.POST, parent=on)

    def save() -> None:
        drivers.add(
            work_id=pk, parent_id=on.pk if on else None, by=request.user, **form.cleaned_data
        )

    if not accepted(form, save, beside="text" if "text" in form.data else None):
        return _page(request, work, on, form, status=422)
    return _drawn(request, work)


@require_POST
def driver_change(request: PersonRequest, pk: int) -> HttpResponse:
    """Write a box anew, or hang it elsewhere."""
    driver = _driver(request, pk)
    form = ChangeBoxForm(request.POST, instance=driver)

    def save() -> None:
        parent = form.cleaned_data.get("parent")
        drivers.change(
            driver_id=pk,
            text=form.cleaned_data["text"],
            parent_id=parent.pk if parent else None,
            by=request.user,
        )

    if not accepted(form, save):
        return _page(request, driver.work, driver, form, status=422)
    return _drawn(request, driver.work)


@require_POST
def driver_step(request: PersonRequest, pk: int, step: str) -> HttpResponse:
    """Move a box up or down among those beside it."""
    driver = _driver(request, pk)
    try:
        drivers.shift(driver_id=pk, by_places=PLACES.get(step, 0), by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return _drawn(request, driver.work)


@require_http_methods(["GET", "POST"])
def driver_delete(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask, and take a box away with all that hangs on it."""
    driver = _driver(request, pk)
    if request.method == "POST":
        try:
            drivers.delete(driver_id=pk, by=request.user)
        except Refused as refusal:
            messages.error(request, str(refusal))
        return go_to(request, "work-drivers", driver.work_id)
    context = {
        "driver": driver,
        "work": driver.work,
        "more": len(drivers.below(driver)) - 1,
        "refused": why_not_draw(driver.work, request.user),
    }
    return page(request, "programme/driver_delete.html", context)


def _page(
    request: PersonRequest, work: Work, on: Driver | None, form: Any, *, status: int = 200
) -> HttpResponse:
    tree = tree_of(work)
    may_draw = why_not_draw(work, request.user) is None
    is_new = isinstance(form, BoxForm)
    context = {
        "work": work,
        "here": "work-drivers",
        "heading": pgettext("tab", "Driver diagram"),
        "tree": tree,
        "drawing": drawing_of(work, tree) if tree else "",
        "may_draw": may_draw,
        "form": form if may_draw else None,
        "at": on.pk if on else 0,  # where the form stands; 0 is the aim
        "is_new": is_new,
        "action": reverse("driver-add", args=[work.pk])
        if is_new or on is None
        else reverse("driver-change", args=[on.pk]),
    }
    return page(request, "programme/work_drivers.html", context, parts=["drivers"], status=status)


def _drawn(request: PersonRequest, work: Work) -> HttpResponse:
    """Answer with the diagram as it is now, without leaving the page where that is possible."""
    if is_for(request, "drivers"):
        return _page(request, work, None, None)
    return go_to(request, "work-drivers", work.pk)


def _work(request: PersonRequest, pk: int) -> Work:
    works = Work.objects.visible_to(request.user).select_related("unit")
    return get_object_or_404(works, pk=pk)


def _driver(request: PersonRequest, pk: int) -> Driver:
    visible = Driver.objects.visible_to(request.user).select_related("work__unit")
    return get_object_or_404(visible, pk=pk)


def _found(work: Work, pk: str | None) -> Driver | None:
    """The box of the work with that number, None for the aim or for none."""
    if not pk or pk == ON_AIM or not pk.isdecimal() or len(pk) > 9:
        return None
    return get_object_or_404(work.drivers.all(), pk=pk)
