"""Ideas like the one that is being written: found by meaning, by letters, and only those one may see."""

import pytest
from django.db import connection
from django.urls import reverse

from improvement.models import IdeaStatus, Support
from improvement.queries.similar import SHOWN, similar
from organisation.permissions import Role
from tests.factories import IdeaFactory, UnitFactory, employee, person_with

pytestmark = pytest.mark.django_db

TEXT = "Larmen hörs inte i köket på natten."


@pytest.fixture
def unit():
    return UnitFactory(name="Hemtjänst norr")


@pytest.fixture
def me(client, unit):
    person = employee(at=unit)
    client.force_login(person)
    return person


def idea(unit, need, status=IdeaStatus.SUBMITTED, **fields):
    title = fields.pop("title", need)
    return IdeaFactory(unit=unit, title=title, need=need, status=status, **fields)


def found(person, text=TEXT, **options):
    return [one.idea for one in similar(person, text, **options)]


def test_other_forms_of_the_same_words_are_found_and_others_are_not(me, unit):
    alike = idea(unit, "Ett larm som hörs i kök vore bra")
    idea(unit, "Cykelstället behöver ett tak")
    assert found(me) == [alike]


def test_the_most_alike_comes_first_and_five_are_shown(me, unit):
    for _ in range(SHOWN):
        idea(unit, "Larmen är trasiga, och köket är litet")
    closest = idea(unit, "Larmen hörs inte i köket på natten")
    assert found(me)[0] == closest
    assert len(found(me)) == SHOWN


def test_a_word_inside_another_and_a_misspelt_one_are_found(me, unit):
    inside = idea(unit, "Nattlarmet i vården")
    assert found(me, "larmet krånglar") == [inside]
    misspelt = idea(unit, "Inloggningen tar lång tid")
    assert found(me, "inlogningen") == []  # too short to say anything about
    assert found(me, "Inlogningenn dröjer") == [misspelt]


def test_only_what_one_may_see_is_found(me, unit):
    elsewhere = idea(UnitFactory(), TEXT)
    assert found(me) == []
    assert found(person_with(Role.DEVELOPMENT_LEAD, at=elsewhere.unit)) == [elsewhere]


@pytest.mark.parametrize("status", ["draft", "withdrawn", "merged"])
def test_what_lives_no_more_or_not_yet_is_left_out(me, unit, status):
    other = IdeaFactory(need="Annat") if status == "merged" else None
    idea(unit, TEXT, status=status, author=me, merged_into=other)
    assert found(me) == []


@pytest.mark.parametrize("status", ["submitted", "rejected", "done", "waiting"])
def test_what_has_been_answered_is_found_with_its_state(client, me, unit, status):
    idea(unit, TEXT, status=status)
    response = look(client)
    assert str(IdeaStatus(status).label) in response.text


def test_the_one_that_is_being_written_is_not_like_itself(me, unit):
    mine = idea(unit, TEXT, status=IdeaStatus.RETURNED, author=me)
    assert found(me, but=mine.key) == []


@pytest.mark.parametrize(
    "text", ["", "kort", "och det att som", "' | & ! : \\ * < ( '''''", "\x00" * 20]
)
def test_a_text_that_says_nothing_finds_nothing(me, unit, text):
    idea(unit, TEXT)
    assert found(me, text) == []


def test_a_word_in_very_many_ideas_is_not_asked_for(me, unit, monkeypatch):
    for number in range(30):
        idea(unit, f"Larmet nummer {number} krånglar")
    rare = idea(unit, "Larmet vid hissen krånglar")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE improvement_idea")
    monkeypatch.setattr("improvement.queries.similar.MOST_CANDIDATES", 5)
    assert found(me, "Larmet i hissen krånglar") == [rare]
    assert found(me, "Larmet som krånglar") == []


# --- on the page ----------------------------------------------------------------------------------


def look(client, **fields):
    return client.post(
        reverse("idea-similar"),
        {"need": TEXT, **fields},
        headers={"HX-Request": "true", "HX-Target": "similar"},
    )


def test_one_joins_with_a_button_and_twice_is_once(client, me, unit):
    other = idea(unit, TEXT)
    assert "Jag med" in look(client).text

    for _ in range(2):
        assert "Du är med" in look(client, support=other.pk).text

    assert Support.objects.filter(idea=other, person=me).count() == 1


def test_one_joins_nothing_that_one_may_not_see(client, me, unit):
    other = idea(UnitFactory(), TEXT)
    assert look(client, support=other.pk).status_code == 200
    assert look(client, support=10**15).status_code == 200
    assert not Support.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_it_costs_the_same_however_many_are_alike(
    client, me, unit, count, django_assert_num_queries
):
    for _ in range(count):
        idea(unit, TEXT)
    # session, person, employments, roles, words, by words, by letters × 2, supports
    with django_assert_num_queries(9):
        look(client)
