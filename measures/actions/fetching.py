"""Carrying out a run: one batch after the other, each stored whole or not at all.

Kolada is asked in a thread of its own, one batch ahead, for it may take long to answer.  The main
thread alone touches the database: it keeps the lease, heeds a breaking off, and stores.  Killed at
any point, the run goes on with the first batch that is not stored.
"""

import logging
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from contextlib import contextmanager, suppress
from datetime import date
from itertools import pairwise

from django.db import InterfaceError, OperationalError
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from foundation import jobs
from foundation.errors import Refused, Temporary
from foundation.journal import record

from ..kolada.client import Client
from ..models import BatchKind, BatchStatus, ImportBatch, ImportRun, Kpi, RunStatus
from .batches import BrokenOff, Known, Progress, Store
from .values import Loaded

log = logging.getLogger(__name__)

LOOK_AGAIN = 2.0  # seconds between looks at whether the run was broken off; renews the lease
TRIES = 3  # a batch that so many workers died of is let be
GIVE_UP_AFTER = 3  # batches in a row that Kolada did not answer

AHEAD = (BatchKind.VALUES, BatchKind.UNIT_VALUES)  # the others need what is stored before them


@jobs.work("measures.fetch", seconds=12 * 3600)
def carry_out(run: jobs.Run, *, run_id: int) -> None:
    """Fetch what waits of a run, and store it.  A run that is over is left alone."""
    with run.step():
        wanted = _begin(run_id)
    done = total = 0
    if wanted is not None:
        fetching = _Fetching(run, wanted)
        with suppress(BrokenOff):
            fetching.do_batches()
        done, total = fetching.done, fetching.total
    with run.step(done=done, total=total, last=True):
        _finish(run_id)


def _begin(run_id: int) -> ImportRun | None:
    run = ImportRun.objects.locked().get(pk=run_id)
    if not run.is_live:
        return None
    run.status, run.started_at = RunStatus.RUNNING, run.started_at or timezone.now()
    run.save(update_fields=["status", "started_at"])
    return run


def _finish(run_id: int) -> None:
    """Close the run, and note of which KPIs all is known as it was on the day the run began."""
    run = ImportRun.objects.locked().get(pk=run_id)
    if not run.is_live:
        return
    run.status, run.ended_at = RunStatus.DONE, timezone.now()
    run.save(update_fields=["status", "ended_at"])
    failed = run.batches.filter(status=BatchStatus.FAILED).count()
    record("import_run.finish", run, by=None, failed=failed)
    if run.first_year is None and run.last_year is None and run.started_at:
        _note_fetched(run, timezone.localdate(run.started_at))


def _note_fetched(run: ImportRun, on: date) -> None:
    whole, changes, lacking = set[int](), set[int](), set[int]()
    for batch in run.batches.all():
        if batch.status != BatchStatus.DONE:
            lacking.update(batch.kpis)
        elif batch.changed_since:
            changes.update(batch.kpis)
        else:
            whole.update(batch.kpis)
    # With what changed since a day, all is known of what was whole on that day.
    known = Q(pk__in=whole) | Q(pk__in=changes, fetched_on__gte=run.changed_since or on)
    Kpi.objects.filter(known).exclude(pk__in=lacking).update(fetched_on=on)


