"""The charter: what it says, who writes in it, two at once, and the method's steps."""

import datetime as dt
from decimal import Decimal
from uuid import uuid4

import pytest
from django.urls import reverse

from foundation.errors import Refused
from foundation.models import Event
from organisation.models import Notice
from organisation.permissions import Role
from programme.actions import charter, measuring, methods, works
from programme.actions.methods import MethodText, StepText
from programme.models import (
    Contact,
    Effect,
    Improves,
    Member,
    Membership,
    Method,
    MethodStep,
    Scope,
    StrategicArea,
    Work,
    WorkStatus,
)
from programme.states import what_now
from programme.views.charter import scope_advice
from tests.factories import (
    MEASURE,
    TODAY,
    PersonFactory,
    UnitFactory,
    employee,
    person_with,
    proposed_work,
    started_work,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(unit):
    """Somebody who looks after the methods, for the whole organisation: the unit has none above."""
    return person_with(Role.DEVELOPMENT_LEAD, at=unit)


@pytest.fixture
def eight():
    return Method.objects.get(key="steps8")


@pytest.fixture
def walking(unit, leader, manager, eight):
    work = proposed_work(at=unit, by=leader, asked_by=manager, method=eight)
    works.press(work_id=work.pk, step_name="confirm", by=manager)
    return Work.objects.get(pk=work.pk)


def part_of(work, part):
    return reverse("work-charter-edit", args=[work.pk, part])


# --- what the page says -------------------------------------------------------------------------


def test_the_page_asks_the_three_questions_and_answers_them(client, work, leader, member):
    area = StrategicArea.objects.create(name="Nära service")
    charter.change(
        work_id=work.pk,
        changes={
            "what_to_change": "Lappar på dörren",
            "for_whom_inside": "Planerarna",
            "strategic_area": area,
            "effects": [Effect.ACCESS],
            "improves": Improves.ROUTINE,
            "scope": [Scope.RELEVANT],
            "hours_planned": Decimal("40.5"),
            "tags": ["Millennium"],
        },
        by=leader,
    )
    client.force_login(member)
    text = client.get(reverse("work-charter", args=[work.pk])).text
    for words in (
        "Vad vill vi åstadkomma?",
        "Från 62 till 90\xa0procent senast 1\xa0december 2026.",
        "Hur vet vi att en förändring är en förbättring?",
        MEASURE.name,
        "Vad kan vi förändra?",
        "Lappar på dörren",
        "Planerarna",
        "Nära service",
        "Bättre tillgänglighet",
        "En rutin",
        "Millennium",
        "40,5",
        "Vad händer nu?",
        "Ni planerar",
    ):
        assert words in text
    assert part_of(work, "forandra") not in text  # a member reads


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_however_much_there_is(
    client, unit, leader, count, django_assert_num_queries
):
    work = started_work(at=unit, leader=leader)
    for _ in range(count):
        measuring.add(work_id=work.pk, measure=MEASURE, by=leader)
        other = proposed_work(at=unit, by=leader)
        Work.objects.filter(pk=other.pk).update(supports=work)
        works.add_member(work_id=work.pk, person=employee(at=unit), by=leader)
    client.force_login(leader)
    # session, person, work, team, roles, employments, measures, hours, parts, which of them, unread
    with django_assert_num_queries(11):
        assert client.get(reverse("work-charter", args=[work.pk])).status_code == 200


def test_governance_and_operation_are_linked_both_ways_but_never_in_a_ring(
    client, work, leader, unit
):
    governance = proposed_work(at=unit, by=leader)
    charter.change(work_id=work.pk, changes={"supports": governance}, by=leader)
    client.force_login(leader)
    assert governance.title in client.get(reverse("work-charter", args=[work.pk])).text
    assert work.title in client.get(reverse("work-charter", args=[governance.pk])).text
    work.refresh_from_db()
    with pytest.raises(Refused, match="redan en del"):
        charter.change(work_id=governance.pk, changes={"supports": work}, by=leader)


def test_a_linked_work_that_one_may_not_see_is_named_but_not_opened(client, work, leader, unit):
    hidden = started_work(at=UnitFactory())
    Work.objects.filter(pk=work.pk).update(supports=hidden)
    client.force_login(leader)
    text = client.get(reverse("work-charter", args=[work.pk])).text
    assert hidden.title in text
    assert reverse("work-charter", args=[hidden.pk]) not in text


def test_hours_of_the_coach_are_counted(client, work, leader):
    coach = PersonFactory()
    for hours in ("1.5", "2"):
        Contact.objects.create(
            work=work, coach=coach, kind="visit", taken_on=TODAY, hours=Decimal(hours), key=uuid4()
        )
    client.force_login(leader)
    assert "3,5" in client.get(reverse("work-charter", args=[work.pk])).text


@pytest.mark.parametrize(
    ("ticked", "says"),
    [
        ([], "Prata igenom det"),
        ([Scope.RELEVANT, Scope.OURS, Scope.IN_TIME], "Ta en del av det först"),
        ([Scope.DELIMITED, Scope.RELEVANT, Scope.OURS], "Leta efter en mindre bit"),
    ],
)
def test_what_is_not_ticked_becomes_a_gentle_sentence(work, ticked, says):
    work.scope = ticked
    assert scope_advice(work).startswith(says)
    work.scope = list(Scope)
    assert scope_advice(work) == ""


@pytest.mark.parametrize("status", WorkStatus.values)
def test_every_state_says_what_happens_now(work, status):
    work.status = status
    assert len(what_now(work)) > 20


# --- writing ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("part", "typed", "kept"),
    [
        ("mal", {"title": "Kontakt", "aim": "Alla vet."}, {"aim_to": None, "title": "Kontakt"}),
        ("for-vem", {"for_whom": "Alla", "why_wanted": "Trygghet"}, {"for_whom": "Alla"}),
        ("forandra", {"what_to_change": "Lappar"}, {"what_to_change": "Lappar"}),
        ("sammanhang", {"tags": "A, B,,A", "effects": ["work"]}, {"tags": ["A", "B"]}),
        ("ramar", {"hours_planned": "37,5", "scope": ["ours"]}, {"scope": ["ours"]}),
    ],
)
def test_each_part_is_written_on_a_page_of_its_own(client, work, leader, part, typed, kept):
    client.force_login(leader)
    assert client.get(part_of(work, part)).status_code == 200
    response = client.post(part_of(work, part), {"version": 0, **typed})
    assert response["Location"] == reverse("work-charter", args=[work.pk])
    work.refresh_from_db()
    assert {name: getattr(work, name) for name in kept} == kept
    assert work.version == 1


