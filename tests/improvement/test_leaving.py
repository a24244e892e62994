"""Leaving an idea: kept while one types, for oneself or somebody else, and never overwritten."""

import datetime as dt
from uuid import UUID, uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from foundation.errors import Refused
from foundation.models import Event
from improvement.actions import drafts, ideas
from improvement.actions.drafts import Written
from improvement.flow import IDEA_FLOW
from improvement.models import Idea, IdeaStatus
from improvement.rules.ideas import why_not
from organisation.models import Notice
from organisation.permissions import Role
from tests.factories import (
    IdeaFactory,
    KpiFactory,
    PersonFactory,
    UnitFactory,
    employee,
    person_with,
)

pytestmark = pytest.mark.django_db

KEY = UUID("6e1a3c1e-0c5e-4c0e-9b0e-3f4b8e1c2d3a")
NUMBER = "811228-9874"


@pytest.fixture
def unit():
    return UnitFactory(name="Hemtjänst norr")


@pytest.fixture
def author(unit):
    return employee(at=unit)


@pytest.fixture
def me(client, author):
    client.force_login(author)
    return author


def typed(client, **fields):
    """What htmx sends while one types, from a page that has a key and a name."""
    values = {"key": KEY, "page": KEY, "seen": KEY, **fields}
    return client.post(
        reverse("idea-keep"), values, headers={"HX-Request": "true", "HX-Target": "idea-draft"}
    )


def sent(client, **fields):
    return client.post(
        reverse("idea-create"), {"key": KEY, "page": KEY, "seen": KEY, "submit": "1", **fields}
    )


# --- while one types ----------------------------------------------------------------------------


def test_what_is_typed_is_kept_as_a_draft_with_an_address_of_its_own(client, me, unit):
    response = typed(client, need="Larmen hörs inte i köket.", unit=unit.pk)

    idea = Idea.objects.get()
    assert (idea.status, idea.need, idea.author) == (
        IdeaStatus.DRAFT,
        "Larmen hörs inte i köket.",
        me,
    )
    assert "Sparat som utkast kl" in response.text
    assert response["HX-Replace-Url"] == f"/ideer/{idea.pk}/andra/"
    assert "Larmen hörs inte i köket." in client.get(response["HX-Replace-Url"]).text


def test_going_on_typing_changes_the_same_draft(client, me, unit):
    typed(client, need="Larmen", unit=unit.pk)
    typed(client, need="Larmen hörs inte.", beneficiaries="De boende", unit=unit.pk)
    typed(client, need="", beneficiaries="De boende", unit=unit.pk)

    idea = Idea.objects.get()
    assert (idea.need, idea.beneficiaries, idea.title) == ("", "De boende", "De boende")
    assert Event.objects.filter(kind="idea.create").count() == 1


def test_nothing_is_kept_before_something_is_written_or_without_a_unit(client, me, unit):
    nothing = typed(client, need="", unit=unit.pk)
    nowhere = typed(client, need="Larmen hörs inte.", unit="")

    assert nothing.status_code == nowhere.status_code == 200
    assert "HX-Replace-Url" not in nothing
    assert "Sparat" not in nothing.text + nowhere.text
    assert not Idea.objects.exists()


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"need": "Larm"}, "en förbättringsmöjlighet"),
        ({"need": "Larm", "beneficiaries": "Alla"}, "en förbättringsidé"),
        ({"need": "Larm", "solution": "Högtalare"}, "ett förbättringsförslag"),
    ],
)
def test_what_it_becomes_is_said_while_one_writes(client, me, unit, fields, said):
    assert said in typed(client, unit=unit.pk, **fields).text


def test_a_late_form_never_changes_what_has_been_handed_in(client, me, unit):
    sent(client, need="Larmen hörs inte.", unit=unit.pk)

    response = typed(client, need="Larm", unit=unit.pk)

    idea = Idea.objects.get()
    assert (idea.need, idea.status) == ("Larmen hörs inte.", IdeaStatus.SUBMITTED)
    assert response.status_code == 200
    assert "HX-Replace-Url" not in response
    assert "Sparat" not in response.text


def test_a_number_is_named_beside_its_field_and_only_that_text_is_not_kept(client, me, unit):
    typed(client, need="Larmen hörs inte.", unit=unit.pk)

    response = typed(client, need=f"Ring {NUMBER}", beneficiaries="De boende", unit=unit.pk)

    idea = Idea.objects.get()
    assert (idea.need, idea.beneficiaries) == ("Larmen hörs inte.", "De boende")
    told = response.text.split('id="need-errors"')[1].split("</div>")[0]
    assert "ser ut som ett personnummer" in told


def test_a_draft_in_the_same_form_by_somebody_else_is_left_alone(client, me, unit):
    drafts.keep(key=KEY, written=Written(unit, need="Hemligt"), by=employee(at=unit))

    kept, handed_in = (
        typed(client, need="Mitt", unit=unit.pk),
        sent(client, need="Mitt", unit=unit.pk),
    )

    assert "Någon annan började" in kept.text
    assert handed_in.status_code == 422
    assert "Hemligt" not in kept.text + handed_in.text
    assert Idea.objects.get().need == "Hemligt"


