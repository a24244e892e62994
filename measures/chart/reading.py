"""The chart in words and as a table: the same facts as the drawing, for everyone."""

from dataclasses import dataclass

from django.utils.formats import date_format, number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ..spc import FEWEST_POINTS, RunPhase
from .model import Chart, Verdict

# fmt: off
STRONG: dict[Verdict, str | Promise] = {
    Verdict.TOO_FEW: gettext_lazy("Too early to say."),
    Verdict.CHANCE:  gettext_lazy("No certain change."),
    Verdict.BETTER:  gettext_lazy("An improvement."),
    Verdict.WORSE:   gettext_lazy("A deterioration."),
}
# fmt: on


@dataclass(frozen=True, slots=True)
class Reading:
    """What the chart says: the verdict in a word, why in a sentence, and by which rules."""

    strong: str
    sentence: str
    note: str


@dataclass(frozen=True, slots=True)
class Table:
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def read(chart: Chart) -> Reading:
    """Say in plain words what the chart shows."""
    phases = chart.phases()
    verdict = chart.verdict()
    counted = sum(phase.points for phase in phases)
    if verdict is Verdict.TOO_FEW:
        sentence = _too_few(chart, phases)
    else:
        sentence = _because(chart, phases[-1])
    return Reading(str(STRONG[verdict]), sentence, _note(chart, phases) if counted else "")


def table(chart: Chart) -> Table:
    """Return date, value and note of every point, with the centre line it is judged by."""
    centres = {
        place: phase.centre for phase in chart.phases() for place in range(phase.start, phase.stop)
    }
    rows = tuple(
        (
            date_format(point.on, "SHORT_DATE_FORMAT"),
            "–" if point.value is None else value_text(point.value),
            "–" if (centre := centres[place]) is None else value_text(centre),
            " ".join(filter(None, [point.note, _excluded(point.excluded_because)])),
        )
        for place, point in enumerate(chart.points)
    )
    return Table((_("Day"), chart.unit_word or _("Value"), _("Median"), _("Note")), rows)


def value_text(value: float) -> str:
    """Write a number as people here do: 62 or 4,5, never 62,00."""
    for decimals in range(3):
        if round(value, decimals) == round(value, 3):
            return number_format(value, decimals)
    return number_format(value, 2)


def _too_few(chart: Chart, phases: tuple[RunPhase, ...]) -> str:
    points = phases[-1].points if phases else 0
    if not points:
        return _(
            "Nothing has been measured yet. Write down the first value, so you know the start."
        )
    return ngettext(
        "%(count)s measurement so far. From %(enough)s on, the chart can tell change from chance.",
        "%(count)s measurements so far. From %(enough)s on, the chart can tell change from chance.",
        points,
    ) % {"count": points, "enough": FEWEST_POINTS}


def _because(chart: Chart, phase: RunPhase) -> str:
    assert phase.centre is not None  # a phase with useful points has a centre
    facts = {
        "median": value_text(phase.centre),
        "run": len(phase.run),
        "most": phase.limits.longest_run_max,
        "first": date_format(chart.points[phase.run[0]].on, "F Y"),
        "last": date_format(chart.points[phase.run[-1]].on, "F Y"),
        "crossings": phase.crossings,
        "least": phase.limits.crossings_min,
    }
    if phase.is_shifted and phase.side > 0:
        return (
            _(
                "%(run)s measurements in a row lie above the median %(median)s, from %(first)s to "
                "%(last)s. Chance hardly gives more than %(most)s."
            )
            % facts
        )
    if phase.is_shifted:
        return (
            _(
                "%(run)s measurements in a row lie below the median %(median)s, from %(first)s to "
                "%(last)s. Chance hardly gives more than %(most)s."
            )
            % facts
        )
    if phase.has_signal:
        return (
            _(
                "The line crosses the median %(median)s only %(crossings)s times. Chance gives at "
                "least %(least)s."
            )
            % facts
        )
    return (
        _(
            "The values vary around the median %(median)s as chance does. The longest row on one "
            "side is %(run)s; more than %(most)s would be a signal."
        )
        % facts
    )


def _note(chart: Chart, phases: tuple[RunPhase, ...]) -> str:
    last = phases[-1]
    parts = [
        _("Run chart with Anhøj’s rules, %(useful)s of %(points)s points useful.")
        % {"useful": last.useful, "points": last.points}
    ]
    baseline = None if chart.phase_starts else chart.baseline()
    if baseline:
        parts.append(
            _("The median is that of the %(count)s points before the first test.")
            % {"count": baseline}
        )
    for start in chart.phase_starts:
        parts.append(
            _("New phase %(day)s: %(cause)s.")
            % {"day": date_format(start.on, "j F Y"), "cause": start.because}
        )
    return " ".join(parts)


def _excluded(because: str) -> str:
    return _("Not counted: %(why)s") % {"why": because} if because else ""
