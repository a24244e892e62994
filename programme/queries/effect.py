"""Whether works hold, and what they were worth: what the pages and the clock read."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.safestring import SafeString

from organisation.models import Assignment, Person, Unit
from organisation.permissions import GRANTS, Permission

from ..models import Drift, FollowUp, Work, WorkMeasure
from .library import change_of, chart_of_verdict

_MANAGERS = [role for role, granted in GRANTS.items() if Permission.REPORT_APPROVE in granted]


def managers_of(units: Iterable[Unit]) -> dict[int, list[Person]]:
    """Return by unit who answers for it: the managers there, or else at the nearest unit above.

    One query, however many the units.
    """
    units = list(units)
    above = {pk for unit in units for pk in unit.lineage}
    held = (
        Assignment.objects.filter(unit__in=above, role__in=_MANAGERS, person__is_active=True)
        .select_related("person")
        .order_by("pk")
    )
    there: dict[int, list[Person]] = {}
    for assignment in held:
        there.setdefault(assignment.unit_id, []).append(assignment.person)
    return {
        unit.pk: next((there[pk] for pk in reversed(unit.lineage) if pk in there), [])
        for unit in units
    }


def carrying_aim(work: Work) -> WorkMeasure | None:
    """Return the measure that the aim of `work` is set on, or None.  One query."""
    return WorkMeasure.objects.carrying_aim().select_related("work").filter(work=work).first()


def way_come(followed: WorkMeasure, value: Decimal | None) -> float | None:
    """Return how far `value` is on the way from the start to the aim: 0 the start, 1 the aim.

    None where a start, an aim or a value is missing, or where they are the same.
    """
    work, measure = followed.work, followed.measure
    start = work.aim_from if measure.start_value is None else measure.start_value
    aim = work.aim_to if work.aim_to is not None else measure.target
    if start is None or aim is None or value is None or start == aim:
        return None
    return float((value - start) / (aim - start))


@dataclass(frozen=True, slots=True)
class EffectFacts:
    """What is known of how a work holds.

    Attributes:
        checks: In the order of their days.
        drifts: The latest first; those without an end are open.
        change: Of the measure that carries the aim: from what to what, in words.
        chart: A small drawing of that measure.
    """

    checks: list[FollowUp]
    drifts: list[Drift]
    followed: WorkMeasure | None
    change: str
    chart: SafeString

    @property
    def open_drift(self) -> Drift | None:
        return next((drift for drift in self.drifts if drift.ended_on is None), None)


def effect_of(work: Work) -> EffectFacts:
    """Gather how `work` holds.  Three queries."""
    followed = (
        WorkMeasure.objects.carrying_aim()
        .select_related("measure__verdict")
        .filter(work=work)
        .first()
    )
    checks = list(work.follow_ups.select_related("owner", "done_by").order_by("months"))
    for check in checks:
        check.work = work
    if followed is not None:
        followed.work = work
    verdict = getattr(followed.measure, "verdict", None) if followed else None
    return EffectFacts(
        checks=checks,
        drifts=list(work.drifts.select_related("followed__measure").order_by("-pk")),
        followed=followed,
        change=change_of(followed) if followed else "",
        chart=chart_of_verdict(verdict),
    )
