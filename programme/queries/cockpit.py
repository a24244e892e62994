"""Many works at once, for whoever supports or looks after them: how much each needs, and why.

Nothing is judged here: what the charts say is stored when values change (`MeasureVerdict`).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Count, Q, Sum
from django.utils import timezone
from django.utils.safestring import SafeString

from measures.chart import Verdict, VerdictFacts, small_chart
from measures.chart.icons import VARIATIONS
from measures.models import MeasureVerdict, TeamMeasure
from organisation.models import Assignment, Person
from organisation.permissions import GRANTS, Permission

from ..guidance import NextStep, next_step
from ..models import Coaching, Contact, Cycle, Member, Membership, Phase, Report, Work, WorkMeasure
from ..models.work import WorkQuerySet
from ..support.clock import Clock, clock_of
from ..support.need import Facts, MeasureFacts, Need, need_of
from ..wording import amount, is_reached

MINE, UNITS, ALL = "mine", "units", "all"
RECENT = timedelta(weeks=4)  # for the hours of a coach
_COACHES = [role for role, granted in GRANTS.items() if Permission.WORK_COACH in granted]


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
    direction: str
    carries_aim: bool
    verdict: str
    newest_on: date | None
    newest_value: Decimal | None


class _Test(NamedTuple):
    """What decides about a cycle that is not closed."""

    work_id: int
    number: int
    status: str
    planned_on: date
    started_on: date | None
    prediction: str


@dataclass(frozen=True, slots=True)
class Needing:
    """A work, how much it needs, and the facts that say so."""

    work: Work
    need: Need
    coach: Person | None
    clock: Clock | None
    contact: Contact | None
    measures: tuple[_Measured, ...]
    report: Report | None


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
    """A work as the cockpit shows it."""

    needing: Needing
    leader: Person | None
    measures: tuple[Small, ...]
    next: NextStep

    @property
    def work(self) -> Work:
        return self.needing.work

    @property
    def need(self) -> Need:
        return self.needing.need


def in_order_of_need(works: Iterable[Work], *, on: date) -> list[Needing]:
    """Return the works, the one that needs most first.  Five queries, however many they are.

    Args:
        works: With their units.
    """
    found = list(works)
    ids = [work.pk for work in found]
    coachings = _coachings_of(ids)
    measures = _measures_of(ids)
    tests = _tests_of(ids)
    contacts = {contact.work_id: contact for contact in Contact.objects.latest_of(ids)}
    reports = _reports_of(ids)
    rows = []
    for work in found:
        now, began = coachings.get(work.pk, (None, None))
        contact, report = contacts.get(work.pk), reports.get(work.pk)
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
            coached_from=began,
            coached_until=now.until if now else None,
            report_status=report.status if report else "",
            report_since=timezone.localdate(report.created_at) if report else None,
        )
        rows.append(
            Needing(
                work=work,
                need=need_of(facts, on=on),
                coach=now.coach if now else None,
                clock=clock_of(began, now.until, on=on) if now and began else None,
                contact=contact,
                measures=tuple(measures[work.pk]),
                report=report,
            )
        )
    return sorted(rows, key=lambda row: (*row.need.order, row.work.pk))


def rows_of(needing: Sequence[Needing], *, on: date) -> list[Row]:
    """Return what is shown of each, in the same order.  Three queries, however many they are."""
    ids = [each.work.pk for each in needing]
    leaders = {
        place.work_id: place.person
        for place in Membership.objects.filter(work__in=ids, role=Member.LEADER).select_related(
            "person"
        )
    }
    cycles: dict[int, list[Cycle]] = defaultdict(list)
    for cycle in (
        Cycle.objects.filter(work__in=ids).only("work", "number", "status").order_by("number")
    ):
        cycles[cycle.work_id].append(cycle)
    measured = [m.measure_id for each in needing for m in each.measures]
    kept = dict(MeasureVerdict.objects.filter(measure__in=measured).values_list("measure", "facts"))
    words = _words()
    return [
        Row(
            needing=each,
            leader=leaders.get(each.work.pk),
            measures=tuple(_small(m, kept.get(m.measure_id), words) for m in each.measures),
            next=_next(each, cycles[each.work.pk], on),
        )
        for each in needing
    ]


def _next(each: Needing, cycles: list[Cycle], on: date) -> NextStep:
    carrier = next((m for m in each.measures if m.carries_aim), None)
    measure = TeamMeasure(direction=carrier.direction) if carrier else None
    return next_step(
        each.work,
        cycles,
        each.report,
        carrier.newest_on if carrier else None,
        aim_reached=is_reached(each.work, measure, carrier.newest_value if carrier else None),
        on=on,
    )


def _small(measured: _Measured, facts: dict[str, Any] | None, words: dict[str, str]) -> Small:
    return Small(
        name=measured.name,
        newest=amount(measured.newest_value, measured.unit_word),
        verdict=measured.verdict,
        word=words.get(measured.verdict, ""),
        svg=small_chart(VerdictFacts.from_json(facts)) if facts else SafeString(""),
    )


def _words() -> dict[str, str]:
    """Return the verdicts that are worth a word among many, in the language of now."""
    return {v.value: str(VARIATIONS[v]) for v in (Verdict.BETTER, Verdict.WORSE)}


def _coachings_of(ids: Collection[int]) -> dict[int, tuple[Coaching, date]]:
    """Return who coaches each work now, and the day its support began.  One query.

    Handed over from one coach to the next, the support goes on from the first one's day.
    """
    found: dict[int, tuple[Coaching, date]] = {}
    every = Coaching.objects.filter(work__in=ids).select_related("coach")
    for coaching in every.order_by("work", "-starts_on", "-pk"):
        if coaching.ended_on is None:
            found[coaching.work_id] = (coaching, coaching.starts_on)
        elif coaching.work_id in found and found[coaching.work_id][1] == coaching.ended_on:
            found[coaching.work_id] = (found[coaching.work_id][0], coaching.starts_on)
    return found


def _measures_of(ids: Collection[int]) -> dict[int, list[_Measured]]:
    """Return what is stored of each work's measures, the one that carries the aim first."""
    found: dict[int, list[_Measured]] = defaultdict(list)
    rows = WorkMeasure.objects.filter(work__in=ids).order_by("work", "-carries_aim", "pk")
    for row in rows.values_list(
        *("work", "measure", "measure__name", "measure__unit_word", "measure__direction"),
        *("carries_aim", "measure__verdict__verdict"),
        *("measure__verdict__newest_on", "measure__verdict__newest_value"),
    ):
        measured = _Measured(*row)
        found[measured.work_id].append(measured)
    return found


