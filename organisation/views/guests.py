"""The door for guests: a link, and a button behind it."""

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from foundation.htmx import go_to, page

from ..actions import guests

SIGNED_IN_FOR = 12 * 60 * 60  # seconds; then the link is opened again


@never_cache
@login_not_required
@require_http_methods(["GET", "POST"])
def guest_enter(request: HttpRequest, secret: str) -> HttpResponse:
    """Ask a guest to press a button: a mail program that looks at links must not sign in."""
    guest = guests.guest_behind(secret)
    if guest is not None and request.method == "POST":
        login(request, guest, backend=settings.AUTHENTICATION_BACKENDS[0])
        request.session.set_expiry(SIGNED_IN_FOR)
        guests.used(secret)
        return go_to(request, "start")
    context = {"guest": guest, "secret": secret}
    return page(request, "organisation/guest_enter.html", context, status=200 if guest else 404)
