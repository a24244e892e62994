"""Kill the worker in the middle of a fetching and start again: the same values, nothing twice."""

import pytest

from foundation import jobs
from foundation.models import Job, JobStatus
from measures.actions import imports
from measures.models import (
    BatchStatus,
    ImportBatch,
    ImportRun,
    Kpi,
    KpiValue,
    KpiValueRevision,
    KpiYear,
    RunStatus,
)
from tests.kolada.stand_in import made_up
from tests.resilience.world import World, held, until, until_somebody_waits

pytestmark = [
    pytest.mark.slow,
    pytest.mark.resilience,
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def world(tmp_path, settings):
    """A Kolada with four batches of key figures, and a worker that does not yet work."""
    world = World(tmp_path / "var")
    world.kolada.world = made_up(kpis=76, years=1)
    settings.KOLADA_URL, settings.KOLADA_PER_SECOND = world.kolada.url, 1000
    try:
        world.start()
        world.worker.kill()
        yield world
    finally:
        world.end()


def test_a_worker_killed_twice_in_the_middle(world):
    undisturbed = fetched_undisturbed()
    run = imports.fetch_everything(by=None)

    world.a_minute_passes()
    with held("measures_kpivalue"):
        world.worker.start()
        until_somebody_waits()  # the first batch is about to be stored
        world.worker.kill()
    assert not KpiValue.objects.exists()

    world.kolada.fail("slow", path="N00060", seconds=30)  # in the third
    world.worker.start()
    world.a_minute_passes()
    until(lambda: done(run) == 2)
    world.worker.kill()

    world.kolada.fail("422", path="N00076")  # in the fourth
    world.worker.start()
    world.a_minute_passes()
    until(lambda: is_over(run))
    assert done(run) == 3  # one failed, and kept none of the others from being stored
    assert run.batches.get(status=BatchStatus.FAILED).position == 3

    imports.retry_failed(run=run, by=None)
    world.a_minute_passes()
    until(lambda: is_over(run))
    assert done(run) == 4
    assert what_is_known() == undisturbed
    assert sum(batch.new for batch in run.batches.all()) == KpiValue.objects.count()
    assert not KpiValueRevision.objects.exists()
    assert Job.objects.filter(status=JobStatus.DONE).count() == 4  # two before, two of this run


# --- what happens ------------------------------------------------------------------------------


def fetched_undisturbed():
    """Fetch the catalogue and all values here and now; return what is known, and forget it."""
    for ask in (imports.fetch_catalogue, imports.fetch_everything):
        ask(by=None)
        jobs.run(Job.objects.live().get().pk)
    known = what_is_known()
    assert len(known[0]) > 30_000
    KpiValue.objects.all().delete()
    KpiYear.objects.all().delete()
    ImportRun.objects.all().delete()
    Kpi.objects.update(fetched_on=None)
    return known


def what_is_known():
    values = KpiValue.objects.values_list(
        "kpi", "municipality", "year", "gender", "status", "value"
    )
    years = KpiYear.objects.values_list("kpi", "year", "gender", "counted", "mean", "ranks")
    return set(values), sorted(years)


def done(run):
    return ImportBatch.objects.filter(run=run, status=BatchStatus.DONE).count()


def is_over(run):
    run.refresh_from_db()
    return run.status == RunStatus.DONE
