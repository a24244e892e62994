"""What people say about an idea: support, follow, comment."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from foundation.errors import Refused
from foundation.forms import accepted
from foundation.htmx import go_to, is_for, page
from foundation.search_choice import answer
from organisation.http import PersonRequest

from ..actions import talk
from ..forms.talk import CommentForm, RemoveForm
from ..models import Comment, Idea
from ..queries.readers import readers_of
from ..queries.talk import backing_of, conversation_of
from .fetching import form_page, idea_of
from .ideas import idea_page


@require_POST
def idea_support(request: PersonRequest, pk: int) -> HttpResponse:
    """Say "I agree", or take it back: the button says which, so a second press is harmless."""
    back = "back" in request.POST
    return _done(request, pk, talk.unsupport if back else talk.support)


@require_POST
def idea_follow(request: PersonRequest, pk: int) -> HttpResponse:
    back = "back" in request.POST
    return _done(request, pk, talk.unfollow if back else talk.follow)


@require_http_methods(["GET", "POST"])
def idea_comments(request: PersonRequest, pk: int) -> HttpResponse:
    """Say something; a GET shows a part of the conversation, for those who look further back."""
    idea = idea_of(request, pk)
    if request.method == "GET":
        return _conversation(request, idea, CommentForm(idea))
    form = CommentForm(idea, request.POST)

    def say() -> Comment:
        return talk.comment(
            idea_id=pk,
            text=form.cleaned_data["text"],
            key=form.cleaned_data["key"],
            mentioned=form.mentioned(),
            by=request.user,
        )

    if accepted(form, say, beside="text"):
        if is_for(request, "comments"):
            return _conversation(request, idea, CommentForm(idea))
        return go_to(request, f"{reverse('idea-detail', args=[pk])}#comments")
    if is_for(request, "comments"):
        return _conversation(request, idea, form)
    return idea_page(request, idea, comment_form=form)


@require_http_methods(["GET", "POST"])
def comment_remove(request: PersonRequest, pk: int) -> HttpResponse:
    """Take words away: one's own with a yes, somebody else's with a reason."""
    said = get_object_or_404(
        Comment.objects.visible_to(request.user).select_related("idea__unit", "by"), pk=pk
    )
    place = f"{reverse('idea-detail', args=[said.idea_id])}#comments"
    form = None if said.by_id == request.user.pk else RemoveForm(request.POST or None)
    if form is not None and accepted(
        form,
        lambda: talk.remove(comment_id=pk, why=form.cleaned_data["why"], by=request.user),
    ):
        return go_to(request, place)
    if form is None and request.method == "POST":
        try:
            talk.remove(comment_id=pk, by=request.user)
        except Refused as refusal:
            messages.error(request, str(refusal))
        return go_to(request, place)
    return form_page(
        request, "improvement/comment_remove.html", form, said=said, idea=said.idea, back=place
    )


@require_GET
def reader_search(request: PersonRequest) -> HttpResponse:
    """Find those who may see an idea, to name them."""
    asked = request.GET.get("idea", "")
    if not asked.isdecimal() or len(asked) > 18:
        raise Http404
    return answer(request, readers_of(idea_of(request, int(asked))))


def _done(request: PersonRequest, pk: int, action: Callable[..., object]) -> HttpResponse:
    """Do it, and show the part with the buttons again, or the page."""
    idea = idea_of(request, pk)
    try:
        action(idea_id=pk, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return go_to(request, "idea-detail", pk)
    if not is_for(request, "backing"):
        return go_to(request, "idea-detail", pk)
    context = {"idea": idea, "backing": backing_of(idea, request.user), "is_open": True}
    return page(request, "improvement/backing.html", context, parts=["backing"])


def _conversation(request: PersonRequest, idea: Idea, form: CommentForm) -> HttpResponse:
    asked = request.GET.get("before", "")
    before = int(asked) if asked.isdecimal() and len(asked) < 19 else None
    if not is_for(request, "comments"):
        address = reverse("idea-detail", args=[idea.pk])
        return go_to(request, f"{address}{f'?before={before}' if before else ''}#comments")
    context = {
        "idea": idea,
        "talk": conversation_of(idea, request.user, before=before),
        "form": form,
    }
    status = 422 if form.errors else 200
    return page(
        request, "improvement/conversation.html", context, parts=["comments"], status=status
    )
