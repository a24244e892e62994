"""What the pictures say, in a sentence each.

A place among all says little about change: one can become better and be overtaken, or stand still
while others fall behind.  So value and place are told side by side, and what is no more than chance
is called that.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..chart.model import Verdict
from ..chart.reading import STRONG
from ..direction import FEWEST_YEARS, Direction, direction_of, is_unusual_step
from ..models import Good
from ..rounding import rounded
from ..wording import difference_text, place_text
from .model import Dot, Mark, Strip, Trend


@dataclass(frozen=True, slots=True)
class Said:
    """A verdict in a word or two, and why."""

    strong: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Standing:
    """The place among all in one year."""

    year: int
    rank: int
    counted: int

    @property
    def share(self) -> float:
        """How much of the way down from the best it is: 0 best, 1 worst."""
        return (self.rank - 1) / max(self.counted - 1, 1)

    @property
    def text(self) -> str:
        return place_text(self.rank, self.counted)


def read_trend(trend: Trend, standings: Sequence[Standing] = ()) -> Said:
    """Say how our own value has gone since it could first be compared, and how the place has.

    Args:
        standings: Our place in the years that have one, the oldest first.
    """
    own = trend.lines[0].points if trend.lines else ()
    since = (
        max((edge.year for edge in trend.breaks_within if edge.year <= own[-1][0]), default=0)
        if own
        else 0
    )
    comparable = [(year, value) for year, value in own if year >= since]
    if len(comparable) < 2:
        return Said(str(STRONG[Verdict.TOO_FEW]), _too_few(trend, comparable))
    values = [value for _year, value in comparable]
    direction, has_jumped = direction_of(values), is_unusual_step(values)
    told = [
        _from_to(trend, comparable),
        "" if has_jumped and not direction.side else _of_chance(direction, len(comparable)),
        _of_last_step(trend, values) if has_jumped else "",
        _place_beside_value(trend, comparable, [s for s in standings if s.year >= since]),
    ]
    verdict = _verdict(trend, direction, has_jumped=has_jumped)
    return Said(str(STRONG[verdict]), " ".join(filter(None, told)))


def _too_few(trend: Trend, comparable: Sequence[tuple[int, float]]) -> str:
    if trend.breaks_within and comparable:
        return _("Values from %(year)s on cannot be compared with those before.") % {
            "year": trend.breaks_within[-1].year
        }
    return _("There are not yet two years to compare.")


def _verdict(trend: Trend, direction: Direction, *, has_jumped: bool) -> Verdict:
    if not direction.has_enough:
        return Verdict.TOO_FEW
    if not direction.side:
        return Verdict.CHANGE if has_jumped else Verdict.CHANCE
    if trend.good == Good.NEITHER:
        return Verdict.CHANGE
    return Verdict.BETTER if _is_better(trend, direction.side) else Verdict.WORSE


def _is_better(trend: Trend, difference: float) -> bool:
    return (difference > 0) == (trend.good == Good.HIGH)


def _from_to(trend: Trend, comparable: Sequence[tuple[int, float]]) -> str:
    (first_year, first), (last_year, last) = comparable[0], comparable[-1]
    facts = {
        "first": trend.text(first),
        "first_year": first_year,
        "last": trend.text(last),
        "last_year": last_year,
        "difference": difference_text(last - first, trend.decimals),
    }
    if trend.text(first) == trend.text(last):
        return _("The value is the same in %(last_year)s as in %(first_year)s: %(last)s.") % facts
    if _is_same(trend, first, last):
        text = _("The value is nearly the same in %(last_year)s as in %(first_year)s: %(last)s.")
        return text % facts
    return (
        _(
            "From %(first)s in %(first_year)s to %(last)s in %(last_year)s, a difference of "
            "%(difference)s."
        )
        % facts
    )


def _is_same(trend: Trend, first: float, last: float) -> bool:
    """Whether there is no difference, as differences are written."""
    return rounded(last - first, trend.decimals) == 0


def _of_chance(direction: Direction, years: int) -> str:
    if not direction.has_enough:
        return ngettext(
            "With %(years)s year one cannot tell change from chance; it takes %(enough)s.",
            "With %(years)s years one cannot tell change from chance; it takes %(enough)s.",
            years,
        ) % {"years": years, "enough": FEWEST_YEARS}
    if not direction.side:
        return _("The years go up and down as chance does.")
    return _("The years go one way more steadily than chance would.")


def _of_last_step(trend: Trend, values: Sequence[float]) -> str:
    step = difference_text(values[-1] - values[-2], trend.decimals)
    return _("The last step, %(step)s, is larger than the years use to differ.") % {"step": step}


def _place_beside_value(
    trend: Trend, comparable: Sequence[tuple[int, float]], standings: Sequence[Standing]
) -> str:
    """Say how the place has gone where that is another story than the value."""
    by_year = {standing.year: standing for standing in standings}
    first, last = by_year.get(comparable[0][0]), by_year.get(comparable[-1][0])
    if first is None or last is None or trend.good == Good.NEITHER:
        return ""
    difference = comparable[-1][1] - comparable[0][1]
    is_same = _is_same(trend, comparable[0][1], comparable[-1][1])
    has_risen, has_fallen = last.share < first.share, last.share > first.share
    facts = {"first": first.text, "last": last.text}
    if is_same and (has_risen or has_fallen):
        text = _(
            "The place has gone from %(first)s to %(last)s all the same: the others have moved."
        )
    elif is_same or first.text == last.text:
        return ""
    elif _is_better(trend, difference) and has_fallen:
        text = _(
            "The value is better but the place worse, from %(first)s to %(last)s: others have "
            "become better faster."
        )
    elif not _is_better(trend, difference) and has_risen:
        text = _(
            "The value is worse but the place better, from %(first)s to %(last)s: others have "
            "become worse faster."
        )
    else:
        text = _("The place has gone from %(first)s to %(last)s.")
    return text % facts


def read_strip(strip: Strip) -> str:
    """Say where most lie, and where those lie that we compare ourselves with."""
    values = sorted(dot.value for dot in strip.dots)
    quarter = len(values) // 4
    said = [
        _("Half of the %(count)s lie between %(low)s and %(high)s.")
        % {
            "count": len(values),
            "low": strip.text(values[quarter]),
            "high": strip.text(values[-quarter - 1]),
        }
    ]
    alike = [dot for dot in strip.dots if dot.mark is Mark.ALIKE]
    if strip.home is not None and alike and strip.good != Good.NEITHER:
        better = sum(_beats(strip, dot, strip.home) for dot in alike)
        said.append(
            ngettext(
                "Of the %(count)s we compare ourselves with, %(better)s is better.",
                "Of the %(count)s we compare ourselves with, %(better)s are better.",
                better,
            )
            % {"count": len(alike), "better": better}
        )
    return " ".join(said)


def _beats(strip: Strip, dot: Dot, other: Dot) -> bool:
    return dot.value > other.value if strip.good == Good.HIGH else dot.value < other.value
