"""The pages of works, cycles and reports: what they show, refuse, cost and hide."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from organisation.permissions import Role
from programme.actions import cycles, measuring, reports, works
from programme.models import (
    Cycle,
    Member,
    Outcome,
    Phase,
    Report,
    ReportStatus,
    Work,
    WorkStatus,
)
from tests.factories import (
    KR,
    PLAN,
    TODAY,
    PersonFactory,
    approved_idea,
    cycle_in,
    employee,
    fund_with,
    person_with,
    report_on,
    started_work,
)

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2026, 9, 15, 12, tzinfo=dt.UTC)  # of TODAY
CHARTER = {
    "title": "Fast omsorgskontakt",
    "aim": "Alla vet vem deras kontakt är.",
    "aim_from": "62,5",
    "aim_to": "90 %",
    "aim_by": "2026-12-01",
}
MEASURE = {
    "measure-name": "Andel som känner sin kontakt",
    "measure-unit_word": "procent",
    "measure-direction": "higher",
}


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    """The pages read the clock; here it stands still."""
    monkeypatch.setattr(timezone, "now", lambda: NOON)


def measured(work, by, *values):
    for days, value in enumerate(reversed(values)):
        measuring.record_value(
            followed_id=work.followed.get(carries_aim=True).pk,
            taken_on=TODAY - dt.timedelta(days=30 * days),
            value=Decimal(value),
            on=TODAY,
            by=by,
        )


@pytest.fixture
def idea(unit, leader):
    return approved_idea(at=unit, fund=fund_with(100_000 * KR, at=unit), author=leader)


# --- starting -----------------------------------------------------------------------------------


def start_answers(leader, **changes):
    return {**CHARTER, **MEASURE, "team-leader": leader.pk, **changes}


def test_a_work_is_started_on_one_page(client, idea, leader, member):
    client.force_login(leader)
    page = client.get(reverse("work-start", args=[idea.pk]))
    assert "Starta ett arbete" in page.text
    assert idea.title in page.text

    answers = start_answers(leader, **{"team-members": [member.pk]})
    response = client.post(reverse("work-start", args=[idea.pk]), answers)

    work = Work.objects.get()
    assert response["Location"] == reverse("work-detail", args=[work.pk])
    assert (work.aim_from, work.aim_to) == (Decimal("62.5"), 90)
    assert [m.person for m in work.team] == [leader, member]
    there = client.post(reverse("work-start", args=[idea.pk]), answers)  # a second click
    assert (there["Location"], Work.objects.count()) == (response["Location"], 1)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"aim_to": "många"}, "Skriv ett tal, till exempel 62 eller 7,5."),
        ({"aim_by": "2020-01-01"}, "Måldatumet måste ligga efter"),
        ({"measure-name": ""}, "Detta fält måste fyllas i"),
        ({"aim": "Ring 811228-9874"}, "ser ut som ett personnummer"),
    ],
)
def test_a_refused_start_loses_nothing_that_was_typed(client, idea, leader, change, says):
    client.force_login(leader)

    response = client.post(reverse("work-start", args=[idea.pk]), start_answers(leader, **change))

    assert response.status_code == 422
    assert says in response.text
    assert "Fast omsorgskontakt" in response.text
    assert "62,5" in response.text
    assert Work.objects.count() == 0


def test_who_may_not_start_sees_why_and_no_form(client, idea, unit):
    client.force_login(person_with(Role.DECIDER, at=unit))
    page = client.get(reverse("work-start", args=[idea.pk]))
    assert "Bara den som har lämnat idén" in page.text
    assert "work-form" not in page.text


def test_an_idea_leads_to_its_work(client, work, leader, stranger):
    client.force_login(leader)
    address = reverse("work-of-idea", args=[work.idea_id])
    assert client.get(address)["Location"] == reverse("work-detail", args=[work.pk])
    client.force_login(stranger)
    assert client.get(address).status_code == 404


# --- the list ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_however_long(client, unit, count, django_assert_num_queries):
    manager = person_with(Role.MANAGER, at=unit)
    for _ in range(count):
        leader = employee(at=unit)
        work = started_work(at=unit, leader=leader)
        cycle_in(work, Phase.CLOSED, by=leader)
        measured(work, leader, 60, 70)
    client.force_login(manager)
    # session, person, assignments, employments, areas, coaches, count, works, names, verdicts,
    # cycles, reports, measures, newest
    with django_assert_num_queries(14):
        page = client.get(reverse("work-list"))
    assert page.text.count("Senaste värdet: 70") == count
    assert page.text.count("Planera nästa test.") == count


def test_the_list_shows_mine_or_my_units_and_one_state(client, unit, work, member, manager):
    client.force_login(member)
    assert work.title in client.get(reverse("work-list")).text
    client.force_login(manager)
    assert work.title in client.get(reverse("work-list")).text
    assert work.title not in client.get(reverse("work-list"), {"show": "mine"}).text
    assert work.title not in client.get(reverse("work-list"), {"status": "running"}).text
    assert work.title in client.get(reverse("work-list"), {"status": "planned"}).text


def test_an_empty_list_says_how_a_work_begins(client, stranger):
    client.force_login(stranger)
    assert "Ett arbete börjar med en idé" in client.get(reverse("work-list")).text


# --- the work -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 3])
def test_a_work_costs_the_same_however_much_has_happened(
    client, work, leader, count, django_assert_num_queries
):
    for _ in range(count):
        cycle_in(work, Phase.CLOSED, by=leader)
    measured(work, leader, *range(60, 60 + count))
    client.force_login(leader)
    # session, person, unread, work, team, assignments, employments, reports, measures, values,
    # phases, cycles, four for what it has come to, money, journal
    with django_assert_num_queries(18):
        client.get(reverse("work-detail", args=[work.pk]))


def test_the_page_says_aim_values_money_and_next_step(client, work, leader):
    measured(work, leader, 62, 70)
    client.force_login(leader)

    text = client.get(reverse("work-detail", args=[work.pk])).text

    assert "Från 62 till 90\xa0procent senast 1\xa0december 2026." in text
    assert "<svg" in text
    assert "Planera ett första litet test." in text
    assert "5\xa0000\xa0kr betalas ut när rapporten är godkänd" in text
    assert "Arbetet började" in text


def test_steps_with_a_reason_ask_for_it(client, work, leader):
    works.press(work_id=work.pk, step_name="run", by=leader)
    client.force_login(leader)
    pause = reverse("work-step", args=[work.pk, "pause"])

    assert "Varför?" in client.get(pause).text
    assert client.post(pause, {"why": ""}).status_code == 422
    client.post(pause, {"why": "Semester"})

    work.refresh_from_db()
    assert work.status == WorkStatus.PAUSED
    assert "Semester" in client.get(reverse("work-detail", args=[work.pk])).text


def test_a_step_that_is_a_button_is_only_posted(client, work, leader):
    client.force_login(leader)
    run = reverse("work-step", args=[work.pk, "run"])
    assert client.get(run).status_code == 405
    client.post(run)
    assert "Det går inte att göra nu" in client.post(run, follow=True).text


def test_the_aim_is_changed_and_a_refusal_keeps_the_heading(client, work, leader):
    client.force_login(leader)
    address = reverse("work-edit", args=[work.pk])

    refused = client.post(address, {**CHARTER, "title": "Ny rubrik", "aim_to": "x"})
    assert refused.status_code == 422
    assert "Ny rubrik" in refused.text
    assert f"<h1>{work.title}</h1>" in refused.text  # the page still says what it is called

    client.post(address, {**CHARTER, "title": "Ny rubrik"})
    work.refresh_from_db()
    assert work.title == "Ny rubrik"


def test_people_are_found_by_name_and_join(client, work, leader):
    newcomer = PersonFactory(given_name="Åsa", family_name="Öberg")
    client.force_login(leader)
    address = reverse("work-team", args=[work.pk])

    assert "Åsa Öberg" in client.get(address, {"q": "åsa öb"}).text
    assert "heter så" in client.get(address, {"q": "zzzz"}).text
    client.post(address, {"person": newcomer.pk, "role": "coach"})
    assert client.post(address, {"person": newcomer.pk, "role": "coach"}).status_code == 422
    assert client.post(address, {"person": "x", "role": "king"}).status_code == 422

    membership = work.memberships.get(person=newcomer)
    assert membership.role == Member.COACH
    client.post(reverse("membership-step", args=[membership.pk, "leda"]))  # a coach does not lead
    client.post(reverse("membership-step", args=[membership.pk, "ta-bort"]))
    assert not work.memberships.filter(person=newcomer).exists()


def test_one_more_measure_and_start_and_end(client, work, leader):
    client.force_login(leader)
    extra = {"name": "Tid per besök", "unit_word": "minuter", "direction": "lower"}
    add = reverse("measure-add", args=[work.pk])
    assert client.post(add, extra).status_code == 422
    client.post(add, {**extra, "purpose": "balancing"})
    followed = work.followed.get(purpose="balancing")

    ends = reverse("measure-ends", args=[followed.pk])
    half = client.post(ends, {"start_value": "40"})
    assert half.status_code == 422
    assert "Skriv vilken dag det mättes." in half.text
    client.post(ends, {"start_value": "40", "start_on": "2026-09-01"})
    followed.measure.refresh_from_db()
    assert followed.measure.start_value == 40


# --- cycles -----------------------------------------------------------------------------------------------

PLANNED = {
    "question": PLAN.question,
    "prediction": PLAN.prediction,
    "plan_what": PLAN.plan_what,
    "scale": "one_person",
}


def test_a_whole_turn_is_taken_on_the_pages(client, work, leader):
    client.force_login(leader)

    made = client.post(reverse("cycle-plan", args=[work.pk]), PLANNED)
    cycle = Cycle.objects.get()
    address = reverse("cycle-detail", args=[cycle.pk])
    assert made["Location"] == address
    for answers in (
        {"phase": "plan", "step": "test", **PLANNED},
        {"phase": "do", "step": "study", "what_happened": "Lappen föll ner."},
        {
            **{"phase": "study", "step": "act", "agreement": "otherwise"},
            **{"result": "2 av 10", "learning": "Tejpen håller inte"},
        },
        {"phase": "act", "outcome": "adapt"},
    ):
        page = client.get(address)
        assert page.status_code == 200
        response = client.post(address, answers)
        assert response.status_code == 302, response.text

    cycle.refresh_from_db()
    following = Cycle.objects.get(previous=cycle)
    assert (cycle.status, cycle.outcome) == (Phase.CLOSED, Outcome.ADAPT)
    assert "Tejpen håller inte." in following.question
    assert "Det ni lärde er förs vidare till" in client.get(address).text


def test_a_test_without_a_prediction_is_refused_and_nothing_is_lost(client, work, leader):
    cycle = cycle_in(work, by=leader)
    client.force_login(leader)

    response = client.post(
        reverse("cycle-detail", args=[cycle.pk]),
        {**PLANNED, "phase": "plan", "step": "test", "prediction": "", "plan_who": "Sara"},
    )

    assert response.status_code == 422
    assert "Skriv vad ni tror ska hända innan testet börjar." in response.text
    assert 'value="Sara"' in response.text


def test_what_was_written_for_a_phase_that_is_over_is_shown_again(client, work, leader, member):
    cycle = cycle_in(work, by=leader)
    cycles.press(cycle_id=cycle.pk, step_name="test", on=TODAY, by=member)  # somebody was quicker
    client.force_login(leader)

    response = client.post(
        reverse("cycle-detail", args=[cycle.pk]),
        {**PLANNED, "phase": "plan", "prediction": "Min egen gissning: 9"},
    )

    assert response.status_code == 422
    assert "Testet har börjat" in response.text
    assert "Min egen gissning: 9" in response.text
    cycle.refresh_from_db()
    assert cycle.prediction == PLAN.prediction


def test_hints_are_shown_and_never_in_the_way(client, work, leader):
    client.force_login(leader)
    answers = {**PLANNED, "prediction": "Det blir bättre", "scale": "all"}
    client.post(reverse("cycle-plan", args=[work.pk]), answers)
    address = reverse("cycle-detail", args=[Cycle.objects.get().pk])

    text = client.get(address).text
    assert "Kan ni gissa på en siffra?" in text
    assert "Kan det första testet vara mindre" in text
    assert client.post(address, {**answers, "phase": "plan", "step": "test"}).status_code == 302


def test_one_step_back(client, work, leader):
    cycle = cycle_in(work, Phase.STUDY, by=leader)
    client.force_login(leader)
    assert "Testa lite till" in client.get(reverse("cycle-detail", args=[cycle.pk])).text
    client.post(reverse("cycle-step", args=[cycle.pk, "test_on"]))
    cycle.refresh_from_db()
    assert cycle.status == Phase.DO
    client.post(reverse("cycle-step", args=[cycle.pk, "test_on"]))  # refused, with a sentence


def test_who_only_reads_gets_no_form(client, work, leader, manager):
    coach = person_with(Role.COACH, at=work.unit)
    cycle = cycle_in(work, by=leader)
    client.force_login(coach)
    text = client.get(reverse("cycle-detail", args=[cycle.pk])).text
    assert "cycle-form" not in text
    assert "Bara teamet kan göra det här." in client.get(reverse("cycle-plan", args=[work.pk])).text


# --- the report -------------------------------------------------------------------------------------------


def test_a_report_is_begun_written_and_sent(client, work, leader):
    cycle_in(work, Phase.CLOSED, by=leader)
    client.force_login(leader)
    begin = reverse("report-draft", args=[work.pk])
    assert "Börja på rapporten" in client.get(reverse("work-report", args=[work.pk])).text

    response = client.post(begin)
    report = Report.objects.get()
    edit = reverse("report-edit", args=[report.pk])
    assert response["Location"] == edit
    assert "Lappen syns inte i mörkret." in client.get(edit).text
    tab = client.get(reverse("work-report", args=[work.pk]))
    assert tab["Location"] == reverse("report-detail", args=[report.pk])

    written = {
        "extent": "simple",
        "what_we_did": "Lappar",
        "result": "Fler vet",
        "participants": "6",
    }
    refused = client.post(edit, {**written, "learning": "", "submit": "yes"})
    assert refused.status_code == 422
    assert "Inte skrivet än: Det vi lärde oss." in refused.text
    client.post(edit, {**written, "learning": "Ljus behövs", "submit": "yes"})
    report.refresh_from_db()
    assert report.status == ReportStatus.SUBMITTED


def test_the_manager_returns_it_with_a_sentence_that_the_team_reads(client, work, leader, manager):
    report = report_on(work, ReportStatus.SUBMITTED, by=leader)
    address = reverse("report-detail", args=[report.pk])
    client.force_login(manager)
    text = client.get(address).text
    assert reverse("report-approve", args=[report.pk]) in text
    assert reverse("report-document", args=[report.pk]) in text

    back = reverse("report-return", args=[report.pk])
    assert client.post(back, {"why": ""}).status_code == 422
    client.post(back, {"why": "Hur mätte ni?"})

    client.force_login(leader)
    text = client.get(address).text
    assert "Hur mätte ni?" in text
    assert reverse("report-submit", args=[report.pk]) in text
    client.post(reverse("report-submit", args=[report.pk]))
    report.refresh_from_db()
    assert report.revision == 2


@pytest.mark.parametrize("count", [1, 3])
def test_a_report_costs_the_same_however_much_was_done(
    client, work, leader, count, django_assert_num_queries
):
    for _ in range(count):
        cycle_in(work, Phase.CLOSED, by=leader)
    report = report_on(work, by=leader)
    client.force_login(leader)
    with django_assert_num_queries(14):
        client.get(reverse("report-detail", args=[report.pk]))


def test_an_approved_report_shows_by_whom(client, work, leader, manager):
    report = report_on(work, ReportStatus.SUBMITTED, by=leader)
    reports.approve(report_id=report.pk, on=TODAY, by=manager)
    client.force_login(leader)
    text = client.get(reverse("report-detail", args=[report.pk])).text
    assert f"Av {manager.name}" in text
    assert "(utbetald)" in text


# --- who sees what ---------------------------------------------------------------------------------------


def test_what_one_may_not_see_is_not_found(client, work, leader, stranger):
    cycle = cycle_in(work, by=leader)
    report = report_on(work, by=leader)
    followed, membership = work.followed.get(), work.memberships.first()
    client.force_login(stranger)
    hidden = [
        *(reverse(f"work-{name}", args=[work.pk]) for name in ("detail", "edit", "team")),
        reverse("work-step", args=[work.pk, "run"]),
        reverse("work-step", args=[work.pk, "stop"]),
        reverse("work-start", args=[work.idea_id]),
        reverse("measure-add", args=[work.pk]),
        reverse("measure-record", args=[followed.pk]),
        reverse("measure-ends", args=[followed.pk]),
        reverse("cycle-plan", args=[work.pk]),
        reverse("cycle-detail", args=[cycle.pk]),
        reverse("cycle-step", args=[cycle.pk, "test_on"]),
        reverse("membership-step", args=[membership.pk, "leda"]),
        reverse("report-draft", args=[work.pk]),
        reverse("work-report", args=[work.pk]),
        reverse("report-version", args=[report.pk, 1]),
        *(
            reverse(f"report-{name}", args=[report.pk])
            for name in ("detail", "edit", "submit", "return", "coach", "approve")
        ),
    ]
    for address in hidden:
        assert client.post(address).status_code == 404 or client.get(address).status_code == 404
