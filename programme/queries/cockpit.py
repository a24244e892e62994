"""Many works at once, for whoever supports or looks after them: how much each needs, and why.

Nothing is judged here: what the charts say is stored when values change (`MeasureVerdict`).
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from django.db.models import FETCH_RAISE, Q
from django.db.models.expressions import RawSQL
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from foundation.any_of import these
from measures.chart import Verdict, VerdictFacts, small_chart
from measures.chart.icons import VARIATIONS
from measures.models import MeasureVerdict, TeamMeasure
from measures.models.team import WITH_PARTS
from organisation.models import Person
from organisation.permissions import Permission

from ..guidance import NextStep, next_step
from ..models import (
    Coaching,
    Contact,
    ContactKind,
    Cycle,
    Member,
    Membership,
    Phase,
    Report,
    Work,
    WorkMeasure,
)
from ..models.work import WorkQuerySet
from ..support.clock import Clock, clock_of
from ..support.need import Facts, MeasureFacts, Need, need_of
from ..wording import amount, is_reached

MINE, UNITS, ALL = "mine", "units", "all"


def works_shown(person: Person, show: str) -> WorkQuerySet:
    """Return the open works in one of the views: those one coaches, or one's units'."""
    works = Work.objects.visible_to(person).open()
    if show == MINE:
        coached = Coaching.objects.open().filter(coach=person)
        return works.filter(pk__in=coached.values("work"))
    permission = Permission.WORK_CONFIRM if show == UNITS else Permission.COACHING_MANAGE
    return works.filter(person.reach(permission))


def views_of(person: Person) -> list[str]:
    """Return which views `person` has; none for most people.  One query."""
    if person.is_guest:
        return []
    views = []
    if (
        person.may_somewhere(Permission.WORK_COACH)
        or Coaching.objects.open().filter(coach=person).exists()
    ):
        views.append(MINE)
    if person.may_somewhere(Permission.COACHING_MANAGE):
        views.append(ALL)
    elif person.may_somewhere(Permission.WORK_CONFIRM):
        views.append(UNITS)
    return views


class _Measured(NamedTuple):
    """What is stored of a measure that a work follows."""

    work_id: int
    measure_id: int
    name: str
    unit_word: str
    kind: str
    direction: str
    carries_aim: bool
    verdict: str
    newest_on: date | None
    newest_value: Decimal | None
    judged_at: datetime | None


class _Test(NamedTuple):
    """What decides about a cycle that is not closed."""

    work_id: int
    number: int
    status: str
    planned_on: date
    started_on: date | None
    prediction: str


class _Coached(NamedTuple):
    """Who supports a work now, from the day that its support began."""

    coach_id: int
    began: date
    until: date


class _Contacted(NamedTuple):
    """The latest contact with a team."""

    work_id: int
    kind: str
    taken_on: date
    next_step: str
    next_on: date | None


@dataclass(frozen=True, slots=True)
class Needing:
    """A work, how much it needs on a day, and the facts that say so."""

    work: Work
    need: Need
    on: date
    coached: _Coached | None
    contact: _Contacted | None
    measures: tuple[_Measured, ...]
    report: Report | None

    @property
    def coach_id(self) -> int | None:
        return self.coached.coach_id if self.coached else None

    @property
    def clock(self) -> Clock | None:
        now = self.coached
        return clock_of(now.began, now.until, on=self.on) if now else None


@dataclass(frozen=True, slots=True)
class Small:
    """A measure as it is drawn among many."""

    name: str
    newest: str
    verdict: str
    word: str  # of the verdict, where there is one
    svg: SafeString


@dataclass(frozen=True, slots=True)
class Row:
    """A work as the cockpit shows it.

    Attributes:
        who: Where it is, who leads it, and who coaches it where that is not oneself.
        contact: How and when the latest was; `agreed` what it led to, with its day.
    """

    needing: Needing
    who: str
    contact: str
    agreed: str
    measures: tuple[Small, ...]
    next: NextStep

    @property
    def work(self) -> Work:
        return self.needing.work

    @property
    def need(self) -> Need:
        return self.needing.need


_READ_OF_WORK = ("title", "unit", "status", "started_on", "aim_by", "aim_to")


def in_order_of_need(works: WorkQuerySet, *, on: date) -> list[Needing]:
    """Return the works, the one that needs most first.  Seven queries, however many they are."""
    # Anything more that a row would read is an error, not a query for each.
    lean = works.only(*_READ_OF_WORK).fetch_mode(FETCH_RAISE)
    found = list(lean.prefetch_related("unit"))
    every = these([work.pk for work in found])
    coached = _coached(every)
    measures = _measures_of(every)
    tests = _tests_of(every)
    contacts = _contacts_of(every)
    reports = _reports_of(every)
    rows = []
    for work in found:
        now, contact, report = coached.get(work.pk), contacts.get(work.pk), reports.get(work.pk)
        facts = Facts(
            status=work.status,
            started_on=work.started_on,
            aim_by=work.aim_by,
            measures=[
                MeasureFacts(m.name, m.verdict, m.newest_on, m.carries_aim)
                for m in measures[work.pk]
            ],
            cycles=tests[work.pk],
            contact_on=contact.taken_on if contact else None,
            coached_from=now.began if now else None,
            coached_until=now.until if now else None,
            report_status=report.status if report else "",
            report_since=timezone.localdate(report.created_at) if report else None,
        )
        need = need_of(facts, on=on)
        rows.append(Needing(work, need, on, now, contact, tuple(measures[work.pk]), report))
    return sorted(rows, key=lambda row: (*row.need.order, row.work.pk))


def rows_of(needing: Sequence[Needing], person: Person, *, on: date) -> list[Row]:
    """Return what `person` is shown of each, in the same order.  Four queries at most."""
    ids = [each.work.pk for each in needing]
    places = Membership.objects.filter(work__in=ids, role=Member.LEADER)
    leaders = dict(places.values_list("work", "person"))
    names = _names([*leaders.values(), *(each.coach_id for each in needing if each.coach_id)])
    cycles = _open_cycle_or_another(ids)
    drawn = _drawn([m for each in needing for m in each.measures])
    words = _words()
    kinds = {kind.value: str(kind.label) for kind in ContactKind}
    return [
        Row(
            needing=each,
            who=_who(each, names.get(leaders.get(each.work.pk, 0)), names, person),
            contact=_contact(each.contact, kinds),
            agreed=_agreed(each.contact),
            measures=tuple(_small(m, drawn, words) for m in each.measures),
            next=_next(each, cycles.get(each.work.pk), on),
        )
        for each in needing
    ]


def _names(people: Collection[int]) -> dict[int, str]:
    found = Person.objects.filter(pk__in=set(people)).only("given_name", "family_name")
    return {person.pk: person.name for person in found}


def _who(each: Needing, leader: str | None, names: dict[int, str], person: Person) -> str:
    parts = [each.work.unit.name]
    if leader is not None:
        parts.append(_("led by %(name)s") % {"name": leader})
    if each.coach_id is None:
        parts.append(_("no coach"))
    elif each.coach_id != person.pk:
        parts.append(_("coach %(name)s") % {"name": names[each.coach_id]})
    return " · ".join(parts)


def _contact(contact: _Contacted | None, kinds: dict[str, str]) -> str:
    if contact is None:
        return _("No contact is logged yet.")
    return f"{kinds[contact.kind]} {date_format(contact.taken_on, 'j F')}"


def _agreed(contact: _Contacted | None) -> str:
    if contact is None or contact.next_on is None:
        return contact.next_step if contact else ""
    return f"{contact.next_step} ({date_format(contact.next_on, 'j F')})"


def _next(each: Needing, cycle: Cycle | None, on: date) -> NextStep:
    carrier = next((m for m in each.measures if m.carries_aim), None)
    return next_step(
        each.work,
        [cycle] if cycle else [],
        each.report,
        carrier.newest_on if carrier else None,
        aim_reached=carrier is not None
        and is_reached(each.work, _measure_with(carrier.direction), carrier.newest_value),
        on=on,
    )


@cache
def _measure_with(direction: str) -> TeamMeasure:
    return TeamMeasure(direction=direction)


def _open_cycle_or_another(ids: Collection[int]) -> dict[int, Cycle]:
    """Return the cycle that decides what a team does next: the first open one, else any.

    Without its texts.
    """
    found = Cycle.objects.filter(work__in=ids).annotate(closed=Q(status=Phase.CLOSED))
    first = found.order_by("work", "closed", "number").distinct("work")
    return {cycle.work_id: cycle for cycle in first.only("work", "number", "status")}


def _small(measured: _Measured, drawn: dict[int, SafeString], words: dict[str, str]) -> Small:
    return Small(
        name=measured.name,
        newest=amount(
            measured.newest_value, measured.unit_word, has_parts=measured.kind in WITH_PARTS
        ),
        verdict=measured.verdict or "",
        word=words.get(measured.verdict, ""),
        svg=drawn.get(measured.measure_id, SafeString("")),
    )


def _drawn(measured: Sequence[_Measured]) -> dict[int, SafeString]:
    """Return the small chart of each measure.  One query at most.

    A chart is what its verdict says, so each process draws it once for each verdict.
    """
    keys = {m.measure_id: (m.measure_id, m.judged_at, m.newest_value) for m in measured}
    found = {pk: _charts[key] for pk, key in keys.items() if key in _charts}
    missing = [m.measure_id for m in measured if m.judged_at and m.measure_id not in found]
    if missing:
        if len(_charts) > MOST_CHARTS:
            _charts.clear()
        kept = MeasureVerdict.objects.filter(measure__in=missing)
        for pk, facts in kept.values_list("measure", "facts"):
            found[pk] = _charts[keys[pk]] = small_chart(VerdictFacts.from_json(facts))
    return found


MOST_CHARTS = 5_000  # some 2 kB each
_charts: dict[tuple[int, datetime | None, Decimal | None], SafeString] = {}


def _words() -> dict[str, str]:
    """Return the verdicts that are worth a word among many, in the language of now."""
    return {v.value: str(VARIATIONS[v]) for v in (Verdict.BETTER, Verdict.WORSE)}


def _coached(works: RawSQL) -> dict[int, _Coached]:
    """Return who coaches each work now, and the day its support began.  One query.

    Handed over from one coach to the next, the support goes on from the first one's day.
    """
    found: dict[int, _Coached] = {}
    every = Coaching.objects.filter(work__pk__any_of=works).order_by("work", "-starts_on", "-pk")
    for work, coach, starts_on, until, ended_on in every.values_list(
        "work", "coach", "starts_on", "until", "ended_on"
    ):
        if ended_on is None:
            found[work] = _Coached(coach, starts_on, until)
        elif work in found and found[work].began == ended_on:
            found[work] = found[work]._replace(began=starts_on)
    return found


def _contacts_of(works: RawSQL) -> dict[int, _Contacted]:
    """Return the latest contact with each team.  One query."""
    rows = Contact.objects.latest_of(works).values_list(
        "work", "kind", "taken_on", "next_step", "next_on"
    )
    return {row[0]: _Contacted(*row) for row in rows}


def _measures_of(works: RawSQL) -> dict[int, list[_Measured]]:
    """Return what is stored of each work's measures, the one that carries the aim first."""
    found: dict[int, list[_Measured]] = defaultdict(list)
    rows = WorkMeasure.objects.filter(work__pk__any_of=works)
    for row in rows.order_by("work", "-carries_aim", "pk").values_list(
        *("work", "measure", "measure__name", "measure__unit_word", "measure__kind"),
        *("measure__direction", "carries_aim", "measure__verdict__verdict"),
        *("measure__verdict__newest_on", "measure__verdict__newest_value"),
        "measure__verdict__judged_at",
    ):
        measured = _Measured(*row)
        found[measured.work_id].append(measured)
    return found


def _tests_of(works: RawSQL) -> dict[int, list[_Test]]:
    found: dict[int, list[_Test]] = defaultdict(list)
    rows = Cycle.objects.filter(work__pk__any_of=works).exclude(status=Phase.CLOSED)
    for row in rows.values_list(
        "work", "number", "status", "planned_on", "started_on", "prediction"
    ):
        test = _Test(*row)
        found[test.work_id].append(test)
    return found


def _reports_of(works: RawSQL) -> dict[int, Report]:
    """Return the newest report of each work, without its texts."""
    rows = Report.objects.filter(work__pk__any_of=works).only("work", "status", "created_at")
    return {report.work_id: report for report in rows.order_by("pk")}


def needing_now(person: Person, *, on: date) -> list[Needing]:
    """Return the works that `person` coaches and that need a visit, for the start page.

    Seven queries at most; none for whoever has not the role.
    """
    if not person.may_somewhere(Permission.WORK_COACH):
        return []
    works = works_shown(person, MINE)
    return [each for each in in_order_of_need(works, on=on) if each.need.is_now]
