"""The pages of ideas and money: what they show, refuse, cost and hide."""

import datetime as dt

import pytest
from django.urls import reverse

from improvement.models import (
    Basis,
    Decision,
    Idea,
    IdeaStatus,
    LedgerEntry,
    LedgerKind,
    Period,
)
from organisation.permissions import Role
from tests.factories import (
    KR,
    CostLine,
    IdeaFactory,
    UnitFactory,
    approved_idea,
    employee,
    fund_with,
    person_with,
    ready_idea,
)

pytestmark = pytest.mark.django_db

KEY = "6e1a3c1e-0c5e-4c0e-9b0e-3f4b8e1c2d3a"


@pytest.fixture
def unit():
    return UnitFactory(name="Hemtjänst norr")


@pytest.fixture
def lead(unit):
    return person_with(Role.DEVELOPMENT_LEAD, at=unit)


@pytest.fixture
def decider(unit):
    return person_with(Role.DECIDER, at=unit)


def left_by(author, client, **changes):
    client.force_login(author)
    answers = {"need": "Larmen hörs inte.", "unit": author.unit.pk, "key": KEY, **changes}
    return client.post(reverse("idea-create"), answers)


# --- leaving and following an idea -----------------------------------------------------------


def test_an_idea_is_left_and_its_author_thanked(client, unit):
    author = employee(at=unit)

    response = left_by(author, client)

    idea = Idea.objects.get()
    assert (response.status_code, response["Location"]) == (302, f"/ideer/{idea.pk}/")
    assert (idea.author, idea.status) == (author, IdeaStatus.SUBMITTED)
    assert "Tack! Din idé är inskickad." in client.get(response["Location"]).text


def test_a_second_click_leaves_no_second_idea(client, unit):
    author = employee(at=unit)
    assert left_by(author, client).status_code == left_by(author, client).status_code == 302
    assert Idea.objects.count() == 1


def test_a_draft_is_seen_by_its_author_alone(client, unit, lead):
    left_by(employee(at=unit), client, draft="1")
    idea = Idea.objects.get()

    assert idea.status == IdeaStatus.DRAFT
    assert "Utkast" in client.get(f"/ideer/{idea.pk}/").text
    client.force_login(lead)
    assert client.get(f"/ideer/{idea.pk}/").status_code == 404


def test_a_personal_identity_number_is_refused_and_nothing_typed_is_lost(client, unit):
    response = left_by(employee(at=unit), client, need="Ring 811228-9874 om larmet.")

    assert response.status_code == 422
    assert "ser ut som ett personnummer" in response.text
    assert "Ring 811228-9874 om larmet." in response.text
    assert Idea.objects.count() == 0


def test_the_form_knows_ones_own_workplace_and_the_posters_unit(client, unit):
    other = UnitFactory(name="Hemtjänst söder")
    client.force_login(employee(at=unit))

    own = client.get(reverse("idea-create")).context["form"]
    posters = client.get(reverse("idea-create"), {"unit": other.pk}).context["form"]

    assert own["unit"].value() == unit.pk
    assert posters["unit"].value() == str(other.pk)


def test_an_idea_that_came_back_is_changed_and_keeps_its_place_in_the_preparation(client, unit):
    author = employee(at=unit)
    idea = IdeaFactory(author=author, unit=unit, status=IdeaStatus.RETURNED)
    client.force_login(author)

    response = client.post(
        f"/ideer/{idea.pk}/andra/", {"need": "I stora köket.", "unit": unit.pk, "key": idea.key}
    )

    assert response.status_code == 302
    idea.refresh_from_db()
    assert (idea.need, idea.status) == ("I stora köket.", IdeaStatus.PREPARING)


def test_withdrawing_asks_first(client, unit):
    author = employee(at=unit)
    idea = IdeaFactory(author=author, unit=unit, status=IdeaStatus.SUBMITTED)
    client.force_login(author)
    address = f"/ideer/{idea.pk}/steg/withdraw/"

    assert "tas ur hanteringen" in client.get(address).text
    idea.refresh_from_db()
    assert idea.status == IdeaStatus.SUBMITTED

    client.post(address)
    idea.refresh_from_db()
    assert idea.status == IdeaStatus.WITHDRAWN


def test_a_step_that_is_no_button_is_not_found(client, unit, decider):
    idea = ready_idea(at=unit)
    client.force_login(decider)
    assert client.post(f"/ideer/{idea.pk}/steg/approve/").status_code == 404


