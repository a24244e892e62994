"""What waits for a person, and the works they take part in."""

import datetime as dt
from decimal import Decimal

import pytest

from organisation.permissions import Role
from programme.actions import measuring, reports, works
from programme.models import Phase, ReportStatus, Work
from programme.queries import waits_for, works_of
from tests.factories import (
    TODAY,
    cycle_in,
    employee,
    finished_work,
    person_with,
    report_on,
    started_work,
)

pytestmark = pytest.mark.django_db


def waiting(person, on=TODAY):
    return [(found.route, found.text) for found in waits_for(person, on=on)]


def later(weeks, days=0):
    return TODAY + dt.timedelta(weeks=weeks, days=days)


def test_nothing_waits_in_a_work_that_goes_well(work, leader, manager):
    assert waiting(leader) == waiting(manager) == []


def test_a_report_waits_for_its_leader_and_then_for_a_manager_outside_the_team(
    work, leader, member, manager
):
    report = report_on(work, by=leader)
    assert waiting(leader) == [("report-detail", "Rapporten är inte skickad än")]
    assert waiting(manager) == []

    report_on(work, ReportStatus.SUBMITTED, by=leader)
    assert waiting(manager) == [("report-detail", "En rapport väntar på ditt godkännande")]
    assert waiting(leader) == waiting(member) == []

    reports.send_back(report_id=report.pk, why="Hur mätte ni?", by=manager)
    assert waiting(leader) == [("report-detail", "Chefen vill veta mer om rapporten")]
    assert waiting(manager) == []

    works.add_member(work_id=work.pk, person=manager, by=leader)
    reports.submit(report_id=report.pk, by=leader)
    assert waiting(manager) == []  # took part, so somebody else approves


def test_a_test_that_goes_on_for_more_than_four_weeks_waits_for_the_team(work, leader, member):
    cycle_in(work, Phase.DO, by=leader)
    assert waiting(member, later(4)) == []
    assert waiting(member, later(4, 1)) == [("cycle-detail", "Cykel 1 har pågått i 4 veckor")]


def test_a_measure_without_values_for_six_weeks_waits_for_the_team(work, leader):
    works.press(work_id=work.pk, step_name="run", by=leader)
    never = ("work-detail", "Inget nytt värde för ”Andel som känner sin kontakt” på 7 veckor")
    assert waiting(leader, later(6)) == []
    assert waiting(leader, later(7)) == [never]

    measuring.record_value(
        followed_id=work.followed.get().pk,
        taken_on=later(7),
        value=Decimal(70),
        on=later(7),
        by=leader,
    )
    assert waiting(leader, later(7)) == []
    works.press(work_id=work.pk, step_name="pause", why="Semester", by=leader)
    assert waiting(leader, later(20)) == []  # it rests


@pytest.mark.parametrize("count", [1, 3])
def test_both_cost_the_same_however_many_the_works(unit, count, django_assert_num_queries):
    leader = employee(at=unit)
    for _ in range(count):
        cycle_in(started_work(at=unit, leader=leader), Phase.DO, by=leader)
    coach = person_with(Role.COACH, at=unit)
    for work in Work.objects.all():
        works.add_member(work_id=work.pk, person=coach, role="coach", by=leader)

    with django_assert_num_queries(6):  # assignments, employments, reports, tests, measures, checks
        assert len(waits_for(coach, on=later(7))) == 2 * count
    with django_assert_num_queries(5):  # works, cycles, reports, measures, values
        assert len(works_of(coach, limit=9, on=TODAY)) == count


def test_ones_own_works_come_first_and_a_stopped_one_not_at_all(unit, work, leader, manager):
    other = started_work(at=unit, leader=manager)
    assert [card.work for card in works_of(manager, limit=9, on=TODAY)] == [other, work]
    assert [card.work for card in works_of(manager, limit=1, on=TODAY)] == [other]
    works.press(work_id=work.pk, step_name="stop", why="Nytt uppdrag", by=leader)
    assert works_of(leader, limit=9, on=TODAY) == []


def test_a_check_waits_for_whoever_makes_it_from_a_week_before(unit, leader, manager):
    work = finished_work(at=unit, leader=leader, manager=manager)
    due_on = work.follow_ups.get(months=3).due_on

    assert waiting(leader, due_on - dt.timedelta(days=8)) == []
    assert waiting(leader, due_on - dt.timedelta(days=7)) == [
        ("follow-up", "Håller det efter 3 månader?")
    ]
    assert waiting(manager, due_on) == []
