"""The measures of a work: all of them as small charts, and one with all that is known of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from foundation.journal import subject_of
from foundation.models import Event
from foundation.numbers import number
from measures.chart import (
    Chart,
    ChartKind,
    Icon,
    Judged,
    Verdict,
    VerdictFacts,
    icons,
    judge,
    small_chart,
    value_text,
)
from measures.chart.naming import KINDS, RULES
from measures.chart.reading import STRONG
from measures.models import Measurement, MeasurementRevision, MeasurePhase, TeamMeasure
from measures.queries import team
from measures.rules.phases import Shift, shift_in, why_not_offer
from measures.typed.expected import is_late, next_day
from organisation.models import Person

from ..models import Cycle, Work, WorkMeasure
from ..wording import amount, day
from .values import bars_of

BEFORE_SIGNAL, AFTER_SIGNAL = timedelta(days=70), timedelta(days=21)


@dataclass(frozen=True, slots=True)
class Due:
    """When the next value is expected, in words."""

    text: str
    is_late: bool = False


def due_of(measure: TeamMeasure, newest_on: date | None, *, on: date) -> Due:
    """Say when the next value of a measure is due."""
    if measure.ended_on is not None:
        return Due(_("Ended %(day)s.") % {"day": day(measure.ended_on)})
    expected = next_day(measure.frequency, newest_on, on=on)
    if newest_on is None:
        return Due(_("The first value is not written yet."))
    if expected is None:
        return Due("")
    if is_late(measure.frequency, newest_on, on=on):
        return Due(_("The value for %(day)s is missing.") % {"day": day(expected)}, is_late=True)
    if expected <= on:
        return Due(_("The value for %(day)s can be written now.") % {"day": day(expected)})
    return Due(_("The next value is for %(day)s.") % {"day": day(expected)})


@dataclass(frozen=True, slots=True)
class MeasureCard:
    """A measure among a work's others, read from its stored verdict."""

    followed: WorkMeasure
    newest: str  # with its unit; empty before the first value
    newest_on: date | None
    said: str
    icons: tuple[Icon, ...]
    svg: SafeString
    due: Due


def measure_cards(work: Work, *, on: date) -> list[MeasureCard]:
    """Return every measure of a work, that of the aim first, the ended last.  One query."""
    followed = work.followed.select_related("measure__verdict").order_by(
        "measure__ended_on", "-carries_aim", "pk"
    )
    found = [_card(one, on) for one in followed]
    return sorted(found, key=lambda card: card.followed.measure.has_ended)


def _card(followed: WorkMeasure, on: date) -> MeasureCard:
    measure = followed.measure
    verdict = getattr(measure, "verdict", None)
    facts = VerdictFacts.from_json(verdict.facts if verdict else {})
    newest_on = verdict.newest_on if verdict else None
    return MeasureCard(
        followed=followed,
        newest=_newest(measure),
        newest_on=newest_on,
        said=str(STRONG[Verdict(facts.verdict)]),
        icons=icons(facts.variation, facts.assurance, facts.side, facts.higher_is_better),
        svg=small_chart(facts),
        due=due_of(measure, newest_on, on=on),
    )


def _newest(measure: TeamMeasure) -> str:
    verdict = getattr(measure, "verdict", None)
    if verdict is None or verdict.newest_value is None:
        return ""
    return amount(verdict.newest_value, measure.unit_word, has_parts=measure.has_parts)


@dataclass(frozen=True)
class MeasureFacts:
    """One measure with its values, its phases, the tests meanwhile, and its chart."""

    followed: WorkMeasure
    points: Sequence[Measurement]
    phases: Sequence[MeasurePhase]
    cycles: Sequence[Cycle]
    chart: Chart
    on: date

    @cached_property
    def judged(self) -> Judged:
        return judge(self.chart)

    @cached_property
    def shift(self) -> Shift | None:
        """A change that lasts, whichever way it goes."""
        return shift_in(self.chart)

    @property
    def target_text(self) -> str:
        target = self.chart.target
        return "" if target is None else f"{value_text(target)} {self.chart.unit_word}"

    @property
    def settings_text(self) -> str:
        """Say how the chart is judged, in words."""
        measure = self.followed.measure
        used = self.chart.used_settings()
        said = [f"{KINDS[used.kind]}, {RULES[used.rules]}"]
        if not measure.chart:
            said.append(_("chosen because it fits"))
        if measure.has_parts:
            said.append(_("per %(count)s") % {"count": measure.per})
        if measure.baseline_until is not None:
            said.append(
                _("compared with the values before %(day)s") % {"day": day(measure.baseline_until)}
            )
        return "; ".join(said) + "."

    @property
    def has_ranges(self) -> bool:
        """Whether the chart that goes with an I chart can be shown."""
        return any(phase.kind is ChartKind.I for phase in self.judged.phases)

    @property
    def may_be_rebased(self) -> bool:
        return self.shift is not None and why_not_offer(self.chart) is None

    @property
    def newest_on(self) -> date | None:
        place = self.judged.newest
        return None if place is None else self.points[place].taken_on

    @property
    def due(self) -> Due:
        return due_of(self.followed.measure, self.newest_on, on=self.on)

    def tests_near(self, begins: date) -> list[tuple[int, str]]:
        """Return the tests that began not long before a day, or just after it, the nearest first."""
        near = [
            cycle
            for cycle in self.cycles
            if cycle.started_on
            and begins - BEFORE_SIGNAL <= cycle.started_on <= begins + AFTER_SIGNAL
        ]
        near.sort(key=lambda c: abs((c.started_on - begins).days) if c.started_on else 0)
        return [
            (
                c.pk,
                _("Test %(number)s: %(question)s") % {"number": c.number, "question": c.question},
            )
            for c in near
        ]


