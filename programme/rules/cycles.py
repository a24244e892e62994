"""Why not?  A cycle."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from foundation.errors import Refused
from foundation.flow import Step
from organisation import rules as organisation_rules
from organisation.models import Person

from ..flow import CYCLE_FLOW
from ..models import Cycle, Driver, DriverKind, Phase, Work
from .works import may_take_part, why_not_at_work, why_not_test


def why_not_cycle(step: Step, cycle: Cycle, person: Person) -> str | None:
    """Say why `person` may not take `step` with `cycle` now, whatever is written in it."""
    work = cycle.work
    owners = {person.pk} if may_take_part(work, person) else set()
    return (
        organisation_rules.why_not_step(step, cycle, person, unit=work.unit, owner_ids=owners)
        or why_not_at_work(work)
        or (why_not_test(work) if step.name == "test" else None)
    )


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


class Overtaken(Refused):
    """Somebody else has written in the cycle since the form was opened; nothing was saved."""


def require_unread_by_none(cycle: Cycle, seen: int | None, texts: Mapping[str, object]) -> None:
    """Refuse to write `texts` over what their writer has not read.

    Args:
        cycle: Locked, as it stands now.
        seen: The version that the form began with; None: nobody asked for it to be compared.

    Raises:
        Overtaken: it is another by now, and something in it would be lost.
    """
    if seen is None or cycle.version == seen:
        return
    if any(getattr(cycle, name) != value for name, value in texts.items()):
        raise Overtaken(
            _(
                "Somebody else has saved this cycle since you opened it. What differs stands beside "
                "your own text: choose, and save again."
            )
        )


def why_not_change(work: Work, change: Driver | None) -> str | None:
    """Say why a test in `work` cannot be of `change`."""
    if change is None or (change.work_id == work.pk and change.kind == DriverKind.CHANGE):
        return None
    return _("Choose a change idea from the work’s own driver diagram.")


def why_not_predict_anew(cycle: Cycle, person: Person) -> str | None:
    """Say why the prediction cannot be added to: it is done from the start of the test to its end."""
    refusal = why_not_plan(cycle.work, person)
    if refusal is None and cycle.status == Phase.PLAN:
        return _("The test has not started: change the prediction in the plan.")
    if refusal is None and cycle.is_closed:
        return _("The cycle is closed, so what you predicted stays as it is.")
    return refusal
