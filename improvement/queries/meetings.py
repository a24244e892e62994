"""What the pages and papers of a meeting show."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Prefetch, QuerySet

from organisation.models import Person
from organisation.models.unit import within

from ..models import (
    MOST_POINTS,
    AgendaItem,
    Assessment,
    Conflict,
    Criterion,
    Fund,
    Idea,
    IdeaStatus,
    Meeting,
    MeetingStatus,
    Outcome,
    Period,
)
from ..models.idea import IdeaQuerySet


def ready_for(meeting: Meeting) -> IdeaQuerySet:
    """Return the ideas that wait for a decision in the meeting's unit, on no agenda yet."""
    on_an_agenda = AgendaItem.objects.filter(meeting__status=MeetingStatus.PLANNED)
    ready: IdeaQuerySet = Idea.objects.filter(
        within(meeting.unit, through="unit"), status=IdeaStatus.READY
    ).exclude(pk__in=on_an_agenda.values("idea"))
    return ready


def agenda_of(meeting: Meeting) -> list[AgendaItem]:
    """Return the agenda in its order, each place with its idea and what it costs.  Two queries."""
    ideas = Prefetch("idea", Idea.objects.for_list())
    items = meeting.items.select_related("fund", "decision").prefetch_related(ideas)
    return list(items.order_by("position"))


def with_agenda_length(meetings: QuerySet[Meeting]) -> QuerySet[Meeting]:
    """Annotate how many ideas are on the agenda: `agenda_length`."""
    return meetings.select_related("unit", "decider").annotate(agenda_length=Count("items"))


# --- points -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Points:
    """What has been given for one criterion: how many gave, the mean, and from what to what."""

    criterion: Criterion
    count: int
    mean: float
    low: int
    high: int

    # Where it stands on a bar from 0 to 100, drawn from the lowest point to the highest.
    @property
    def low_at(self) -> int:
        return _place(self.low)

    @property
    def width(self) -> int:
        return _place(self.high) - _place(self.low)

    @property
    def mean_at(self) -> int:
        return _place(self.mean)


def _place(points: float) -> int:
    return round(100 * (points - 1) / (MOST_POINTS - 1))


def points_of(idea_id: int, *, by: Iterable[int] | None = None) -> list[Points]:
    """Return the points of an idea, criterion by criterion.  Three queries at most.

    Those of somebody with a conflict of interest are left out.

    Args:
        by: Whose points; None for everybody's.
    """
    given = Assessment.objects.filter(idea=idea_id, criterion__is_active=True).exclude(
        person__in=Conflict.objects.filter(idea=idea_id).values("person")
    )
    if by is not None:
        given = given.filter(person__in=list(by))
    of: dict[int, list[int]] = {}
    for criterion_id, points in given.values_list("criterion", "points"):
        of.setdefault(criterion_id, []).append(points)
    return [
        Points(criterion, len(all_), sum(all_) / len(all_), min(all_), max(all_))
        for criterion in Criterion.objects.filter(pk__in=of)
        if (all_ := of[criterion.pk])
    ]


def heard_at(meeting: Meeting) -> set[int]:
    """Return the ids of those who give points: who decides, and who is heard.  One query."""
    return {meeting.decider_id, *meeting.members.values_list("person", flat=True)}


def sees_points(meeting: Meeting, ideas: Iterable[int], person: Person) -> set[int]:
    """Return of which ideas `person` may see the points that others have given.

    Nobody is to be led by the others: one sees theirs when one has given one's own, or when the
    meeting has been held.  Who only looks on sees them when all who are heard have given theirs.
    """
    ids = set(ideas)
    if meeting.status == MeetingStatus.HELD:
        return ids
    needed = Criterion.objects.filter(is_active=True).count()
    given: dict[int, dict[int, int]] = {pk: {} for pk in ids}
    rows = Assessment.objects.filter(idea__in=ids, criterion__is_active=True).order_by()
    for idea_id, person_id, number in rows.values_list("idea", "person").annotate(n=Count("pk")):
        given[idea_id][person_id] = number
    declared = Conflict.objects.filter(idea__in=ids).values_list("idea", "person")
    close: dict[int, set[int]] = {pk: set() for pk in ids}
    for idea_id, person_id in declared:
        close[idea_id].add(person_id)
    heard = heard_at(meeting)

    def sees(idea_id: int) -> bool:
        done = {pk for pk, number in given[idea_id].items() if number >= needed > 0}
        if person.pk in close[idea_id]:
            return False
        return person.pk in done or (person.pk not in heard and heard - close[idea_id] <= done)

    return {idea_id for idea_id in ids if sees(idea_id)}


def scored_by(person: Person, ideas: Iterable[int]) -> set[int]:
    """Return of which ideas `person` has given points on every criterion.  Two queries."""
    needed = Criterion.objects.filter(is_active=True).count()
    rows = Assessment.objects.filter(idea__in=list(ideas), person=person, criterion__is_active=True)
    counted = rows.order_by().values("idea").annotate(n=Count("pk")).values_list("idea", "n")
    return {idea_id for idea_id, number in counted if number >= needed > 0}


# --- money --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FundAfter:
    """What a fund would have left after the decisions that are prepared so far, in öre.

    Attributes:
        left_ore: Before; in the period that is open.
        granted_ore: What the prepared approvals come to, rewards too.
        queued: How many wait in its queue already.
    """

    fund: Fund
    period: Period | None
    left_ore: int
    granted_ore: int
    queued: int

    @property
    def after_ore(self) -> int:
        return self.left_ore - self.granted_ore

    @property
    def is_short(self) -> bool:
        """Say whether some of it would wait in the queue."""
        return self.granted_ore > 0 and (
            self.period is None or self.after_ore < 0 or self.queued > 0
        )

    @property
    def shown_left_ore(self) -> int:
        return max(0, self.after_ore)

    @property
    def shown_granted_ore(self) -> int:
        return min(self.granted_ore, self.left_ore)


def funds_after(
    meeting: Meeting, items: Iterable[AgendaItem], *, on: date, through: int | None = None
) -> list[FundAfter]:
    """Return the funds that pay in the meeting's unit, after what is prepared.

    Two queries for the funds, and three for each: there are one or two.

    Args:
        through: Count the agenda only up to this place; None for all of it.
    """
    granted: dict[int, int] = {}
    for item in items:
        counts = item.outcome == Outcome.APPROVED and item.decision_id is None and item.fund
        if counts and (through is None or item.position <= through):
            assert item.fund is not None
            sum_ore = (item.project_ore or 0) + item.fund.reward_ore
            granted[item.fund.pk] = granted.get(item.fund.pk, 0) + sum_ore
    near = Fund.objects.filter(unit__in=meeting.unit.lineage, is_active=True)
    chosen = Fund.objects.filter(pk__in=granted)
    result = []
    for fund in (near | chosen).select_related("unit").order_by("-unit__path", "name"):
        period = Period.objects.current(fund, on)
        result.append(
            FundAfter(
                fund,
                period,
                period.left_ore() if period else 0,
                granted.get(fund.pk, 0),
                fund.decisions.queued().count(),
            )
        )
    return result
