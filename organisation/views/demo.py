"""Signing in as one of the demo's people, without a password.  Only where the demo runs."""

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from foundation.htmx import go_to, page

from ..demo_people import DEMO_PEOPLE
from ..models import Person, Unit


@login_not_required
@require_http_methods(["GET", "POST"])
def demo(request: HttpRequest) -> HttpResponse:
    """Show the demo's people; a POST signs in as one of them.

    It is not in the address space unless DEMO is set (organisation/urls.py), and asks once more:
    a door without a lock deserves two walls.
    """
    if not settings.DEMO:
        raise Http404
    addresses = [demo_person.email for demo_person in DEMO_PEOPLE]
    people = Person.objects.active().filter(email__in=addresses)
    if request.method == "POST":
        login(request, get_object_or_404(people, email=request.POST.get("email", "")))
        return go_to(request, settings.LOGIN_REDIRECT_URL)
    there = {person.email: person for person in people}
    units = Unit.objects.in_bulk(field_name="code")
    cards = [
        (
            demo_person,
            there[demo_person.email],
            units.get(demo_person.role_at or demo_person.works_at),
        )
        for demo_person in DEMO_PEOPLE
        if demo_person.email in there
    ]
    return page(request, "organisation/demo.html", {"cards": cards})
