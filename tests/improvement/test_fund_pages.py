"""The pages of funds: rules, periods, statements, corrections, rewards and files."""

import datetime as dt
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from improvement.actions import ideas, payments, rewards
from improvement.models import Fund, IdeaStatus, LedgerEntry, LedgerKind, Period, RewardUse
from improvement.queries.statement import statement
from organisation.permissions import Role
from tests.factories import (
    KR,
    TODAY,
    UnitFactory,
    approved_idea,
    employee,
    fund_with,
    person_with,
    ready_idea,
)

pytestmark = pytest.mark.django_db

THIS_YEAR = timezone.localdate().year
RULES = {
    "name": "Vardagspotten",
    "cap_ore": "20 000",
    "between_meetings_ore": "",
    "reward_ore": "2 000",
    "many_people": "25",
    "many_reward_ore": "4 000",
    "queue_rule": "strict",
    "rollover_within_year": "automatic",
    "rollover_at_year_end": "confirmed",
    "usual_allocation_ore": "500 000",
}


@pytest.fixture
def unit():
    return UnitFactory(name="Hemtjänst norr")


@pytest.fixture
def lead(unit, client):
    person = person_with(Role.DEVELOPMENT_LEAD, at=unit)
    client.force_login(person)
    return person


def page(client, name, *args):
    return client.get(reverse(name, args=args)).text.replace("\N{NO-BREAK SPACE}", " ")


# --- how a fund works -----------------------------------------------------------------------------


def test_a_fund_is_set_up_in_the_browser_and_says_how_it_works(client, unit, lead):
    response = client.post(reverse("fund-create"), {**RULES, "unit": unit.pk})

    fund = Fund.objects.get()
    assert response["Location"] == f"/pengar/{fund.pk}/"
    shown = page(client, "fund-detail", fund.pk)
    assert "Så fungerar den här potten" in shown
    assert "4 000 kr i stället när minst 25 personer" in shown
    assert "Vid årsskiftet flyttas det vidare när någon har bekräftat det." in shown


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"cap_ore": ""}, "måste fyllas i"),
        ({"cap_ore": "0"}, "större än noll"),
        ({"cap_ore": "-5"}, "mindre än noll"),
        ({"cap_ore": "1e9"}, "Skriv ett belopp i kronor"),
        ({"many_people": "1"}, "större än eller lika med 2"),
        ({"many_reward_ore": "1 000"}, "inte vara lägre"),
    ],
)
def test_rules_that_cannot_be_say_so_beside_the_field(client, unit, lead, changes, sentence):
    response = client.post(reverse("fund-create"), {**RULES, "unit": unit.pk, **changes})
    assert response.status_code == 422
    assert sentence in response.text
    assert 'value="Vardagspotten"' in response.text, "nothing typed is lost"


def test_changed_rules_are_told_of_with_what_they_were(client, unit, lead):
    fund = fund_with(0, at=unit)
    client.post(reverse("fund-policy", args=[fund.pk]), RULES)
    assert "Riktbelopp per idé: från 50 000 kr till 20 000 kr" in page(
        client, "fund-policy", fund.pk
    )


def test_an_empty_fund_is_taken_out_of_use_and_into_it_again(client, unit, lead):
    fund = fund_with(0, at=unit)
    client.post(reverse("fund-end", args=[fund.pk]))
    assert "Används inte" in page(client, "fund-list")
    client.post(reverse("fund-reopen", args=[fund.pk]))
    assert Fund.objects.get().is_active


def test_a_fund_with_money_says_why_it_stays(client, unit, lead):
    fund = fund_with(100 * KR, at=unit)
    assert "100 kr finns kvar i potten" in page(client, "fund-end", fund.pk)


def test_who_manages_no_money_sets_up_no_fund(client, unit):
    client.force_login(person_with(Role.DECIDER, at=unit))
    assert "Du har ingen roll" in page(client, "fund-create")
    client.post(reverse("fund-create"), {**RULES, "unit": unit.pk})
    assert not Fund.objects.exists()


# --- periods ---------------------------------------------------------------------------------------