def test_a_form_without_its_key_is_no_form(client, me):
    assert typed(client, key="x").status_code == 400


def test_handing_in_makes_the_draft_the_idea(client, me, unit):
    typed(client, need="Larmen", unit=unit.pk)

    first, second = (sent(client, need="Larmen hörs inte.", unit=unit.pk) for _ in range(2))

    idea = Idea.objects.get()
    assert first["Location"] == second["Location"] == f"/ideer/{idea.pk}/"
    assert (idea.need, idea.status) == ("Larmen hörs inte.", IdeaStatus.SUBMITTED)
    assert Event.objects.filter(kind="idea.submit").count() == 1


def test_a_refused_form_keeps_what_was_right_in_it(client, me, unit):
    response = sent(client, need="Larmen hörs inte.", solution=NUMBER, unit=unit.pk)

    assert response.status_code == 422
    assert NUMBER in response.text
    assert (Idea.objects.get().need, Idea.objects.get().status) == ("Larmen hörs inte.", "draft")


# --- when the session has ended -----------------------------------------------------------------


def test_the_page_stays_when_the_session_has_ended(client):
    for address in (reverse("idea-keep"), reverse("idea-create")):
        headers = {"HX-Request": "true", "X-Keep-Page": "yes"}
        response = client.post(address, {"need": "Larmen"}, headers=headers)
        assert response.status_code == 401
        assert "HX-Redirect" not in response


def test_the_draft_is_offered_again_and_can_be_thrown_away(client, me, unit):
    typed(client, need="Larmen hörs inte.", unit=unit.pk)
    idea = Idea.objects.get()
    page = client.get(reverse("idea-create")).text
    assert f'href="/ideer/{idea.pk}/andra/"' in page
    assert f'href="/ideer/{idea.pk}/kasta/"' in page

    asked = client.get(f"/ideer/{idea.pk}/kasta/")
    assert "Larmen hörs inte" in asked.text
    assert Idea.objects.exists()

    assert client.post(f"/ideer/{idea.pk}/kasta/").status_code == 302
    assert not Idea.objects.exists()
    assert Event.objects.filter(kind="idea.throw_away").count() == 1


def test_an_old_draft_is_not_offered(client, me, unit):
    IdeaFactory(author=me, unit=unit, written_at=timezone.now() - dt.timedelta(days=15))
    assert client.get(reverse("idea-create")).context["unfinished"] is None


@pytest.mark.parametrize("status", [s for s in IdeaStatus if s != IdeaStatus.DRAFT])
def test_what_has_been_handed_in_cannot_be_thrown_away(unit, author, status):
    idea = IdeaFactory(author=author, unit=unit, status=IdeaStatus.DRAFT)
    Idea.objects.filter(pk=idea.pk).exclude(pk=None).update(
        status=status, merged_into=IdeaFactory() if status == IdeaStatus.MERGED else None
    )
    with pytest.raises(Refused):
        drafts.throw_away(idea_id=idea.pk, by=author)


# --- two pages ----------------------------------------------------------------------------------


def edited(client, idea, page, **fields):
    hidden = {"key": idea.key, "page": page["page"].value(), "seen": page["seen"].value()}
    return client.post(f"/ideer/{idea.pk}/andra/", {**hidden, "draft": "1", **fields})


def test_two_pages_do_not_overwrite_each_other(client, me, unit):
    idea = IdeaFactory(author=me, unit=unit, need="Ursprunget.")
    first, second = (client.get(f"/ideer/{idea.pk}/andra/").context["form"] for _ in range(2))
    assert edited(client, idea, first, need="Från den första.", unit=unit.pk).status_code == 302

    response = edited(client, idea, second, need="Från den andra.", unit=unit.pk)

    assert response.status_code == 422
    assert "ändrats på en annan sida" in response.text
    assert "Från den första." in response.text
    assert "Från den andra." in response.text
    idea.refresh_from_db()
    assert idea.need == "Från den första."

    # Having seen both, one saves again.
    again = response.context["form"]
    assert edited(client, idea, again, need="Båda två.", unit=unit.pk).status_code == 302
    idea.refresh_from_db()
    assert idea.need == "Båda två."


def test_what_is_kept_while_one_types_overwrites_no_other_page(client, me, unit):
    typed(client, need="Ett.", unit=unit.pk)
    idea = Idea.objects.get()
    page = client.get(f"/ideer/{idea.pk}/andra/").context["form"]
    edited(client, idea, page, need="Två.", unit=unit.pk)

    response = typed(client, need="Ett till.", unit=unit.pk)

    idea.refresh_from_db()
    assert idea.need == "Två."
    assert "ändrats på en annan sida" in response.text
    assert "Två." in response.text


def test_the_same_page_saves_as_often_as_it_likes(client, me, unit):
    for need in ("Ett", "Ett två", "Ett två tre"):
        typed(client, need=need, unit=unit.pk)
    assert Idea.objects.get().need == "Ett två tre"


