"""How long does a chart take, and how long does it take to judge many series?

    uv run python -m benchmarks.chart

Prints the median of some runs, for 24 and 60 points, and the judging of 10,000 series.  It needs
no database.
"""

import os
import random
import statistics
import time
from collections.abc import Callable
from datetime import date, timedelta

import django

os.environ.setdefault("TESTING", "yes")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from measures.chart import Bar, Chart, Point, draw, figure  # noqa: E402
from measures.spc import run_chart  # noqa: E402

RUNS = 200
SERIES = 10_000


def chart_of(points: int) -> Chart:
    """A shifted measure with a target, four tests and a note on every tenth point."""
    draws = random.Random(4)
    start = date(2021, 1, 15)
    days = [start + timedelta(days=30 * n) for n in range(points)]
    return Chart(
        title="Andel som känner sin kontakt",
        unit_word="procent",
        points=tuple(
            Point(
                day,
                round(draws.gauss(62 if n < points / 2 else 75, 3), 1),
                note="" if n % 10 else "semester",
            )
            for n, day in enumerate(days)
        ),
        higher_is_better=True,
        today=days[-1],
        target=90.0,
        bars=tuple(
            Bar(f"{n} en grupp", day, day + timedelta(days=20), "/arbeten/cykler/1/")
            for n, day in enumerate(days[points // 2 :: points // 10], start=1)
        ),
        baseline_until=days[points // 2],
    )


def milliseconds(work: Callable[[], object], runs: int) -> float:
    """Return the median time of `work`, after one run that fills the caches."""
    work()
    times = []
    for _run in range(runs):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return statistics.median(times) * 1000


def main() -> None:
    for points in (24, 60):
        chart = chart_of(points)
        drawn = milliseconds(lambda chart=chart: draw(chart), RUNS)
        whole = milliseconds(lambda chart=chart: figure(chart), RUNS)
        size = len(figure(chart).svg) / 1000
        print(
            f"{points} points: one drawing {drawn:.2f} ms; "
            f"both drawings, sentence and table {whole:.2f} ms, {size:.0f} kB"
        )
    draws = random.Random(4)
    series = [[draws.gauss(0, 1) for _n in range(draws.randint(24, 60))] for _s in range(SERIES)]
    judged = milliseconds(lambda: [run_chart(values) for values in series], 3)
    print(f"{SERIES} series judged: {judged / 1000:.2f} s")


if __name__ == "__main__":
    main()
