"""The one module that knows how htmx asks for things, and how to answer it."""

from collections.abc import Callable, Collection
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render, resolve_url
from django.utils.cache import patch_vary_headers
from django_htmx.http import HttpResponseClientRedirect


def page(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    *,
    parts: Collection[str] = (),
    status: int = 200,
) -> HttpResponse:
    """Render a page, or only the part of it that htmx is about to replace.

    A part has one name: the id of its element, the ``partialdef`` that draws it and the
    ``hx-target`` that asks for it.  A target that is not in `parts` gets the whole page, and so
    does the back button.
    """
    htmx = request.htmx  # type: ignore[attr-defined]  # set by HtmxMiddleware
    wants_part = htmx and not htmx.history_restore_request and htmx.target in parts
    name = f"{template}#{htmx.target}" if wants_part else template
    response = render(request, name, context, status=status)
    patch_vary_headers(response, ["HX-Request", "HX-Target"])
    return response


def is_for(request: HttpRequest, part: str) -> bool:
    """Say whether htmx asks for the part of the page with that name."""
    htmx = request.htmx  # type: ignore[attr-defined]  # set by HtmxMiddleware
    return bool(htmx) and htmx.target == part


def go_to(request: HttpRequest, to: str, *args: object) -> HttpResponse:
    """Leave for another page.  A plain redirect would be fetched into the part instead."""
    if request.htmx:  # type: ignore[attr-defined]  # set by HtmxMiddleware
        return HttpResponseClientRedirect(resolve_url(to, *args))
    return redirect(to, *args)


def login_leaves_the_page(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware: when a session has ended, show sign-in as a page and not inside a part.

    A page with something half-written on it asks to stay (``X-Keep-Page``).  It gets a 401, which
    site.js turns into a sentence with a way to sign in beside it.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        htmx = request.htmx  # type: ignore[attr-defined]  # set by HtmxMiddleware
        sign_in = resolve_url(settings.LOGIN_URL)
        if htmx and response.get("Location", "").startswith(sign_in):
            if "X-Keep-Page" in request.headers:
                return HttpResponse(status=401)
            query = urlencode({"next": htmx.current_url_abs_path or "/"})
            return HttpResponseClientRedirect(f"{sign_in}?{query}")
        return response

    return middleware