# --- for somebody else --------------------------------------------------------------------------


def test_an_idea_is_left_in_the_name_of_a_colleague(client, me, unit):
    colleague = employee(at=unit)
    typed(client, need="Larmen hörs inte.", unit=unit.pk, author=colleague.pk)
    idea = Idea.objects.get()
    assert (idea.author, idea.typed_by, idea.owner_id) == (colleague, me, me.pk)
    assert client.get(f"/ideer/{idea.pk}/andra/").context["form"]["author"].value() == colleague.pk

    sent(client, need="Larmen hörs inte.", unit=unit.pk, author=colleague.pk)

    idea.refresh_from_db()
    assert (idea.author, idea.typed_by, idea.status) == (colleague, me, IdeaStatus.SUBMITTED)
    assert {notice.to for notice in Notice.objects.filter(kind="idea.written_for")} == {
        colleague,
        me,
    }
    assert client.get(f"/ideer/{idea.pk}/andra/").status_code == 302


def test_who_does_not_work_here_cannot_be_the_author(unit, author):
    with pytest.raises(Refused, match="arbetar inte här"):
        ideas.create(unit=unit, need="Larm", author=PersonFactory(), by=author)


def test_who_wrote_it_down_does_not_decide_on_it(unit):
    decider = person_with(Role.DECIDER, at=unit)
    idea = IdeaFactory(unit=unit, typed_by=decider, status=IdeaStatus.READY)
    assert why_not(IDEA_FLOW["approve"], idea, decider)
    assert why_not(IDEA_FLOW["approve"], idea, person_with(Role.DECIDER, at=unit)) is None


# --- bad input ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("need", "sentence"),
    [
        ("x" * 100_000, "som mest 4000 tecken"),
        ("Larm\x00et", "Null"),
        ("", "Detta fält måste fyllas i."),
    ],
    ids=["long", "nul", "empty"],
)
def test_a_text_that_cannot_be_says_so_beside_the_field(client, me, unit, need, sentence):
    response = sent(client, need=need, unit=unit.pk)
    assert response.status_code == 422
    assert sentence in response.text
    assert need.replace("\x00", "") in response.text.replace("\x00", "")
    assert typed(client, need=need, unit=unit.pk).status_code == 200
    assert not Idea.objects.exists()


@pytest.mark.parametrize(
    "need", ["x", "👩🏽‍⚕️ larm", "תקלה במטבח", "<script>alert(1)</script>", "å" * 4000]
)
def test_a_text_in_any_writing_is_kept_and_shown_as_it_is(client, me, unit, need):
    response = sent(client, need=need, unit=unit.pk)
    assert response.status_code == 302
    assert Idea.objects.get().need == need
    assert "<script>alert" not in client.get(response["Location"]).text


def test_a_closed_unit_is_refused_by_form_and_action(client, me, author):
    closed = UnitFactory(is_active=False)
    response = sent(client, need="Larm", unit=closed.pk)
    assert response.status_code == 422
    assert "går inte att välja längre" in response.text
    with pytest.raises(Refused, match="stängd"):
        ideas.create(unit=closed, need="Larm", by=author)


def test_a_half_written_draft_is_not_handed_in_by_its_button(unit, author):
    idea = drafts.keep(key=uuid4(), written=Written(unit, solution="En lampa"), by=author)
    with pytest.raises(Refused, match="behovet"):
        ideas.press(idea_id=idea.pk, step_name="submit", by=author)


# --- the page -----------------------------------------------------------------------------------


def test_ones_own_workplace_is_chosen_and_the_rest_is_folded(client, me, unit):
    page = client.get(reverse("idea-create"))
    form = page.context["form"]
    assert form["unit"].value() == unit.pk
    assert not form.is_unfolded()
    assert [field.name for field in form.always_shown()] == ["need", "unit", "beneficiaries"]


def test_what_is_folded_opens_when_it_holds_something(client, me, unit):
    kpi = KpiFactory()
    page = client.get(reverse("idea-create"), {"kpi": kpi.code})
    assert page.context["form"].is_unfolded()
    assert kpi.title in page.text
    assert sent(client, need="", solution="En lampa", unit=unit.pk).context["form"].is_unfolded()


def test_a_word_that_may_point_at_somebody_is_asked_about_once(client, me, unit):
    asked = sent(client, need="Patienten ramlade.", unit=unit.pk)
    assert asked.status_code == 200
    assert "Patienten" in asked.context["form"]["need"].value()
    assert Idea.objects.get().status == IdeaStatus.DRAFT

    sent(client, need="Patienten ramlade.", need_is_about_nobody="on", unit=unit.pk)
    assert Idea.objects.get().status == IdeaStatus.SUBMITTED


@pytest.mark.parametrize("count", [1, 3])
def test_the_form_costs_the_same_however_many_units(client, me, count, django_assert_num_queries):
    UnitFactory.create_batch(count)
    # session, person, employments, roles, unfinished draft, units above
    with django_assert_num_queries(6):
        client.get(reverse("idea-create"))
