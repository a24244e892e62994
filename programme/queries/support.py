"""The support that one work gets, and who can give it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Sum

from organisation.models import Assignment, Person, Unit
from organisation.models.person import PersonQuerySet
from organisation.permissions import GRANTS, Permission

from ..models import Coaching, Contact, Work
from ..support.clock import Clock, clock_of

_COACHES = [role for role, granted in GRANTS.items() if Permission.WORK_COACH in granted]
SHOWN = 20  # contacts; all when asked for


def coaches_for(unit: Unit) -> PersonQuerySet:
    """Return those whose role it is to coach works at `unit`."""
    held = Assignment.objects.filter(role__in=_COACHES, unit__in=unit.lineage)
    people: PersonQuerySet = Person.objects.active().filter(pk__in=held.values("person"))
    return people


@dataclass(frozen=True, slots=True)
class Support:
    """All that is known of the support of a work.

    Attributes:
        coaching: Who supports it now; None: nobody.
        former: Those who did before, the latest first.
        contacts: The latest first, perhaps not all.
        hours: Of all contacts together.
        latest: The latest contact, whose next step is the one that counts.
    """

    coaching: Coaching | None
    clock: Clock | None
    former: list[Coaching]
    contacts: list[Contact]
    number: int
    hours: Decimal

    @property
    def latest(self) -> Contact | None:
        return self.contacts[0] if self.contacts else None


def support_of(work: Work, person: Person, *, whole: bool = False, on: date) -> Support:
    """Gather what `person` may read of the support of `work`.  Three queries."""
    coachings = list(
        Coaching.objects.visible_to(person)
        .filter(work=work)
        .select_related("coach")
        .order_by("-starts_on", "-pk")
    )
    seen = Contact.objects.visible_to(person).filter(work=work)
    contacts = seen.select_related("coach").latest_first()
    counted = seen.aggregate(hours=Sum("hours", default=Decimal(0)), number=Count("pk"))
    now = next((c for c in coachings if c.ended_on is None), None)
    return Support(
        coaching=now,
        clock=None if now is None else clock_of(_began(coachings, now), now.until, on=on),
        former=[c for c in coachings if c.ended_on is not None],
        contacts=list(contacts if whole else contacts[:SHOWN]),
        number=counted["number"],
        hours=counted["hours"],
    )


def _began(coachings: list[Coaching], now: Coaching) -> date:
    """Return the day the support began, by whoever gave it: handed over, its time goes on.

    Args:
        coachings: The latest first.
    """
    began = now.starts_on
    for before in coachings:
        if before.ended_on == began:
            began = before.starts_on
    return began
