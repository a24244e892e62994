"""What a work follows: its measures, their values, and from when they are judged anew.

Each action asks whether the person may, by the work; measures/ then writes, keeps what was there,
and judges the chart.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import Min
from django.utils.translation import gettext as _

from foundation.errors import Refused, require
from foundation.journal import record
from measures.actions import measurements, phases, team
from measures.actions.measurements import Written
from measures.actions.team import NewMeasure
from measures.models import Kpi, Measurement, MeasurePhase
from measures.typed.entry import Entry
from organisation.models import Person

from ..models import Purpose, Work, WorkMeasure
from ..rules.measures import (
    why_not_end,
    why_not_rebase,
    why_not_record,
    why_not_settings,
    why_not_take_away,
)
from ..rules.works import why_not_edit
from .drifting import look_for_drift

# --- which measures ---------------------------------------------------------------------------


@transaction.atomic
def add(
    *,
    work_id: int,
    measure: NewMeasure,
    purpose: str = Purpose.OUTCOME,
    target: Decimal | None = None,
    kpi: Kpi | None = None,
    by: Person,
) -> WorkMeasure:
    """Follow one more measure.  The first carries the aim, and it stays there."""
    work = Work.objects.locked().select_related("unit").get(pk=work_id)
    require(why_not_edit(work, by))
    is_first = not work.followed.exists()
    return follow(work, measure, purpose, carries_aim=is_first, target=target, kpi=kpi, by=by)


def follow(
    work: Work,
    measure: NewMeasure,
    purpose: str,
    *,
    carries_aim: bool,
    target: Decimal | None = None,
    kpi: Kpi | None = None,
    by: Person,
) -> WorkMeasure:
    """Add a measure to a work whose lock the caller holds.

    The measure that carries the aim has the aim as its target, and aims at what the work does.
    """
    if carries_aim:
        target = work.aim_to
        kpi = work.kpi or (work.idea.kpi if work.idea is not None else None)
    made = team.create(unit=work.unit, measure=measure, target=target, kpi=kpi, by=by)
    followed = WorkMeasure.objects.create(
        work=work, measure=made, purpose=purpose, carries_aim=carries_aim
    )
    record("work.follow", work, by=by, measure=made.name)
    began = work.cycles.aggregate(first=Min("started_on"))["first"]
    if began is not None:  # the values before the first test show how it was
        team.freeze_baseline(measure_ids=[made.pk], on=began, by=by)
    return followed


@transaction.atomic
def change(
    *,
    followed_id: int,
    measure: NewMeasure,
    purpose: str,
    target: Decimal | None,
    kpi: Kpi | None,
    by: Person,
) -> WorkMeasure:
    """Change what is measured, how it is counted, or how its chart is judged."""
    followed = _locked(followed_id)
    require(why_not_settings(followed, by))
    if followed.carries_aim:
        target = followed.work.aim_to
    team.change(measure_id=followed.measure_id, measure=measure, target=target, kpi=kpi, by=by)
    if followed.purpose != purpose:
        followed.purpose = purpose
        followed.save(update_fields=["purpose"])
    return followed


@transaction.atomic
def take_away(*, followed_id: int, by: Person) -> None:
    """Take away a measure that has no values yet; one that has any is ended instead."""
    followed = _locked(followed_id)
    require(why_not_take_away(followed, by))
    measure = followed.measure
    record("work.unfollow", followed.work, by=by, measure=measure.name)
    followed.delete()
    measure.delete()


@transaction.atomic
def end(*, followed_id: int, on: date, by: Person) -> None:
    """Measure it no more; the values and the chart stay."""
    followed = _locked(followed_id)
    require(why_not_end(followed, by))
    team.end(measure_id=followed.measure_id, on=on, by=by)
    record("work.measure_end", followed.work, by=by, measure=followed.measure.name)


@transaction.atomic
def go_on(*, followed_id: int, by: Person) -> None:
    """Measure it again."""
    followed = _locked(followed_id)
    require(why_not_settings(followed, by))
    team.go_on(measure_id=followed.measure_id, by=by)


def aim_changed(work: Work) -> None:
    """Let the measure that carries the aim have it as its target.  The caller holds the work."""
    for followed in WorkMeasure.objects.carrying_aim().filter(work=work):
        team.set_target(measure_id=followed.measure_id, target=work.aim_to)


def freeze_baseline(work: Work, *, on: date, by: Person) -> None:
    """Let the values before the first test show how it was.  The caller holds the work.

    A measure whose day is set already keeps it.
    """
    ids = list(work.followed.values_list("measure", flat=True))
    team.freeze_baseline(measure_ids=ids, on=on, by=by)


# --- values -----------------------------------------------------------------------------------


@transaction.atomic
def record_value(
    *,
    followed_id: int,
    taken_on: date,
    value: Decimal | None = None,
    numerator: Decimal | None = None,
    denominator: Decimal | None = None,
    missing_because: str = "",
    note: str = "",
    on: date,
    by: Person,
) -> Measurement:
    """Write a value down.  A second value for the same day corrects the first, which is kept.

    Raises:
        Refused: not in the team, or the day has not come yet.
    """
    followed = _locked(followed_id)
    require(why_not_record(followed, by))
    made = measurements.record_value(
        measure_id=followed.measure_id,
        taken_on=taken_on,
        value=value,
        numerator=numerator,
        denominator=denominator,
        missing_because=missing_because,
        note=note,
        on=on,
        by=by,
    )
    look_for_drift(followed_ids=[followed_id], on=on)
    return made


@transaction.atomic
def write(*, followed_id: int, entries: Sequence[Entry], on: date, by: Person) -> Written:
    """Write many values down: all of them, or none."""
    followed = _locked(followed_id)
    require(why_not_record(followed, by))
    written = measurements.write(measure_id=followed.measure_id, entries=entries, on=on, by=by)
    look_for_drift(followed_ids=[followed_id], on=on)
    return written


@transaction.atomic
def exclude(*, measurement_id: int, because: str, by: Person) -> Measurement:
    """Leave a value out of the judgement, with a reason.

    Raises:
        Refused: not in the team, or no reason.
    """
    from_measure = Measurement.objects.values_list("measure__followed_by", flat=True)
    followed = _locked(from_measure.get(pk=measurement_id))
    require(why_not_record(followed, by))
    if not because.strip():
        raise Refused(_("Write why it is not to be counted."))
    return measurements.exclude(measurement_id=measurement_id, because=because, by=by)


@transaction.atomic
def include(*, measurement_id: int, by: Person) -> Measurement:
    """Count a value again that was left out."""
    from_measure = Measurement.objects.values_list("measure__followed_by", flat=True)
    followed = _locked(from_measure.get(pk=measurement_id))
    require(why_not_record(followed, by))
    return measurements.exclude(measurement_id=measurement_id, because="", by=by)


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
    followed = _locked(followed_id)
    require(why_not_record(followed, by))
    team.set_ends(measure_id=followed.measure_id, start=start, end=end, on=on, by=by)


# --- from a day on, judged anew ---------------------------------------------------------------


@transaction.atomic
def rebase(
    *, followed_id: int, starts_on: date, because: str, on: date, by: Person
) -> MeasurePhase:
    """Judge a measure anew from a day on, for a stated cause.

    Raises:
        Refused: not in the team, or what `measures.rules.phases` says.
    """
    followed = _locked(followed_id)
    require(why_not_rebase(followed, by))
    phase = phases.start(
        measure_id=followed.measure_id, starts_on=starts_on, because=because, on=on, by=by
    )
    record(
        "work.rebase",
        followed.work,
        by=by,
        measure=followed.measure.name,
        day=starts_on.isoformat(),
        why=phase.because,
    )
    return phase


@transaction.atomic
def undo_rebase(*, phase_id: int, by: Person) -> MeasurePhase:
    """Take back that a measure is judged anew; the phase stays to be read."""
    from_measure = MeasurePhase.objects.values_list("measure__followed_by", flat=True)
    followed = _locked(from_measure.get(pk=phase_id))
    require(why_not_rebase(followed, by))
    phase = phases.undo(phase_id=phase_id, by=by)
    record(
        "work.rebase_undo",
        followed.work,
        by=by,
        measure=followed.measure.name,
        day=phase.starts_on.isoformat(),
    )
    return phase


def _locked(followed_id: int) -> WorkMeasure:
    """Lock the work that follows the measure, so that its state stays as it is asked about."""
    followed = WorkMeasure.objects.select_related("measure").get(pk=followed_id)
    followed.work = Work.objects.locked().select_related("unit").get(pk=followed.work_id)
    return followed
