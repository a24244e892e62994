"""Everything that changes what a team measures.

Who may is asked by what uses the measure (a work, in programme/); these actions record it.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.errors import Refused
from foundation.journal import record
from organisation.models import Person, Unit

from ..models import Kpi, Measurement, MeasurementRevision, TeamMeasure


@dataclass(frozen=True, slots=True)
class NewMeasure:
    """A measure as asked for.  `direction` is a `models.team.Direction`."""

    name: str
    unit_word: str
    direction: str
    definition: str = ""


def create(
    *,
    unit: Unit,
    measure: NewMeasure,
    target: Decimal | None = None,
    kpi: Kpi | None = None,
    by: Person,
) -> TeamMeasure:
    """Begin to follow something at `unit`."""
    made = TeamMeasure.objects.create(
        unit=unit,
        name=measure.name,
        unit_word=measure.unit_word,
        direction=measure.direction,
        definition=measure.definition,
        target=target,
        kpi=kpi,
    )
    record("team_measure.create", made, by=by, name=made.name)
    return made


@transaction.atomic
def record_value(
    *,
    measure_id: int,
    taken_on: date,
    value: Decimal,
    note: str = "",
    on: date,
    by: Person,
) -> Measurement:
    """Write a value down.  A second value for the same day corrects the first, which is kept.

    Args:
        on: Today; a value cannot be from a later day.
    """
    if taken_on > on:
        raise Refused(_("That day has not come yet."))
    measure = TeamMeasure.objects.select_for_update(no_key=True).get(pk=measure_id)
    found = measure.measurements.filter(taken_on=taken_on).first()
    if found is None:
        made = measure.measurements.create(
            taken_on=taken_on, value=value, note=note, recorded_by=by
        )
        record("team_measure.value", measure, by=by, day=taken_on.isoformat(), value=str(value))
        return made
    if found.value != value:
        MeasurementRevision.objects.create(measurement=found, value=found.value, replaced_by=by)
        record(
            "team_measure.correct",
            measure,
            by=by,
            day=taken_on.isoformat(),
            before=str(found.value),
            after=str(value),
        )
    found.value, found.note = value, note or found.note
    found.save(update_fields=["value", "note"])
    return found


@transaction.atomic
def exclude(*, measurement_id: int, because: str, by: Person) -> Measurement:
    """Leave a value out of the judgement, with a reason; an empty reason takes it back in."""
    found = Measurement.objects.select_for_update(no_key=True).get(pk=measurement_id)
    found.excluded_because = because.strip()
    found.save(update_fields=["excluded_because"])
    record("measurement.exclude", found, by=by, because=found.excluded_because)
    return found


@transaction.atomic
def set_start(*, measure_id: int, value: Decimal, on: date, by: Person) -> TeamMeasure:
    """Write down where it began (W-25): a fact of its own, not the first point by chance."""
    return _set(measure_id, "start", value, on, by)


@transaction.atomic
def set_end(*, measure_id: int, value: Decimal, on: date, by: Person) -> TeamMeasure:
    """Write down where it ended (W-25)."""
    return _set(measure_id, "end", value, on, by)


def _set(measure_id: int, end: str, value: Decimal, on: date, by: Person) -> TeamMeasure:
    measure = TeamMeasure.objects.select_for_update(no_key=True).get(pk=measure_id)
    setattr(measure, f"{end}_value", value)
    setattr(measure, f"{end}_on", on)
    measure.save(update_fields=[f"{end}_value", f"{end}_on"])
    record(f"team_measure.{end}", measure, by=by, value=str(value), day=on.isoformat())
    return measure
