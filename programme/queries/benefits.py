"""What works were worth and what they cost, of one work and of all in a unit."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Count, Exists, OuterRef, Q, Sum
from django.utils import timezone

from improvement.models import LedgerEntry
from organisation.models import Person, Unit
from organisation.permissions import Permission

from ..models import Benefit, Contact, FollowUp, Work
from ..models.work import WorkQuerySet
from ..summing import Checked, Range, Saved, of_year, summed


@dataclass(frozen=True, slots=True)
class Cost:
    """What a work has cost so far.

    Attributes:
        paid_ore: Paid for its idea, the reward too; None where it has none with money.
        coach_hours: Of the coach's contacts.
    """

    paid_ore: int | None
    coach_hours: Decimal


def cost_of(work: Work) -> Cost:
    """Return what a work has cost.  Two queries at most."""
    paid = None
    if work.idea_id is not None:
        of_idea = LedgerEntry.objects.filter(decision__idea=work.idea_id)
        paid = of_idea.aggregate(ore=Sum("paid_ore", default=0))["ore"]
    hours = work.contacts.aggregate(hours=Sum("hours", default=Decimal(0)))["hours"]
    return Cost(paid, hours)


@dataclass(frozen=True, slots=True)
class UnitYear:
    """What one unit's works saved in a year, and what they cost that year.

    Attributes:
        finished: Works carried out by then, whether or not they have said anything.
        said: Of them, those that have said what they save, whenever it counts.
    """

    unit: Unit
    saved: Range
    finished: int
    said: int
    paid_ore: int
    coach_hours: Decimal

    @property
    def silent(self) -> int:
        """How many have not said."""
        return self.finished - self.said


@dataclass(frozen=True, slots=True)
class YearOfBenefit:
    """The page of a year: the units, and all of them together."""

    year: int
    units: list[UnitYear]
    whole: Range
    finished: int
    said: int
    paid_ore: int
    coach_hours: Decimal

    @property
    def silent(self) -> int:
        return self.finished - self.said


def benefit_of_year(person: Person, year: int) -> YearOfBenefit:
    """Return what was saved in a year where `person` sees money.  Six queries."""
    reach = person.reach(Permission.FUND_READ)
    through_work = person.reach(Permission.FUND_READ, through="work__unit")
    works = Work.objects.carried_out().filter(reach, finished_on__year__lte=year)
    counted = _counted(works)
    sums = summed(_saved(through_work), years=[year])
    paid = _paid_by_unit(person, year)
    hours = _hours_by_unit(through_work, year)
    ids = {unit for unit, _year in sums} | set(counted) | set(paid) | set(hours)
    units = Unit.objects.filter(pk__in=ids).in_tree_order()
    rows = [
        UnitYear(
            unit=unit,
            saved=sums.get((unit.pk, year), Range()),
            finished=counted.get(unit.pk, (0, 0))[0],
            said=counted.get(unit.pk, (0, 0))[1],
            paid_ore=paid.get(unit.pk, 0),
            coach_hours=hours.get(unit.pk, Decimal(0)),
        )
        for unit in units
    ]
    return YearOfBenefit(
        year=year,
        units=rows,
        whole=of_year(sums, year),
        finished=sum(row.finished for row in rows),
        said=sum(row.said for row in rows),
        paid_ore=sum(row.paid_ore for row in rows),
        coach_hours=sum((row.coach_hours for row in rows), Decimal(0)),
    )


def _counted(works: WorkQuerySet) -> dict[int, tuple[int, int]]:
    """Return how many works there are and how many have said what they save, by unit.  One query."""
    has_said = Exists(Benefit.objects.standing().filter(work=OuterRef("pk")))
    rows = (
        works.annotate(has_said=has_said)
        .order_by()
        .values("unit")
        .annotate(all=Count("pk"), said=Count("pk", filter=Q(has_said=True)))
    )
    return {row["unit"]: (row["all"], row["said"]) for row in rows}


def _saved(reach: Q) -> list[Saved]:
    """Return the benefits that stand, with the checks of their works.  Two queries."""
    rows = list(
        Benefit.objects.standing()
        .filter(reach)
        .values_list(
            *("work_id", "work__unit_id", "kind", "year", "is_yearly"),
            *("hours_low", "hours_high", "low_ore", "high_ore"),
        )
    )
    checks = checks_of({row[0] for row in rows})
    return [
        Saved(
            work=work,
            unit=unit,
            kind=kind,
            year=year,
            is_yearly=is_yearly,
            hours=None if hours_low is None else (hours_low, hours_high),
            ore=None if low_ore is None else (low_ore, high_ore),
            checks=tuple(checks.get(work, ())),
        )
        for work, unit, kind, year, is_yearly, hours_low, hours_high, low_ore, high_ore in rows
    ]


def checks_of(work_ids: Collection[int]) -> dict[int, list[Checked]]:
    """Return the days and answers of the checks that have been made, by work.  One query."""
    made: dict[int, list[Checked]] = defaultdict(list)
    answered = FollowUp.objects.answered().filter(work__in=work_ids)
    for work, day, kept in answered.values_list("work_id", "done_on", "is_kept"):
        if day is not None:  # every one that is answered
            made[work].append((day, kept))
    return made


def _paid_by_unit(person: Person, year: int) -> dict[int, int]:
    """Return what was paid for works' ideas in a year, by the unit of the work.  One query."""
    first, last = _limits(year)
    rows = (
        LedgerEntry.objects.filter(
            person.reach(Permission.FUND_READ, through="decision__idea__work__unit"),
            at__gte=first,
            at__lt=last,
            decision__idea__work__isnull=False,
        )
        .order_by()
        .values("decision__idea__work__unit")
        .annotate(ore=Sum("paid_ore", default=0))
    )
    return {row["decision__idea__work__unit"]: row["ore"] for row in rows if row["ore"]}


def _hours_by_unit(reach: Q, year: int) -> dict[int, Decimal]:
    """Return the hours of coaches' contacts in a year, by the unit of the work.  One query."""
    rows = (
        Contact.objects.filter(reach, taken_on__year=year)
        .order_by()
        .values("work__unit")
        .annotate(hours=Sum("hours", default=Decimal(0)))
    )
    return {row["work__unit"]: row["hours"] for row in rows if row["hours"]}


def _limits(year: int) -> tuple[datetime, datetime]:
    """Return midnight at the beginning of a year and of the next, where we are."""
    zone = timezone.get_current_timezone()
    return datetime(year, 1, 1, tzinfo=zone), datetime(year + 1, 1, 1, tzinfo=zone)
