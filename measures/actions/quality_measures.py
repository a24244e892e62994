"""The quality measures of an area, and the KPIs that each is made of.

Every change stands in the journal of the area, so that its page shows how its measures came to be
what they are.  What a change touches is compared anew in the same transaction.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.errors import Refused, require
from foundation.journal import record
from organisation.models import Person

from ..models import Kpi, MeasureKpi, QualityArea, QualityMeasure
from ..rules.areas import why_not_lag, why_not_name, why_not_replace
from ..rules.team import why_not_text
from . import comparisons
from .defining import difference, hold_definitions, next_place, place, shifted


@dataclass(frozen=True, slots=True)
class Described:
    """What is said of a measure.

    Attributes:
        year_lag: How many years late its values come: with 1, that of 2019 stands under 2020.
    """

    name: str
    note: str = ""
    year_lag: int = 0


@transaction.atomic
def add(*, area_id: int, described: Described, by: Person | None) -> QualityMeasure:
    """Add a measure last in an area, without parts.  The same said twice is one measure."""
    hold_definitions(by)
    area = QualityArea.objects.get(pk=area_id)
    if same := area.measures.filter(**asdict(described), parts=None).first():
        return same
    _check(described, area)
    position = next_place(area.measures.all())
    measure = area.measures.create(**asdict(described), position=position)
    record("measure.add", area, by=by, measure=measure.name)
    return measure


@transaction.atomic
def change(*, measure_id: int, described: Described, by: Person | None) -> QualityMeasure:
    """Call a measure something else, or show its values under another year."""
    hold_definitions(by)
    measure = QualityMeasure.objects.select_related("area").get(pk=measure_id)
    _check(described, measure.area, measure)
    wanted = asdict(described)
    changed = difference({name: getattr(measure, name) for name in wanted}, wanted)
    if changed:
        was = measure.name
        for name, value in wanted.items():
            setattr(measure, name, value)
        measure.save(update_fields=list(changed))
        record("measure.change", measure.area, by=by, measure=was, changed=changed)
    return measure


@transaction.atomic
def arrange(*, area_id: int, measure_ids: Sequence[int], by: Person | None) -> None:
    """Put the measures of an area in the order of `measure_ids`."""
    hold_definitions(by)
    area = QualityArea.objects.get(pk=area_id)
    if place(list(area.measures.all()), measure_ids):
        record("measure.arrange", area, by=by)


@transaction.atomic
def shift(*, measure_id: int, steps: int, by: Person | None) -> None:
    hold_definitions(by)
    measure = QualityMeasure.objects.select_related("area").get(pk=measure_id)
    measures = list(measure.area.measures.all())
    if place(measures, shifted(measures, measure_id, steps)):
        record("measure.arrange", measure.area, by=by)


@transaction.atomic
def delete(*, measure_id: int, by: Person | None) -> None:
    """Take a measure away with its goals, for good.  Its KPIs stay.  Twice is harmless."""
    hold_definitions(by)
    measure = QualityMeasure.objects.select_related("area").filter(pk=measure_id).first()
    if measure is None:
        return
    comparisons.hold()
    parts = measure.parts.select_related("kpi")
    record(
        "measure.delete",
        measure.area,
        by=by,
        measure=measure.name,
        note=measure.note,
        year_lag=measure.year_lag,
        parts=[[part.kpi.code, part.is_left_out] for part in parts],
        goals=[str(goal) for goal in measure.goals.all()],
    )
    measure.delete()


# --- the parts ---------------------------------------------------------------------------------


@transaction.atomic
def add_part(
    *, measure_id: int, kpi_id: int, is_left_out: bool = False, by: Person | None
) -> MeasureKpi:
    """Make a KPI a part of a measure, or show it beside without counting it.  Twice is once."""
    hold_definitions(by)
    measure = QualityMeasure.objects.select_related("area").get(pk=measure_id)
    kpi = Kpi.objects.get(pk=kpi_id)
    if there := measure.parts.filter(kpi=kpi).first():
        if there.is_left_out != is_left_out:
            raise Refused(_("%(code)s is a part of the measure already.") % {"code": kpi.code})
        return there
    position = next_place(measure.parts.all())
    part = measure.parts.create(kpi=kpi, position=position, is_left_out=is_left_out)
    record(
        "part.add",
        measure.area,
        by=by,
        measure=measure.name,
        kpi=kpi.code,
        name=kpi.name,
        is_left_out=is_left_out,
    )
    _compare_anew(measure, counts=not is_left_out)
    return part


@transaction.atomic
def count_part(*, part_id: int, is_left_out: bool, by: Person | None) -> MeasureKpi:
    """Count a part in its measure, or show it and leave it out."""
    hold_definitions(by)
    part = _part(part_id)
    if part.is_left_out != is_left_out:
        part.is_left_out = is_left_out
        part.save(update_fields=["is_left_out"])
        _record(part, "part.leave_out" if is_left_out else "part.count", by)
        _compare_anew(part.measure)
    return part


@transaction.atomic
def arrange_parts(*, measure_id: int, part_ids: Sequence[int], by: Person | None) -> None:
    hold_definitions(by)
    measure = QualityMeasure.objects.select_related("area").get(pk=measure_id)
    if place(list(measure.parts.all()), part_ids):
        record("part.arrange", measure.area, by=by, measure=measure.name)


@transaction.atomic
def shift_part(*, part_id: int, steps: int, by: Person | None) -> None:
    hold_definitions(by)
    part = _part(part_id)
    parts = list(part.measure.parts.all())
    if place(parts, shifted(parts, part_id, steps)):
        record("part.arrange", part.measure.area, by=by, measure=part.measure.name)


@transaction.atomic
def replace_part(*, part_id: int, kpi_id: int, by: Person | None) -> MeasureKpi:
    """Let a KPI that has ended give its place to the one that comes after it.  Twice is once.

    Args:
        kpi_id: The one that is to give its place.

    Raises:
        Refused: not a quality lead, no successor is known, or it is a part already.
    """
    hold_definitions(by)
    part = _part(part_id)
    kpi = part.kpi
    if kpi.pk != kpi_id:
        return part
    require(why_not_replace(kpi, part.measure))
    assert kpi.successor is not None  # said by the rule
    part.kpi = kpi.successor
    part.save(update_fields=["kpi"])
    _record(part, "part.replace", by, was=kpi.code)
    _compare_anew(part.measure, counts=not part.is_left_out)
    return part


@transaction.atomic
def remove_part(*, part_id: int, by: Person | None) -> None:
    """Take a KPI out of a measure.  Its values stay.  Twice is harmless."""
    hold_definitions(by)
    part = MeasureKpi.objects.select_related("measure__area", "kpi").filter(pk=part_id).first()
    if part is None:
        return
    _record(part, "part.remove", by, is_left_out=part.is_left_out)
    part.delete()
    _compare_anew(part.measure, counts=not part.is_left_out)


def _part(part_id: int) -> MeasureKpi:
    parts = MeasureKpi.objects.select_related("measure__area", "kpi__successor")
    return parts.get(pk=part_id)


def _record(part: MeasureKpi, kind: str, by: Person | None, **more: object) -> None:
    about = {"measure": part.measure.name, "kpi": part.kpi.code, "name": part.kpi.name}
    record(kind, part.measure.area, by=by, **about, **more)


def _compare_anew(measure: QualityMeasure, *, counts: bool = True) -> None:
    if counts:
        comparisons.refresh_measures([measure.pk])


def _check(described: Described, area: QualityArea, measure: QualityMeasure | None = None) -> None:
    others = area.measures.exclude(pk=measure.pk if measure else 0)
    require(why_not_name(described.name, set(others.values_list("name", flat=True))))
    require(why_not_text(described.note, most=200))
    require(why_not_lag(described.year_lag))
