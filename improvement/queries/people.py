"""What waits for a person, and what has happened to theirs."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case, Exists, OuterRef, Q, When
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from foundation.journal import subject_of
from foundation.models import Event
from organisation.models import Person
from organisation.permissions import Permission

from ..history import TOLD
from ..models import RESTING, Idea, IdeaStatus, Revival
from ..models.idea import being_written_by


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that waits for a person to do it; `is_given` when it was given to that very one."""

    idea: Idea
    text: str | Promise
    is_given: bool = False


def waits_for(person: Person, *, limit: int = 20) -> list[Waiting]:
    """Return the ideas that wait for `person`: those one was given to prepare, then the others.

    Of each, those that have waited longest first.  What somebody else prepares waits for that one
    alone.  One query.
    """
    given = Q(assigned_to=person, status__in=_TO_PREPARE)
    nobodys = Q(assigned_to=None) | Q(assigned_to__is_active=False)
    prepares = person.reach(Permission.IDEA_PREPARE)
    decides = person.reach(Permission.IDEA_DECIDE) & ~Q(author=person)
    revivals = Revival.objects.live()
    asked = revivals.filter(passed_on_at=None).values("decision__idea")
    back = revivals.filter(passed_on_at__isnull=False).values("decision__idea")
    own = Q(author=person) & (Q(status__in=_WAIT_FOR_THEIR_AUTHOR) | Q(pk__in=asked))
    reasons = [
        (Q(author=person) | Q(typed_by=person)) & (being_written_by(person) | own),
        prepares & Q(pk__in=back),
        *(prepares & nobodys & Q(status=state) for state in _TO_PREPARE),
        prepares & given,
        decides & Q(status=IdeaStatus.READY),
    ]
    ideas = (
        Idea.objects.filter(pk__in=_oldest_for_each(reasons, limit))
        .for_list()
        .annotate(came_back=Exists(back.filter(decision__idea=OuterRef("pk"))))
        .order_by(Case(When(given, then=0), default=1), "created_at", "pk")[:limit]
    )
    return [
        Waiting(
            idea,
            _what_waits(idea),
            is_given=idea.assigned_to_id == person.pk and idea.status in _TO_PREPARE,
        )
        for idea in ideas
    ]


def _oldest_for_each(reasons: list[Q], limit: int) -> Any:
    """Return the ids of those that have waited longest for each reason: a subquery.

    Each reason has an index of its own, and stops after `limit`; one OR of them all would make
    PostgreSQL read every idea.
    """
    first, *others = (
        Idea.objects.filter(reason).order_by("created_at", "pk").values("pk")[:limit]
        for reason in reasons
    )
    return first.union(*others, all=True)


def _what_waits(idea: Any) -> str | Promise:
    if idea.status in RESTING:
        return _CAME_BACK if idea.came_back else _STILL_NEEDED
    if idea.answered_at is not None:
        return _ANSWERED
    return _WHAT_WAITS[IdeaStatus(idea.status)]


_WAIT_FOR_THEIR_AUTHOR = (IdeaStatus.RETURNED, IdeaStatus.FUNDED, IdeaStatus.DIRECT)
_TO_PREPARE = (IdeaStatus.SUBMITTED, IdeaStatus.PREPARING)
_ANSWERED = _("The answer has come: go on with the preparation")
_STILL_NEEDED = _("Is it still needed? Answer yes or no")
_CAME_BACK = _("Back from the idea bank: prepare it again, or let it rest")

_WHAT_WAITS: dict[IdeaStatus, str | Promise] = {
    IdeaStatus.DRAFT: _("Your draft is not submitted yet"),
    IdeaStatus.RETURNED: _("You are asked for more information"),
    IdeaStatus.SUBMITTED: _("New: begin to prepare it"),
    IdeaStatus.PREPARING: _("Prepare it and put it forward"),
    IdeaStatus.READY: _("Ready for your decision"),
    IdeaStatus.FUNDED: _("Approved, with money: start the work"),
    IdeaStatus.DIRECT: _("Tell us when it is done"),
}


@dataclass(frozen=True, slots=True)
class News:
    """Something that happened to an idea of one's own."""

    at: datetime
    text: str | Promise
    idea: Idea


def latest_about(person: Person, *, limit: int = 5) -> list[News]:
    """Return what others did last with the ideas `person` has left.  Two queries."""
    ideas = {subject_of(idea): idea for idea in Idea.objects.filter(author=person)}
    events = (
        Event.objects.filter(subject__in=ideas, kind__in=TOLD)
        .exclude(by=person)
        .order_by("-at", "-pk")[:limit]
    )
    return [News(event.at, TOLD[event.kind], ideas[event.subject]) for event in events]
