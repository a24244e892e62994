"""Asking for a fetching from Kolada: a run, cut in batches, and the job that carries it out."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import batched

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation import jobs
from foundation.errors import Refused, require
from foundation.journal import record
from organisation.models import Person

from ..models import (
    BatchKind,
    BatchStatus,
    ImportBatch,
    ImportRun,
    Kpi,
    QualityArea,
    RunStatus,
    Source,
    What,
)
from ..rules import imports as rules
from .fetching import carry_out

KPIS_IN_BATCH = 25  # the most that Kolada takes in one question
CATALOGUE = (BatchKind.MUNICIPALITIES, BatchKind.KPIS, BatchKind.GROUPS, BatchKind.UNITS)
SUNDAY = 6


def fetch_values(
    *,
    kpis: Sequence[Kpi],
    about: str,
    first_year: int | None = None,
    last_year: int | None = None,
    changed_since: date | None = None,
    by: Person | None,
) -> ImportRun:
    """Ask for the values of `kpis`: of all municipalities and regions, and of units where there are.

    Args:
        about: What is fetched, in the words of the person who asked: "Hemtjänst".
        first_year, last_year: None is all there are.
        changed_since: Only what Kolada changed since that day; None is everything.

    Returns:
        The new run.  The one under way, if it is about the same and asked for by the same person.

    Raises:
        Refused: another run is under way, no KPIs of Kolada's, years the wrong way round.
    """
    require(rules.why_not_fetch(by) or rules.why_not_years(first_year, last_year))
    wanted = list({kpi.pk: kpi for kpi in kpis if kpi.source == Source.KOLADA}.values())
    require(rules.why_not_these(len(wanted), about))
    run = ImportRun(
        what=What.VALUES,
        about=about,
        first_year=first_year,
        last_year=last_year,
        changed_since=changed_since,
        asked_by=by,
    )
    return _ask(run, _batches_of(wanted, changed_since))


def fetch_area(
    *,
    area: QualityArea,
    first_year: int | None = None,
    last_year: int | None = None,
    by: Person,
) -> ImportRun:
    """Ask for all that the measures of an area are made of, and what is shown beside them."""
    parts = Kpi.objects.filter(measure_parts__measure__area=area, retired_on=None)
    return fetch_values(
        kpis=list(parts.distinct()),
        about=area.name,
        first_year=first_year,
        last_year=last_year,
        by=by,
    )


def fetch_followed(
    *,
    first_year: int | None = None,
    last_year: int | None = None,
    by: Person | None = None,
    on: date | None = None,
    whole: bool | None = None,
) -> ImportRun | None:
    """Ask for what is followed: what Kolada has changed since last, and on Sundays everything.

    A KPI that was never fetched is fetched whole on any day.  The clock asks each night; when
    nothing is followed, or another run is under way, it leaves it at that.

    Args:
        on: Today, unless said.
        whole: Everything, whatever day it is; False is the changes only.
    """
    on = on or timezone.localdate()
    kpis = list(Kpi.objects.wanted())
    if by is None and (not kpis or rules.why_not_now(What.VALUES)):
        return None
    fetched = [kpi.fetched_on for kpi in kpis if kpi.fetched_on]
    is_whole = (
        whole if whole is not None else on.weekday() == SUNDAY or bool(first_year or last_year)
    )
    since = None if is_whole or not fetched else min(fetched) - timedelta(days=1)
    return fetch_values(
        kpis=kpis,
        about=_("All that is followed"),
        changed_since=since,
        first_year=first_year,
        last_year=last_year,
        by=by,
    )


def fetch_everything(
    *, first_year: int | None = None, last_year: int | None = None, by: Person
) -> ImportRun:
    """Ask for the values of the whole catalogue: some hours, at a polite pace."""
    kpis = Kpi.objects.filter(source=Source.KOLADA, retired_on=None)
    return fetch_values(
        kpis=list(kpis),
        about=_("The whole of Kolada"),
        first_year=first_year,
        last_year=last_year,
        by=by,
    )


def fetch_catalogue(*, by: Person | None) -> ImportRun | None:
    """Ask for the catalogue: municipalities, KPIs, groups, and our units and those of the similar.

    The clock asks each week, and leaves it at that when it is being fetched already.
    """
    require(rules.why_not_fetch(by))
    if by is None and rules.why_not_now(What.CATALOGUE):
        return None
    run = ImportRun(what=What.CATALOGUE, about=_("The catalogue"), asked_by=by)
    return _ask(run, [ImportBatch(kind=kind) for kind in CATALOGUE])


@transaction.atomic
def cancel(*, run: ImportRun, by: Person) -> ImportRun:
    """Break a run off: what is stored stays, what waits is skipped, the batch under way is dropped."""
    require(rules.why_not_fetch(by))
    run = ImportRun.objects.locked().get(pk=run.pk)
    require(rules.why_not_cancel(run))
    run.status, run.ended_at = RunStatus.CANCELLED, timezone.now()
    run.save(update_fields=["status", "ended_at"])
    run.batches.filter(status=BatchStatus.WAITING).update(status=BatchStatus.SKIPPED)
    record("import_run.cancel", run, by=by)
    return run


@transaction.atomic
def retry_failed(*, run: ImportRun, by: Person) -> ImportRun:
    """Take up a run that is over, for the batches that failed and no others."""
    require(rules.why_not_fetch(by))
    ImportRun.objects.lock_kind(run.what)
    run = ImportRun.objects.locked().get(pk=run.pk)
    require(rules.why_not_retry(run))
    run.batches.filter(status=BatchStatus.FAILED).update(
        status=BatchStatus.WAITING, tries=0, note="", ended_at=None
    )
    run.status, run.ended_at = RunStatus.WAITING, None
    run.save(update_fields=["status", "ended_at"])
    record("import_run.retry", run, by=by)
    jobs.enqueue(carry_out, key=run.job_key, by=by, run_id=run.pk)
    return run


def wake_stopped() -> None:
    """Ask anew for the job of a run that is not over but that nobody works on any more."""
    for run in ImportRun.objects.live().select_related("asked_by"):
        jobs.enqueue(carry_out, key=run.job_key, by=run.asked_by, run_id=run.pk)


def _batches_of(kpis: Sequence[Kpi], since: date | None) -> list[ImportBatch]:
    """Cut in batches, those that were never fetched by themselves: of them there is no since."""
    kpis = sorted(kpis, key=lambda kpi: (kpi.covers, kpi.code))
    made = []
    for start in dict.fromkeys((None, since)):
        these = [k for k in kpis if (since if k.fetched_on else None) == start]
        for kind, of_kind in (
            (BatchKind.VALUES, these),
            (BatchKind.UNIT_VALUES, [kpi for kpi in these if kpi.has_units]),
        ):
            for some in batched(of_kind, KPIS_IN_BATCH, strict=False):
                ids = [kpi.pk for kpi in some]
                made.append(ImportBatch(kind=kind, kpis=ids, changed_since=start))
    return made


@transaction.atomic
def _ask(run: ImportRun, batches: list[ImportBatch]) -> ImportRun:
    """Write a run down with its batches, and ask for the work; one of each kind at a time."""
    ImportRun.objects.lock_kind(run.what)
    live = ImportRun.objects.live().filter(what=run.what).first()
    if live is not None:
        if (live.about, live.asked_by_id) == (run.about, run.asked_by_id):
            return live
        raise Refused(rules.why_not_now(run.what) or "")
    run.save()
    for position, batch in enumerate(batches):
        batch.run, batch.position = run, position
    ImportBatch.objects.bulk_create(batches)
    record("import_run.ask", run, by=run.asked_by, about=run.about, batches=len(batches))
    jobs.enqueue(carry_out, key=run.job_key, by=run.asked_by, run_id=run.pk)
    return run