def _tests_of(ids: Collection[int]) -> dict[int, list[_Test]]:
    found: dict[int, list[_Test]] = defaultdict(list)
    rows = Cycle.objects.filter(work__in=ids).exclude(status=Phase.CLOSED)
    for row in rows.values_list(
        "work", "number", "status", "planned_on", "started_on", "prediction"
    ):
        test = _Test(*row)
        found[test.work_id].append(test)
    return found


def _reports_of(ids: Collection[int]) -> dict[int, Report]:
    """Return the newest report of each work, without its texts."""
    rows = Report.objects.filter(work__in=ids).only("work", "status", "created_at").order_by("pk")
    return {report.work_id: report for report in rows}


# --- the load of each coach -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Load:
    """One coach: the works they support, and how much they have done lately.

    Attributes:
        hours: Logged during the last four weeks, with any of the works.
    """

    coach: Person
    works: tuple[Needing, ...]
    hours: Decimal
    contacts: int

    @property
    def in_need(self) -> int:
        return sum(each.need.is_now for each in self.works)

    @property
    def ending(self) -> int:
        return sum(
            each.clock is not None and (each.clock.is_over or each.clock.is_soon_over)
            for each in self.works
        )


def loads_of(person: Person, needing: Sequence[Needing], *, on: date) -> list[Load]:
    """Return the coaches within reach of `person`, those with most to do first.  Two queries.

    Args:
        needing: The works that `person` looks after, in order of need.
    """
    by_coach: dict[int, list[Needing]] = defaultdict(list)
    for each in needing:
        if each.coach is not None:
            by_coach[each.coach.pk].append(each)
    seen = Work.objects.filter(person.reach(Permission.COACHING_MANAGE))
    done = {
        row["coach"]: row
        for row in Contact.objects.filter(work__in=seen, taken_on__gt=on - RECENT, taken_on__lte=on)
        .values("coach")
        .annotate(hours=Sum("hours"), number=Count("pk"))
    }
    where = person.reach(Permission.COACHING_MANAGE)
    above = {pk for unit in person.units_where(Permission.COACHING_MANAGE) for pk in unit.lineage}
    held = Assignment.objects.filter(where | Q(unit__in=above), role__in=_COACHES)
    people = Person.objects.active().filter(
        Q(pk__in=held.values("person")) | Q(pk__in=[*by_coach, *done])
    )
    loads = [
        Load(
            coach=coach,
            works=tuple(by_coach[coach.pk]),
            hours=done[coach.pk]["hours"] if coach.pk in done else Decimal(0),
            contacts=done[coach.pk]["number"] if coach.pk in done else 0,
        )
        for coach in people.in_name_order()
    ]
    return sorted(loads, key=lambda load: (-len(load.works), -load.in_need))
