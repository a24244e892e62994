"""In which language a page answers."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import translation
from django.utils.cache import patch_vary_headers

# Pages for everybody: they say their language in the address ("?sprak=en") and ask for no cookie, so
# that caches may keep them and search engines find both.
OPEN_PAGES = "/oppet/"


def speak_their_language(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware: the language a person has chosen; a stranger's choice is in a cookie.

    What the browser asks for does not count: a municipality's computers often speak English
    without anybody having wanted it.  Stands after AuthenticationMiddleware.
    """
    languages = {code for code, _name in settings.LANGUAGES}

    def middleware(request: HttpRequest) -> HttpResponseBase:
        is_open = request.path.startswith(OPEN_PAGES)
        if is_open:
            chosen = request.GET.get("sprak", "")
        elif request.user.is_authenticated:
            chosen = request.user.language
        else:
            chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in languages else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = get_response(request)
        response.headers.setdefault("Content-Language", language)
        if not is_open:
            patch_vary_headers(response, ["Cookie"])
        return response

    return middleware
