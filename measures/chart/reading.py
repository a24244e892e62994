"""The chart in words: what it says, why, by which rules, and what one should know before trusting it."""

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ..spc import (
    FEWEST_FOR_LIMITS,
    FEWEST_POINTS,
    ChartKind,
    Firmness,
    Phase,
    Rule,
    Run,
)
from .doubting import doubt_texts
from .judged import Judged, judge
from .model import Chart, NumberedNote, Verdict
from .naming import KINDS, RULES, SIGNALS, centre_named, joined, period, signals_told
from .numbers import value_text

# fmt: off
STRONG: dict[Verdict, str | Promise] = {
    Verdict.TOO_FEW: gettext_lazy("Too early to say."),
    Verdict.CHANCE:  gettext_lazy("No certain change."),
    Verdict.CHANGE:  gettext_lazy("A change."),
    Verdict.BETTER:  gettext_lazy("An improvement."),
    Verdict.WORSE:   gettext_lazy("A deterioration."),
}
# fmt: on


@dataclass(frozen=True, slots=True)
class Reading:
    """What the chart says: the verdict in a word, why in a sentence, and by which rules.

    Attributes:
        signals: Every signal that the sentence does not tell, in the order of time.
        doubts: What one should know before one trusts the chart.
        numbered: The texts of the notes that are numbers in the drawing, in that order.
    """

    strong: str
    sentence: str
    note: str
    numbered: tuple[str, ...]
    signals: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()

    @property
    def spoken(self) -> str:
        """The verdict, why, and every signal: what stands for the drawing where it is not seen."""
        return joined(self.strong, self.sentence, *self.signals)

    @property
    def by_which_rules(self) -> str:
        """The rules, the doubts and the numbered notes in one text."""
        numbered = (f"{n}. {text}" for n, text in enumerate(self.numbered, start=1))
        return joined(self.note, *self.doubts, *numbered)

    @property
    def small_print(self) -> str:
        """All that stands under the sentence, in one text: for paper."""
        return joined(*self.signals, self.by_which_rules)


def read(chart: Chart | Judged) -> Reading:
    """Say in plain words what the chart shows.

    Args:
        chart: Judged, if that is already done.
    """
    judged = chart if isinstance(chart, Judged) else judge(chart)
    counted = sum(phase.points for phase in judged.phases)
    is_told = _tells_a_shift(judged)
    return Reading(
        strong=str(STRONG[judged.verdict]),
        sentence=_sentence(judged),
        note=_note(judged) if counted else "",
        numbered=tuple(_numbered(note) for note in judged.chart.numbered_notes()),
        signals=signals_told(judged, without=_told(judged) if is_told else None),
        doubts=tuple(doubt_texts(judged)),
    )


def _sentence(judged: Judged) -> str:
    phase = judged.last
    if judged.verdict is Verdict.TOO_FEW or phase is None:
        return _too_few(judged)
    if judged.chart.shows_ranges:
        return _of_ranges(judged)
    if judged.goes_by_newest(phase) or not phase.has_enough:
        return _by_newest(judged, phase)
    return _because(judged, phase)


def _tells_a_shift(judged: Judged) -> bool:
    """Whether the sentence is about the newest phase's latest shift or crossings."""
    phase = judged.last
    if phase is None or judged.verdict is Verdict.TOO_FEW or judged.chart.shows_ranges:
        return False
    return phase.has_enough and not judged.goes_by_newest(phase) and phase.has_signal


def _told(judged: Judged) -> tuple[Rule, tuple[int, ...]] | None:
    phase = judged.last
    assert phase is not None
    if phase.shift is not None:
        return Rule.SHIFT, phase.shift.places
    return Rule.CROSSINGS, ()


# --- the sentence ------------------------------------------------------------------------------


