"""Who is asked to approve a report."""

from organisation.models import Assignment
from organisation.permissions import GRANTS, Permission

from ..models import Work

_APPROVERS = [role for role, granted in GRANTS.items() if Permission.REPORT_APPROVE in granted]


def approvers_of(work: Work) -> list[int]:
    """Return the ids of those who may approve the work's report, at the nearest unit, from its own
    upwards, that has any who did not take part.  One query, and one for the team.
    """
    held = Assignment.objects.filter(
        role__in=_APPROVERS, unit__in=work.unit.lineage, person__is_active=True
    ).values_list("unit", "person")
    by_unit: dict[int, list[int]] = {}
    for unit, person in held:
        if person not in work.team_ids:
            by_unit.setdefault(unit, []).append(person)
    return next((by_unit[pk] for pk in reversed(work.unit.lineage) if pk in by_unit), [])
