"""The start page: what waits for whom, and that it costs the same however much there is."""

import pytest
from django.urls import reverse

from improvement.actions import ideas
from measures.actions import sample
from measures.queries import red_measures
from organisation.permissions import Role
from programme.models import ReportStatus
from reports import start
from tests.factories import (
    TODAY,
    IdeaFactory,
    UnitFactory,
    employee,
    fund_with,
    person_with,
    ready_idea,
    report_on,
    started_work,
    submitted_report,
)

pytestmark = pytest.mark.django_db

KR = 100


def waiting_titles(person):
    return [line.title for line in start.collect(person, on=TODAY).waiting]


def test_a_newcomer_is_shown_how_it_begins(client):
    client.force_login(employee(at=UnitFactory(), given_name="Noor"))

    html = client.get(reverse("start")).content.decode()

    assert "Hej Noor!" in html
    assert "Så går det till" in html
    assert "Väntar på dig" not in html


def test_whoever_has_begun_is_not_a_newcomer():
    author = employee(at=UnitFactory())
    IdeaFactory(author=author)

    assert not start.collect(author, on=TODAY).is_new_here


def test_an_author_sees_drafts_and_what_was_returned():
    unit = UnitFactory()
    author = employee(at=unit)
    draft = IdeaFactory(author=author, unit=unit, title="Ett utkast")
    returned = ideas.create(unit=unit, need="Det tar för lång tid.", by=author)
    lead = person_with(Role.DEVELOPMENT_LEAD, at=unit)
    ideas.press(idea_id=returned.pk, step_name="return", why="Hur lång tid?", by=lead)

    facts = start.collect(author, on=TODAY)

    assert {line.title for line in facts.waiting} == {draft.title, returned.title}
    assert [news.title for news in facts.news] == [returned.title]


def test_each_role_sees_what_waits_for_it():
    unit = UnitFactory()
    new = ideas.create(unit=unit, need="Nyckeln fastnar.", by=employee(at=unit))
    ready = ready_idea(at=unit, title="Ett kort vid telefonen")

    assert waiting_titles(person_with(Role.DEVELOPMENT_LEAD, at=unit)) == [new.title]
    assert waiting_titles(person_with(Role.DECIDER, at=unit)) == [ready.title]
    assert waiting_titles(person_with(Role.REGISTRAR, at=unit)) == []


def test_the_manager_sees_the_report_and_the_leader_the_draft():
    report, manager = submitted_report()
    [line] = start.collect(manager, on=TODAY).waiting
    assert line.href == reverse("report-detail", args=[report.pk])

    unit = UnitFactory()
    leader = employee(at=unit)
    draft = report_on(started_work(at=unit, leader=leader), ReportStatus.DRAFT, by=leader)
    [line] = start.collect(leader, on=TODAY).waiting
    assert line.href == reverse("report-detail", args=[draft.pk])


def test_ones_own_works_come_before_those_one_looks_after():
    unit = UnitFactory()
    manager = person_with(Role.MANAGER, at=unit)
    mine = started_work(at=unit, leader=manager)
    newer = started_work(at=unit)

    works = start.collect(manager, on=TODAY).works

    assert [line.href for line in works] == [
        reverse("work-detail", args=[mine.pk]),
        reverse("work-detail", args=[newer.pk]),
    ]


def test_money_is_for_those_who_look_after_it():
    unit = UnitFactory()
    fund = fund_with(100_000 * KR, at=unit)

    assert start.collect(employee(at=unit), on=TODAY).funds == []
    [state] = start.collect(person_with(Role.DECIDER, at=unit), on=TODAY).funds
    assert state.fund == fund


@pytest.mark.slow
def test_where_the_municipality_is_red_one_can_begin_an_improvement(
    client, django_assert_max_num_queries
):
    top = UnitFactory(municipality_code="0883")
    sample.load()
    client.force_login(employee(at=UnitFactory(parent=top)))

    with django_assert_max_num_queries(25):  # of which six for the measures
        html = client.get(reverse("start")).content.decode()

    [first, *_] = red_measures(1)
    assert reverse("kpi-detail", args=[first.kpi.code]) in html
    assert f"{reverse('idea-create')}?kpi={first.kpi.code}" in html


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_however_much_there_is(client, django_assert_num_queries, count):
    unit = UnitFactory()
    person = person_with(Role.DEVELOPMENT_LEAD, at=unit)
    for _ in range(count):
        ideas.create(unit=unit, need="Nyckeln fastnar.", by=employee(at=unit))
        mine = ready_idea(at=unit, author=person)
        ideas.press(
            idea_id=mine.pk, step_name="take_back", by=person_with(Role.DEVELOPMENT_LEAD, at=unit)
        )
        leader = employee(at=unit)
        report_on(started_work(at=unit, leader=leader), ReportStatus.SUBMITTED, by=leader)
    client.force_login(person)

    # session, person, roles and employments; ideas, reports, tests and measures that wait; own
    # ideas and their events; works, their cycles, reports, measures and values; funds, their
    # periods and queues; the organisation and its municipality; own tasks; proposed works
    with django_assert_num_queries(24):
        client.get(reverse("start"))
