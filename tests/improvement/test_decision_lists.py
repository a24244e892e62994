"""Delegated decisions are reported to their board, each exactly once."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from foundation.errors import Refused
from improvement.actions import decision_lists, decisions
from improvement.actions.decisions import Terms
from improvement.models import Decision, DecisionList, DecisionListEntry, Outcome
from improvement.queries.decision_lists import rows_of, rows_on, unreported_in
from organisation.permissions import Role
from tests.factories import TODAY, UnitFactory, person_with, ready_idea

pytestmark = pytest.mark.django_db

DELEGATED = decisions.Grounds(reason="Skäl.", delegation_reference="4.12", case_number="2026:17")
EXECUTION = decisions.Grounds(reason="Skäl.", basis="execution")
NO = Terms(Outcome.REJECTED)


@pytest.fixture
def unit():
    return UnitFactory(name="Socialförvaltningen")


@pytest.fixture
def registrar(unit):
    return person_with(Role.REGISTRAR, at=unit)


def decided(unit, grounds=DELEGATED):
    decider = person_with(Role.DECIDER, at=unit)
    idea = ready_idea(at=unit)
    return decisions.decide(idea_id=idea.pk, terms=NO, grounds=grounds, on=TODAY, by=decider)


def make(unit, by, board="Socialnämnden"):
    return decision_lists.make(unit=unit, board=board, by=by)


def test_all_that_is_delegated_below_a_unit_is_put_on_one_list(unit, registrar):
    here, below = decided(unit), decided(UnitFactory(parent=unit))
    decided(unit, EXECUTION)
    decided(UnitFactory())

    made = make(unit, registrar)

    assert {row.pk for row in rows_on(made)} == {here.pk, below.pk}
    assert not unreported_in(unit)


def test_each_decision_is_reported_once(unit, registrar):
    decided(unit)
    make(unit, registrar)
    with pytest.raises(Refused, match="redan"):
        make(unit, registrar)

    new = decided(unit)
    assert [row.pk for row in rows_on(make(unit, registrar))] == [new.pk]


def test_a_replaced_decision_stays_on_its_list_and_the_new_one_comes_with_a_note(unit, registrar):
    old = decided(unit)
    first = make(unit, registrar)
    new = decisions.replace(
        decision_id=old.pk,
        why="Nya uppgifter.",
        terms=Terms(Outcome.REJECTED, returns_when="money"),
        grounds=DELEGATED,
        on=TODAY,
        by=person_with(Role.DECIDER, at=unit),
    )

    second = make(unit, registrar)

    assert [row.pk for row in rows_on(first)] == [old.pk]
    (row,) = rows_on(second)
    assert (row.pk, str(old.pk) in row.note) == (new.pk, True)


def test_only_those_who_report_for_the_unit_and_to_a_named_board(unit, registrar):
    decided(unit)
    with pytest.raises(Refused):
        make(unit, person_with(Role.DECIDER, at=unit))
    with pytest.raises(Refused):
        make(unit, registrar, board=" ")


def test_the_database_lets_a_decision_stand_on_one_list_only(unit, registrar):
    decision = decided(unit)
    make(unit, registrar)
    other = DecisionList.objects.create(unit=unit, board="Nämnden", made_by=registrar)
    with pytest.raises(IntegrityError), transaction.atomic():
        DecisionListEntry.objects.create(list=other, decision=decision)


# --- the pages ------------------------------------------------------------------------------------


def test_a_list_is_made_with_one_press_and_taken_along(client, unit, registrar):
    decision = decided(unit)
    client.force_login(registrar)
    assert "Lägg beslutet på en lista" in client.get(reverse("decision-lists")).text

    response = client.post(
        reverse("decision-lists"), {"unit": unit.pk, "board": "Socialnämnden"}, follow=True
    )

    assert decision.idea.title in response.text
    csv = client.get(reverse("decision-list-csv", args=[DecisionList.objects.get().pk]))
    assert "2026:17" in csv.content.decode("utf-8-sig")
    again = client.post(reverse("decision-lists"), {"unit": unit.pk, "board": "Socialnämnden"})
    assert again.status_code == 422
    assert DecisionList.objects.count() == 1


def test_another_unit_is_found_without_javascript(client, unit, registrar):
    UnitFactory(name="Hemtjänst norr", parent=unit)
    client.force_login(registrar)
    sought = {"q_unit": "hemtj", "search_unit": "1"}
    assert "Hemtjänst norr" in client.get(reverse("decision-lists"), sought).text


def test_who_does_not_report_finds_no_lists(client, unit):
    client.force_login(person_with(Role.DECIDER, at=unit))
    assert client.get(reverse("decision-lists")).status_code == 404


def test_carrying_out_is_shown_apart(client, unit, registrar):
    decision = decided(unit, EXECUTION)
    client.force_login(registrar)
    text = client.get(reverse("decision-lists")).text
    assert "Anmäls inte" in text
    assert decision.idea.title in text


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_however_many(
    client, unit, registrar, count, django_assert_num_queries
):
    for _ in range(count):
        decided(unit)
        make(unit, registrar)
        decided(unit)
        decided(unit, EXECUTION)
    client.force_login(registrar)
    with django_assert_num_queries(11):
        assert client.get(reverse("decision-lists")).status_code == 200


def test_rows_are_read_with_one_query(unit, django_assert_num_queries):
    for _ in range(3):
        decided(unit)
    with django_assert_num_queries(1):
        assert len(rows_of(Decision.objects.all())) == 3
