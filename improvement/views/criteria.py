"""By what ideas are judged: the page where it is chosen."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods, require_POST

from foundation.errors import Refused
from foundation.forms import accepted
from foundation.htmx import go_to, page
from organisation.http import PersonRequest
from organisation.models.unit import home_unit

from ..actions import criteria
from ..forms.preparing import CriterionForm
from ..models import Criterion
from ..rules.preparing import why_not_set_criteria

STEPS = ("upp", "ner", "sluta", "borja")


@require_http_methods(["GET", "POST"])
def criterion_list(request: PersonRequest) -> HttpResponse:
    _gate(request)
    form = CriterionForm(request.POST or None)
    if accepted(form, lambda: criteria.add(**form.cleaned_data, by=request.user)):
        return go_to(request, "criterion-list")
    every = list(Criterion.objects.all())
    context = {
        "form": form,
        "used": [each for each in every if each.is_active],
        "retired": [each for each in every if not each.is_active],
    }
    status = 422 if form.errors else 200
    return page(
        request, "improvement/criterion_list.html", context, parts=["criterion-form"], status=status
    )


@require_http_methods(["GET", "POST"])
def criterion_edit(request: PersonRequest, pk: int) -> HttpResponse:
    _gate(request)
    criterion = get_object_or_404(Criterion, pk=pk)
    form = CriterionForm(request.POST if request.method == "POST" else None, instance=criterion)
    if accepted(
        form, lambda: criteria.change(criterion_id=pk, **form.cleaned_data, by=request.user)
    ):
        return go_to(request, "criterion-list")
    context = {"form": form, "criterion": Criterion.objects.get(pk=pk)}
    status = 422 if form.errors else 200
    return page(
        request, "improvement/criterion_form.html", context, parts=["criterion-form"], status=status
    )


@require_POST
def criterion_step(request: PersonRequest, pk: int, step: str) -> HttpResponse:
    """Move a criterion up or down, retire it or use it again."""
    _gate(request)
    if step not in STEPS:
        raise Http404
    try:
        if step in ("upp", "ner"):
            criteria.move(criterion_id=pk, up=step == "upp", by=request.user)
        else:
            criteria.use(criterion_id=pk, is_active=step == "borja", by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return go_to(request, "criterion-list")


def _gate(request: PersonRequest) -> None:
    """The page is not found by those who may not choose for the whole organisation."""
    if why_not_set_criteria(request.user, home_unit()):
        raise Http404