def test_the_half_years_come_with_one_press_and_a_second_says_so(client, unit, lead):
    fund = Fund.objects.create(unit=unit, name="Ny")
    pressed = reverse("half-years-add", args=[fund.pk])
    for _ in range(2):
        client.post(pressed, {"year": THIS_YEAR + 1})
    assert fund.periods.count() == 2
    assert f"Halvåren för {THIS_YEAR + 1} finns redan" in page(client, "fund-detail", fund.pk)
    client.post(pressed, {"year": "hej"})
    assert "Välj ett år" in page(client, "fund-detail", fund.pk)


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "sentence"),
    [
        (f"{THIS_YEAR + 3}-01-01", f"{THIS_YEAR + 3}-12-31", "överlappar"),
        (f"{THIS_YEAR + 2}-05-01", f"{THIS_YEAR + 2}-04-01", "före den första"),
        ("2020-01-01", "2020-06-30", "redan passerat"),
        (f"{THIS_YEAR + 2}-02-30", f"{THIS_YEAR + 2}-04-01", "giltigt datum"),
    ],
)
def test_a_period_that_cannot_be_says_so_beside_the_day(
    client, unit, lead, starts_on, ends_on, sentence
):
    fund = Fund.objects.create(unit=unit, name="Ny")
    Period.objects.create(
        fund=fund,
        name="Upptagen",
        starts_on=dt.date(THIS_YEAR + 3, 3, 1),
        ends_on=dt.date(THIS_YEAR + 3, 3, 31),
    )
    typed = {"name": "Min egen", "starts_on": starts_on, "ends_on": ends_on}

    response = client.post(reverse("period-create", args=[fund.pk]), typed)

    assert response.status_code == 422
    assert sentence in response.text
    assert 'value="Min egen"' in response.text
    assert fund.periods.count() == 1


@pytest.mark.parametrize(
    ("typed", "ore"),
    [("50 000", 50_000_00), ("50000,50", 50_000_50), ("50.000 kr", 50_000_00)],
)
def test_an_amount_is_read_as_it_was_meant(client, unit, lead, typed, ore):
    period = fund_with(0, at=unit).periods.get()
    client.post(reverse("period-allocate", args=[period.pk]), {"amount_ore": typed})
    assert period.left_ore() == ore


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "måste fyllas i"),
        ("0", "större än noll"),
        ("-5", "mindre än noll"),
        ("1e9", "Skriv ett belopp i kronor"),
        ("femtio", "Skriv ett belopp i kronor"),
    ],
)
def test_what_is_no_amount_says_so_and_the_note_stays(client, unit, lead, typed, sentence):
    period = fund_with(0, at=unit).periods.get()
    answers = {"amount_ore": typed, "note": "Budget § 12"}
    response = client.post(reverse("period-allocate", args=[period.pk]), answers)
    assert response.status_code == 422
    assert sentence in response.text
    assert "Budget § 12" in response.text
    assert period.left_ore() == 0


def test_the_button_pressed_twice_allocates_once(client, unit, lead):
    period = fund_with(0, at=unit).periods.get()
    for _ in range(2):
        client.post(
            reverse("period-allocate", args=[period.pk]),
            {"amount_ore": "100", "key": "6e1a3c1e-0c5e-4c0e-9b0e-3f4b8e1c2d3a"},
        )
    assert period.left_ore() == 100 * KR


def test_a_fund_without_an_open_period_says_what_happens(client, unit, lead):
    fund = Fund.objects.create(unit=unit, name="Ny", reward_ore=0)
    idea = approved_idea(at=unit, fund=fund)
    assert idea.status == IdeaStatus.QUEUED
    shown = page(client, "fund-detail", fund.pk)
    assert "Ingen period är öppen" in shown
    assert "Inget datum kan sägas" in shown


# --- the statement -----------------------------------------------------------------------------------


def history(unit, lead):
    """A fund in which an idea is carried out, and its period."""
    fund = fund_with(100_000 * KR, at=unit, reward_ore=5_000 * KR)
    idea = approved_idea(at=unit, fund=fund, cost_ore=20_000 * KR)
    ideas.start(idea_id=idea.pk, by=lead)
    payments.pay(
        decision_id=idea.decisions.get().pk,
        amount_ore=12_000 * KR,
        document_number="F 77",
        note="Tröskelramper",
        on=TODAY,
        by=lead,
    )
    payments.settle(idea_id=idea.pk, people=7, on=TODAY, by=lead)
    return fund, idea, fund.periods.get()


