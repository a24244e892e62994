"""Reminders: to the one who can act, once a week for each thing, and not to those who said no."""

import datetime as dt
import uuid
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from foundation import jobs
from foundation.errors import Refused
from foundation.models import Job, JobStatus
from measures.models import MeasureVerdict
from measures.models.team import Frequency
from organisation.actions import notices
from organisation.digest import digest_to
from organisation.models import Mute, Notice
from organisation.notices import all_reminders
from organisation.permissions import Role
from programme.actions import reminding
from programme.models import (
    Contact,
    ContactKind,
    Phase,
    Reminder,
    ReportStatus,
    Task,
    Work,
    WorkStatus,
)
from programme.support.due import is_late
from tests.factories import TODAY, cycle_in, employee, person_with, report_on, started_work

pytestmark = pytest.mark.django_db

WEEK = dt.timedelta(days=7)


def ago(days):
    return TODAY - dt.timedelta(days=days)


@pytest.fixture
def coach(unit):
    return person_with(Role.COACH, at=unit)


@pytest.fixture
def work(unit, leader, coach):
    """A running work in which nothing is due."""
    work = started_work(at=unit, leader=leader, coach=coach)
    Work.objects.filter(pk=work.pk).update(
        status=WorkStatus.RUNNING, started_on=ago(100), aim_by=TODAY + WEEK
    )
    measured(work, days=1)
    contact(work, coach, days=1)
    return Work.objects.get(pk=work.pk)


def measured(work, *, days):
    for followed in work.followed.all():
        MeasureVerdict.objects.update_or_create(
            measure=followed.measure,
            defaults={"verdict": "chance", "newest_on": ago(days), "newest_value": Decimal(6)},
        )


def contact(work, coach, *, days, **fields):
    Contact.objects.all().delete()
    return Contact.objects.create(
        work=work,
        coach=coach,
        kind=ContactKind.VISIT,
        taken_on=ago(days),
        key=uuid.uuid4(),
        **fields,
    )


def remind(on=TODAY):
    """Return who was told what."""
    before = set(Notice.objects.values_list("pk", flat=True))
    pks = list(Work.objects.values_list("pk", flat=True))
    reminding.remind_of(pks, on=on)
    new = Notice.objects.exclude(pk__in=before)
    return sorted(new.values_list("kind", "to", "note"))


def test_where_nothing_is_due_nobody_is_told(work):
    assert remind() == []


# --- what is due, and who can act -------------------------------------------------------------


def test_a_late_value_is_asked_of_who_collects_it_else_of_the_leader(work, leader, member):
    measured(work, days=45)
    measure = work.followed.get().measure
    assert remind() == [("remind.data", leader.pk, measure.name)]
    measure.collector = member
    measure.save()
    assert remind(TODAY + WEEK) == [("remind.data", member.pk, measure.name)]


@pytest.mark.parametrize(
    ("frequency", "fine", "late"),
    [
        (Frequency.DAILY, 3, 4),
        (Frequency.WEEKLY, 10, 11),
        (Frequency.MONTHLY, 38, 39),
        (Frequency.QUARTERLY, 105, 106),
    ],
)
def test_a_value_is_late_by_the_measures_own_rhythm(frequency, fine, late):
    assert not is_late(frequency, ago(fine), ago(400), on=TODAY)
    assert is_late(frequency, ago(late), ago(400), on=TODAY)
    assert not is_late(Frequency.SOMETIMES, ago(400), ago(400), on=TODAY)


def test_a_test_that_stands_still_is_told_to_the_leader(work, leader):
    cycle_in(work, Phase.DO, by=leader, on=ago(29))
    measured(work, days=1)
    assert [(kind, to) for kind, to, _note in remind()] == [("remind.cycle", leader.pk)]


def test_a_next_step_and_a_long_silence_are_told_to_the_coach(work, coach):
    contact(work, coach, days=10, next_step="Titta på data", next_on=TODAY)
    assert remind() == [("remind.step", coach.pk, "Titta på data")]
    contact(work, coach, days=31)
    assert remind() == [("remind.contact", coach.pk, "")]


def test_support_that_runs_out_is_told_to_the_coach(work, coach):
    work.coachings.update(starts_on=ago(200), until=TODAY + dt.timedelta(days=20))
    assert remind() == [("remind.coaching", coach.pk, "")]


