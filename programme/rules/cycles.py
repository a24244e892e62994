"""Why not?  A cycle."""

from django.utils.translation import gettext as _

from foundation.flow import Step
from organisation import rules as organisation_rules
from organisation.models import Person

from ..flow import CYCLE_FLOW
from ..models import Cycle, Phase, Work
from .works import may_take_part, why_not_at_work


def why_not_cycle(step: Step, cycle: Cycle, person: Person) -> str | None:
    """Say why `person` may not take `step` with `cycle` now, whatever is written in it."""
    work = cycle.work
    owners = {person.pk} if may_take_part(work, person) else set()
    return organisation_rules.why_not_step(
        step, cycle, person, unit=work.unit, owner_ids=owners
    ) or why_not_at_work(work)


def cycle_steps(cycle: Cycle, person: Person) -> list[Step]:
    """Return the steps on from here and back that `person` may take."""
    return [
        step
        for step in CYCLE_FLOW.open_from(cycle.status)
        if not why_not_cycle(step, cycle, person)
    ]


def why_not_plan(work: Work, person: Person) -> str | None:
    """Say why `person` may not plan a cycle in `work`."""
    if not may_take_part(work, person):
        return _("Only the team can do this.")
    return why_not_at_work(work)


def why_not_write(cycle: Cycle, phase: Phase, person: Person) -> str | None:
    """Say why `person` may not change what belongs to `phase`: it is written then, and only then."""
    refusal = why_not_plan(cycle.work, person)
    if refusal is None and cycle.status != phase:
        if phase == Phase.PLAN:
            return _("The test has started, so the plan and the prediction are locked.")
        return _("This cannot be written now: the cycle is in the phase “%(phase)s”.") % {
            "phase": cycle.get_status_display()
        }
    return refusal


def why_not_ready(step: Step, cycle: Cycle) -> str | None:
    """Say what must be written before `cycle` goes on."""
    if step.name == "test":
        if not cycle.prediction.strip():
            return _("Write what you think will happen before the test starts.")
        if not cycle.plan_what.strip():
            return _("Write what you will do before the test starts.")
    if step.name == "study" and not cycle.what_happened.strip():
        return _("Write what happened before you study the result.")
    if step.name == "act":
        if not cycle.agreement or not cycle.result.strip():
            return _("Compare the result with the prediction first.")
        if not cycle.learning.strip():
            return _("Write what you learned first. The next cycle begins there.")
    return None
