"""What has been said about an idea, and by how many it is supported."""

from dataclasses import dataclass

from django.db.models import Count, Q

from organisation.models import Person
from organisation.permissions import Permission

from ..models import Comment, Follow, Idea, IdeaStatus, Support

SHOWN = 20  # comments at a time


@dataclass(frozen=True, slots=True)
class Backing:
    """How many support an idea and those joined with it, and how one stands oneself."""

    count: int
    is_mine: bool
    i_follow: bool
    is_own: bool


def backing_of(idea: Idea, person: Person) -> Backing:
    """Count the supporters, each of them once.  Two queries."""
    counted = Support.objects.of(idea).aggregate(
        count=Count("person", distinct=True, filter=~Q(person__in=idea.author_ids)),
        mine=Count("pk", filter=Q(person=person)),
    )
    return Backing(
        count=counted["count"],
        is_mine=counted["mine"] > 0,
        i_follow=Follow.objects.filter(idea=idea, person=person).exists(),
        is_own=person.pk in idea.author_ids,
    )


@dataclass(frozen=True, slots=True)
class Said:
    """A comment, and whether the one who looks may take its words away, or must say why."""

    comment: Comment
    may_remove: bool
    is_mine: bool
    named: list[Person]


@dataclass(frozen=True, slots=True)
class Conversation:
    """Some of the comments, the newest last; `earlier` is where those before them begin."""

    said: list[Said]
    count: int
    earlier: int | None
    is_latest: bool
    is_open: bool


def conversation_of(idea: Idea, person: Person, *, before: int | None = None) -> Conversation:
    """Return `SHOWN` comments before the one named, or the latest.  Three queries."""
    comments = Comment.objects.of(idea)
    count = comments.count()
    if before is not None:
        comments = comments.filter(pk__lt=before)
    rows = list(
        comments.select_related("by", "removed_by", "idea__unit")
        .prefetch_related("mentions")
        .order_by("-pk")[: SHOWN + 1]
    )
    shown = rows[:SHOWN][::-1]
    return Conversation(
        said=[_said(comment, person) for comment in shown],
        count=count,
        earlier=shown[0].pk if len(rows) > SHOWN else None,
        is_latest=before is None,
        is_open=idea.status not in (IdeaStatus.DRAFT, IdeaStatus.MERGED),
    )


def _said(comment: Comment, person: Person) -> Said:
    is_mine = comment.by_id == person.pk
    leads = person.may(Permission.IDEA_PREPARE, at=comment.idea.unit)
    return Said(
        comment=comment,
        may_remove=comment.removed_at is None and (is_mine or leads),
        is_mine=is_mine,
        named=list(comment.mentions.all()),
    )
