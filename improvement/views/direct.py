"""Small things that are simply done: written down with one tap, and thanked for."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods

from foundation.forms import accepted
from foundation.htmx import go_to, page
from organisation.http import PersonRequest

from ..actions import ideas
from ..forms.direct import DoneForm
from ..models import Idea, IdeaStatus
from ..queries.direct import done_directly
from .fetching import form_page, idea_of


@require_http_methods(["GET", "POST"])
def idea_done(request: PersonRequest) -> HttpResponse:
    preset = {"unit": request.GET["unit"]} if request.GET.get("unit") else {}
    form = DoneForm(request.POST or None, person=request.user, initial=preset)
    if accepted(form, lambda: ideas.record_done(**form.written(), by=request.user)):
        return go_to(request, "idea-thanks", Idea.objects.get(key=form.cleaned_data["key"]).pk)
    return form_page(request, "improvement/idea_done.html", form)


@require_GET
def idea_thanks(request: PersonRequest, pk: int) -> HttpResponse:
    idea = idea_of(request, pk)
    if not idea.is_direct or idea.status not in (IdeaStatus.DIRECT, IdeaStatus.DONE):
        raise Http404
    return page(
        request,
        "improvement/idea_thanks.html",
        {"idea": idea, "number": done_directly([idea.unit])[0].number},
    )
