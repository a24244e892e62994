"""Everything that changes a PDSA cycle.  Its work is locked first, then the cycle."""

from dataclasses import dataclass, fields
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from foundation.errors import Refused, require
from foundation.journal import move, record
from organisation.models import Person

from ..flow import CYCLE_BACK, CYCLE_FLOW, CYCLE_FORWARD, WORK_FLOW
from ..models import (
    Cycle,
    Driver,
    Outcome,
    Phase,
    PredictionVersion,
    Scale,
    Work,
    WorkStatus,
)
from ..rules.cycles import (
    require_unread_by_none,
    why_not_change,
    why_not_cycle,
    why_not_plan,
    why_not_predict_anew,
    why_not_ready,
    why_not_write,
)
from .measuring import freeze_baseline


@dataclass(frozen=True, slots=True)
class Plan:
    """What is written in the plan phase.

    Attributes:
        change: The change idea in the work's driver diagram that is tested.
    """

    question: str
    prediction: str = ""
    plan_what: str = ""
    plan_who: str = ""
    plan_when: str = ""
    plan_where: str = ""
    plan_data: str = ""
    scale: str = Scale.ONE_PERSON
    change: Driver | None = None

    def texts(self) -> dict[str, Any]:
        """Return what is written, by the name of its field."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


@transaction.atomic
def plan(
    *,
    work_id: int,
    plan: Plan,
    previous_id: int | None = None,
    key: UUID | None = None,
    on: date,
    by: Person,
) -> Cycle:
    """Plan a test.

    Args:
        key: Names the form; the same form twice is one cycle.
        previous_id: The cycle whose learning it carries on, in the same work.
    """
    work = Work.objects.locked().select_related("unit").get(pk=work_id)
    require(why_not_plan(work, by))
    require(why_not_change(work, plan.change))
    previous = work.cycles.get(pk=previous_id) if previous_id else None
    if key is not None and (there := work.cycles.filter(key=key).first()):
        return there
    return _create(work, plan, previous, on, by, key)


@transaction.atomic
def change_plan(*, cycle_id: int, plan: Plan, seen: int | None = None, by: Person) -> Cycle:
    """Write the plan anew, until the test starts.

    Args:
        seen: The version of the cycle that the writer has read; None: do not ask.

    Raises:
        Overtaken: somebody else has written something else meanwhile.
    """
    cycle = _locked(cycle_id)
    require(why_not_write(cycle, Phase.PLAN, by))
    require(why_not_change(cycle.work, plan.change))
    return _write(cycle, seen, by, **plan.texts())


@transaction.atomic
def note(
    *,
    cycle_id: int,
    what_happened: str,
    observed: str = "",
    deviations: str = "",
    seen: int | None = None,
    by: Person,
) -> Cycle:
    """Write what is done and seen while the test goes on; `seen` as in `change_plan`."""
    cycle = _locked(cycle_id)
    require(why_not_write(cycle, Phase.DO, by))
    texts = {"what_happened": what_happened, "observed": observed, "deviations": deviations}
    return _write(cycle, seen, by, **texts)


@transaction.atomic
def compare(
    *,
    cycle_id: int,
    agreement: str,
    result: str,
    learning: str,
    seen: int | None = None,
    by: Person,
) -> Cycle:
    """Write the result beside the prediction, and what was learned; `seen` as in `change_plan`."""
    cycle = _locked(cycle_id)
    require(why_not_write(cycle, Phase.STUDY, by))
    return _write(cycle, seen, by, agreement=agreement, result=result, learning=learning)


@transaction.atomic
def predict_anew(
    *, cycle_id: int, prediction: str, because: str, by: Person
) -> PredictionVersion | None:
    """Add what is predicted now, beside what was predicted when the test started.

    Returns:
        The new version; None when the same stands there already, as after a double click.
    """
    cycle = _locked(cycle_id)
    require(why_not_predict_anew(cycle, by))
    if not prediction.strip() or not because.strip():
        raise Refused(_("Write both what you think now and why it is changed."))
    latest = cycle.predictions.order_by("number").last()
    if prediction.strip() == (latest.prediction if latest else cycle.prediction):
        return None
    version = PredictionVersion.objects.create(
        cycle=cycle,
        number=latest.number + 1 if latest else 2,
        prediction=prediction.strip(),
        because=because.strip(),
        by=by,
    )
    record("cycle.predict_anew", cycle, by=by, number=cycle.number, version=version.number)
    return version


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
        freeze_baseline(cycle.work, on=on, by=by)
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
        plan_data=cycle.plan_data,
        scale=cycle.scale,
        change=cycle.change,
    )


def _locked(cycle_id: int) -> Cycle:
    """Lock the work, then the cycle."""
    work_id = Cycle.objects.values_list("work", flat=True).get(pk=cycle_id)
    work = Work.objects.locked().select_related("unit").get(pk=work_id)
    cycle = Cycle.objects.locked().select_related("change").get(pk=cycle_id)
    cycle.work = work
    return cycle


def _create(
    work: Work,
    plan: Plan,
    previous: Cycle | None,
    on: date,
    by: Person,
    key: UUID | None = None,
) -> Cycle:
    last: int | None = work.cycles.aggregate(last=Max("number"))["last"]
    texts = plan.texts()
    if texts["change"] is None and previous is not None:
        texts["change"] = previous.change  # it carries on the test of the same idea
    cycle = Cycle.objects.create(
        work=work, number=(last or 0) + 1, previous=previous, planned_on=on, key=key, **texts
    )
    record("cycle.plan", cycle, by=by, number=cycle.number)
    return cycle


def _write(cycle: Cycle, seen: int | None, by: Person, **texts: Any) -> Cycle:
    """Put `texts` in the locked `cycle`; what stands there already is no new version."""
    texts = {n: text.strip() if isinstance(text, str) else text for n, text in texts.items()}
    require_unread_by_none(cycle, seen, texts)
    if all(getattr(cycle, name) == text for name, text in texts.items()):
        return cycle
    for name, text in texts.items():
        setattr(cycle, name, text)
    cycle.version += 1
    cycle.save(update_fields=["version", *texts])
    record("cycle.write", cycle, by=by, number=cycle.number, phase=cycle.status)
    return cycle


def _sentence(text: str) -> str:
    """End what was written as a sentence, shortened where the question would be too long."""
    text = " ".join(text.split())
    if len(text) > 800:
        text = text[:800].rsplit(" ", 1)[0] + " …"
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."
