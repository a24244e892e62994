"""Payments: rows that were wrong, money that is given back, and the reward."""

import datetime as dt

import pytest

from foundation.errors import Refused
from foundation.models import Event
from improvement.actions import decisions, funds, ideas, payments
from improvement.models import Balance, IdeaStatus, LedgerEntry, LedgerKind
from improvement.queries.money import money_of
from organisation.permissions import Role
from tests.factories import (
    GROUNDS,
    KR,
    TODAY,
    UnitFactory,
    approved_idea,
    fund_with,
    person_with,
    ready_idea,
)

pytestmark = pytest.mark.django_db

NEW_YEAR = dt.date(2027, 1, 1)


@pytest.fixture
def unit():
    return UnitFactory(name="Kommunen")


@pytest.fixture
def lead(unit):
    return person_with(Role.DEVELOPMENT_LEAD, at=unit)


def balance(fund):
    return LedgerEntry.objects.filter(period__fund=fund).balance()


def the_next(fund, lead, amount_ore=0):
    first_half = funds.add_half_years(fund_id=fund.pk, year=2027, on=TODAY, by=lead)[0]
    if amount_ore:
        funds.allocate(period_id=first_half.pk, amount_ore=amount_ore, on=TODAY, by=lead)
    return first_half


# --- rows that were wrong ---------------------------------------------------------------------------


def paid_row(unit, lead, fund):
    idea = approved_idea(at=unit, fund=fund, cost_ore=20_000 * KR)
    return idea, payments.pay(
        decision_id=idea.decisions.get().pk,
        amount_ore=15_000 * KR,
        document_number="F 1",
        on=TODAY,
        by=lead,
    )


def test_a_wrong_payment_is_taken_back_and_can_be_made_again(unit, lead):
    fund = fund_with(50_000 * KR, at=unit)
    idea, wrong = paid_row(unit, lead, fund)

    counter = payments.correct(entry_id=wrong.pk, reason="Fel belopp", by=lead)

    assert (counter.amount_ore, counter.corrects, counter.note) == (
        -15_000 * KR,
        wrong,
        "Fel belopp",
    )
    assert balance(fund) == Balance(50_000 * KR, 30_000 * KR, 20_000 * KR, 0)
    again = {"decision_id": idea.decisions.get().pk, "document_number": "F 1"}
    payments.pay(**again, amount_ore=1_500 * KR, on=TODAY, by=lead)
    assert money_of(idea).paid_ore == 1_500 * KR


def test_a_row_is_corrected_once_and_with_a_reason(unit, lead):
    fund = fund_with(50_000 * KR, at=unit)
    _idea, wrong = paid_row(unit, lead, fund)
    with pytest.raises(Refused, match="fel"):
        payments.correct(entry_id=wrong.pk, reason=" ", by=lead)
    counter = payments.correct(entry_id=wrong.pk, reason="Fel", by=lead)
    with pytest.raises(Refused, match="redan rättad"):
        payments.correct(entry_id=wrong.pk, reason="Fel", by=lead)
    with pytest.raises(Refused, match="själv en rättelse"):
        payments.correct(entry_id=counter.pk, reason="Fel", by=lead)


def test_a_promise_is_not_corrected_but_decided_anew(unit, lead):
    fund = fund_with(50_000 * KR, at=unit)
    approved_idea(at=unit, fund=fund)
    reservation = LedgerEntry.objects.get(kind=LedgerKind.RESERVATION)
    with pytest.raises(Refused, match="nytt beslut"):
        payments.correct(entry_id=reservation.pk, reason="Fel", by=lead)


def test_an_allocation_that_is_promised_away_is_not_taken_back(unit, lead):
    fund = fund_with(50_000 * KR, at=unit)
    approved_idea(at=unit, fund=fund)
    allocation = LedgerEntry.objects.get(kind=LedgerKind.ALLOCATION)
    with pytest.raises(Refused, match="30.000.kr"):
        payments.correct(entry_id=allocation.pk, reason="Fel", by=lead)


