"""What is done with the agenda: points given, decisions prepared, and all of them released."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.errors import Refused, require
from foundation.journal import record
from organisation.models import Person

from ..models import (
    AgendaItem,
    Assessment,
    Conflict,
    Criterion,
    Decision,
    Fund,
    Idea,
    IdeaStatus,
    Meeting,
    MeetingStatus,
    Outcome,
)
from ..queries.closeness import hindered
from ..queries.meetings import agenda_of
from ..rules.decisions import why_not_amount, why_not_back, why_not_more_than_asked, why_not_unsaid
from ..rules.meetings import (
    is_open,
    why_not_change,
    why_not_leave_open,
    why_not_release,
    why_not_score,
)
from ..rules.preparing import why_not_judge
from . import decisions
from .decisions import Grounds, Terms


@dataclass(frozen=True, slots=True)
class Score:
    """Points from 1 to 5 for one criterion, and why in short."""

    points: int
    reason: str = ""


@transaction.atomic
def score(*, item_id: int, scores: Mapping[Criterion, Score], by: Person) -> AgendaItem:
    """Keep the points that `by`, who takes part in the meeting, gives an idea on its agenda.

    All criteria at once: who has given some would otherwise see the others' too early.
    """
    item = _item_locked(item_id)
    require(why_not_score(item, by))
    if set(scores) != set(Criterion.objects.filter(is_active=True)):
        raise Refused(_("Give points on every criterion."))
    for criterion, one in scores.items():
        require(why_not_judge(criterion, one.points))
        Assessment.objects.update_or_create(
            idea=item.idea,
            criterion=criterion,
            person=by,
            defaults={"points": one.points, "reason": one.reason, "at": timezone.now()},
        )
    points = {str(criterion.pk): one.points for criterion, one in scores.items()}
    record("idea.judge", item.idea, by=by, meeting=item.meeting_id, after=points)
    return item


@transaction.atomic
def draft(
    *,
    item_id: int,
    terms: Terms,
    reason: str,
    case_number: str = "",
    on: date,
    by: Person,
) -> AgendaItem:
    """Prepare the decision on one idea, to be released with the others.

    Everything is asked for now that will be asked for then, but for what may change meanwhile.
    An empty `terms.outcome` takes back what was prepared.
    """
    item = _item_locked(item_id)
    require(why_not_change(item.meeting, by))
    if terms.outcome:
        require(why_not_unsaid(reason))
        require(_why_not_terms(item.idea, terms, on))
    _fill(item, terms, reason.strip(), case_number.strip())
    item.save()
    record("meeting.draft", item.meeting, by=by, idea=item.idea_id, outcome=terms.outcome)
    return item


@transaction.atomic
def draft_all(*, meeting_id: int, on: date, by: Person) -> int:
    """Prepare every idea that has no decision yet as approved, with what was asked for.

    From the fund closest to it.  Ideas that cannot be approved so are left as they are.

    Returns:
        How many were prepared.
    """
    meeting = Meeting.objects.locked().select_related("unit", "decider").get(pk=meeting_id)
    require(why_not_change(meeting, by))
    filled = []
    for item in agenda_of(meeting):
        if item.outcome or item.idea.status != IdeaStatus.READY:
            continue
        nearest = Fund.objects.open_to(item.idea).order_by("-unit__path", "name").first()
        terms = Terms(Outcome.APPROVED, nearest.pk if nearest else None, item.idea.cost_ore())
        if _why_not_terms(item.idea, terms, on) is None:
            _fill(item, terms, _("Approved as it has been prepared."), item.case_number)
            item.save()
            filled.append(item.idea_id)
    if filled:
        record("meeting.draft_all", meeting, by=by, ideas=filled)
    return len(filled)


@transaction.atomic
def note(*, meeting_id: int, present: Collection[int], notes: str, by: Person) -> Meeting:
    """Write down who was there and what is to stand in the minutes, until they are released.

    Args:
        present: The ids of the members (`MeetingMember`) who were there.
    """
    meeting = Meeting.objects.locked().select_related("unit", "decider").get(pk=meeting_id)
    require(why_not_change(meeting, by))
    _note(meeting, present, notes, by)
    return meeting


@transaction.atomic
def release(
    *,
    meeting_id: int,
    present: Collection[int],
    notes: str = "",
    postpone: bool = False,
    on: date,
    by: Person,
) -> list[Decision]:
    """Make all decisions of the meeting, in the order of its agenda, and tell everybody at once.

    One transaction: all of them, or none.  The funds are locked first, in the order of their ids;
    then money is reserved, or queued for, in the order of the agenda.

    Args:
        postpone: Move what has no decision to the unit's next meeting; else it is refused.
            What is no longer ready for decision is passed over.

    Raises:
        Refused: not the one who decides here, something has no decision, or one of the decisions
            cannot be taken; the sentence says which.
    """
    meeting = Meeting.objects.locked().select_related("unit", "decider").get(pk=meeting_id)
    require(why_not_release(meeting, by, on))
    items = agenda_of(meeting)
    left_open = [item for item in items if is_open(item)]
    if not postpone:
        require(why_not_leave_open(items))
    taken = [item for item in items if item not in left_open]
    if not taken:
        raise Refused(_("There is no decision to release yet."))
    _note(meeting, present, notes, by)
    fund_ids = {item.fund_id for item in taken if item.fund_id is not None}
    list(Fund.objects.locked().filter(pk__in=fund_ids).order_by("pk"))
    made = [_decide(meeting, item, on, by) for item in taken]
    _postpone(meeting, left_open)
    meeting.status, meeting.held_at = MeetingStatus.HELD, timezone.now()
    meeting.save(update_fields=["status", "held_at"])
    record("meeting.release", meeting, by=by, decisions=[decision.pk for decision in made])
    return made


def _decide(meeting: Meeting, item: AgendaItem, on: date, by: Person) -> Decision:
    terms = Terms(
        item.outcome, item.fund_id, item.project_ore or 0, item.returns_when, item.wait_until
    )
    grounds = Grounds(
        item.reason,
        meeting.delegation_reference,
        meeting.basis,
        _consulted(meeting, item.idea_id),
        item.case_number,
    )
    try:
        decision = decisions.decide(
            idea_id=item.idea_id, terms=terms, grounds=grounds, on=on, meeting=meeting, by=by
        )
    except Refused as refusal:
        sentence = _("“%(idea)s”: %(why)s") % {"idea": item.idea.title, "why": refusal}
        raise Refused(sentence) from refusal
    item.decision = decision
    item.save(update_fields=["decision"])
    return decision


def _consulted(meeting: Meeting, idea_id: int) -> str:
    """Name those who were there and heard, but for who has a conflict of interest in the idea."""
    close = Conflict.objects.filter(idea=idea_id).values("person")
    heard = meeting.members.filter(was_present=True).exclude(person__in=close)
    names = [member.person.name for member in heard.select_related("person").order_by("pk")]
    return ", ".join(names)[: Decision._meta.get_field("consulted").max_length]


def _postpone(meeting: Meeting, items: list[AgendaItem]) -> None:
    """Put what was not decided last on the unit's next agenda, or leave it ready for one."""
    ready = [item for item in items if item.idea.status == IdeaStatus.READY]
    following = (
        Meeting.objects.locked()
        .select_related("decider")
        .filter(unit=meeting.unit, status=MeetingStatus.PLANNED, held_on__gt=meeting.held_on)
        .order_by("held_on", "pk")
        .first()
    )
    if not ready or following is None:
        return
    there = set(following.items.values_list("idea", flat=True))
    there |= hindered(following.decider, [item.idea for item in ready])
    last = following.items.aggregate(last=Max("position", default=0))["last"]
    moved = [item.idea_id for item in ready if item.idea_id not in there]
    AgendaItem.objects.bulk_create(
        AgendaItem(meeting=following, idea_id=idea_id, position=last + place)
        for place, idea_id in enumerate(moved, 1)
    )