class _Fetching:
    """The batches of a run that wait, and the job in whose steps they are stored."""

    def __init__(self, job: jobs.Run, run: ImportRun) -> None:
        self._job = job
        self._run = run
        self._progress = Progress()
        self._unanswered = 0  # batches in a row
        batches = list(run.batches.all())
        self._waiting = [b for b in batches if b.status == BatchStatus.WAITING]
        self._known = Known(run, batches)
        self._sizes = {batch.pk: self._known.size(batch) for batch in batches}
        self.total = sum(self._sizes.values())  # questions to Kolada
        self.done = self.total - sum(self._sizes[batch.pk] for batch in self._waiting)

    def do_batches(self) -> None:
        """Raises: BrokenOff, when somebody broke the run off."""
        with Client() as kolada:
            thread = ThreadPoolExecutor(max_workers=1)
            try:
                self._do_batches(thread, kolada)
            finally:  # without waiting for an answer that is of no use
                self._progress.stop()
                thread.shutdown(wait=False, cancel_futures=True)

    def _do_batches(self, thread: ThreadPoolExecutor, kolada: Client) -> None:
        ahead: Future[Store] | None = None
        for batch, following in pairwise([*self._waiting, None]):
            if batch is None or self._unanswered == GIVE_UP_AFTER:
                break
            if not self._may_begin(batch):
                ahead = None
                continue
            answer, ahead = ahead or self._ask(batch, thread, kolada), None
            self._wait_for(answer)
            if following and following.kind in AHEAD:
                ahead = self._ask(following, thread, kolada)
            self._settle(batch, answer)
        if self._unanswered == GIVE_UP_AFTER:
            self._give_up()

    def _may_begin(self, batch: ImportBatch) -> bool:
        """Count the try before it is made, so that a batch that kills workers ends."""
        with self._step():
            if batch.tries < TRIES:
                batch.tries += 1
                batch.save(update_fields=["tries"])
                return True
            _end(batch, BatchStatus.FAILED, note=_("The work stopped each time this was fetched."))
        self.done += self._sizes[batch.pk]
        return False

    def _ask(self, batch: ImportBatch, thread: ThreadPoolExecutor, kolada: Client) -> Future[Store]:
        ask, language = self._known.ask(batch), translation.get_language()

        def fetch() -> Store:
            self._progress.asked = 0
            with translation.override(language):
                return ask(kolada, self._progress)

        return thread.submit(fetch)

    def _wait_for(self, answer: Future[Store]) -> None:
        while True:
            try:
                answer.exception(LOOK_AGAIN)
                return
            except NotYet:
                with self._step(more=self._progress.asked):
                    pass

    def _settle(self, batch: ImportBatch, answer: Future[Store]) -> None:
        """Store an answer, or write down why there is none."""
        try:
            store = answer.result()
            with self._step(more=self._sizes[batch.pk]):
                _end(batch, BatchStatus.DONE, store())
            self._unanswered = 0
        except Temporary as trouble:
            self._unanswered += 1
            self._fail(batch, str(trouble))
        except Refused as refusal:
            self._unanswered = 0
            self._fail(batch, str(refusal))
        except (jobs.LeaseLost, BrokenOff, OperationalError, InterfaceError):
            raise
        except Exception:
            log.exception("Batch %s could not be fetched.", batch)
            self._fail(
                batch,
                _("Something went wrong. It has been written down for those who mend things."),
            )
        self.done += self._sizes[batch.pk]

    def _fail(self, batch: ImportBatch, note: str) -> None:
        with self._step(more=self._sizes[batch.pk]):
            _end(batch, BatchStatus.FAILED, note=note)

    def _give_up(self) -> None:
        """Ask no more of a Kolada that is away; whoever wants to tries the rest later."""
        with self._step():
            self._run.batches.filter(status=BatchStatus.WAITING).update(
                status=BatchStatus.FAILED,
                note=_("Kolada did not answer, so this was not asked for."),
                ended_at=timezone.now(),
            )
        self.done = self.total

    @contextmanager
    def _step(self, *, more: int = 0) -> Iterator[None]:
        """Do something in one step of the job, unless the run was broken off."""
        done = min(self.done + more, self.total)
        with self._job.step(done=done, total=self.total):
            if not ImportRun.objects.locked().get(pk=self._run.pk).is_live:
                raise BrokenOff
            yield


def _end(
    batch: ImportBatch, status: BatchStatus, loaded: Loaded | None = None, note: str = ""
) -> None:
    loaded = loaded or Loaded()
    batch.status, batch.note, batch.ended_at = status, note[:300], timezone.now()
    batch.new, batch.changed = loaded.new, loaded.changed
    batch.withdrawn, batch.unchanged = loaded.withdrawn, loaded.unchanged
    batch.save()
