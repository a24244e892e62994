"""What the charter of a work says, and who has written in it."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Sum

from foundation.journal import subject_of
from foundation.models import Event
from measures.models import MeasureVerdict, TeamMeasure
from organisation.models import Person

from ..models import Contact, Member, Membership, Method, MethodStep, Work, WorkMeasure
from ..wording import aim_in_numbers

WRITTEN = ("work.aim", "work.write", "work.method")


@dataclass(frozen=True, slots=True)
class Measured:
    """A measure that the work follows: why, and what its chart says."""

    measure: TeamMeasure
    purpose: str
    carries_aim: bool
    verdict: MeasureVerdict | None


@dataclass(frozen=True, slots=True)
class Linked:
    """Another work in a work's charter; no `pk` for one that the reader may not open."""

    title: str
    unit: str
    pk: int | None


@dataclass(frozen=True, slots=True)
class Charter:
    """What the page of a charter says besides the work itself and its team."""

    aim: str  # in numbers, as a sentence
    measures: tuple[Measured, ...]
    part_of: Linked | None
    parts: tuple[Linked, ...]
    adopted_from: Linked | None
    support_hours: Decimal  # of the coach's contacts


def charter_of(work: Work, person: Person) -> Charter:
    """Gather what the charter of `work` says to `person`.  Five queries, at most."""
    followed = (
        WorkMeasure.objects.filter(work=work)
        .select_related("measure__verdict")
        .order_by("-carries_aim", "pk")
    )
    measures = tuple(
        Measured(
            measure=each.measure,
            purpose=each.get_purpose_display(),
            carries_aim=each.carries_aim,
            verdict=getattr(each.measure, "verdict", None),
        )
        for each in followed
    )
    carrier = next((each.measure for each in measures if each.carries_aim), None)
    hours = Contact.objects.filter(work=work).aggregate(sum=Sum("hours"))["sum"]
    above = {pk for pk in (work.supports_id, work.adopted_from_id) if pk is not None}
    others = {other.pk: other for other in Work.objects.select_related("unit").filter(pk__in=above)}
    parts = list(work.supported_by.select_related("unit").order_by("-started_on", "-pk")[:20])
    asked = [*others, *(part.pk for part in parts)]
    seen = (
        set(Work.objects.visible_to(person).filter(pk__in=asked).values_list("pk", flat=True))
        if asked
        else set()
    )

    def linked(other: Work | None) -> Linked | None:
        if other is None:
            return None
        return Linked(other.title, other.unit.name, other.pk if other.pk in seen else None)

    return Charter(
        aim=aim_in_numbers(work, carrier.unit_word if carrier else ""),
        measures=measures,
        part_of=linked(others.get(work.supports_id or 0)),
        parts=tuple(found for part in parts if (found := linked(part)) is not None),
        adopted_from=linked(others.get(work.adopted_from_id or 0)),
        support_hours=hours or Decimal(0),
    )


def changed_since(work: Work, version: int) -> set[str]:
    """Return the fields of the charter that have been written after `version`.  One query."""
    events = Event.objects.filter(
        subject=subject_of(work), kind__in=WRITTEN, data__version__gt=version
    )
    return {name for event in events for name in event.data.get("fields", ())}


@dataclass(frozen=True, slots=True)
class Written:
    """Who wrote last in a charter, and when."""

    who: str
    at: datetime


def last_written(work: Work) -> Written | None:
    """Return who wrote last in the charter of `work`.  One query."""
    event = (
        Event.objects.filter(subject=subject_of(work), kind__in=WRITTEN)
        .select_related("by")
        .order_by("-at", "-pk")
        .first()
    )
    return Written(event.by.name if event.by else "", event.at) if event else None


def steps_of(work: Work) -> list[MethodStep]:
    """Return the steps of the work's method, where it has its own besides the wheel.  One query."""
    if work.method_id is None:
        return []
    return list(MethodStep.objects.filter(method=work.method_id).exclude(method__key="pdsa"))


def offered_methods() -> list[Method]:
    """Return the methods that a work can choose, in their order.  One query."""
    return list(Method.objects.filter(is_active=True))


def leaders_of(works: list[int]) -> dict[tuple[int, str], str]:
    """Return the names of the leader and the coach of works, by work and role.  One query."""
    members = Membership.objects.filter(
        work__in=works, role__in=[Member.LEADER, Member.COACH]
    ).select_related("person")
    return {(member.work_id, member.role): member.person.name for member in members}
