"""How much a work needs its coach: the same facts say the same, and worse facts never less."""

import datetime as dt
from dataclasses import replace
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programme.models import Phase, ReportStatus, WorkStatus
from programme.support.need import NOW, Facts, MeasureFacts, Why, need_of
from tests.factories import TODAY


def ago(days):
    return TODAY - dt.timedelta(days=days)


def cycle(number=1, status=Phase.DO, started=None, planned=0, prediction="8 av 10"):
    return SimpleNamespace(
        number=number,
        status=status,
        planned_on=ago(planned),
        started_on=None if started is None else ago(started),
        prediction=prediction,
    )


WELL = Facts(
    status=WorkStatus.RUNNING,
    started_on=ago(100),
    aim_by=TODAY + dt.timedelta(days=60),
    measures=(MeasureFacts("Väntetid", "better", ago(7), carries_aim=True),),
    cycles=(cycle(started=10),),
    contact_on=ago(10),
    coached_from=ago(90),
    coached_until=TODAY + dt.timedelta(days=150),
)


def whys(facts):
    return [reason.why for reason in need_of(facts, on=TODAY).reasons]


def said(facts):
    return [reason.text for reason in need_of(facts, on=TODAY).reasons]


def test_a_work_that_goes_well_needs_nothing():
    assert need_of(WELL, on=TODAY).score == 0
    assert whys(WELL) == []


# fmt: off
@pytest.mark.parametrize(("facts", "why", "words"), [
    ({"measures": (MeasureFacts("Väntetid", "worse", ago(7), carries_aim=True),)}, Why.WORSE, "Väntetid"),
    ({"measures": (MeasureFacts("Väntetid", "chance", ago(50), carries_aim=True),)}, Why.NO_DATA, "7"),
    ({"measures": ()}, Why.NO_DATA, "14"),
    ({"contact_on": ago(47)}, Why.NO_CONTACT, "47"),
    ({"contact_on": None, "coached_from": ago(31)}, Why.NO_CONTACT, "31"),
    ({"cycles": (cycle(3, started=40),)}, Why.STUCK, "3"),
    ({"cycles": (cycle(4, Phase.PLAN, planned=9, prediction=" "),)}, Why.PREDICTION, "4"),
    ({"aim_by": ago(40)}, Why.REPORT, "40"),
    ({"report_status": ReportStatus.DRAFT, "report_since": ago(33)}, Why.REPORT, "33"),
    ({"coached_until": ago(-20)}, Why.CLOCK, "20"),
    ({"coached_until": ago(3)}, Why.CLOCK, "3"),
    ({"coached_from": None, "coached_until": None, "contact_on": None}, Why.NO_COACH, ""),
    ({"status": WorkStatus.PROPOSED, "started_on": ago(20)}, Why.UNANSWERED, "20"),
])
# fmt: on
def test_each_thing_that_is_the_matter_is_said_with_its_number(facts, why, words):
    facts = replace(WELL, **facts)
    assert whys(facts) == [why]
    assert words in said(facts)[0]


@pytest.mark.parametrize(
    "facts",
    [
        {"measures": (MeasureFacts("Väntetid", "chance", ago(42), carries_aim=True),)},
        {"contact_on": ago(30)},
        {"cycles": (cycle(started=28),)},
        {"cycles": (cycle(status=Phase.CLOSED, started=80),)},
        {"cycles": (cycle(status=Phase.PLAN, planned=3, prediction=""),)},
        {"aim_by": ago(20)},
        {"aim_by": ago(90), "report_status": ReportStatus.SUBMITTED, "report_since": ago(60)},
        {"status": WorkStatus.PAUSED, "contact_on": ago(90)},
        {"status": WorkStatus.FINISHED, "contact_on": ago(90)},
    ],
    ids=str,
)
def test_what_is_still_all_right_is_not_complained_of(facts):
    assert whys(replace(WELL, **facts)) == []


def test_the_measure_of_the_aim_decides_whether_there_are_data():
    balancing = MeasureFacts("Övertid", "chance", ago(1))
    silent = MeasureFacts("Väntetid", "chance", ago(60), carries_aim=True)
    assert whys(replace(WELL, measures=(balancing, silent))) == [Why.NO_DATA]


def test_one_ordinary_reason_is_no_alarm_and_two_are():
    one = replace(WELL, contact_on=ago(35))
    two = replace(one, cycles=(cycle(started=35),))
    assert not need_of(one, on=TODAY).is_now
    assert need_of(two, on=TODAY).is_now


# --- for any facts ------------------------------------------------------------------------------

days = st.integers(0, 400)
maybe = st.none() | days.map(ago)
measures = st.lists(
    st.builds(
        MeasureFacts,
        name=st.just("Väntetid"),
        verdict=st.sampled_from(["", "chance", "better", "worse"]),
        newest_on=maybe,
        carries_aim=st.booleans(),
    ),
    max_size=4,
)
cycles = st.lists(
    st.builds(
        cycle,
        number=st.integers(1, 9),
        status=st.sampled_from(list(Phase)),
        started=st.none() | days,
        planned=days,
        prediction=st.sampled_from(["", "8 av 10"]),
    ),
    max_size=4,
)
any_facts = st.builds(
    Facts,
    status=st.sampled_from(list(WorkStatus)),
    started_on=days.map(ago),
    aim_by=st.none() | st.integers(-200, 200).map(ago),
    measures=measures,
    cycles=cycles,
    contact_on=maybe,
    coached_from=maybe,
    coached_until=st.none() | st.integers(-200, 200).map(ago),
    report_status=st.sampled_from(["", *ReportStatus.values]),
    report_since=maybe,
)


@given(any_facts)
def test_the_same_facts_give_the_same_need(facts):
    assert need_of(facts, on=TODAY) == need_of(facts, on=TODAY)


@given(any_facts, st.randoms())
def test_the_order_in_which_facts_come_does_not_matter(facts, chance):
    turned = replace(
        facts,
        measures=sorted(facts.measures, key=lambda _m: chance.random()),
        cycles=sorted(facts.cycles, key=lambda _c: chance.random()),
    )
    assert need_of(turned, on=TODAY).score == need_of(facts, on=TODAY).score


@given(any_facts, st.integers(1, 60))
def test_left_alone_for_longer_no_work_needs_less(facts, more):
    later = TODAY + dt.timedelta(days=more)
    assert need_of(facts, on=later).score >= need_of(facts, on=TODAY).score


@given(any_facts)
def test_the_heaviest_reason_stands_first_and_together_they_are_the_score(facts):
    need = need_of(facts, on=TODAY)
    weights = [reason.weight for reason in need.reasons]
    assert weights == sorted(weights, reverse=True)
    assert need.score == sum(weights)
    assert need.is_now == (need.score >= NOW)
    assert len({reason.why for reason in need.reasons}) == len(need.reasons)
