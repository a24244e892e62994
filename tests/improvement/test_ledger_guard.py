"""What the database refuses of the ledger whatever the code does: tried with SQL by hand."""

import pytest
from django.db import IntegrityError, connection, transaction

from improvement.actions import ideas, payments
from improvement.models import LedgerEntry
from organisation.permissions import Role
from tests.factories import KR, TODAY, UnitFactory, approved_idea, fund_with, person_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit():
    return UnitFactory()


@pytest.fixture
def fund(unit):
    return fund_with(50_000 * KR, at=unit, reward_ore=5_000 * KR)


@pytest.fixture
def idea(unit, fund):
    return approved_idea(at=unit, fund=fund, cost_ore=20_000 * KR)


@pytest.fixture
def decision(idea):
    return idea.decisions.get()


def insert(period, *rows):
    """Write rows (kind, kronor, decision, account, corrects) in one statement of SQL."""
    values = ", ".join(["(%s, %s, %s, %s, %s, %s, '', '', now())"] * len(rows))
    parameters = []
    for kind, kronor, decision, account, *corrects in rows:
        parameters += [period.pk, kind, kronor * KR, decision and decision.pk, account]
        parameters += [corrects[0].pk if corrects else None]
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO improvement_ledgerentry (period_id, kind, amount_ore, decision_id,"
            f" account, corrects_id, document_number, note, at) VALUES {values}",
            parameters,
        )


def refused(match):
    return _Refused(match)


class _Refused:
    """Expect the database's no, and go on after it."""

    def __init__(self, match):
        self.raises = pytest.raises(IntegrityError, match=match)
        self.atomic = transaction.atomic()

    def __enter__(self):
        self.raises.__enter__()
        self.atomic.__enter__()

    def __exit__(self, *error):
        self.atomic.__exit__(*error)
        return self.raises.__exit__(*error)


def test_a_period_is_not_overdrawn_by_many_rows_of_one_statement(fund, decision):
    period = fund.periods.get()
    with refused("less left"):
        insert(period, *[("lapse", 5_001, None, "")] * 5)
    insert(period, *[("lapse", 5_000, None, "")] * 5)
    assert period.left_ore() == 0


def test_rows_of_one_statement_are_weighed_together(fund):
    period = fund.periods.get()
    insert(period, ("lapse", 60_000, None, ""), ("allocation", 40_000, None, ""))
    assert period.left_ore() == 30_000 * KR


def test_more_than_was_decided_is_not_reserved(unit, fund, decision):
    queued = approved_idea(at=unit, fund=fund, cost_ore=90_000 * KR, cap_reason="Stort")
    with refused("smaller amount"):
        insert(fund.periods.get(), ("reservation", 90_001, queued.decisions.get(), "project"))


def test_project_money_is_reserved_once(fund, decision):
    with refused("ledger_project_money_is_reserved_once"):
        insert(fund.periods.get(), ("reservation", 1, decision, "project"))


def test_another_funds_money_is_not_used(unit, decision):
    elsewhere = fund_with(50_000 * KR, at=unit, name="En annan")
    with refused("another fund"):
        insert(elsewhere.periods.get(), ("reservation", 1, decision, "reward"))


def test_a_release_takes_all_that_is_reserved(fund, decision):
    with refused("as a whole"):
        insert(fund.periods.get(), ("release", 19_999, decision, "project"))


def test_what_is_released_is_never_paid(fund, decision):
    period = fund.periods.get()
    insert(period, ("release", 20_000, decision, "project"))
    for attempt in (
        [("payout", 1, decision, "project")],
        [("reservation", 1, decision, "reward"), ("release", 5_001, decision, "project")],
    ):
        with refused("less reserved|nothing comes after"):
            insert(period, *attempt)


def test_a_reward_that_is_paid_is_neither_raised_nor_paid_again(fund, decision):
    period = fund.periods.get()
    insert(period, ("payout", 5_000, decision, "reward"))
    with refused("nothing comes after"):
        insert(period, ("reservation", 1_000, decision, "reward"))
    with refused("ledger_reward_is_paid_once"):
        insert(
            period,
            ("reservation", 1_000, decision, "reward"),
            ("payout", 1_000, decision, "reward"),
        )


def test_a_settled_idea_gets_nothing_more(unit, fund, idea, decision):
    lead = person_with(Role.DEVELOPMENT_LEAD, at=unit)
    ideas.start(idea_id=idea.pk, by=lead)
    payments.settle(idea_id=idea.pk, on=TODAY, by=lead)
    with refused("less reserved|nothing comes after"):
        insert(fund.periods.get(), ("payout", 1, decision, "project"))


def test_a_correction_mirrors_one_row_that_may_be_corrected(fund, decision):
    period = fund.periods.get()
    allocation = LedgerEntry.objects.get(kind="allocation")
    reservation = LedgerEntry.objects.get(kind="reservation", account="project")
    with refused("the whole of one row"):
        insert(period, ("allocation", -10_000, None, "", allocation))
    with refused("ledger_corrects_allocations_and_payments"):
        insert(period, ("reservation", -20_000, decision, "project", reservation))
    insert(period, ("payout", 20_000, decision, "project"))
    paid = LedgerEntry.objects.get(kind="payout")
    insert(period, ("payout", -20_000, decision, "project", paid))
    counter = LedgerEntry.objects.get(corrects=paid)
    with refused("ledger_below_zero_only_in_a_correction"):
        insert(period, ("payout", 20_000, decision, "project", counter))


@transaction.atomic
def insert_at_repeatable_read(period):
    with connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
    insert(period, ("allocation", 1, None, ""))


@pytest.mark.django_db(transaction=True)
def test_the_one_level_at_which_others_are_not_seen_is_refused():
    period = fund_with(1, at=UnitFactory()).periods.get()
    with pytest.raises(IntegrityError, match="repeatable read"):
        insert_at_repeatable_read(period)