def test_a_payment_of_a_settled_idea_is_corrected_elsewhere(unit, lead):
    fund = fund_with(50_000 * KR, at=unit)
    idea, wrong = paid_row(unit, lead, fund)
    ideas.start(idea_id=idea.pk, by=lead)
    payments.settle(idea_id=idea.pk, on=TODAY, by=lead)
    with pytest.raises(Refused, match="ekonomisystemet"):
        payments.correct(entry_id=wrong.pk, reason="Fel", by=lead)


def test_a_document_is_paid_once(unit, lead):
    fund = fund_with(50_000 * KR, at=unit)
    idea, _paid = paid_row(unit, lead, fund)
    with pytest.raises(Refused, match="F 1/2"):
        payments.pay(
            decision_id=idea.decisions.get().pk,
            amount_ore=1,
            document_number="F 1",
            on=TODAY,
            by=lead,
        )


# --- money given back -------------------------------------------------------------------------------


def test_the_money_of_an_idea_that_is_let_go_serves_the_next(unit, lead):
    fund = fund_with(30_000 * KR, at=unit, reward_ore=5_000 * KR)
    idea, _paid = paid_row(unit, lead, fund)
    waiting = approved_idea(at=unit, fund=fund, cost_ore=5_000 * KR)
    assert waiting.status == IdeaStatus.QUEUED

    payments.let_go(idea_id=idea.pk, reason="Lokalen blev inte klar", on=TODAY, by=lead)

    assert [i.status for i in (idea, waiting) if not i.refresh_from_db()] == ["waiting", "funded"]
    assert balance(fund) == Balance(30_000 * KR, 5_000 * KR, 10_000 * KR, 15_000 * KR)
    event = Event.objects.get(kind="idea.let_go")
    assert event.data["why"] == "Lokalen blev inte klar"


def test_an_idea_that_was_let_go_is_decided_on_again(unit, lead):
    fund = fund_with(30_000 * KR, at=unit)
    idea = approved_idea(at=unit, fund=fund, cost_ore=20_000 * KR)
    payments.let_go(idea_id=idea.pk, reason="Inte nu", on=TODAY, by=lead)
    for step in ("resume", "propose"):
        ideas.press(idea_id=idea.pk, step_name=step, by=lead)

    decisions.approve(
        idea_id=idea.pk,
        fund_id=fund.pk,
        project_ore=20_000 * KR,
        grounds=GROUNDS,
        on=TODAY,
        by=person_with(Role.DECIDER, at=unit),
    )

    money = money_of(idea)
    assert (money.granted_ore, money.reserved_ore) == (20_000 * KR, 20_000 * KR)
    assert balance(fund).reserved_ore == 20_000 * KR


def test_one_in_the_queue_can_be_let_go_and_leaves_its_place(unit, lead):
    fund = fund_with(0, at=unit)
    first, second = (approved_idea(at=unit, fund=fund) for _ in range(2))
    payments.let_go(idea_id=first.pk, reason="Inte nu", on=TODAY, by=lead)
    assert [d.idea for d in fund.decisions.queued()] == [second]


def test_money_is_not_taken_from_a_work_that_goes_on(unit, lead):
    fund = fund_with(30_000 * KR, at=unit)
    idea = approved_idea(at=unit, fund=fund)
    ideas.start(idea_id=idea.pk, by=lead)
    with pytest.raises(Refused, match="arbetets sida"):
        payments.let_go(idea_id=idea.pk, reason="Inte nu", on=TODAY, by=lead)


def test_only_the_keeper_of_the_fund_releases_its_money(unit, lead):
    school = UnitFactory(parent=unit)
    idea = approved_idea(at=school, fund=fund_with(30_000 * KR, at=unit))
    local = person_with(Role.DEVELOPMENT_LEAD, at=school)
    with pytest.raises(Refused, match="Kommunen"):
        payments.let_go(idea_id=idea.pk, reason="Inte nu", on=TODAY, by=local)


