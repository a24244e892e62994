"""Joining ideas about the same thing, and separating them again."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from foundation.errors import Refused
from foundation.forms import accepted
from foundation.htmx import go_to, page
from foundation.search_choice import answer
from organisation.http import PersonRequest

from ..actions import merging
from ..flow import IDEA_FLOW
from ..forms.talk import MergeForm
from ..queries.merging import joinable
from ..rules.ideas import why_not
from .fetching import form_page, idea_of


@require_http_methods(["GET", "POST"])
def idea_merge(request: PersonRequest, pk: int) -> HttpResponse:
    """Choose which idea this one is joined into; the likest are offered at once."""
    idea = idea_of(request, pk)
    form = MergeForm(idea, request.user, request.POST or None)

    def merge() -> None:
        merging.merge(idea_id=pk, into_id=form.cleaned_data["into"].pk, by=request.user)

    if accepted(form, merge):
        messages.success(request, _("They are joined now. The authors of both have been told."))
        return go_to(request, "idea-detail", form.cleaned_data["into"].pk)
    refused = why_not(IDEA_FLOW["merge"], idea, request.user) if request.method == "GET" else None
    return form_page(request, "improvement/idea_merge.html", form, idea=idea, refused=refused)


@require_http_methods(["GET", "POST"])
def idea_split(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask before two ideas that were joined are separated."""
    idea = idea_of(request, pk)
    if request.method == "POST":
        try:
            merging.split(idea_id=pk, by=request.user)
        except Refused as refusal:
            messages.error(request, str(refusal))
        return go_to(request, "idea-detail", pk)
    return page(request, "improvement/idea_split.html", {"idea": idea, "step": IDEA_FLOW["split"]})


@require_GET
def merge_search(request: PersonRequest) -> HttpResponse:
    """Find what an idea can be joined into."""
    asked = request.GET.get("idea", "")
    if not asked.isdecimal() or len(asked) > 18:
        raise Http404
    return answer(request, joinable(idea_of(request, int(asked)), request.user))
