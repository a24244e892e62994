"""Background work: asked for once, done by one worker at a time, tried again, watched.

The design survives the death of any process at any time:

- The row in `Job` is written in the transaction that asks for it.  The message to Celery only
  wakes a worker; `wake_silent` sends it again when it was lost.
- `claim` hands out a new token and a lease.  Every `Run.step` is one transaction of effect,
  progress and lease; it holds the row, and begins only while the token is still the claimer's
  own.  A worker that was thought dead and comes back can therefore change nothing.
- Attempts are counted in the row and end.
"""

import logging
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any, Protocol

from celery import current_app
from django.conf import settings
from django.db import InterfaceError, transaction
from django.db import OperationalError as DatabaseGone
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from kombu.exceptions import OperationalError

from .errors import Refused, Temporary
from .models import Job, JobQuerySet, JobStatus

log = logging.getLogger(__name__)

RESEND_AFTER = timedelta(seconds=30)
FIRST_WAIT = timedelta(seconds=15)  # doubled for each further attempt


class LeaseLost(Exception):
    """Another worker has the job now; whatever this one was about to write is rolled back."""


class Work(Protocol):
    """What a tasks.py registers: a function of the run and of the arguments asked for."""

    def __call__(self, run: "Run", **arguments: Any) -> None: ...


@dataclass(frozen=True, slots=True)
class _Registered:
    function: Callable[..., None]
    time_limit: int


_registry: dict[str, _Registered] = {}
_names: dict[Callable[..., None], str] = {}


def work[F_: Callable[..., None]](name: str, *, seconds: int = 3600) -> Callable[[F_], F_]:
    """Register a function of (run, **arguments) as work that can be asked for.

    Args:
        name: Stored in the row, so it stays when the function moves: "reports.make_pdf".
        seconds: After so long the worker is stopped; counts as an attempt.
    """

    def register(function: F_) -> F_:
        _registry[name] = _Registered(function, seconds)
        _names[function] = name
        return function

    return register


def enqueue(function: Callable[..., None], *, key: str, by: Any, **arguments: object) -> Job:
    """Ask for work to be done, unless the same work is already under way.

    Args:
        key: Names the work, not the request: two people who ask for the same share one job.
        by: The person who may watch it; None for the timetable's own work.

    Returns:
        The new job, or the live one with the same key.
    """
    with transaction.atomic():
        job, is_new = Job.objects.live().get_or_create(
            key=key,
            defaults={
                "work": _names[function],
                "arguments": arguments,
                "requested_by": by,
                "sent_at": timezone.now(),
            },
        )
        if is_new:
            transaction.on_commit(partial(send, job))
    return job


def send(job: Job) -> None:
    """Wake a worker.  Safe to repeat and allowed to fail: the row waits for `wake_silent`."""
    limit = _registry[job.work].time_limit if job.work in _registry else None
    try:
        current_app.send_task(
            "foundation.run_job",
            kwargs={"job_id": job.pk},
            ignore_result=True,
            retry=False,
            time_limit=limit,
        )
    except OperationalError:
        log.warning("No worker could be woken for %s; it is tried again soon.", job)


@transaction.atomic
def wake_silent() -> None:
    """Send again what the queue lost or a dead worker left; end what was tried too often."""
    now = timezone.now()
    silent = Job.objects.claimable().exclude(sent_at__gt=now - RESEND_AFTER)
    for job in silent.not_in_hands():
        if job.attempts < Job.ATTEMPTS:
            job.sent_at = now
            job.save(update_fields=["sent_at"])
            transaction.on_commit(partial(send, job))
        else:
            job.status, job.ended_at = JobStatus.FAILED, now
            job.note = _("It was tried several times and did not succeed. Please try again later.")
            job.save(update_fields=["status", "ended_at", "note"])


