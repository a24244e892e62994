"""The board: columns, cards, and the steps that move them."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from improvement.models import CostLine, IdeaStatus, Support
from improvement.queries.lists import COLUMNS, MOST_CARDS
from organisation.permissions import Role
from tests.factories import KR, IdeaFactory, UnitFactory, employee, person_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit():
    return UnitFactory(name="Hemtjänst norr")


@pytest.fixture
def lead(unit):
    return person_with(Role.DEVELOPMENT_LEAD, at=unit)


def shown(client, **asked):
    response = client.get(reverse("idea-board"), asked)
    return {
        column["state"]: [card.idea.title for card in column["cards"]]
        for column in response.context["columns"]
    }


def test_each_state_is_a_column_and_what_has_waited_longest_stands_first(client, unit, lead):
    now = timezone.now()
    for days, title in ((1, "Ny"), (40, "Gammal"), (9, "Mellan")):
        IdeaFactory(
            unit=unit,
            status=IdeaStatus.SUBMITTED,
            title=title,
            created_at=now - dt.timedelta(days=days),
        )
    IdeaFactory(unit=unit, status=IdeaStatus.READY, title="Klar")
    IdeaFactory(unit=unit, status=IdeaStatus.DONE, title="Gjord")
    IdeaFactory(status=IdeaStatus.SUBMITTED, title="Någon annans")
    client.force_login(lead)

    assert shown(client) == {
        "submitted": ["Gammal", "Mellan", "Ny"],
        "preparing": [],
        "returned": [],
        "ready": ["Klar"],
        "queued": [],
    }


def test_a_card_says_where_how_old_who_what_and_how_many(client, unit, lead):
    idea = IdeaFactory(
        unit=unit,
        status=IdeaStatus.PREPARING,
        assigned_to=lead,
        created_at=timezone.now() - dt.timedelta(days=3),
        answered_at=timezone.now(),
    )
    CostLine.objects.create(idea=idea, kind="travel", amount_ore=12_500 * KR)
    Support.objects.create(idea=idea, person=employee(at=unit))
    client.force_login(lead)

    page = client.get(reverse("idea-board")).text.replace("\u00a0", " ")

    for said in ("Hemtjänst norr", "3 dagar", lead.name, "12 500 kr", "Svar har kommit"):
        assert said in page


def test_a_column_shows_its_first_and_leads_to_all_of_them_in_the_list(client, unit, lead):
    IdeaFactory.create_batch(MOST_CARDS + 2, unit=unit, status=IdeaStatus.SUBMITTED)
    client.force_login(lead)

    column = client.get(reverse("idea-board"), {"lead": "nobody"}).context["columns"][0]

    assert (len(column["cards"]), column["more"]) == (MOST_CARDS, 2)
    assert column["count"] == MOST_CARDS + 2
    found = client.get(column["all"])
    assert found.context["ideas"].paginator.count == MOST_CARDS + 2


def test_the_board_is_narrowed_as_the_list_is(client, unit, lead):
    below = UnitFactory(parent=unit)
    IdeaFactory(unit=unit, status=IdeaStatus.SUBMITTED, title="Uppe")
    IdeaFactory(unit=below, status=IdeaStatus.SUBMITTED, title="Nere", assigned_to=lead)
    client.force_login(lead)

    assert shown(client, unit=below.pk)["submitted"] == ["Nere"]
    assert shown(client, lead="me")["submitted"] == ["Nere"]
    assert shown(client, lead="nobody")["submitted"] == ["Uppe"]
    assert shown(client, q="upp")["submitted"] == ["Uppe"]


def test_a_step_moves_the_card_and_one_comes_back_to_it(client, unit, lead):
    idea = IdeaFactory(unit=unit, status=IdeaStatus.SUBMITTED)
    client.force_login(lead)

    moved = client.post(reverse("board-step", args=[idea.pk, "prepare"]) + "?lead=me")

    idea.refresh_from_db()
    assert (idea.status, idea.assigned_to) == (IdeaStatus.PREPARING, lead)
    assert moved["Location"] == f"{reverse('idea-board')}?lead=me#idea-{idea.pk}"


def test_one_takes_a_card_with_one_button(client, unit, lead):
    idea = IdeaFactory(unit=unit, status=IdeaStatus.SUBMITTED)
    client.force_login(lead)
    client.post(reverse("board-step", args=[idea.pk, "take"]))
    idea.refresh_from_db()
    assert (idea.status, idea.assigned_to) == (IdeaStatus.SUBMITTED, lead)


def test_a_step_that_is_refused_says_why_on_the_board(client, unit, lead):
    idea = IdeaFactory(unit=unit, status=IdeaStatus.PREPARING)
    client.force_login(lead)
    page = client.post(reverse("board-step", args=[idea.pk, "propose"]), follow=True)
    assert "Skriv först vad det kostar" in page.text


@pytest.mark.parametrize("step", ["approve", "return", "answer", "bort"])
def test_a_step_that_is_no_button_on_the_board_is_not_found(client, unit, lead, step):
    idea = IdeaFactory(unit=unit, status=IdeaStatus.SUBMITTED)
    client.force_login(lead)
    assert client.post(reverse("board-step", args=[idea.pk, step])).status_code == 404


def test_to_ask_for_more_leads_to_the_sentence(client, unit, lead):
    idea = IdeaFactory(unit=unit, status=IdeaStatus.SUBMITTED)
    client.force_login(lead)
    assert reverse("idea-step", args=[idea.pk, "return"]) in client.get(reverse("idea-board")).text


def test_the_board_is_for_those_who_prepare(client, unit):
    client.force_login(employee(at=unit))
    assert client.get(reverse("idea-board")).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_board_costs_the_same_however_many(
    client, unit, lead, count, django_assert_num_queries
):
    for status in COLUMNS:
        IdeaFactory.create_batch(count, unit=unit, status=status, assigned_to=lead)
    client.force_login(lead)
    with django_assert_num_queries(9):
        client.get(reverse("idea-board"))