def test_a_late_report_is_told_to_the_leader(work, leader):
    report = report_on(work, by=leader)
    report.created_at = timezone.now() - dt.timedelta(days=400)
    report.status = ReportStatus.DRAFT
    report.save()
    assert [(kind, to) for kind, to, _note in remind()] == [("remind.report", leader.pk)]


def test_a_task_is_told_to_who_has_taken_it_on(work, member, leader):
    Task.objects.create(
        work=work,
        text="Ring brukaren",
        owner=member,
        due_on=TODAY,
        made_by=leader,
        key=uuid.uuid4(),
    )
    assert remind() == [("remind.task", member.pk, "Ring brukaren")]


@pytest.mark.parametrize("status", [WorkStatus.PAUSED, WorkStatus.PROPOSED, WorkStatus.STOPPED])
def test_what_rests_is_left_in_peace(work, coach, status):
    measured(work, days=90)
    contact(work, coach, days=90)
    Work.objects.filter(pk=work.pk).update(status=status)
    assert [told for told in remind() if told[0] != "remind.task"] == []


# --- not too often ----------------------------------------------------------------------------


def test_of_the_same_thing_one_is_reminded_once_a_week(work, coach):
    contact(work, coach, days=40)
    assert len(remind()) == 1
    assert remind() == []
    assert remind(TODAY + dt.timedelta(days=6)) == []
    assert len(remind(TODAY + WEEK)) == 1
    assert Reminder.objects.count() == 2


def test_the_job_done_twice_says_it_once(work, coach):
    contact(work, coach, days=40)
    for _ in range(2):
        job = reminding.ask_for(on=TODAY)
        jobs.run(job.pk)
        assert Job.objects.get(pk=job.pk).status == JobStatus.DONE
    assert Notice.objects.filter(kind="remind.contact").count() == 1


def test_many_works_cost_the_same(work, unit, coach):
    contact(work, coach, days=40)
    with CaptureQueriesContext(connection) as one:
        remind()
    for _ in range(3):
        started_work(at=unit, leader=employee(at=unit), coach=coach)
    with CaptureQueriesContext(connection) as four:
        assert len(remind(TODAY + dt.timedelta(days=60))) > 3
    assert len(four) == len(one)


# --- those who do not want them ---------------------------------------------------------------


def test_whoever_has_said_no_to_a_kind_is_left_in_peace(work, coach):
    contact(work, coach, days=40)
    work.coachings.update(starts_on=ago(200), until=TODAY)
    notices.mute(kind="remind.contact", by=coach)
    assert [kind for kind, _to, _note in remind()] == ["remind.coaching"]


def test_decisions_cannot_be_turned_off(coach):
    for kind in ("idea.reject", "work.confirm", "coaching.begin", "what ever"):
        with pytest.raises(Refused):
            notices.mute(kind=kind, by=coach)
    assert not Mute.objects.exists()


def test_on_ones_own_page_one_chooses_which_come(client, coach):
    client.force_login(coach)
    client.post("/mig/paminnelser/", {"kinds": ["remind.data"]})
    muted = set(Mute.objects.values_list("kind", flat=True))
    assert muted == {r.kind for r in all_reminders()} - {"remind.data"}
    client.post("/mig/paminnelser/", {"kinds": [r.kind for r in all_reminders()]})
    assert not Mute.objects.exists()


def test_one_press_beside_a_reminder_turns_its_kind_off(client, work, coach):
    contact(work, coach, days=40)
    remind()
    client.force_login(coach)
    assert "/mig/paminnelser/remind.contact/" in client.get("/notiser/").text
    client.post("/mig/paminnelser/remind.contact/")
    assert Mute.objects.get().kind == "remind.contact"
    assert client.get("/mig/paminnelser/remind.contact/").status_code == 200  # from a mail
    assert client.get("/mig/paminnelser/idea.reject/").status_code == 404
    assert client.post("/mig/paminnelser/idea.reject/").status_code == 404


def test_the_mail_says_how_to_turn_a_reminder_off(work, coach):

    contact(work, coach, days=40)
    remind()
    told = Notice.objects.filter(to=coach).order_by("-pk")
    mail = digest_to(coach, list(told), key="x")
    assert "/mig/paminnelser/remind.contact/" in mail.body
    assert "/mig/paminnelser/coaching.begin/" not in mail.body
