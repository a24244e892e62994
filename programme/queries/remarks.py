"""What is said in a work, and who reads it."""

from dataclasses import dataclass

from django.db.models import Q

from organisation.models import Assignment, Person
from organisation.models.person import PersonQuerySet
from organisation.permissions import GRANTS, Permission

from ..models import Coaching, Member, Membership, Remark, Thread, Work

SHOWN = 30  # the latest; the others are shown when asked for
_READS = [role for role, granted in GRANTS.items() if Permission.WORK_READ in granted]


@dataclass(frozen=True, slots=True)
class Remarks:
    """The latest of a thread, the newest last, and how many there are before them."""

    said: list[Remark]
    earlier: int


def remarks_of(
    work: Work, thread: str, person: Person, *, cycle_id: int | None = None, whole: bool = False
) -> Remarks:
    """Return what `person` may read of a thread of `work`.  Two queries.

    Args:
        cycle_id: Only what is said about one test.
        whole: All of it, not only the latest.
    """
    found = Remark.objects.visible_to(person).filter(work=work, thread=thread)
    if cycle_id is not None:
        found = found.filter(cycle=cycle_id)
    latest = found.select_related("by", "removed_by", "cycle").order_by("-at", "-pk")
    number = found.count()
    shown = list(latest if whole else latest[:SHOWN])[::-1]
    for remark in shown:
        remark.work = work  # with the team that the rules ask for
    return Remarks(shown, number - len(shown))


def readers_of(work: Work, thread: str) -> PersonQuerySet:
    """Return those who may read a thread of `work`."""
    people: PersonQuerySet = Person.objects.active()
    if thread == Thread.COACH:
        leader = Membership.objects.filter(work=work, role=Member.LEADER).values("person")
        coaches = Coaching.objects.filter(work=work).values("coach")
        return people.filter(Q(pk__in=leader) | Q(pk__in=coaches))
    team = Membership.objects.filter(work=work).values("person")
    looks_after = Assignment.objects.filter(role__in=_READS, unit__in=work.unit.lineage)
    who = Q(pk__in=team) | Q(pk__in=looks_after.values("person"))
    if work.idea_id is not None:
        who |= Q(ideas=work.idea_id)
    return people.filter(who)
