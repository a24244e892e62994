"""Everything that changes what a team measures.

Who may is asked by what uses the measure (a work, in programme/); these actions record it.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction

from foundation.errors import require
from foundation.journal import record
from organisation.models import Person, Unit

from ..models import Kpi, Measurement, MeasurementRevision, TeamMeasure
from ..rules import why_not_day, why_not_ends, why_not_text, why_not_value

type ValueOnDay = tuple[Decimal, date]

SMALLEST = Decimal("0.0001")  # values are kept with four decimals
TEXT_LENGTH = 200  # of a note and of a reason


@dataclass(frozen=True, slots=True)
class NewMeasure:
    """A measure as asked for.  `direction` is a `models.team.Direction`."""

    name: str
    unit_word: str
    direction: str
    definition: str = ""


@transaction.atomic
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

    Locks the measure, so that two who write about the same day do it one after the other.  The
    same value and note once more change nothing.

    Args:
        note: An empty one leaves the note that is there.
        on: Today; a value cannot be from a later day.

    Raises:
        Refused: no number, a day to come or long ago, an identity number in the note.
    """
    note = note.strip()
    require(why_not_value(value) or why_not_day(taken_on, on=on))
    require(why_not_text(note, most=TEXT_LENGTH))
    value = _as_kept(value)
    measure = TeamMeasure.objects.locked().get(pk=measure_id)
    found = measure.measurements.filter(taken_on=taken_on).first()
    if found is None:
        made = measure.measurements.create(
            taken_on=taken_on, value=value, note=note, recorded_by=by
        )
        record("team_measure.value", measure, by=by, day=taken_on.isoformat(), value=str(value))
        return made
    before, found.value, found.note = found.value, value, note or found.note
    if before != value:
        MeasurementRevision.objects.create(measurement=found, value=before, replaced_by=by)
        record(
            "team_measure.correct",
            measure,
            by=by,
            day=taken_on.isoformat(),
            before=str(before),
            after=str(value),
        )
    found.save(update_fields=["value", "note"])
    return found


@transaction.atomic
def exclude(*, measurement_id: int, because: str, by: Person) -> Measurement:
    """Leave a value out of the judgement, with a reason; an empty reason takes it back in.

    It stays in the drawing, hollow, and in the table.
    """
    because = because.strip()
    require(why_not_text(because, most=TEXT_LENGTH))
    found = Measurement.objects.select_for_update(no_key=True).get(pk=measurement_id)
    before, found.excluded_because = found.excluded_because, because
    found.save(update_fields=["excluded_because"])
    if before != because:
        kind = "measurement.exclude" if because else "measurement.include"
        record(kind, found, by=by, because=because, before=before)
    return found


@transaction.atomic
def set_ends(
    *,
    measure_id: int,
    start: ValueOnDay | None = None,
    end: ValueOnDay | None = None,
    on: date,
    by: Person,
) -> TeamMeasure:
    """Write down where it began and where it ended (W-25).

    Facts of their own, not the first and the last point by chance.  What is None is left as it
    was; what was there before stands in the journal.

    Raises:
        Refused: no number, a day to come, or the end before the start.
    """
    measure = TeamMeasure.objects.locked().get(pk=measure_id)
    for name, said in (("start", start), ("end", end)):
        if said is None:
            continue
        value, day = said
        require(why_not_value(value) or why_not_day(day, on=on))
        before = getattr(measure, f"{name}_value")
        setattr(measure, f"{name}_value", _as_kept(value))
        setattr(measure, f"{name}_on", day)
        record(
            f"team_measure.{name}",
            measure,
            by=by,
            value=str(value),
            day=day.isoformat(),
            before=None if before is None else str(before),
        )
    require(why_not_ends(measure.start_on, measure.end_on))
    measure.save(update_fields=["start_value", "start_on", "end_value", "end_on"])
    return measure


def _as_kept(value: Decimal) -> Decimal:
    """Round as the column does, so that the object and the row say the same."""
    return value.quantize(SMALLEST)
