"""From a day on a measure is judged anew: decided by a person, for a stated cause, and undone so."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from foundation.errors import require
from foundation.journal import record
from organisation.models import Person

from ..models import MeasurePhase, TeamMeasure
from ..queries.team import chart_of, series_of
from ..rules.phases import why_not_phase, why_not_undo
from .judging import judge


@transaction.atomic
def start(*, measure_id: int, starts_on: date, because: str, on: date, by: Person) -> MeasurePhase:
    """Judge a measure anew from a day on.  Who may is asked by what uses the measure.

    Args:
        on: Today.

    Raises:
        Refused: no change that lasts in the wanted direction, no cause, too few values.
    """
    measure = TeamMeasure.objects.locked().get(pk=measure_id)
    series = series_of([measure])[measure.pk]
    chart = chart_of(measure, series.points, series.phases, on=on)
    require(why_not_phase(chart, starts_on=starts_on, because=because))
    phase = MeasurePhase.objects.create(
        measure=measure, starts_on=starts_on, because=because.strip().removesuffix("."), made_by=by
    )
    record(
        "measure_phase.start",
        measure,
        by=by,
        day=starts_on.isoformat(),
        phase=phase.pk,
        because=phase.because,
    )
    judge(measure)
    return phase


@transaction.atomic
def undo(*, phase_id: int, by: Person) -> MeasurePhase:
    """Let a phase count no more; it stays to be read, with who undid it and when."""
    measure_id = MeasurePhase.objects.values_list("measure", flat=True).get(pk=phase_id)
    measure = TeamMeasure.objects.locked().get(pk=measure_id)
    phase = MeasurePhase.objects.get(pk=phase_id)
    require(why_not_undo(phase))
    phase.undone_by, phase.undone_at = by, timezone.now()
    phase.save(update_fields=["undone_by", "undone_at"])
    record("measure_phase.undo", measure, by=by, day=phase.starts_on.isoformat(), phase=phase.pk)
    judge(measure)
    return phase