# --- lists -----------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_however_long(client, unit, lead, count, django_assert_num_queries):
    for idea in IdeaFactory.create_batch(count, unit=unit, status=IdeaStatus.SUBMITTED):
        CostLine.objects.create(idea=idea, kind="travel", amount_ore=1)
    client.force_login(lead)

    with django_assert_num_queries(7):  # session, person, roles, employments, leads, count, ideas
        response = client.get(reverse("idea-list"))

    assert len(response.context["ideas"]) == count


def test_the_list_is_narrowed_by_state_and_words(client, unit, lead):
    IdeaFactory(unit=unit, status=IdeaStatus.SUBMITTED, title="Tystare matsal")
    IdeaFactory(unit=unit, status=IdeaStatus.REJECTED, title="Tystare kök")
    IdeaFactory(unit=unit, status=IdeaStatus.SUBMITTED, title="Nytt larm")
    client.force_login(lead)

    found = client.get(reverse("idea-list"), {"status": "submitted", "q": "TYST"}).context["ideas"]

    assert [idea.title for idea in found] == ["Tystare matsal"]


def test_a_state_that_does_not_exist_narrows_nothing(client, unit, lead):
    IdeaFactory(unit=unit, status=IdeaStatus.SUBMITTED)
    client.force_login(lead)
    response = client.get(reverse("idea-list"), {"status": "lost", "page": "x"})
    assert len(response.context["ideas"]) == 1


def test_htmx_gets_the_rows_and_nothing_else(client, unit, lead):
    client.force_login(lead)
    part = client.get(
        reverse("idea-list"), headers={"HX-Request": "true", "HX-Target": "idea-rows"}
    )
    assert part.text.strip().startswith('<div id="idea-rows"')


# --- preparing -------------------------------------------------------------------------------


def preparation(**changes):
    lines = {
        "cost-TOTAL_FORMS": 2,
        "cost-INITIAL_FORMS": 0,
        "cost-0-kind": "staff",
        "cost-0-hours": "7,5",
        "cost-0-rate_ore": "320",
        "cost-1-kind": "material",
        "cost-1-amount_ore": "1 200,50",
    }
    return {"title": "Larm i köket", "agreed_with": "Arbetslaget", **lines, **changes}


def test_costs_are_typed_in_kronor_and_put_forward(client, unit, lead):
    idea = IdeaFactory(unit=unit, status=IdeaStatus.PREPARING)
    client.force_login(lead)

    response = client.post(f"/ideer/{idea.pk}/bered/", preparation(propose="1"))

    assert response.status_code == 302
    idea.refresh_from_db()
    assert (idea.status, idea.cost_ore()) == (IdeaStatus.READY, 3_600_50)


def test_a_line_half_filled_in_says_so_beside_the_field_and_saves_nothing(client, unit, lead):
    idea = IdeaFactory(unit=unit, status=IdeaStatus.PREPARING)
    client.force_login(lead)

    response = client.post(f"/ideer/{idea.pk}/bered/", preparation(**{"cost-0-hours": ""}))

    assert response.status_code == 422
    assert "Skriv antalet timmar." in response.text
    assert "1 200,50" in response.text
    assert idea.cost_ore() == 0


# --- deciding --------------------------------------------------------------------------------


def decision(in_fund, **changes):
    return {
        "outcome": "approved",
        "fund": in_fund.pk,
        "project_ore": "20 000",
        "reason": "Stor nytta.",
        "basis": Basis.DELEGATED,
        "delegation_reference": "4.12",
        **changes,
    }


def test_a_decision_reserves_the_money_and_the_author_reads_why(client, unit, decider):
    author = employee(at=unit)
    fund = fund_with(50_000 * KR, at=unit)
    idea = ready_idea(at=unit, author=author)
    client.force_login(decider)

    response = client.post(f"/ideer/{idea.pk}/besluta/", decision(fund))

    assert response.status_code == 302
    assert LedgerEntry.objects.get(kind=LedgerKind.RESERVATION).amount_ore == 20_000 * KR
    client.force_login(author)
    assert "Stor nytta." in client.get(f"/ideer/{idea.pk}/").text


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"project_ore": "tjugo"}, "Skriv ett belopp i kronor"),
        ({"project_ore": ""}, "Skriv ett belopp större än noll."),
        ({"fund": ""}, "Välj den pott som betalar."),
        ({"reason": ""}, "Detta fält måste fyllas i."),
        ({"reason": "Enligt 811228-9874"}, "ser ut som ett personnummer"),
        ({"consulted": "811228-9874"}, "ser ut som ett personnummer"),
        ({"delegation_reference": ""}, "Skriv vilken punkt i delegationsordningen"),
    ],
)
def test_what_is_missing_is_said_beside_the_field(client, unit, decider, changes, sentence):
    fund = fund_with(50_000 * KR, at=unit)
    idea = ready_idea(at=unit)
    client.force_login(decider)

    response = client.post(f"/ideer/{idea.pk}/besluta/", decision(fund, **changes))

    assert response.status_code == 422
    assert sentence in response.text
    assert Decision.objects.count() == 0


