"""Meetings: planned, given an agenda in an order, called off."""

from collections.abc import Collection, Sequence
from datetime import date, time
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from foundation.errors import Refused, require
from foundation.journal import record
from organisation.actions import notices
from organisation.models import Person, Unit

from ..models import AgendaItem, Basis, Meeting, MeetingMember, MeetingStatus
from ..queries.closeness import hindered
from ..queries.meetings import ready_for
from ..rules.meetings import (
    why_not_arrange,
    why_not_chair,
    why_not_change,
    why_not_day,
    why_not_right,
)


@transaction.atomic
def create(
    *,
    unit: Unit,
    held_on: date,
    decider: Person,
    starts_at: time | None = None,
    place: str = "",
    basis: str = Basis.DELEGATED,
    delegation_reference: str = "",
    key: UUID | None = None,
    on: date,
    by: Person,
) -> Meeting:
    """Plan a meeting on the ideas of `unit` and everything below it.

    Those who were heard at the unit's latest meeting are called to this one too.

    Args:
        key: Names the form it was planned in.  The same form sent twice is one meeting.

    Raises:
        Refused: the day has passed, or the one who is to decide may not decide there.
    """
    require(why_not_arrange(unit, by))
    require(why_not_day(held_on, on))
    require(why_not_chair(decider, unit))
    require(why_not_right(basis, delegation_reference))
    meeting, is_new = Meeting.objects.get_or_create(
        key=key or uuid4(),
        arranged_by=by,
        defaults={
            "unit": unit,
            "held_on": held_on,
            "starts_at": starts_at,
            "place": place,
            "decider": decider,
            "basis": basis,
            "delegation_reference": delegation_reference,
        },
    )
    if not is_new:
        return meeting
    latest = (
        Meeting.objects.filter(unit=unit)
        .exclude(status=MeetingStatus.CANCELLED)
        .exclude(pk=meeting.pk)
        .order_by("-held_on", "-pk")
        .first()
    )
    if latest is not None:
        called = latest.members.exclude(person=decider).filter(person__is_active=True)
        MeetingMember.objects.bulk_create(
            MeetingMember(meeting=meeting, person_id=pk)
            for pk in called.order_by("pk").values_list("person", flat=True)
        )
    record("meeting.create", meeting, by=by, held_on=held_on.isoformat(), decider=decider.pk)
    _tell(_called_to(meeting), meeting, "meeting.call", by)
    return meeting


@transaction.atomic
def edit(
    *,
    meeting_id: int,
    held_on: date,
    decider: Person,
    starts_at: time | None = None,
    place: str = "",
    basis: str = Basis.DELEGATED,
    delegation_reference: str = "",
    on: date,
    by: Person,
) -> Meeting:
    """Change a meeting that has not been held; its unit stays, for its agenda is of that unit."""
    meeting = _changed(meeting_id, by)
    if held_on != meeting.held_on:
        require(why_not_day(held_on, on))
    require(why_not_chair(decider, meeting.unit))
    require(why_not_right(basis, delegation_reference))
    before = {"held_on": meeting.held_on.isoformat(), "decider": meeting.decider_id}
    meeting.held_on, meeting.starts_at, meeting.place = held_on, starts_at, place
    meeting.decider, meeting.basis = decider, basis
    meeting.delegation_reference = delegation_reference
    meeting.save()
    meeting.members.filter(person=decider).delete()  # who decides is not one of those heard
    if before["held_on"] != held_on.isoformat():
        _tell(_called_to(meeting), meeting, "meeting.edit", by)
    elif before["decider"] != decider.pk:
        _tell({decider.pk}, meeting, "meeting.call", by)
    record("meeting.edit", meeting, by=by, before=before)
    return meeting


@transaction.atomic
def cancel(*, meeting_id: int, by: Person) -> Meeting:
    """Call a meeting off.  Its ideas wait, ready, for another."""
    meeting = _changed(meeting_id, by)
    meeting.status = MeetingStatus.CANCELLED
    meeting.save(update_fields=["status"])
    record("meeting.cancel", meeting, by=by)
    _tell(_called_to(meeting), meeting, "meeting.cancel", by)
    return meeting


# --- those who are heard ------------------------------------------------------------------------


@transaction.atomic
def call(*, meeting_id: int, person: Person, by: Person) -> MeetingMember:
    """Let `person` be heard at the meeting.  Safe to repeat."""
    meeting = _changed(meeting_id, by)
    if person.pk == meeting.decider_id:
        raise Refused(_("%(person)s decides at the meeting already.") % {"person": person})
    member, is_new = MeetingMember.objects.get_or_create(meeting=meeting, person=person)
    if is_new:
        record("meeting.call", meeting, by=by, person=person.pk)
        _tell({person.pk}, meeting, "meeting.call", by)
    return member


