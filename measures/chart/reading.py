"""The chart in words and as a table: the same facts as the drawing, for everyone."""

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from ..spc import FEWEST_POINTS, Run, RunPhase
from .model import Chart, NumberedNote, Verdict, marks_of
from .numbers import value_text
from .scale import DAYS_NAMED

# fmt: off
STRONG: dict[Verdict, str | Promise] = {
    Verdict.TOO_FEW: gettext_lazy("Too early to say."),
    Verdict.CHANCE:  gettext_lazy("No certain change."),
    Verdict.CHANGE:  gettext_lazy("A change."),
    Verdict.BETTER:  gettext_lazy("An improvement."),
    Verdict.WORSE:   gettext_lazy("A deterioration."),
}
SIGNALS: dict[Verdict, str | Promise] = {
    Verdict.CHANGE:  gettext_lazy("Change"),
    Verdict.BETTER:  gettext_lazy("Improvement"),
    Verdict.WORSE:   gettext_lazy("Deterioration"),
}
# fmt: on


@dataclass(frozen=True, slots=True)
class Reading:
    """What the chart says: the verdict in a word, why in a sentence, by which rules, and the
    texts of the notes that are numbers in the drawing, in the order of the numbers.
    """

    strong: str
    sentence: str
    note: str
    numbered: tuple[str, ...]

    @property
    def small_print(self) -> str:
        """The rules and the numbered notes in one text, for paper."""
        numbered = (f"{n}. {text}" for n, text in enumerate(self.numbered, start=1))
        return " ".join(filter(None, [self.note, *numbered]))


@dataclass(frozen=True, slots=True)
class Table:
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def read(chart: Chart, phases: tuple[RunPhase, ...] | None = None) -> Reading:
    """Say in plain words what the chart shows.

    Args:
        phases: As judged by `chart.phases()`, if that is already done.
    """
    if phases is None:
        phases = chart.phases()
    verdict = chart.verdict_on(phases)
    counted = sum(phase.points for phase in phases)
    return Reading(
        strong=str(STRONG[verdict]),
        sentence=(_too_few(phases) if verdict is Verdict.TOO_FEW else _because(chart, phases[-1])),
        note=_note(chart, phases) if counted else "",
        numbered=tuple(_numbered(note) for note in chart.numbered_notes()),
    )


def table(chart: Chart) -> Table:
    """Return every point in a row: day, value, centre line and, where any has one, signal and note."""
    phases = chart.phases()
    centres = {
        place: phase.centre
        for phase in phases
        for place in range(phase.start, phase.stop)
        if phase.shows_centre
    }
    signals = {place: str(SIGNALS[mark]) for place, mark in marks_of(chart, phases).items()}
    rows = tuple(
        (
            date_format(point.on, "SHORT_DATE_FORMAT"),
            "–" if point.value is None else value_text(point.value),
            "–" if (centre := centres.get(place)) is None else value_text(centre),
            signals.get(place, ""),
            _joined(point.note, _excluded(point.excluded_because)),
        )
        for place, point in enumerate(chart.points)
    )
    columns = (
        _("Day"),
        chart.unit_word or _("Value"),
        _("Median"),
        _("Signal"),
        pgettext("on a value", "Note"),
    )
    told = [n for n in range(len(columns)) if n < 3 or any(row[n] for row in rows)]
    return Table(
        tuple(columns[n] for n in told), tuple(tuple(row[n] for n in told) for row in rows)
    )


# --- the sentence ------------------------------------------------------------------------------


