"""Preparing an idea: what it costs, who does it, what is missing, and two people at once."""

from decimal import Decimal

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from foundation.errors import Refused
from foundation.models import Event
from improvement.actions import ideas, preparing
from improvement.actions.preparing import Cost
from improvement.models import CostKind, Criterion, Fund, Idea, IdeaStatus
from improvement.queries import waits_for
from improvement.queries.preparing import cost_changes, preparers_at, usual_rate_ore
from improvement.rules.preparing import Sums, is_over_every_cap, over_cap, why_not_put_forward
from organisation.models import Notice
from organisation.permissions import Role
from tests.factories import KR, IdeaFactory, UnitFactory, employee, fund_with, person_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit():
    return UnitFactory(name="Hemtjänst norr")


@pytest.fixture
def lead(unit):
    return person_with(Role.DEVELOPMENT_LEAD, at=unit)


@pytest.fixture
def idea(unit):
    return IdeaFactory(unit=unit, status=IdeaStatus.PREPARING)


def saved(idea, lead, *costs, **changes):
    texts = {"title": "Larm", "expected_effect": "", "agreed_with": "", "cap_reason": ""}
    return preparing.prepare(idea_id=idea.pk, **{**texts, **changes}, costs=list(costs), by=lead)


def typed(**changes):
    lines = {
        "cost-TOTAL_FORMS": 2,
        "cost-INITIAL_FORMS": 0,
        "cost-0-kind": "staff",
        "cost-0-hours": "7,5",
        "cost-0-rate_ore": "320",
        "cost-1-kind": "material",
        "cost-1-amount_ore": "1.200 kr",
    }
    return {"title": "Larm i köket", "agreed_with": "Arbetslaget", **lines, **changes}


# --- amounts ---------------------------------------------------------------------------------


def test_a_cost_below_half_an_ore_or_above_any_budget_is_refused(idea, lead):
    with pytest.raises(Refused, match="större än noll"):
        saved(idea, lead, Cost("staff", hours=Decimal("0.01"), rate_ore=1))
    with pytest.raises(Refused, match="större än någon budget"):
        saved(idea, lead, Cost("staff", hours=Decimal("99999.99"), rate_ore=10**14))


@given(
    material=st.integers(0, 10**12),
    other=st.integers(0, 10**12),
)
def test_more_than_four_fifths_is_mostly_material_and_four_fifths_is_not(material, other):
    sums = Sums({CostKind.MATERIAL: material, CostKind.TRAVEL: other})
    assert sums.is_mostly_material == (material > 4 * other)
    assert sums.total_ore == material + other


def test_the_boundary_is_at_exactly_eighty_percent():
    assert not Sums({"material": 80_000_00, "staff": 20_000_00}).is_mostly_material
    assert Sums({"material": 80_000_01, "staff": 20_000_00}).is_mostly_material
    assert Sums({"material": 1}).is_mostly_material
    assert not Sums({}).is_mostly_material


def test_the_sentence_about_the_guide_amount_names_sum_cap_and_fund():
    fund = Fund(name="Idépotten", cap_ore=50_000 * KR, unit=UnitFactory())

    assert over_cap(Sums({"travel": 50_000 * KR}), [fund]) is None
    said = over_cap(Sums({"travel": 50_000_01}), [fund]).replace("\u00a0", " ")
    assert "50 000,01 kr" in said
    assert "50 000 kr i Idépotten" in said
    assert over_cap(Sums({"travel": 50_000_01}), []) is None


def test_the_lowest_guide_amount_is_said_and_the_highest_asks_for_a_reason(unit):
    below = UnitFactory(parent=unit)
    high = Fund(unit=unit, name="Stora potten", cap_ore=50_000 * KR)
    near = Fund(unit=below, name="Nära potten", cap_ore=10_000 * KR)
    far = Fund(unit=unit, name="Fjärran potten", cap_ore=10_000 * KR)
    funds = [high, far, near]

    between, above = Sums({"travel": 20_000 * KR}), Sums({"travel": 60_000 * KR})

    assert "Nära potten" in over_cap(between, funds)
    assert "om den potten" in over_cap(between, funds)
    assert not is_over_every_cap(between, funds)
    assert is_over_every_cap(above, funds)
    assert not is_over_every_cap(above, [])


# --- putting forward -------------------------------------------------------------------------


