"""The papers of meetings and of lists of decisions: asked for, watched, fetched."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from foundation.htmx import page
from organisation.http import PersonRequest

from ..actions import documents
from ..papers import DECISION_LIST, MINUTES, PAPERS
from ..queries import paper_state


@require_GET
def meeting_minutes(request: PersonRequest, pk: int) -> HttpResponse:
    """Show where the minutes stand.  While they are being made the part asks for itself."""
    meeting = _subject(request, MINUTES, pk)
    words = {
        "title": _("Minutes as a PDF"),
        "lead": f"{meeting.unit} {meeting.held_on:%Y-%m-%d}",
        "about": _("The decisions with their reasons, on paper to sign."),
        "above": (_("Meeting"), reverse("meeting-detail", args=[pk])),
        "ask": reverse("minutes-request", args=[pk]),
    }
    return _state(request, MINUTES, meeting, words)


@require_POST
def minutes_request(request: PersonRequest, pk: int) -> HttpResponse:
    return _request(request, MINUTES, pk, "meeting-minutes")


@require_GET
def decision_list_paper(request: PersonRequest, pk: int) -> HttpResponse:
    list_ = _subject(request, DECISION_LIST, pk)
    words = {
        "title": _("The list as a PDF"),
        "lead": str(list_),
        "about": _("For the board's papers and the archive."),
        "above": (list_.board, reverse("decision-list", args=[pk])),
        "ask": reverse("decision-list-request", args=[pk]),
    }
    return _state(request, DECISION_LIST, list_, words)


@require_POST
def decision_list_request(request: PersonRequest, pk: int) -> HttpResponse:
    return _request(request, DECISION_LIST, pk, "decision-list-paper")


def _subject(request: PersonRequest, kind: str, pk: int) -> Any:
    return get_object_or_404(PAPERS[kind].subjects(request.user), pk=pk)


def _state(
    request: PersonRequest, kind: str, subject: Any, words: Mapping[str, object]
) -> HttpResponse:
    paper = paper_state(kind, subject, get_language() or "sv")
    context = {"paper": paper, "here": request.path, **words}
    return page(request, "reports/kept.html", context, parts=["kept-paper"])


def _request(request: PersonRequest, kind: str, pk: int, route: str) -> HttpResponse:
    """Ask for the PDF.  The redirect is plain, so htmx fetches it into the part it stands in."""
    _subject(request, kind, pk)
    language = get_language() or "sv"
    documents.request(kind=kind, subject_id=pk, language=language, by=request.user)
    return redirect(route, pk)
