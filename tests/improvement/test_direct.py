"""What is done at once: one text, one tap, thanked for and counted."""

import datetime as dt

import pytest
from django.urls import reverse

from improvement.actions import ideas
from improvement.models import Idea, IdeaStatus
from improvement.queries.direct import done_directly
from organisation.permissions import Role
from tests.factories import IdeaFactory, UnitFactory, employee, person_with

pytestmark = pytest.mark.django_db

KEY = "6e1a3c1e-0c5e-4c0e-9b0e-3f4b8e1c2d3a"


@pytest.fixture
def unit():
    return UnitFactory(name="Hemtjänst norr")


@pytest.fixture
def me(client, unit):
    person = employee(at=unit)
    client.force_login(person)
    return person


def told(client, **fields):
    return client.post(
        reverse("idea-done"), {"text": "Vi flyttade handskarna.", "key": KEY, **fields}
    )


def test_a_thing_done_is_written_down_once_and_thanked_for(client, me, unit):
    first, second = told(client, unit=unit.pk), told(client, unit=unit.pk)

    idea = Idea.objects.get()
    assert (idea.status, idea.is_direct, idea.author) == (IdeaStatus.DONE, True, me)
    assert first["Location"] == second["Location"] == f"/ideer/{idea.pk}/tack/"
    page = client.get(first["Location"]).text
    assert "Tack!" in page
    assert "sak gjord direkt på Hemtjänst norr i år" in " ".join(page.split())


def test_ones_own_workplace_is_chosen(client, me, unit):
    assert client.get(reverse("idea-done")).context["form"]["unit"].value() == unit.pk


@pytest.mark.parametrize(
    ("text", "sentence"),
    [("", "Detta fält måste fyllas i."), ("Ring 811228-9874", "ser ut som ett personnummer")],
)
def test_what_is_wrong_is_said_beside_the_field(client, me, unit, text, sentence):
    response = told(client, text=text, unit=unit.pk)
    assert response.status_code == 422
    assert sentence in response.text
    assert text in response.text
    assert not Idea.objects.exists()


def test_what_was_not_done_at_once_has_no_thanks(client, me, unit):
    idea = IdeaFactory(author=me, unit=unit, status=IdeaStatus.DONE)
    assert client.get(f"/ideer/{idea.pk}/tack/").status_code == 404


def test_what_a_lead_sends_back_to_be_done_is_finished_with_a_button(client, me, unit):
    idea = IdeaFactory(author=me, unit=unit, status=IdeaStatus.SUBMITTED)
    lead = person_with(Role.DEVELOPMENT_LEAD, at=unit)
    ideas.press(idea_id=idea.pk, step_name="direct", why="Gör det!", by=lead)

    assert f"/ideer/{idea.pk}/steg/finish/" in client.get(f"/ideer/{idea.pk}/").text
    ideas.press(idea_id=idea.pk, step_name="finish", by=me)

    idea.refresh_from_db()
    assert (idea.status, idea.is_direct) == (IdeaStatus.DONE, True)


def test_this_years_are_counted_for_each_unit(unit, django_assert_num_queries):
    quiet = UnitFactory()
    direct = {"unit": unit, "is_direct": True}
    IdeaFactory(status=IdeaStatus.DONE, **direct)
    IdeaFactory(status=IdeaStatus.DIRECT, **direct)
    IdeaFactory(status=IdeaStatus.DONE, unit=unit)
    IdeaFactory(status=IdeaStatus.WITHDRAWN, **direct)
    IdeaFactory(status=IdeaStatus.DONE, created_at=dt.datetime(2020, 1, 1, tzinfo=dt.UTC), **direct)

    with django_assert_num_queries(1):
        counted = done_directly([unit, quiet])

    assert [(one.unit, one.number) for one in counted] == [(unit, 2), (quiet, 0)]


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_however_much_is_done(
    client, me, unit, count, django_assert_num_queries
):
    done = IdeaFactory.create_batch(
        count, author=me, unit=unit, is_direct=True, status=IdeaStatus.DONE
    )
    with django_assert_num_queries(6):  # session, person, employments, roles, idea, number
        client.get(f"/ideer/{done[0].pk}/tack/")
    with django_assert_num_queries(5):  # session, person, employments, roles, units above
        client.get(reverse("idea-done"))
