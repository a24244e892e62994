"""How long do the tab with the tests and the driver diagram take, when they are full?

    uv run python -m benchmarks.cycles

A work with 40 cycles and a driver diagram of 60 boxes, as its leader sees it.  Prints median and
95th percentile of the time in the server (Django's own client: no network, no browser), how much of
it Python worked, and the number of queries; and the drawings by themselves, which need no database.
"""

import datetime as dt

from django.test import Client
from django.urls import reverse

from benchmarks.timing import Pages, own_database, times
from programme.models import Agreement, Cycle, Driver, Outcome, Phase, Scale, Work
from programme.pictures import driver_diagram, spiral
from tests.factories import TODAY, UnitFactory, employee, started_work

RUNS = 30
CYCLES = 40
WORDS = "En mening som är ungefär så lång som de brukar vara, med några ord till."


def fill(work: Work) -> Cycle:
    """Draw 5 primary drivers with 2 secondary each, and 45 change ideas; and test a few of them."""
    ideas: list[Driver] = []
    for first in range(5):
        primary = work.drivers.create(kind="primary", text=f"{first} {WORDS[:60]}", position=first)
        for second in range(2):
            secondary = work.drivers.create(
                kind="secondary", text=f"{second} {WORDS[:50]}", parent=primary, position=second
            )
            for third in range(5 if second else 4):
                ideas.append(
                    work.drivers.create(
                        kind="change", text=f"{third} {WORDS[:70]}", parent=secondary
                    )
                )
    assert work.drivers.count() == Driver.MOST_PER_WORK
    previous = None
    for number in range(1, CYCLES + 1):
        day = TODAY - dt.timedelta(days=10 * (CYCLES - number + 1))
        previous = Cycle.objects.create(
            work=work,
            number=number,
            previous=previous,
            change=ideas[number % 4],
            status=Phase.CLOSED,
            scale=Scale.values[number % 4],
            question=WORDS,
            prediction="8 av 10",
            planned_on=day,
            started_on=day,
            what_happened=WORDS,
            ended_on=day + dt.timedelta(days=7),
            agreement=Agreement.PARTLY,
            result=WORDS,
            learning=WORDS,
            outcome=Outcome.ADAPT,
        )
    assert previous is not None
    return previous


def drawings() -> None:
    boxes = [
        driver_diagram.Box(n, 0 if n < 4 else 1 + n % 3, 1 if n < 4 else 2, "", WORDS)
        for n in range(1, 13)
    ]
    boxes += [driver_diagram.Box(n, 4 + n % 9, 3, "change", WORDS, "") for n in range(13, 61)]
    turns = [spiral.Turn(n, n % 4, "adapt", ("Anpassat", "≈ delvis")) for n in range(CYCLES)]
    for what, draw in (
        (
            "60 boxes, placed and drawn",
            lambda: driver_diagram.draw(driver_diagram.layout(WORDS, boxes), WORDS),
        ),
        ("a spiral of 40 turns", lambda: spiral.draw(turns, ["En person"] * 4, WORDS)),
    ):
        print(f"{what:<34}{times(draw).worked:8.1f} ms")


def main() -> None:
    drawings()
    with own_database():
        unit = UnitFactory()
        leader = employee(at=unit)
        work = started_work(at=unit, leader=leader)
        cycle = fill(work)
        client = Client()
        client.force_login(leader)
        tab = reverse("work-cycles", args=[work.pk])
        pages = Pages(34)
        for what, address in (
            ("the board, 40 cycles", tab),
            ("along time", f"{tab}?visa=tid"),
            ("spirals", f"{tab}?visa=spiral"),
            ("the diagram, 60 boxes", reverse("work-drivers", args=[work.pk])),
            ("one cycle", reverse("cycle-detail", args=[cycle.pk])),
        ):
            pages.row(client, address, what)


if __name__ == "__main__":
    main()
