"""How long do the library of 5,000 works and the page of what they were worth take?

    uv run python -m benchmarks.library

A database of its own with 400 units and 5,000 works that are carried out, each with an approved
report of some hundred words, a measure with the verdict on 24 values, its checks, and every third
with a benefit or tried elsewhere.  Prints median and 95th percentile of the time in the server
(Django's own client: no network, no browser), and the number of queries.
"""

import datetime as dt
import random
import sys
import uuid

from django.test import Client
from django.utils import timezone

from benchmarks.swedish_text import text
from benchmarks.timing import Pages, analyse, own_database
from measures.chart import Chart, Point, verdict_facts
from measures.models import MeasureVerdict, TeamMeasure
from organisation.models import Person
from organisation.permissions import Role
from programme.models import (
    CHECKED_AFTER,
    Benefit,
    BenefitKind,
    Effect,
    FollowUp,
    Holds,
    Origin,
    Report,
    ReportStatus,
    StrategicArea,
    Work,
    WorkMeasure,
    WorkStatus,
)
from tests.factories import UnitFactory, person_with

RUNS = 40
UNITS, WORKS = 400, 5_000
PAGES = (
    "/arbeten/biblioteket/",
    "/arbeten/biblioteket/?page=150",
    "/arbeten/biblioteket/?order=adopted",
    "/arbeten/biblioteket/?order=title",
    "/arbeten/biblioteket/?q=larmknappen",
    "/arbeten/biblioteket/?q=saknas",
    "/arbeten/biblioteket/?q=natten+larmet",
    "/arbeten/biblioteket/?held=yes",
    "/arbeten/biblioteket/?held=not_yet&effect=access",
    "/arbeten/biblioteket/?area=1&effect=work",
    "/arbeten/biblioteket/2500/",
    "/arbeten/nytta/",
)


def fill() -> Person:
    """Make everything, and return somebody who looks after all of it."""
    chance, today = random.Random(1), timezone.localdate()
    home = UnitFactory()
    units = [UnitFactory(parent=home) for _ in range(UNITS)]
    lead = person_with(Role.DEVELOPMENT_LEAD, at=home)
    areas = [StrategicArea.objects.create(name=f"Område {number}") for number in range(6)]
    works = Work.objects.bulk_create(
        _work(number, units, areas, chance, today) for number in range(WORKS)
    )
    for work in works[WORKS * 2 // 3 :]:
        work.adopted_from = chance.choice(works[: WORKS // 3])
    Work.objects.bulk_update(works[WORKS * 2 // 3 :], ["adopted_from"], batch_size=1_000)
    Report.objects.bulk_create(_report(work, lead, chance) for work in works)
    _measures(works, chance, today)
    FollowUp.objects.bulk_create(
        check for work in works for check in _checks(work, lead, chance, today)
    )
    Benefit.objects.bulk_create(_benefit(work, lead, chance) for work in works[::3])
    analyse()
    return lead


def _work(number, units, areas, chance, today) -> Work:  # type: ignore[no-untyped-def]
    finished = today - dt.timedelta(days=chance.randint(1, 1500))
    return Work(
        origin=Origin.OWN,
        unit=chance.choice(units),
        title=text(chance, 1)[:100],
        aim=text(chance, 1),
        for_whom="De som bor här",
        strategic_area=chance.choice(areas),
        effects=chance.sample(Effect.values, 2),
        aim_from=60,
        aim_to=90,
        status=chance.choice([WorkStatus.FINISHED, WorkStatus.FOLLOWED, WorkStatus.DONE]),
        started_on=finished - dt.timedelta(days=200),
        finished_on=finished,
    )


def _report(work: Work, lead: Person, chance: random.Random) -> Report:
    return Report(
        work=work,
        status=ReportStatus.APPROVED,
        revision=1,
        background=text(chance, 6),
        what_we_did=text(chance, 10),
        result=text(chance, 5),
        learning=text(chance, 5),
        submitted_by=lead,
        submitted_at=timezone.now(),
        approved_by=lead,
        approved_at=timezone.now(),
    )


def _measures(works: list[Work], chance: random.Random, today: dt.date) -> None:
    measures = TeamMeasure.objects.bulk_create(
        TeamMeasure(unit=work.unit, name="Andel som känner sin kontakt", unit_word="procent")
        for work in works
    )
    WorkMeasure.objects.bulk_create(
        WorkMeasure(work=work, measure=measure, carries_aim=True)
        for work, measure in zip(works, measures, strict=True)
    )
    kept = [_facts(chance, today) for _ in range(50)]
    MeasureVerdict.objects.bulk_create(
        MeasureVerdict(
            measure=measure,
            verdict=facts["verdict"],
            newest_on=today,
            newest_value=round(facts["newest_value"], 2),
            points=24,
            facts=facts,
        )
        for measure in measures
        if (facts := chance.choice(kept))
    )


def _facts(chance: random.Random, today: dt.date) -> dict:  # type: ignore[type-arg]
    values = [chance.gauss(60 if n < 12 else 80, 4) for n in range(24)]
    points = tuple(
        Point(today - dt.timedelta(days=30 * (24 - n)), value) for n, value in enumerate(values)
    )
    return verdict_facts(Chart("Andel", "procent", points, True, today, target=90)).as_json()


def _checks(work: Work, lead: Person, chance: random.Random, today: dt.date) -> list[FollowUp]:
    assert work.finished_on is not None
    checks = []
    for months in CHECKED_AFTER:
        due = work.finished_on + dt.timedelta(days=30 * months)
        made = due <= today and chance.random() < 0.8
        checks.append(
            FollowUp(
                work=work,
                months=months,
                due_on=due,
                owner=lead,
                is_followed=Holds.YES if made else "",
                is_kept=chance.choice(Holds.values) if made else "",
                done_on=due if made else None,
                done_by=lead if made else None,
            )
        )
    return checks


def _benefit(work: Work, lead: Person, chance: random.Random) -> Benefit:
    assert work.finished_on is not None
    low = chance.randint(1, 500_000) * 100
    return Benefit(
        work=work,
        kind=BenefitKind.MONEY,
        low_ore=low,
        high_ore=low * 2,
        year=work.finished_on.year,
        source="Bokföringen",
        by=lead,
        key=uuid.uuid4(),
    )


def main() -> None:
    with own_database():
        client = Client()
        client.force_login(fill())
        area = StrategicArea.objects.get(name="Område 0").pk
        entry = Work.objects.order_by("pk")[WORKS // 4].pk
        pages = Pages(50)
        for shown in PAGES:
            address = shown.replace("area=1", f"area={area}").replace("/2500/", f"/{entry}/")
            pages.row(client, address)


if __name__ == "__main__":
    sys.exit(main())
