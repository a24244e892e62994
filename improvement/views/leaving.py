"""Leaving an idea, kept while one types, and changing it while it is one's own."""

from contextlib import suppress
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from foundation.errors import Refused
from foundation.forms import accepted
from foundation.htmx import go_to, page
from measures.models import Kpi
from organisation.http import PersonRequest

from ..actions import drafts, ideas, talk
from ..forms.ideas import IdeaForm, SimilarForm
from ..models import Attachment, Idea, IdeaStatus
from ..models.idea import being_written_by
from ..queries.similar import similar
from ..rules.leaving import is_written_elsewhere
from .fetching import idea_of

REMEMBERED = timedelta(days=14)  # so long an unfinished draft is offered again
TEMPLATE = "improvement/idea_form.html"


@require_http_methods(["GET", "POST"])
def idea_create(request: PersonRequest) -> HttpResponse:
    if request.method == "GET":
        form = IdeaForm(person=request.user, initial=_prefilled(request))
        return _form_page(request, form, unfinished=_unfinished(request))
    form = IdeaForm(request.POST, request.FILES, person=request.user)
    submit = "draft" not in request.POST
    if accepted(
        form,
        lambda: ideas.create(
            **form.written(),
            uploads=form.uploads,
            key=form.cleaned_data["key"],
            submit=submit,
            by=request.user,
        ),
    ):
        idea = Idea.objects.get(key=form.cleaned_data["key"])
        return _leave(request, idea)
    return _form_page(request, form, idea=_keep_despite_errors(request, form))


@require_http_methods(["GET", "POST"])
def idea_edit(request: PersonRequest, pk: int) -> HttpResponse:
    idea = idea_of(request, pk)
    if idea.status not in (IdeaStatus.DRAFT, IdeaStatus.RETURNED):
        return go_to(request, "idea-detail", pk)  # handed in meanwhile; the back button leads here
    form = IdeaForm(request.POST or None, request.FILES or None, person=request.user, instance=idea)
    submit = "draft" not in request.POST
    if accepted(
        form,
        lambda: ideas.edit(
            idea_id=pk, **form.written(), uploads=form.uploads, submit=submit, by=request.user
        ),
    ):
        return _leave(request, Idea.objects.get(pk=pk))
    if request.method == "POST":
        _keep_despite_errors(request, form)
    return _form_page(request, form, idea=idea_of(request, pk))


@require_POST
def idea_keep(request: PersonRequest) -> HttpResponse:
    """Keep what has been typed or chosen so far; answers with when, and with what it becomes."""
    form = IdeaForm(request.POST, request.FILES, person=request.user, half_filled=True)
    form.full_clean()
    if "key" not in form.cleaned_data:
        return HttpResponseBadRequest()
    refusal = ""
    try:
        idea = _keep(request, form)
    except Refused as refused:
        mine = Idea.objects.visible_to(request.user)
        idea, refusal = mine.filter(key=form.cleaned_data["key"]).first(), str(refused)
    context: dict[str, Any] = {"form": form, "idea": idea, "refusal": refusal, "is_answer": True}
    is_draft = idea is not None and idea.status == IdeaStatus.DRAFT
    if is_draft and not refusal:
        context["kept_at"] = timezone.localtime()
    context["other"] = refusal and _other_text(form, idea)
    context["attachments"] = _files_of(idea)
    response = page(request, TEMPLATE, context, parts=["idea-draft", "idea-files"])
    if idea is not None and is_draft and not refusal:
        response["HX-Replace-Url"] = reverse("idea-edit", args=[idea.pk])
    return response


@require_POST
def idea_similar(request: PersonRequest) -> HttpResponse:
    """Show ideas like what stands in the form, perhaps after one of them has been joined.

    By POST, so that what is being written ends up in no log.
    """
    form = SimilarForm(request.POST)
    if not form.is_valid():
        return page(request, TEMPLATE, {}, parts=["similar"])
    if form.cleaned_data["support"]:
        with suppress(Refused, Idea.DoesNotExist):  # it is no longer there to join
            talk.support(idea_id=form.cleaned_data["support"], by=request.user)
    text = " ".join(form.cleaned_data[name] for name in ("need", "solution"))
    found = similar(request.user, text, but=form.cleaned_data["key"])
    return page(request, TEMPLATE, {"similar": found}, parts=["similar"])


