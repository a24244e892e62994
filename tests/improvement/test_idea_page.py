"""An idea's own page: where it is, what is said, and who sees what it costs."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from improvement.actions import bank, decisions, ideas, merging, preparing, talk
from improvement.models import Comment, Follow, Idea, IdeaStatus, Support
from improvement.queries.talk import SHOWN
from organisation.models import Notice
from organisation.permissions import Role
from tests.factories import (
    KR,
    IdeaFactory,
    UnitFactory,
    approved_idea,
    employee,
    fund_with,
    person_with,
    ready_idea,
)
from tests.improvement.test_bank import SPRING, resting

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


@pytest.fixture
def unit():
    return UnitFactory(name="Hemtjänst norr")


@pytest.fixture
def lead(unit):
    return person_with(Role.DEVELOPMENT_LEAD, at=unit)


@pytest.fixture
def idea(unit):
    return IdeaFactory(unit=unit, author=employee(at=unit), status=IdeaStatus.SUBMITTED)


def page_of(idea):
    return reverse("idea-detail", args=[idea.pk])


# --- where it is -----------------------------------------------------------------------------


def test_its_author_reads_where_it_is_and_what_comes_next(client, idea):
    client.force_login(idea.author)

    response = client.get(page_of(idea))

    assert "Den har kommit in." in response.text
    assert "börjar bereda" in response.text
    assert [stage.place for stage in response.context["stages"]] == ["now"] + ["later"] * 5


@pytest.mark.parametrize("status", IdeaStatus.values)
def test_every_state_has_its_page(client, unit, status):
    other = IdeaFactory(unit=unit, status="submitted") if status == "merged" else None
    idea = IdeaFactory(unit=unit, author=employee(at=unit), status=status, merged_into=other)
    client.force_login(idea.author)
    assert client.get(page_of(idea)).status_code == 200


def test_the_page_costs_the_same_however_much_is_said_and_done(client, unit, lead):
    fund = fund_with(100_000 * KR, at=unit)
    idea = approved_idea(at=unit, fund=fund, author=employee(at=unit))
    client.force_login(lead)
    costs = []
    for _ in range(3):
        colleague = employee(at=unit)
        talk.support(idea_id=idea.pk, by=colleague)
        talk.comment(idea_id=idea.pk, text="Jag med.", key=uuid4(), mentioned=[lead], by=colleague)
        idea.cost_lines.create(kind="travel", amount_ore=1)
        client.get(page_of(idea))  # what one has been told is marked as read, once
        with CaptureQueriesContext(connection) as asked:
            client.get(page_of(idea))
        costs.append(len(asked))

    assert len(set(costs)) == 1
    assert costs[0] <= 30


def test_looking_at_the_page_marks_what_one_was_told_as_read(client, unit, idea):
    talk.comment(idea_id=idea.pk, text="Vi också.", key=uuid4(), by=employee(at=unit))
    client.force_login(idea.author)
    client.get(page_of(idea))
    assert Notice.objects.get(to=idea.author).read_at is not None


# --- amounts ---------------------------------------------------------------------------------


def test_amounts_are_seen_by_those_who_need_them_and_by_nobody_else(client, unit, lead):
    fund = fund_with(100_000 * KR, at=unit)
    idea = approved_idea(at=unit, fund=fund, author=employee(at=unit))

    for person in (idea.author, lead, person_with(Role.DECIDER, at=unit)):
        client.force_login(person)
        assert "20\N{NO-BREAK SPACE}000\N{NO-BREAK SPACE}kr" in client.get(page_of(idea)).text
    client.force_login(employee(at=unit))
    colleagues = client.get(page_of(idea)).text
    assert "Stor nytta för många." in colleagues
    assert "\N{NO-BREAK SPACE}kr" not in colleagues


def test_a_changed_amount_is_seen_as_a_change(client, unit, lead):
    idea = IdeaFactory(unit=unit, author=employee(at=unit), status=IdeaStatus.PREPARING)
    for amount_ore in (12_000 * KR, 15_500 * KR):
        preparing.prepare(
            idea_id=idea.pk,
            title=idea.title,
            expected_effect="",
            agreed_with="",
            cap_reason="",
            costs=[preparing.Cost(kind="material", amount_ore=amount_ore)],
            by=lead,
        )
    said = "Kostnaden ändrades från 12\N{NO-BREAK SPACE}000\N{NO-BREAK SPACE}kr till"
    client.force_login(idea.author)
    assert said in client.get(page_of(idea)).text
    client.force_login(employee(at=unit))
    assert said not in client.get(page_of(idea)).text


# --- support and follow ----------------------------------------------------------------------


def test_me_too_is_one_press_and_the_next_takes_it_back(client, unit, idea):
    client.force_login(employee(at=unit))
    address = reverse("idea-support", args=[idea.pk])

    part = client.post(address, headers={**HTMX, "HX-Target": "backing"})
    assert part.text.strip().startswith('<div id="backing"')
    assert "1 person håller med" in part.text
    assert client.post(address, {"back": "1"}).status_code == 302
    assert Support.objects.count() == 0


def test_ones_own_idea_has_no_button_and_takes_no_support(client, idea):
    client.force_login(idea.author)
    assert reverse("idea-support", args=[idea.pk]) not in client.get(page_of(idea)).text
    client.post(reverse("idea-support", args=[idea.pk]))
    assert "din egen" in client.get(page_of(idea)).text
    assert Support.objects.count() == 0


def test_one_can_stop_following(client, unit, idea):
    colleague = employee(at=unit)
    client.force_login(colleague)
    address = reverse("idea-follow", args=[idea.pk])
    client.post(address)
    assert Follow.objects.get().person == colleague
    client.post(address, {"back": "1"})
    assert Follow.objects.count() == 0


# --- comments --------------------------------------------------------------------------------


def test_a_comment_is_said_once_however_often_it_is_sent(client, unit, idea):
    client.force_login(employee(at=unit))
    address = reverse("idea-comments", args=[idea.pk])
    written = {"text": "Vi också.", "key": str(uuid4())}

    first = client.post(address, written)
    assert first["Location"] == f"{page_of(idea)}#comments"
    part = client.post(address, written, headers={**HTMX, "HX-Target": "comments"})

    assert "Vi också." in part.text
    assert Comment.objects.count() == 1


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Detta fält måste fyllas i."),
        ("Fråga 811228-9874", "ser ut som ett personnummer"),
        ("Fråga @Kim Främling", "Kim Främling kan inte se idén"),
    ],
)
@pytest.mark.parametrize("headers", [{}, {**HTMX, "HX-Target": "comments"}])
def test_what_cannot_be_said_is_said_beside_the_field_and_kept(
    client, unit, idea, text, sentence, headers
):
    employee(at=UnitFactory(), given_name="Kim", family_name="Främling")
    client.force_login(employee(at=unit))
    response = client.post(
        reverse("idea-comments", args=[idea.pk]), {"text": text, "key": uuid4()}, headers=headers
    )
    assert response.status_code == 422
    assert sentence in response.text
    assert text in response.text
    assert Comment.objects.count() == 0


def test_what_may_point_at_a_person_is_asked_about_and_may_be_let_through(client, unit, idea):
    client.force_login(employee(at=unit))
    address = reverse("idea-comments", args=[idea.pk])
    written = {"text": "Patienten ringde 070-123 45 67.", "key": str(uuid4())}

    asked = client.post(address, written)
    assert asked.status_code == 200
    assert "Det handlar inte om en enskild person" in asked.text
    client.post(address, {**written, "text_is_about_nobody": "on"})
    assert Comment.objects.count() == 1


def test_only_those_who_may_see_the_idea_are_found_to_be_named(client, unit, idea):
    near = employee(at=unit, given_name="Nora", family_name="Nära")
    employee(at=UnitFactory(), given_name="Nora", family_name="Fjärran")
    client.force_login(idea.author)
    found = client.get(
        reverse("reader-search"), {"idea": idea.pk, "field": "mention", "q_mention": "nora"}
    )
    assert near.name in found.text
    assert "Fjärran" not in found.text
    client.force_login(employee(at=UnitFactory()))
    assert client.get(reverse("reader-search"), {"idea": idea.pk}).status_code == 404


def test_a_long_conversation_is_shown_a_part_at_a_time(client, unit, idea):
    speaker = employee(at=unit)
    for n in range(SHOWN + 5):
        talk.comment(idea_id=idea.pk, text=f"Nummer {n:03}", key=uuid4(), by=speaker)
    client.force_login(speaker)

    latest = client.get(page_of(idea)).context["talk"]
    assert [said.comment.text for said in latest.said][::19] == ["Nummer 005", "Nummer 024"]
    earlier = client.get(page_of(idea), {"before": latest.earlier}).context["talk"]
    assert [said.comment.text for said in earlier.said] == [f"Nummer {n:03}" for n in range(5)]
    part = client.get(
        reverse("idea-comments", args=[idea.pk]),
        {"before": latest.earlier},
        headers={**HTMX, "HX-Target": "comments"},
    )
    assert "Nummer 000" in part.text
    assert "Nummer 010" not in part.text


def test_words_are_taken_away_by_the_one_who_wrote_them_or_with_a_reason(client, unit, idea, lead):
    speaker = employee(at=unit)
    said = talk.comment(idea_id=idea.pk, text="Dumma ord.", key=uuid4(), by=speaker)
    address = reverse("comment-remove", args=[said.pk])

    client.force_login(lead)
    assert client.post(address, {"why": ""}).status_code == 422
    client.post(address, {"why": "Namnger en brukare."})

    client.force_login(speaker)
    text = client.get(page_of(idea)).text
    assert "Dumma ord." not in text
    assert "Namnger en brukare." in text


def test_taking_back_ones_own_words_asks_first(client, unit, idea):
    speaker = employee(at=unit)
    said = talk.comment(idea_id=idea.pk, text="Dumma ord.", key=uuid4(), by=speaker)
    client.force_login(speaker)
    address = reverse("comment-remove", args=[said.pk])
    assert "kan inte ångras" in client.get(address).text
    client.post(address)
    said.refresh_from_db()
    assert said.text == ""


# --- joining ---------------------------------------------------------------------------------


def test_the_lead_joins_two_ideas_and_the_page_names_both_authors(client, unit, lead, idea):
    kim = employee(at=unit, given_name="Kim", family_name="Lind")
    Idea.objects.filter(pk=idea.pk).update(title="Larm i köket")
    other = IdeaFactory(unit=unit, author=kim, status=IdeaStatus.SUBMITTED, title="Larm i köken")
    client.force_login(lead)
    address = reverse("idea-merge", args=[other.pk])

    assert "Larm i köket" in client.get(address).text
    response = client.post(address, {"into": idea.pk})

    assert response["Location"] == page_of(idea)
    assert f"från {idea.author.name} och Kim Lind" in client.get(page_of(idea)).text
    client.force_login(kim)
    assert client.get(page_of(idea)).status_code == 200


def test_joining_is_found_by_search_and_refused_on_the_form(client, unit, lead, idea):
    other = IdeaFactory(unit=unit, status=IdeaStatus.SUBMITTED, title="Nytt schema")
    gone = IdeaFactory(unit=unit, status=IdeaStatus.REJECTED, title="Gammalt schema")
    client.force_login(lead)
    found = client.get(
        reverse("merge-search"), {"idea": idea.pk, "field": "into", "q_into": "schema"}
    )
    assert other.title in found.text
    assert gone.title not in found.text
    response = client.post(reverse("idea-merge", args=[idea.pk]), {"into": gone.pk})
    assert response.status_code == 422


def test_what_is_like_it_is_offered_at_once(client, unit, lead):
    one, other, unlike = (
        IdeaFactory(unit=unit, status=IdeaStatus.SUBMITTED, title=title, need=need)
        for title, need in (
            ("Larmknapparna hörs inte", "Larmknapparna hörs inte i köket på natten."),
            ("Köket är för långt bort", "Vi hör inte larmknapparna i köket när det är natten."),
            ("Nytt schema", "Schemat kommer för sent."),
        )
    )
    client.force_login(lead)
    text = client.get(reverse("idea-merge", args=[one.pk])).text
    assert other.title in text
    assert unlike.title not in text


def test_separating_asks_first(client, unit, lead, idea):
    other = IdeaFactory(unit=unit, status=IdeaStatus.SUBMITTED)
    merging.merge(idea_id=other.pk, into_id=idea.pk, by=lead)
    client.force_login(lead)
    address = reverse("idea-split", args=[other.pk])
    assert "för sig själv" in client.get(address).text
    client.post(address)
    other.refresh_from_db()
    assert other.status == IdeaStatus.SUBMITTED


# --- the idea bank ---------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 3])
def test_the_bank_shows_what_rests_and_until_when(
    client, unit, lead, count, django_assert_num_queries
):
    for _ in range(count):
        resting(unit)
    bank.wake(on=SPRING)
    client.force_login(lead)
    # session, person, roles, employments, count, ideas, decisions, revivals
    with django_assert_num_queries(8):
        response = client.get(reverse("idea-bank"))
    assert len(response.context["rows"]) == count
    assert "Stor nytta för många." in response.text


def test_in_the_bank_one_sees_ones_own_and_finds_by_words(client, unit):
    mine = resting(unit, title="Tyst matsal")
    resting(unit, title="Någon annans")
    client.force_login(mine.author)
    assert [row.idea for row in client.get(reverse("idea-bank")).context["rows"]] == [mine]
    assert client.get(reverse("idea-bank"), {"q": "schema"}).context["rows"] == []


def test_a_no_rests_in_the_bank_only_if_something_brings_it_back(client, unit, lead):
    for_now = resting(unit, how=decisions.reject)
    resting(unit, how=decisions.reject, returns_when="")
    client.force_login(lead)

    page = client.get(reverse("idea-bank"))

    assert [row.idea for row in page.context["rows"]] == [for_now]
    assert f'<a href="{reverse("idea-list")}" aria-current="true">' in page.text


@pytest.mark.parametrize(("says", "status"), [("yes", "waiting"), ("no", "withdrawn")])
def test_the_author_answers_on_the_page(client, unit, lead, says, status):
    idea = resting(unit)
    [revival] = bank.wake(on=SPRING)
    client.force_login(idea.author)
    assert "Gäller det fortfarande?" in client.get(page_of(idea)).text
    address = reverse("revival-answer", args=[revival.pk])

    refused = client.post(address, {"answer": says, "note": "Fråga 811228-9874"})
    assert refused.status_code == 422
    client.post(address, {"answer": says, "note": "Mer än någonsin."})

    idea.refresh_from_db()
    assert idea.status == status
    client.force_login(lead)
    assert "Mer än någonsin." in client.get(page_of(idea)).text


def test_the_lead_lets_it_rest_on_the_page(client, unit, lead):
    idea = resting(unit)
    [revival] = bank.wake(on=SPRING)
    bank.answer(revival_id=revival.pk, answer="yes", by=idea.author)
    client.force_login(lead)
    client.post(reverse("revival-rest", args=[revival.pk]), {"note": "Vi väntar in bygget."})
    assert "Vi väntar in bygget." in client.get(page_of(idea)).text


def test_ready_ideas_are_decided_on_by_the_main_button(client, unit):
    idea = ready_idea(at=unit, author=employee(at=unit))
    client.force_login(person_with(Role.DECIDER, at=unit))
    ways = client.get(page_of(idea)).context["ways"]
    assert [str(way.label) for way in ways.main] == ["Besluta"]


def test_a_question_to_the_author_is_the_first_thing_on_the_page(client, unit, lead):
    idea = IdeaFactory(unit=unit, author=employee(at=unit), status=IdeaStatus.SUBMITTED)
    ideas.press(idea_id=idea.pk, step_name="return", why="Vilket kök?", by=lead)
    client.force_login(idea.author)
    assert client.get(page_of(idea)).context["question"] == "Vilket kök?"