def test_a_statement_keeps_project_money_and_reward_apart(unit, lead):
    _fund, _idea, period = history(unit, lead)

    said = {str(line.label): line for line in statement(period, on=dt.date(2999, 1, 1)).lines}

    released, paid = said["Återfört"], said["Utbetalt"]
    assert (released.project_ore, released.reward_ore) == (8_000 * KR, 0)
    assert (paid.project_ore, paid.reward_ore) == (12_000 * KR, 5_000 * KR)
    assert said["Kvar att besluta om"].total_ore == 83_000 * KR == period.left_ore()
    assert said["Fortfarande reserverat"].total_ore == 0


def test_a_statement_is_of_the_day_that_is_asked_for(client, unit, lead):
    _fund, _idea, period = history(unit, lead)
    address = reverse("period-detail", args=[period.pk])
    assert "Inga pengar hade rört sig" in client.get(address, {"on": "2020-01-01"}).text
    today = page(client, "period-detail", period.pk)
    assert "83 000 kr kvar att besluta om" in today
    assert "F 77" in today
    assert "Tröskelramper" in today
    odd = client.get(address, {"on": "2026-02-31"})
    assert odd.status_code == 422
    assert "Den dagen finns inte" in odd.text


@pytest.mark.parametrize("count", [1, 3])
def test_a_statement_costs_the_same_however_long(
    client, unit, lead, count, django_assert_num_queries
):
    fund = fund_with(100_000 * KR, at=unit)
    for _ in range(count):
        approved_idea(at=unit, fund=fund, cost_ore=5_000 * KR)
    # session, person, roles, employments, unread; period; sums; rows × 4
    with django_assert_num_queries(11):
        page(client, "period-detail", fund.periods.get().pk)


def test_the_finance_system_gets_the_rows_as_a_file(client, unit, lead):
    fund, idea, period = history(unit, lead)
    file = client.get(reverse("ledger-export", args=[fund.pk]), {"period": period.pk})
    header, *rows = file.content.decode("utf-8-sig").splitlines()
    assert header.split(";")[:5] == ["Rad", "Tid", "Pott", "Period", "Kod"]
    assert len(rows) == LedgerEntry.objects.count()
    paid = next(row.split(";") for row in rows if "F 77" in row)
    assert paid[4:11] == [
        "payout",
        "Utbetalt",
        "project",
        "12000,00",
        "0,00",
        "-12000,00",
        "12000,00",
    ]
    assert str(idea.pk) in paid
    early = client.get(reverse("ledger-export", args=[fund.pk]), {"last": "2020-01-01"})
    assert len(early.content.splitlines()) == 1


def test_a_day_that_is_none_gives_no_file(client, unit, lead):
    fund = fund_with(0, at=unit)
    answer = client.get(reverse("ledger-export", args=[fund.pk]), {"last": "i går"}, follow=True)
    assert "år-månad-dag" in answer.text


# --- corrections -------------------------------------------------------------------------------------


def test_a_wrong_row_is_struck_through_beside_the_one_that_takes_it_back(client, unit, lead):
    fund = fund_with(100 * KR, at=unit)
    wrong = LedgerEntry.objects.get()
    assert reverse("entry-correct", args=[wrong.pk]) in page(client, "fund-detail", fund.pk)

    client.post(reverse("entry-correct", args=[wrong.pk]), {"reason": "Skulle vara 1 000"})

    shown = page(client, "fund-detail", fund.pk)
    assert "<s>100 kr</s>" in shown
    assert "−100 kr" in shown
    assert "Skulle vara 1 000" in shown
    assert reverse("entry-correct", args=[wrong.pk]) not in shown


def test_what_is_never_corrected_says_what_to_do(client, unit, lead):
    fund = fund_with(50_000 * KR, at=unit)
    approved_idea(at=unit, fund=fund)
    reservation = LedgerEntry.objects.get(kind=LedgerKind.RESERVATION)
    assert "nytt beslut" in page(client, "entry-correct", reservation.pk)


# --- release --------------------------------------------------------------------------------------------


def test_money_is_released_with_a_sentence_to_the_author(client, unit, lead):
    idea = approved_idea(at=unit, fund=fund_with(50_000 * KR, at=unit))
    assert "Återför pengarna" in page(client, "idea-detail", idea.pk)

    client.post(reverse("idea-let-go", args=[idea.pk]), {"reason": "Lokalen blev inte klar"})

    idea.refresh_from_db()
    assert idea.status == IdeaStatus.WAITING
    assert "Lokalen blev inte klar" in page(client, "idea-detail", idea.pk)


