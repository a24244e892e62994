"""An idea's way from a thought to a decision."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from foundation.errors import Refused
from foundation.flow import By
from foundation.models import Event
from improvement.actions import ideas, preparing
from improvement.actions.preparing import Cost
from improvement.flow import IDEA_FLOW
from improvement.models import Idea, IdeaKind, IdeaStatus
from improvement.models.cost import staff_cost_ore
from improvement.rules.ideas import why_not
from improvement.titles import title_from
from organisation.permissions import Role
from tests.factories import (
    KR,
    IdeaFactory,
    PersonFactory,
    UnitFactory,
    employee,
    person_with,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit():
    return UnitFactory()


@pytest.fixture
def lead(unit):
    return person_with(Role.DEVELOPMENT_LEAD, at=unit)


def test_leaving_an_idea_hands_it_in_and_is_written_down(unit):
    author = employee(at=unit)

    idea = ideas.create(unit=unit, need="Larmen hörs inte i köket. Vi springer.", by=author)

    assert (idea.status, idea.title) == (IdeaStatus.SUBMITTED, "Larmen hörs inte i köket")
    assert list(Event.objects.order_by("pk").values_list("kind", flat=True)) == [
        "idea.create",
        "idea.submit",
    ]


def test_the_same_form_sent_twice_is_one_idea(unit):
    author = employee(at=unit)
    key = IdeaFactory.build().key

    first = ideas.create(unit=unit, need="Larmen hörs inte.", key=key, by=author)
    second = ideas.create(unit=unit, need="Larmen hörs inte.", key=key, by=author)

    assert first == second
    assert Idea.objects.count() == 1


def test_somebody_who_does_not_work_here_cannot_leave_an_idea(unit):
    with pytest.raises(Refused, match="anställd"):
        ideas.create(unit=unit, need="Larmen hörs inte.", by=PersonFactory())


@pytest.mark.parametrize(
    ("beneficiaries", "solution", "kind"),
    [
        ("", "", IdeaKind.OPPORTUNITY),
        ("De boende", "", IdeaKind.IDEA),
        ("De boende", "Sätt en högtalare i köket", IdeaKind.PROPOSAL),
    ],
)
def test_what_it_is_called_follows_from_what_is_filled_in(beneficiaries, solution, kind):
    assert IdeaFactory.build(beneficiaries=beneficiaries, solution=solution).kind == kind


@pytest.mark.parametrize(
    ("need", "title"),
    [
        ("Kort", "Kort"),
        ("Första meningen. Den andra.", "Första meningen"),
        ("Rad ett\nrad två", "Rad ett"),
        ("Varför gör vi så? Ingen vet.", "Varför gör vi så?"),
        ("ord " * 40, "ord " * 19 + "ord …"),
    ],
)
def test_the_title_is_the_first_sentence(need, title):
    assert title_from(need) == title


def test_the_author_may_change_it_until_it_is_prepared(unit):
    author = employee(at=unit)
    idea = ideas.create(unit=unit, need="Larmen hörs inte.", submit=False, by=author)
    changed = {"unit": unit, "beneficiaries": "De boende", "solution": ""}

    ideas.edit(idea_id=idea.pk, need="Larmen hörs för svagt.", **changed, by=author)
    idea.refresh_from_db()
    assert (idea.need, idea.title) == ("Larmen hörs för svagt.", "Larmen hörs för svagt")

    ideas.press(idea_id=idea.pk, step_name="submit", by=author)
    with pytest.raises(Refused):
        ideas.edit(idea_id=idea.pk, need="Något annat.", **changed, by=author)


def test_preparing_replaces_the_costs_and_shows_the_change(unit, lead):
    idea = IdeaFactory(unit=unit, status=IdeaStatus.PREPARING)
    prepared = {
        "idea_id": idea.pk,
        "title": "Högtalare i köket",
        "expected_effect": "Larm besvaras fortare",
        "agreed_with": "Arbetslaget",
        "cap_reason": "",
        "by": lead,
    }
    preparing.prepare(**prepared, costs=[Cost(kind="material", amount_ore=4_000 * KR)])

    preparing.prepare(
        **prepared,
        costs=[
            Cost(kind="staff", hours=Decimal("7.5"), rate_ore=300 * KR),
            Cost(kind="material", description="Högtalare", amount_ore=1_200 * KR),
        ],
    )

    assert idea.cost_ore() == 3_450 * KR
    changes = Event.objects.filter(kind="idea.cost").order_by("pk").values_list("data", flat=True)
    assert list(changes) == [
        {
            "before_ore": 0,
            "after_ore": 4_000 * KR,
            "before": {},
            "after": {"material": 4_000 * KR},
        },
        {
            "before_ore": 4_000 * KR,
            "after_ore": 3_450 * KR,
            "before": {"material": 4_000 * KR},
            "after": {"staff": 2_250 * KR, "material": 1_200 * KR},
        },
    ]


def test_staff_costs_need_hours_and_rate(unit, lead):
    idea = IdeaFactory(unit=unit, status=IdeaStatus.PREPARING)

    with pytest.raises(Refused, match="timmar"):
        preparing.prepare(
            idea_id=idea.pk,
            title="x",
            expected_effect="",
            agreed_with="",
            cap_reason="",
            costs=[Cost(kind="staff", hours=Decimal(3))],
            by=lead,
        )


@pytest.mark.parametrize(
    ("hours", "rate_ore", "ore"), [("1", 1, 1), ("0.5", 1, 1), ("0.25", 1, 0), ("1.5", 3, 5)]
)
def test_half_an_ore_is_rounded_up(hours, rate_ore, ore):
    assert staff_cost_ore(Decimal(hours), rate_ore) == ore


def test_nothing_is_put_forward_without_costs_and_agreement(unit, lead):
    idea = IdeaFactory(unit=unit, status=IdeaStatus.PREPARING)

    with pytest.raises(Refused, match="kostar"):
        ideas.press(idea_id=idea.pk, step_name="propose", by=lead)

    idea.cost_lines.create(kind="travel", amount_ore=1)
    with pytest.raises(Refused, match="överenskom"):
        ideas.press(idea_id=idea.pk, step_name="propose", by=lead)


def test_asking_for_more_needs_a_sentence_to_the_author(unit, lead):
    idea = IdeaFactory(unit=unit, status=IdeaStatus.SUBMITTED)

    with pytest.raises(Refused):
        ideas.press(idea_id=idea.pk, step_name="return", why="  ", by=lead)
    ideas.press(idea_id=idea.pk, step_name="return", why="Vilket kök?", by=lead)

    idea.refresh_from_db()
    assert idea.status == IdeaStatus.RETURNED
    assert Event.objects.get(kind="idea.return").data["why"] == "Vilket kök?"


def test_a_decision_is_not_a_button():
    with pytest.raises(Refused):
        ideas.press(idea_id=0, step_name="approve", by=PersonFactory())


# The whole table, not a sample: every step from every state, by every kind of person.
@pytest.mark.parametrize("status", IdeaStatus.values)
@pytest.mark.parametrize("step", list(IDEA_FLOW), ids=lambda step: step.name)
def test_a_step_is_open_only_from_its_sources(step, status, unit):
    author = person_with(Role.DEVELOPMENT_LEAD, at=unit)
    decider = person_with(Role.DECIDER, at=unit)
    other_lead = person_with(Role.DEVELOPMENT_LEAD, at=unit)
    stranger = PersonFactory()
    other = IdeaFactory(unit=unit) if status == IdeaStatus.MERGED else None
    idea = IdeaFactory(author=author, unit=unit, status=status, merged_into=other)

    everybody = {author, decider, other_lead, stranger}
    open_to = {person for person in everybody if why_not(step, idea, person) is None}

    allowed = {p for p in everybody if not step.permission or p.may(step.permission, at=unit)}
    if step.by is By.OWNER:
        allowed &= {author}
    elif step.by is By.OTHERS:
        allowed -= {author}
    assert open_to == (allowed if status in step.sources else set())


def test_every_state_can_be_reached():
    assert {"draft"} | {step.target for step in IDEA_FLOW} == set(IdeaStatus.values)


def test_nobody_decides_on_their_own_idea(unit):
    author = person_with(Role.DECIDER, at=unit)
    idea = IdeaFactory(author=author, unit=unit, status=IdeaStatus.READY)
    assert "ditt eget" in why_not(IDEA_FLOW["approve"], idea, author)


def test_one_sees_ones_own_those_of_ones_workplace_and_those_one_looks_after(unit):
    author = employee(at=unit)
    lead = person_with(Role.DEVELOPMENT_LEAD, at=unit)
    colleague = employee(at=unit)
    draft = IdeaFactory(author=author, unit=unit, status=IdeaStatus.DRAFT)
    submitted = IdeaFactory(author=author, unit=unit, status=IdeaStatus.SUBMITTED)
    elsewhere = IdeaFactory(status=IdeaStatus.SUBMITTED)

    assert set(Idea.objects.visible_to(author)) == {draft, submitted}
    assert set(Idea.objects.visible_to(lead)) == {submitted}
    assert set(Idea.objects.visible_to(colleague)) == {submitted}
    for person in (author, lead, colleague):
        assert elsewhere not in Idea.objects.visible_to(person)


def test_what_is_written_for_another_is_the_writers_until_it_is_handed_in(unit):
    helper = employee(at=UnitFactory())
    draft = IdeaFactory(unit=unit, typed_by=helper, status=IdeaStatus.DRAFT)
    submitted = IdeaFactory(unit=unit, typed_by=helper, status=IdeaStatus.SUBMITTED)

    assert set(Idea.objects.visible_to(helper)) == {draft, submitted}
    assert draft not in Idea.objects.visible_to(draft.author)
    assert submitted in Idea.objects.visible_to(submitted.author)
    assert why_not(IDEA_FLOW["submit"], draft, helper) is None
    assert why_not(IDEA_FLOW["withdraw"], submitted, helper)


def test_one_sees_the_idea_that_ones_own_was_joined_with(unit):
    author = employee(at=UnitFactory())
    other = IdeaFactory(unit=unit, status=IdeaStatus.SUBMITTED)
    IdeaFactory(author=author, status=IdeaStatus.MERGED, merged_into=other)

    assert other in Idea.objects.visible_to(author)


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"status": "lost"}, "idea_status_known"),
        ({"status": "submitted", "need": ""}, "idea_says_what_the_need_is"),
        ({"status": "merged"}, "idea_joined_names_the_other"),
    ],
)
def test_the_database_refuses_an_idea_that_cannot_be(changes, constraint):
    idea = IdeaFactory()
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Idea.objects.filter(pk=idea.pk).update(**changes)


@pytest.mark.parametrize(
    ("line", "constraint"),
    [
        ({"kind": "fun", "amount_ore": 1}, "cost_line_kind_known"),
        ({"kind": "travel", "amount_ore": 0}, "cost_line_costs_something"),
        ({"kind": "staff", "amount_ore": 1}, "cost_line_of_staff_is_hours_at_a_rate"),
        (
            {"kind": "travel", "amount_ore": 1, "hours": 1, "rate_ore": 1},
            "cost_line_of_staff_is_hours_at_a_rate",
        ),
    ],
)
def test_the_database_refuses_a_cost_that_cannot_be(line, constraint):
    idea = IdeaFactory()
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        idea.cost_lines.create(**line)
