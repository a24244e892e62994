"""What a good coach would say.  Pure: no database."""

import datetime as dt

import pytest

from programme.guidance import Measured, hints_for, next_step
from programme.guidance.hints import NAMES
from programme.models import Cycle, Outcome, Phase, Report, ReportStatus, Scale, Work, WorkStatus
from tests.factories import TODAY


def cycle(number=1, status=Phase.PLAN, **fields):
    said = {"pk": number, "prediction": "8 av 10", **fields}
    return Cycle(number=number, status=status, **said)


def closed(number, outcome=Outcome.ADOPT, **fields):
    return cycle(number, Phase.CLOSED, outcome=outcome, **fields)


def names(*args, measured=()):
    return [hint.name for hint in hints_for(*args, TODAY, measured)]


# --- hints ------------------------------------------------------------------------------------------


def test_a_good_first_plan_gets_no_hint():
    assert names(cycle(), []) == []


@pytest.mark.parametrize("prediction", ["8 av 10", "halveras", "Ingen väntar längre än vanligt"])
def test_a_prediction_with_a_number_can_be_compared(prediction):
    assert names(cycle(prediction=prediction), []) == []


@pytest.mark.parametrize(
    ("prediction", "hint"),
    [("", "no_prediction"), ("Det blir bättre", "prediction_not_measurable")],
)
def test_a_prediction_without_a_number_is_questioned(prediction, hint):
    assert names(cycle(prediction=prediction), []) == [hint]


@pytest.mark.parametrize("scale", [Scale.ONE_UNIT, Scale.ALL])
def test_a_first_test_on_many_is_questioned(scale):
    assert names(cycle(scale=scale), []) == ["first_test_large"]


def test_scaling_up_after_one_cycle_is_questioned_and_after_two_is_not():
    large = cycle(3, scale=Scale.ALL, previous_id=2)
    assert names(large, [closed(1)]) == ["scale_up_early"]
    assert names(large, [closed(1), closed(2)]) == []
    assert names(large, [closed(1), closed(2, Outcome.ABANDON)]) == ["scale_up_early"]


def test_learning_that_is_not_carried_on_is_missed():
    assert names(cycle(2), [closed(1)]) == ["no_learning_carried"]


def test_data_rarer_than_each_month_is_questioned():
    quarterly, weekly = Measured("quarterly"), Measured("weekly")
    three_months = tuple(TODAY - dt.timedelta(days=90 * n) for n in (3, 2, 1))
    assert names(cycle(), [], measured=[quarterly]) == ["data_rare"]
    assert names(cycle(), [], measured=[quarterly, weekly]) == []
    assert names(cycle(), [], measured=[Measured("weekly", three_months)]) == ["data_rare"]
    assert names(cycle(1, Phase.DO), [], measured=[quarterly]) == []


def test_every_hint_can_be_put_aside():
    assert len(set(NAMES)) == len(NAMES) == 8


def test_adopting_after_one_small_test_is_questioned():
    assert names(cycle(1, Phase.ACT), []) == ["adopt_after_one"]
    assert names(cycle(2, Phase.ACT), [closed(1)]) == []


def test_a_test_open_for_more_than_four_weeks_is_questioned():
    assert names(cycle(1, Phase.DO, started_on=TODAY - dt.timedelta(days=28)), []) == []
    assert names(cycle(1, Phase.DO, started_on=TODAY - dt.timedelta(days=29)), []) == ["open_long"]


def test_a_closed_cycle_is_left_in_peace():
    assert names(closed(1, started_on=TODAY - dt.timedelta(days=90)), []) == []


def test_every_hint_says_why_and_whose_knowledge_it_is():
    for hint in hints_for(cycle(prediction="", scale=Scale.ALL), [], TODAY):
        assert hint.why
        assert hint.source in hint.reason


# --- the next step ---------------------------------------------------------------------------------------


def step(status=WorkStatus.RUNNING, cycles=(), report=None, latest=TODAY, reached=False, **work):
    thing = Work(pk=7, status=status, **work)
    return next_step(thing, list(cycles), report, latest, aim_reached=reached, on=TODAY)


@pytest.mark.parametrize(
    ("given", "route"),
    [
        ({"status": WorkStatus.PROPOSED}, ""),
        ({"status": WorkStatus.FINISHED}, ""),
        ({"status": WorkStatus.FOLLOWED}, ""),
        ({"status": WorkStatus.DONE}, ""),
        ({"status": WorkStatus.STOPPED}, ""),
        ({"status": WorkStatus.PAUSED}, ""),
        ({"report": Report(pk=1, status=ReportStatus.DRAFT)}, "report-detail"),
        ({"report": Report(pk=1, status=ReportStatus.RETURNED)}, "report-detail"),
        ({"latest": None}, "work-detail"),
        ({"cycles": [cycle()]}, "cycle-detail"),
        ({"cycles": [closed(1)], "latest": TODAY - dt.timedelta(weeks=7)}, "work-detail"),
        ({}, "cycle-plan"),
        ({"cycles": [closed(1)], "status": WorkStatus.SECURING}, "report-draft"),
        ({"cycles": [closed(1)], "reached": True}, "work-detail"),
        ({"cycles": [closed(1)], "aim_by": TODAY - dt.timedelta(days=1)}, "work-edit"),
        ({"cycles": [closed(1)], "aim_by": TODAY}, "cycle-plan"),
    ],
)
def test_there_is_always_a_next_step(given, route):
    found = step(**given)
    assert found.route == route
    assert str(found.text).endswith((".", "!"))


@pytest.mark.parametrize("phase", [p for p in Phase if p != Phase.CLOSED])
def test_an_open_cycle_says_what_its_phase_asks_for(phase):
    assert "cykel 4" in step(cycles=[cycle(4, phase)]).text
