"""How long does it take to judge many series?

    uv run python -m benchmarks.spc

Prints the processor time for 10,000 series of 24 to 60 points, by kind of chart and rule set: the
median of three rounds.  It needs neither database nor settings.
"""

import random
import statistics
import time

from measures.spc import ChartKind, Observation, RuleSet, Settings, analyse

SERIES = 10_000
ROUNDS = 3
KINDS = [
    (ChartKind.RUN, RuleSet.ANHOEJ),
    (ChartKind.I, RuleSet.ANHOEJ),
    (ChartKind.I, RuleSet.NHS),
    (ChartKind.I, RuleSet.WESTERN),
    (ChartKind.P, RuleSet.ANHOEJ),
    (ChartKind.P_PRIME, RuleSet.NHS),
]


def series_of(kind: ChartKind, draws: random.Random) -> list[Observation]:
    points = range(draws.randint(24, 60))
    if kind.has_denominator:
        sizes = [draws.randint(40, 90) for _point in points]
        return [Observation(numerator=draws.randint(0, n // 3), denominator=n) for n in sizes]
    return [Observation(draws.gauss(50, 4)) for _point in points]


def main() -> None:
    for kind, rules in KINDS:
        draws = random.Random(4)
        many = [series_of(kind, draws) for _series in range(SERIES)]
        settings = Settings(kind, rules)
        times = []
        for _round in range(ROUNDS):
            began = time.process_time()
            for observations in many:
                analyse(observations, settings)
            times.append(time.process_time() - began)
        print(f"{kind.name:8} {rules.name:8} {SERIES} series: {statistics.median(times):.2f} s")


if __name__ == "__main__":
    main()
