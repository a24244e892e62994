"""Lists of our own, of municipalities to compare with."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from foundation.forms import accepted
from foundation.htmx import go_to, page
from organisation.http import PersonRequest

from ..actions import groups
from ..forms.groups import GroupForm
from ..models import MunicipalityGroup
from ..queries.groups import OVERALL, kolada_groups, own_lists
from ..queries.viewer import home_municipality
from .keeping import for_keepers


@require_GET
@for_keepers
def group_list(request: PersonRequest) -> HttpResponse:
    """Our own lists, and for what Kolada has groups of municipalities similar to ours."""
    home = home_municipality()
    context = {
        "lists": own_lists(),
        "home": home,
        "kolada": kolada_groups(home) if home else [],
        "overall": OVERALL,
    }
    return page(request, "measures/group_list.html", context)


@require_http_methods(["GET", "POST"])
@for_keepers
def group_add(request: PersonRequest) -> HttpResponse:
    form = GroupForm(request.POST or None)
    if accepted(form, lambda: groups.add(listed=form.listed(), by=request.user)):
        messages.success(request, _("The list can now be chosen wherever values are compared."))
        return go_to(request, "group-list")
    return _form_page(request, form, title=_("Make a list"), button=_("Save the list"))


@require_http_methods(["GET", "POST"])
@for_keepers
def group_edit(request: PersonRequest, pk: int) -> HttpResponse:
    group = get_object_or_404(MunicipalityGroup, pk=pk, code="")
    form = GroupForm(request.POST or None, group=group)
    if accepted(form, lambda: groups.change(group_id=pk, listed=form.listed(), by=request.user)):
        messages.success(request, _("Saved."))
        return go_to(request, "group-list")
    return _form_page(request, form, title=group.title, button=_("Save the list"), group=group)


@require_http_methods(["GET", "POST"])
@for_keepers
def group_delete(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask first, then take the list away."""
    group = MunicipalityGroup.objects.filter(pk=pk, code="").first()
    if request.method == "POST":
        groups.delete(group_id=pk, by=request.user)
        messages.success(request, _("The list is taken away."))
        return go_to(request, "group-list")
    if group is None:
        raise Http404
    return page(request, "measures/group_delete.html", {"group": group})


def _form_page(request: PersonRequest, form: GroupForm, **context: Any) -> HttpResponse:
    status = 422 if form.errors else 200
    context |= {"form": form, "on_it": form.on_it()}
    return page(request, "measures/group_form.html", context, parts=["group-form"], status=status)