def test_the_way_to_release_stands_once_and_only_where_it_leads_somewhere(client, unit, lead):
    idea = approved_idea(at=unit, fund=fund_with(50_000 * KR, at=unit))
    address = reverse("idea-let-go", args=[idea.pk])
    assert page(client, "idea-detail", idea.pk).count(address) == 1

    ideas.start(idea_id=idea.pk, by=lead)

    assert address not in page(client, "idea-detail", idea.pk)


def test_without_a_sentence_nothing_is_released(client, unit, lead):
    idea = approved_idea(at=unit, fund=fund_with(50_000 * KR, at=unit))
    response = client.post(reverse("idea-let-go", args=[idea.pk]), {"reason": ""})
    assert response.status_code == 422
    assert LedgerEntry.objects.filter(kind=LedgerKind.RELEASE).count() == 0


def test_what_is_not_granted_has_nothing_to_release(client, unit, lead):
    idea = ready_idea(at=unit)
    assert "Det går inte nu" in page(client, "idea-let-go", idea.pk) or "läge" in page(
        client, "idea-let-go", idea.pk
    )


# --- rewards ------------------------------------------------------------------------------------------


def test_the_author_says_what_the_reward_is_used_for(client, unit):
    author = employee(at=unit)
    fund = fund_with(50_000 * KR, at=unit, reward_ore=5_000 * KR)
    idea = approved_idea(at=unit, fund=fund, author=author)
    client.force_login(author)
    address = reverse("reward-use", args=[idea.decisions.get().pk])
    assert "Kontant ersättning och presentkort beskattas som lön" in client.get(address).text

    client.post(address, {"kind": "cash", "description": "Presentkort"})
    client.post(address, {"kind": "activity", "description": "Bowling"})

    use = RewardUse.objects.get()
    assert (use.kind, use.description, use.is_taxed) == ("activity", "Bowling", False)
    assert "Bowling" in page(client, "idea-detail", idea.pk)


def test_somebody_else_does_not_say_what_it_is_used_for(client, unit):
    fund = fund_with(50_000 * KR, at=unit, reward_ore=5_000 * KR)
    idea = approved_idea(at=unit, fund=fund)
    client.force_login(employee(at=unit))
    address = reverse("reward-use", args=[idea.decisions.get().pk])
    assert "Bara de som genomför idén" in client.get(address).text
    client.post(address, {"kind": "cash"})
    assert not RewardUse.objects.exists()


def test_payroll_gets_the_rewards_as_a_file(client, unit, lead):
    fund, idea, _period = history(unit, lead)
    rewards.declare_use(
        decision_id=idea.decisions.get().pk, kind="cash", description="Presentkort", by=lead
    )

    assert "Presentkort" in page(client, "reward-list", fund.pk)
    file = client.get(reverse("reward-export", args=[fund.pk]))
    header, row = file.content.decode("utf-8-sig").splitlines()
    told = dict(zip(header.split(";"), row.split(";"), strict=True))
    assert (told["Belopp"], told["Antal personer"], told["Beskattas"]) == ("5000,00", "7", "ja")


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_rewards_costs_the_same_however_long(
    client, unit, lead, count, django_assert_num_queries
):
    fund = fund_with(100_000 * KR, at=unit, reward_ore=1_000 * KR)
    for _ in range(count):
        idea = approved_idea(at=unit, fund=fund, cost_ore=5_000 * KR)
        ideas.start(idea_id=idea.pk, by=lead)
        payments.settle(idea_id=idea.pk, on=TODAY, by=lead)
    # session, person, roles, employments, unread; fund; rows × 2, events
    with django_assert_num_queries(8):
        page(client, "reward-list", fund.pk)


def test_a_payment_pressed_twice_is_one(client, unit, lead):
    idea = approved_idea(at=unit, fund=fund_with(50_000 * KR, at=unit))
    decision = idea.decisions.get()
    answers = {"amount_ore": "100", "document_number": "F 1", "key": uuid.uuid4()}
    for _ in range(2):
        client.post(reverse("decision-pay", args=[decision.pk]), answers)
    assert decision.entries.balance().paid_ore == 100 * KR
