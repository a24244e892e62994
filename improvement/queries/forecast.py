"""When those in a queue may get money: reckoned from what is known, and said with its reason.

`foresee` is arithmetic alone; `forecast_of` reads what it needs.  Nothing is promised here: the
queue is served by `actions/queue.py` with the same rule for who is next.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto

from django.db.models import Count, Q, Sum
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ..models import (
    Account,
    Decision,
    Fund,
    IdeaStatus,
    LedgerEntry,
    LedgerKind,
    Outcome,
    Period,
    Rollover,
)
from .halves import half_after
from .queue import served

HALVES_AHEAD = 6  # no further than three years after what is known
ENOUGH_HISTORY = 3  # ideas that have been settled, before anything is reckoned from them
HISTORY = 100  # of those, so many of the latest are looked at


class Source(Enum):
    """Why money is thought to come."""

    ALLOCATED = auto()  # a period begins that has been given money
    USUAL = auto()  # a period begins that is thought to get what is usual
    RELEASE = auto()  # an idea is thought to be finished and leave something unused


@dataclass(frozen=True, slots=True)
class Turn:
    """A day on which money is thought to come.

    Attributes:
        keeps_rest: Whether what is left before that day can still be used.
        name: The period that begins, or the idea that is finished.
    """

    on: date
    amount_ore: int
    source: Source
    name: str = ""
    keeps_rest: bool = True


@dataclass(frozen=True, slots=True)
class Expectation:
    """One place in a queue, and when money may come to it: None when that cannot be said."""

    decision: Decision
    place: int
    of: int
    on: date | None
    why: str

    @property
    def sentence(self) -> str:
        """Place, day and reason, as the author reads it."""
        place = _("Number %(place)s in the queue.") % {"place": self.place}
        return f"{place} {self.why}"


def foresee(
    amounts_ore: Sequence[int], left_ore: int, turns: Iterable[Turn], rule: str
) -> list[Turn | None]:
    """Return for each place in a queue the turn at which money reaches it.

    Args:
        amounts_ore: What each needs, in the order of decision.
        left_ore: What is left now, too little for whoever is next.
        turns: In any order.
        rule: A `QueueRule`.
    """
    answer: list[Turn | None] = [None] * len(amounts_ore)
    waiting = list(range(len(amounts_ore)))
    for turn in sorted(turns, key=lambda t: (t.on, t.source is Source.RELEASE)):
        if not waiting:
            break
        left_ore = turn.amount_ore + (left_ore if turn.keeps_rest else 0)
        reached = served([amounts_ore[place] for place in waiting], left_ore, rule)
        for number in reached:
            answer[waiting[number]] = turn
            left_ore -= amounts_ore[waiting[number]]
        gone = set(reached)
        waiting = [place for number, place in enumerate(waiting) if number not in gone]
    return answer


@dataclass(frozen=True, slots=True)
class Forecast:
    """A queue and what may come to it: all of it as numbers, and the asked for places in words."""

    length: int
    places: list[Expectation]


def forecast_of(fund: Fund, *, on: date, first: int | None = None) -> Forecast:
    """Return what the `first` in the queue of `fund` may expect, or all of them.

    Eight queries at most.  All of the queue is reckoned with; only what is shown is fetched.
    """
    return _forecast(fund, on, lambda queue: queue[:first])


def expectation_of(decision: Decision, *, on: date) -> Expectation | None:
    """Return what the idea of one queued decision may expect; None if it is in no queue."""
    if decision.fund is None:
        return None
    found = _forecast(decision.fund, on, lambda queue: [pk for pk in queue if pk == decision.pk])
    return next(iter(found.places), None)


def _forecast(fund: Fund, on: date, choose: Callable[[list[int]], list[int]]) -> Forecast:
    waiting = fund.decisions.queued()
    queue = list(waiting.values_list("pk", "project_ore", "reward_ore"))
    if not queue:
        return Forecast(0, [])
    current = Period.objects.current(fund, on)
    left_ore = current.left_ore() if current is not None else 0
    turns = [*_openings(fund, current, on), *_releases(fund, on)]
    amounts_ore = [project_ore + reward_ore for _pk, project_ore, reward_ore in queue]
    foreseen = foresee(amounts_ore, left_ore, turns, fund.queue_rule)
    place_of = {row[0]: place for place, row in enumerate(queue)}
    shown = waiting.filter(pk__in=choose(list(place_of))).select_related("idea__unit")
    return Forecast(
        len(queue),
        [
            Expectation(
                decision=decision,
                place=place_of[decision.pk] + 1,
                of=len(queue),
                on=turn.on if (turn := foreseen[place_of[decision.pk]]) else None,
                why=_why(turn, turns),
            )
            for decision in shown
            if decision.pk in place_of
        ],
    )


def _openings(fund: Fund, current: Period | None, on: date) -> list[Turn]:
    """The periods that are to begin: those that are there, then half-years of the usual size."""
    opened = list(fund.periods.filter(closed_at=None).with_balance().order_by("starts_on"))
    turns = []
    earlier = current
    for period in opened:
        if period.starts_on > on:
            turns.append(_opening(fund, period, earlier))
            earlier = period
    if not opened or not fund.usual_allocation_ore:
        return turns
    last = opened[-1]
    for _number in range(HALVES_AHEAD):
        half = half_after(last.ends_on)
        turns.append(
            Turn(
                max(half.starts_on, on),
                fund.usual_allocation_ore,
                Source.USUAL,
                half.name,
                keeps_rest=_keeps(fund, last),
            )
        )
        last = Period(fund=fund, name=half.name, starts_on=half.starts_on, ends_on=half.ends_on)
    return turns


def _opening(fund: Fund, period: "Period", earlier: Period | None) -> Turn:
    allocated_ore: int = period.sum_allocated_ore  # type: ignore[attr-defined]  # annotated
    left_ore: int = period.sum_left_ore  # type: ignore[attr-defined]
    if allocated_ore:
        source, amount_ore = Source.ALLOCATED, left_ore
    else:
        source, amount_ore = Source.USUAL, fund.usual_allocation_ore
    keeps_rest = earlier is None or _keeps(fund, earlier)
    return Turn(period.starts_on, amount_ore, source, period.name, keeps_rest=keeps_rest)


def _keeps(fund: Fund, period: Period) -> bool:
    """Whether what is left of `period` moves on without anybody's yes."""
    period.fund = fund
    return period.rollover == Rollover.AUTOMATIC


