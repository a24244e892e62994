"""What is due in works, gathered for those who are reminded of it."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from foundation.any_of import these

from ..models import (
    Coaching,
    Contact,
    Cycle,
    Member,
    Membership,
    Phase,
    Report,
    Task,
    Work,
    WorkMeasure,
    WorkStatus,
)
from ..support.due import (
    AT_WORK,
    MEASURED,
    Due,
    is_contact_due,
    is_late,
    is_report_late,
    is_support_ending,
    stuck,
)


def due_in(works: Collection[Work], *, on: date) -> dict[int, list[Due]]:
    """Return what is due in each of the works.  Seven queries, however many they are."""
    known = _Known(works, on)
    return {work.pk: list(known.of(work)) for work in works}


@dataclass(slots=True)
class _Known:
    """The facts of some works, read once."""

    leaders: dict[int, int]
    coachings: dict[int, Coaching]
    contacts: dict[int, Contact]
    measures: dict[int, list[WorkMeasure]]
    cycles: dict[int, list[Cycle]]
    reports: dict[int, Report]
    tasks: dict[int, list[Task]]
    on: date

    def __init__(self, works: Collection[Work], on: date) -> None:
        ids = [work.pk for work in works]
        self.on = on
        places = Membership.objects.filter(work__in=ids, role=Member.LEADER)
        self.leaders = dict(places.values_list("work", "person"))
        self.coachings = {c.work_id: c for c in Coaching.objects.open().filter(work__in=ids)}
        self.contacts = {c.work_id: c for c in Contact.objects.latest_of(these(ids))}
        self.measures = defaultdict(list)
        followed = WorkMeasure.objects.filter(work__in=ids).order_by("pk")
        for measured in followed.select_related("measure__verdict", "measure__collector"):
            self.measures[measured.work_id].append(measured)
        self.cycles = defaultdict(list)
        for cycle in Cycle.objects.filter(work__in=ids).exclude(status=Phase.CLOSED):
            self.cycles[cycle.work_id].append(cycle)
        reports = Report.objects.filter(work__in=ids).only("work", "status", "created_at")
        self.reports = {report.work_id: report for report in reports.order_by("pk")}
        self.tasks = defaultdict(list)
        for task in Task.objects.filter(work__in=ids, done_on=None, due_on__lte=on):
            self.tasks[task.work_id].append(task)

    def of(self, work: Work) -> Iterator[Due]:
        if work.status in (WorkStatus.PAUSED, WorkStatus.PROPOSED):
            return  # what rests, and what nobody has said yes to, is left in peace
        yield from self._tasks(work)
        yield from self._data(work)
        if work.status in AT_WORK:
            yield from self._cycles(work)
            yield from self._report(work)
        yield from self._support(work)

    def _tasks(self, work: Work) -> Iterator[Due]:
        for task in self.tasks[work.pk]:
            yield Due(
                "remind.task", task.owner_id, "work-together", work.pk, str(task.pk), task.text
            )

    def _data(self, work: Work) -> Iterator[Due]:
        """To whoever collects the values, else to the leader."""
        if work.status not in MEASURED:
            return
        for followed in self.measures[work.pk]:
            measure = followed.measure
            verdict = getattr(measure, "verdict", None)
            newest = verdict.newest_on if verdict else None
            if is_late(measure.frequency, newest, work.started_on, on=self.on):
                collector = measure.collector
                is_here = collector is not None and collector.is_active
                to = measure.collector_id if is_here else self.leaders.get(work.pk)
                about = str(measure.pk)
                yield Due("remind.data", to, "work-measures", work.pk, about, measure.name)

    def _cycles(self, work: Work) -> Iterator[Due]:
        for cycle in stuck(self.cycles[work.pk], on=self.on):
            assert isinstance(cycle, Cycle)
            to = self.leaders.get(work.pk)
            yield Due("remind.cycle", to, "cycle-detail", cycle.pk, str(cycle.pk), str(cycle))

    def _report(self, work: Work) -> Iterator[Due]:
        report = self.reports.get(work.pk)
        since = timezone.localdate(report.created_at) if report else None
        status = report.status if report else ""
        if is_report_late(work.status, status, since, work.aim_by, on=self.on):
            to = self.leaders.get(work.pk)
            if report:
                yield Due("remind.report", to, "report-detail", report.pk)
            else:
                yield Due("remind.report", to, "work-detail", work.pk)

    def _support(self, work: Work) -> Iterator[Due]:
        """To the coach: what was agreed on, that it is long ago, that the time runs out."""
        coaching = self.coachings.get(work.pk)
        if coaching is None:
            return
        to, contact = coaching.coach_id, self.contacts.get(work.pk)
        where = ("work-support", work.pk)
        if contact and contact.next_on and contact.next_on <= self.on:
            yield Due("remind.step", to, *where, str(contact.pk), contact.next_step)
        elif is_contact_due(contact.taken_on if contact else None, coaching.starts_on, on=self.on):
            yield Due("remind.contact", to, *where)
        if is_support_ending(coaching.until, on=self.on):
            yield Due("remind.coaching", to, *where)