def _too_few(judged: Judged) -> str:
    phases = judged.phases
    points = phases[-1].points if phases else 0
    if not points and len(phases) < 2:
        return _(
            "Nothing has been measured yet. Write down the first value, so you know the start."
        )
    last = phases[-1]
    enough = FEWEST_FOR_LIMITS if judged.chart.shows_ranges else FEWEST_POINTS
    count = {"count": points, "enough": enough}
    if len(phases) > 1 and points < enough:
        return (
            ngettext(
                "%(count)s measurement in the new phase so far. From %(enough)s on, the chart can tell "
                "change from chance.",
                "%(count)s measurements in the new phase so far. From %(enough)s on, the chart can tell "
                "change from chance.",
                points,
            )
            % count
        )
    if points < enough or last.centre is None:
        return (
            ngettext(
                "%(count)s measurement so far. From %(enough)s on, the chart can tell change from chance.",
                "%(count)s measurements so far. From %(enough)s on, the chart can tell change from chance.",
                points,
            )
            % count
        )
    facts = {
        "points": points,
        "useful": last.useful,
        "enough": enough,
        "line": centre_named(last),
        "centre": judged.line_text(last.centre),
    }
    if not last.useful:
        return _("All %(points)s measurements are the same: %(centre)s.") % facts
    return (
        _(
            "Only %(useful)s of %(points)s measurements lie beside %(line)s %(centre)s. From "
            "%(enough)s on, the chart can tell change from chance."
        )
        % facts
    )


def _because(judged: Judged, phase: Phase) -> str:
    """Say what Anhøj's rules find, or that they find nothing."""
    assert phase.centre is not None  # a phase with useful points has a centre
    assert phase.longest is not None
    run = phase.shift or phase.longest
    facts = {
        "line": centre_named(phase),
        "centre": judged.line_text(phase.centre),
        "run": len(run.places),
        "most": phase.limits.longest_run_max,
        "period": period(judged.chart, run.places),
        "crossings": phase.crossings,
        "least": phase.limits.crossings_min,
    }
    if phase.shift is not None:
        return joined(_shift(run, facts), _since_then(phase, run))
    if phase.has_signal:
        return (
            ngettext(
                "The line crosses %(line)s %(centre)s only %(crossings)s time. Chance hardly "
                "gives fewer than %(least)s.",
                "The line crosses %(line)s %(centre)s only %(crossings)s times. Chance hardly "
                "gives fewer than %(least)s.",
                phase.crossings,
            )
            % facts
        )
    if judged.verdict is not Verdict.CHANCE:
        return _by_newest(judged, phase)
    said = _(
        "The values vary around %(line)s %(centre)s as chance does. The longest row on one "
        "side is %(run)s; more than %(most)s would be a signal."
    )
    return joined(said % facts, _leave_it())


def _shift(run: Run, facts: dict[str, object]) -> str:
    if run.side > 0:
        return (
            _(
                "%(run)s measurements in a row lie above %(line)s %(centre)s, %(period)s. "
                "Chance hardly gives more than %(most)s."
            )
            % facts
        )
    return (
        _(
            "%(run)s measurements in a row lie below %(line)s %(centre)s, %(period)s. "
            "Chance hardly gives more than %(most)s."
        )
        % facts
    )


def _since_then(phase: Phase, run: Run) -> str:
    """Say what followed on a shift that was left."""
    if run is phase.runs[-1]:
        return ""
    if phase.direction > 0:
        return _("Since then the values have gone up.")
    if phase.direction < 0:
        return _("Since then the values have gone down.")
    return _("The shift did not last.")