def test_a_refusal_is_shown_on_the_form(client, unit):
    author = person_with(Role.DECIDER, at=unit)
    fund = fund_with(50_000 * KR, at=unit)
    idea = ready_idea(at=unit, author=author)
    client.force_login(author)

    response = client.post(f"/ideer/{idea.pk}/besluta/", decision(fund))

    assert response.status_code == 422
    assert "ditt eget" in response.text


def test_one_in_the_queue_sees_the_place(client, unit, lead):
    fund = fund_with(0, at=unit)
    approved_idea(at=unit, fund=fund)
    second = approved_idea(at=unit, fund=fund)
    client.force_login(lead)
    assert "Nummer 2 i kön" in client.get(f"/ideer/{second.pk}/").text


# --- money -----------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 3])
def test_the_fund_page_costs_the_same_however_long(
    client, unit, lead, count, django_assert_num_queries
):
    fund = fund_with(20_000 * KR, at=unit)
    for _ in range(count):
        approved_idea(at=unit, fund=fund, cost_ore=5_000 * KR)
        approved_idea(at=unit, fund=fund, cost_ore=45_000 * KR)
    client.force_login(lead)
    # session, person, roles, employments; fund, its periods' ids; rows × 4; current period,
    # periods; queue × 2, current period, what is left, coming periods, history × 2
    with django_assert_num_queries(18):
        client.get(reverse("fund-detail", args=[fund.pk]))


def test_money_is_allocated_and_the_page_shows_it(client, unit, lead):
    fund = fund_with(0, at=unit)
    client.force_login(lead)
    period = fund.periods.get()

    response = client.post(
        f"/pengar/perioder/{period.pk}/tilldela/", {"amount_ore": "1 000 000", "note": "Budget"}
    )

    assert response["Location"] == f"/pengar/{fund.pk}/"
    assert period.left_ore() == 1_000_000 * KR
    assert "1\N{NO-BREAK SPACE}000\N{NO-BREAK SPACE}000\N{NO-BREAK SPACE}kr" in (
        client.get(response["Location"]).text
    )


def test_a_payment_is_recorded_against_an_invoice(client, unit, lead):
    fund = fund_with(50_000 * KR, at=unit)
    idea = approved_idea(at=unit, fund=fund)
    client.force_login(lead)
    address = reverse("decision-pay", args=[idea.decisions.get().pk])

    too_much = client.post(address, {"amount_ore": "20 001", "document_number": "F 1"})
    client.post(address, {"amount_ore": "8 000", "document_number": "F 1"})

    assert too_much.status_code == 422
    assert LedgerEntry.objects.get(kind=LedgerKind.PAYOUT).amount_ore == 8_000 * KR


def test_a_period_is_added_and_never_backwards(client, unit, lead):
    fund = fund_with(0, at=unit)
    client.force_login(lead)
    address = reverse("period-create", args=[fund.pk])
    days = {"name": "Våren 2027", "starts_on": "2027-06-30", "ends_on": "2027-01-01"}

    assert client.post(address, days).status_code == 422
    client.post(address, {**days, "starts_on": "2027-01-01", "ends_on": "2027-06-30"})

    assert fund.periods.latest("starts_on").starts_on == dt.date(2027, 1, 1)


def test_closing_a_period_asks_first(client, unit, lead):
    period = fund_with(1 * KR, at=unit).periods.get()
    client.force_login(lead)
    assert "är inte slut än" in client.get(reverse("period-close", args=[period.pk])).text
    period.starts_on, period.ends_on = dt.date(2026, 1, 1), dt.date(2026, 1, 31)
    period.save()
    Period.objects.create(
        fund=period.fund, name="Våren", starts_on=dt.date(2026, 2, 1), ends_on=dt.date(2026, 6, 30)
    )
    assert "flyttas till Våren" in client.get(reverse("period-close", args=[period.pk])).text
    assert not period.is_closed


@pytest.mark.parametrize("name", ["period-create", "fund-detail"])
def test_those_who_only_may_look_move_nothing(client, unit, decider, name):
    fund = fund_with(0, at=unit)
    client.force_login(decider)
    expected = 200 if name == "fund-detail" else 404
    assert client.get(reverse(name, args=[fund.pk])).status_code == expected
