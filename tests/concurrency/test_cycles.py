"""Two who write in the same cycle at the same time."""

from dataclasses import replace

import pytest

from foundation.errors import Refused
from programme.actions import cycles
from programme.models import Cycle, Phase, PredictionVersion, Work
from tests.concurrency.rivals import together
from tests.factories import PLAN, UnitFactory, cycle_in, employee, started_work

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cycle():
    unit = UnitFactory()
    leader = employee(at=unit)
    return cycle_in(started_work(at=unit, leader=leader), by=leader)


def writes(cycle, who):
    by = cycle.work.memberships.get(role="leader").person
    plan = replace(PLAN, plan_who=who)
    return lambda: cycles.change_plan(cycle_id=cycle.pk, plan=plan, seen=0, by=by)


def rivals(cycle):
    calls = [writes(cycle, "Sara"), writes(cycle, "Jonas")]
    return together(*calls, behind=Work.objects.filter(pk=cycle.work_id))


def test_nobody_writes_over_what_they_have_not_read(cycle):
    outcomes = rivals(cycle)

    saved = [outcome for outcome in outcomes if isinstance(outcome, Cycle)]
    refused = [outcome for outcome in outcomes if isinstance(outcome, Refused)]
    assert (len(saved), len(refused)) == (1, 1)
    cycle.refresh_from_db()
    assert (cycle.plan_who, cycle.version) == (saved[0].plan_who, 1)


def test_without_the_version_the_first_is_lost(cycle, monkeypatch):
    """The control.  If this fails, the test above proves nothing."""
    monkeypatch.setattr(cycles, "require_unread_by_none", lambda *_: None)
    outcomes = rivals(cycle)
    assert all(isinstance(outcome, Cycle) for outcome in outcomes)
    cycle.refresh_from_db()
    assert cycle.version == 2


def test_predictions_that_come_at_once_are_numbered_one_after_the_other(cycle):
    by = cycle.work.memberships.get(role="leader").person
    cycles.press(cycle_id=cycle.pk, step_name="test", on=cycle.planned_on, by=by)

    def predicts(what):
        return lambda: cycles.predict_anew(
            cycle_id=cycle.pk, prediction=what, because="Nytt", by=by
        )

    together(predicts("5"), predicts("6"), behind=Work.objects.filter(pk=cycle.work_id))

    numbers = PredictionVersion.objects.values_list("number", flat=True)
    assert sorted(numbers) == [2, 3]
    cycle.refresh_from_db()
    assert cycle.status == Phase.DO
