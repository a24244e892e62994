"""Which of our own units each unit in Kolada is."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from foundation.forms import accepted
from foundation.htmx import go_to, page
from organisation.http import PersonRequest
from organisation.models import Unit

from ..actions import service_units
from ..forms.own import LinkForm
from ..models import ServiceUnit
from ..queries import home_municipality
from ..queries.own import suggested
from .keeping import for_keepers

PER_PAGE = 40


@require_http_methods(["GET", "POST"])
@for_keepers
def link_list(request: PersonRequest) -> HttpResponse:
    """List the units in Kolada with the one each is; a POST takes every sure suggestion."""
    home = home_municipality()
    units = list(
        ServiceUnit.objects.filter(municipality=home, gone_on=None)
        .exclude(code="")
        .select_related("unit")
    )
    likely = suggested(units)
    sure = {pk: one.unit.pk for pk, one in likely.items() if one.is_sure}
    if request.method == "POST":
        count = service_units.link_all(sure, by=request.user)
        said = ngettext("%(count)s unit is linked.", "%(count)s units are linked.", count)
        messages.success(request, said % {"count": count})
        return go_to(request, "service-unit-link")
    units.sort(key=lambda one: one.unit_id is not None)  # what is left to do stands first
    rows = Paginator(units, PER_PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "home": home,
        "page": rows,
        "rows": [(one, likely.get(one.pk)) for one in rows],
        "left": sum(one.unit_id is None for one in units),
        "sure": len(sure),
    }
    return page(request, "measures/unit_links.html", context)


@require_http_methods(["GET", "POST"])
@for_keepers
def link_one(request: PersonRequest, pk: int) -> HttpResponse:
    """Say which of our own units one is, or that it is none of them."""
    units = ServiceUnit.objects.select_related("unit", "municipality")
    one = get_object_or_404(units, pk=pk, municipality=home_municipality())
    near = suggested([one]).get(one.pk)
    form = LinkForm(
        request.POST or None,
        initial={"unit": one.unit_id or (near.unit.pk if near else None)},
        suggested=[near.unit] if near else [],
    )

    def link() -> None:
        unit: Unit | None = form.cleaned_data["unit"]
        service_units.link(
            service_unit_id=one.pk, unit_id=unit.pk if unit else None, by=request.user
        )

    if accepted(form, link):
        messages.success(request, _("Saved."))
        return go_to(request, "service-unit-link")
    status = 422 if form.errors else 200
    return page(request, "measures/unit_link.html", {"one": one, "form": form}, status=status)