# --- the reward ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("people", "allocated", "paid"),
    [(24, 50_000, 5_000), (25, 50_000, 10_000), (25, 25_000, 5_000)],
    ids=["as usual", "very many", "very many, but not enough money"],
)
def test_the_reward_is_raised_when_very_many_took_part(unit, lead, people, allocated, paid):
    fund = fund_with(allocated * KR, at=unit, reward_ore=5_000 * KR)
    idea = approved_idea(at=unit, fund=fund, cost_ore=20_000 * KR)
    payments.pay(
        decision_id=idea.decisions.get().pk,
        amount_ore=20_000 * KR,
        document_number="F 1",
        on=TODAY,
        by=lead,
    )
    ideas.start(idea_id=idea.pk, by=lead)

    payments.settle(idea_id=idea.pk, people=people, on=TODAY, by=lead)

    assert money_of(idea).reward_ore == paid * KR
    rule = Event.objects.get(kind="idea.complete").data["reward_rule"]
    assert rule == {24: "", 25: "many" if paid == 10_000 else "not_enough"}[people]
    assert balance(fund).reserved_ore == 0


def test_the_raise_may_come_from_what_the_idea_itself_did_not_use(unit, lead):
    fund = fund_with(25_000 * KR, at=unit, reward_ore=5_000 * KR)
    idea = approved_idea(at=unit, fund=fund, cost_ore=20_000 * KR)
    ideas.start(idea_id=idea.pk, by=lead)
    payments.settle(idea_id=idea.pk, people=40, on=TODAY, by=lead)
    assert balance(fund) == Balance(25_000 * KR, 15_000 * KR, 0, 10_000 * KR)


def test_the_raise_of_an_old_promise_comes_from_the_period_that_is_open(unit, lead):
    fund = fund_with(25_000 * KR, at=unit, reward_ore=5_000 * KR)
    idea = approved_idea(at=unit, fund=fund, cost_ore=20_000 * KR)
    old, following = fund.periods.get(), the_next(fund, lead, 7_000 * KR)
    ideas.start(idea_id=idea.pk, by=lead)
    payments.pay(
        decision_id=idea.decisions.get().pk,
        amount_ore=20_000 * KR,
        document_number="F 1",
        on=TODAY,
        by=lead,
    )
    funds.turn(fund_id=fund.pk, on=NEW_YEAR)

    payments.settle(idea_id=idea.pk, people=40, on=NEW_YEAR, by=lead)

    assert old.entries.balance() == Balance(25_000 * KR, 0, 0, 25_000 * KR)
    assert following.entries.balance() == Balance(7_000 * KR, 2_000 * KR, 0, 5_000 * KR)
    assert money_of(idea).reward_ore == 10_000 * KR


def test_money_that_was_added_is_settled_with_the_rest(unit, lead):
    fund = fund_with(50_000 * KR, at=unit)
    idea = ready_idea(at=unit, cost_ore=20_000 * KR)
    decider = person_with(Role.DECIDER, at=unit)
    base = decisions.approve(
        idea_id=idea.pk,
        fund_id=fund.pk,
        project_ore=20_000 * KR,
        grounds=GROUNDS,
        on=TODAY,
        by=decider,
    )
    ideas.start(idea_id=idea.pk, by=lead)
    more = decisions.add(
        decision_id=base.pk, extra_ore=5_000 * KR, grounds=GROUNDS, on=TODAY, by=decider
    )
    idea.refresh_from_db()
    assert money_of(idea).granted_ore == 25_000 * KR
    assert [p.decision for p in money_of(idea).promises] == [base, more]

    payments.settle(idea_id=idea.pk, on=TODAY, by=lead)

    assert balance(fund) == Balance(50_000 * KR, 50_000 * KR, 0, 0)
