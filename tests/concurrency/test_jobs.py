"""Two workers, one job."""

import uuid

import pytest
from django.db import connection, transaction
from django.utils import timezone

from foundation import jobs
from foundation.jobs import LeaseLost
from foundation.journal import record
from foundation.models import Event, Job, JobQuerySet, JobStatus
from tests.concurrency.rivals import at_the_same_point, together
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db(transaction=True)


def waiting_job(**fields):
    return Job.objects.create(key=str(uuid.uuid4()), work="w", **fields)


def abandoned_job():
    """Its worker has not been heard of for longer than the lease."""
    return waiting_job(
        status=JobStatus.RUNNING, token=uuid.uuid4(), lease_until=timezone.now() - Job.LEASE
    )


@pytest.mark.parametrize("make", [waiting_job, abandoned_job])
def test_two_workers_never_get_the_same_job(make):
    job = make()
    for _ in range(5):
        claims = together(*[lambda: jobs.claim(job.pk)] * 4)
        assert [bool(claim) for claim in claims].count(True) == 1
        Job.objects.update(status=JobStatus.QUEUED)


def test_without_the_lock_they_would(monkeypatch):
    """The control.  If this fails, the test above proves nothing."""
    job = waiting_job()
    monkeypatch.setattr(JobQuerySet, "not_in_hands", JobQuerySet.all)
    monkeypatch.setattr(jobs.uuid, "uuid4", at_the_same_point(uuid.uuid4, 2))

    claims = together(*[lambda: jobs.claim(job.pk)] * 2)

    assert all(claims)


def test_a_step_that_takes_long_is_not_taken_over_in_the_middle():
    job = waiting_job()
    mine = jobs.claim(job.pk)
    with mine.step(done=1, total=1, last=True):
        Job.objects.filter(pk=job.pk).update(lease_until=timezone.now() - Job.LEASE)
        [other] = together(lambda: jobs.claim(job.pk))
        together(jobs.wake_silent)
        assert other is None
    job.refresh_from_db()
    assert (job.status, job.attempts) == (JobStatus.DONE, 1)


def come_back_after_losing_the_lease(job, subject):
    """A worker freezes between two steps, another takes the job, and the first wakes up."""
    first = jobs.claim(job.pk)
    Job.objects.filter(pk=job.pk).update(lease_until=timezone.now() - Job.LEASE)
    second = jobs.claim(job.pk)
    for worker in (second, first):
        with worker.step(done=1, total=2):
            record("test.effect", subject, by=None)


def test_a_worker_whose_lease_was_taken_writes_nothing():
    job, subject = waiting_job(), PersonFactory()
    with pytest.raises(LeaseLost):
        come_back_after_losing_the_lease(job, subject)
    assert Event.objects.filter(kind="test.effect").count() == 1
    assert (Job.objects.get(pk=job.pk).done, Job.objects.get(pk=job.pk).attempts) == (1, 2)


def test_without_the_token_it_would(monkeypatch):
    """The control.  If this fails, the test above proves nothing."""
    job, subject = waiting_job(), PersonFactory()
    monkeypatch.setattr(jobs.Run, "_mine", lambda run: Job.objects.filter(pk=run.job.pk))
    come_back_after_losing_the_lease(job, subject)
    assert Event.objects.filter(kind="test.effect").count() == 2


def test_two_who_ask_at_once_share_one_job():
    person = PersonFactory()

    @jobs.work("test.shared")
    def shared(run):
        pass

    def ask():
        with transaction.atomic():
            return jobs.enqueue(shared, key="one", by=person)

    first, *others = together(*[ask] * 4)
    assert {other.pk for other in others} == {first.pk}
    assert Job.objects.filter(key="one").count() == 1


def test_two_sweepers_wake_a_worker_once(monkeypatch):
    sent = []
    monkeypatch.setattr(jobs, "send", lambda job: sent.append(job.pk))
    job = waiting_job()
    together(*[jobs.wake_silent] * 3)
    assert sent == [job.pk]
    assert connection.connection is not None
