"""How long does it take to find ideas like the one that is being written, among 100,000?

    uv run python -m benchmarks.similar

Fills a database of its own with 3,000 units, 55,000 people and 100,000 ideas of Swedish sentences,
and asks for texts of one, two and four sentences, and of words that nearly every idea holds: as
somebody who sees all of it, and as an employee.  Prints the median and the 95th percentile of the
whole lookup, beside a bare query for fifty rows of the same table.  KEEP=yes uses the database of
the last run again.
"""

import os
import random
import statistics
import time
from collections.abc import Callable

from django.db import connection
from django.test.utils import CaptureQueriesContext

from benchmarks import region
from benchmarks.swedish_text import text
from improvement.models import Idea
from improvement.queries.similar import similar
from organisation.models import Person

RUNS = 3
COMMON = ["Det är något som saknas och det stör alla här.", "Det saknas ofta, och det krånglar."]
ODD = ["Larmknappen i köksskåpet krånglar.", "Inlogningskortet till datavagnen saknas."]


def rewrite(chance: random.Random) -> None:
    """Give every idea sentences instead of strings of words."""
    ideas = list(Idea.objects.values_list("pk", flat=True))
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE written (id bigint PRIMARY KEY, title text, need text)")
        with cursor.copy("COPY written FROM STDIN") as into:
            for pk in ideas:
                need = text(chance, chance.randint(1, 5))
                into.write_row((pk, need.split(". ")[0][:80], need))
        cursor.execute(
            "UPDATE improvement_idea AS idea SET title = written.title, need = written.need "
            "FROM written WHERE written.id = idea.id"
        )
        cursor.execute("VACUUM FULL ANALYZE improvement_idea")


def milliseconds(work: Callable[[], object]) -> float:
    """Return the shortest time of some runs, which other work on the machine disturbs least."""
    times = []
    for _run in range(RUNS):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return min(times) * 1000


def main() -> None:
    region.region()
    if os.environ.get("KEEP") != "yes" or not Idea.objects.filter(title__contains=" och ").exists():
        rewrite(random.Random(5))
    chance = random.Random(99)
    texts = [text(chance, sentences) for sentences in (1, 2, 4) for _ in range(20)] + COMMON + ODD
    bare = milliseconds(lambda: list(Idea.objects.select_related("unit").order_by("-pk")[:50]))
    print(f"bare: fifty rows of the same table                  {bare:5.1f} ms")
    for who, pk in (("who sees all of them", 1), ("an employee", 777)):
        times = []
        most = found = 0
        for each in texts:
            person = Person.objects.get(pk=pk)
            assert person.employments_now is not None
            assert person.roles_held is not None  # read once a request, by every page
            times.append(milliseconds(lambda person=person, each=each: similar(person, each)))
            with CaptureQueriesContext(connection) as asked:
                found += bool(similar(person, each))
            most = max(most, len(asked))
        times.sort()
        print(
            f"{who:<22} median {statistics.median(times):5.1f} ms, "
            f"p95 {times[int(len(times) * 0.95)]:5.1f} ms, longest {times[-1]:5.1f} ms, "
            f"at most {most} queries; {found} of {len(texts)} found something"
        )


if __name__ == "__main__":
    main()