def _note(meeting: Meeting, present: Collection[int], notes: str, by: Person) -> None:
    for member in meeting.members.all():
        member.was_present = member.pk in present
        member.save(update_fields=["was_present"])
    meeting.notes = notes.strip()
    meeting.save(update_fields=["notes"])
    record("meeting.note", meeting, by=by)


def _fill(item: AgendaItem, terms: Terms, reason: str, case_number: str) -> None:
    approved = terms.outcome == Outcome.APPROVED
    item.outcome, item.reason, item.case_number = terms.outcome, reason, case_number
    item.fund_id = terms.fund_id if approved else None
    item.project_ore = terms.project_ore if approved else None
    item.returns_when, item.wait_until = terms.returns_when, terms.wait_until


def _why_not_terms(idea: Idea, terms: Terms, on: date) -> str | None:
    """Say what is wrong with what is prepared for an idea."""
    if terms.outcome != Outcome.APPROVED:
        return why_not_back(terms.outcome, terms.returns_when, terms.wait_until, idea, on)
    if terms.fund_id is None:
        return _("Choose the fund that pays.")
    fund = Fund.objects.get(pk=terms.fund_id)
    return why_not_amount(fund, idea, terms.project_ore) or why_not_more_than_asked(
        terms.project_ore, idea.cost_ore()
    )


def _item_locked(item_id: int) -> AgendaItem:
    """Lock the meeting of an item, and read the item after."""
    Meeting.objects.locked().get(items=item_id)
    return AgendaItem.objects.select_related("meeting__unit", "meeting__decider", "idea__unit").get(
        pk=item_id
    )
