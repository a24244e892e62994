"""How long does the server take for a page, in an organisation the size of a large region?

    uv run python -m benchmarks.pages

Makes a database of its own with 1,000 units, 20,000 people, 50,000 ideas and 20,000 rows of money,
asks for each page as somebody who looks after all of it, and prints median and 95th percentile of
the time in the server (Django's own client: no network, no browser) and the number of queries.
"""

import datetime as dt
import logging
import os
import random
import statistics
import time
import uuid
from collections.abc import Callable

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
from improvement.models import (  # noqa: E402
    Fund,
    Idea,
    IdeaStatus,
    LedgerEntry,
    LedgerKind,
    Period,
)
from measures.actions import sample  # noqa: E402
from organisation.actions import units  # noqa: E402
from organisation.models import Assignment, Employment, Person, Unit  # noqa: E402
from organisation.permissions import Role  # noqa: E402

UNITS, PEOPLE, IDEAS, ROWS = 1_000, 20_000, 50_000, 20_000
RUNS = 40
PAGES = (
    "/",
    "/ideer/",
    "/ideer/?q=larm",
    "/ideer/?page=20",
    "/ideer/ny/",
    "/pengar/1/",
    "/arbeten/",
    "/kvalitet/",
    "/kvalitet/gymnasieskola/",
    "/organisation/",
)


def fill() -> Person:
    """Make the region; return somebody with every role at its top."""
    chance = random.Random(1)
    root = units.create(
        name="Region Stor", code="R", parent=None, municipality_code="0883", by=None
    )
    below = [root]
    for number in range(UNITS):
        parent = chance.choice(below[: 1 + number // 10])
        below.append(
            units.create(name=f"Enhet {number}", code=f"E{number}", parent=parent, by=None)
        )
    people = Person.objects.bulk_create(
        Person(given_name="Kim", family_name=f"Person {n}", email=f"p{n}@exempel.se")
        for n in range(PEOPLE)
    )
    Employment.objects.bulk_create(
        Employment(
            person=person,
            unit=chance.choice(below),
            position="Sjuksköterska",
            starts_on=dt.date(2020, 1, 1),
        )
        for person in people
    )
    Assignment.objects.bulk_create(
        Assignment(person=people[0], unit=root, role=role) for role in Role if role != Role.STAFF
    )
    words = [
        "larm",
        "kök",
        "natt",
        "medicin",
        "schema",
        "skola",
        "lokal",
        "resa",
        "möte",
        "journal",
    ]
    Idea.objects.bulk_create(
        (
            Idea(
                author=chance.choice(people),
                unit=chance.choice(below),
                title=" ".join(chance.choices(words, k=5)),
                need=" ".join(chance.choices(words, k=40)),
                status=chance.choice(IdeaStatus.values),
                created_at=timezone.now() - dt.timedelta(hours=n),
                key=uuid.uuid4(),
            )
            for n in range(IDEAS)
        ),
        batch_size=5_000,
    )
    fund = Fund.objects.create(unit=root, name="Potten")
    today = timezone.localdate()
    period = Period.objects.create(
        fund=fund,
        name="I år",
        starts_on=dt.date(today.year, 1, 1),
        ends_on=dt.date(today.year, 12, 31),
    )
    with connection.cursor() as cursor:  # the guard adds up once a row: 20,000 rows take minutes
        cursor.execute("ALTER TABLE improvement_ledgerentry DISABLE TRIGGER USER")
        LedgerEntry.objects.bulk_create(
            LedgerEntry(period=period, kind=LedgerKind.ALLOCATION, amount_ore=100_00)
            for _ in range(ROWS)
        )
        cursor.execute("ALTER TABLE improvement_ledgerentry ENABLE TRIGGER USER")
        cursor.execute("ANALYZE")
    sample.load()
    return people[0]


def counting(queries: list[str]) -> Callable[..., object]:
    def count(execute: Callable[..., object], sql: str, *rest: object) -> object:
        queries.append(sql)
        return execute(sql, *rest)

    return count


def main() -> None:
    services.ensure_running()
    setup_databases(verbosity=0, interactive=False, serialized_aliases=[])
    client = Client()
    client.force_login(fill())
    print(f"{Unit.objects.count()} units, {PEOPLE} people, {IDEAS} ideas, {ROWS} rows of money")
    print(f"{'page':<28}{'median ms':>10}{'p95 ms':>9}{'queries':>9}{'kB':>7}")
    for page in PAGES:
        queries: list[str] = []
        with connection.execute_wrapper(counting(queries)):
            response = client.get(page)
        assert response.status_code == 200, (page, response.status_code)
        times = []
        for _ in range(RUNS):
            start = time.perf_counter()
            client.get(page)
            times.append((time.perf_counter() - start) * 1000)
        p95 = statistics.quantiles(times, n=20)[-1]
        size = len(response.content) / 1000
        print(
            f"{page:<28}{statistics.median(times):>10.1f}{p95:>9.1f}{len(queries):>9}{size:>7.0f}"
        )


if __name__ == "__main__":
    main()
