"""The idea bank: what rests, why and until when; and the question whether it still matters."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from foundation.forms import accepted
from foundation.htmx import go_to, page
from organisation.http import PersonRequest
from organisation.permissions import Permission

from ..actions import bank
from ..forms.bank import BankFilter, RevivalForm
from ..models import Answer, Revival
from ..queries.bank import bank_rows, resting_ideas
from .fetching import idea_of
from .ideas import idea_page

PER_PAGE = 30


@require_GET
def idea_bank(request: PersonRequest) -> HttpResponse:
    """List what rests: one's own ideas, and for those who prepare ideas those of their units."""
    prepares = request.user.may_somewhere(Permission.IDEA_PREPARE)
    mine = request.GET.get("show", "units" if prepares else "mine") == "mine"
    filters = BankFilter(request.GET)
    found = filters.narrow(resting_ideas(request.user, mine=mine))
    ideas = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "ideas": ideas,
        "rows": bank_rows(list(ideas)),
        "mine": mine,
        "prepares": prepares,
        "views": [
            {"label": _("Those I prepare"), "href": "?show=units", "current": not mine},
            {"label": _("My own"), "href": "?show=mine", "current": mine},
        ],
        "filters": filters,
        "is_filtered": filters.is_used(),
    }
    return page(request, "improvement/idea_bank.html", context, parts=["bank-rows"])


@require_POST
def revival_answer(request: PersonRequest, pk: int) -> HttpResponse:
    """Take the author's yes or no."""
    revival = _revival_of(request, pk)
    idea = idea_of(request, revival.decision.idea_id)
    form = RevivalForm(request.POST)
    says = request.POST.get("answer", "")
    if says not in Answer:
        return go_to(request, "idea-detail", idea.pk)
    if accepted(
        form,
        lambda: bank.answer(
            revival_id=pk, answer=says, note=form.cleaned_data["note"], by=request.user
        ),
    ):
        messages.success(request, _("Thank you! Your answer is written down."))
        return go_to(request, "idea-detail", idea.pk)
    return idea_page(request, idea, revival_form=form)


@require_POST
def revival_rest(request: PersonRequest, pk: int) -> HttpResponse:
    """Let an idea that came back rest after all."""
    revival = _revival_of(request, pk)
    idea = idea_of(request, revival.decision.idea_id)
    form = RevivalForm(request.POST)
    if accepted(
        form,
        lambda: bank.let_rest(revival_id=pk, why=form.cleaned_data["note"], by=request.user),
    ):
        return go_to(request, "idea-detail", idea.pk)
    return idea_page(request, idea, revival_form=form)


def _revival_of(request: PersonRequest, pk: int) -> Revival:
    visible = Revival.objects.visible_to(request.user).select_related("decision")
    return get_object_or_404(visible, pk=pk)
