"""Ideas about the same thing are joined, with their authors, and can be separated again."""

from django.db import transaction
from django.urls import reverse

from foundation.errors import require
from foundation.journal import record
from organisation.actions import notices
from organisation.models import Person

from ..flow import IDEA_FLOW
from ..models import Follow, Idea
from ..queries.readers import readers_of
from ..rules.ideas import why_not
from ..rules.merging import why_not_merge
from .moving import move


@transaction.atomic
def merge(*, idea_id: int, into_id: int, by: Person) -> Idea:
    """Join an idea into another, which is then the authors' of both.

    Ideas that had been joined with the first come along.  Support and comments stay where they
    were written and are counted and read together.  Both ideas are locked in the order of their
    keys, so that two who join them with each other do not wait in a ring; the second is refused.

    Returns:
        The idea that was joined into.
    """
    both = Idea.objects.locked().select_related("unit").filter(pk__in=[idea_id, into_id])
    found = {idea.pk: idea for idea in both.order_by("pk")}
    idea, into = found[idea_id], found[into_id]
    require(why_not_merge(idea, into, by))
    Idea.objects.filter(merged_into=idea).update(merged_into=into)
    idea.merged_into = into
    move(idea, IDEA_FLOW["merge"], by=by, also=("merged_into",), into=into.pk)
    record("idea.joined", into, by=by, idea=idea.pk)
    _follow_along(idea, into)
    _tell_authors("idea.joined", idea, into, by=by)
    return into


@transaction.atomic
def split(*, idea_id: int, by: Person) -> Idea:
    """Undo a joining: the idea stands by itself again, handed in.  Its support is its own."""
    idea = Idea.objects.locked().select_related("unit").get(pk=idea_id)
    require(why_not(IDEA_FLOW["split"], idea, by))
    into = Idea.objects.get(pk=idea.merged_into_id)
    idea.merged_into = None
    move(idea, IDEA_FLOW["split"], by=by, also=("merged_into",), into=into.pk)
    record("idea.separated", into, by=by, idea=idea.pk)
    _tell_authors("idea.separated", idea, into, by=by)
    return idea


def _follow_along(idea: Idea, into: Idea) -> None:
    """Let those who follow `idea` follow the one it was joined into, if they may see it."""
    followers = Follow.objects.filter(idea=idea).values("person")
    readers = readers_of(into).filter(pk__in=followers).exclude(pk__in=into.author_ids)
    Follow.objects.bulk_create(
        (Follow(idea=into, person=person) for person in readers), ignore_conflicts=True
    )


def _tell_authors(kind: str, idea: Idea, into: Idea, *, by: Person) -> None:
    """Tell the authors of both, each about the idea that is theirs to read from now on."""
    for authors, about in (
        (into.author_ids, into),
        ({idea.author_id} - into.author_ids, into if kind == "idea.joined" else idea),
    ):
        href = reverse("idea-detail", args=[about.pk])
        notices.tell(authors, kind=kind, title=about.title, href=href, except_for=by)