def test_each_thing_that_is_missing_is_asked_for_in_turn(unit, lead, idea):
    fund_with(0, at=unit, cap_ore=10_000 * KR)
    material = Cost("material", amount_ore=20_000 * KR)
    assert "kostar" in why_not_put_forward(idea)

    saved(idea, lead, material)
    idea.refresh_from_db()
    assert "överenskom" in why_not_put_forward(idea)

    saved(idea, lead, material, agreed_with="Arbetslaget")
    idea.refresh_from_db()
    assert "Förbättringspotten" in why_not_put_forward(idea)

    saved(idea, lead, material, agreed_with="Arbetslaget", cap_reason="Alla kan använda det.")
    with pytest.raises(Refused, match="bara ett inköp"):
        ideas.press(idea_id=idea.pk, step_name="propose", by=lead)

    reasons = {"cap_reason": "Alla kan använda det.", "purchase_reason": "Nytt arbetssätt."}
    saved(idea, lead, material, agreed_with="Arbetslaget", **reasons)
    ideas.press(idea_id=idea.pk, step_name="propose", by=lead)
    idea.refresh_from_db()
    assert idea.status == IdeaStatus.READY


def test_a_fund_that_cannot_pay_for_the_idea_sets_no_cap(lead, idea):
    fund_with(0, at=UnitFactory(), cap_ore=1)
    saved(idea, lead, Cost("travel", amount_ore=20_000 * KR), agreed_with="Arbetslaget")
    idea.refresh_from_db()
    assert why_not_put_forward(idea) is None


# --- two at once -----------------------------------------------------------------------------


def test_nobody_saves_over_what_they_have_not_read(idea, lead):
    saved(idea, lead, Cost("travel", amount_ore=1), seen_version=0)

    with pytest.raises(Refused, match="ändrat"):
        saved(idea, lead, Cost("travel", amount_ore=2), seen_version=0)

    assert idea.cost_ore() == 1
    saved(idea, lead, Cost("travel", amount_ore=2), seen_version=1)
    assert idea.cost_ore() == 2


def test_a_late_save_shows_what_the_other_wrote_and_keeps_ones_own(client, unit, idea, lead):
    other = person_with(Role.DEVELOPMENT_LEAD, at=unit, given_name="Maja", family_name="Ek")
    address = reverse("idea-prepare", args=[idea.pk])
    client.force_login(lead)
    assert 'name="version" value="0"' in client.get(address).text
    saved(idea, other, Cost("travel", amount_ore=500 * KR), title="Majas titel")

    late = client.post(address, typed(version=0))

    assert late.status_code == 422
    assert "Maja Ek" in late.text
    assert "Majas titel" in late.text
    assert 'value="Larm i köket"' in late.text
    assert 'name="version" value="1"' in late.text
    assert idea.cost_ore() == 500 * KR

    assert client.post(address, typed(version=1)).status_code == 302
    assert idea.cost_ore() == 3_600 * KR


# --- changes ---------------------------------------------------------------------------------


def test_a_changed_amount_is_seen_as_a_change(client, idea, lead):
    saved(idea, lead, Cost("material", amount_ore=4_000 * KR))
    saved(idea, lead, Cost("material", amount_ore=4_000 * KR))  # nothing changed
    saved(idea, lead, Cost("staff", hours=Decimal(2), rate_ore=300 * KR))

    latest, first = cost_changes(idea)
    assert (first.before_ore, first.after_ore) == (0, 4_000 * KR)
    assert latest.of_kinds == [
        ("Personal och vikarier", 0, 600 * KR),
        ("Material", 4_000 * KR, 0),
    ]
    client.force_login(lead)
    page = client.get(reverse("idea-prepare", args=[idea.pk])).text.replace("\u00a0", " ")
    assert "Ändringar av kostnaderna" in page
    assert "4 000 kr" in page


# --- who prepares ----------------------------------------------------------------------------


def test_whoever_begins_to_prepare_has_the_idea(unit, lead):
    idea = IdeaFactory(unit=unit, status=IdeaStatus.SUBMITTED)
    ideas.press(idea_id=idea.pk, step_name="prepare", by=lead)
    idea.refresh_from_db()
    assert idea.assigned_to == lead


def test_an_idea_is_given_to_another_who_is_told(unit, lead, idea):
    other = person_with(Role.DEVELOPMENT_LEAD, at=unit)

    preparing.give(idea_id=idea.pk, to=other, by=lead)
    preparing.give(idea_id=idea.pk, to=other, by=lead)  # a second click

    idea.refresh_from_db()
    assert idea.assigned_to == other
    assert [notice.to for notice in Notice.objects.filter(kind="idea.give")] == [other]
    assert Event.objects.filter(kind="idea.give").count() == 1


def test_taking_it_oneself_tells_nobody_and_it_can_be_left(lead, idea):
    preparing.give(idea_id=idea.pk, to=lead, by=lead)
    assert not Notice.objects.filter(kind="idea.give").exists()
    preparing.give(idea_id=idea.pk, to=None, by=lead)
    idea.refresh_from_db()
    assert idea.assigned_to is None


