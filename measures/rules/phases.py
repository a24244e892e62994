"""Why not?  A new phase: from a day on a measure is judged anew, for a stated cause."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..chart import Chart, Verdict, judge
from ..models import MeasurePhase
from .team import why_not_text

FEWEST_IN_PHASE = 10  # a shift that has held ten to twelve points is there to stay
CAUSE_LENGTH = 300


@dataclass(frozen=True, slots=True)
class Shift:
    """A change that the newest phase shows and that lasts: from which point, and what it means.

    Attributes:
        place: In the series; there a new phase would begin.
        points: How many values that count there are from there on.
    """

    place: int
    on: date
    points: int
    verdict: Verdict


def shift_in(chart: Chart) -> Shift | None:
    """Return the change in the newest phase that lasts until now, if its chart signals one.

    It began with the first point of the longest row beside the centre line; without such a row,
    where the line was crossed for the last time.
    """
    judged = judge(chart)
    phase = judged.last
    if phase is None or not phase.has_enough or not phase.has_signal:
        return None
    run = phase.shift or phase.runs[-1]
    place = run.places[0]
    if place == phase.start:
        return None  # all of the phase lies so: there is nothing before to differ from
    points = sum(judged.counts(n) for n in range(place, phase.stop))
    side = phase.runs[-1].side if phase.shift is None else phase.shift.side
    lasts = phase.shift is None or phase.shift is phase.runs[-1]
    meaning = chart.meaning_of(side) if lasts else Verdict.CHANGE
    return Shift(place, chart.points[place].on, points, meaning)


def why_not_offer(chart: Chart) -> str | None:
    """Say why no new phase is asked about: there is no change, or not the wanted one."""
    shift = shift_in(chart)
    if shift is None:
        return _("The chart shows no change that lasts, so there is nothing to judge anew.")
    if chart.higher_is_better is not None and shift.verdict is not Verdict.BETTER:
        return _(
            "The change is not in the wanted direction. Find the cause and do something about it; "
            "the limits stay as they are, so that they show when it is well again."
        )
    return None


def why_not_phase(chart: Chart, *, starts_on: date, because: str) -> str | None:
    """Say why a measure cannot be judged anew from a day on.

    Asks for a change that lasts in the wanted direction, a stated cause, and enough points on both
    sides of the day.
    """
    if refusal := why_not_offer(chart):
        return refusal
    if not because.strip():
        return _("Write the cause. A chart is not judged anew because it looks better so.")
    if refusal := why_not_text(because.strip(), most=CAUSE_LENGTH):
        return refusal
    return why_not_day_of_phase(chart, starts_on)


def why_not_day_of_phase(chart: Chart, starts_on: date) -> str | None:
    """Say why a new phase cannot begin on that day."""
    judged = judge(chart)
    phase = judged.last
    if phase is None:
        return _("Nothing has been measured yet.")
    within = [n for n in range(phase.start, phase.stop) if judged.counts(n)]
    after = sum(chart.points[n].on >= starts_on for n in within)
    if after == len(within):
        return _("The new phase must begin after the first value of the one that goes on.")
    if after < FEWEST_IN_PHASE:
        lacking = FEWEST_IN_PHASE - after
        return ngettext(
            "From that day there are %(after)s values, and %(enough)s are needed. Wait for "
            "%(lacking)s more.",
            "From that day there are %(after)s values, and %(enough)s are needed. Wait for "
            "%(lacking)s more.",
            lacking,
        ) % {"after": after, "enough": FEWEST_IN_PHASE, "lacking": lacking}
    return None


def why_not_undo(phase: MeasurePhase) -> str | None:
    """Say why a phase cannot be undone."""
    if phase.undone_at is not None:
        return _("It is undone already.")
    return None
