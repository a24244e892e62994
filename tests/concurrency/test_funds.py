"""Two people, one krona; and ten, and fifty."""

import datetime as dt
import threading
import uuid

import pytest
from django.db import IntegrityError, connection

from improvement.actions import decisions, funds, ideas, payments
from improvement.models import Fund, IdeaStatus, LedgerEntry, LedgerKind, Period
from improvement.models.fund import FundQuerySet
from organisation.permissions import Role
from tests.concurrency.rivals import at_the_same_point, together
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

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def unit():
    return UnitFactory()


@pytest.fixture
def fund(unit):
    return fund_with(100 * KR, at=unit)


@pytest.fixture
def approvals(unit, fund):
    """Two approvals of 60 kr each, not yet made, for a fund that has 100 kr."""
    decider = person_with(Role.DECIDER, at=unit)

    def approval(idea):
        return lambda: decisions.approve(
            idea_id=idea.pk,
            fund_id=fund.pk,
            project_ore=60 * KR,
            grounds=GROUNDS,
            on=TODAY,
            by=decider,
        )

    return [approval(ready_idea(at=unit, cost_ore=60 * KR)) for _ in range(2)]


def left_ore(fund):
    return LedgerEntry.objects.filter(period__fund=fund).balance().left_ore


def statuses(fund):
    return sorted(fund.decisions.values_list("idea__status", flat=True))


def caught(call):
    """Make a refusal by the database an outcome like any other."""

    def attempt():
        try:
            return call()
        except IntegrityError as error:
            return error

    return attempt


def test_of_two_decisions_at_once_one_is_funded_and_one_is_queued(fund, approvals):
    outcomes = together(*approvals, behind=Fund.objects.filter(pk=fund.pk))

    assert [type(outcome).__name__ for outcome in outcomes] == ["Decision", "Decision"]
    assert statuses(fund) == [IdeaStatus.FUNDED, IdeaStatus.QUEUED]
    assert left_ore(fund) == 40 * KR


def test_without_the_lock_the_database_still_refuses(fund, approvals, monkeypatch):
    """The control of the lock: somebody would get an error instead of a place in the queue."""
    monkeypatch.setattr(FundQuerySet, "locked", FundQuerySet.all)
    monkeypatch.setattr(decisions, "reserve", at_the_same_point_before(decisions.reserve))

    outcomes = together(*map(caught, approvals), behind=fund.unit.ideas.all())

    assert sorted(type(o).__name__ for o in outcomes) == ["Decision", "IntegrityError"]
    assert left_ore(fund) == 40 * KR


def test_without_lock_and_trigger_it_would_be_overdrawn(fund, approvals, monkeypatch):
    """The control of the trigger.  If this fails, the tests above prove nothing."""
    monkeypatch.setattr(FundQuerySet, "locked", FundQuerySet.all)
    monkeypatch.setattr(decisions, "reserve", at_the_same_point_before(decisions.reserve))
    trigger = "TRIGGER ledger_is_never_overdrawn"
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE improvement_ledgerentry DISABLE {trigger}")
    try:
        together(*approvals, behind=fund.unit.ideas.all())
        assert left_ore(fund) == -20 * KR
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER TABLE improvement_ledgerentry ENABLE {trigger}")


def at_the_same_point_before(function, count=2):
    """Let all callers come as far as `function` before any goes into it."""
    meet = at_the_same_point(lambda: None, count)

    def wrapped(*args, **kwargs):
        meet()
        return function(*args, **kwargs)

    return wrapped


def test_the_same_decision_clicked_twice_is_made_once(unit, fund):
    idea = ready_idea(at=unit, cost_ore=10 * KR)
    decider = person_with(Role.DECIDER, at=unit)

    def approve():
        return decisions.approve(
            idea_id=idea.pk,
            fund_id=fund.pk,
            project_ore=10 * KR,
            grounds=GROUNDS,
            on=TODAY,
            by=decider,
        )

    outcomes = together(approve, approve, behind=Fund.objects.filter(pk=fund.pk))

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Decision", "Refused"]
    assert left_ore(fund) == 90 * KR


def test_a_reward_settled_twice_at_once_is_paid_once(unit):
    fund = fund_with(100 * KR, at=unit, name="Med ersättning", reward_ore=5 * KR)
    idea = approved_idea(at=unit, fund=fund, cost_ore=10 * KR)
    lead = person_with(Role.DEVELOPMENT_LEAD, at=unit)
    ideas.start(idea_id=idea.pk, by=lead)

    def settle():
        return payments.settle(idea_id=idea.pk, on=TODAY, by=lead)

    outcomes = together(settle, settle, behind=Fund.objects.filter(pk=fund.pk))

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Decision", "Refused"]
    assert LedgerEntry.objects.filter(kind=LedgerKind.PAYOUT).count() == 1