def measure_facts(followed: WorkMeasure, *, on: date) -> MeasureFacts:
    """Gather one measure.  Three queries, however many values there are."""
    measure = followed.measure
    series = team.series_of([measure])[measure.pk]
    cycles = list(followed.work.cycles.order_by("number"))
    chart = team.chart_of(
        measure,
        series.points,
        series.phases,
        bars=bars_of(cycles),
        target=followed.work.aim_to if followed.carries_aim else None,
        on=on,
    )
    return MeasureFacts(followed, series.points, series.phases, cycles, chart, on)


@dataclass(frozen=True, slots=True)
class ValueRow:
    """A value in the page's table, as it is shown."""

    pk: int
    day: str
    parts: tuple[str, ...]  # how many of how many; empty where a value is one number
    value: str
    note: str
    is_excluded: bool
    was: str  # before it was corrected; empty if it was not


def value_rows(measure: TeamMeasure, points: Sequence[Measurement]) -> list[ValueRow]:
    """Return values with what they were, the newest first.  One query."""
    before: dict[int, str] = {}
    for was in MeasurementRevision.objects.filter(measurement__in=points).order_by("replaced_at"):
        before[was.measurement_id] = _("missing") if was.value is None else shown(was)
    return [_value_row(measure, point, before.get(point.pk, "")) for point in reversed(points)]


def _value_row(measure: TeamMeasure, point: Measurement, was: str) -> ValueRow:
    said = [point.note]
    if point.missing_because:
        said.append(_("Missing: %(why)s") % {"why": point.missing_because})
    if point.excluded_because:
        said.append(_("Not counted: %(why)s") % {"why": point.excluded_because})
    parts = (point.numerator, point.denominator) if measure.has_parts else ()
    return ValueRow(
        pk=point.pk,
        day=date_format(point.taken_on, "SHORT_DATE_FORMAT"),
        parts=tuple("–" if part is None else number(part) for part in parts),
        value=shown(point),
        note=" ".join(filter(None, said)),
        is_excluded=bool(point.excluded_because),
        was=was,
    )


def shown(point: Measurement | MeasurementRevision) -> str:
    """Return a value as people write it; one that is worked out of two numbers with one decimal."""
    if point.value is None:
        return "–"
    return number(point.value if point.denominator is None else round(point.value, 1))


@dataclass(frozen=True, slots=True)
class ToldPhase:
    """A phase as it is told: also one that was undone."""

    phase: MeasurePhase
    words: str
    is_undone: bool


def phases_told(measure: TeamMeasure) -> list[ToldPhase]:
    """Return every phase there is or was, the latest first.  One query."""
    found = measure.phases.select_related("made_by", "undone_by").order_by("-made_at")
    return [_told(phase) for phase in found]


def _told(phase: MeasurePhase) -> ToldPhase:
    words = _("Decided by %(name)s %(day)s.") % {
        "name": phase.made_by.name,
        "day": day(phase.made_at.date()),
    }
    if phase.undone_at is not None:
        assert phase.undone_by is not None  # whoever undid it is kept with when
        words += " " + _("Undone by %(name)s %(day)s.") % {
            "name": phase.undone_by.name,
            "day": day(phase.undone_at.date()),
        }
    return ToldPhase(phase, words, phase.undone_at is not None)


@dataclass(frozen=True, slots=True)
class End:
    """Where a measure began or ended: the value, its day, and who said so."""

    word: str
    value: str
    source: str


def ends_of(measure: TeamMeasure) -> list[End]:
    """Return start and end as facts with their source.  One query, and one for the names."""
    kinds = {"team_measure.start": "start", "team_measure.end": "end"}
    events = (
        Event.objects.filter(subject=subject_of(measure), kind__in=kinds)
        .select_related("by")
        .order_by("pk")
    )
    said: dict[str, Person | None] = {kinds[event.kind]: event.by for event in events}
    found = []
    for name, word in (("start", _("Start value")), ("end", _("End value"))):
        value, on = getattr(measure, f"{name}_value"), getattr(measure, f"{name}_on")
        if value is None:
            continue
        by = said.get(name)
        source = _("Measured %(day)s.") % {"day": day(on)}
        if by is not None:
            source += " " + _("Written down by %(name)s.") % {"name": by.name}
        found.append(End(word, f"{number(value)} {measure.unit_word}", source))
    return found
