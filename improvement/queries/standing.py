"""Where an idea stands and why it stands still: the facts.  The words are in standing.py."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.utils import timezone

from organisation.models import Assignment, Person
from organisation.permissions import GRANTS, Permission

from ..models import AgendaItem, Decision, Idea, IdeaStatus, MeetingStatus, Period

_PREPARERS = [role for role, granted in GRANTS.items() if Permission.IDEA_PREPARE in granted]
# The states where somebody other than the author has the next step.
_WITH_SOMEBODY = (IdeaStatus.SUBMITTED, IdeaStatus.PREPARING, IdeaStatus.READY)
FEW = 5  # so many are named and reminded; more of them would each wait for the others


def facts_of(ideas: Collection[Idea], *, on: date) -> dict[int, dict[str, Any]]:
    """Return where each idea stands, as the journal can keep it: states, days and places, no names.

    Four queries, however many the ideas.
    """
    facts: dict[int, dict[str, Any]] = {
        idea.pk: {"state": idea.status, "since": _iso(timezone.localdate(idea.told_at))}
        for idea in ideas
    }
    decided = (
        Decision.objects.filter(idea__in=facts, adds_to=None)
        .order_by("idea", "-pk")
        .distinct("idea")
    )
    queued_in: dict[int, int] = {}
    for decision in decided:
        of = facts[decision.idea_id]
        if of["state"] == IdeaStatus.WAITING:
            of |= {"returns_when": decision.returns_when, "until": _iso(decision.wait_until)}
        elif of["state"] == IdeaStatus.QUEUED and decision.fund_id is not None:
            queued_in[decision.idea_id] = decision.fund_id
    for idea_id, place in _places(queued_in).items():
        facts[idea_id] |= place
    next_on = _next_periods(set(queued_in.values()), on)
    for idea_id, fund_id in queued_in.items():
        facts[idea_id]["next_on"] = _iso(next_on.get(fund_id))
    agenda = AgendaItem.objects.filter(
        idea__in=[idea.pk for idea in ideas if idea.status == IdeaStatus.READY],
        meeting__status=MeetingStatus.PLANNED,
        meeting__held_on__gte=on,
    )
    for idea_id, held_on in agenda.values_list("idea", "meeting__held_on"):
        facts[idea_id]["meets_on"] = _iso(held_on)
    return facts


def in_the_hands_of(ideas: Collection[Idea]) -> dict[int, list[Person]]:
    """Return who ought to take each idea further: its development lead, or the few who prepare there.

    Empty where it is the author's turn or nobody's, or where they are many.  One query.
    """
    theirs = [idea for idea in ideas if idea.status in _WITH_SOMEBODY]
    has = {
        idea.pk: [idea.assigned_to]
        for idea in theirs
        if idea.assigned_to is not None and idea.assigned_to.is_active
    }
    orphans = [idea for idea in theirs if idea.pk not in has]
    units = {pk for idea in orphans for pk in idea.unit.lineage}
    at: dict[int, dict[int, Person]] = {}
    held = Assignment.objects.filter(unit__in=units, role__in=_PREPARERS, person__is_active=True)
    for assignment in held.select_related("person").order_by("pk"):
        at.setdefault(assignment.unit_id, {})[assignment.person_id] = assignment.person
    for idea in orphans:
        found = {pk: p for unit in idea.unit.lineage for pk, p in at.get(unit, {}).items()}
        if len(found) <= FEW:
            has[idea.pk] = list(found.values())
    return {idea.pk: has.get(idea.pk, []) for idea in ideas}


def _places(queued_in: dict[int, int]) -> dict[int, dict[str, int]]:
    """Return the place of each idea in the queue of its fund, and how long the queue is."""
    queues: dict[int, list[int]] = {}
    waiting = Decision.objects.queued().filter(fund__in=set(queued_in.values()))
    for fund_id, idea_id in waiting.values_list("fund", "idea"):
        queues.setdefault(fund_id or 0, []).append(idea_id)
    return {
        idea_id: {"place": place, "of": len(queue)}
        for queue in queues.values()
        for place, idea_id in enumerate(queue, start=1)
        if idea_id in queued_in
    }


def _next_periods(fund_ids: Collection[int], on: date) -> dict[int, date]:
    coming = Period.objects.filter(fund__in=fund_ids, starts_on__gt=on, closed_at=None)
    first = coming.order_by("fund", "starts_on").distinct("fund")
    return dict(first.values_list("fund", "starts_on"))


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
