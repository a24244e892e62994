"""How long does the server take for the cockpit: a coach with 60 works of four measures each?

    uv run python -m benchmarks.cockpit

In a database of its own, which is thrown away.  Django's own client: no network, no browser.  Prints
median and 95th percentile of the time in the server, the number of queries and the size, for the
coach's own works, for all 500 works of the organisation, and for the page of how coaches are loaded.
"""

import datetime as dt
import os
import statistics
import time
import uuid
from random import Random

import django

os.environ.setdefault("TESTING", "yes")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext, setup_databases  # noqa: E402
from django.utils import timezone  # noqa: E402

from config import services  # noqa: E402
from measures.actions.judging import judge_all  # noqa: E402
from measures.models import Measurement, TeamMeasure  # noqa: E402
from organisation.models import Assignment, Person, Unit  # noqa: E402
from organisation.permissions import Role  # noqa: E402
from programme.models import (  # noqa: E402
    Coaching,
    Contact,
    ContactKind,
    Cycle,
    Member,
    Membership,
    Origin,
    Phase,
    Work,
    WorkMeasure,
    WorkStatus,
)

WORKS, OTHERS, MEASURES, VALUES, CYCLES = 60, 440, 4, 24, 5
RUNS = 60


def made() -> tuple[Person, Person]:
    """Make it all; return the coach of the sixty and who looks after all coaches."""
    chance, today = Random(60), timezone.localdate()
    unit = Unit.objects.create(name="Regionen", code="R", path="/0/")
    Unit.objects.filter(pk=unit.pk).update(path=f"/{unit.pk}/")
    unit.refresh_from_db()
    people = Person.objects.bulk_create(
        Person(given_name="Kim", family_name=f"Person {n}", email=f"p{n}@exempel.se")
        for n in range(600)
    )
    lead, coaches = people[0], people[1:13]
    Assignment.objects.create(person=lead, unit=unit, role=Role.PROGRAMME_LEAD)
    Assignment.objects.bulk_create(
        Assignment(person=coach, unit=unit, role=Role.COACH) for coach in coaches
    )
    began = today - dt.timedelta(days=200)
    works = Work.objects.bulk_create(
        Work(
            unit=unit,
            origin=Origin.OWN,
            title=f"Förbättringsarbete nummer {n}",
            aim="Kortare väntan för dem som behöver oss.",
            aim_to=25,
            aim_by=today + dt.timedelta(days=chance.randrange(-60, 90)),
            status=WorkStatus.RUNNING,
            started_on=began,
        )
        for n in range(WORKS + OTHERS)
    )
    for n, work in enumerate(works):
        coach = coaches[0] if n < WORKS else chance.choice(coaches[1:])
        Membership.objects.create(work=work, person=people[20 + n], role=Member.LEADER)
        Membership.objects.create(work=work, person=coach, role=Member.COACH)
        until = today + dt.timedelta(days=chance.randrange(-20, 150))
        Coaching.objects.create(work=work, coach=coach, starts_on=began, until=until)
        Contact.objects.bulk_create(
            Contact(
                work=work,
                coach=coach,
                kind=ContactKind.VISIT,
                taken_on=today - dt.timedelta(days=chance.randrange(150)),
                hours=2,
                about="Vi tittade på diagrammet.",
                next_step="Planera nästa test",
                key=uuid.uuid4(),
            )
            for _ in range(6)
        )
        Cycle.objects.bulk_create(_cycle(work, k, chance, today) for k in range(1, CYCLES + 1))
        measures = TeamMeasure.objects.bulk_create(
            TeamMeasure(unit=unit, name=f"Väntetid, sort {k}", unit_word="dagar", direction="lower")
            for k in range(MEASURES)
        )
        WorkMeasure.objects.bulk_create(
            WorkMeasure(work=work, measure=measure, carries_aim=k == 0)
            for k, measure in enumerate(measures)
        )
        Measurement.objects.bulk_create(
            Measurement(
                measure=measure,
                taken_on=today - dt.timedelta(days=7 * (VALUES - v) + chance.randrange(3)),
                value=round(40 - v * chance.random() + chance.random() * 8, 1),
            )
            for measure in measures
            for v in range(VALUES)
        )
        judge_all(measures)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return coaches[0], lead


def _cycle(work: Work, number: int, chance: Random, today: dt.date) -> Cycle:
    """Closed ones, and the last perhaps stuck."""
    started = today - dt.timedelta(days=(CYCLES - number) * 30 + chance.randrange(1, 50))
    done = number < CYCLES
    return Cycle(
        work=work,
        number=number,
        status=Phase.CLOSED if done else Phase.DO,
        question="Hjälper det?",
        prediction="8 av 10",
        plan_what="Pröva hos en.",
        planned_on=started,
        started_on=started,
        ended_on=started if done else None,
        learning="Det hjälpte." if done else "",
        outcome="adapt" if done else "",
    )


def timed(person: Person, address: str) -> None:
    client = Client()
    client.force_login(person)
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        response = client.get(address)
    assert response.status_code == 200, response.status_code
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        client.get(address)
        times.append((time.perf_counter() - start) * 1000)
    median, p95 = statistics.median(times), statistics.quantiles(times, n=20)[-1]
    size = len(response.content) // 1000
    print(f"{address:<34}{median:>10.1f}{p95:>9.1f}{len(asked):>9}{size:>7}")


def main() -> None:
    services.ensure_running()
    old = setup_databases(verbosity=0, interactive=False)
    try:
        coach, lead = made()
        print(f"{'page':<34}{'median ms':>10}{'p95 ms':>9}{'queries':>9}{'kB':>7}")
        timed(coach, "/arbeten/coach/")
        timed(lead, "/arbeten/coach/?show=all")
        timed(lead, "/arbeten/coach/belastning/")
    finally:
        for connected, name, destroy in old:
            if destroy:
                connected.creation.destroy_test_db(name, verbosity=0)


if __name__ == "__main__":
    main()
