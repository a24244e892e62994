"""One work at a glance: where it stands, what shows it, and what comes next."""

from dataclasses import dataclass
from datetime import date

from foundation.numbers import number
from improvement.history import Passage
from improvement.queries import MoneyOfIdea, money_of
from measures.chart import Figure

from ..evidence import Progress
from ..guidance.next import NextStep, next_step
from ..history import diary_of
from ..models import Cycle, Report, Work
from ..wording import aim_in_numbers, is_reached, rounded
from .evidence import progress_of_works
from .measures import MeasureCard, MeasureFacts, measure_cards, measure_facts
from .values import counted, end_of, figure_of, start_of

CYCLES_SHOWN = 3  # all of them have a page of their own
DIARY_SHOWN = 5  # so has the diary


@dataclass(frozen=True, slots=True)
class Ends:
    """Where the aim's measure started, where it is, and where it is to be; in words."""

    measure: str
    unit_word: str
    start: str
    now: str
    aim: str


@dataclass(frozen=True, slots=True)
class WorkPage:
    """What a work's page says, besides the work itself and its team.

    Attributes:
        measure: The id of the WorkMeasure that carries the aim, for the way to it.
        chart: That measure's; None before its first value.
        others: The other measures, as small charts.
        cycles: The latest tests, the newest first; `more_cycles` are left out.
    """

    aim: str
    ends: Ends | None
    progress: Progress
    measure: int | None
    chart: Figure | None
    others: tuple[MeasureCard, ...]
    cycles: tuple[Cycle, ...]
    more_cycles: int
    report: Report | None
    money: MoneyOfIdea | None
    next: NextStep
    diary: list[Passage]


def page_of(work: Work, *, on: date) -> WorkPage:
    """Gather what the page of `work` says.  A fixed number of queries."""
    reports = list(work.reports.order_by("-pk"))
    report = reports[0] if reports else None
    cards = measure_cards(work, on=on)
    carrier = next((card.followed for card in cards if card.followed.carries_aim), None)
    if carrier is None:
        facts, cycles = None, list(work.cycles.order_by("number"))
    else:
        carrier.work = work
        facts = measure_facts(carrier, on=on)
        cycles = list(facts.cycles)
    measure = carrier.measure if carrier else None
    values = counted(facts.points) if facts else []
    newest = values[-1] if values else None
    return WorkPage(
        aim=aim_in_numbers(work, measure.unit_word) if measure else "",
        ends=_ends(work, facts) if facts else None,
        progress=progress_of_works([work])[work.pk],
        measure=carrier.pk if carrier else None,
        chart=figure_of(facts.chart) if facts else None,
        others=tuple(card for card in cards if not card.followed.carries_aim),
        cycles=tuple(cycles[::-1][:CYCLES_SHOWN]),
        more_cycles=max(len(cycles) - CYCLES_SHOWN, 0),
        report=report,
        money=money_of(work.idea) if work.idea is not None else None,
        next=next_step(
            work,
            cycles,
            report,
            newest.taken_on if newest else None,
            aim_reached=is_reached(work, measure, newest.value if newest else None),
            on=on,
        ),
        diary=diary_of(work, cycles, reports, limit=DIARY_SHOWN),
    )


def _ends(work: Work, facts: MeasureFacts) -> Ends:
    measure = facts.followed.measure
    values = (start_of(work, measure, facts.points), end_of(measure, facts.points), work.aim_to)
    start, now, aim = (
        "–" if value is None else number(rounded(value, has_parts=measure.has_parts))
        for value in values
    )
    return Ends(measure.name, measure.unit_word, start=start, now=now, aim=aim)
