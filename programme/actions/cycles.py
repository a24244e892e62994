"""Everything that changes a PDSA cycle.  Its work is locked first, then the cycle."""

from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from foundation.errors import Refused, require
from foundation.journal import move, record
from organisation.models import Person

from ..flow import CYCLE_BACK, CYCLE_FLOW, CYCLE_FORWARD, WORK_FLOW
from ..models import Cycle, Outcome, Phase, Scale, Work, WorkStatus
from ..rules.cycles import why_not_cycle, why_not_plan, why_not_ready, why_not_write


@dataclass(frozen=True, slots=True)
class Plan:
    """What is written in the plan phase."""

    question: str
    prediction: str = ""
    plan_what: str = ""
    plan_who: str = ""
    plan_when: str = ""
    plan_where: str = ""
    scale: str = Scale.ONE_PERSON


@transaction.atomic
def plan(
    *, work_id: int, plan: Plan, previous_id: int | None = None, on: date, by: Person
) -> Cycle:
    """Plan a test.

    Args:
        previous_id: The cycle whose learning it carries on, in the same work.
    """
    work = Work.objects.locked().select_related("unit").get(pk=work_id)
    require(why_not_plan(work, by))
    previous = work.cycles.get(pk=previous_id) if previous_id else None
    return _create(work, plan, previous, on, by)


@transaction.atomic
def change_plan(*, cycle_id: int, plan: Plan, by: Person) -> Cycle:
    """Write the plan anew, until the test starts."""
    cycle = _locked(cycle_id)
    require(why_not_write(cycle, Phase.PLAN, by))
    return _write(cycle, by, **asdict(plan))


@transaction.atomic
def note(*, cycle_id: int, what_happened: str, by: Person) -> Cycle:
    """Write what is done and seen while the test goes on."""
    cycle = _locked(cycle_id)
    require(why_not_write(cycle, Phase.DO, by))
    return _write(cycle, by, what_happened=what_happened)


@transaction.atomic
def compare(*, cycle_id: int, agreement: str, result: str, learning: str, by: Person) -> Cycle:
    """Write the result beside the prediction, and what was learned."""
    cycle = _locked(cycle_id)
    require(why_not_write(cycle, Phase.STUDY, by))
    return _write(cycle, by, agreement=agreement, result=result, learning=learning)


@transaction.atomic
def press(*, cycle_id: int, step_name: str, on: date, by: Person) -> Cycle:
    """Take a cycle one phase on, or one back.  Starting the test locks the prediction.

    A work that was only planned is under way when its first test starts.

    Raises:
        Refused: something of the phase is not written yet, or the rules say no.
    """
    if step_name not in (*CYCLE_FORWARD, *CYCLE_BACK):
        raise Refused(_("This cannot be done here."))
    step = CYCLE_FLOW[step_name]
    cycle = _locked(cycle_id)
    require(why_not_cycle(step, cycle, by))
    require(why_not_ready(step, cycle))
    if step_name == "test":
        cycle.started_on = on
        if cycle.work.status == WorkStatus.PLANNED:
            move(cycle.work, WORK_FLOW["run"], by=by)
    elif step_name == "study":
        cycle.ended_on = max(on, cycle.started_on or on)
    elif step_name == "test_on":
        cycle.ended_on = None
    move(cycle, step, by=by, also=("started_on", "ended_on"))
    return cycle


@transaction.atomic
def close(*, cycle_id: int, outcome: str, on: date, by: Person) -> Cycle | None:
    """Say what is done with the change.

    Returns:
        The next cycle, planned from what was learned, when the change is to be adapted.
    """
    step = CYCLE_FLOW["close"]
    cycle = _locked(cycle_id)
    require(why_not_cycle(step, cycle, by))
    if outcome not in Outcome.values:
        raise Refused(_("Choose what you do with the change."))
    cycle.outcome = outcome
    move(cycle, step, by=by, also=("outcome",), outcome=outcome)
    if outcome != Outcome.ADAPT:
        return None
    return _create(cycle.work, carried_on_from(cycle), cycle, on, by)


def carried_on_from(cycle: Cycle) -> Plan:
    """Return the plan that a next cycle begins with: the question grows out of the learning."""
    return Plan(
        question=_("We learned: %(learning)s What do we want to find out now?")
        % {"learning": _sentence(cycle.learning)},
        plan_what=cycle.plan_what,
        plan_who=cycle.plan_who,
        plan_where=cycle.plan_where,
        scale=cycle.scale,
    )


def _locked(cycle_id: int) -> Cycle:
    """Lock the work, then the cycle."""
    work_id = Cycle.objects.values_list("work", flat=True).get(pk=cycle_id)
    work = Work.objects.locked().select_related("unit").get(pk=work_id)
    cycle = Cycle.objects.locked().get(pk=cycle_id)
    cycle.work = work
    return cycle


def _create(work: Work, plan: Plan, previous: Cycle | None, on: date, by: Person) -> Cycle:
    last: int | None = work.cycles.aggregate(last=Max("number"))["last"]
    cycle = Cycle.objects.create(
        work=work, number=(last or 0) + 1, previous=previous, planned_on=on, **asdict(plan)
    )
    record("cycle.plan", cycle, by=by, number=cycle.number)
    return cycle


def _write(cycle: Cycle, by: Person, **texts: str) -> Cycle:
    for name, text in texts.items():
        setattr(cycle, name, text.strip())
    cycle.save(update_fields=list(texts))
    record("cycle.write", cycle, by=by, number=cycle.number, phase=cycle.status)
    return cycle


def _sentence(text: str) -> str:
    """End what was written as a sentence, shortened where the question would be too long."""
    text = " ".join(text.split())
    if len(text) > 800:
        text = text[:800].rsplit(" ", 1)[0] + " …"
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."
