"""What the pictures of one KPI or one quality measure consist of.

The same facts are drawn (`trend`, `strip`), said (`reading`) and explored (`explore`).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise

from ..chart import Bar
from ..models import Good
from ..wording import value_text


class Role(StrEnum):
    """What a line stands for; the look of each is in static/site/quality-page.css."""

    OWN = "own"
    WOMEN = "women"
    MEN = "men"
    MEDIAN = "median"
    NATIONAL = "national"


@dataclass(frozen=True, slots=True)
class Line:
    """Values over the years, the oldest first; a year that is not there has none."""

    role: Role
    name: str
    points: tuple[tuple[int, float], ...]


@dataclass(frozen=True, slots=True)
class Spread:
    """Half of those compared with lie between `lower` and `upper` that year."""

    year: int
    lower: float
    upper: float


@dataclass(frozen=True, slots=True)
class Break:
    """From `year` on values cannot be compared with those before."""

    year: int
    why: str


@dataclass(frozen=True, slots=True)
class GoalMark:
    """What somebody wants the value to be in a year."""

    year: int
    value: float
    whose: str


@dataclass(frozen=True, slots=True)
class Trend:
    """One thing over the years.

    Attributes:
        lines: Our own first.  The picture names each at its right end.
        spread: Of those compared with; the oldest year first.
        efforts: Ideas and works, drawn under the time axis.
        today: Where an effort that goes on ends.
    """

    title: str
    unit_word: str
    decimals: int
    good: Good
    lines: tuple[Line, ...]
    today: date
    spread: tuple[Spread, ...] = ()
    spread_name: str = ""
    breaks: tuple[Break, ...] = ()
    goals: tuple[GoalMark, ...] = ()
    efforts: tuple[Bar, ...] = ()

    @property
    def heading(self) -> str:
        return f"{self.title}, {self.unit_word}" if self.unit_word else self.title

    @property
    def years(self) -> range:
        """Every year that something is drawn in, also between."""
        told = [year for line in self.lines for year, _value in line.points]
        told += [spread.year for spread in self.spread] + [goal.year for goal in self.goals]
        for effort in self.efforts:
            told += [effort.starts_on.year, (effort.ends_on or self.today).year]
        return range(min(told), max(told) + 1) if told else range(0)

    @property
    def breaks_within(self) -> tuple[Break, ...]:
        """The breaks that part something drawn."""
        years = self.years
        return tuple(b for b in self.breaks if years and years[0] < b.year <= years[-1])

    def text(self, value: float) -> str:
        return value_text(value, self.decimals)

    def stretches[Told](self, told: Sequence[tuple[int, Told]]) -> Iterator[list[tuple[int, Told]]]:
        """Part what is told by year where it stops being comparable."""
        edges = [0, *(b.year for b in self.breaks), 10_000]
        for first, end in pairwise(edges):
            part = [(year, what) for year, what in told if first <= year < end]
            if part:
                yield part


class Mark(StrEnum):
    """Whose a dot is."""

    OTHERS = "others"
    ALIKE = "alike"  # those we compare ourselves with
    HOME = "home"


@dataclass(frozen=True, slots=True)
class Dot:
    name: str
    value: float
    rank: int | None
    mark: Mark = Mark.OTHERS


@dataclass(frozen=True, slots=True)
class Stripe:
    """From one value to another lie those of one colour; None is without end."""

    verdict: str
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Strip:
    """Everybody's value in one year, the best first.

    Attributes:
        green_to: The last rank in the best quarter.
        red_from: The first rank in the worst quarter.
    """

    title: str
    unit_word: str
    decimals: int
    good: Good
    dots: tuple[Dot, ...]
    green_to: int | None = None
    red_from: int | None = None

    @property
    def home(self) -> Dot | None:
        return next((dot for dot in self.dots if dot.mark is Mark.HOME), None)

    def text(self, value: float) -> str:
        return value_text(value, self.decimals)

    def stripes(self) -> tuple[Stripe, ...]:
        """Return the colours along the axis, from low to high; none where no way is good.

        A border lies halfway between the last of one colour and the first of the next.
        """
        by_colour = [
            (verdict, [dot.value for dot in self.dots if self._verdict(dot) == verdict])
            for verdict in ("good", "mid", "bad")
        ]
        held = [(verdict, values) for verdict, values in by_colour if values]
        borders = [(near[-1] + far[0]) / 2 for (_n, near), (_f, far) in pairwise(held)]
        ends = [None, *borders, None]
        if self.good == Good.NEITHER:
            return ()
        stripes = [
            Stripe(verdict, *((to, begin) if self.good == Good.HIGH else (begin, to)))
            for (verdict, _values), (begin, to) in zip(held, pairwise(ends), strict=True)
        ]
        return tuple(reversed(stripes) if self.good == Good.HIGH else stripes)

    def _verdict(self, dot: Dot) -> str:
        if dot.rank is None:
            return "none"
        if self.green_to is not None and dot.rank <= self.green_to:
            return "good"
        return "bad" if self.red_from is not None and dot.rank >= self.red_from else "mid"
