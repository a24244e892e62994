"""Many works at once: lists, and what waits for a person."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, Max, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from measures.models import Measurement, TeamMeasure
from organisation.models import Person
from organisation.permissions import Permission

from ..guidance import LONG_FOR_A_TEST, LONG_WITHOUT_DATA, NextStep, next_step
from ..models import (
    Cycle,
    FollowUp,
    Member,
    Membership,
    Phase,
    Report,
    ReportStatus,
    Work,
    WorkMeasure,
    WorkStatus,
)
from ..wording import aim_in_numbers, amount, day, is_reached
from .values import newest_of

SOON_TO_CHECK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class WorkCard:
    """A work in a list: its aim in numbers, its newest value, and what its team does next."""

    work: Work
    aim: str
    latest: str
    next: NextStep


def cards_of(works: Sequence[Work], *, on: date) -> list[WorkCard]:
    """Return a card for each work, in the same order.  Four queries, however many the works."""
    cycles: dict[int, list[Cycle]] = defaultdict(list)
    for cycle in Cycle.objects.filter(work__in=works).order_by("number"):
        cycles[cycle.work_id].append(cycle)
    reports = {r.work_id: r for r in Report.objects.filter(work__in=works).order_by("pk")}
    measures = {
        followed.work_id: followed.measure
        for followed in WorkMeasure.objects.carrying_aim().filter(work__in=works)
    }
    newest = newest_of(measures.values())
    cards = []
    for work in works:
        measure = measures.get(work.pk)
        value = newest.get(measure.pk) if measure else None
        cards.append(
            WorkCard(
                work=work,
                aim=aim_in_numbers(work, measure.unit_word) if measure else "",
                latest=_latest(measure, value) if measure and value else "",
                next=next_step(
                    work,
                    cycles[work.pk],
                    reports.get(work.pk),
                    value.taken_on if value else None,
                    aim_reached=is_reached(work, measure, value.value if value else None),
                    on=on,
                ),
            )
        )
    return cards


def works_of(person: Person, *, limit: int, on: date) -> list[WorkCard]:
    """Return open works that `person` may see, those with them in the team first.  Five queries."""
    mine = Membership.objects.filter(person=person, work=OuterRef("pk"))
    works = Work.objects.visible_to(person).open().for_list()
    return cards_of(list(works.order_by(Exists(mine).desc(), "-started_on", "-pk")[:limit]), on=on)


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something in a work that waits for a person, and the page where it is done."""

    work: Work
    text: str
    route: str
    pk: int
    since: date


def waits_for(person: Person, *, on: date) -> list[Waiting]:
    """Return what waits for `person`, what has waited longest first.  Five queries at most.

    Works to say yes or no to; reports to approve, or to send in; tests that have gone on for more
    than four weeks; measures that nobody has added to for six; checks whether a work holds.
    """
    return sorted(
        [
            *_proposals_waiting(person),
            *_reports_waiting(person),
            *_tests_waiting(person, on),
            *_measures_waiting(person, on),
            *_checks_waiting(person, on),
        ],
        key=lambda waiting: waiting.since,
    )


def _proposals_waiting(person: Person) -> list[Waiting]:
    """Works that this manager was asked about, or whose manager has left or cannot answer."""
    if not person.may_somewhere(Permission.WORK_CONFIRM):
        return []
    unanswered = Q(asked_by=person) | Q(asked_by=None) | Q(asked_by__is_active=False)
    works = (
        Work.objects.filter(person.reach(Permission.WORK_CONFIRM), unanswered)
        .filter(status=WorkStatus.PROPOSED)
        .select_related("unit")
    )
    text = _("Say whether this work is wanted")
    return [
        Waiting(work, text, "work-charter", work.pk, timezone.localdate(work.created_at))
        for work in works
    ]


def _reports_waiting(person: Person) -> list[Waiting]:
    teams = Membership.objects.filter(person=person)
    to_approve = person.reach(Permission.REPORT_APPROVE, through="work__unit") & Q(
        status=ReportStatus.SUBMITTED
    )
    to_send = Q(
        work__in=teams.filter(role=Member.LEADER).values("work"),
        status__in=[ReportStatus.DRAFT, ReportStatus.RETURNED],
    )
    reports = Report.objects.select_related("work__unit").filter(
        to_approve & ~Q(work__in=teams.values("work")) | to_send
    )
    words = {
        ReportStatus.SUBMITTED: _("A report waits for your approval"),
        ReportStatus.DRAFT: _("The report is not sent yet"),
        ReportStatus.RETURNED: _("The manager wants to know more about the report"),
    }
    return [
        Waiting(
            report.work,
            words[ReportStatus(report.status)],
            "report-detail",
            report.pk,
            timezone.localdate(report.submitted_at or report.created_at),
        )
        for report in reports
    ]


def _tests_waiting(person: Person, on: date) -> list[Waiting]:
    cycles = (
        Cycle.objects.filter(
            work__in=Work.objects.of_team_member(person).open(),
            started_on__lt=on - LONG_FOR_A_TEST,
        )
        .exclude(status=Phase.CLOSED)
        .exclude(work__status=WorkStatus.PAUSED)
        .select_related("work__unit")
    )
    return [
        Waiting(
            cycle.work,
            _("Cycle %(number)s has been open for %(weeks)s weeks")
            % {"number": cycle.number, "weeks": cycle.open_for_days(on) // 7},
            "cycle-detail",
            cycle.pk,
            cycle.started_on or on,
        )
        for cycle in cycles
    ]


def _measures_waiting(person: Person, on: date) -> list[Waiting]:
    measured = [WorkStatus.RUNNING, WorkStatus.SECURING]
    carried: Any = (  # each with its annotation
        WorkMeasure.objects.carrying_aim()
        .filter(
            work__in=Work.objects.of_team_member(person).filter(status__in=measured),
            work__started_on__lt=on - LONG_WITHOUT_DATA,
        )
        .select_related("work__unit")
        .annotate(newest_on=Max("measure__measurements__taken_on"))
        .filter(Q(newest_on=None) | Q(newest_on__lt=on - LONG_WITHOUT_DATA))
    )
    return [
        Waiting(
            followed.work,
            _("No new value of “%(measure)s” for %(weeks)s weeks")
            % {"measure": followed.measure, "weeks": (on - since).days // 7},
            "work-detail",
            followed.work_id,
            since,
        )
        for followed in carried
        if (since := followed.newest_on or followed.work.started_on)
    ]


def _checks_waiting(person: Person, on: date) -> list[Waiting]:
    """Checks whether a work holds, from a week before their day."""
    checks = (
        FollowUp.objects.waiting()
        .filter(owner=person, due_on__lte=on + SOON_TO_CHECK)
        .select_related("work__unit")
    )
    return [
        Waiting(
            check.work,
            _("Does it hold after %(months)s months?") % {"months": check.months},
            "follow-up",
            check.pk,
            check.due_on,
        )
        for check in checks
    ]


def _latest(measure: TeamMeasure, newest: Measurement) -> str:
    return _("Latest value: %(value)s, %(day)s") % {
        "value": amount(newest.value, measure.unit_word, has_parts=measure.has_parts),
        "day": day(newest.taken_on),
    }
