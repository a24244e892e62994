"""Background work as rows: asked for once, claimed, fenced, retried, watched."""

import datetime as dt

import pytest
from django.db import IntegrityError
from django.db import OperationalError as DatabaseGone
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from kombu.exceptions import OperationalError

from foundation import jobs
from foundation.errors import Refused, Temporary
from foundation.models import Job, JobStatus
from organisation.models import Person
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db

done_by = []  # what the work below did, for each test


@jobs.work("test.count", seconds=7)
def count(run, *, upto=2, fail_with=None):
    for number in range(run.job.cursor.get("next", 0), upto):
        with run.step(
            done=number + 1, total=upto, cursor={"next": number + 1}, last=number + 1 == upto
        ):
            done_by.append(number)
        if fail_with:
            raise FAILURES[fail_with]


FAILURES = {
    "temporary": Temporary("Kolada svarar inte."),
    "refused": Refused("Rapporten är redan godkänd."),
    "bug": ZeroDivisionError(),
    "database": DatabaseGone(),
}


@jobs.work("test.forgetful")
def forgetful(run):
    pass


@pytest.fixture(autouse=True)
def sent(monkeypatch):
    """The messages put on the queue."""
    done_by.clear()
    messages = []
    monkeypatch.setattr(jobs, "send", lambda job: messages.append(job.key))
    return messages


def ask(key="count", by=None, **arguments):
    return jobs.enqueue(count, key=key, by=by, **arguments)


def state(job):
    job.refresh_from_db()
    return job.status, job.done, job.total, job.attempts, job.note


def silence(job):
    """Let the lease run out, and the message be old."""
    long_ago = timezone.now() - Job.LEASE - dt.timedelta(seconds=1)
    Job.objects.filter(pk=job.pk).update(lease_until=long_ago, sent_at=long_ago)


