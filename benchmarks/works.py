"""How long does the list of works take, with 5,000 works to choose among?

    uv run python -m benchmarks.works

A database of its own with 400 units, 3,000 people and 5,000 works, each with a team of five, a
measure of 24 values with its verdict, and three cycles.  Prints median and 95th percentile of the
time in the server (Django's own client: no network, no browser), and the number of queries.
"""

import datetime as dt
import os
import random
import time

from django.test import Client
from django.utils import timezone

from benchmarks.timing import Pages, analyse, own_database
from measures.models import Measurement, MeasureVerdict, TeamMeasure
from organisation.models import Person, Unit
from organisation.permissions import Role
from programme.models import (
    CARRIED_OUT,
    Cycle,
    Effect,
    Member,
    Membership,
    Origin,
    StrategicArea,
    Work,
    WorkMeasure,
    WorkStatus,
)
from tests.factories import PersonFactory, UnitFactory, person_with

RUNS = 40
UNITS, PEOPLE, WORKS, COACHES = 400, 3_000, 5_000, 60
PAGES = (
    "/arbeten/",
    "/arbeten/?page=100",
    "/arbeten/?sort=title",
    "/arbeten/?sort=state",
    "/arbeten/?q=natten",
    "/arbeten/?effect=access&status=running",
    "/arbeten/?coach=nobody",
    "/arbeten/?show=mine",
)


def fill() -> Person:
    """Make everything, and return somebody who looks after all of it and takes part in some."""
    chance, today = random.Random(1), timezone.localdate()
    home = UnitFactory()
    units = [UnitFactory(parent=home) for _ in range(UNITS)]
    boss = person_with(Role.DEVELOPMENT_LEAD, at=home)
    people = list(
        Person.objects.bulk_create(
            PersonFactory.build(email=f"p{number}@exempel.se") for number in range(PEOPLE)
        )
    )
    areas = [StrategicArea.objects.create(name=f"Område {number}") for number in range(6)]
    works = Work.objects.bulk_create(
        _work(number, units, areas, chance, today) for number in range(WORKS)
    )
    _teams(works, people, boss, chance)
    _measures(works, chance, today)
    Cycle.objects.bulk_create(
        Cycle(
            work=work,
            number=number,
            question="Hjälper en lapp på dörren?",
            prediction="8 av 10",
            planned_on=work.started_on,
        )
        for work in works
        for number in (1, 2, 3)
    )
    analyse()
    return boss


def _work(
    number: int,
    units: list[Unit],
    areas: list[StrategicArea],
    chance: random.Random,
    today: dt.date,
) -> Work:
    status = chance.choice(WorkStatus.values)
    begun = today - dt.timedelta(days=chance.randrange(10, 1_500))
    return Work(
        origin=chance.choice([o for o in Origin.values if o not in (Origin.IDEA, Origin.DIRECT)]),
        unit=chance.choice(units),
        strategic_area=chance.choice(areas),
        effects=chance.sample(Effect.values, 2),
        title=f"{chance.choice(('Färre fall', 'Kortare kö', 'Lugnare kväll'))} {number}",
        aim=chance.choice(("Ingen faller på natten.", "Alla får svar samma dag.")),
        aim_from=42,
        aim_to=25,
        aim_by=begun + dt.timedelta(days=200),
        status=status,
        is_confirmed=status != WorkStatus.PROPOSED,
        started_on=begun,
        finished_on=begun + dt.timedelta(days=150) if status in CARRIED_OUT else None,
    )


def _teams(works: list[Work], people: list[Person], boss: Person, chance: random.Random) -> None:
    places = []
    for number, work in enumerate(works):
        team = chance.sample(people[COACHES:], 4)
        places.append(Membership(work=work, person=team[0], role=Member.LEADER))
        places += [Membership(work=work, person=person) for person in team[1:]]
        if number % 3:
            coach = people[number % COACHES]
            places.append(Membership(work=work, person=coach, role=Member.COACH))
        if number % 200 == 0:
            places.append(Membership(work=work, person=boss))
    Membership.objects.bulk_create(places)


def _measures(works: list[Work], chance: random.Random, today: dt.date) -> None:
    measures = TeamMeasure.objects.bulk_create(
        TeamMeasure(unit=work.unit, name="Fall på natten", unit_word="fall", direction="lower")
        for work in works
    )
    WorkMeasure.objects.bulk_create(
        WorkMeasure(work=work, measure=measure, carries_aim=True)
        for work, measure in zip(works, measures, strict=True)
    )
    Measurement.objects.bulk_create(
        (
            Measurement(
                measure=measure,
                taken_on=today - dt.timedelta(days=14 * back),
                value=chance.randrange(10, 50),
            )
            for measure in measures
            for back in range(24)
        ),
        batch_size=5_000,
    )
    MeasureVerdict.objects.bulk_create(
        MeasureVerdict(
            measure=measure,
            verdict=chance.choice(("chance", "better", "worse", "too_few")),
            newest_on=today,
            newest_value=30,
            points=24,
        )
        for measure in measures
    )


def main() -> None:
    """Time the pages; with KEEP=yes in the environment, in the database of the last run."""
    keep = os.environ.get("KEEP") == "yes"
    with own_database(keep):
        leads = Person.objects.filter(assignments__role=Role.DEVELOPMENT_LEAD)
        boss = (keep and leads.first()) or fill()
        client = Client()
        client.force_login(boss)
        work = Work.objects.filter(status=WorkStatus.RUNNING).latest("pk")
        pages = Pages(42)
        for address in (*PAGES, f"/arbeten/{work.pk}/uppdrag/"):
            pages.row(client, address)
        began = time.perf_counter()
        size = len(client.get("/arbeten/lista.xlsx").content) // 1000
        print(f"/arbeten/lista.xlsx: {time.perf_counter() - began:.1f} s, {size} kB")


if __name__ == "__main__":
    main()