@dataclass(frozen=True, slots=True)
class Run:
    """A job in one worker's hands."""

    job: Job
    token: uuid.UUID

    @contextmanager
    def step(
        self,
        *,
        done: int = 0,
        total: int = 0,
        cursor: dict[str, Any] | None = None,
        last: bool = False,
    ) -> Iterator[None]:
        """Do one part of the work: its effects, the progress and the lease in one transaction.

        Args:
            done: How much is done when this part is, of `total`; moves the bar.
            cursor: Where to go on from if this is the last that is heard of us.
            last: The job is done when this part is.

        Nobody else can take the job while a step lasts.  Between steps the lease must not run
        out, so what takes longer than `Job.LEASE` is cut in more steps.

        Raises:
            LeaseLost: another worker has the job; nothing was done.
        """
        with transaction.atomic():
            if not self._mine().select_for_update().values_list("pk"):
                raise LeaseLost(self.job.key)
            yield
            changes: dict[str, Any] = {"done": done, "total": max(total, done)}
            if cursor is not None:
                changes["cursor"] = cursor
            if last:
                changes |= {"status": JobStatus.DONE, "ended_at": timezone.now(), "note": ""}
            self._update(**changes)

    def _mine(self) -> JobQuerySet:
        return Job.objects.filter(pk=self.job.pk, token=self.token, status=JobStatus.RUNNING)

    def _update(self, **changes: Any) -> None:
        if not self._mine().update(lease_until=timezone.now() + Job.LEASE, **changes):
            raise LeaseLost(self.job.key)

    def put_back(self, note: str) -> None:
        """Let the job wait for a while and then be tried again."""
        wait = FIRST_WAIT * 2 ** (self.job.attempts - 1)
        self._update(status=JobStatus.QUEUED, note=note[:300], due_at=timezone.now() + wait)

    def fail(self, note: str) -> None:
        self._update(status=JobStatus.FAILED, note=note[:300], ended_at=timezone.now())

    def is_over(self) -> bool:
        """Say whether its last step was taken.  Asks the database."""
        return not self._mine().exists()


@transaction.atomic
def claim(job_id: int) -> Run | None:
    """Take the job, or return None if it is taken or over.

    The row is locked or skipped: when two workers reach for it, PostgreSQL asks again, after the
    first has committed, whether the second may still have it.
    """
    free = Job.objects.claimable().filter(pk=job_id, attempts__lt=Job.ATTEMPTS)
    job = free.not_in_hands().first()
    if job is None:
        return None
    job.status = JobStatus.RUNNING
    job.token = uuid.uuid4()
    job.lease_until = timezone.now() + Job.LEASE
    job.attempts += 1
    job.save(update_fields=["status", "token", "lease_until", "attempts"])
    return Run(job, job.token)


def run(job_id: int) -> None:
    """Do a job's work, once.  The work's last step marks it done."""
    mine = claim(job_id)
    if mine is None:
        return
    try:
        with translation.override(_language_of(mine.job)):
            _work(mine)
    except LeaseLost:
        log.warning("Lost %s to another worker; nothing was written.", mine.job)
    except (DatabaseGone, InterfaceError):
        log.exception("The database went away during %s; it is tried again.", mine.job)


def _language_of(job: Job) -> str:
    """Return the language in which the person who asked reads the job's notes."""
    return getattr(job.requested_by, "language", None) or settings.LANGUAGE_CODE


def _work(mine: Run) -> None:
    try:
        _registry[mine.job.work].function(mine, **mine.job.arguments)
        if not mine.is_over():
            raise RuntimeError(f"{mine.job.work} ended without a last step")
    except Temporary as error:
        if mine.job.attempts >= Job.ATTEMPTS:
            mine.fail(str(error))
        else:
            mine.put_back(str(error))
    except Refused as refusal:
        mine.fail(str(refusal))
    except (LeaseLost, DatabaseGone, InterfaceError):
        raise
    except Exception:
        mine.fail(_("Something went wrong. It has been written down for those who mend things."))
        raise
