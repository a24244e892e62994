"""Why a meeting may not be arranged, its agenda not be changed, or its decisions not be released."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from organisation.models import Person, Unit
from organisation.permissions import Permission
from organisation.rules import state_says_no, why_not_with

from ..models import AgendaItem, Basis, Conflict, IdeaStatus, Meeting, MeetingStatus
from .decisions import why_not_handle


def why_not_arrange(unit: Unit, person: Person) -> str | None:
    """Say why `person` may not arrange a meeting on the ideas of `unit`."""
    if person.may(Permission.IDEA_PREPARE, at=unit):
        return None
    return why_not_with(Permission.IDEA_DECIDE, person, at=unit)


def may_arrange_somewhere(person: Person) -> bool:
    return person.may_somewhere(Permission.IDEA_PREPARE) or person.may_somewhere(
        Permission.IDEA_DECIDE
    )


def why_not_change(meeting: Meeting, person: Person) -> str | None:
    """Say why `person` may not change a meeting or its agenda now."""
    if meeting.status != MeetingStatus.PLANNED:
        return state_says_no(meeting)
    return why_not_arrange(meeting.unit, person)


def why_not_chair(decider: Person, unit: Unit) -> str | None:
    """Say why `decider` cannot be the one who decides on the ideas of `unit`."""
    if not decider.is_active or not decider.may(Permission.IDEA_DECIDE, at=unit):
        return _("%(person)s may not decide on ideas at %(unit)s. Choose somebody who may.") % {
            "person": decider,
            "unit": unit,
        }
    return None


def why_not_right(basis: str, delegation_reference: str) -> str | None:
    """Say what the decisions of a meeting would lack to be lawful ones."""
    if basis == Basis.DELEGATED and not delegation_reference.strip():
        return _("Write the point of the delegation order that gives you the right to decide.")
    return None


def why_not_day(held_on: date, on: date) -> str | None:
    if held_on < on:
        return _("That day has passed. A meeting is planned for today or later.")
    return None


def why_not_release(meeting: Meeting, person: Person, on: date) -> str | None:
    """Say why `person` may not release the decisions of `meeting` today."""
    if meeting.status != MeetingStatus.PLANNED:
        return state_says_no(meeting)
    if person.pk != meeting.decider_id:
        return _("Only %(person)s decides at this meeting.") % {"person": meeting.decider}
    if meeting.held_on > on:
        return _("The meeting is on %(day)s. Its decisions are released then at the earliest.") % {
            "day": date_format(meeting.held_on, "j F Y")
        }
    return None


def is_open(item: AgendaItem) -> bool:
    """Say whether a decision on `item` is still to be prepared, or can no longer be taken."""
    return not item.outcome or item.idea.status != IdeaStatus.READY


def why_not_leave_open(items: list[AgendaItem]) -> str | None:
    """Say what is missing before all decisions can be released at once.

    What is no longer ready, taken back or decided elsewhere, hinders nobody: it is passed over.
    """
    open_items = [item for item in items if is_open(item) and item.idea.status == IdeaStatus.READY]
    if not open_items:
        return None
    names = ", ".join(_("“%(idea)s”") % {"idea": item.idea.title} for item in open_items[:5])
    more = len(open_items) - 5
    if more > 0:
        names = _("%(names)s and %(more)s more") % {"names": names, "more": more}
    return _(
        "No decision is prepared on %(names)s. Prepare it, take it off the agenda, "
        "or choose to move it to the next meeting."
    ) % {"names": names}


def why_not_score(item: AgendaItem, person: Person) -> str | None:
    """Say why `person` does not give points to the idea at this place of the agenda."""
    meeting = item.meeting
    if meeting.status != MeetingStatus.PLANNED:
        return state_says_no(meeting)
    if not takes_part(meeting, person):
        return _("Points are given by those who take part in the meeting.")
    if Conflict.objects.filter(idea=item.idea_id, person=person).exists():
        return _("You have a conflict of interest in this idea, so your points are not taken in.")
    if why_not_handle(item.idea, person):
        return _("You do not give points to what is your own.")
    return None


def takes_part(meeting: Meeting, person: Person) -> bool:
    """Say whether `person` decides or is heard at the meeting.  Asks the database."""
    return meeting.decider_id == person.pk or meeting.members.filter(person=person).exists()