def test_asking_twice_gives_one_job_and_one_message(sent, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        first, second = ask(), ask(by=PersonFactory())
    assert first == second
    assert sent == ["count"]


def test_asking_again_after_it_is_over_gives_a_new_job():
    first = ask()
    jobs.run(first.pk)
    assert ask() != first


def test_a_job_that_is_done_says_so():
    job = ask(upto=3)
    jobs.run(job.pk)
    assert state(job) == (JobStatus.DONE, 3, 3, 1, "")
    assert job.ended_at is not None
    assert done_by == [0, 1, 2]
    assert not job.is_live


def test_what_is_over_is_not_done_again():
    job = ask()
    jobs.run(job.pk)
    jobs.run(job.pk)
    assert done_by == [0, 1]


def test_only_one_worker_gets_it():
    job = ask()
    assert jobs.claim(job.pk).job == job
    assert jobs.claim(job.pk) is None


def test_a_worker_gone_silent_loses_it_and_the_next_goes_on_where_it_was():
    job = ask(upto=3)
    first = jobs.claim(job.pk)
    with first.step(done=1, total=3, cursor={"next": 1}):
        pass
    silence(job)

    jobs.run(job.pk)

    assert done_by == [1, 2]
    assert state(job)[:4] == (JobStatus.DONE, 3, 3, 2)
    with pytest.raises(jobs.LeaseLost), first.step(done=2, total=3):
        done_by.append("too late")
    assert "too late" not in done_by


def test_a_step_that_fails_leaves_nothing_behind():
    mine = jobs.claim(ask().pk)

    def half_a_step():
        with mine.step(done=1, total=2):
            PersonFactory(email="half@exempel.se")
            raise FAILURES["bug"]

    with pytest.raises(ZeroDivisionError):
        half_a_step()
    assert state(mine.job)[:3] == (JobStatus.RUNNING, 0, 0)
    assert not Person.objects.filter(email="half@exempel.se").exists()


def test_the_world_said_no_so_it_waits_and_goes_on():
    job = ask(fail_with="temporary")
    before = timezone.now()
    jobs.run(job.pk)

    assert state(job) == (JobStatus.QUEUED, 1, 2, 1, "Kolada svarar inte.")
    assert job.due_at - before > dt.timedelta(seconds=14)
    assert jobs.claim(job.pk) is None  # not due yet
    Job.objects.update(due_at=before)
    jobs.run(job.pk)
    assert state(job)[0] == JobStatus.DONE


def test_the_wait_doubles_and_ends():
    job = ask(upto=99, fail_with="temporary")
    waits = []
    for _attempt in range(Job.ATTEMPTS):
        Job.objects.update(due_at=timezone.now())
        jobs.run(job.pk)
        job.refresh_from_db()
        waits.append(round((job.due_at - timezone.now()).total_seconds()))
    assert waits[:-1] == [15, 30, 60, 120]
    assert state(job)[0] == JobStatus.FAILED


def test_a_refusal_ends_it_with_its_sentence():
    job = ask(fail_with="refused")
    jobs.run(job.pk)
    assert state(job)[0::4] == (JobStatus.FAILED, "Rapporten är redan godkänd.")


def test_a_bug_ends_it_and_is_still_raised():
    job = ask(fail_with="bug")
    with pytest.raises(ZeroDivisionError):
        jobs.run(job.pk)
    assert state(job)[0] == JobStatus.FAILED


def test_when_the_database_goes_away_it_is_left_for_the_next():
    job = ask(fail_with="database")
    jobs.run(job.pk)
    assert state(job)[0] == JobStatus.RUNNING
    silence(job)
    jobs.run(job.pk)
    assert state(job)[0] == JobStatus.DONE


def test_work_that_forgets_its_last_step_is_a_bug():
    job = jobs.enqueue(forgetful, key="f", by=None)
    with pytest.raises(RuntimeError, match="without a last step"):
        jobs.run(job.pk)
    assert state(job)[0] == JobStatus.FAILED


@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_note_is_written_in_the_language_of_who_asked(language):
    @jobs.work(f"test.speak-{language}")
    def speak(run):
        raise Refused(_("Password"))  # a word that Django itself translates

    job = jobs.enqueue(speak, key="s", by=PersonFactory(language=language))
    jobs.run(job.pk)
    assert state(job)[4] == {"sv": "Lösenord", "en": "Password"}[language]


def test_silent_jobs_are_woken_and_others_left_in_peace(sent, django_capture_on_commit_callbacks):
    fresh, lost, dead, busy = (ask(key) for key in ("fresh", "lost", "dead", "busy"))
    silence(lost)
    jobs.claim(dead.pk)
    jobs.claim(busy.pk)
    silence(dead)
    sent.clear()

    for _time in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            jobs.wake_silent()

    assert sorted(sent) == ["dead", "lost"]
    assert state(fresh)[0] == JobStatus.QUEUED


def test_what_was_tried_too_often_ends():
    job = ask()
    Job.objects.update(attempts=Job.ATTEMPTS)
    jobs.claim(job.pk)
    silence(job)
    jobs.wake_silent()
    status, _done, _total, attempts, note = state(job)
    assert (status, attempts) == (JobStatus.FAILED, Job.ATTEMPTS)
    assert note


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("job_status_known", {"status": "lost"}),
        ("job_running_is_leased", {"status": "running"}),
        ("job_done_within_total", {"done": 2, "total": 1}),
    ],
)
def test_the_database_refuses_a_job_that_cannot_be(name, change):
    job = ask()
    with pytest.raises(IntegrityError, match=name):
        Job.objects.filter(pk=job.pk).update(**change)


def test_the_database_keeps_one_live_job_per_key():
    ask()
    with pytest.raises(IntegrityError, match="job_one_live_per_key"):
        Job.objects.create(key="count", work="test.count")


def test_the_watching_page_asks_for_itself_until_it_is_over_and_only_for_its_owner(client):
    me = PersonFactory()
    client.force_login(me)
    job = ask(by=me)
    address = reverse("job-detail", args=[job.pk])
    assert f'hx-get="{address}"' in client.get(address).text

    jobs.run(job.pk)
    assert "hx-trigger" not in client.get(address).text

    client.force_login(PersonFactory())
    assert client.get(address).status_code == 404


class Broker:
    def __init__(self, problem=None):
        self.problem, self.asked = problem, []

    def send_task(self, name, **options):
        self.asked.append((name, options["kwargs"], options["time_limit"], options["retry"]))
        if self.problem:
            raise self.problem


@pytest.mark.parametrize("problem", [None, OperationalError()])
def test_the_message_only_wakes_and_may_be_lost(monkeypatch, problem):
    monkeypatch.undo()
    broker = Broker(problem)
    monkeypatch.setattr(jobs, "current_app", broker)
    job = Job.objects.create(key="k", work="test.count")
    jobs.send(job)
    assert broker.asked == [("foundation.run_job", {"job_id": job.pk}, 7, False)]
