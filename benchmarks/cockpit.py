"""How long does the server take for the cockpit: a coach with 60 works of four measures each?

    uv run python -m benchmarks.cockpit

In a database of its own, which is thrown away.  Django's own client: no network, no browser.  Prints
median and 95th percentile of the time in the server, the number of queries and the size, for the
coach's own works, for all 500 works of the organisation, and for the page of how coaches are loaded.
"""

import datetime as dt
import uuid
from random import Random

from django.test import Client
from django.utils import timezone

from benchmarks.timing import Pages, analyse, own_database
from measures.actions.judging import judge_all
from measures.models import Measurement, TeamMeasure
from organisation.models import Assignment, Person, Unit
from organisation.permissions import Role
from programme.models import (
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
    analyse()
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


def main() -> None:
    with own_database():
        coach, lead = made()
        pages = Pages(34)
        of_coach, of_lead = Client(), Client()
        of_coach.force_login(coach)
        of_lead.force_login(lead)
        pages.row(of_coach, "/arbeten/coach/")
        pages.row(of_lead, "/arbeten/coach/?show=all")
        pages.row(of_lead, "/arbeten/coach/belastning/")
        work = Work.objects.filter(coachings__coach=coach).earliest("pk")
        pages.row(of_coach, f"/arbeten/{work.pk}/", "the overview of a work")
        pages.row(of_coach, f"/arbeten/{work.pk}/stod/", "its support")


if __name__ == "__main__":
    main()