def test_only_those_who_may_prepare_there_give_or_get(unit, lead, idea):
    elsewhere = person_with(Role.DEVELOPMENT_LEAD, at=UnitFactory())
    with pytest.raises(Refused, match="får inte bereda"):
        preparing.give(idea_id=idea.pk, to=elsewhere, by=lead)
    with pytest.raises(Refused):
        preparing.give(idea_id=idea.pk, to=lead, by=employee(at=unit))

    idea.status = IdeaStatus.DONE
    idea.save()
    with pytest.raises(Refused, match="läget"):
        preparing.give(idea_id=idea.pk, to=lead, by=lead)


def test_the_page_offers_those_of_the_unit_and_above_in_the_order_of_names(
    client, unit, lead, idea
):
    top = unit
    below = UnitFactory(parent=top)
    near = person_with(Role.DEVELOPMENT_LEAD, at=below, family_name="Ödman")
    person_with(Role.DECIDER, at=below)
    person_with(Role.DEVELOPMENT_LEAD, at=UnitFactory())
    here = IdeaFactory(unit=below, status=IdeaStatus.PREPARING)

    assert list(preparers_at(below)) == [lead, near]
    client.force_login(lead)
    address = reverse("idea-give", args=[here.pk])
    assert "Ödman" in client.get(address).text
    assert client.post(address, {"to": near.pk}).status_code == 302
    here.refresh_from_db()
    assert here.assigned_to == near
    assert client.post(address, {"to": employee(at=unit).pk}).status_code == 422


def test_on_the_start_page_ones_own_come_first_and_others_are_left_to_them(unit, lead):
    other = person_with(Role.DEVELOPMENT_LEAD, at=unit)
    old = IdeaFactory(unit=unit, status=IdeaStatus.SUBMITTED)
    mine = IdeaFactory(unit=unit, status=IdeaStatus.PREPARING, assigned_to=lead)
    IdeaFactory(unit=unit, status=IdeaStatus.PREPARING, assigned_to=other)

    assert [waiting.idea for waiting in waits_for(lead)] == [mine, old]


# --- asking for more -------------------------------------------------------------------------


def test_who_is_asked_for_more_answers_without_losing_the_place(unit, lead):
    author = employee(at=unit)
    idea = IdeaFactory(
        author=author, unit=unit, status=IdeaStatus.PREPARING, assigned_to=lead, title="Larm"
    )
    left = idea.created_at
    ideas.press(idea_id=idea.pk, step_name="return", why="Vilket kök?", by=lead)
    ideas.press(idea_id=idea.pk, step_name="answer", by=author)

    idea.refresh_from_db()
    assert (idea.status, idea.created_at, idea.assigned_to) == (IdeaStatus.PREPARING, left, lead)
    assert idea.answered_at is not None
    assert Notice.objects.filter(to=lead, kind="followed.answer").exists()

    saved(idea, lead)
    idea.refresh_from_db()
    assert idea.answered_at is None  # read


def test_the_lead_need_not_wait_for_the_answer(unit, lead):
    idea = IdeaFactory(unit=unit, status=IdeaStatus.RETURNED, assigned_to=lead)
    ideas.press(idea_id=idea.pk, step_name="resume", by=lead)
    idea.refresh_from_db()
    assert (idea.status, idea.assigned_to) == (IdeaStatus.PREPARING, lead)


# --- points ----------------------------------------------------------------------------------


def test_points_are_given_with_a_reason_and_replaced(client, idea, lead):
    quality, *_others = Criterion.objects.all()
    client.force_login(lead)
    address = reverse("idea-prepare", args=[idea.pk])
    given = {f"points_{quality.pk}": 4, f"reason_{quality.pk}": "Fler hörs"}

    assert client.post(address, typed(**given)).status_code == 302
    assert client.post(address, typed(**given | {f"points_{quality.pk}": 5})).status_code == 302

    points = [(a.criterion, a.person, a.points, a.reason) for a in idea.assessments.all()]
    assert points == [(quality, lead, 5, "Fler hörs")]
    assert Event.objects.filter(kind="idea.judge").count() == 2


def test_points_outside_the_scale_are_refused(client, idea, lead):
    quality = Criterion.objects.first()
    client.force_login(lead)
    address = reverse("idea-prepare", args=[idea.pk])
    assert client.post(address, typed(**{f"points_{quality.pk}": 6})).status_code == 422
    with pytest.raises(Refused):
        preparing.judge(idea_id=idea.pk, judged=[preparing.Judged(quality, 6)], by=lead)
    quality.is_active = False
    with pytest.raises(Refused, match="används inte längre"):
        preparing.judge(idea_id=idea.pk, judged=[preparing.Judged(quality, 3)], by=lead)


def test_a_typed_question_is_shown_as_it_was_typed(client, idea, lead):
    Criterion.objects.create(name="<b>Mod</b>", question="<script>alert(1)</script>")
    client.force_login(lead)
    page = client.get(reverse("idea-prepare", args=[idea.pk])).text
    assert "<script>alert(1)" not in page
    assert "<b>Mod" not in page