def test_money_that_comes_while_one_is_queued_reaches_it(unit):
    """Allocation and approval at once: whichever is first, nobody is left with money unused."""
    fund = fund_with(10 * KR, at=unit, name="Knapp pott")
    idea = ready_idea(at=unit, cost_ore=60 * KR)
    lead, decider = person_with(Role.DEVELOPMENT_LEAD, at=unit), person_with(Role.DECIDER, at=unit)

    together(
        lambda: funds.allocate(
            period_id=fund.periods.get().pk, amount_ore=90 * KR, on=TODAY, by=lead
        ),
        lambda: decisions.approve(
            idea_id=idea.pk,
            fund_id=fund.pk,
            project_ore=60 * KR,
            grounds=GROUNDS,
            on=TODAY,
            by=decider,
        ),
        behind=Fund.objects.filter(pk=fund.pk),
    )

    assert statuses(fund) == [IdeaStatus.FUNDED]
    assert left_ore(fund) == 40 * KR


# --- many, not two ------------------------------------------------------------------------------


def ready_for(fund, unit, count, cost_ore=10 * KR):
    """That many approvals, not yet made, all by one decider."""
    decider = person_with(Role.DECIDER, at=unit)

    def approval(idea):
        return lambda: decisions.approve(
            idea_id=idea.pk,
            fund_id=fund.pk,
            project_ore=cost_ore,
            grounds=GROUNDS,
            on=TODAY,
            by=decider,
        )

    return [approval(ready_idea(at=unit, cost_ore=cost_ore)) for _ in range(count)]


def funded_and_queued(fund):
    found = statuses(fund)
    return found.count(IdeaStatus.FUNDED), found.count(IdeaStatus.QUEUED)


@pytest.mark.parametrize("count", [10, 50])
def test_of_many_decisions_at_once_as_many_are_funded_as_there_is_money_for(unit, count):
    """What there is money for, and not one more; the rest stand in the order of decision."""
    enough_for = count // 2
    fund = fund_with(enough_for * 10 * KR + 9 * KR, at=unit, name="Mångas pott")
    calls = ready_for(fund, unit, count)

    outcomes = together(*calls, behind=Fund.objects.filter(pk=fund.pk))

    assert {type(outcome).__name__ for outcome in outcomes} == {"Decision"}
    assert funded_and_queued(fund) == (enough_for, count - enough_for)
    assert left_ore(fund) == 9 * KR
    decided = list(
        fund.decisions.order_by("decided_at", "pk").values_list("idea__status", flat=True)
    )
    assert decided == [IdeaStatus.FUNDED] * enough_for + [IdeaStatus.QUEUED] * (count - enough_for)


def test_of_ten_without_the_lock_some_get_an_error_for_an_answer(unit, monkeypatch):
    """The control: without the lock all ten look, see enough, and the trigger has to say no."""
    fund = fund_with(59 * KR, at=unit, name="Utan lås")
    calls = ready_for(fund, unit, 10)
    monkeypatch.setattr(FundQuerySet, "locked", FundQuerySet.all)
    monkeypatch.setattr(decisions, "reserve", at_the_same_point_before(decisions.reserve, 10))

    outcomes = together(*map(caught, calls), behind=unit.ideas.all())

    names = [type(outcome).__name__ for outcome in outcomes]
    assert (names.count("Decision"), names.count("IntegrityError")) == (5, 5)
    assert left_ore(fund) == 9 * KR


# --- while a period is closed ---------------------------------------------------------------------


NEW_YEAR = dt.date(2027, 1, 2)


def closing(fund, lead):
    """A close of the fund's first period, not yet done, with a period after it."""
    old = fund.periods.get()
    funds.add_half_years(fund_id=fund.pk, year=2027, on=TODAY, by=lead)
    return old, lambda: funds.close_period(period_id=old.pk, on=NEW_YEAR, by=lead)


def deciding(fund, unit):
    idea = ready_idea(at=unit, cost_ore=60 * KR)
    decider = person_with(Role.DECIDER, at=unit)
    return idea, lambda: decisions.approve(
        idea_id=idea.pk,
        fund_id=fund.pk,
        project_ore=60 * KR,
        grounds=GROUNDS,
        on=TODAY,
        by=decider,
    )


