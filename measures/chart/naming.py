"""What kinds, rules and signals are called."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ..spc import ChartKind, Phase, Rule, RuleSet, Signal
from .judged import Judged
from .model import Chart, Verdict
from .scale import DAYS_NAMED

# fmt: off
KINDS: dict[ChartKind, str | Promise] = {
    ChartKind.RUN:     gettext_lazy("Run chart"),
    ChartKind.I:       gettext_lazy("I chart"),
    ChartKind.P:       gettext_lazy("P chart"),
    ChartKind.U:       gettext_lazy("U chart"),
    ChartKind.C:       gettext_lazy("C chart"),
    ChartKind.P_PRIME: gettext_lazy("P’ chart"),
    ChartKind.U_PRIME: gettext_lazy("U’ chart"),
    ChartKind.G:       gettext_lazy("G chart"),
    ChartKind.T:       gettext_lazy("T chart"),
}
RULES: dict[RuleSet, str | Promise] = {
    RuleSet.ANHOEJ:  gettext_lazy("Anhøj’s rules"),
    RuleSet.NHS:     gettext_lazy("NHS England’s rules"),
    RuleSet.WESTERN: gettext_lazy("Western Electric’s rules"),
}
SIGNALS: dict[Rule, str | Promise] = {
    Rule.OUTSIDE:      gettext_lazy("Outside the limits"),
    Rule.SHIFT:        gettext_lazy("Shift"),
    Rule.CROSSINGS:    gettext_lazy("Few crossings"),
    Rule.TREND:        gettext_lazy("Trend"),
    Rule.TWO_OF_THREE: gettext_lazy("Two of three far out"),
    Rule.FOUR_OF_FIVE: gettext_lazy("Four of five out"),
    Rule.EIGHT:        gettext_lazy("Eight in a row"),
}
MEANINGS: dict[Verdict, str | Promise] = {
    Verdict.CHANGE:  gettext_lazy("Change"),
    Verdict.BETTER:  gettext_lazy("Improvement"),
    Verdict.WORSE:   gettext_lazy("Deterioration"),
}
# fmt: on


def centre_named(phase: Phase) -> str:
    """Return the centre line as it is called in a sentence."""
    if phase.kind in {ChartKind.RUN, ChartKind.G}:
        return _("the median")
    return _("the centre line") if phase.kind is ChartKind.T else _("the mean")


MOST_TOLD = 12  # so many signals are told under a chart; the table tells them all


def signals_told(
    judged: Judged, *, without: tuple[Rule, tuple[int, ...]] | None = None
) -> tuple[str, ...]:
    """Say the signals, the newest where they are very many."""
    texts = list(signal_texts(judged, without=without))
    if len(texts) <= MOST_TOLD:
        return tuple(texts)
    left = len(texts) - MOST_TOLD
    earlier = ngettext(
        "%(count)s earlier signal stands in the table.",
        "%(count)s earlier signals stand in the table.",
        left,
    )
    return (earlier % {"count": left}, *texts[left:])


def signal_texts(
    judged: Judged, *, without: tuple[Rule, tuple[int, ...]] | None = None
) -> Iterator[str]:
    """Say each signal in a sentence, in the order of time; points outside on one side together.

    Args:
        without: The signal of the newest phase that is told elsewhere: its rule and, for a shift,
            its places.
    """
    for phase in judged.phases:
        found = [
            signal
            for signal in judged.signals_of(phase)
            if not (phase is judged.last and without and _is(signal, *without))
        ]
        found.sort(key=lambda s: s.rule is Rule.OUTSIDE and (0, s.side) or (1, s.places[0]))
        for key, group in groupby(found, key=lambda s: s.side if s.rule is Rule.OUTSIDE else None):
            if key is not None:
                yield _outside(judged, phase, list(group))
            else:
                for signal in group:
                    yield _one(judged, phase, signal)


def _is(signal: Signal, rule: Rule, places: tuple[int, ...]) -> bool:
    return signal.rule is rule and (not places or signal.places == places)


def _outside(judged: Judged, phase: Phase, signals: Sequence[Signal]) -> str:
    places = tuple(signal.places[0] for signal in signals)
    facts = {
        "name": str(SIGNALS[Rule.OUTSIDE]),
        "count": len(places),
        "period": period(judged.chart, places),
    }
    if signals[0].side > 0:
        said = ngettext(
            "%(name)s: %(count)s measurement above the upper limit, %(period)s.",
            "%(name)s: %(count)s measurements above the upper limit, %(period)s.",
            len(places),
        )
    else:
        said = ngettext(
            "%(name)s: %(count)s measurement below the lower limit, %(period)s.",
            "%(name)s: %(count)s measurements below the lower limit, %(period)s.",
            len(places),
        )
    shift = next(
        (s for s in judged.signals_of(phase) if _is_shift_of(s, signals[0].side, places)), None
    )
    if shift is not None:  # they are far out because all of the values have moved
        return joined(said % facts, _meaning(judged, phase, shift))
    return joined(said % facts, _("Find out what happened then."))


def _is_shift_of(signal: Signal, side: int, places: Sequence[int]) -> bool:
    """Whether a shift to that side holds all these places."""
    return signal.rule is Rule.SHIFT and signal.side == side and set(places) <= set(signal.places)


def _one(judged: Judged, phase: Phase, signal: Signal) -> str:
    facts = {
        "name": str(SIGNALS[signal.rule]),
        "count": len(signal.places),
        "line": centre_named(phase),
        "period": period(judged.chart, signal.places),
        "crossings": phase.crossings,
    }
    return joined(_sentence_for(signal, phase.crossings) % facts, _meaning(judged, phase, signal))


def _sentence_for(signal: Signal, crossings: int) -> str:
    up = signal.side > 0
    match signal.rule:
        case Rule.CROSSINGS:
            return ngettext(
                "%(name)s: the line crosses %(line)s only %(crossings)s time, %(period)s.",
                "%(name)s: the line crosses %(line)s only %(crossings)s times, %(period)s.",
                crossings,
            )
        case Rule.TREND if up:
            return _(
                "%(name)s: %(count)s measurements in a row, each higher than the one before, %(period)s."
            )
        case Rule.TREND:
            return _(
                "%(name)s: %(count)s measurements in a row, each lower than the one before, %(period)s."
            )
        case Rule.TWO_OF_THREE if up:
            return _(
                "%(name)s: %(count)s measurements above %(line)s, more than two thirds of the way to the limit, %(period)s."
            )
        case Rule.TWO_OF_THREE:
            return _(
                "%(name)s: %(count)s measurements below %(line)s, more than two thirds of the way to the limit, %(period)s."
            )
        case Rule.FOUR_OF_FIVE if up:
            return _(
                "%(name)s: %(count)s measurements above %(line)s, more than a third of the way to the limit, %(period)s."
            )
        case Rule.FOUR_OF_FIVE:
            return _(
                "%(name)s: %(count)s measurements below %(line)s, more than a third of the way to the limit, %(period)s."
            )
    if up:
        return _("%(name)s: %(count)s measurements in a row above %(line)s, %(period)s.")
    return _("%(name)s: %(count)s measurements in a row below %(line)s, %(period)s.")


def _meaning(judged: Judged, phase: Phase, signal: Signal) -> str:
    return f"{MEANINGS[judged.meaning_of(phase, signal)]}."


def period(chart: Chart, places: Sequence[int]) -> str:
    """Say from when to when something lasted, in months, or in days when it is short."""
    first, last = chart.points[places[0]].on, chart.points[places[-1]].on
    if first == last:
        return date_format(first, "j F Y")
    form = "F Y" if (last - first).days > DAYS_NAMED else "j F Y"
    return _("from %(first)s to %(last)s") % {"first": _in(first, form), "last": _in(last, form)}


def _in(on: date, form: str) -> str:
    return date_format(on, form)


def joined(*sentences: str) -> str:
    return " ".join(filter(None, sentences))
