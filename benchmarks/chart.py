"""How long does a chart take?

    uv run python -m benchmarks.chart

Prints the median processor time of some runs, for 24 and 60 points: one drawing, and what a page shows (two
drawings, sentence, signals and table), as a run chart and with limits; what is kept for overviews
and a small chart drawn from it.  How long judging takes is told by `benchmarks.spc`.  It needs no
database.
"""

import random
import statistics
import time
from collections.abc import Callable
from datetime import date, timedelta

from measures.chart import (
    Bar,
    Chart,
    ChartKind,
    Point,
    Settings,
    draw,
    figure,
    small_chart,
    verdict_facts,
)

RUNS = 200


def chart_of(points: int, kind: ChartKind) -> Chart:
    """A shifted measure with a target, tests and a note on every tenth point."""
    draws = random.Random(4)
    start = date(2021, 1, 15)
    days = [start + timedelta(days=30 * n) for n in range(points)]
    return Chart(
        title="Andel som känner sin kontakt",
        unit_word="procent",
        points=tuple(
            point_of(day, 62 if n < points / 2 else 75, "" if n % 10 else "semester", draws)
            for n, day in enumerate(days)
        ),
        settings=Settings(kind, multiply=100),
        higher_is_better=True,
        today=days[-1],
        target=90.0,
        bars=tuple(
            Bar(f"{n} en grupp", day, day + timedelta(days=20), "/arbeten/cykler/1/")
            for n, day in enumerate(days[points // 2 :: points // 10], start=1)
        ),
        baseline_until=days[points // 2],
    )


def point_of(day: date, level: float, note: str, draws: random.Random) -> Point:
    size = draws.randint(60, 120)
    share = round(draws.gauss(level, 3), 1)
    return Point(day, share, "", note, round(share * size / 100), size)


def milliseconds(work: Callable[[], object], runs: int) -> float:
    """Return the median processor time of `work`, after one run that fills the caches."""
    work()
    times = []
    for _run in range(runs):
        began = time.process_time()
        work()
        times.append(time.process_time() - began)
    return statistics.median(times) * 1000


def main() -> None:
    for kind in (ChartKind.RUN, ChartKind.I, ChartKind.P):
        for points in (24, 60):
            chart = chart_of(points, kind)
            drawn = milliseconds(lambda chart=chart: draw(chart), RUNS)
            whole = milliseconds(lambda chart=chart: figure(chart), RUNS)
            size = len(figure(chart).svg) / 1000
            print(
                f"{kind.name:3} {points} points: one drawing {drawn:.2f} ms; "
                f"both drawings, sentence and table {whole:.2f} ms, {size:.0f} kB"
            )
    facts = verdict_facts(chart)
    kept = milliseconds(lambda: verdict_facts(chart), RUNS)
    small = milliseconds(lambda: small_chart(facts), RUNS)
    print(
        f"what is kept {kept:.2f} ms; a small chart from it {small:.3f} ms, "
        f"{len(small_chart(facts)) / 1000:.1f} kB"
    )


if __name__ == "__main__":
    main()
