"""A cycle's turn: predict, try, compare, conclude; and the lock on the prediction."""

import datetime as dt
from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction

from foundation.errors import Refused
from foundation.models import Event
from organisation.permissions import Role
from programme.actions import cycles, works
from programme.flow import CYCLE_BACK, CYCLE_FLOW, CYCLE_FORWARD
from programme.models import Cycle, Outcome, Phase, WorkStatus
from programme.rules.cycles import why_not_cycle
from tests.factories import PLAN, TODAY, cycle_in, person_with

pytestmark = pytest.mark.django_db


def press(cycle, step_name, by, on=TODAY):
    return cycles.press(cycle_id=cycle.pk, step_name=step_name, on=on, by=by)


# --- the whole table ----------------------------------------------------------------------------


@pytest.mark.parametrize("phase", Phase.values)
@pytest.mark.parametrize("step", list(CYCLE_FLOW), ids=lambda step: step.name)
def test_every_step_from_every_phase_for_everyone(work, leader, member, stranger, step, phase):
    cycle = cycle_in(work, phase, by=leader)
    cycle.work = work
    coach = person_with(Role.COACH, at=work.unit)  # of the unit, but not in this team

    open_here = phase in step.sources
    allowed = [why_not_cycle(step, cycle, p) is None for p in (leader, member, coach, stranger)]

    assert allowed == [open_here, open_here, False, False]


@pytest.mark.parametrize("status", [WorkStatus.PAUSED, WorkStatus.STOPPED])
def test_nothing_is_tested_in_a_work_that_rests(work, leader, status):
    cycle = cycle_in(work, Phase.DO, by=leader)
    work.refresh_from_db()
    works.press(
        work_id=work.pk,
        step_name="pause" if status == "paused" else "stop",
        why="Sommar",
        by=leader,
    )

    with pytest.raises(Refused, match="läget är ”(Pausat|Avbrutet)”"):
        cycles.note(cycle_id=cycle.pk, what_happened="Ändå", by=leader)
    with pytest.raises(Refused):
        cycles.plan(work_id=work.pk, plan=PLAN, on=TODAY, by=leader)


# --- one turn ------------------------------------------------------------------------------------


def test_a_turn_of_the_wheel_is_numbered_dated_and_written_down(work, leader):
    cycle = cycle_in(work, Phase.CLOSED, by=leader)

    assert (cycle.number, cycle.status, cycle.outcome) == (1, Phase.CLOSED, Outcome.ADOPT)
    assert (cycle.planned_on, cycle.started_on) == (TODAY, TODAY)
    assert cycle.ended_on == TODAY + dt.timedelta(days=3)
    told = Event.objects.filter(subject=f"programme.cycle:{cycle.pk}").order_by("pk")
    assert [e.kind for e in told if e.kind != "cycle.write"] == [
        "cycle.plan",
        "cycle.test",
        "cycle.study",
        "cycle.act",
        "cycle.close",
    ]


def test_the_first_test_sets_the_work_under_way(work, leader):
    assert work.status == WorkStatus.PLANNED

    cycle_in(work, Phase.DO, by=leader)

    work.refresh_from_db()
    assert work.status == WorkStatus.RUNNING


def test_cycles_are_numbered_within_their_work(work, leader):
    assert [cycle_in(work, by=leader).number for _ in range(3)] == [1, 2, 3]


def test_adapting_plans_the_next_cycle_from_what_was_learned(work, leader):
    cycle = cycle_in(work, Phase.ACT, by=leader)

    following = cycles.close(cycle_id=cycle.pk, outcome=Outcome.ADAPT, on=TODAY, by=leader)

    assert (following.number, following.previous, following.status) == (2, cycle, Phase.PLAN)
    assert "Lappen syns inte i mörkret." in following.question
    assert following.plan_what == PLAN.plan_what
    assert following.prediction == ""  # to be thought anew


@pytest.mark.parametrize("outcome", [Outcome.ADOPT, Outcome.ABANDON])
def test_otherwise_no_cycle_follows(work, leader, outcome):
    cycle = cycle_in(work, Phase.ACT, by=leader)
    assert cycles.close(cycle_id=cycle.pk, outcome=outcome, on=TODAY, by=leader) is None
    assert Cycle.objects.count() == 1


def test_a_cycle_is_closed_with_one_of_the_outcomes(work, leader):
    cycle = cycle_in(work, Phase.ACT, by=leader)
    with pytest.raises(Refused, match="Välj"):
        cycles.close(cycle_id=cycle.pk, outcome="maybe", on=TODAY, by=leader)


def test_one_may_go_back_and_test_some_more(work, leader):
    cycle = cycle_in(work, Phase.STUDY, by=leader)

    press(cycle, "test_on", leader)

    cycle.refresh_from_db()
    assert (cycle.status, cycle.ended_on) == (Phase.DO, None)


def test_only_the_steps_between_phases_are_pressed(work, leader):
    assert {*CYCLE_FORWARD, *CYCLE_BACK, "close"} == {step.name for step in CYCLE_FLOW}
    with pytest.raises(Refused):
        press(cycle_in(work, Phase.ACT, by=leader), "close", leader)