def _by_newest(judged: Judged, phase: Phase) -> str:
    """Say what the newest point is, where the verdict goes by it."""
    assert judged.newest is not None
    assert phase.centre is not None
    mark = judged.marks.get(judged.newest)
    facts = {
        "value": value_text(judged.values[judged.newest] or 0.0),
        "day": date_format(judged.chart.points[judged.newest].on, "j F Y"),
        "line": centre_named(phase),
        "centre": judged.line_text(phase.centre),
    }
    if mark is None:
        said = _(
            "The newest measurement, %(value)s on %(day)s, lies around %(line)s %(centre)s as "
            "chance does."
        )
        return joined(said % facts, _leave_it())
    if mark.rule is Rule.OUTSIDE:
        if mark.side > 0:
            return (
                _(
                    "The newest measurement, %(value)s on %(day)s, lies above the upper limit. Chance hardly reaches that far."
                )
                % facts
            )
        return (
            _(
                "The newest measurement, %(value)s on %(day)s, lies below the lower limit. Chance hardly reaches that far."
            )
            % facts
        )
    facts["name"] = str(SIGNALS[mark.rule]).lower()
    return (
        _(
            "The newest measurement, %(value)s on %(day)s, is part of a pattern that chance hardly gives: %(name)s."
        )
        % facts
    )


def _leave_it() -> str:
    """Who takes chance for change and acts on it makes the values vary more."""
    return _("A single value up or down is no reason to act.")


def _of_ranges(judged: Judged) -> str:
    if judged.signals:
        return _("Some steps from one measurement to the next are larger than chance gives.")
    return _("No step from one measurement to the next is larger than chance gives.")


# --- by which rules, and the notes --------------------------------------------------------------


def _note(judged: Judged) -> str:
    last = judged.last
    if last is None or not last.shows_centre:
        return ""
    chart = judged.chart
    facts = {
        "kind": _("Chart of moving ranges") if chart.shows_ranges else str(KINDS[last.kind]),
        "rules": str(RULES[last.rules]),
        "useful": last.useful,
        "points": last.points,
    }
    if chart.shows_ranges:
        return _("%(kind)s, three sigma, %(points)s steps.") % facts
    if not last.shows_limits:
        said = _("%(kind)s with %(rules)s, %(useful)s of %(points)s points useful.") % facts
    else:
        said = (
            _("%(kind)s with %(rules)s and three sigma, %(useful)s of %(points)s points useful.")
            % facts
        )
    return joined(said, _limits_note(judged, last), _baseline_note(judged), _rebased_note(chart))


def _limits_note(judged: Judged, phase: Phase) -> str:
    if not phase.shows_limits:
        return ""
    notes = []
    if phase.firmness is Firmness.PRELIMINARY:
        notes.append(
            ngettext(
                "The limits are preliminary, from %(count)s point.",
                "The limits are preliminary, from %(count)s points.",
                phase.base,
            )
            % {"count": phase.base}
        )
    if judged.chart.settings.screening and phase.kind in SCREENED:
        notes.append(_("Single great leaps are left out when the limits are worked out."))
    return joined(*notes)


SCREENED = {ChartKind.I, ChartKind.T, ChartKind.P_PRIME, ChartKind.U_PRIME}


def _baseline_note(judged: Judged) -> str:
    chart, last = judged.chart, judged.last
    if last is None or len(judged.phases) > 1 or not (baseline := chart.baseline()):
        return ""
    count = {"count": baseline}
    if last.shows_limits:
        return (
            _("Centre and limits are those of the %(count)s points before the first test.") % count
        )
    return _("The median is that of the %(count)s points before the first test.") % count


def _rebased_note(chart: Chart) -> str:
    if not chart.phase_starts:
        return ""
    latest = max(chart.phase_starts, key=lambda start: start.on)
    cause = {"day": _day(latest.on), "cause": latest.because}
    return _("Judged anew from %(day)s: %(cause)s.") % cause


def _numbered(note: NumberedNote) -> str:
    if note.place is None:
        cause = {"day": _day(note.on), "cause": note.words}
        return _("New phase %(day)s: %(cause)s.") % cause
    return f"{_day(note.on)}: {joined(note.words, excluded_text(note.excluded_because))}"


def excluded_text(because: str) -> str:
    return _("Not counted: %(why)s") % {"why": because} if because else ""


def _day(on: date) -> str:
    return date_format(on, "j F Y")
