"""How long do a work's measures, one measure of 60 values, and 10,000 pasted rows take?

    uv run python -m benchmarks.measuring

A database of its own with 300 units, 1,000 works with four measures of 60 values each (240,000
values).  Prints median and 95th percentile of the time in the server (Django's own client: no
network, no browser), the processor's part of it, and the number of queries; for the table, the time of the three requests that
paste, show and save it.
"""

import datetime as dt
import logging
import os
import random
import re
import statistics
import time
from collections.abc import Callable, Iterator
from decimal import Decimal

import django

os.environ.setdefault("TESTING", "yes")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()
logging.disable(logging.WARNING)

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import setup_databases  # noqa: E402
from django.utils import timezone  # noqa: E402

from config import services  # noqa: E402
from measures.actions.judging import judge_all  # noqa: E402
from measures.models import Measurement, TeamMeasure  # noqa: E402
from measures.models.team import MeasureKind  # noqa: E402
from organisation.models import Person  # noqa: E402
from organisation.permissions import Role  # noqa: E402
from programme.models import Cycle, Origin, Purpose, Work, WorkMeasure  # noqa: E402
from tests.factories import UnitFactory, person_with  # noqa: E402

RUNS = 40
FINGERPRINT = re.compile(r'name="fingerprint" value="(\w+)"')
UNITS, WORKS, VALUES, ROWS = 300, 1_000, 60, 10_000
KINDS = (MeasureKind.SHARE, MeasureKind.VALUE, MeasureKind.RATE, MeasureKind.COUNT)


def fill() -> tuple[Person, Work]:
    """Make everything; who looks after all of it, and the work that is looked at."""
    chance, today = random.Random(1), timezone.localdate()
    home = UnitFactory()
    units = [UnitFactory(parent=home) for _ in range(UNITS)]
    lead = person_with(Role.DEVELOPMENT_LEAD, at=home)
    works = Work.objects.bulk_create(
        Work(
            unit=units[n % UNITS],
            title=f"Arbete {n}",
            aim="Färre fall på natten.",
            origin=Origin.OWN,
            started_on=today - dt.timedelta(days=500),
        )
        for n in range(WORKS)
    )
    Cycle.objects.bulk_create(
        Cycle(
            work=work,
            number=number,
            question="Hjälper det?",
            planned_on=today - dt.timedelta(days=400 - 40 * number),
        )
        for work in works
        for number in range(1, 6)
    )
    for start in range(0, WORKS, 200):
        _measures(works[start : start + 200], chance, today)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return lead, works[WORKS // 2]


def _measures(works: list[Work], chance: random.Random, today: dt.date) -> None:
    measures = TeamMeasure.objects.bulk_create(
        TeamMeasure(
            unit_id=work.unit_id,
            name=f"Mått {kind}",
            unit_word="procent",
            kind=kind,
            per=100 if kind in (MeasureKind.SHARE, MeasureKind.RATE) else 1,
            baseline_until=today - dt.timedelta(days=300),
        )
        for work in works
        for kind in KINDS
    )
    WorkMeasure.objects.bulk_create(
        WorkMeasure(work=work, measure=measure, purpose=Purpose.OUTCOME, carries_aim=not n % 4)
        for n, (work, measure) in enumerate(
            (works[n // len(KINDS)], measure) for n, measure in enumerate(measures)
        )
    )
    Measurement.objects.bulk_create(
        (one for measure in measures for one in _values(measure, chance, today)), batch_size=5_000
    )
    judge_all(measures)


def _values(measure: TeamMeasure, chance: random.Random, today: dt.date) -> Iterator[Measurement]:
    for n in range(VALUES):
        day = today - dt.timedelta(weeks=VALUES - n)
        hits, all_ = chance.randint(10, 30), chance.randint(40, 60)
        if measure.has_parts:
            yield Measurement(
                measure=measure,
                taken_on=day,
                numerator=hits,
                denominator=all_,
                value=Decimal(hits) / all_ * 100,
            )
        else:
            yield Measurement(measure=measure, taken_on=day, value=hits)


def timed(client: Client, address: str) -> tuple[float, float, float, int, int]:
    """Return median and 95th percentile in ms, that of the processor, queries, kB not compressed."""
    queries: list[str] = []
    with connection.execute_wrapper(counting(queries)):
        response = client.get(address)
    assert response.status_code == 200, (address, response.status_code)
    times, worked = [], []
    for _ in range(RUNS):
        start, cpu = time.perf_counter(), time.process_time()
        client.get(address)
        times.append((time.perf_counter() - start) * 1000)
        worked.append((time.process_time() - cpu) * 1000)
    p95 = statistics.quantiles(times, n=20)[-1]
    middle = statistics.median
    return middle(times), p95, middle(worked), len(queries), len(response.content) // 1000


def counting(queries: list[str]) -> Callable[..., object]:
    def count(execute: Callable[..., object], sql: str, *rest: object) -> object:
        queries.append(sql)
        return execute(sql, *rest)

    return count


def paste(client: Client, address: str) -> None:
    """Paste a table, see what it changes, and save it."""
    first = dt.date(1995, 1, 1)
    rows = [f"{first + dt.timedelta(days=n)}\t{n % 17}" for n in range(ROWS)]
    table = "\n".join(rows)
    start = time.perf_counter()
    shown = client.post(address, {"table": table})
    print(f"{ROWS} rows pasted and shown: {time.perf_counter() - start:.2f} s")
    answers = {"table": table, "fingerprint": FINGERPRINT.search(shown.text)[1]}  # type: ignore[index,attr-defined]
    start = time.perf_counter()
    queries: list[str] = []
    with connection.execute_wrapper(counting(queries)):
        saved = client.post(address, answers)
    assert saved.status_code == 302, saved.status_code
    print(
        f"{ROWS} rows saved and judged: {time.perf_counter() - start:.2f} s, {len(queries)} queries"
    )


def main() -> None:
    services.ensure_running()
    setup_databases(verbosity=0, interactive=False, serialized_aliases=[])
    lead, work = fill()
    client = Client()
    client.force_login(lead)
    followed = list(work.followed.order_by("pk"))
    print(f"{'page':<34}{'median ms':>10}{'p95 ms':>9}{'cpu ms':>8}{'queries':>9}{'kB':>7}")
    for name, address in (
        ("all measures", f"/arbeten/{work.pk}/matt/"),
        ("one measure (P chart)", f"/arbeten/matt/{followed[0].pk}/"),
        ("one measure (I chart)", f"/arbeten/matt/{followed[1].pk}/"),
        ("one value", f"/arbeten/matt/{followed[0].pk}/varde/"),
        ("grid", f"/arbeten/matt/{followed[0].pk}/varden/"),
        ("SVG", f"/arbeten/matt/{followed[0].pk}/diagram.svg"),
    ):
        median, p95, worked, queries, size = timed(client, address)
        print(f"{name:<34}{median:>10.1f}{p95:>9.1f}{worked:>8.1f}{queries:>9}{size:>7}")
    paste(client, f"/arbeten/matt/{followed[1].pk}/tabell/")


if __name__ == "__main__":
    main()
