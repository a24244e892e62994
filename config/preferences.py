"""How a person wants the pages: the language and the colours; remembered in two cookies."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST
from django.views.i18n import set_language as django_set_language

from organisation.actions import people

SCHEMES = ("auto", "light", "dark")  # auto follows the device
COLOUR_SCHEME_COOKIE = "colour_scheme"
A_YEAR = 365 * 24 * 60 * 60


@login_not_required
def set_language(request: HttpRequest) -> HttpResponseBase:
    """Remember the language in the cookie, and for good if somebody is signed in."""
    language = request.POST.get("language", "")
    if request.user.is_authenticated and language in dict(settings.LANGUAGES):
        people.choose_language(language=language, by=request.user)
    return django_set_language(request)


@login_not_required
@require_POST
def set_colour_scheme(request: HttpRequest) -> HttpResponse:
    """Remember light, dark or auto, and go back to the page where it was chosen."""
    scheme = request.POST.get("scheme", "")
    if scheme not in SCHEMES:
        return HttpResponseBadRequest()
    back = request.POST.get("next", "")
    here = {request.get_host()}
    if not url_has_allowed_host_and_scheme(back, here, require_https=request.is_secure()):
        back = "/"
    response = redirect(back)
    response.set_cookie(
        COLOUR_SCHEME_COOKIE,
        scheme,
        max_age=A_YEAR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def preferences(request: HttpRequest) -> dict[str, object]:
    """Context processor: what base.html needs to know on every page."""
    scheme = request.COOKIES.get(COLOUR_SCHEME_COOKIE, "auto")
    return {"colour_scheme": scheme if scheme in SCHEMES else "auto", "demo": settings.DEMO}
