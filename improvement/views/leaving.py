"""Leaving an idea, and changing it while it is one's own."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from foundation.forms import accepted
from foundation.htmx import go_to
from organisation.http import PersonRequest

from ..actions import ideas
from ..forms.ideas import IdeaForm
from ..models import Idea
from ..rules.ideas import step_to_submit
from .fetching import form_page, idea_of


@require_http_methods(["GET", "POST"])
def idea_create(request: PersonRequest) -> HttpResponse:
    form = IdeaForm(request.POST or None, person=request.user, initial=_prefilled(request))
    submit = "draft" not in request.POST
    if accepted(form, lambda: ideas.create(**form.cleaned_data, submit=submit, by=request.user)):
        if submit:
            messages.success(request, _("Thank you! Your idea has been submitted."))
        else:
            messages.success(request, _("The draft is saved. It is seen by you alone."))
        return go_to(request, "idea-detail", Idea.objects.get(key=form.cleaned_data["key"]).pk)
    return form_page(request, "improvement/idea_form.html", form, kpi=_kpi_of(form))


@require_http_methods(["GET", "POST"])
def idea_edit(request: PersonRequest, pk: int) -> HttpResponse:
    idea = idea_of(request, pk)
    form = IdeaForm(request.POST or None, person=request.user, instance=idea)

    def save() -> None:
        written = {k: v for k, v in form.cleaned_data.items() if k != "key"}
        ideas.edit(idea_id=pk, **written, by=request.user)
        if "draft" not in request.POST:
            ideas.press(idea_id=pk, step_name=step_to_submit(idea).name, by=request.user)

    if accepted(form, save):
        return go_to(request, "idea-detail", pk)
    return form_page(request, "improvement/idea_form.html", form, idea=idea, kpi=_kpi_of(form))


def _prefilled(request: HttpRequest) -> dict[str, str]:
    """What the address says: a poster's unit, a red measure."""
    asked = {"unit": request.GET.get("unit", ""), "kpi": request.GET.get("kpi", "")}
    return {name: value for name, value in asked.items() if value}


def _kpi_of(form: IdeaForm) -> Any:
    """The measure that the form is about, for the sentence above it."""
    asked = form["kpi"].value()
    return form.fields["kpi"].queryset.filter(kolada_id=asked).first() if asked else None  # type: ignore[attr-defined]