def _releases(fund: Fund, on: date) -> list[Turn]:
    """What ideas under way are thought to leave unused, by what earlier ones have left."""
    project = Q(account=Account.PROJECT)
    done = fund.decisions.filter(outcome=Outcome.APPROVED, idea__status=IdeaStatus.DONE)
    latest = list(done.order_by("-pk").values_list("pk", flat=True)[:HISTORY])
    history = LedgerEntry.objects.filter(project, decision__in=latest).aggregate(
        promises=Count("pk", filter=Q(kind=LedgerKind.RESERVATION)),
        reserved=Sum("amount_ore", filter=Q(kind=LedgerKind.RESERVATION), default=0),
        released=Sum("amount_ore", filter=Q(kind=LedgerKind.RELEASE), default=0),
    )
    if history["promises"] < ENOUGH_HISTORY or not history["released"]:
        return []
    under_way = (
        fund.decisions.filter(
            idea__status=IdeaStatus.UNDERWAY,
            idea__expected_done_on__gte=on,
            entries__account=Account.PROJECT,
        )
        .annotate(reserved=Sum("entries__reserved_ore"))
        .filter(reserved__gt=0)
        .values_list("idea__expected_done_on", "idea__title", "project_ore", "reserved")
    )
    return [
        Turn(
            day,  # type: ignore[arg-type]  # not None: it was compared with a day
            min(reserved, granted * history["released"] // history["reserved"]),
            Source.RELEASE,
            title,
        )
        for day, title, granted, reserved in under_way
    ]


def _why(turn: Turn | None, turns: list[Turn]) -> str:
    if turn is None:
        return _("No date can be given: %(reason)s") % {"reason": _why_no_date(turns)}
    facts = {"day": date_format(turn.on, "j F Y"), "name": turn.name}
    if turn.source is Source.ALLOCATED:
        return _("Money is expected on %(day)s, when the money of “%(name)s” can be used.") % facts
    if turn.source is Source.USUAL:
        return (
            _(
                "Money is expected on %(day)s, when “%(name)s” begins. How much it gets is not "
                "decided yet; this is reckoned with what is usually allocated."
            )
            % facts
        )
    return (
        _(
            "Money is expected around %(day)s, when another idea is thought to be carried out and "
            "to leave some of its money unused."
        )
        % facts
    )


def _why_no_date(turns: list[Turn]) -> str:
    if not turns:
        return _("the fund has no coming period yet. The place in the queue is kept.")
    last = max(turn.on for turn in turns)
    return _(
        "the money that can be foreseen until %(day)s is not enough so far back in the queue. "
        "The place is kept."
    ) % {"day": date_format(last, "F Y")}