def _too_few(phases: tuple[RunPhase, ...]) -> str:
    points = phases[-1].points if phases else 0
    if not points:
        return _(
            "Nothing has been measured yet. Write down the first value, so you know the start."
        )
    last = phases[-1]
    if len(phases) > 1 and points < FEWEST_POINTS:
        return ngettext(
            "%(count)s measurement in the new phase so far. From %(enough)s on, the chart can tell "
            "change from chance.",
            "%(count)s measurements in the new phase so far. From %(enough)s on, the chart can tell "
            "change from chance.",
            points,
        ) % {"count": points, "enough": FEWEST_POINTS}
    if points < FEWEST_POINTS or last.centre is None:
        return ngettext(
            "%(count)s measurement so far. From %(enough)s on, the chart can tell change from chance.",
            "%(count)s measurements so far. From %(enough)s on, the chart can tell change from chance.",
            points,
        ) % {"count": points, "enough": FEWEST_POINTS}
    facts = {
        "points": points,
        "useful": last.useful,
        "enough": FEWEST_POINTS,
        "median": value_text(last.centre),
    }
    if not last.useful:
        return _("All %(points)s measurements are the same: %(median)s.") % facts
    return (
        _(
            "Only %(useful)s of %(points)s measurements lie beside the median %(median)s. From "
            "%(enough)s on, the chart can tell change from chance."
        )
        % facts
    )


def _because(chart: Chart, phase: RunPhase) -> str:
    assert phase.centre is not None  # a phase with useful points has a centre
    assert phase.longest is not None
    run = phase.shift or phase.longest
    facts = {
        "median": value_text(phase.centre),
        "run": len(run.places),
        "most": phase.limits.longest_run_max,
        "period": _period(chart, run),
        "crossings": phase.crossings,
        "least": phase.limits.crossings_min,
    }
    if phase.shift is not None:
        return _joined(_shift(run, facts), _since_then(phase, run))
    if phase.has_signal:
        return (
            ngettext(
                "The line crosses the median %(median)s only %(crossings)s time. Chance hardly "
                "gives fewer than %(least)s.",
                "The line crosses the median %(median)s only %(crossings)s times. Chance hardly "
                "gives fewer than %(least)s.",
                phase.crossings,
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


def _shift(run: Run, facts: dict[str, object]) -> str:
    if run.side > 0:
        return (
            _(
                "%(run)s measurements in a row lie above the median %(median)s, %(period)s. "
                "Chance hardly gives more than %(most)s."
            )
            % facts
        )
    return (
        _(
            "%(run)s measurements in a row lie below the median %(median)s, %(period)s. "
            "Chance hardly gives more than %(most)s."
        )
        % facts
    )


def _since_then(phase: RunPhase, run: Run) -> str:
    """Say what followed on a shift that was left."""
    if run is phase.runs[-1]:
        return ""
    if phase.direction > 0:
        return _("Since then the values have gone up.")
    if phase.direction < 0:
        return _("Since then the values have gone down.")
    return _("The shift did not last.")


def _period(chart: Chart, run: Run) -> str:
    """Say from when to when a run lasted, in months, or in days when it is short."""
    first, last = chart.points[run.places[0]].on, chart.points[run.places[-1]].on
    form = "F Y" if (last - first).days > DAYS_NAMED else "j F Y"
    return _("from %(first)s to %(last)s") % {
        "first": date_format(first, form),
        "last": date_format(last, form),
    }


# --- by which rules, and the notes --------------------------------------------------------------


def _note(chart: Chart, phases: tuple[RunPhase, ...]) -> str:
    last = phases[-1]
    if not last.shows_centre:
        return ""
    rules = _("Run chart with Anhøj’s rules, %(useful)s of %(points)s points useful.") % {
        "useful": last.useful,
        "points": last.points,
    }
    baseline = None if chart.phase_starts else chart.baseline()
    if not baseline:
        return rules
    return _joined(
        rules,
        _("The median is that of the %(count)s points before the first test.")
        % {"count": baseline},
    )


def _numbered(note: NumberedNote) -> str:
    if note.place is None:
        cause = {"day": _day(note.on), "cause": note.words}
        return _("New phase %(day)s: %(cause)s.") % cause
    return f"{_day(note.on)}: {_joined(note.words, _excluded(note.excluded_because))}"


def _excluded(because: str) -> str:
    return _("Not counted: %(why)s") % {"why": because} if because else ""


def _day(on: date) -> str:
    return date_format(on, "j F Y")


def _joined(*sentences: str) -> str:
    return " ".join(filter(None, sentences))
