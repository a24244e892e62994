"""Money: reserved by a decision, queued for in order, paid, released, and never overdrawn."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from foundation.errors import Refused
from improvement.actions import decisions, funds, ideas, payments
from improvement.actions.decisions import Grounds
from improvement.models import (
    Account,
    Balance,
    Decision,
    Idea,
    IdeaStatus,
    LedgerEntry,
    LedgerKind,
    Outcome,
    Period,
)
from improvement.queries import money_of
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

NEXT_YEAR = dt.date(2027, 1, 2)


@pytest.fixture
def unit():
    return UnitFactory()


@pytest.fixture
def lead(unit):
    return person_with(Role.DEVELOPMENT_LEAD, at=unit)


@pytest.fixture
def decider(unit):
    return person_with(Role.DECIDER, at=unit)


def balance(fund):
    return LedgerEntry.objects.filter(period__fund=fund).balance()


def test_an_approval_reserves_project_money_and_reward(unit):
    fund = fund_with(100_000 * KR, at=unit, reward_ore=5_000 * KR)

    idea = approved_idea(at=unit, fund=fund, cost_ore=20_000 * KR)

    assert idea.status == IdeaStatus.FUNDED
    assert balance(fund) == Balance(100_000 * KR, 75_000 * KR, 25_000 * KR, 0)
    rows = LedgerEntry.objects.filter(kind=LedgerKind.RESERVATION).order_by("account")
    assert list(rows.values_list("account", "amount_ore")) == [
        (Account.PROJECT, 20_000 * KR),
        (Account.REWARD, 5_000 * KR),
    ]


def test_with_too_little_left_it_is_approved_all_the_same_and_queued(unit):
    fund = fund_with(10_000 * KR, at=unit)

    idea = approved_idea(at=unit, fund=fund, cost_ore=20_000 * KR)

    assert idea.status == IdeaStatus.QUEUED
    assert balance(fund).reserved_ore == 0


def test_a_small_idea_does_not_overtake_one_that_waits(unit):
    fund = fund_with(10_000 * KR, at=unit)
    approved_idea(at=unit, fund=fund, cost_ore=20_000 * KR)

    small = approved_idea(at=unit, fund=fund, cost_ore=1_000 * KR)

    assert small.status == IdeaStatus.QUEUED


def test_new_money_serves_the_queue_in_order(unit, lead):
    fund = fund_with(0, at=unit)
    waiting = [approved_idea(at=unit, fund=fund, cost_ore=ore * KR) for ore in (20, 30, 10)]

    funds.allocate(period_id=fund.periods.get().pk, amount_ore=55 * KR, on=TODAY, by=lead)

    for idea in waiting:
        idea.refresh_from_db()
    assert [idea.status for idea in waiting] == ["funded", "funded", "queued"]
    assert balance(fund).left_ore == 5 * KR


def test_a_rejection_and_a_wait_reserve_nothing_and_say_why(unit, decider):
    fund = fund_with(100 * KR, at=unit)
    no, later = ready_idea(at=unit), ready_idea(at=unit)

    decisions.reject(idea_id=no.pk, grounds=GROUNDS, by=decider)
    decisions.wait(idea_id=later.pk, grounds=GROUNDS, until=NEXT_YEAR, on=TODAY, by=decider)

    assert balance(fund).reserved_ore == 0
    assert set(Decision.objects.values_list("outcome", "reason", "wait_until")) == {
        (Outcome.REJECTED, GROUNDS.reason, None),
        (Outcome.WAITING, GROUNDS.reason, NEXT_YEAR),
    }


def test_an_idea_that_waited_is_decided_again_as_a_new_revision(unit, lead, decider):
    idea = ready_idea(at=unit)
    decisions.wait(idea_id=idea.pk, grounds=GROUNDS, returns_when="money", by=decider)

    ideas.press(idea_id=idea.pk, step_name="resume", by=lead)
    ideas.press(idea_id=idea.pk, step_name="propose", by=lead)
    decisions.reject(idea_id=idea.pk, grounds=GROUNDS, by=decider)

    assert list(Decision.objects.order_by("pk").values_list("revision", flat=True)) == [1, 2]


@pytest.mark.parametrize(
    ("grounds", "sentence"),
    [
        (Grounds(reason=" ", delegation_reference="4.12"), "motivering"),
        (Grounds(reason="Ja"), "delegation"),
    ],
)
def test_a_decision_has_a_reason_and_a_right(unit, decider, grounds, sentence):
    idea = ready_idea(at=unit)
    with pytest.raises(Refused, match=sentence):
        decisions.reject(idea_id=idea.pk, grounds=grounds, by=decider)


def test_a_fund_pays_for_its_own_unit_and_those_below(unit, decider):
    elsewhere = fund_with(100_000 * KR, at=UnitFactory())
    idea = ready_idea(at=unit)
    with pytest.raises(Refused, match="betalar inte"):
        decisions.approve(
            idea_id=idea.pk,
            fund_id=elsewhere.pk,
            project_ore=1 * KR,
            grounds=GROUNDS,
            on=TODAY,
            by=decider,
        )


def test_above_the_guide_amount_a_written_reason_is_needed(unit, decider):
    fund = fund_with(100_000 * KR, at=unit, cap_ore=10_000 * KR)
    idea = ready_idea(at=unit, cost_ore=20_000 * KR)
    Idea.objects.update(cap_reason="")  # the guide amount was lowered since
    approval = {
        "idea_id": idea.pk,
        "fund_id": fund.pk,
        "project_ore": 20_000 * KR,
        "grounds": GROUNDS,
        "on": TODAY,
        "by": decider,
    }
    with pytest.raises(Refused, match="10.000.kr"):
        decisions.approve(**approval)

    idea.cap_reason = "Kan spridas till alla enheter."
    idea.save()
    assert decisions.approve(**approval).outcome == Outcome.APPROVED


def test_payments_come_out_of_what_is_reserved(unit, lead):
    fund = fund_with(50_000 * KR, at=unit)
    idea = approved_idea(at=unit, fund=fund, cost_ore=20_000 * KR)
    payment = {"decision_id": idea.decisions.get().pk, "on": TODAY, "by": lead}

    payments.pay(**payment, amount_ore=15_000 * KR, document_number="F 1")
    with pytest.raises(Refused, match="5.000.kr"):
        payments.pay(**payment, amount_ore=5_001 * KR, document_number="F 2")

    assert balance(fund) == Balance(50_000 * KR, 30_000 * KR, 5_000 * KR, 15_000 * KR)


def test_settling_pays_the_reward_once_and_releases_what_was_not_used(unit, lead):
    fund = fund_with(50_000 * KR, at=unit, reward_ore=5_000 * KR)
    idea = approved_idea(at=unit, fund=fund, cost_ore=20_000 * KR)
    ideas.start(idea_id=idea.pk, by=lead)
    payments.pay(
        decision_id=idea.decisions.get().pk,
        amount_ore=12_000 * KR,
        document_number="F 1",
        on=TODAY,
        by=lead,
    )

    payments.settle(idea_id=idea.pk, on=TODAY, by=lead)
    with pytest.raises(Refused):
        payments.settle(idea_id=idea.pk, on=TODAY, by=lead)

    idea.refresh_from_db()
    assert idea.status == IdeaStatus.DONE
    assert balance(fund) == Balance(50_000 * KR, 33_000 * KR, 0, 17_000 * KR)
    money = money_of(idea)
    assert (money.paid_ore, money.released_ore) == (12_000 * KR, 8_000 * KR)
    assert money.reward_is_paid


def test_what_settling_releases_serves_those_who_wait(unit, lead):
    fund = fund_with(20_000 * KR, at=unit)
    first = approved_idea(at=unit, fund=fund, cost_ore=20_000 * KR)
    second = approved_idea(at=unit, fund=fund, cost_ore=15_000 * KR)
    ideas.start(idea_id=first.pk, by=lead)

    payments.settle(idea_id=first.pk, on=TODAY, by=lead)

    second.refresh_from_db()
    assert second.status == IdeaStatus.FUNDED


def test_closing_a_period_moves_what_is_left_and_serves_the_queue(unit, lead):
    fund = fund_with(30_000 * KR, at=unit)
    kept = approved_idea(at=unit, fund=fund, cost_ore=20_000 * KR)
    queued = approved_idea(at=unit, fund=fund, cost_ore=10_001 * KR)
    following = funds.add_period(
        fund_id=fund.pk,
        name="Första halvåret 2027",
        starts_on=dt.date(2027, 1, 1),
        ends_on=dt.date(2027, 6, 30),
        by=lead,
    )
    funds.allocate(period_id=following.pk, amount_ore=5_000 * KR, on=TODAY, by=lead)

    old = Period.objects.current(fund, TODAY)
    funds.close_period(period_id=old.pk, on=NEXT_YEAR, by=lead)

    queued.refresh_from_db()
    assert queued.status == IdeaStatus.FUNDED
    assert old.entries.balance() == Balance(20_000 * KR, 0, 20_000 * KR, 0)
    assert following.left_ore() == 15_000 * KR - 10_001 * KR

    ideas.start(idea_id=kept.pk, by=lead)
    payments.settle(idea_id=kept.pk, on=NEXT_YEAR, by=lead)
    assert old.left_ore() == 0, "what a closed period gets back moves on at once"
    assert following.left_ore() == 35_000 * KR - 10_001 * KR


def test_a_period_is_not_closed_before_it_has_ended(unit, lead):
    fund = fund_with(1, at=unit)
    with pytest.raises(Refused):
        funds.close_period(period_id=fund.periods.get().pk, on=TODAY, by=lead)


def test_periods_of_a_fund_do_not_overlap(unit, lead):
    fund = fund_with(1, at=unit)
    with pytest.raises(Refused, match="överlappar"):
        funds.add_period(
            fund_id=fund.pk,
            name="Hösten",
            starts_on=dt.date(2026, 12, 31),
            ends_on=dt.date(2027, 1, 31),
            by=lead,
        )


def test_only_those_who_manage_the_fund_move_money(unit, decider):
    fund = fund_with(1, at=unit)
    with pytest.raises(Refused):
        funds.allocate(period_id=fund.periods.get().pk, amount_ore=1, on=TODAY, by=decider)


# --- what the database refuses, whatever the code does ---------------------------------------


def test_the_database_refuses_to_overdraw_a_period(unit, lead):
    fund = fund_with(10_000 * KR, at=unit)
    idea = approved_idea(at=unit, fund=fund, cost_ore=20_000 * KR)
    row = {"period": fund.periods.get(), "decision": idea.decisions.get(), "account": "project"}
    with pytest.raises(IntegrityError, match="less left"), transaction.atomic():
        LedgerEntry.objects.create(**row, kind="reservation", amount_ore=10_001 * KR)


def test_the_database_refuses_to_pay_more_than_is_reserved(unit):
    fund = fund_with(50_000 * KR, at=unit)
    idea = approved_idea(at=unit, fund=fund, cost_ore=20_000 * KR)
    row = {"period": fund.periods.get(), "decision": idea.decisions.get(), "account": "project"}
    with pytest.raises(IntegrityError, match="less reserved"), transaction.atomic():
        LedgerEntry.objects.create(**row, kind="payout", amount_ore=20_001 * KR)


def test_ledger_and_decisions_are_never_rewritten(unit):
    approved_idea(at=unit, fund=fund_with(50_000 * KR, at=unit))
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        LedgerEntry.objects.all().delete()
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        LedgerEntry.objects.update(amount_ore=1)
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        Decision.objects.update(reason="Nej")


@pytest.mark.parametrize(
    ("row", "constraint"),
    [
        ({"kind": "gift", "amount_ore": 1}, "ledger_kind_known"),
        ({"kind": "allocation", "amount_ore": -1}, "ledger_below_zero_only_in_a_correction"),
        ({"kind": "payout", "amount_ore": 1}, "ledger_promise_names_its_decision_and_account"),
        (
            {"kind": "allocation", "amount_ore": 1, "account": "reward"},
            "ledger_promise_names_its_decision_and_account",
        ),
    ],
)
def test_the_database_refuses_a_row_that_cannot_be(unit, row, constraint):
    period = fund_with(1, at=unit).periods.get()
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        LedgerEntry.objects.create(period=period, **row)


def test_a_reward_is_paid_once(unit, lead):
    fund = fund_with(50_000 * KR, at=unit, reward_ore=5_000 * KR)
    idea = approved_idea(at=unit, fund=fund)
    row = {"period": fund.periods.get(), "decision": idea.decisions.get(), "account": "reward"}
    with pytest.raises(IntegrityError, match="as a whole"), transaction.atomic():
        LedgerEntry.objects.create(**row, kind="payout", amount_ore=2_000 * KR)
    LedgerEntry.objects.create(**row, kind="payout", amount_ore=5_000 * KR)
    with pytest.raises(IntegrityError, match="ledger_reward_is_paid_once"), transaction.atomic():
        LedgerEntry.objects.create(**row, kind="payout", amount_ore=5_000 * KR)


def test_a_wrong_row_is_taken_back_by_a_counter_row(unit):
    fund = fund_with(50_000 * KR, at=unit)
    period = fund.periods.get()
    wrong = period.entries.get()

    LedgerEntry.objects.create(
        period=period, kind="allocation", amount_ore=-wrong.amount_ore, corrects=wrong
    )

    assert balance(fund) == Balance(0, 0, 0, 0)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    allocated=st.integers(1, 60),
    steps=st.lists(
        st.tuples(st.sampled_from(["approve", "settle", "allocate"]), st.integers(1, 25)),
        max_size=8,
    ),
)
def test_whatever_is_done_in_whatever_order_the_ledger_adds_up(allocated, steps):
    unit = UnitFactory()
    lead = person_with(Role.DEVELOPMENT_LEAD, at=unit)
    fund = fund_with(allocated * KR, at=unit, reward_ore=1 * KR)
    period = fund.periods.get()
    approved = []
    for what, amount in steps:
        if what == "approve":
            approved.append(approved_idea(at=unit, fund=fund, cost_ore=amount * KR))
        elif what == "allocate":
            funds.allocate(period_id=period.pk, amount_ore=amount * KR, on=TODAY, by=lead)
            allocated += amount
        else:
            for idea in approved:
                idea.refresh_from_db()
                if idea.status == IdeaStatus.FUNDED:
                    ideas.start(idea_id=idea.pk, by=lead)
                    payments.settle(idea_id=idea.pk, on=TODAY, by=lead)
                    break

    now = balance(fund)
    assert min(now.left_ore, now.reserved_ore, now.paid_ore) >= 0
    assert now.left_ore + now.reserved_ore + now.paid_ore == now.allocated_ore == allocated * KR
    statuses = [i.status for i in approved if not i.refresh_from_db()]
    waiting = statuses.index("queued") if "queued" in statuses else len(statuses)
    assert "queued" not in statuses[:waiting]
    assert set(statuses[waiting:]) <= {"queued"}, "nobody is overtaken in the queue"
