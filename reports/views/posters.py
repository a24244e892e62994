"""The poster of a workplace: chosen, looked at, printed, and scanned."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from foundation.htmx import page
from organisation.http import PersonRequest, only_with
from organisation.models import Unit
from organisation.permissions import Permission

from .. import poster
from ..actions import documents
from ..forms import PosterForm
from ..papers import POSTER
from ..poster import Wanted, units_for_posters, units_of, why_not_so_many
from ..queries import paper_state


@require_GET
@only_with(Permission.POSTER_MAKE)
def poster_choose(request: PersonRequest) -> HttpResponse:
    """Choose a workplace, a size and a language."""
    own = request.user.unit
    is_reached = own is not None and request.user.may(Permission.POSTER_MAKE, at=own)
    chosen = {
        "unit": request.GET.get("unit", own.pk if own and is_reached else None),
        "language": translation.get_language(),
    }
    is_filled_in = "scope" in request.GET
    form = PosterForm(request.GET if is_filled_in else None, by=request.user, initial=chosen)
    if form.is_valid():
        query = _query(form.wanted(), form.cleaned_data["language"])
        return redirect(f"{reverse('poster-detail', args=[form.cleaned_data['unit'].pk])}?{query}")
    status = 422 if form.errors else 200
    return page(request, "reports/poster_choose.html", {"form": form}, status=status)


@require_GET
def poster_detail(request: PersonRequest, pk: int) -> HttpResponse:
    """Show what the poster will say, and where its PDF stands."""
    unit = get_object_or_404(units_for_posters(request.user), pk=pk)
    wanted, language = _read(request.GET)
    with translation.override(language):
        shown = poster.collect(unit, Wanted(wanted.size).variant)
    query = _query(wanted, language)
    count = units_of(unit, wanted).count()
    context: dict[str, Any] = {
        "unit": unit,
        "wanted": wanted,
        "count": count,
        "why_not": why_not_so_many(count),
        "language": language,
        "language_name": dict(settings.LANGUAGES)[language],
        "poster": shown,
        "sheet": shown.sheets[0],
        "paper": paper_state(POSTER, unit, language, wanted.variant),
        "here": f"{request.path}?{query}",
        "ask": f"{reverse('poster-request', args=[pk])}?{query}",
    }
    return page(request, "reports/poster_detail.html", context, parts=["poster-paper"])


@require_POST
def poster_request(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask for the PDF.  The redirect is plain, so htmx fetches it into the part it stands in."""
    unit = get_object_or_404(units_for_posters(request.user), pk=pk)
    wanted, language = _read(request.GET)
    documents.request(
        kind=POSTER, subject_id=unit.pk, language=language, variant=wanted.variant, by=request.user
    )
    here = reverse("poster-detail", args=[pk])
    return HttpResponseRedirect(f"{here}?{_query(wanted, language)}")


@require_GET
def poster_scan(request: PersonRequest, pk: int) -> HttpResponse:
    """Open the form about ideas, with the workplace of the poster filled in.

    The poster may have hung there for years: a workplace that is closed leaves the choice open.
    """
    if Unit.objects.active().filter(pk=pk).exists():
        return redirect(f"{reverse('idea-create')}?{urlencode({'unit': pk})}")
    messages.info(request, _("The poster is of a workplace that is no longer here. Choose yours."))
    return redirect("idea-create")


def _read(query: QueryDict) -> tuple[Wanted, str]:
    """Return what the address asks for; what cannot be understood is as usual."""
    language = query.get("language", "")
    known = dict(settings.LANGUAGES)
    return (
        Wanted.from_variant(query.get("variant", "")),
        language if language in known else translation.get_language() or settings.LANGUAGE_CODE,
    )


def _query(wanted: Wanted, language: str) -> str:
    return urlencode({"variant": wanted.variant, "language": language})
