"""What every page about one idea begins and ends with."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from foundation.htmx import page
from organisation.http import PersonRequest

from ..models import Idea


def idea_of(request: PersonRequest, pk: int) -> Idea:
    """Fetch through the gate; what one may not see is not found."""
    visible = Idea.objects.visible_to(request.user)
    return get_object_or_404(visible.select_related("unit", "author", "kpi"), pk=pk)


def form_page(
    request: HttpRequest, template: str, form: Any, *, failed: bool = False, **context: Any
) -> HttpResponse:
    """Show a form; 422 when it came back with errors, so that htmx and tests can tell."""
    status = 422 if failed or (form is not None and form.errors) else 200
    return page(request, template, {"form": form, **context}, parts=["idea-form"], status=status)
