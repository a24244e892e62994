"""Everything that changes what a team follows; its values are written by `measurements`.

Who may is asked by what uses the measure (a work, in programme/); these actions record it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction

from foundation.errors import require
from foundation.journal import record
from organisation.models import Person, Unit

from ..models import Kpi, TeamMeasure
from ..models.team import ChartChoice, Frequency, MeasureKind, RuleChoice
from ..rules import why_not_day, why_not_ends, why_not_value
from ..rules.team import rounded, why_not_settings
from .judging import judge, judge_all
from .measurements import work_out_anew

type ValueOnDay = tuple[Decimal, date]


@dataclass(frozen=True, slots=True)
class NewMeasure:
    """A measure as asked for, and all that can be chosen about it.

    Attributes:
        direction: A `models.team.Direction`.
        per: What a share or rate is counted per: 100 for per cent, 1,000 for days of care.
    """

    name: str
    unit_word: str
    direction: str
    definition: str = ""
    kind: str = MeasureKind.VALUE
    per: int = 1
    frequency: str = Frequency.MONTHLY
    chart: str = ChartChoice.FITTING
    rules: str = RuleChoice.ANHOEJ
    screening: bool = True
    collector: Person | None = None


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
    made = TeamMeasure(unit=unit, target=target, kpi=kpi, **_settings(measure))
    require(why_not_settings(made, kinds_of_value=set()))
    made.save()
    record("team_measure.create", made, by=by, name=made.name)
    judge(made)
    return made


@transaction.atomic
def change(
    *,
    measure_id: int,
    measure: NewMeasure,
    target: Decimal | None,
    kpi: Kpi | None = None,
    by: Person,
) -> TeamMeasure:
    """Change what is followed or how it is judged; its values stay.

    Raises:
        Refused: the values that are there are of another kind.
    """
    found = TeamMeasure.objects.locked().get(pk=measure_id)
    before = {name: getattr(found, name) for name in (*_names(), "target", "kpi")}
    wanted = _settings(measure) | {"target": target, "kpi": kpi}
    for name, value in wanted.items():
        setattr(found, name, value)
    values = found.measurements.exclude(value=None)
    kinds = {
        has_parts
        for has_parts in (True, False)
        if values.filter(numerator__isnull=not has_parts).exists()
    }
    require(why_not_settings(found, kinds_of_value=kinds))
    changed = sorted(name for name, value in wanted.items() if before[name] != value)
    if changed:
        found.save(update_fields=changed)
        record("team_measure.change", found, by=by, changed=changed)
        if found.has_parts and {"kind", "per"} & set(changed):
            work_out_anew(found)
        judge(found)
    return found


@transaction.atomic
def set_target(*, measure_id: int, target: Decimal | None) -> None:
    """Take over the aim of the work whose measure this is.  The work's own journal tells of it."""
    measure = TeamMeasure.objects.locked().get(pk=measure_id)
    if measure.target != target:
        measure.target = target
        measure.save(update_fields=["target"])
        judge(measure)


@transaction.atomic
def freeze_baseline(*, measure_ids: Iterable[int], on: date, by: Person | None) -> None:
    """Let the values before `on` show how it was, where no such day is set.

    Once set it is left alone, whatever is tested later.
    """
    measures = TeamMeasure.objects.locked().filter(pk__in=measure_ids, baseline_until=None)
    frozen = list(measures.order_by("pk"))
    for measure in frozen:
        measure.baseline_until = on
        measure.save(update_fields=["baseline_until"])
        record("team_measure.baseline", measure, by=by, day=on.isoformat())
    if frozen:
        judge_all(frozen)


@transaction.atomic
def end(*, measure_id: int, on: date, by: Person) -> TeamMeasure:
    """Expect no more values from a day on.  The values and the chart stay."""
    measure = TeamMeasure.objects.locked().get(pk=measure_id)
    if measure.ended_on is None:
        measure.ended_on = on
        measure.save(update_fields=["ended_on"])
        record("team_measure.close", measure, by=by, day=on.isoformat())
    return measure


@transaction.atomic
def go_on(*, measure_id: int, by: Person) -> TeamMeasure:
    """Expect values again."""
    measure = TeamMeasure.objects.locked().get(pk=measure_id)
    if measure.ended_on is not None:
        measure.ended_on = None
        measure.save(update_fields=["ended_on"])
        record("team_measure.go_on", measure, by=by)
    return measure


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
        setattr(measure, f"{name}_value", rounded(value))
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


def _names() -> list[str]:
    return list(NewMeasure.__dataclass_fields__)


def _settings(measure: NewMeasure) -> dict[str, object]:
    said = {name: getattr(measure, name) for name in _names()}
    if said["kind"] not in (MeasureKind.SHARE, MeasureKind.RATE):
        said["per"] = 1
    return said