# --- the page --------------------------------------------------------------------------------


def test_a_line_is_added_and_taken_away_and_nothing_typed_is_lost_or_saved(client, idea, lead):
    client.force_login(lead)
    address = reverse("idea-prepare", args=[idea.pk])

    more = client.post(address, typed(add_line="1", agreed_with="Alla"))
    assert more.status_code == 200
    assert 'name="cost-2-kind"' in more.text
    assert 'value="1.200 kr"' in more.text
    assert 'value="Alla"' in more.text

    less = client.post(address, typed(remove_line="0"))
    assert 'name="cost-1-kind"' not in less.text
    assert less.text.count('value="1.200 kr"') == 1
    assert not idea.cost_lines.exists()


@pytest.mark.parametrize("bad", [{"cost-TOTAL_FORMS": "x"}, {"cost-TOTAL_FORMS": "99999999"}])
def test_a_count_that_cannot_be_is_harmless(client, idea, lead, bad):
    client.force_login(lead)
    address = reverse("idea-prepare", args=[idea.pk])
    assert client.post(address, typed(add_line="1", **bad)).status_code == 200
    assert client.post(address, typed(**bad)).status_code == 422


def test_the_sums_are_shown_while_one_types_and_nothing_is_saved(client, unit, idea, lead):
    fund_with(0, at=unit, cap_ore=1_000 * KR)
    client.force_login(lead)

    part = client.post(
        reverse("idea-prepare", args=[idea.pk]),
        typed(**{"cost-1-amount_ore": "tolv"}),
        headers={"HX-Request": "true", "HX-Target": "prepare-state"},
    )

    assert part.status_code == 200
    assert part.text.strip().startswith('<section class="card prepare-state"')
    text = part.text.replace("\u00a0", " ")
    assert "2 400 kr" in text
    assert "över riktbeloppet" in text
    assert not idea.cost_lines.exists()


def test_the_page_says_whether_there_is_money_for_it_now(client, unit, idea, lead):
    fund_with(20_000 * KR, at=unit, reward_ore=5_000 * KR)
    client.force_login(lead)
    address = reverse("idea-prepare", args=[idea.pk])

    saved(idea, lead, Cost("travel", amount_ore=15_000 * KR))
    assert "I Förbättringspotten finns det pengar till den nu." in client.get(address).text
    saved(idea, lead, Cost("travel", amount_ore=15_000 * KR + 1))
    assert "skulle den vänta på pengar som nummer 1 i kön" in client.get(address).text


def test_what_is_put_forward_too_early_is_saved_and_says_what_is_missing(client, idea, lead):
    client.force_login(lead)
    address = reverse("idea-prepare", args=[idea.pk])

    response = client.post(address, typed(propose="1", agreed_with=""), follow=True)

    idea.refresh_from_db()
    assert (idea.status, idea.cost_ore()) == (IdeaStatus.PREPARING, 3_600 * KR)
    assert "Det är sparat, men inte lagt fram." in response.text
    assert 'aria-disabled="true"' in response.text


def test_what_an_hour_cost_the_last_time_is_there_from_the_start(client, unit, idea, lead):
    saved(idea, lead, Cost("staff", hours=Decimal(2), rate_ore=295 * KR))
    new = IdeaFactory(unit=unit, status=IdeaStatus.PREPARING)
    assert usual_rate_ore(unit) == 295 * KR
    client.force_login(lead)

    page = client.get(reverse("idea-prepare", args=[new.pk])).text
    assert 'value="295"' in page

    untouched = {"cost-TOTAL_FORMS": 1, "cost-INITIAL_FORMS": 0, "cost-0-kind": "staff"}
    answer = client.post(
        reverse("idea-prepare", args=[new.pk]),
        {"title": "x", **untouched, "cost-0-rate_ore": "295"},
    )
    assert answer.status_code == 302
    assert not new.cost_lines.exists()


@pytest.mark.parametrize("typed_amount", ["-5", "1e9", "50,000", "0", "tolv"])
def test_what_is_no_amount_is_said_beside_the_field_and_kept(client, idea, lead, typed_amount):
    client.force_login(lead)
    address = reverse("idea-prepare", args=[idea.pk])

    response = client.post(address, typed(**{"cost-1-amount_ore": typed_amount}))

    assert response.status_code == 422
    assert f'value="{typed_amount}"' in response.text
    assert not Idea.objects.get().cost_lines.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_however_many_lines(
    client, idea, lead, count, django_assert_num_queries
):
    lines = [Cost("travel", f"Resa {n}", amount_ore=1) for n in range(count)]
    for _time in range(count):
        saved(idea, lead, *lines)
    client.force_login(lead)
    with django_assert_num_queries(13):
        client.get(reverse("idea-prepare", args=[idea.pk]))
