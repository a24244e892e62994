"""Goals: what a board or a unit wants a measure or a KPI to be in a year."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from foundation.errors import Refused, require
from foundation.journal import record
from organisation.models import Person, Unit

from ..models import Goal, Kpi, QualityMeasure
from ..rules.goals import why_not_goal, why_not_set_goals
from .defining import difference


@dataclass(frozen=True, slots=True)
class Aim:
    """What is wanted.

    Attributes:
        measure, kpi: What it is for: one of them.
        unit: Whose goal it is; that of the whole organisation is for all.
        year: The year of the outcome, also where a measure is shown later.
        value: In the unit of the KPI, or of the measure's parts.
        note: Who set it: "Socialnämnden 2026-02-03 § 12".
    """

    unit: Unit
    year: int
    value: Decimal
    measure: QualityMeasure | None = None
    kpi: Kpi | None = None
    note: str = ""


@transaction.atomic
def add(*, aim: Aim, on: date, by: Person) -> Goal:
    """Set a goal.  The same said twice is one goal.

    Raises:
        Refused: not for `by` to set, or there is another goal for the same thing, unit and year.
    """
    require(why_not_set_goals(aim.unit, by))
    require(_why_not(aim, on))
    _locked(aim.unit)
    there = _same_thing(aim).first()
    if there is not None:
        _refuse_another(there, aim)
        return there
    goal = Goal.objects.create(
        measure=aim.measure,
        kpi=aim.kpi,
        unit=aim.unit,
        year=aim.year,
        value=aim.value,
        note=aim.note,
        set_by=by,
    )
    record("goal.set", goal, by=by, **_facts(goal))
    return goal


@transaction.atomic
def change(*, goal_id: int, aim: Aim, on: date, by: Person) -> Goal:
    """Set a goal otherwise: its value, its note, or what, whose or which year it is for."""
    goal = Goal.objects.select_related("unit").get(pk=goal_id)
    require(why_not_set_goals(goal.unit, by))
    require(why_not_set_goals(aim.unit, by))
    require(_why_not(aim, on))
    _locked(aim.unit)
    other = _same_thing(aim).exclude(pk=goal_id).first()
    if other is not None:
        raise Refused(_taken(other))
    before = _facts(goal)
    goal.measure, goal.kpi, goal.unit = aim.measure, aim.kpi, aim.unit
    goal.year, goal.value, goal.note = aim.year, aim.value, aim.note
    changed = difference(before, _facts(goal))
    if changed:
        goal.save()
        record("goal.change", goal, by=by, changed=changed)
    return goal


@transaction.atomic
def remove(*, goal_id: int, by: Person) -> None:
    """Take a goal away.  The journal keeps what it was.  Twice is harmless."""
    goal = Goal.objects.select_related("unit").filter(pk=goal_id).first()
    if goal is None:
        return
    require(why_not_set_goals(goal.unit, by))
    record("goal.remove", goal, by=by, **_facts(goal))
    goal.delete()


def _why_not(aim: Aim, on: date) -> str | None:
    return why_not_goal(aim.measure, aim.kpi, aim.year, aim.value, aim.note, on=on)


def _locked(unit: Unit) -> None:
    """Hold off others who set goals for the unit, so that two clicks are one goal."""
    Unit.objects.locked().get(pk=unit.pk)


def _same_thing(aim: Aim) -> QuerySet[Goal]:
    return Goal.objects.filter(measure=aim.measure, kpi=aim.kpi, unit=aim.unit, year=aim.year)


def _refuse_another(there: Goal, aim: Aim) -> None:
    if (there.value, there.note) != (aim.value, aim.note):
        raise Refused(_taken(there))


def _taken(there: Goal) -> str:
    return _("There is already a goal for %(year)s. Change that one instead.") % {
        "year": there.year
    }


def _facts(goal: Goal) -> dict[str, object]:
    return {
        "measure": goal.measure_id,
        "kpi": goal.kpi.code if goal.kpi else "",
        "unit": goal.unit_id,
        "year": goal.year,
        "value": f"{goal.value.normalize():f}",
        "note": goal.note,
    }
