"""What a work follows: its measures, their values, where it started and where it ended."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction

from foundation.errors import require
from foundation.journal import record
from measures.models import Measurement, TeamMeasure
from organisation.models import Person

from ..models import Purpose, Work, WorkMeasure
from ..rules import why_not_edit, why_not_measure


@dataclass(frozen=True, slots=True)
class NewMeasure:
    """A measure as asked for."""

    name: str
    unit_word: str
    direction: str
    definition: str = ""
    purpose: str = Purpose.OUTCOME


@transaction.atomic
def add(*, work_id: int, measure: NewMeasure, by: Person) -> WorkMeasure:
    """Follow one more measure; the aim stays with the first."""
    work = Work.objects.locked().select_related("unit").get(pk=work_id)
    require(why_not_edit(work, by))
    return follow(work, measure, carries_aim=False, by=by)


@transaction.atomic
def record_value(
    *, followed_id: int, taken_on: date, value: Decimal, note: str = "", on: date, by: Person
) -> Measurement:
    """Write a value down.  A second value for the same day corrects the first, which is kept.

    Raises:
        Refused: not in the team, or the day has not come yet.
    """
    followed = WorkMeasure.objects.select_related("work__unit", "measure").get(pk=followed_id)
    require(why_not_measure(followed.work, by))
    return Measurement.objects.create(
        measure=followed.measure, taken_on=taken_on, value=value, note=note, recorded_by=by
    )


def follow(work: Work, measure: NewMeasure, *, carries_aim: bool, by: Person) -> WorkMeasure:
    """Add a measure to a work whose lock the caller holds."""
    made = TeamMeasure.objects.create(
        unit=work.unit,
        name=measure.name,
        unit_word=measure.unit_word,
        direction=measure.direction,
        definition=measure.definition,
        target=work.aim_to if carries_aim else None,
        kpi=work.idea.kpi if carries_aim and work.idea is not None else None,
    )
    followed = WorkMeasure.objects.create(
        work=work, measure=made, purpose=measure.purpose, carries_aim=carries_aim
    )
    record("work.follow", work, by=by, measure=made.name)
    return followed
