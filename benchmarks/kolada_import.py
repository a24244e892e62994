"""How fast are values fetched from Kolada and stored, and how much memory does the worker need?

    uv run python -m benchmarks.kolada_import
    KPIS=1000 uv run python -m benchmarks.kolada_import
    uv run --with koladapy python -m benchmarks.kolada_import

End to end: the stand-in for Kolada sends its JSON over loopback, from a process of its own that
made all its answers beforehand; a worker (another process) asks, reads, stores, keeps what is
replaced and compares anew.  First into an empty database, then the same once more, unchanged, then
with one value in a hundred changed.  Beside it, in the same run: COPY of the same rows, and, with
koladapy, the same fetched by it and stored by `bulk_create`.
"""

import importlib.util
import io
import multiprocessing
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

import psutil
from django.conf import settings
from django.db import connection, connections
from django.test.utils import setup_databases

from config import services
from foundation import jobs
from foundation.models import Job
from measures.actions import imports
from measures.kolada.client import Client
from measures.kolada.items import GENDERS, STATUSES, outcomes
from measures.models import ImportRun, Kpi, KpiValue, Municipality

KPIS, YEARS = int(os.environ.get("KPIS", "250")), 12
PORT = 8197
FEW = 25  # KPIs for what is slow
COLUMNS = "kpi_id, municipality_id, year, gender, status, seen_on, value"


