"""How pages for everybody are made: kept in caches here and on the way, without cookie or session.

They read what was released and nothing else, and say in their address in which language they are,
so that every cache on the way may keep them.
"""

import hashlib
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language

KEPT_HERE = 600  # seconds; a release never changes, but the page around it may
KEPT_ELSEWHERE = 300  # seconds: so long something withdrawn may still be seen


def public_page(
    request: HttpRequest,
    template: str,
    name: str,
    collect: Callable[[], dict[str, Any]],
    *,
    query: Mapping[str, str] | None = None,
) -> HttpResponseBase:
    """Return the page from the cache, or make it; the same for everybody.

    Args:
        name: Tells what it shows; another release has another name.
        collect: What the template needs, asked for only when it is made.
        query: What is asked for in the address besides the language; then the page is made each
            time, so that nobody fills the cache with questions.
    """
    html = None
    if query:
        html = render_to_string(template, {**collect(), **_frame(request.path, query)})
    else:
        language = get_language() or settings.LANGUAGE_CODE
        styles = getattr(staticfiles_storage, "manifest_hash", "")  # other styles, other addresses
        key = f"public:{name}:{request.path}:{language}:{styles}"
        key = f"public:{hashlib.sha256(key.encode()).hexdigest()}"
        html = cache.get(key)
        if html is None:
            html = render_to_string(template, {**collect(), **_frame(request.path, {})})
            cache.set(key, html, KEPT_HERE)
    tag = f'"{hashlib.sha256(html.encode()).hexdigest()[:32]}"'
    response = HttpResponse(html, headers={"ETag": tag})
    answer = get_conditional_response(request, etag=tag, response=response) or response
    answer.headers["Cache-Control"] = f"public, max-age={KEPT_ELSEWHERE}"
    return answer


def _frame(path: str, query: Mapping[str, str]) -> dict[str, Any]:
    """Return what the frame of every public page needs: where it is in each language."""

    def address(code: str) -> str:
        asked = {**query, **({} if code == settings.LANGUAGE_CODE else {"sprak": code})}
        return f"{path}?{urlencode(asked)}" if asked else path

    languages = [
        {
            "code": code,
            "name": {"sv": "Svenska", "en": "English"}.get(code, code),
            "path": address(code),
        }
        for code, _name in settings.LANGUAGES
    ]
    now = get_language() or settings.LANGUAGE_CODE
    return {
        "site": settings.SITE_URL.rstrip("/"),
        "languages": languages,
        "language_code": now,
        "here": next((one["path"] for one in languages if one["code"] == now), path),
        "tail": "" if now == settings.LANGUAGE_CODE else f"?sprak={now}",
        "first": reverse("public-quality"),
    }
