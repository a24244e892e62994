"""Everything that changes what a team has measured.

Who may is asked by what uses the measure (a work, in programme/); these actions record it, keep
what was there before, and judge the chart anew.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.errors import Refused, require
from foundation.journal import record
from organisation.models import Person

from ..models import Measurement, MeasurementRevision, TeamMeasure
from ..rules.team import TEXT_LENGTH, as_kept, faults_in, rounded, value_of, why_not_text
from ..typed.entry import Entry
from .judging import judge

AT_ONCE = 2_000  # rows in one statement
SAID = ("value", "numerator", "denominator", "missing_because")  # what a revision keeps


@dataclass(frozen=True, slots=True)
class Written:
    """How many values were new, corrected, or said already."""

    new: int
    changed: int
    unchanged: int


@transaction.atomic
def write(*, measure_id: int, entries: Sequence[Entry], on: date, by: Person) -> Written:
    """Write many values down: all of them, or none.

    A second value for a day corrects the first, which is kept.  The same once more changes
    nothing.  Locks the measure, so that two who write about the same day do it one after the other.

    Args:
        on: Today; a value cannot be from a later day.

    Raises:
        Refused: one of them cannot be, or two are about the same day.
    """
    measure = TeamMeasure.objects.locked().get(pk=measure_id)
    _check(measure, entries, on)
    days = [entry.taken_on for entry in entries]
    found = {m.taken_on: m for m in measure.measurements.filter(taken_on__in=days)}
    new: list[Measurement] = []
    changed: list[Measurement] = []
    kept: list[MeasurementRevision] = []
    for entry in sorted(entries, key=lambda one: one.taken_on):
        said = as_kept(measure, entry)
        there = found.get(entry.taken_on)
        if there is None:
            new.append(_new(measure, entry, said, by))
            continue
        before = {name: getattr(there, name) for name in SAID}
        note = entry.note.strip() or there.note
        if before == said and note == there.note:
            continue
        if before != said:
            kept.append(MeasurementRevision(measurement=there, replaced_by=by, **before))
        there.note = note
        for name, value in said.items():
            setattr(there, name, value)
        changed.append(there)
    Measurement.objects.bulk_create(new, batch_size=AT_ONCE)
    MeasurementRevision.objects.bulk_create(kept, batch_size=AT_ONCE)
    Measurement.objects.bulk_update(changed, [*SAID, "note"], batch_size=AT_ONCE)
    _journal(measure, new, changed, kept, by)
    if new or changed:
        judge(measure)
    return Written(len(new), len(changed), len(entries) - len(new) - len(changed))


def record_value(
    *,
    measure_id: int,
    taken_on: date,
    value: Decimal | None = None,
    numerator: Decimal | None = None,
    denominator: Decimal | None = None,
    missing_because: str = "",
    note: str = "",
    on: date,
    by: Person,
) -> Measurement:
    """Write one value down, as `write` does, and return it.

    Raises:
        Refused: no number, a day to come or long ago, an identity number in the note.
    """
    entry = Entry(taken_on, value, numerator, denominator, missing_because, note)
    write(measure_id=measure_id, entries=[entry], on=on, by=by)
    return Measurement.objects.get(measure=measure_id, taken_on=taken_on)


@transaction.atomic
def exclude(*, measurement_id: int, because: str, by: Person) -> Measurement:
    """Leave a value out of the judgement, with a reason; an empty reason takes it back in.

    It stays in the drawing, hollow, and in the table.
    """
    because = because.strip()
    require(why_not_text(because, most=TEXT_LENGTH))
    measure_id = Measurement.objects.values_list("measure", flat=True).get(pk=measurement_id)
    measure = TeamMeasure.objects.locked().get(pk=measure_id)
    found = Measurement.objects.get(pk=measurement_id)
    if because and found.value is None:
        raise Refused(_("There is no value that day to leave out."))
    before, found.excluded_because = found.excluded_because, because
    if before != because:
        found.save(update_fields=["excluded_because"])
        kind = "measurement.exclude" if because else "measurement.include"
        record(kind, found, by=by, because=because, before=before)
        judge(measure)
    return found


def work_out_anew(measure: TeamMeasure) -> None:
    """Work out every value of its parts again, when what they are counted per has changed.

    No correction: what was counted is the same.  The caller holds the lock and judges.
    """
    counted = list(measure.measurements.filter(denominator__gt=0))
    for one in counted:
        assert one.numerator is not None  # parts come in pairs
        assert one.denominator is not None
        one.value = rounded(value_of(measure, one.numerator, one.denominator))
    Measurement.objects.bulk_update(counted, ["value"], batch_size=AT_ONCE)


def _check(measure: TeamMeasure, entries: Sequence[Entry], on: date) -> None:
    seen: set[date] = set()
    for entry in entries:
        for fault in faults_in(measure, entry, on=on).values():
            raise Refused(fault)
        if entry.taken_on in seen:
            raise Refused(
                _("%(day)s is there more than once. Keep one of them.")
                % {"day": entry.taken_on.isoformat()}
            )
        seen.add(entry.taken_on)


def _new(
    measure: TeamMeasure, entry: Entry, said: dict[str, Decimal | str | None], by: Person
) -> Measurement:
    return Measurement(
        measure=measure,
        taken_on=entry.taken_on,
        note=entry.note.strip(),
        recorded_by=by,
        recorded_at=timezone.now(),
        **said,
    )


def _journal(
    measure: TeamMeasure,
    new: Sequence[Measurement],
    changed: Sequence[Measurement],
    kept: Sequence[MeasurementRevision],
    by: Person,
) -> None:
    """One line for one value; many at once are one line too, for the rows say the rest."""
    if len(new) == 1 and not changed:
        one = new[0]
        day = one.taken_on.isoformat()
        record("team_measure.value", measure, by=by, day=day, value=_text(one.value))
    elif len(kept) == 1 and len(changed) == 1 and not new:
        record(
            "team_measure.correct",
            measure,
            by=by,
            day=changed[0].taken_on.isoformat(),
            before=_text(kept[0].value),
            after=_text(changed[0].value),
        )
    elif new or kept:
        record("team_measure.values", measure, by=by, new=len(new), corrected=len(kept))


def _text(value: Decimal | None) -> str | None:
    return None if value is None else str(value)
