"""Works as rows of a list."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, IntegerField, Q, Value, When

from measures.models import MeasureVerdict
from organisation.models import Person
from organisation.models.person import PersonQuerySet
from organisation.models.unit import within
from organisation.permissions import Permission

from ..models import Member, Membership, Work, WorkMeasure, WorkStatus
from ..models.work import WorkQuerySet
from .overview import WorkCard, cards_of

LATEST_FIRST = "-started"
_STATES = Case(
    *(When(status=state, then=Value(n)) for n, state in enumerate(WorkStatus.values)),
    output_field=IntegerField(),
)
# What the list can be sorted by: the name in the address, and the columns that it means.
SORTED_BY = {
    "title": "title_order",
    "unit": "unit__tree_order",
    "started": "started_on",
    "by": "aim_by",
    "state": "state_order",
}


@dataclass(frozen=True, slots=True)
class WorkRow:
    """A work in the list.

    Attributes:
        verdict: What the chart of the measure that carries the aim says; a `chart.Verdict`, or "".
    """

    card: WorkCard
    verdict: str
    leader: str
    coach: str


def shown_to(person: Person, whose: str) -> WorkQuerySet:
    """Return the works that `person` may see: "mine", those of "units" where one works, or "all"."""
    works = Work.objects.visible_to(person)
    if whose == "mine":
        return works.of_team_member(person)
    if whose == "units":
        near = Q(pk__in=[])
        places = [held.unit for held in person.employments_now]
        for unit in (*places, *(held.unit for held in person.roles_held)):
            near |= within(unit, through="unit")
        return works.filter(near)
    return works


def in_order(works: WorkQuerySet, sort: str) -> WorkQuerySet:
    """Sort by a key of `SORTED_BY`, with a minus sign before it for the other way round."""
    column = SORTED_BY[sort.removeprefix("-")]
    if column == "state_order":
        works = works.annotate(state_order=_STATES)
    return works.order_by(f"-{column}" if sort.startswith("-") else column, "-pk")


def rows_of(works: Sequence[Work], *, on: date) -> list[WorkRow]:
    """Return a row for each work, in the same order.  A fixed number of queries."""
    ids = [work.pk for work in works]
    names = names_of(ids)
    verdicts = verdicts_of(ids)
    return [
        WorkRow(
            card=card,
            verdict=verdicts.get(card.work.pk, ""),
            leader=names.get((card.work.pk, Member.LEADER), ""),
            coach=names.get((card.work.pk, Member.COACH), ""),
        )
        for card in cards_of(works, on=on)
    ]


def names_of(works: Sequence[int]) -> dict[tuple[int, str], str]:
    """Return the names of leader and coach, by work and role.  One query."""
    members = (
        Membership.objects.filter(work__in=works, role__in=[Member.LEADER, Member.COACH])
        .select_related("person")
        .only("work", "role", "person__given_name", "person__family_name")
    )
    return {(member.work_id, member.role): member.person.name for member in members}


def verdicts_of(works: Sequence[int]) -> dict[int, str]:
    """Return what the chart of the aim's measure says, by work.  One query."""
    found = MeasureVerdict.objects.filter(
        measure__followed_by__work__in=works, measure__followed_by__carries_aim=True
    ).values_list("measure__followed_by__work", "verdict")
    return dict(found)


def measures_of(works: Sequence[int]) -> dict[int, WorkMeasure]:
    """Return the measure that carries the aim, with what is known of it, by work.  One query."""
    followed = WorkMeasure.objects.carrying_aim().filter(work__in=works)
    return {one.work_id: one for one in followed.select_related("measure__verdict")}


def coaches_within_reach(person: Person) -> PersonQuerySet:
    """Return those who coach a work that `person` looks after, in the order of names."""
    near = person.reach(Permission.WORK_READ, through="work__unit") | Q(
        work__in=Membership.objects.filter(person=person).values("work")
    )
    places = Membership.objects.filter(near, role=Member.COACH)
    return (
        Person.objects.filter(pk__in=places.values("person"))
        .only("given_name", "family_name")
        .in_name_order()
    )
