"""When those in a queue may get money: the reckoning, its words, and that it comes true."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from improvement.actions import funds, ideas, payments
from improvement.models import Fund, Idea, IdeaStatus, Period
from improvement.models.fund import QueueRule, Rollover
from improvement.queries.forecast import Source, Turn, expectation_of, forecast_of, foresee
from organisation.permissions import Role
from tests.factories import KR, TODAY, UnitFactory, approved_idea, fund_with, person_with

NEW_YEAR = dt.date(2027, 1, 1)
JULY = dt.date(2027, 7, 1)


@pytest.fixture
def unit():
    return UnitFactory()


@pytest.fixture
def lead(unit):
    return person_with(Role.DEVELOPMENT_LEAD, at=unit)


def opens(on, amount_ore, *, keeps_rest=True):
    return Turn(on, amount_ore, Source.ALLOCATED, keeps_rest=keeps_rest)


# --- the reckoning --------------------------------------------------------------------------------


def days(turns):
    return [turn and turn.on for turn in turns]


def test_each_is_reached_when_the_money_before_it_has_been_enough():
    turns = [opens(JULY, 60), opens(NEW_YEAR, 50)]
    assert days(foresee([30, 30, 40, 40], 0, turns, QueueRule.STRICT)) == [
        NEW_YEAR,
        JULY,
        JULY,
        None,
    ]


def test_strictly_one_that_is_too_big_stops_the_rest():
    assert days(foresee([90, 10], 5, [opens(NEW_YEAR, 50)], QueueRule.STRICT)) == [None, None]


def test_with_the_next_that_fits_it_is_passed_by():
    foreseen = foresee([90, 10], 5, [opens(NEW_YEAR, 50)], QueueRule.NEXT_THAT_FITS)
    assert days(foreseen) == [None, NEW_YEAR]


def test_what_goes_back_at_the_turn_of_the_year_is_not_counted():
    turns = [opens(NEW_YEAR, 50, keeps_rest=False)]
    assert days(foresee([60], 20, turns, QueueRule.STRICT)) == [None]


# --- read from a fund, and said --------------------------------------------------------------------


@pytest.mark.django_db
def test_a_period_with_money_gives_its_first_day(unit, lead):
    fund = fund_with(0, at=unit)
    idea = approved_idea(at=unit, fund=fund, cost_ore=20_000 * KR)
    first_half = funds.add_half_years(fund_id=fund.pk, year=2027, on=TODAY, by=lead)[0]
    funds.allocate(period_id=first_half.pk, amount_ore=30_000 * KR, on=TODAY, by=lead)

    (expected,) = forecast_of(fund, on=TODAY).places

    assert (expected.place, expected.on) == (1, NEW_YEAR)
    assert expected.sentence == (
        "Nummer 1 i kön. Pengar väntas 1 januari 2027, "
        "när pengarna för ”Första halvåret 2027” kan användas."
    )
    assert expectation_of(idea.decisions.get(), on=TODAY) == expected


@pytest.mark.django_db
def test_without_an_allocation_it_is_said_that_it_is_the_usual(unit):
    fund = fund_with(0, at=unit)
    approved_idea(at=unit, fund=fund)
    (expected,) = forecast_of(fund, on=TODAY).places
    assert expected.on == NEW_YEAR
    assert "brukar tilldelas" in expected.sentence


@pytest.mark.django_db
def test_without_a_coming_period_no_date_is_said(unit):
    fund = Fund.objects.create(unit=unit, name="Ny", reward_ore=0)
    approved_idea(at=unit, fund=fund)
    (expected,) = forecast_of(fund, on=TODAY).places
    assert expected.on is None
    assert expected.why.startswith("Inget datum kan sägas: potten har ingen kommande period")


@pytest.mark.django_db
def test_so_far_back_that_nothing_is_enough_no_date_is_said(unit):
    fund = fund_with(0, at=unit, usual_allocation_ore=1_000 * KR)
    approved_idea(at=unit, fund=fund)
    (expected,) = forecast_of(fund, on=TODAY).places
    assert expected.on is None
    assert "räcker inte så långt bak" in expected.why


@pytest.mark.django_db
def test_what_ideas_under_way_usually_leave_is_counted_when_there_is_a_history(unit, lead):
    fund = fund_with(100_000 * KR, at=unit, usual_allocation_ore=0)

    def carried_out(paid_kr):
        idea = approved_idea(at=unit, fund=fund, cost_ore=10_000 * KR)
        payments.pay(
            decision_id=idea.decisions.get().pk,
            amount_ore=paid_kr * KR,
            document_number=f"F {idea.pk}",
            on=TODAY,
            by=lead,
        )
        ideas.start(idea_id=idea.pk, by=lead)
        payments.settle(idea_id=idea.pk, on=TODAY, by=lead)

    under_way = approved_idea(at=unit, fund=fund, cost_ore=40_000 * KR)
    ideas.start(idea_id=under_way.pk, by=lead)
    done_on = dt.date(2026, 11, 1)
    Idea.objects.filter(pk=under_way.pk).update(expected_done_on=done_on)
    carried_out(8_000)
    carried_out(8_000)
    queue_up = Fund.objects.get().periods.get().left_ore() - 1_000 * KR
    approved_idea(at=unit, fund=fund, cost_ore=queue_up, cap_reason="Stort")
    approved_idea(at=unit, fund=fund, cost_ore=9_000 * KR)
    assert forecast_of(fund, on=TODAY).places[0].on is None, "two are no history"

    Fund.objects.update(queue_rule=QueueRule.NEXT_THAT_FITS)
    funds.allocate(period_id=fund.periods.get().pk, amount_ore=10_000 * KR, on=TODAY, by=lead)
    approved_idea(at=unit, fund=fund, cost_ore=9_500 * KR)
    idea = Idea.objects.filter(status=IdeaStatus.FUNDED).latest("pk")
    ideas.start(idea_id=idea.pk, by=lead)
    payments.settle(idea_id=idea.pk, on=TODAY, by=lead)
    waiting = [e for e in forecast_of(fund, on=TODAY).places if e.on]
    assert all(e.on == done_on and "en annan idé" in e.why for e in waiting)


@pytest.mark.django_db
def test_the_queue_is_read_in_few_queries_however_long(unit, django_assert_num_queries):
    fund = fund_with(0, at=unit)
    for _ in range(3):
        approved_idea(at=unit, fund=fund)
    with django_assert_num_queries(6):
        assert len(forecast_of(fund, on=TODAY).places) == 3


# --- and it comes true -----------------------------------------------------------------------------


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    amounts=st.lists(st.integers(1, 40), min_size=1, max_size=6),
    left=st.integers(0, 30),
    allocated=st.lists(st.integers(0, 60), max_size=3),
    usual=st.integers(0, 50),
    rule=st.sampled_from(list(QueueRule)),
    at_year_end=st.sampled_from([Rollover.AUTOMATIC, Rollover.LAPSES]),
    within_year=st.sampled_from([Rollover.AUTOMATIC, Rollover.LAPSES]),
)
@pytest.mark.django_db
def test_when_the_money_comes_as_foreseen_so_does_everybodys_turn(
    amounts, left, allocated, usual, rule, at_year_end, within_year
):
    unit = UnitFactory()
    lead = person_with(Role.DEVELOPMENT_LEAD, at=unit)
    fund = fund_with(
        left * KR,
        at=unit,
        usual_allocation_ore=usual * KR,
        queue_rule=rule,
        rollover_at_year_end=at_year_end,
        rollover_within_year=within_year,
    )
    queue = [approved_idea(at=unit, fund=fund, cost_ore=ore * KR) for ore in amounts]
    years = (2027, 2028)
    coming = [
        period
        for year in years
        for period in funds.add_half_years(fund_id=fund.pk, year=year, on=TODAY, by=lead)
    ]
    for period, ore in zip(coming, allocated, strict=False):
        if ore:
            funds.allocate(period_id=period.pk, amount_ore=ore * KR, on=TODAY, by=lead)
    foreseen = {e.decision.idea_id: e.on for e in forecast_of(fund, on=TODAY).places}

    came = {}
    for period in coming:
        if usual and not period.entries.exists():
            funds.allocate(period_id=period.pk, amount_ore=usual * KR, on=TODAY, by=lead)
        funds.turn(fund_id=fund.pk, on=period.starts_on)
        for idea in queue:
            idea.refresh_from_db()
            if idea.status == IdeaStatus.FUNDED and idea.pk in foreseen:
                came.setdefault(idea.pk, period.starts_on)
    last = coming[-1].ends_on
    for idea_id, day in foreseen.items():
        assert came.get(idea_id) == (day if day and day <= last else None)
    assert Period.objects.current(fund, last) == coming[-1]
