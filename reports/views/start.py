from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from organisation.http import PersonRequest

from .. import start as start_page


@require_GET
def start(request: PersonRequest) -> HttpResponse:
    """What waits for me, what happened to mine, and how it goes where I work."""
    facts = start_page.collect(request.user, on=timezone.localdate())
    return render(request, "reports/start.html", {"facts": facts})
