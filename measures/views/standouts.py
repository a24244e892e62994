"""What stands out in an area: good examples to learn from, and what needs attention."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.urls import reverse

from ..models import Band
from ..queries import AreaView, Outcome, Series
from ..sentences import movement
from ..wording import place_text

RECENT_YEARS = 5  # older than this beside the newest, it is history and not a call to act
SHOWN = 3  # at once; the others are folded


@dataclass(frozen=True, slots=True)
class Standout:
    """One KPI, why it stands out, and the way to an improvement."""

    name: str
    area: str
    href: str
    start: str
    value: str
    verdict: str
    about: str  # year, place and movement


@dataclass(frozen=True, slots=True)
class Standouts:
    first: list[Standout]
    others: list[Standout]

    def __bool__(self) -> bool:
        return bool(self.first)


def good_examples(views: Iterable[AreaView]) -> Standouts:
    """Green, and better two years in a row; the best placed first."""
    return _listed(views, lambda band, way: band == Band.GOOD and way > 0)


def needing_attention(views: Iterable[AreaView]) -> Standouts:
    """Red, or worse two years in a row; the red furthest down first."""
    return _listed(views, lambda band, way: band == Band.BAD or way < 0, worst_first=True)


def _listed(
    views: Iterable[AreaView], is_meant: Callable[[Band, int], bool], *, worst_first: bool = False
) -> Standouts:
    seen = list(views)
    newest = max((view.shown[-1] for view in seen), default=0)
    found = [
        (outcome, part, view)
        for view in seen
        for outcome, part in _counted(view)
        if is_meant(outcome.band, part.turn(view.shown[-1]))
        and outcome.year > newest - RECENT_YEARS
    ]
    found.sort(key=lambda one: _lowness(one[0]), reverse=worst_first)
    once = {part.kpi: _standout(outcome, part, view) for outcome, part, view in reversed(found)}
    all_of_them = list(reversed(once.values()))
    return Standouts(all_of_them[:SHOWN], all_of_them[SHOWN:])


def _counted(view: AreaView) -> Iterator[tuple[Outcome, Series]]:
    for _measure, part in view.counted_parts():
        outcome = part.under(view.shown[-1])
        if outcome.value is not None:
            yield outcome, part


def _lowness(outcome: Outcome) -> tuple[bool, float]:
    """How far down among all; red comes last whatever the place."""
    return outcome.band == Band.BAD, (outcome.rank or 0) / (outcome.counted or 1)


def _standout(outcome: Outcome, part: Series, view: AreaView) -> Standout:
    assert part.kpi  # every part is a KPI
    about = [
        str(outcome.year),
        place_text(outcome.rank, outcome.counted) if outcome.rank else "",
        movement(outcome.band, part.turn(view.shown[-1])).lower(),
    ]
    return Standout(
        name=part.name,
        area=view.area.name,
        href=reverse("kpi-detail", args=[part.kpi.code]),
        start=f"{reverse('idea-create')}?kpi={part.kpi.code}",
        value=part.value_text(outcome, with_unit=True),
        verdict=outcome.band.verdict,
        about=" · ".join(text for text in about if text),
    )
