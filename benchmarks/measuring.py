"""How long do a work's measures, one measure of 60 values, and 10,000 pasted rows take?

    uv run python -m benchmarks.measuring

A database of its own with 300 units, 1,000 works with four measures of 60 values each (240,000
values).  Prints median and 95th percentile of the time in the server (Django's own client: no
network, no browser), the processor's part of it, and the number of queries; for the table, the time of the three requests that
paste, show and save it.
"""

import datetime as dt
import random
import re
import time
from collections.abc import Iterator
from decimal import Decimal

from django.test import Client
from django.utils import timezone

from benchmarks.timing import Pages, analyse, own_database, queries
from measures.actions.judging import judge_all
from measures.models import Measurement, TeamMeasure
from measures.models.team import MeasureKind
from organisation.models import Person
from organisation.permissions import Role
from programme.models import Cycle, Origin, Purpose, Work, WorkMeasure
from tests.factories import UnitFactory, person_with

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
    analyse()
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
    with queries() as asked:
        saved = client.post(address, answers)
    assert saved.status_code == 302, saved.status_code
    print(
        f"{ROWS} rows saved and judged: {time.perf_counter() - start:.2f} s, {len(asked)} queries"
    )


def main() -> None:
    with own_database():
        lead, work = fill()
        client = Client()
        client.force_login(lead)
        followed = list(work.followed.order_by("pk"))
        pages = Pages(34)
        for name, address in (
            ("all measures", f"/arbeten/{work.pk}/matt/"),
            ("one measure (P chart)", f"/arbeten/matt/{followed[0].pk}/"),
            ("one measure (I chart)", f"/arbeten/matt/{followed[1].pk}/"),
            ("one value", f"/arbeten/matt/{followed[0].pk}/varde/"),
            ("grid", f"/arbeten/matt/{followed[0].pk}/varden/"),
            ("SVG", f"/arbeten/matt/{followed[0].pk}/diagram.svg"),
        ):
            pages.row(client, address, name)
        paste(client, f"/arbeten/matt/{followed[1].pk}/tabell/")


if __name__ == "__main__":
    main()
