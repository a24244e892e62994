"""What the public sees of the quality viewer: made ready, looked at, released, withdrawn."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from foundation.errors import Refused
from foundation.forms import accepted
from foundation.htmx import go_to, page
from measures.actions import releases
from measures.models import QualityArea, Release
from measures.queries import AreaView, area_of, home_municipality
from measures.queries.releases import last_releases, releases_of
from measures.released import Facts
from measures.rules.keeping import why_not_keep
from organisation.http import PersonRequest

from ..forms import PublicForm, WithdrawForm

type View[**P] = Callable[Concatenate[PersonRequest, P], HttpResponse]


def only_keepers[**P](view: View[P]) -> View[P]:
    """Let the page be found only by those who look after the quality viewer."""

    @wraps(view)
    def gated(request: PersonRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if why_not_keep(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return gated


@require_GET
@only_keepers
def public_releases(request: PersonRequest) -> HttpResponse:
    """Show each area and what is public of it.  A fixed number of queries."""
    last = last_releases()
    areas = [
        {"area": area, "release": last.get(area.pk)}
        for area in QualityArea.objects.all()
        if not area.is_hidden or area.pk in last
    ]
    return page(request, "reports/public_releases.html", {"areas": areas})


@require_http_methods(["GET", "POST"])
@only_keepers
def release_prepare(request: PersonRequest, slug: str) -> HttpResponse:
    """Write what is to be said, look at it as the public will, and release it.

    What was typed comes back whatever happens, also when the values have changed meanwhile.
    """
    area = get_object_or_404(QualityArea, slug=slug, is_hidden=False)
    home = home_municipality()
    view = area_of(area, home) if home else None
    if view is None or view.last_year is None:
        return page(request, "reports/public_nothing.html", {"area": area})
    former = Release.objects.filter(area=area).first()
    form = PublicForm(view, request.POST or None, initial=_as_before(view, former))
    shown: Facts | None = None
    if form.is_valid():
        asked: dict[str, Any] = {
            "area_id": area.pk,
            "year": form.cleaned_data["year"],
            "said": form.said(),
            "on": timezone.localdate(),
            "by": request.user,
        }
        if "release" in request.POST and accepted(
            form, lambda: releases.release(**asked, seen=request.POST.get("seen", ""))
        ):
            messages.success(request, _("%(area)s is public now.") % {"area": area})
            return go_to(request, "public-releases")
        shown = _shown(form, asked)
    context = {
        "area": area,
        "form": form,
        "facts": shown,
        "seen": releases.fingerprint(shown) if shown else "",
        "former": former,
        "history": releases_of(area),
    }
    return page(
        request,
        "reports/public_prepare.html",
        context,
        parts=["release-form"],
        status=422 if form.errors else 200,
    )


@require_GET
@only_keepers
def release_detail(request: PersonRequest, pk: int) -> HttpResponse:
    """Show what was public, as it was."""
    release = get_object_or_404(
        Release.objects.select_related("area", "released_by", "withdrawn_by"), pk=pk
    )
    context = {
        "release": release,
        "facts": Facts.read(release.facts),
        "is_current": Release.objects.current().filter(pk=pk).exists(),
    }
    return page(request, "reports/public_release.html", context)


@require_http_methods(["GET", "POST"])
@only_keepers
def release_withdraw(request: PersonRequest, pk: int) -> HttpResponse:
    release = get_object_or_404(Release.objects.current().select_related("area"), pk=pk)
    form = WithdrawForm(request.POST or None)
    if accepted(
        form, lambda: releases.withdraw(release_id=pk, **form.cleaned_data, by=request.user)
    ):
        messages.success(request, _("%(area)s is no longer public.") % {"area": release.area})
        return go_to(request, "public-releases")
    context = {"release": release, "form": form, "back": reverse("public-releases")}
    status = 422 if form.errors else 200
    return page(
        request, "reports/public_withdraw.html", context, parts=["release-form"], status=status
    )


def _shown(form: PublicForm, asked: dict[str, Any]) -> Facts | None:
    """Return what the public would see, or put on the form why it would see nothing."""
    try:
        return releases.preview(**asked)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return None


def _as_before(view: AreaView, former: Release | None) -> dict[str, Any]:
    """Return what the form begins with: the latest year, and the words of the last release."""
    begin: dict[str, Any] = {"year": view.last_year}
    if former is None:
        return begin
    facts = Facts.read(former.facts)
    comments = {measure.name: measure.comment for measure in facts.measures}
    return begin | {
        "introduction": facts.introduction,
        "shows_rank": facts.shows_rank,
        "shows_goals": facts.shows_goals,
        **{f"comment-{m.measure.pk}": comments.get(m.measure.name, "") for m in view.measures},
    }
