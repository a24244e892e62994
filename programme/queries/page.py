"""One work: all that its page says."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from foundation.numbers import number
from improvement.history import Passage
from improvement.queries import MoneyOfIdea, money_of
from measures.chart import Figure
from measures.models import Measurement, TeamMeasure

from ..guidance import NextStep, next_step
from ..history import diary_of
from ..models import Cycle, Report, Work
from ..wording import aim_in_numbers, is_reached
from .values import chart_of, counted, end_of, figure_of, phases_of, points_of, start_of


@dataclass(frozen=True, slots=True)
class Ends:
    """Where the aim's measure started, where it is, and where it is to be; in words."""

    measure: str
    unit_word: str
    start: str
    now: str
    aim: str


@dataclass(frozen=True, slots=True)
class Followed:
    """A measure on a work's page; no chart before the first value."""

    pk: int  # of the WorkMeasure
    title: str
    purpose: str
    chart: Figure | None


@dataclass(frozen=True, slots=True)
class WorkPage:
    """What a work's page says, besides the work itself and its team."""

    aim: str
    ends: Ends | None
    measures: tuple[Followed, ...]
    cycles: tuple[Cycle, ...]  # the latest first
    report: Report | None
    money: MoneyOfIdea | None
    next: NextStep
    diary: list[Passage]


def page_of(work: Work, *, on: date) -> WorkPage:
    """Gather what the page of `work` says.  Nine queries, however much has happened."""
    cycles = list(work.cycles.order_by("-number"))
    reports = list(work.reports.order_by("-pk"))
    report = reports[0] if reports else None
    followed = list(work.followed.select_related("measure").order_by("-carries_aim", "pk"))
    points = points_of([f.measure for f in followed])
    phases = phases_of([f.measure for f in followed])
    carrier = next((f.measure for f in followed if f.carries_aim), None)
    values = counted(points[carrier.pk]) if carrier else []
    newest = values[-1] if values else None
    return WorkPage(
        aim=aim_in_numbers(work, carrier.unit_word) if carrier else "",
        ends=_ends(work, carrier, points[carrier.pk]) if carrier else None,
        measures=tuple(
            Followed(
                pk=f.pk,
                title=f"{f.measure}, {f.measure.unit_word}",
                purpose=f.get_purpose_display(),
                chart=figure_of(
                    chart_of(
                        f.measure,
                        points[f.measure_id],
                        cycles,
                        phases=phases[f.measure_id],
                        target=work.aim_to if f.carries_aim else f.measure.target,
                        on=on,
                    )
                ),
            )
            for f in followed
        ),
        cycles=tuple(cycles),
        report=report,
        money=money_of(work.idea) if work.idea is not None else None,
        next=next_step(
            work,
            cycles[::-1],
            report,
            newest.taken_on if newest else None,
            aim_reached=is_reached(work, carrier, newest.value if newest else None),
            on=on,
        ),
        diary=diary_of(work, cycles, reports),
    )


def _ends(work: Work, measure: TeamMeasure, points: Sequence[Measurement]) -> Ends:
    values = (start_of(work, measure, points), end_of(measure, points), work.aim_to)
    start, now, aim = ("–" if value is None else number(value) for value in values)
    return Ends(measure.name, measure.unit_word, start=start, now=now, aim=aim)