@require_http_methods(["GET", "POST"])
def draft_throw_away(request: PersonRequest, pk: int) -> HttpResponse:
    idea = idea_of(request, pk)
    if request.method == "POST":
        try:
            drafts.throw_away(idea_id=pk, by=request.user)
            messages.success(request, _("The draft has been thrown away."))
        except Refused as refusal:
            messages.error(request, str(refusal))
            return go_to(request, "idea-detail", pk)
        return go_to(request, "idea-list")
    return page(request, "improvement/draft_throw_away.html", {"idea": idea})


def _leave(request: PersonRequest, idea: Idea) -> HttpResponse:
    """Thank the author, or say that it is kept, and go to the idea."""
    if idea.status == IdeaStatus.DRAFT:
        messages.success(request, _("The draft is saved. It is seen by you alone."))
    elif idea.typed_by_id == request.user.pk:
        messages.success(
            request,
            _("Thank you! The idea has been submitted in the name of %(author)s.")
            % {"author": idea.author},
        )
    else:
        messages.success(request, _("Thank you! Your idea has been submitted."))
    return go_to(request, "idea-detail", idea.pk)


def _keep(request: PersonRequest, form: IdeaForm) -> Idea | None:
    key: UUID = form.cleaned_data["key"]
    written = drafts.Written(**form.written())
    return drafts.keep(key=key, written=written, uploads=form.uploads, by=request.user)


def _files_of(idea: Idea | None) -> list[Attachment]:
    return list(idea.attachments.for_list()) if idea else []


def _keep_despite_errors(request: PersonRequest, form: IdeaForm) -> Idea | None:
    """Keep of a refused form what is right in it, so that nothing is lost if one leaves."""
    key = getattr(form, "cleaned_data", {}).get("key")
    if key is None:
        return None
    try:
        return _keep(request, form)
    except Refused:  # the form has already been told
        return Idea.objects.visible_to(request.user).filter(key=key).first()


def _form_page(
    request: PersonRequest, form: IdeaForm, *, idea: Idea | None = None, **context: Any
) -> HttpResponse:
    other = _other_text(form, idea) if form.errors else None
    if other:
        # Both have been seen now: saved once more, this text is the one that stays.
        typed = {name: form.data.get(name) for name in form.data}
        form.data = {**typed, "seen": str(other.written_in)}
    return page(
        request,
        TEMPLATE,
        {
            "form": form,
            "idea": idea,
            "other": other,
            "kpi": _kpi_of(form),
            "attachments": _files_of(idea),
            **context,
        },
        parts=["idea-form"],
        status=422 if form.errors else 200,
    )


def _other_text(form: IdeaForm, idea: Idea | None) -> Idea | None:
    """Return the idea as it is kept, when another page has changed it meanwhile."""
    if idea is None or not form.is_bound:
        return None
    written = form.written()
    is_other = is_written_elsewhere(idea, page=written["page"], seen=written["seen"])
    return Idea.objects.get(pk=idea.pk) if is_other else None


def _unfinished(request: PersonRequest) -> Idea | None:
    """The draft that one may have left behind: when a session ended, or the phone rang."""
    since = timezone.now() - REMEMBERED
    drafts = Idea.objects.filter(being_written_by(request.user), written_at__gte=since)
    return drafts.order_by("-written_at").first()


def _prefilled(request: HttpRequest) -> dict[str, Any]:
    """What the address says: a poster's unit, a red measure."""
    asked: dict[str, Any] = {"unit": request.GET.get("unit", "")}
    if code := request.GET.get("kpi", ""):
        asked["kpi"] = Kpi.objects.filter(code=code).first()
    return {name: value for name, value in asked.items() if value}


def _kpi_of(form: IdeaForm) -> Any:
    """The measure that the address named, for the sentence above the form."""
    return None if form.is_bound or form.instance.pk else form.initial.get("kpi")
