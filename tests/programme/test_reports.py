"""The report: it fills itself, is approved by somebody else, and pays the reward once."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from foundation.errors import Refused
from foundation.flow import By
from improvement.models import Account, IdeaStatus, LedgerEntry, LedgerKind
from organisation.permissions import Role
from programme.actions import measuring, reports, works
from programme.drafting import Texts
from programme.flow import REPORT_FLOW
from programme.models import Phase, Report, ReportStatus, WorkStatus
from programme.queries import report_facts
from programme.rules.reports import report_steps, why_not_report
from tests.factories import KR, TODAY, cycle_in, person_with, report_on, started_work

pytestmark = pytest.mark.django_db

TEXTS = Texts(what_we_did="Lappar", result="Fler vet", learning="Ljus")
WISHES = reports.Wishes(participants=6)


def approve(report, by):
    return reports.approve(report_id=report.pk, on=TODAY, by=by)


def paid():
    return list(
        LedgerEntry.objects.exclude(kind__in=[LedgerKind.ALLOCATION, LedgerKind.RESERVATION])
        .order_by("pk")
        .values_list("kind", "account", "amount_ore")
    )


# --- it writes itself ---------------------------------------------------------------------------


def test_a_report_begins_with_what_the_work_knows(work, leader):
    cycle_in(work, Phase.CLOSED, by=leader)
    cycle_in(work, Phase.PLAN, by=leader)  # not tested, so not told

    report = report_on(work, by=leader)

    assert report.background == work.idea.need
    assert report.what_we_did == (
        "Test 1 (en person): Sätta upp en lapp hos en brukare. Lappen satt uppe i tre dagar."
    )
    assert report.result == "Test 1 (en person): 6 av 10 visste."
    assert report.learning == "Lappen syns inte i mörkret."
    assert (report.participants, report.status) == (2, ReportStatus.DRAFT)


def test_beginning_twice_is_the_same_report(work, leader, member):
    assert report_on(work, by=leader) == report_on(work, by=member)


def test_the_facts_are_read_from_the_work(work, leader):
    coach = person_with(Role.COACH, at=work.unit, given_name="Amina", family_name="Nilsson")
    works.add_member(work_id=work.pk, person=coach, role="coach", by=leader)
    followed = work.followed.get().pk
    for day, value in enumerate([62, 70, 88]):
        measuring.record_value(
            followed_id=followed,
            taken_on=TODAY - dt.timedelta(days=10 - day),
            value=Decimal(value),
            on=TODAY,
            by=leader,
        )
    cycle_in(work, Phase.CLOSED, by=leader)
    report = report_on(work, ReportStatus.SUBMITTED, by=leader)

    facts = report_facts(Report.objects.for_page().get(pk=report.pk), TODAY)

    assert (facts.title, facts.leader, facts.coach) == (work.title, "Jonas Lind", "Amina Nilsson")
    assert facts.team == ("Jonas Lind", "Sara Berg")
    assert facts.aim_in_numbers == "Från 62 till 90\xa0procent senast 1\xa0december 2026."
    assert (facts.measure.start_value, facts.measure.end_value) == (62, 88)
    assert [value for _day, value in facts.measure.points] == [62, 70, 88]
    assert [(c.number, c.prediction) for c in facts.cycles] == [(1, "8 av 10 vet vem det är.")]
    assert (facts.granted_ore, facts.reward_ore) == (20_000 * KR, 5_000 * KR)
    assert (facts.reward_is_paid, facts.approved_by) == (False, "")


@pytest.mark.parametrize("cycles", [1, 4])
def test_the_facts_cost_the_same_however_much_was_done(
    work, leader, cycles, django_assert_num_queries
):
    for _ in range(cycles):
        cycle_in(work, Phase.CLOSED, by=leader)
    report = Report.objects.for_page().get(pk=report_on(work, by=leader).pk)
    with django_assert_num_queries(7):  # money, payments, cycles, team, drivers, measures, values
        report_facts(report, TODAY)


# --- the whole table --------------------------------------------------------------------------------


@pytest.mark.parametrize("status", ReportStatus.values)
@pytest.mark.parametrize("step", list(REPORT_FLOW), ids=lambda step: step.name)
def test_every_step_from_every_state_for_everyone(
    work, leader, member, manager, stranger, step, status
):
    report = report_on(work, by=leader)
    report.status = status
    report.work = work
    in_team = person_with(Role.MANAGER, at=work.unit)
    works.add_member(work_id=work.pk, person=in_team, role="coach", by=leader)
    work.__dict__.pop("team", None)

    people = [leader, manager, in_team, member, stranger]
    allowed = [why_not_report(step, report, person) is None for person in people]

    if status not in step.sources:
        assert allowed == [False] * 5
    elif step.by is By.OWNER:  # the leader, and those who lead works at the unit
        assert allowed == [True, True, True, False, False]
    else:  # a manager, but not one who took part
        assert allowed == [False, True, False, False, False]


def test_the_buttons_follow_the_table(work, leader, manager):
    report = report_on(work, ReportStatus.SUBMITTED, by=leader)
    assert [step.name for step in report_steps(report, manager)] == ["return", "approve"]
    assert report_steps(report, leader) == []


# --- writing and sending ----------------------------------------------------------------------------


def test_the_whole_team_writes_until_it_is_sent(work, leader, member):
    report = report_on(work, by=leader)
    reports.edit(report_id=report.pk, texts=TEXTS, wishes=WISHES, by=member)
    reports.submit(report_id=report.pk, by=leader)

    with pytest.raises(Refused, match="Väntar på godkännande"):
        reports.edit(report_id=report.pk, texts=TEXTS, wishes=WISHES, by=member)


def test_an_empty_report_is_not_sent(work, leader):
    report = report_on(work, by=leader)
    with pytest.raises(Refused, match="Inte skrivet än: Så gjorde vi, Resultat, Det vi lärde oss"):
        reports.submit(report_id=report.pk, by=leader)


def test_a_planned_work_is_not_reported(work, leader, stranger):
    with pytest.raises(Refused, match="Planeras"):
        reports.draft(work_id=work.pk, by=leader)
    with pytest.raises(Refused, match="Bara teamet"):
        reports.draft(work_id=work.pk, by=stranger)


def test_a_returned_report_is_sent_again_as_a_new_revision(work, leader, manager):
    report = report_on(work, ReportStatus.SUBMITTED, by=leader)

    with pytest.raises(Refused, match="mening"):
        reports.send_back(report_id=report.pk, why=" ", by=manager)
    reports.send_back(report_id=report.pk, why="Hur mätte ni?", by=manager)
    again = reports.submit(report_id=report.pk, by=leader)

    assert (again.revision, again.status) == (2, ReportStatus.SUBMITTED)


# --- approving ------------------------------------------------------------------------------------------


def test_approval_pays_the_reward_releases_the_rest_and_finishes(work, leader, manager):
    report = report_on(work, ReportStatus.SUBMITTED, by=leader)

    approved = approve(report, manager)

    work.refresh_from_db()
    work.idea.refresh_from_db()
    assert (approved.status, approved.approved_by) == (ReportStatus.APPROVED, manager)
    assert (work.status, work.finished_on) == (WorkStatus.FINISHED, TODAY)
    assert work.idea.status == IdeaStatus.DONE
    assert paid() == [
        (LedgerKind.RELEASE, Account.PROJECT, 20_000 * KR),
        (LedgerKind.PAYOUT, Account.REWARD, 5_000 * KR),
    ]


def test_a_second_approval_changes_nothing(work, leader, manager):
    report = report_on(work, ReportStatus.SUBMITTED, by=leader)
    approve(report, manager)
    before = paid()

    with pytest.raises(Refused, match="Godkänd"):
        approve(report, manager)
    with pytest.raises(Refused):
        reports.draft(work_id=work.pk, by=leader)

    assert paid() == before


def test_when_the_money_cannot_be_settled_nothing_is_approved(work, leader, manager):
    report = report_on(work, ReportStatus.SUBMITTED, by=leader)
    idea = work.idea
    idea.status = IdeaStatus.DONE  # as if it had been settled elsewhere
    idea.save()

    with pytest.raises(Refused):
        approve(report, manager)

    report.refresh_from_db()
    work.refresh_from_db()
    assert (report.status, work.status) == (ReportStatus.SUBMITTED, WorkStatus.RUNNING)


def test_a_work_that_rests_is_not_finished(work, leader, manager):
    report = report_on(work, ReportStatus.SUBMITTED, by=leader)
    works.press(work_id=work.pk, step_name="pause", why="Semester", by=leader)
    with pytest.raises(Refused, match="Pausat"):
        approve(report, manager)


def test_nobody_approves_what_they_took_part_in(unit):
    boss = person_with(Role.MANAGER, at=unit)
    report = report_on(started_work(at=unit, leader=boss), ReportStatus.SUBMITTED, by=boss)
    with pytest.raises(Refused, match="eget"):
        approve(report, boss)


# --- what the database refuses ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"status": "maybe"}, "report_(status_known|submitted_by_somebody)"),
        ({"status": ReportStatus.SUBMITTED}, "report_submitted_by_somebody"),
        ({"approved_at": dt.datetime(2026, 1, 1, tzinfo=dt.UTC)}, "report_approved_by_somebody"),
        ({"participants": 0}, "report_somebody_took_part"),
    ],
)
def test_what_can_never_be_true_of_a_report(work, leader, change, name):
    report = report_on(work, by=leader)
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Report.objects.filter(pk=report.pk).update(**change)


def test_a_work_has_one_live_report_and_one_approved(work, leader, manager):
    report_on(work, by=leader)
    with pytest.raises(IntegrityError, match="report_one_live_per_work"), transaction.atomic():
        Report.objects.create(work=work)
    report = report_on(work, ReportStatus.SUBMITTED, by=leader)
    approved = approve(report, manager)
    approved.pk = None
    with pytest.raises(IntegrityError, match="report_approved_once"), transaction.atomic():
        approved.save(force_insert=True)
