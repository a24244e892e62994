"""Fetchings as the quality lead sees them: how far one has come, and how the others went."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Case, Count, IntegerField, Max, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from foundation.models import Job

from ..models import (
    BatchStatus,
    ImportBatch,
    ImportRun,
    Kpi,
    QualityArea,
    RunStatus,
    What,
)
from ..models.imports import LIVE

# Those that need somebody first; then what is to come; then what is done.
_FIRST = (BatchStatus.FAILED, BatchStatus.WAITING, BatchStatus.DONE, BatchStatus.SKIPPED)
ENOUGH_TO_GUESS = 3  # batches done, before it is said how long the rest may take


@dataclass(frozen=True, slots=True)
class Progress:
    """A run, and what its batches have done so far."""

    run: ImportRun
    total: int = 0
    done: int = 0
    failed: int = 0
    skipped: int = 0
    new: int = 0
    changed: int = 0
    withdrawn: int = 0
    unchanged: int = 0
    note: str = ""  # what its background job waits for
    asked_at: datetime | None = None  # when that job was asked for: not the run's, if tried again
    lately: int = 0  # batches that are over since then

    @property
    def over(self) -> int:
        """How many batches are over, well or badly."""
        return self.done + self.failed + self.skipped

    @property
    def values(self) -> int:
        return self.new + self.changed + self.withdrawn + self.unchanged

    @property
    def is_whole(self) -> bool:
        return self.run.status == RunStatus.DONE and not self.failed

    @property
    def lasted(self) -> timedelta | None:
        """How long it took, or has taken so far."""
        if self.run.started_at is None:
            return None
        return (self.run.ended_at or timezone.now()) - self.run.started_at

    @property
    def minutes_left(self) -> int | None:
        """A guess for the rest, rounded up; None while too little is known, or when it is over."""
        if not self.run.is_live or self.asked_at is None or self.lately < ENOUGH_TO_GUESS:
            return None
        each = (timezone.now() - self.asked_at).total_seconds() / self.lately
        return round(each * (self.total - self.over) / 60 + 0.5)


def progress_of(runs: Sequence[ImportRun]) -> list[Progress]:
    """Return how far each has come.  One query, and one more when any of them is under way."""
    keys = [run.job_key for run in runs if run.is_live]
    jobs = {job.key: job for job in Job.objects.live().filter(key__in=keys)} if keys else {}
    lately = Q(pk=None)  # none
    for run in runs:
        if job := jobs.get(run.job_key):
            lately |= Q(run=run, ended_at__gte=job.created_at)
    batches = ImportBatch.objects.filter(run__in=[run.pk for run in runs]).order_by()
    rows: Any = batches.values("run").annotate(
        n_total=Count("pk"),
        n_lately=Count("pk", filter=lately),
        **{f"n_{s}": Count("pk", filter=Q(status=s)) for s in ("done", "failed", "skipped")},
        **{f"n_{c}": Coalesce(Sum(c), 0) for c in ("new", "changed", "withdrawn", "unchanged")},
    )
    counted = {
        row["run"]: {name.removeprefix("n_"): n for name, n in row.items() if name != "run"}
        for row in rows
    }
    return [
        Progress(
            run,
            note=job.note if (job := jobs.get(run.job_key)) else "",
            asked_at=job.created_at if job else None,
            **counted.get(run.pk, {}),
        )
        for run in runs
    ]


def live_runs() -> list[Progress]:
    """Return those under way.  Two or three queries."""
    return progress_of(list(ImportRun.objects.live().select_related("asked_by")))


def history() -> "QuerySet[ImportRun]":
    """Return the runs that are over, the latest first."""
    return ImportRun.objects.exclude(status__in=LIVE).select_related("asked_by")


@dataclass(frozen=True, slots=True)
class Standing:
    """What is fetched, and how old it is."""

    kpis: int  # fetched each night
    never: int  # of those, never fetched
    areas: int
    values_at: datetime | None  # when the last fetching of values was over
    catalogue_at: datetime | None


def standing() -> Standing:
    """Say what is fetched.  Three queries."""
    wanted = Kpi.objects.wanted().aggregate(
        kpis=Count("pk", distinct=True),
        fetched=Count("pk", distinct=True, filter=Q(fetched_on__isnull=False)),
    )
    ended = dict(
        ImportRun.objects.filter(status=RunStatus.DONE)
        .order_by()
        .values_list("what")
        .annotate(Max("ended_at"))
    )
    return Standing(
        kpis=wanted["kpis"],
        never=wanted["kpis"] - wanted["fetched"],
        areas=QualityArea.objects.filter(measures__parts__isnull=False).distinct().count(),
        values_at=ended.get(What.VALUES),
        catalogue_at=ended.get(What.CATALOGUE),
    )


# --- one run ---------------------------------------------------------------------------------------


def batches_of(run: ImportRun) -> "QuerySet[ImportBatch]":
    """Return the batches of a run: what failed first, then what waits, then what is done."""
    first = Case(
        *(When(status=status, then=Value(n)) for n, status in enumerate(_FIRST)),
        output_field=IntegerField(),
    )
    return run.batches.order_by(first, "position")


def kpis_of(batches: Collection[ImportBatch]) -> dict[int, Kpi]:
    """Return the KPIs that the batches are about, by id.  One query."""
    ids = {kpi for batch in batches for kpi in batch.kpis}
    return Kpi.objects.only("code", "title", "short_title").in_bulk(ids)