@contextmanager
def kolada() -> Iterator[str]:
    """Start the stand-in, and return where it is."""
    command = [sys.executable, "-m", "tests.kolada.stand_in", "--remember"]
    numbers = ["--port", str(PORT), "--kpis", str(KPIS), "--years", str(YEARS)]
    process = subprocess.Popen([*command, *numbers], stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout
        yield process.stdout.readline().strip()
    finally:
        process.terminate()
        process.wait()


def said(what: str, count: int, seconds: float, more: str = "") -> None:
    print(f"{what:<36} {count / seconds:>10,.0f} values/s {seconds:6.1f} s  {more}", flush=True)


class Used(NamedTuple):
    """What a piece of work took.  The processors' time says more where others use them too."""

    seconds: float
    memory: float  # the worker's greatest, MB
    worker: float  # seconds of a processor
    database: float

    def __str__(self) -> str:
        return (
            f"worker {self.worker:.1f} s and at most {self.memory:.0f} MB,"
            f" database {self.database:.1f} s"
        )


def by_a_worker(work: Callable[[], None]) -> Used:
    """Do something in a process of its own, with a connection of its own."""
    connections.close_all()
    context = multiprocessing.get_context("fork")
    answer = context.SimpleQueue()

    def child() -> None:
        began = time.perf_counter()
        work()
        seconds = time.perf_counter() - began
        used = resource.getrusage(resource.RUSAGE_SELF)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            backend = psutil.Process(cursor.fetchone()[0]).cpu_times()
        worker, database = used.ru_utime + used.ru_stime, backend.user + backend.system
        answer.put(Used(seconds, used.ru_maxrss / 1024, worker, database))

    process = context.Process(target=child)
    process.start()
    process.join()
    assert process.exitcode == 0
    return answer.get()


def fetched(what: str, run: ImportRun) -> None:
    job = Job.objects.live().get(key=run.job_key)
    used = by_a_worker(lambda: jobs.run(job.pk))
    batches = list(run.batches.all())
    assert {batch.status for batch in batches} == {"done"}, {batch.note for batch in batches}
    counts = {
        name: sum(getattr(batch, name) for batch in batches)
        for name in ("new", "changed", "withdrawn", "unchanged")
    }
    told = ", ".join(f"{count:,} {name}" for name, count in counts.items() if count)
    said(what, sum(counts.values()), used.seconds, f"{used}; {told}")


def values_run() -> ImportRun:
    return imports.fetch_values(kpis=list(Kpi.objects.all()), about="Mätning", by=None)


def client_alone() -> None:
    """Also makes the stand-in's answers, the first time."""
    codes = [m.code for m in Municipality.objects.order_by("code")]
    kpis = list(Kpi.objects.order_by("code").values_list("code", flat=True))
    for time_ in ("the stand-in makes its answers", "asked and read, not stored"):
        began, count = time.perf_counter(), 0
        with Client() as client:
            for start in range(0, len(kpis), 25):
                for page in client.values(kpis[start : start + 25], codes):
                    for _outcome in outcomes(page):
                        count += 1
        said(time_, count, time.perf_counter() - began)


def copy_alone() -> None:
    """COPY of the same rows, without and with the key that they are stored under."""
    rows, count = io.BytesIO(), KpiValue.objects.count()
    with connection.cursor() as cursor:
        with cursor.copy(f"COPY measures_kpivalue ({COLUMNS}) TO STDOUT (FORMAT BINARY)") as out:
            for data in out:
                rows.write(data)
        for what, like in (
            ("COPY of the same rows, no key", ""),
            ("COPY of the same rows, with its key", "INCLUDING INDEXES"),
        ):
            cursor.execute(f"CREATE TABLE copied (LIKE measures_kpivalue {like})")
            began = time.perf_counter()
            with cursor.copy(f"COPY copied ({COLUMNS}) FROM STDIN (FORMAT BINARY)") as into:
                into.write(rows.getbuffer())
            said(what, count, time.perf_counter() - began)
            cursor.execute("DROP TABLE copied")


def the_plain_way(url: str) -> None:
    """Fetched by koladapy and stored by `bulk_create`, a few KPIs, once they are gone here."""
    if importlib.util.find_spec("koladapy") is None:
        print("koladapy is not here: uv run --with koladapy python -m benchmarks.kolada_import")
        return
    os.environ["TQDM_DISABLE"] = "1"  # its bars
    from koladapy import KoladaAPI  # noqa: PLC0415  # only where somebody asked for it

    kpis = {k.code: k.pk for k in Kpi.objects.order_by("code")[:FEW]}
    places = {m.code: m.pk for m in Municipality.objects.order_by("code")}
    KpiValue.objects.filter(kpi__in=kpis.values()).delete()

    def asked() -> list[dict[str, Any]]:
        api = KoladaAPI(base_url=f"{url}/", max_requests_per_second=100_000)
        return api.get_values(kpi_id=list(kpis), municipality_id=list(places))

    def work() -> None:
        KpiValue.objects.bulk_create(
            (
                KpiValue(
                    kpi_id=kpis[item["kpi"]],
                    municipality_id=places[item["municipality"]],
                    year=item["period"],
                    gender=GENDERS[one["gender"]],
                    status=STATUSES.get(one["status"], 0),
                    value=one["value"],
                )
                for item in asked()
                for one in item["values"]
            ),
            batch_size=5000,
        )

    asked()  # so that the stand-in has made its answers
    used = by_a_worker(work)
    count = KpiValue.objects.filter(kpi__in=kpis.values()).count()
    more = f"{used}; {count:,} values, nothing compared"
    said("koladapy and bulk_create", count, used.seconds, more)


def change_one_in_a_hundred() -> None:
    """Let a hundredth of what is stored be another, so that Kolada's answer is the change."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE measures_kpivalue SET value = value + 1"
            " WHERE value IS NOT NULL AND (kpi_id * 31 + municipality_id * 7 + year) % 100 = 0"
        )


def main() -> None:
    services.ensure_running()
    setup_databases(verbosity=0, interactive=False, serialized_aliases=[])
    with kolada() as url:
        settings.KOLADA_URL, settings.KOLADA_PER_SECOND = url, 100_000
        run = imports.fetch_catalogue(by=None)
        assert run
        jobs.run(Job.objects.live().get(key=run.job_key).pk)
        print(f"{Kpi.objects.count()} KPIs, {Municipality.objects.count()} places, {YEARS} years")
        client_alone()
        fetched("first load", values_run())
        fetched("the same once more", values_run())
        change_one_in_a_hundred()
        fetched("one in a hundred changed", values_run())
        copy_alone()
        the_plain_way(url)


if __name__ == "__main__":
    main()
