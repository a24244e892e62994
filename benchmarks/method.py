"""How long does the page of the method in works take, over 5,000 works?

    uv run python -m benchmarks.method

In the database of benchmarks/works.py, where most works have come as far as testing.  Prints median and
95th percentile of the time in the server (Django's own client: no network, no browser), and the
number of queries; and the same for the tab of one work with 40 tasks, 60 remarks and 30 decisions.
"""

import uuid

from django.db import connection
from django.db.models import F
from django.test import Client
from django.utils import timezone

from benchmarks.timing import Pages, analyse, own_database
from benchmarks.works import fill
from measures.models import MeasureVerdict
from organisation.models import Person
from programme.models import Cycle, Phase, Remark, Task, Work, WorkDecision, WorkStatus


def finish() -> str:
    """Let the works come to testing and write in one of them; return the address of its tab."""
    Work.objects.filter(status=WorkStatus.PLANNED).update(status=WorkStatus.RUNNING)
    MeasureVerdict.objects.filter(points__gte=3).update(usual_gap=7)
    rare = MeasureVerdict.objects.alias(rest=F("measure_id") % 10).filter(rest=3)
    rare.update(usual_gap=90)
    Cycle.objects.exclude(number=3).update(
        status=Phase.DO, started_on=F("planned_on"), learning="Lappen behöver ljus."
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE programme_cycle AS cycle SET previous_id = before.id FROM programme_cycle AS before"
            " WHERE before.work_id = cycle.work_id AND before.number = 1 AND cycle.number = 2"
            " AND cycle.work_id % 3 > 0"
        )
    work = Work.objects.filter(status=WorkStatus.RUNNING).earliest("pk")
    people = list(Person.objects.filter(memberships__work=work))
    today, first = timezone.localdate(), people[0]
    of_work = {"work": work}
    Task.objects.bulk_create(
        Task(
            text=f"Uppgift {n}",
            owner=people[n % len(people)],
            made_by=first,
            done_on=today if n % 2 else None,
            done_by=first if n % 2 else None,
            key=uuid.uuid4(),
            **of_work,
        )
        for n in range(40)
    )
    Remark.objects.bulk_create(
        Remark(text="Det gick bra.", by=people[n % len(people)], key=uuid.uuid4(), **of_work)
        for n in range(60)
    )
    WorkDecision.objects.bulk_create(
        WorkDecision(what=f"Beslut {n}", decided_on=today, by=first, key=uuid.uuid4(), **of_work)
        for n in range(30)
    )
    return f"/arbeten/{work.pk}/tillsammans/"


def main() -> None:
    with own_database():
        boss = fill()
        tab = finish()
        analyse()
        tried = Cycle.objects.exclude(status=Phase.PLAN).count()
        print(f"{Work.objects.count():,} works, {tried:,} tests")
        client = Client()
        client.force_login(boss)
        pages, page = Pages(), "/arbeten/metoden-i-arbetena/"
        for address in (page, f"{page}?lacks=linked", f"{page}?page=100", tab):
            pages.row(client, address)


if __name__ == "__main__":
    main()
