from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from foundation.htmx import go_to
from organisation.http import PersonRequest
from programme.models import Work

from .. import start as start_page


@require_GET
def start(request: PersonRequest) -> HttpResponse:
    """What waits for me, what happened to mine, and how it goes where I work."""
    if request.user.is_guest:
        return _guests_work(request)
    facts = start_page.collect(request.user, on=timezone.localdate())
    return render(request, "reports/start.html", {"facts": facts})


def _guests_work(request: PersonRequest) -> HttpResponse:
    """Take a guest to the work that they take part in; the latest, where there are several."""
    work = Work.objects.of_team_member(request.user).order_by("-started_on", "-pk").first()
    if work is None:
        raise Http404
    return go_to(request, "work-detail", work.pk)