# --- what must be written first ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("missing", "says"), [("prediction", "tror ska hända"), ("plan_what", "vad ni ska göra")]
)
def test_no_test_starts_without_a_prediction_and_a_plan(work, leader, missing, says):
    plan = replace(PLAN, **{missing: "  "})
    cycle = cycles.plan(work_id=work.pk, plan=plan, on=TODAY, by=leader)

    with pytest.raises(Refused, match=says):
        press(cycle, "test", leader)


def test_nothing_is_studied_before_it_happened(work, leader):
    with pytest.raises(Refused, match="vad som hände"):
        press(cycle_in(work, Phase.DO, by=leader), "study", leader)


@pytest.mark.parametrize("missing", ["agreement", "result", "learning"])
def test_no_conclusion_without_comparison_and_learning(work, leader, missing):
    cycle = cycle_in(work, Phase.STUDY, by=leader)
    said = {"agreement": "partly", "result": "6 av 10", "learning": "Ljus behövs", missing: ""}
    cycles.compare(cycle_id=cycle.pk, **said, by=leader)

    with pytest.raises(Refused):
        press(cycle, "act", leader)


# --- the lock -----------------------------------------------------------------------------------------


def test_the_plan_may_change_until_the_test_starts(work, leader):
    cycle = cycle_in(work, by=leader)
    cycles.change_plan(cycle_id=cycle.pk, plan=replace(PLAN, prediction="9 av 10"), by=leader)
    cycle.refresh_from_db()
    assert cycle.prediction == "9 av 10"


@pytest.mark.parametrize("phase", [Phase.DO, Phase.STUDY, Phase.ACT, Phase.CLOSED])
def test_the_prediction_is_locked_when_the_test_starts(work, leader, phase):
    cycle = cycle_in(work, phase, by=leader)
    with pytest.raises(Refused, match="låsta"):
        cycles.change_plan(cycle_id=cycle.pk, plan=replace(PLAN, prediction="5"), by=leader)


@pytest.mark.parametrize("change", [{"prediction": "5 av 10"}, {"status": "plan"}])
def test_the_database_keeps_the_lock_too(work, leader, change):
    cycle = cycle_in(work, Phase.DO, by=leader)
    with pytest.raises(IntegrityError, match="prediction is locked"), transaction.atomic():
        Cycle.objects.filter(pk=cycle.pk).update(started_on=None, **change)
    cycle.refresh_from_db()
    assert (cycle.prediction, cycle.status) == (PLAN.prediction, Phase.DO)


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"status": Phase.DO, "prediction": "", "started_on": TODAY}, "predicts_before_it_tests"),
        ({"status": Phase.DO, "started_on": None}, "tested_from_a_day"),
        ({"status": Phase.STUDY, "started_on": TODAY}, "studied_after_it_was_tested"),
        (
            {
                "status": Phase.STUDY,
                "started_on": TODAY,
                "ended_on": TODAY - dt.timedelta(days=1),
            },
            "studied_after_it_was_tested",
        ),
        (
            {"status": Phase.ACT, "started_on": TODAY, "ended_on": TODAY},
            "acts_on_what_it_learned",
        ),
        (
            {"status": Phase.CLOSED, "started_on": TODAY, "ended_on": TODAY, "learning": "Ljus"},
            "closed_with_outcome",
        ),
        ({"outcome": Outcome.ADOPT}, "closed_with_outcome"),
        ({"status": "maybe", "started_on": TODAY, "ended_on": TODAY}, "status_known"),
        ({"scale": "huge"}, "scale_known"),
        ({"question": ""}, "asks_something"),
    ],
)
def test_what_the_database_refuses(work, leader, change, name):
    cycle = cycle_in(work, by=leader)
    with pytest.raises(IntegrityError, match=f"cycle_{name}"), transaction.atomic():
        Cycle.objects.filter(pk=cycle.pk).update(**change)


def test_two_cycles_never_have_the_same_number(work, leader):
    first, second = cycle_in(work, by=leader), cycle_in(work, by=leader)
    with pytest.raises(IntegrityError, match="numbered_once"), transaction.atomic():
        Cycle.objects.filter(pk=second.pk).update(number=first.number)


# --- who ----------------------------------------------------------------------------------------------


def test_the_team_tests_and_strangers_do_not(work, member, stranger):
    cycle = cycle_in(work, by=member)
    for refused in (
        lambda: cycles.plan(work_id=work.pk, plan=PLAN, on=TODAY, by=stranger),
        lambda: cycles.change_plan(cycle_id=cycle.pk, plan=PLAN, by=stranger),
        lambda: press(cycle, "test", stranger),
    ):
        with pytest.raises(Refused):
            refused()


def test_what_is_written_for_another_phase_is_refused(work, leader):
    cycle = cycle_in(work, by=leader)
    with pytest.raises(Refused, match="fasen"):
        cycles.note(cycle_id=cycle.pk, what_happened="För tidigt", by=leader)
    with pytest.raises(Refused, match="fasen"):
        cycles.compare(cycle_id=cycle.pk, agreement="", result="", learning="", by=leader)
