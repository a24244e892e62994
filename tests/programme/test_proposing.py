"""A work without money: proposed, wanted or not, and every way to begin one."""

from dataclasses import replace
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from foundation.errors import Refused
from foundation.models import Event
from improvement.actions import ideas
from improvement.models import IdeaStatus
from measures.models import TeamMeasure
from organisation.models import Notice
from organisation.permissions import Role
from programme.actions import charter, cycles, measuring, reports, works
from programme.models import Member, Origin, Phase, Work, WorkStatus
from programme.queries import waits_for
from programme.rules.works import pressed_steps, why_not_asked_by
from tests.factories import (
    CHARTER,
    MEASURE,
    TODAY,
    IdeaFactory,
    KpiFactory,
    PersonFactory,
    UnitFactory,
    cycle_in,
    employee,
    person_with,
    proposed_work,
    report_on,
    started_work,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposed(unit, leader, manager):
    return proposed_work(at=unit, by=leader, asked_by=manager)


@pytest.fixture
def direct(unit, leader):
    return IdeaFactory(unit=unit, author=leader, status=IdeaStatus.DIRECT)


def told(person):
    return list(Notice.objects.filter(to=person).order_by("pk").values_list("kind", flat=True))


def state_of(work):
    return Work.objects.values_list("status", "is_confirmed").get(pk=work.pk)


# --- asking ---------------------------------------------------------------------------------------


def test_a_proposed_work_waits_for_the_manager_who_is_told(proposed, leader, manager):
    assert state_of(proposed) == (WorkStatus.PROPOSED, False)
    assert [m.person for m in proposed.team] == [leader]
    assert told(manager) == ["work.propose"]
    assert [(w.route, w.text) for w in waits_for(manager, on=TODAY)] == [
        ("work-charter", "Säg om det här arbetet är önskat")
    ]
    assert waits_for(leader, on=TODAY) == []


def test_who_may_say_yes_has_said_it_by_starting(unit, manager):
    work = proposed_work(at=unit, by=manager, team=works.Team(employee(at=unit)))
    assert state_of(work) == (WorkStatus.PLANNED, True)
    assert Event.objects.filter(kind="work.start").count() == 1


def test_the_same_form_twice_is_one_work(unit, leader, manager):
    key = uuid4()
    first = proposed_work(at=unit, by=leader, asked_by=manager, key=key)
    again = proposed_work(at=unit, by=leader, asked_by=manager, key=key)
    assert (first.pk, Work.objects.count()) == (again.pk, 1)
    with pytest.raises(Refused):
        proposed_work(at=UnitFactory(), key=key)  # somebody else's form


def test_only_a_manager_of_the_unit_can_be_asked(unit, leader, manager):
    elsewhere = person_with(Role.MANAGER, at=UnitFactory())
    with pytest.raises(Refused, match="kan inte säga ja för Hemtjänst norr"):
        proposed_work(at=unit, by=leader, asked_by=elsewhere)
    assert manager.name in (why_not_asked_by(elsewhere, unit) or "")
    assert manager.name in (why_not_asked_by(None, unit) or "")


@pytest.mark.parametrize("who", ["stranger", "guest", "closed"])
def test_who_cannot_propose_and_where(unit, stranger, manager, who):
    by = stranger if who == "stranger" else PersonFactory(is_guest=True)
    if who == "closed":
        by = employee(at=unit)
        unit.is_active = False
        unit.save()
    with pytest.raises(Refused):
        proposed_work(at=unit, by=by, asked_by=manager)


def test_a_coach_may_propose_where_they_coach_and_takes_part(unit, manager, leader):
    coach = person_with(Role.COACH, at=unit)
    work = proposed_work(at=unit, by=coach, asked_by=manager, team=works.Team(leader))
    assert [m.person for m in work.team] == [leader]  # reads it by their role already
    starter = employee(at=unit)
    work = proposed_work(at=unit, by=starter, asked_by=manager, team=works.Team(leader))
    assert [(m.person, m.role) for m in work.team][1] == (starter, Member.MEMBER)


# --- the answer ---------------------------------------------------------------------------------


def test_a_yes_is_told_to_the_team_and_planning_begins(proposed, leader, manager):
    works.press(work_id=proposed.pk, step_name="confirm", by=manager)
    assert state_of(proposed) == (WorkStatus.PLANNED, True)
    assert told(leader) == ["work.confirm"]
    assert waits_for(manager, on=TODAY) == []


def test_a_no_says_why_and_can_be_asked_again_but_not_gone_round(proposed, leader, manager):
    with pytest.raises(Refused, match="varför"):
        works.press(work_id=proposed.pk, step_name="decline", by=manager)
    works.press(work_id=proposed.pk, step_name="decline", why="Efter sommaren.", by=manager)

    assert state_of(proposed) == (WorkStatus.STOPPED, False)
    notice = Notice.objects.get(to=leader)
    assert (notice.kind, notice.note) == ("work.decline", "Efter sommaren.")
    with pytest.raises(Refused, match="Ingen chef har sagt"):
        works.press(work_id=proposed.pk, step_name="reopen", why="Nu.", by=leader)
    works.press(work_id=proposed.pk, step_name="propose_anew", why="Nu är det höst.", by=leader)
    assert state_of(proposed) == (WorkStatus.PROPOSED, False)
    assert told(manager) == ["work.propose", "work.propose_anew"]


def test_what_has_been_wanted_is_taken_up_again_without_asking(work, leader):
    works.press(work_id=work.pk, step_name="stop", why="Paus", by=leader)
    work.refresh_from_db()
    names = [step.name for step in pressed_steps(work, leader)]
    assert "reopen" in names
    assert "propose_anew" not in names


def test_the_database_lets_no_work_begin_unwanted(proposed):
    with pytest.raises(IntegrityError, match="wanted_before"), transaction.atomic():
        Work.objects.filter(pk=proposed.pk).update(status=WorkStatus.RUNNING)


def test_another_manager_can_be_asked_and_is_told(proposed, leader, unit):
    other = person_with(Role.MANAGER, at=unit)
    charter.change(work_id=proposed.pk, changes={"asked_by": other}, by=leader)
    assert told(other) == ["work.propose"]
    with pytest.raises(Refused, match="kan inte säga ja"):
        charter.change(work_id=proposed.pk, changes={"asked_by": leader}, by=leader)


def test_a_proposed_work_is_planned_and_measured_but_not_tested(proposed, leader, manager):
    followed = measuring.add(work_id=proposed.pk, measure=MEASURE, by=leader)
    assert followed.carries_aim
    cycle = cycle_in(proposed, Phase.PLAN, by=leader)
    with pytest.raises(Refused, match="En chef säger först"):
        cycles.press(cycle_id=cycle.pk, step_name="test", on=TODAY, by=leader)

    works.press(work_id=proposed.pk, step_name="confirm", by=manager)
    cycles.press(cycle_id=cycle.pk, step_name="test", on=TODAY, by=leader)
    assert state_of(proposed)[0] == WorkStatus.RUNNING


def test_rest_and_stop_are_told_to_the_team_and_the_manager(proposed, leader, member, manager):
    works.add_member(work_id=proposed.pk, person=member, by=leader)
    works.press(work_id=proposed.pk, step_name="confirm", by=manager)
    works.press(work_id=proposed.pk, step_name="pause", why="Semester", by=leader)
    works.press(work_id=proposed.pk, step_name="plan_on", by=leader)
    works.press(work_id=proposed.pk, step_name="stop", why="Ny lokal", by=leader)
    assert told(manager) == ["work.propose", "work.pause", "work.stop"]
    assert told(member) == ["work.join", "work.confirm", "work.pause", "work.plan_on", "work.stop"]
    assert told(leader) == ["work.confirm"]


# --- what it begins with ------------------------------------------------------------------------


def test_what_grew_keeps_its_state_and_moves_no_money(direct, unit, leader, manager):
    work = proposed_work(
        at=unit,
        by=leader,
        asked_by=manager,
        beginning=works.Beginning(Origin.DIRECT, idea=direct),
        charter=CHARTER,
    )
    direct.refresh_from_db()
    assert (work.idea, work.has_money, direct.status) == (direct, False, IdeaStatus.DIRECT)
    with pytest.raises(Refused, match="redan börjat"):
        proposed_work(
            at=unit,
            by=leader,
            asked_by=manager,
            beginning=works.Beginning(Origin.DIRECT, idea=direct),
        )


def test_what_grew_is_reported_without_touching_the_idea(direct, unit, leader, manager):
    work = proposed_work(
        at=unit,
        by=leader,
        asked_by=manager,
        beginning=works.Beginning(Origin.DIRECT, idea=direct),
        charter=CHARTER,
    )
    works.press(work_id=work.pk, step_name="confirm", by=manager)
    measuring.add(work_id=work.pk, measure=MEASURE, by=leader)
    works.press(work_id=work.pk, step_name="run", by=leader)
    report = report_on(work, "submitted", by=leader)
    reports.approve(report_id=report.pk, on=TODAY, by=manager)
    direct.refresh_from_db()
    assert (state_of(work)[0], direct.status) == (WorkStatus.FINISHED, IdeaStatus.DIRECT)
    assert ideas.press(idea_id=direct.pk, step_name="finish", by=leader).status == IdeaStatus.DONE


@pytest.mark.parametrize("who", ["a colleague", "too late"])
def test_what_cannot_grow(direct, unit, member, leader, manager, who):
    by = leader
    if who == "a colleague":
        by = member
    else:
        direct.status = IdeaStatus.SUBMITTED
        direct.save()
    with pytest.raises(Refused):
        proposed_work(
            at=unit, by=by, asked_by=manager, beginning=works.Beginning(Origin.DIRECT, idea=direct)
        )


def test_a_red_measure_follows_into_the_first_measure_of_the_team(unit, leader, manager):
    kpi = KpiFactory()
    work = proposed_work(
        at=unit, by=leader, asked_by=manager, beginning=works.Beginning(Origin.MEASURE, kpi=kpi)
    )
    measuring.add(work_id=work.pk, measure=MEASURE, by=leader)
    measuring.add(work_id=work.pk, measure=replace(MEASURE, name="Larm"), by=leader)
    first, second = TeamMeasure.objects.order_by("pk")
    assert (work.kpi, first.kpi, second.kpi) == (kpi, kpi, None)


# --- the pages ----------------------------------------------------------------------------------


def answers(leader, manager, unit, **changes):
    return {
        "key": str(uuid4()),
        "title": "Färre fall på natten",
        "aim": "Ingen faller mellan 22 och 6.",
        "unit": unit.pk,
        "leader": leader.pk,
        "asked_by": manager.pk,
        **changes,
    }


def test_the_ways_to_start_are_plain_choices(client, unit, leader, direct):
    client.force_login(leader)
    text = client.get(reverse("work-new")).text
    for words in ("Ett mått som är rött", "Ett uppdrag från benchmarking", direct.title):
        assert words in text
    guest = PersonFactory(is_guest=True)
    client.force_login(guest)
    assert client.get(reverse("work-new")).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_choosing_how_costs_the_same_however_many_ideas(
    client, unit, leader, count, django_assert_num_queries
):
    for _ in range(count):
        IdeaFactory(unit=unit, author=leader, status=IdeaStatus.DIRECT)
    client.force_login(leader)
    # session, person, employments, assignments, ideas: nothing more, however many there are
    with django_assert_num_queries(5):
        assert client.get(reverse("work-new")).status_code == 200


@pytest.mark.parametrize("origin", ["own", "programme", "benchmark"])
def test_a_work_is_proposed_on_one_page(client, unit, leader, manager, origin):
    client.force_login(leader)
    address = reverse("work-propose", args=[origin])
    assert "Föreslå arbetet" in client.get(address).text
    sent = answers(leader, manager, unit, origin_text="Arbetsplatsträffen i maj")
    first = client.post(address, sent)
    again = client.post(address, sent)
    work = Work.objects.get()
    assert first["Location"] == again["Location"] == reverse("work-charter", args=[work.pk])
    assert (work.origin, work.origin_text) == (origin, "Arbetsplatsträffen i maj")


def test_the_nearest_manager_is_offered_first_and_chosen(client):
    top = UnitFactory()
    school = UnitFactory(parent=top)
    above = person_with(Role.MANAGER, at=top)
    near = person_with(Role.MANAGER, at=school)
    client.force_login(employee(at=school))
    form = client.get(reverse("work-propose", args=["own"])).context["form"]
    assert form.fields["asked_by"].suggested == [near, above]
    assert form["asked_by"].value() == near.pk


def test_a_refused_proposal_loses_nothing(client, unit, leader):
    elsewhere = person_with(Role.MANAGER, at=UnitFactory())
    client.force_login(leader)
    response = client.post(reverse("work-propose", args=["own"]), answers(leader, elsewhere, unit))
    assert response.status_code == 422
    assert "kan inte säga ja för Hemtjänst norr" in response.text
    assert "Färre fall på natten" in response.text
    assert Work.objects.count() == 0


def test_a_red_measure_leads_to_the_form_with_itself_chosen(client, unit, leader, manager):
    kpi = KpiFactory()
    client.force_login(leader)
    measure_page = client.get(reverse("kpi-detail", args=[kpi.code]))
    address = f"{reverse('work-propose', args=['measure'])}?kpi={kpi.code}"
    assert kpi.name in client.get(address).text
    client.post(address, answers(leader, manager, unit, kpi=kpi.pk))
    assert Work.objects.get().kpi == kpi
    assert measure_page.status_code == 200
    assert client.post(address, answers(leader, manager, unit)).status_code == 422  # which one?


def test_what_grew_is_offered_on_the_page_of_the_idea(client, unit, leader, manager, direct):
    client.force_login(leader)
    address = f"{reverse('work-propose', args=['direct'])}?idea={direct.pk}"
    idea_page = reverse("idea-detail", args=[direct.pk])
    assert address.replace("&", "&amp;") in client.get(idea_page).text
    assert direct.title in client.get(address).text
    client.post(address, answers(leader, manager, unit))
    work = Work.objects.get()
    assert work.idea == direct
    assert reverse("work-of-idea", args=[direct.pk]) in client.get(idea_page).text
    assert client.get(address)["Location"] == reverse("work-charter", args=[work.pk])


def test_somebody_elses_idea_cannot_be_named(client, stranger, direct):
    client.force_login(stranger)
    address = reverse("work-propose", args=["direct"])
    assert client.get(f"{address}?idea={direct.pk}").status_code == 404
    assert client.get(address).status_code == 404
    assert client.get(reverse("work-propose", args=["idea"])).status_code == 404


def test_the_manager_answers_on_the_page_the_notice_leads_to(client, proposed, manager, leader):
    client.force_login(manager)
    address = reverse("work-charter", args=[proposed.pk])
    assert "Är det här arbetet önskat?" in client.get(address).text
    client.post(reverse("work-step", args=[proposed.pk, "confirm"]))
    assert state_of(proposed) == (WorkStatus.PLANNED, True)
    client.force_login(leader)
    assert "Är det här arbetet önskat?" not in client.get(address).text


def test_starting_with_money_is_as_before(unit, leader):
    work = started_work(at=unit, leader=leader)
    assert (work.has_money, work.is_confirmed, work.origin) == (True, True, Origin.IDEA)
