"""Funds: how each works, and their periods by hand and by the clock."""

import datetime as dt
import uuid

import pytest

from foundation import jobs
from foundation.errors import Refused
from foundation.models import Job
from improvement.actions import funds, payments, turning
from improvement.actions.funds import Policy
from improvement.models import Balance, Fund, IdeaStatus, LedgerEntry, LedgerKind, Period
from improvement.models.fund import QueueRule, Rollover
from improvement.queries.money import periods_to_close
from improvement.queries.policy import changes_of, rules_of
from organisation.permissions import Role
from tests.factories import (
    KR,
    TODAY,
    UnitFactory,
    approved_idea,
    fund_with,
    person_with,
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


# --- how it works -----------------------------------------------------------------------------


def test_a_fund_is_set_up_with_its_rules_and_says_them(unit, lead):
    policy = Policy("Vardagspotten", many_people=30, queue_rule=QueueRule.NEXT_THAT_FITS)

    fund = funds.create(unit=unit, policy=policy, by=lead)

    said = " ".join(sentence for _about, sentence in rules_of(fund))
    assert "30 personer" in said
    assert "hoppas över" in said
    assert "sätts av direkt" in said


def test_a_name_is_used_once_in_a_unit(unit, lead):
    funds.create(unit=unit, policy=Policy("Potten"), by=lead)
    with pytest.raises(Refused, match="namnet"):
        funds.create(unit=unit, policy=Policy("Potten"), by=lead)


@pytest.mark.parametrize(
    ("policy", "sentence"),
    [
        (Policy("Potten", cap_ore=0), "noll"),
        (Policy("Potten", many_people=1), "två"),
        (Policy("Potten", reward_ore=9_000 * KR, many_reward_ore=8_000 * KR), "lägre"),
    ],
)
def test_rules_that_contradict_themselves_are_refused(unit, lead, policy, sentence):
    with pytest.raises(Refused, match=sentence):
        funds.create(unit=unit, policy=policy, by=lead)


def test_a_change_of_the_rules_is_remembered_with_what_it_was(unit, lead):
    fund = funds.create(unit=unit, policy=Policy("Potten"), by=lead)

    funds.change(fund_id=fund.pk, policy=Policy("Potten", cap_ore=60_000 * KR), on=TODAY, by=lead)

    changed, _created = changes_of(fund)
    assert changed.note.replace("\N{NO-BREAK SPACE}", " ") == (
        "Riktbelopp per idé: från 50 000 kr till 60 000 kr"
    )
    assert changed.who == lead.name


def test_a_rule_that_lets_more_through_serves_the_queue_at_once(unit, lead):
    fund = fund_with(10_000 * KR, at=unit)
    big, small = (approved_idea(at=unit, fund=fund, cost_ore=ore * KR) for ore in (20_000, 5_000))

    policy = Policy(fund.name, reward_ore=0, queue_rule=QueueRule.NEXT_THAT_FITS)
    funds.change(fund_id=fund.pk, policy=policy, on=TODAY, by=lead)

    assert [i.status for i in (big, small) if not i.refresh_from_db()] == ["queued", "funded"]


def test_with_the_next_that_fits_a_small_idea_passes_a_big_one(unit):
    fund = fund_with(10_000 * KR, at=unit, queue_rule=QueueRule.NEXT_THAT_FITS)
    approved_idea(at=unit, fund=fund, cost_ore=20_000 * KR)

    assert approved_idea(at=unit, fund=fund, cost_ore=1_000 * KR).status == IdeaStatus.FUNDED


def test_a_fund_with_money_in_it_stays_in_use_until_it_is_empty(unit, lead):
    fund = fund_with(10_000 * KR, at=unit)
    with pytest.raises(Refused, match="10.000.kr"):
        funds.end(fund_id=fund.pk, by=lead)

    payments.correct(entry_id=fund.periods.get().entries.get().pk, reason="Fel pott", by=lead)
    assert not funds.end(fund_id=fund.pk, by=lead).is_active
    with pytest.raises(Refused, match="används inte"):
        funds.allocate(period_id=fund.periods.get().pk, amount_ore=1, on=TODAY, by=lead)
    assert funds.reopen(fund_id=fund.pk, by=lead).is_active


def test_only_its_keepers_change_a_fund(unit):
    fund = fund_with(1, at=unit)
    with pytest.raises(Refused):
        funds.change(
            fund_id=fund.pk,
            policy=Policy("Min"),
            on=TODAY,
            by=person_with(Role.DECIDER, at=unit),
        )


# --- periods ------------------------------------------------------------------------------------


def test_both_half_years_are_added_with_one_press_however_often(unit, lead):
    fund = fund_with(1, at=unit)
    added = funds.add_half_years(fund_id=fund.pk, year=2027, on=TODAY, by=lead)
    again = funds.add_half_years(fund_id=fund.pk, year=2027, on=TODAY, by=lead)

    assert [p.name for p in added] == ["Första halvåret 2027", "Andra halvåret 2027"]
    assert again == []


def test_of_this_year_only_the_half_that_is_missing_and_not_over_is_added(unit, lead):
    fund = Fund.objects.create(unit=unit, name="Ny")
    added = funds.add_half_years(fund_id=fund.pk, year=2026, on=TODAY, by=lead)
    assert [p.name for p in added] == ["Andra halvåret 2026"]
    with pytest.raises(Refused, match="2025"):
        funds.add_half_years(fund_id=fund.pk, year=2025, on=TODAY, by=lead)


def test_half_years_do_not_lie_across_another_period(unit, lead):
    fund = fund_with(1, at=unit)
    funds.add_period(
        fund_id=fund.pk,
        name="Hela 2027",
        starts_on=NEW_YEAR,
        ends_on=dt.date(2027, 12, 31),
        on=TODAY,
        by=lead,
    )
    with pytest.raises(Refused, match="Hela 2027"):
        funds.add_half_years(fund_id=fund.pk, year=2027, on=TODAY, by=lead)


def test_the_same_allocation_pressed_twice_is_one(unit, lead):
    fund = fund_with(0, at=unit)
    pressed = {"period_id": fund.periods.get().pk, "amount_ore": 100, "key": uuid.uuid4()}
    once = funds.allocate(**pressed, on=TODAY, by=lead)
    assert funds.allocate(**pressed, on=TODAY, by=lead) == once
    assert balance(fund).allocated_ore == 100


# --- closing, by hand and by the clock --------------------------------------------------------------


def test_the_clock_closes_what_has_ended_and_adds_the_next_half_year(unit):
    fund = fund_with(10_000 * KR, at=unit)

    closed = funds.turn(fund_id=fund.pk, on=NEW_YEAR)
    again = funds.turn(fund_id=fund.pk, on=NEW_YEAR)

    assert [p.name for p in closed] == ["Andra halvåret 2026"]
    assert again == []
    following = Period.objects.current(fund, NEW_YEAR)
    assert following.name == "Första halvåret 2027"
    assert following.left_ore() == 10_000 * KR


def test_a_clock_that_stood_still_catches_up(unit):
    fund = fund_with(10_000 * KR, at=unit)
    closed = funds.turn(fund_id=fund.pk, on=dt.date(2028, 3, 1))
    assert len(closed) == 3
    assert Period.objects.current(fund, dt.date(2028, 3, 1)).left_ore() == 10_000 * KR


def test_before_its_end_the_clock_leaves_a_period_alone(unit):
    fund = fund_with(10_000 * KR, at=unit)
    assert funds.turn(fund_id=fund.pk, on=dt.date(2026, 12, 31)) == []


def test_what_goes_back_is_a_row_of_its_own(unit):
    fund = fund_with(10_000 * KR, at=unit, rollover_at_year_end=Rollover.LAPSES)
    kept = approved_idea(at=unit, fund=fund, cost_ore=4_000 * KR)

    funds.turn(fund_id=fund.pk, on=NEW_YEAR)

    assert balance(fund) == Balance(4_000 * KR, 0, 4_000 * KR, 0)
    lapsed = LedgerEntry.objects.get(kind=LedgerKind.LAPSE)
    assert lapsed.amount_ore == 6_000 * KR
    assert kept.status == IdeaStatus.FUNDED, "what is promised stays promised"


def test_within_the_year_another_rule_may_hold(unit, lead):
    fund = Fund.objects.create(
        unit=unit, name="Potten", reward_ore=0, rollover_at_year_end=Rollover.LAPSES
    )
    first, second = (
        funds.add_period(
            fund_id=fund.pk, name=name, starts_on=dt.date(2026, m, 1), ends_on=last, by=lead
        )
        for name, m, last in (
            ("Våren", 1, dt.date(2026, 6, 30)),
            ("Hösten", 7, dt.date(2026, 12, 31)),
        )
    )
    funds.allocate(period_id=first.pk, amount_ore=100, on=dt.date(2026, 2, 1), by=lead)

    funds.turn(fund_id=fund.pk, on=dt.date(2026, 7, 1))

    assert second.left_ore() == 100


def test_on_confirmation_it_waits_on_the_start_page_for_the_funds_keeper(unit, lead):
    fund = fund_with(10_000 * KR, at=unit, rollover_at_year_end=Rollover.CONFIRMED)
    following = the_next(fund, lead)

    assert funds.turn(fund_id=fund.pk, on=NEW_YEAR) == []

    (waiting,) = periods_to_close(lead, on=NEW_YEAR)
    assert periods_to_close(person_with(Role.DECIDER, at=unit), on=NEW_YEAR) == []
    assert periods_to_close(lead, on=dt.date(2026, 12, 31)) == []
    funds.close_period(period_id=waiting.pk, on=NEW_YEAR, by=lead)
    assert following.left_ore() == 10_000 * KR
    assert periods_to_close(lead, on=NEW_YEAR) == []


def test_a_period_that_begins_serves_the_queue(unit, lead):
    fund = fund_with(0, at=unit)
    idea = approved_idea(at=unit, fund=fund, cost_ore=20_000 * KR)
    the_next(fund, lead, 50_000 * KR)
    idea.refresh_from_db()
    assert idea.status == IdeaStatus.QUEUED, "next year's money is not used this year"

    funds.turn(fund_id=fund.pk, on=NEW_YEAR)

    idea.refresh_from_db()
    assert idea.status == IdeaStatus.FUNDED


def test_money_that_comes_back_with_nowhere_to_go_moves_when_there_is_a_period(unit, lead):
    fund = fund_with(10_000 * KR, at=unit, rollover_at_year_end=Rollover.LAPSES)
    idea = approved_idea(at=unit, fund=fund, cost_ore=10_000 * KR)
    old = fund.periods.get()
    funds.close_period(period_id=old.pk, on=NEW_YEAR, by=lead)
    Fund.objects.update(rollover_at_year_end=Rollover.AUTOMATIC)

    payments.let_go(idea_id=idea.pk, reason="Blir inte av", on=NEW_YEAR, by=lead)
    assert old.left_ore() == 10_000 * KR

    following = the_next(fund, lead)
    assert (old.left_ore(), following.left_ore()) == (0, 10_000 * KR)


def test_the_night_job_turns_every_fund(unit, lead):
    one, two = fund_with(1, at=unit), fund_with(2, at=unit, name="Två")

    job = turning.ask_for(NEW_YEAR)
    assert turning.ask_for(NEW_YEAR) == job, "asked for twice it is done once"
    jobs.run(job.pk)

    assert Job.objects.get(pk=job.pk).status == "done"
    assert {p.fund_id for p in Period.objects.exclude(closed_at=None)} == {one.pk, two.pk}
