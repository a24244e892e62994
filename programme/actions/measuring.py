"""What a work follows: its measures, their values, where it started and where it ended."""

from datetime import date
from decimal import Decimal

from django.db import transaction

from foundation.errors import require
from foundation.journal import record
from measures.actions import team
from measures.actions.team import NewMeasure
from measures.models import Measurement
from organisation.models import Person

from ..models import Purpose, Work, WorkMeasure
from ..rules.works import why_not_edit, why_not_measure


@transaction.atomic
def add(
    *, work_id: int, measure: NewMeasure, purpose: str = Purpose.OUTCOME, by: Person
) -> WorkMeasure:
    """Follow one more measure; the aim stays with the first."""
    work = Work.objects.locked().select_related("unit").get(pk=work_id)
    require(why_not_edit(work, by))
    return follow(work, measure, purpose, carries_aim=False, by=by)


@transaction.atomic
def record_value(
    *, followed_id: int, taken_on: date, value: Decimal, note: str = "", on: date, by: Person
) -> Measurement:
    """Write a value down.  A second value for the same day corrects the first, which is kept.

    Raises:
        Refused: not in the team, or the day has not come yet.
    """
    followed = _followed(followed_id, by)
    return team.record_value(
        measure_id=followed.measure_id, taken_on=taken_on, value=value, note=note, on=on, by=by
    )


@transaction.atomic
def set_ends(
    *,
    followed_id: int,
    start: tuple[Decimal, date] | None,
    end: tuple[Decimal, date] | None,
    on: date,
    by: Person,
) -> None:
    """Write down where a measure began and where it ended, each a value on a day.

    What is None is left as it was.

    Raises:
        Refused: not in the team, a day to come, or the end before the start.
    """
    followed = _followed(followed_id, by)
    team.set_ends(measure_id=followed.measure_id, start=start, end=end, on=on, by=by)


def follow(
    work: Work, measure: NewMeasure, purpose: str, *, carries_aim: bool, by: Person
) -> WorkMeasure:
    """Add a measure to a work whose lock the caller holds.

    The target of the measure that carries the aim is the work's own, so it is not kept twice.
    """
    kpi = work.idea.kpi if carries_aim and work.idea is not None else None
    made = team.create(unit=work.unit, measure=measure, kpi=kpi, by=by)
    followed = WorkMeasure.objects.create(
        work=work, measure=made, purpose=purpose, carries_aim=carries_aim
    )
    record("work.follow", work, by=by, measure=made.name)
    return followed


def _followed(followed_id: int, by: Person) -> WorkMeasure:
    followed = WorkMeasure.objects.select_related("work__unit", "measure").get(pk=followed_id)
    require(why_not_measure(followed.work, by))
    return followed
