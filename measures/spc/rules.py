"""Rules that look at places in a row: the NHS rules and those of Western Electric.

Each function takes the places of a phase in order, what was excluded left out, and what is known
at each: on which side of the centre it lies, how many sigmas from it, or its value.  None stands
for a gap, and nothing goes on across a gap.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from .model import NhsRules, Rule, Signal

EDGE = 1e-9  # sigmas; a point exactly on a limit is inside, whatever floats make of it

type Places = Sequence[int]
type Scores = Sequence[float | None]


def is_beyond(score: float | None, sigmas: float, side: int) -> bool:
    """Say whether a point lies further out than so many sigmas on that side."""
    return score is not None and score * side > sigmas + EDGE


def outside(places: Places, scores: Scores) -> list[Signal]:
    """Every point beyond three sigma."""
    return [
        Signal(Rule.OUTSIDE, (place,), side)
        for place, score in zip(places, scores, strict=True)
        for side in (1, -1)
        if is_beyond(score, 3, side)
    ]


def in_a_row(rule: Rule, places: Places, sides: Sequence[int | None], length: int) -> list[Signal]:
    """So many in a row on one side; a gap or a point on the centre breaks the row.

    >>> in_a_row(Rule.SHIFT, [0, 1, 2, 3], [1, 1, 0, 1], 2)
    [Signal(rule=<Rule.SHIFT: 'shift'>, places=(0, 1), side=1)]
    """
    found = []
    start = 0
    for end in range(1, len(sides) + 1):
        if end < len(sides) and sides[end] == sides[start]:
            continue
        side = sides[start]
        if side and end - start >= length:
            found.append(Signal(rule, tuple(places[start:end]), side))
        start = end
    return found


def trends(places: Places, values: Sequence[float | None], length: int) -> list[Signal]:
    """So many points in a row, each higher or each lower than the one before.

    An equal value breaks the trend.  The last point of one can be the first of the next.

    >>> [signal.places for signal in trends([0, 1, 2, 3, 4], [1, 2, 3, 3, 2], 3)]
    [(0, 1, 2)]
    """
    steps = [
        None if before is None or after is None else (after > before) - (after < before)
        for before, after in pairwise(values)
    ]
    rows = in_a_row(Rule.TREND, range(len(steps)), steps, length - 1)
    return [
        Signal(Rule.TREND, tuple(places[row.places[0] : row.places[-1] + 2]), row.side)
        for row in rows
    ]


def windows(
    rule: Rule, places: Places, scores: Scores, *, size: int, least: int, sigmas: float
) -> list[Signal]:
    """At least so many of a window's points beyond so many sigmas on one side; the others anywhere."""
    found = []
    for side in (1, -1):
        beyond = [at for at, score in enumerate(scores) if is_beyond(score, sigmas, side)]
        found += _in_windows(
            Signal(rule, (), side),
            places,
            beyond,
            size,
            least,
            [score is not None for score in scores],
        )
    return found


def two_of_three_on_one_side(
    places: Places, scores: Scores, sides: Sequence[int | None], *, outside_counts: bool
) -> list[Signal]:
    """Two of three beyond two sigma, where all three lie on the same side (the NHS rules).

    Args:
        outside_counts: Whether a point beyond three sigma counts too.
    """
    found = []
    for side in (1, -1):
        beyond = [
            at
            for at, score in enumerate(scores)
            if is_beyond(score, 2, side) and (outside_counts or not is_beyond(score, 3, side))
        ]
        found += _in_windows(
            Signal(Rule.TWO_OF_THREE, (), side),
            places,
            beyond,
            3,
            2,
            [one == side for one in sides],
        )
    return found


def _in_windows(
    signal: Signal,
    places: Places,
    beyond: Sequence[int],
    size: int,
    least: int,
    may_count: Sequence[bool],
) -> list[Signal]:
    """Slide a window along the places; finds that share a point make one signal.

    Args:
        beyond: Which points lie far enough out, in order.
        may_count: Whether a window may hold each point.
    """
    if len(beyond) < least:
        return []
    groups: list[list[int]] = []
    for start in range(len(places) - size + 1):
        here = [at for at in beyond if start <= at < start + size]
        if len(here) < least or not all(may_count[start : start + size]):
            continue
        if groups and here[0] <= groups[-1][-1]:
            groups[-1] += [at for at in here if at > groups[-1][-1]]
        else:
            groups.append(here)
    return [Signal(signal.rule, tuple(places[at] for at in g), signal.side) for g in groups]


def nhs(
    places: Places,
    values: Sequence[float | None],
    scores: Scores,
    sides: Sequence[int | None],
    numbers: NhsRules,
) -> list[Signal]:
    """Shift, trend and two of three, as in the NHS's *Making data count*."""
    return [
        *in_a_row(Rule.SHIFT, places, sides, numbers.shift),
        *trends(places, values, numbers.trend),
        *two_of_three_on_one_side(places, scores, sides, outside_counts=numbers.outside_counts),
    ]


def western_electric(places: Places, scores: Scores, sides: Sequence[int | None]) -> list[Signal]:
    """Rules 2 to 4 of the *Statistical Quality Control Handbook* (1956); the first is `outside`."""
    return [
        *windows(Rule.TWO_OF_THREE, places, scores, size=3, least=2, sigmas=2),
        *windows(Rule.FOUR_OF_FIVE, places, scores, size=5, least=4, sigmas=1),
        *in_a_row(Rule.EIGHT, places, sides, 8),
    ]


# Which of several signals a point is named after, as in NHSRplotthedots; the earlier goes first.
BY_WEIGHT = (
    Rule.OUTSIDE,
    Rule.TREND,
    Rule.TWO_OF_THREE,
    Rule.SHIFT,
    Rule.FOUR_OF_FIVE,
    Rule.EIGHT,
    Rule.CROSSINGS,
)


def labels(signals: Iterable[Signal]) -> dict[int, Signal]:
    """Return the one signal that each place is named after: the heaviest, and of two the later.

    >>> rise, out = Signal(Rule.TREND, (3, 4), 1), Signal(Rule.OUTSIDE, (4,), 1)
    >>> {place: signal.rule.name for place, signal in labels([out, rise]).items()}
    {3: 'TREND', 4: 'OUTSIDE'}
    """
    named: dict[int, Signal] = {}
    heaviest_last = sorted(
        (signal for signal in signals if signal.side),
        key=lambda signal: (-BY_WEIGHT.index(signal.rule), signal.places[0]),
    )
    for signal in heaviest_last:
        named |= dict.fromkeys(signal.places, signal)
    return named
