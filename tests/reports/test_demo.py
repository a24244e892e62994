"""The demo that the supervisor loads: believable, lawful, and full of sense for each one's eyes."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.db.models import Sum
from django.urls import reverse
from django.utils import timezone

from foundation.models import Event
from improvement.models import (
    CostKind,
    CostLine,
    Decision,
    Idea,
    IdeaStatus,
    LedgerEntry,
    LedgerKind,
    Outcome,
    Period,
)
from measures.models import Measurement
from organisation.demo_people import DEMO_PEOPLE
from organisation.models import Assignment, Person, Unit
from organisation.permissions import Role
from programme.models import Report, ReportStatus, Work, WorkStatus
from programme.queries.values import aim_chart
from reports import start
from reports.demo.clock import play, set_back
from reports.demo.loader import load
from reports.demo.money import half_years

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker):
    """The demo, loaded once for all tests here and thrown away after them."""
    with django_db_blocker.unblock():
        assert load()
        yield
        call_command("flush", interactive=False, verbosity=0)


@pytest.fixture(autouse=True)
def _in_the_demo(demo, db):
    """Each test sees the demo, and what it changes is undone."""


def test_loading_twice_changes_nothing(capsys):
    before = (Person.objects.count(), Idea.objects.count(), Event.objects.count())

    call_command("load_demo")

    assert "already" in capsys.readouterr().out
    assert (Person.objects.count(), Idea.objects.count(), Event.objects.count()) == before


def test_the_municipality_has_forty_units_and_three_hundred_people():
    assert Unit.objects.count() == 40
    assert {unit.depth for unit in Unit.objects.all()} == {0, 1, 2, 3}
    assert Unit.objects.get(parent=None).municipality_code == "0883"
    employed = Person.objects.filter(is_guest=False)
    assert employed.count() == 300
    assert all(person.employments_now for person in employed)


def test_every_area_and_unit_has_a_manager_and_somebody_holds_each_role_of_the_chain():
    below = Unit.objects.exclude(parent=None)
    managed = Assignment.objects.filter(role=Role.MANAGER).values("unit")
    held = set(Assignment.objects.values_list("role", flat=True))

    assert not below.exclude(pk__in=managed).exists()
    assert {Role.DEVELOPMENT_LEAD, Role.DECIDER, Role.IMPROVEMENT_LEADER, Role.COACH} <= held
    assert {Role.QUALITY_LEAD, Role.REGISTRAR, Role.ADMINISTRATOR} <= held


def test_ideas_are_in_every_state_and_no_two_alike():
    ideas = list(Idea.objects.all())

    assert len(ideas) >= 60
    assert {idea.status for idea in ideas} == set(IdeaStatus.values)
    assert len({idea.need for idea in ideas}) == len(ideas)
    assert sum(idea.kpi_id is not None for idea in ideas) >= 5
    assert set(CostLine.objects.values_list("kind", flat=True)) == set(CostKind.values)


def test_every_decision_says_why_and_by_what_right():
    decisions = Decision.objects.all()

    assert set(decisions.values_list("outcome", flat=True)) == set(Outcome.values)
    assert not decisions.filter(reason="").exists()
    assert not decisions.filter(delegation_reference="").exists()


def test_money_adds_up_in_every_period_and_is_never_below_zero():
    for period in Period.objects.with_balance():
        where = (period.sum_left_ore, period.sum_reserved_ore, period.sum_paid_ore)
        assert sum(where) == period.sum_allocated_ore
        assert min(where) >= 0
        if period.is_closed:
            assert period.sum_left_ore == 0
    given = LedgerEntry.objects.filter(kind=LedgerKind.ALLOCATION).aggregate(ore=Sum("amount_ore"))
    there = LedgerEntry.objects.aggregate(
        ore=Sum("left_ore") + Sum("reserved_ore") + Sum("paid_ore")
    )
    assert given == there


def test_the_fund_has_both_halves_of_last_year_and_this():
    year = timezone.localdate().year
    names = set(Period.objects.values_list("name", flat=True))

    assert {
        f"{half} halvåret {y}" for half in ("Första", "Andra") for y in (year - 1, year)
    } <= names


def test_invoices_are_paid_against_vouchers_and_rewards_when_reports_are_approved():
    paid = LedgerEntry.objects.filter(kind=LedgerKind.PAYOUT)
    rewarded = paid.filter(account="reward")

    assert not paid.filter(account="project", document_number="").exists()
    assert rewarded.count() == Report.objects.filter(status=ReportStatus.APPROVED).count() >= 3


def test_sixteen_works_are_at_different_stages_and_their_charts_differ():
    today = timezone.localdate()
    works = list(Work.objects.all())
    charts = [aim_chart(work, list(work.cycles.all()), on=today) for work in works]
    said = {str(chart.strong) for chart in charts if chart is not None}

    assert len(works) == 16
    # a work is done a year after it was finished: the demo's year is not over
    assert {work.status for work in works} == set(WorkStatus.values) - {WorkStatus.DONE}
    assert set(Report.objects.values_list("status", flat=True)) == set(ReportStatus.values)
    assert len(said) == 4  # better, changed, chance, too few
    begun = [work for work in works if work.status != WorkStatus.PROPOSED]
    assert all(3 <= len(work.team) <= 8 for work in begun)


def test_it_looks_as_if_people_worked_until_last_week():
    today, now = timezone.localdate(), timezone.now()
    last_month = today.replace(day=1) - dt.timedelta(days=1)

    assert last_month <= Measurement.objects.latest("taken_on").taken_on <= today
    assert not Event.objects.filter(at__gt=now).exists()
    assert Idea.objects.filter(
        status=IdeaStatus.DRAFT, created_at__gt=now - dt.timedelta(days=7)
    ).exists()
    assert Idea.objects.earliest("created_at").created_at < now - dt.timedelta(days=540)


@pytest.mark.parametrize("demo_person", DEMO_PEOPLE, ids=lambda demo_person: demo_person.given_name)
def test_each_of_the_demo_people_can_sign_in_and_has_something_on_the_start_page(
    client, demo_person
):
    person = Person.objects.active().get(email=demo_person.email)
    client.force_login(person)

    page = client.get(reverse("start"))

    assert page.status_code == 200
    assert not start.collect(person, on=timezone.localdate()).is_new_here


def waits_for(email: str) -> list[str]:
    person = Person.objects.get(email=email)
    return [line.href for line in start.collect(person, on=timezone.localdate()).waiting]


def test_what_waits_suits_each_of_them():
    amina, jonas, karin = (person.email for person in DEMO_PEOPLE[:3])
    mine = set(Idea.objects.filter(author__email=amina).values_list("status", flat=True))
    submitted = Report.objects.get(status=ReportStatus.SUBMITTED)

    assert {IdeaStatus.DRAFT, IdeaStatus.RETURNED, IdeaStatus.DONE} <= mine
    assert len(waits_for(jonas)) >= 3
    assert 2 <= len(waits_for(karin)) <= 3
    assert reverse("report-detail", args=[submitted.pk]) in waits_for("peter.westerlund@exempel.se")


def test_the_improvement_leader_has_a_running_work_whose_chart_shows_an_improvement():
    work = Work.objects.get(
        memberships__person__email="elias.nyman@exempel.se",
        memberships__role="leader",
        status=WorkStatus.RUNNING,
    )
    chart = aim_chart(work, list(work.cycles.all()), on=timezone.localdate())

    assert str(chart.strong) == "En förbättring."


# --- time -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("today", "names"),
    [
        (dt.date(2026, 1, 1), ["Första halvåret 2024", "Andra halvåret 2026"]),
        (dt.date(2026, 7, 1), ["Första halvåret 2024", "Andra halvåret 2026"]),
        (dt.date(2026, 12, 31), ["Första halvåret 2025", "Andra halvåret 2026"]),
    ],
)
def test_half_years_reach_back_to_the_first_approval(today, names):
    halves = list(half_years(today))

    assert halves[-1].name == names[1]
    assert halves[0].starts_on <= today - dt.timedelta(days=540)
    assert len(halves) >= 4


def test_stories_take_turns_and_time_never_goes_back():
    noon = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)
    seen = []

    def story(name, *hours):
        for hour in hours:
            yield noon + dt.timedelta(hours=hour)
            seen.append((name, (timezone.now() - noon).total_seconds() / 3600))

    with set_back(noon) as clock:
        play([story("a", 1, 4, 2), story("b", 3)], clock)

    assert seen == [("a", 1), ("b", 3), ("a", 4), ("a", 4)]
    assert timezone.now() > noon