@pytest.mark.parametrize(
    ("part", "typed", "says"),
    [
        ("mal", {"title": "x", "aim": "y", "aim_to": "9"}, "både en nivå och en dag"),
        (
            "mal",
            {"title": "x", "aim": "y", "aim_to": "9", "aim_by": "2020-01-01"},
            "Måldatumet måste ligga efter",
        ),
        ("ramar", {"hours_planned": "-1"}, "från 0 till 99"),
        ("sammanhang", {"tags": "811228-9874"}, "personnummer"),
        ("sammanhang", {"tags": ",".join("abcdefghi")}, "högst åtta taggar"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_typed_is_lost(client, work, leader, part, typed, says):
    client.force_login(leader)
    response = client.post(part_of(work, part), {"version": 0, **typed})
    assert response.status_code == 422
    assert says in response.text
    assert next(iter(typed.values())) in response.text


def test_the_aim_that_changes_is_the_target_of_its_measure(work, leader):
    charter.change(work_id=work.pk, changes={"aim_to": Decimal(95)}, by=leader)
    assert work.followed.get().measure.target == 95


def test_a_member_reads_and_the_leader_writes(client, work, member):
    client.force_login(member)
    assert "Bara arbetets ledare" in client.get(part_of(work, "mal")).text
    with pytest.raises(Refused):
        charter.change(work_id=work.pk, changes={"aim": "Annat"}, by=member)


# --- two at once --------------------------------------------------------------------------------


def test_the_later_sees_what_the_other_wrote_beside_the_field_and_loses_nothing(
    client, work, leader
):
    client.force_login(leader)
    other = person_with(Role.MANAGER, at=work.unit)
    opened = {"version": work.version, "for_whom": "Alla brukare", "why_wanted": "För tryggheten"}
    charter.change(
        work_id=work.pk,
        changes={"for_whom": "De nya", "for_whom_inside": "", "why_wanted": ""},
        seen_version=0,
        by=other,
    )

    refused = client.post(part_of(work, "for-vem"), opened)

    assert refused.status_code == 422
    assert "Någon annan har ändrat" in refused.text
    assert "De nya" in refused.text
    assert other.name in refused.text
    assert "Alla brukare" in refused.text
    assert 'name="version" value="1"' in refused.text
    work.refresh_from_db()
    assert work.for_whom == "De nya"
    # To save again is to know of it.
    client.post(part_of(work, "for-vem"), {**opened, "version": 1})
    work.refresh_from_db()
    assert (work.for_whom, work.why_wanted) == ("Alla brukare", "För tryggheten")


def test_two_who_write_in_different_parts_do_not_disturb_each_other(work, leader):
    charter.change(work_id=work.pk, changes={"for_whom": "De nya"}, seen_version=0, by=leader)
    charter.change(work_id=work.pk, changes={"what_to_change": "A"}, seen_version=0, by=leader)
    work.refresh_from_db()
    assert (work.for_whom, work.what_to_change, work.version) == ("De nya", "A", 2)


def test_two_who_wrote_the_same_are_agreed(work, leader):
    for _ in range(2):
        charter.change(work_id=work.pk, changes={"for_whom": "De nya"}, seen_version=0, by=leader)
    work.refresh_from_db()
    assert work.version == 1


# --- the method ---------------------------------------------------------------------------------


def test_a_work_walks_through_its_steps_and_back_with_a_reason(client, walking, leader, member):
    client.force_login(leader)
    page = reverse("work-charter", args=[walking.pk])
    assert "1. Välj område" in client.get(page).text
    client.post(reverse("work-method-on", args=[walking.pk]), {"seen": 1})
    client.post(reverse("work-method-on", args=[walking.pk]), {"seen": 1})  # a double click
    walking.refresh_from_db()
    assert walking.method_step == 2

    back = reverse("work-method-back", args=[walking.pk])
    assert "Tillbaka till ”Välj område”" in client.get(back).text
    assert client.post(back, {"why": ""}).status_code == 422
    client.post(back, {"why": "För stort område.", "seen": 2})
    walking.refresh_from_db()
    assert walking.method_step == 1
    event = Event.objects.get(kind="work.method_back")
    assert (event.data["step"], event.data["why"]) == ("Välj område", "För stort område.")
    assert (
        "Arbetet gick tillbaka till steget"
        in client.get(reverse("work-detail", args=[walking.pk])).text
    )


def test_nobody_walks_past_the_ends_and_only_the_team_walks(walking, leader, member, work):
    with pytest.raises(Refused, match="första steg"):
        methods.step_back(work_id=walking.pk, why="x", by=leader)
    for _ in range(7):
        methods.step_on(work_id=walking.pk, by=leader)
    with pytest.raises(Refused, match="sista steg"):
        methods.step_on(work_id=walking.pk, by=leader)
    with pytest.raises(Refused, match="teamet"):
        methods.step_on(work_id=walking.pk, by=member)
    with pytest.raises(Refused, match="ingen metod"):
        methods.step_on(work_id=work.pk, by=leader)


def test_the_wheel_alone_draws_no_row(client, work, leader):
    Work.objects.filter(pk=work.pk).update(method=Method.objects.get(key="pdsa"))
    client.force_login(leader)
    assert "method-steps" not in client.get(reverse("work-charter", args=[work.pk])).text


def test_another_method_begins_at_its_first_step(client, walking, leader):
    methods.step_on(work_id=walking.pk, by=leader)
    wheel = Method.objects.get(key="pdsa")
    client.force_login(leader)
    client.post(reverse("work-method", args=[walking.pk]), {"method": wheel.pk})
    walking.refresh_from_db()
    assert (walking.method, walking.method_step) == (wheel, 1)
    retired = Method.objects.create(name="Gammal", is_active=False)
    with pytest.raises(Refused, match="används inte längre"):
        charter.choose_method(work_id=walking.pk, method=retired, by=leader)


# --- looking after the methods ------------------------------------------------------------------


def steps_sent(method, *rows):
    sent = {"steps-TOTAL_FORMS": len(rows), "steps-INITIAL_FORMS": 0, "is_active": "on"}
    sent |= {"name": method.name if method else "Lean", "intro": "", "source": ""}
    for number, row in enumerate(rows):
        sent |= {f"steps-{number}-{name}": value for name, value in row.items()}
    return sent


def test_a_method_is_added_with_its_steps_in_the_order_of_their_numbers(client, lead):
    client.force_login(lead)
    assert "Åtta steg" in client.get(reverse("method-list")).text
    rows = [{"name": "Se", "place": 2}, {"name": "Gå", "place": 1}, {"name": ""}]
    client.post(reverse("method-add"), steps_sent(None, *rows))
    method = Method.objects.get(name="Lean")
    assert [step.name for step in method.steps.all()] == ["Gå", "Se"]
    client.post(reverse("method-order", args=[method.pk, "upp"]))
    assert list(Method.objects.values_list("name", flat=True)) == ["PGSA", "Lean", "Åtta steg"]


def test_a_method_in_use_keeps_its_steps(client, lead, walking, eight):
    client.force_login(lead)
    rows = [{"pk": s.pk, "place": s.number, "name": s.name} for s in eight.steps.all()]
    address = reverse("method-edit", args=[eight.pk])

    lost = client.post(address, steps_sent(eight, *rows[1:]))
    assert lost.status_code == 422
    assert "skulle tappa sin plats" in lost.text
    moved = [{**rows[0], "place": 9}, *rows[1:]]
    assert client.post(address, steps_sent(eight, *moved)).status_code == 422
    assert MethodStep.objects.filter(method=eight).count() == 8

    more = [{**rows[0], "name": "Välj"}, *rows[1:], {"name": "Fira", "place": 9}]
    assert client.post(address, steps_sent(eight, *more)).status_code == 302
    names = [step.name for step in eight.steps.all()]
    assert (names[0], names[-1], len(names)) == ("Välj", "Fira", 9)


def test_a_method_that_nobody_uses_may_lose_and_move_steps(lead, eight):
    steps = list(eight.steps.all())
    kept = [StepText(s.name, s.asks, s.pk) for s in (steps[2], steps[0])]
    methods.change(method_id=eight.pk, text=MethodText("Två steg"), steps=kept, by=lead)
    assert [(s.number, s.pk) for s in eight.steps.all()] == [(1, steps[2].pk), (2, steps[0].pk)]


def test_two_methods_have_two_names(lead, eight):
    with pytest.raises(Refused, match="annan metod"):
        methods.add(text=MethodText("PGSA"), steps=(), by=lead)


def test_strategic_areas_are_added_and_retired_but_kept_where_they_are(client, lead, work, leader):
    client.force_login(lead)
    client.post(reverse("method-list"), {"name": "Nära service"})
    again = client.post(reverse("method-list"), {"name": "Nära service"})
    assert (again.status_code, "finns redan" in again.text) == (422, True)
    area = StrategicArea.objects.get()
    charter.change(work_id=work.pk, changes={"strategic_area": area}, by=leader)
    client.post(reverse("strategic-area-step", args=[area.pk, "sluta"]))
    client.force_login(leader)
    assert "Nära service" in client.get(part_of(work, "sammanhang")).text
    other = proposed_work(at=work.unit, by=leader)
    assert "Nära service" not in client.get(part_of(other, "sammanhang")).text


def test_only_those_who_lead_the_programme_find_the_methods(client, leader):
    client.force_login(leader)
    for name in ("method-list", "method-add"):
        assert client.get(reverse(name)).status_code == 404
    with pytest.raises(Refused):
        methods.add(text=MethodText("Lean"), steps=(), by=leader)


# --- the team -----------------------------------------------------------------------------------


def test_one_leaves_the_team_oneself_and_the_leader_hands_over_first(client, work, member, leader):
    client.force_login(member)
    assert "Lämna teamet" in client.get(reverse("work-team", args=[work.pk])).text
    mine = work.memberships.get(person=member)
    response = client.post(reverse("membership-step", args=[mine.pk, "ta-bort"]))
    assert response["Location"] == reverse("work-list")
    assert not Membership.objects.filter(pk=mine.pk).exists()
    with pytest.raises(Refused, match="alltid en ledare"):
        works.remove_member(membership_id=work.memberships.get(person=leader).pk, by=leader)


def test_who_joins_and_who_leads_is_told(work, leader, member):
    joined = works.add_member(work_id=work.pk, person=PersonFactory(), by=leader)
    works.hand_over(membership_id=joined.pk, by=leader)
    kinds = Notice.objects.filter(to=joined.person).values_list("kind", flat=True)
    assert set(kinds) == {"work.join", "work.lead"}


def test_a_guest_in_the_team_does_not_write(work, unit):
    guest = PersonFactory(is_guest=True)
    Membership.objects.create(work=work, person=guest, role=Member.GUEST)
    walking = Work.objects.get(pk=work.pk)
    with pytest.raises(Refused):
        methods.step_on(work_id=walking.pk, by=guest)
    with pytest.raises(Refused):
        measuring.record_value(
            followed_id=work.followed.get().pk,
            taken_on=TODAY - dt.timedelta(days=1),
            value=Decimal(1),
            on=TODAY,
            by=guest,
        )
