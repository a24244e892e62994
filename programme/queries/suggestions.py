"""Where else a work could help: units that stand low in what it moved, and others at it already."""

from dataclasses import dataclass
from datetime import date

from improvement.models import Idea, IdeaStatus
from measures.models import Good
from measures.queries.units import places, unit_values
from measures.queries.viewer import home_municipality
from organisation.models import Person, Unit
from organisation.permissions import Permission

from ..models import Work

MOST = 8
NO_LONGER = (IdeaStatus.DRAFT, IdeaStatus.REJECTED, IdeaStatus.WITHDRAWN, IdeaStatus.MERGED)


@dataclass(frozen=True, slots=True)
class LowUnit:
    """One of our units in the worse half in the measure that a work moved, in its latest year.

    Attributes:
        told_on: The day its managers were told of the work; None while they have not been.
    """

    unit: Unit
    value: str
    year: int
    rank: int
    counted: int
    told_on: date | None
    may_tip: bool


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Where a work could be of use, for those who help units to improve."""

    low: list[LowUnit]
    works: list[Work]
    ideas: list[Idea]

    def __bool__(self) -> bool:
        return bool(self.low or self.works or self.ideas)


def elsewhere(work: Work, person: Person) -> Elsewhere:
    """Return where `work` could be of use.  Nine queries at most; none where it moves no measure."""
    if work.kpi_id is None:
        return Elsewhere([], [], [])
    works = (
        Work.objects.visible_to(person)
        .open()
        .filter(kpi=work.kpi_id)
        .exclude(unit=work.unit_id)
        .exclude(adopted_from=work)
        .select_related("unit")
        .order_by("-started_on", "-pk")
    )
    ideas = (
        Idea.objects.visible_to(person)
        .filter(kpi=work.kpi_id, work=None)
        .exclude(unit=work.unit_id)
        .exclude(status__in=NO_LONGER)
        .select_related("unit")
        .order_by("-created_at", "-pk")
    )
    return Elsewhere(_low_units(work, person), list(works[:MOST]), list(ideas[:MOST]))


def _low_units(work: Work, person: Person) -> list[LowUnit]:
    """Return our units in the worse half, the lowest first; those that try it already left out."""
    home = home_municipality()
    if home is None or work.kpi is None or work.kpi.good == Good.NEITHER:
        return []
    series = unit_values(work.kpi, home)
    latest = max((one.latest_year or 0 for one in series), default=0)
    values = {s.unit.pk: s.under(latest).value for s in series if s.unit}
    where = places(Good(work.kpi.good), values)
    at_it = set(work.adoptions.values_list("unit", flat=True)) | {work.unit_id}
    told = dict(work.tips.values_list("unit", "at__date"))
    low = [
        (where[s.unit.pk], s, s.unit.unit_id)
        for s in series
        if s.unit and s.unit.unit_id and s.unit.unit_id not in at_it and s.unit.pk in where
    ]
    low = [found for found in low if found[0].rank * 2 > found[0].counted + 1]
    low.sort(key=lambda found: -found[0].rank)
    units = Unit.objects.in_bulk([unit_id for _place, _series, unit_id in low[:MOST]])
    return [
        LowUnit(
            unit=units[unit_id],
            value=s.text(latest, with_unit=True),
            year=latest,
            rank=place.rank,
            counted=place.counted,
            told_on=told.get(unit_id),
            may_tip=person.may(Permission.COACHING_MANAGE, at=units[unit_id]),
        )
        for place, s, unit_id in low[:MOST]
        if unit_id in units
    ]
