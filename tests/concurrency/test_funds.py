"""Two people, one krona."""

import pytest
from django.db import IntegrityError, connection

from improvement.actions import decisions, funds, ideas, payments
from improvement.models import Fund, IdeaStatus, LedgerEntry, LedgerKind
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


def at_the_same_point_before(function):
    """Let both callers come as far as `function` before either goes into it."""
    meet = at_the_same_point(lambda: None, 2)

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