@transaction.atomic
def excuse(*, member_id: int, by: Person) -> Meeting:
    """Take somebody off the list of those who are heard.  Their points no longer count."""
    member = MeetingMember.objects.select_related("meeting").get(pk=member_id)
    meeting = _changed(member.meeting_id, by)
    member.delete()
    record("meeting.excuse", meeting, by=by, person=member.person_id)
    return meeting


# --- the agenda -----------------------------------------------------------------------------------


@transaction.atomic
def put_on(
    *, meeting_id: int, idea_ids: Collection[int] | None = None, by: Person
) -> list[AgendaItem]:
    """Put ideas that are ready last on the agenda, in the order they were left.

    Args:
        idea_ids: Which; None for all that wait in the unit, but for those that the meeting's
            decider may not decide on.

    Returns:
        What is new on the agenda; an idea that is on one already is passed over.
    """
    meeting = _changed(meeting_id, by)
    found = ready_for(meeting)
    if idea_ids is not None:
        found = found.filter(pk__in=idea_ids)
    list(found.locked().order_by("pk"))  # so that two meetings do not take the same one
    ideas = list(found.order_by("created_at", "pk"))
    not_theirs = hindered(meeting.decider, ideas)
    if idea_ids is not None and not_theirs:
        raise Refused(
            _("%(person)s cannot decide on “%(idea)s”, because it is too close.")
            % {"person": meeting.decider, "idea": next(i for i in ideas if i.pk in not_theirs)}
        )
    last = meeting.items.aggregate(last=Max("position", default=0))["last"]
    items = AgendaItem.objects.bulk_create(
        AgendaItem(meeting=meeting, idea=idea, position=last + place)
        for place, idea in enumerate((i for i in ideas if i.pk not in not_theirs), 1)
    )
    if items:
        record("meeting.put_on", meeting, by=by, ideas=[item.idea_id for item in items])
    return items


@transaction.atomic
def take_off(*, item_id: int, by: Person) -> Meeting:
    """Take an idea off the agenda.  It stays ready; what was prepared at this place is gone."""
    item = AgendaItem.objects.get(pk=item_id)
    meeting = _changed(item.meeting_id, by)
    item.delete()
    _number(list(meeting.items.order_by("position")))
    record("meeting.take_off", meeting, by=by, idea=item.idea_id)
    return meeting


@transaction.atomic
def arrange(*, meeting_id: int, item_ids: Sequence[int], by: Person) -> Meeting:
    """Put the agenda in the order of `item_ids`.

    Somebody else may have changed the agenda meanwhile: what is gone is passed over, and what is
    new comes last.
    """
    meeting = _changed(meeting_id, by)
    wished = {pk: place for place, pk in enumerate(item_ids)}
    items = list(meeting.items.order_by("position"))
    items.sort(key=lambda item: wished.get(item.pk, len(wished)))  # stable: the new ones as before
    _number(items)
    record("meeting.arrange", meeting, by=by, items=[item.pk for item in items])
    return meeting


@transaction.atomic
def shift(*, item_id: int, steps: int, by: Person) -> Meeting:
    """Move one idea `steps` places down the agenda, or up where it is below zero."""
    meeting_id = AgendaItem.objects.values_list("meeting", flat=True).get(pk=item_id)
    meeting = _changed(meeting_id, by)
    order = list(meeting.items.order_by("position").values_list("pk", flat=True))
    if item_id not in order:  # somebody took it off meanwhile
        return meeting
    place = order.index(item_id)
    order.insert(max(0, min(len(order) - 1, place + steps)), order.pop(place))
    return arrange(meeting_id=meeting.pk, item_ids=order, by=by)


def _number(items: Sequence[AgendaItem]) -> None:
    """Give the items the places 1, 2, 3 …; the database looks at the whole when it is done."""
    for place, item in enumerate(items, 1):
        item.position = place
    AgendaItem.objects.bulk_update(items, ["position"])


def _called_to(meeting: Meeting) -> set[int]:
    return {meeting.decider_id, *meeting.members.values_list("person", flat=True)}


def _tell(people: set[int], meeting: Meeting, kind: str, by: Person) -> None:
    notices.tell(
        people,
        kind=kind,
        title=f"{meeting.unit}, {date_format(meeting.held_on, 'j F Y')}",
        href=reverse("meeting-detail", args=[meeting.pk]),
        except_for=by,
    )


def _changed(meeting_id: int, by: Person) -> Meeting:
    """Lock a meeting that `by` may change."""
    meeting = Meeting.objects.locked().select_related("unit", "decider").get(pk=meeting_id)
    require(why_not_change(meeting, by))
    return meeting
