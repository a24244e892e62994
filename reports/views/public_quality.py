"""What anybody may read of the quality viewer, without signing in.

The pages read what was released and nothing else, set no cookie and say in their address in which
language they are, so that every cache on the way may keep them.
"""

import hashlib
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from measures.models import Release
from measures.released import Facts
from organisation.models.unit import home_unit

KEPT_HERE = 600  # seconds; a release never changes, but the page around it may
KEPT_ELSEWHERE = 300  # seconds: so long something withdrawn may still be seen


@login_not_required
@require_safe
def public_quality(request: HttpRequest) -> HttpResponseBase:
    """Show the areas that are public."""
    public = list(Release.objects.current().order_by("area__position", "pk").values_list("pk"))
    name = "-".join(str(pk) for (pk,) in public)
    return _page(request, "reports/public_quality.html", f"areas:{name}", _areas)


@login_not_required
@require_safe
def public_area(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Show what was released of one area."""
    found = Release.objects.current().filter(area__slug=slug).defer("facts")
    release = get_object_or_404(found)
    return _page(
        request, "reports/public_area.html", f"area:{release.pk}", lambda: _one_area(release)
    )


def _one_area(release: Release) -> dict[str, Any]:
    facts = Facts.read(release.facts)
    return {"organisation": facts.organisation, "release": release, "facts": facts}


def _areas() -> dict[str, Any]:
    found = Release.objects.current().select_related("area").order_by("area__position", "pk")
    home = home_unit()
    return {
        "organisation": home.name if home else "",
        "areas": [(release, Facts.read(release.facts)) for release in found],
    }


def _page(
    request: HttpRequest, template: str, name: str, collect: Callable[[], dict[str, Any]]
) -> HttpResponseBase:
    """Return the page from the cache, or make it; the same for everybody.

    Args:
        name: Tells what it shows; another release has another name.
        collect: What the template needs, asked for only when it is made.
    """
    language = get_language() or settings.LANGUAGE_CODE
    styles = getattr(staticfiles_storage, "manifest_hash", "")  # other styles, other addresses
    key = f"public:{name}:{request.path}:{language}:{styles}"
    key = f"public:{hashlib.sha256(key.encode()).hexdigest()}"
    html = cache.get(key)
    if html is None:
        html = render_to_string(template, {**collect(), **_frame(request.path)})
        cache.set(key, html, KEPT_HERE)
    tag = f'"{hashlib.sha256(html.encode()).hexdigest()[:32]}"'
    response = HttpResponse(html, headers={"ETag": tag})
    answer = get_conditional_response(request, etag=tag, response=response) or response
    answer.headers["Cache-Control"] = f"public, max-age={KEPT_ELSEWHERE}"
    return answer


def _frame(path: str) -> dict[str, Any]:
    """Return what the frame of every public page needs: where it is in each language."""
    languages = [
        {
            "code": code,
            "name": {"sv": "Svenska", "en": "English"}.get(code, code),
            "path": path if code == settings.LANGUAGE_CODE else f"{path}?sprak={code}",
        }
        for code, _name in settings.LANGUAGES
    ]
    now = get_language() or settings.LANGUAGE_CODE
    return {
        "site": settings.SITE_URL.rstrip("/"),
        "languages": languages,
        "here": next((one["path"] for one in languages if one["code"] == now), path),
        "tail": "" if now == settings.LANGUAGE_CODE else f"?sprak={now}",
        "first": reverse("public-quality"),
    }
