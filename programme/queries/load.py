"""How the coaches are loaded: works, hours, and works in need."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Count, Q, Sum

from organisation.models import Assignment, Person
from organisation.permissions import GRANTS, Permission

from ..models import Contact, Work
from .cockpit import Needing

RECENT = timedelta(weeks=4)  # for the hours of a coach
_COACHES = [role for role, granted in GRANTS.items() if Permission.WORK_COACH in granted]


@dataclass(frozen=True, slots=True)
class Load:
    """One coach: the works they support, and how much they have done lately.

    Attributes:
        hours: Logged during the last four weeks, with any of the works.
    """

    coach: Person
    works: tuple[Needing, ...]
    hours: Decimal
    contacts: int

    @property
    def in_need(self) -> int:
        return sum(each.need.is_now for each in self.works)

    @property
    def ending(self) -> int:
        return sum(
            each.clock is not None and (each.clock.is_over or each.clock.is_soon_over)
            for each in self.works
        )


def loads_of(person: Person, needing: Sequence[Needing], *, on: date) -> list[Load]:
    """Return the coaches within reach of `person`, those with most to do first.  Two queries.

    Args:
        needing: The works that `person` looks after, in order of need.
    """
    by_coach: dict[int, list[Needing]] = defaultdict(list)
    for each in needing:
        if each.coach_id is not None:
            by_coach[each.coach_id].append(each)
    seen = Work.objects.filter(person.reach(Permission.COACHING_MANAGE))
    done = {
        row["coach"]: row
        for row in Contact.objects.filter(work__in=seen, taken_on__gt=on - RECENT, taken_on__lte=on)
        .values("coach")
        .annotate(hours=Sum("hours"), number=Count("pk"))
    }
    where = person.reach(Permission.COACHING_MANAGE)
    above = {pk for unit in person.units_where(Permission.COACHING_MANAGE) for pk in unit.lineage}
    held = Assignment.objects.filter(where | Q(unit__in=above), role__in=_COACHES)
    people = Person.objects.active().filter(
        Q(pk__in=held.values("person")) | Q(pk__in=[*by_coach, *done])
    )
    loads = [
        Load(
            coach=coach,
            works=tuple(by_coach[coach.pk]),
            hours=done[coach.pk]["hours"] if coach.pk in done else Decimal(0),
            contacts=done[coach.pk]["number"] if coach.pk in done else 0,
        )
        for coach in people.in_name_order()
    ]
    return sorted(loads, key=lambda load: (-len(load.works), -load.in_need))