def test_a_decision_during_a_close_finds_the_money_where_it_is(unit, fund):
    """Decided by the old period's day: its money is used, or it has moved and the idea is queued."""
    lead = person_with(Role.DEVELOPMENT_LEAD, at=unit)
    old, close = closing(fund, lead)
    idea, decide = deciding(fund, unit)

    together(close, decide, behind=Fund.objects.filter(pk=fund.pk))

    idea.refresh_from_db()
    assert old.left_ore() == 0, "nothing is left behind in a closed period"
    reserved = old.entries.balance().reserved_ore
    assert (idea.status, reserved) in [(IdeaStatus.FUNDED, 60 * KR), (IdeaStatus.QUEUED, 0)]
    assert left_ore(fund) == 100 * KR - reserved


def test_without_the_lock_a_close_and_a_decision_both_take_the_money(unit, fund, monkeypatch):
    """The control: both have looked before either writes, and the trigger stops the second."""
    lead = person_with(Role.DEVELOPMENT_LEAD, at=unit)
    _old, close = closing(fund, lead)
    _idea, decide = deciding(fund, unit)
    monkeypatch.setattr(FundQuerySet, "locked", FundQuerySet.all)
    look = at_the_same_point(Period.left_ore, 2)
    monkeypatch.setattr(Period, "left_ore", once_each(look, Period.left_ore))

    outcomes = together(caught(close), caught(decide))

    assert "IntegrityError" in {type(outcome).__name__ for outcome in outcomes}


def once_each(first, then):
    """Call `first` the first time in each thread, and `then` after that."""
    seen = threading.local()

    def wrapped(*args):
        call = then if getattr(seen, "yes", False) else first
        seen.yes = True
        return call(*args)

    return wrapped


def test_two_workers_that_turn_a_fund_at_once_close_its_period_once(unit):
    fund = fund_with(100 * KR, at=unit, name="Klockans pott")

    def turn():
        return funds.turn(fund_id=fund.pk, on=NEW_YEAR)

    outcomes = together(turn, turn, behind=Fund.objects.filter(pk=fund.pk))

    assert sorted(len(outcome) for outcome in outcomes) == [0, 1]
    assert LedgerEntry.objects.filter(kind=LedgerKind.ROLLOVER_IN).count() == 1
    assert Period.objects.filter(fund=fund).count() == 2
    assert left_ore(fund) == 100 * KR


# --- double clicks ------------------------------------------------------------------------------------


def test_a_row_corrected_twice_at_once_is_taken_back_once(unit, fund):
    lead = person_with(Role.DEVELOPMENT_LEAD, at=unit)
    wrong = LedgerEntry.objects.get(kind=LedgerKind.ALLOCATION)

    def correct():
        return payments.correct(entry_id=wrong.pk, reason="Fel", by=lead)

    outcomes = together(correct, correct, behind=Fund.objects.filter(pk=fund.pk))

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["LedgerEntry", "Refused"]
    assert left_ore(fund) == 0


def test_money_let_go_while_it_is_paid_goes_one_way(unit, fund):
    lead = person_with(Role.DEVELOPMENT_LEAD, at=unit)
    idea = approved_idea(at=unit, fund=fund, cost_ore=60 * KR)
    decision = idea.decisions.get()

    together(
        lambda: payments.let_go(idea_id=idea.pk, reason="Inte nu", on=TODAY, by=lead),
        lambda: payments.pay(
            decision_id=decision.pk,
            amount_ore=60 * KR,
            document_number="F 1",
            on=TODAY,
            by=lead,
        ),
        behind=Fund.objects.filter(pk=fund.pk),
    )

    now = decision.entries.balance()
    assert (now.reserved_ore, now.paid_ore) in [(0, 0), (0, 60 * KR)]
    assert left_ore(fund) == 100 * KR - now.paid_ore


def test_the_same_payment_sent_twice_at_once_is_one(unit, fund):
    lead = person_with(Role.DEVELOPMENT_LEAD, at=unit)
    decision = approved_idea(at=unit, fund=fund, cost_ore=60 * KR).decisions.get()
    key = uuid.uuid4()

    def pay():
        return payments.pay(
            decision_id=decision.pk,
            amount_ore=20 * KR,
            document_number="F 1",
            key=key,
            on=TODAY,
            by=lead,
        )

    first, second = together(pay, pay, behind=Fund.objects.filter(pk=fund.pk))

    assert first == second
    assert decision.entries.balance().paid_ore == 20 * KR
