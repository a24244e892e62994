"""The methods and strategic areas that works can choose: where they are looked after."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from foundation.forms import accepted
from foundation.htmx import go_to, page
from organisation.http import PersonRequest
from organisation.models.unit import home_unit

from ..actions import methods
from ..forms.methods import AreaForm, MethodForm, steps_form
from ..models import Method, StrategicArea
from ..queries.methods import areas_with_use, methods_with_use
from ..rules.methods import why_not_edit_methods

WAYS = {"upp": -1, "ner": 1}
USES = {"borja": True, "sluta": False}


@require_http_methods(["GET", "POST"])
def method_list(request: PersonRequest) -> HttpResponse:
    """List methods and strategic areas; add an area."""
    _gate(request)
    form = AreaForm(request.POST or None)
    if accepted(form, lambda: methods.add_area(**form.cleaned_data, by=request.user)):
        return go_to(request, "method-list")
    context = {"methods": methods_with_use(), "areas": areas_with_use(), "form": form}
    status = 422 if form.errors else 200
    return page(request, "programme/method_list.html", context, status=status)


@require_http_methods(["GET", "POST"])
def method_add(request: PersonRequest) -> HttpResponse:
    _gate(request)
    return _write(request, None)


@require_http_methods(["GET", "POST"])
def method_edit(request: PersonRequest, pk: int) -> HttpResponse:
    _gate(request)
    return _write(request, get_object_or_404(Method, pk=pk))


@require_POST
def method_order(request: PersonRequest, pk: int, step: str) -> HttpResponse:
    """Move a method up or down."""
    _gate(request)
    get_object_or_404(Method, pk=pk)
    if step not in WAYS:
        raise Http404
    methods.order(method_id=pk, way=WAYS[step], by=request.user)
    return go_to(request, "method-list")


@require_POST
def strategic_area_step(request: PersonRequest, pk: int, step: str) -> HttpResponse:
    """Begin or stop offering a strategic area."""
    _gate(request)
    get_object_or_404(StrategicArea, pk=pk)
    if step not in USES:
        raise Http404
    methods.use_area(area_id=pk, is_active=USES[step], by=request.user)
    return go_to(request, "method-list")


def _write(request: PersonRequest, method: Method | None) -> HttpResponse:
    """Write a method and its steps on one page."""
    data = request.POST if request.method == "POST" else None
    about = (
        {name: getattr(method, name) for name in ("name", "intro", "source", "is_active")}
        if method
        else None
    )
    form = MethodForm(data, initial=about)
    steps = steps_form(data, method)

    def save() -> None:
        if method is None:
            methods.add(text=form.text(), steps=steps.steps(), by=request.user)
        else:
            methods.change(
                method_id=method.pk, text=form.text(), steps=steps.steps(), by=request.user
            )

    if (data is None or steps.is_valid()) and accepted(form, save):
        messages.success(request, _("The method is saved."))
        return go_to(request, "method-list")
    context = {"method": method, "form": form, "steps": steps}
    status = 422 if data is not None else 200
    return page(
        request, "programme/method_form.html", context, parts=["method-form"], status=status
    )


def _gate(request: PersonRequest) -> None:
    """For those who look after the methods; to others the pages do not exist."""
    if why_not_edit_methods(request.user, home_unit()):
        raise Http404
