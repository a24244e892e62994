"""The tests of a work: as a board, along time, and as spirals of learning."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from ..guidance import LONG_FOR_A_TEST
from ..models import Agreement, Cycle, Outcome, Phase, Scale, Work
from ..pictures import spiral, timeline


@dataclass(frozen=True, slots=True)
class Card:
    """A test on the board; `weeks` it has been open, where that is long, else 0."""

    cycle: Cycle
    weeks: int


@dataclass(frozen=True, slots=True)
class Column:
    """The tests in one phase."""

    phase: str
    label: str
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A test along time."""

    cycle: Cycle
    days: int  # it went on, or has done so far
    drawing: SafeString


@dataclass(frozen=True, slots=True)
class Ramp:
    """The tests of one change idea, or of one chain of learning where no idea is named."""

    title: str
    change: int | None  # the change idea in the driver diagram
    cycles: tuple[Cycle, ...]
    drawing: SafeString


def cycles_of(work: Work) -> list[Cycle]:
    """Return the tests of `work` in order, each with its change idea.  One query."""
    return list(work.cycles.select_related("change").order_by("number"))


def board_of(cycles: Sequence[Cycle], on: date) -> list[Column]:
    """Return the five columns, the latest test first in each."""
    return [
        Column(
            phase,
            str(phase.label),
            tuple(
                Card(cycle, _weeks(cycle, on)) for cycle in cycles[::-1] if cycle.status == phase
            ),
        )
        for phase in Phase
    ]


def time_of(cycles: Sequence[Cycle], on: date) -> tuple[list[Row], date, date]:
    """Return the tests along time, and the first and the last day that is shown."""
    ends = [cycle.ended_on or on for cycle in cycles]
    first = min((cycle.planned_on for cycle in cycles), default=on)
    last = max([on, *ends])
    rows = [
        Row(
            cycle,
            (end - (cycle.started_on or end)).days,
            timeline.draw_row(
                timeline.Stretch(cycle.planned_on, cycle.started_on, end, cycle.outcome),
                first,
                last,
            ),
        )
        for cycle, end in zip(cycles, ends, strict=True)
    ]
    return rows, first, last


def ramps_of(cycles: Sequence[Cycle]) -> list[Ramp]:
    """Return the spirals, in the order in which they began."""
    chains = chains_of(cycles)
    return [_ramp(chain) for chain in chains]


def chains_of(cycles: Sequence[Cycle]) -> list[list[Cycle]]:
    """Part cycles by the change idea that they test; those without one go with what they build on."""
    key_of: dict[int, tuple[str, int]] = {}
    chains: dict[tuple[str, int], list[Cycle]] = {}
    for cycle in cycles:
        if cycle.change_id is not None:
            key = ("change", cycle.change_id)
        elif cycle.previous_id in key_of:
            key = key_of[cycle.previous_id]
        else:
            key = ("chain", cycle.pk)
        key_of[cycle.pk] = key
        chains.setdefault(key, []).append(cycle)
    return list(chains.values())


def _ramp(chain: list[Cycle]) -> Ramp:
    change = next((cycle.change for cycle in chain if cycle.change), None)
    title = change.text if change else chain[0].question
    scales = list(Scale)
    turns = [
        spiral.Turn(cycle.number, scales.index(Scale(cycle.scale)), cycle.outcome, _words_of(cycle))
        for cycle in chain
    ]
    said = ngettext(
        "%(title)s: %(count)s test, on the scale “%(scale)s”. The list below says the same.",
        "%(title)s: %(count)s tests, at most on the scale “%(scale)s”. The list below says the same.",
        len(chain),
    ) % {
        "title": title,
        "count": len(chain),
        "scale": scales[max(turn.scale for turn in turns)].label.lower(),
    }
    drawing = spiral.draw(turns, [str(scale.label) for scale in scales], said)
    return Ramp(title, change.pk if change else None, tuple(chain), drawing)


def _words_of(cycle: Cycle) -> tuple[str, ...]:
    became = {
        Outcome.ADOPT: pgettext("turn", "Adopted"),
        Outcome.ADAPT: pgettext("turn", "Adapted"),
        Outcome.ABANDON: pgettext("turn", "Abandoned"),
    }
    agreed = {
        Agreement.AS_PREDICTED: pgettext("turn", "= as predicted"),
        Agreement.PARTLY: pgettext("turn", "≈ partly"),
        Agreement.OTHERWISE: pgettext("turn", "≠ not so"),
    }
    first = became[Outcome(cycle.outcome)] if cycle.outcome else cycle.get_status_display()
    return (first, agreed[Agreement(cycle.agreement)]) if cycle.agreement else (first,)


def tested_words(cycles: Sequence[Cycle]) -> str:
    """Say how it has gone with a change idea: how often it was tested, and what became of it.

    >>> tested_words([])
    ''
    """
    started = [cycle for cycle in cycles if cycle.has_started]
    if not started:
        return _("A test is planned.") if cycles else ""
    count = ngettext("Tested %(count)s time", "Tested %(count)s times", len(started)) % {
        "count": len(started)
    }
    latest = started[-1]
    return f"{count} · {latest.outcome_state or latest.get_status_display()}"


def _weeks(cycle: Cycle, on: date) -> int:
    days = cycle.open_for_days(on)
    return days // 7 if days > LONG_FOR_A_TEST.days else 0
