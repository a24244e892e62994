"""The diary of a work in plain words, told from the journal."""

from collections.abc import Sequence

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from foundation.journal import subject_of
from foundation.models import Event
from improvement.history import Passage
from organisation.models import Person

from .models import Cycle, Report, Task, Work, WorkDecision

# Kinds that are not here (a corrected text) are for the journal only.  What stands in brackets is
# filled from the event's own facts.
TOLD: dict[str, str | Promise] = {
    "work.start": _("The work began"),
    "work.propose": _("The work was proposed"),
    "work.confirm": _("A manager said that the work is wanted"),
    "work.decline": _("A manager said no for now"),
    "work.aim": _("The aim was changed"),
    "work.run": _("The testing began"),
    "work.secure": _("The team began to make it last"),
    "work.plan_anew": _("The work went back to planning"),
    "work.test_anew": _("The work went back to testing"),
    "work.pause": _("The work was paused"),
    "work.resume": _("The work went on"),
    "work.stop": _("The work was stopped"),
    "work.reopen": _("The work was taken up again"),
    "work.propose_anew": _("The work was proposed again"),
    "work.plan_on": _("The planning went on"),
    "work.method": _("The team began to work by “%(step)s”"),
    "work.method_on": _("The step “%(step)s” began"),
    "work.method_back": _("The work went back to the step “%(step)s”"),
    "work.finish": _("The work was finished"),
    "work.follow_up": _("The first check was made whether it holds"),
    "work.complete": _("The last check was made"),
    "work.check": _("Somebody looked whether it holds"),
    "work.give_checks": _("%(name)s is to look whether it holds"),
    "work.drift": _("“%(measure)s” was seen to go back"),
    "work.drift_over": _("“%(measure)s” is good again"),
    "work.adopt": _("The work began with what another unit has carried out"),
    "work.adopted": _("Another unit began to try it"),
    "work.join": _("%(name)s joined the team"),
    "work.leave": _("%(name)s left the team"),
    "work.lead": _("%(name)s became leader"),
    "work.coach": _("%(name)s became coach"),
    "work.coach_after": _("%(name)s took over as coach"),
    "work.coach_ends": _("%(name)s is no longer coach"),
    "work.follow": _("The team began to follow “%(measure)s”"),
    "work.unfollow": _("The team took away the measure “%(measure)s”"),
    "work.measure_end": _("The team ended the measure “%(measure)s”"),
    "work.rebase": _("The team began to judge “%(measure)s” anew"),
    "work.rebase_undo": _("The team took back that “%(measure)s” is judged anew"),
    "work.task_done": _("The team did “%(task)s”"),
    "work.decision": _("The team decided: %(decision)s"),
    "work.attach": _("A file was added: %(file)s"),
    "cycle.plan": _("Cycle %(number)s was planned"),
    "cycle.test": _("The test in cycle %(number)s began, and its prediction was locked"),
    "cycle.predict_anew": _("The team predicted anew in cycle %(number)s"),
    "cycle.study": _("The test in cycle %(number)s ended"),
    "cycle.test_on": _("The test in cycle %(number)s went on"),
    "cycle.act": _("The team wrote what it learned in cycle %(number)s"),
    "cycle.close": _("Cycle %(number)s was closed"),
    "report.draft": _("The report was begun"),
    "report.submit": _("The report was sent to the manager"),
    "report.return": _("The report was returned to the team"),
    "report.coach": _("The coach wrote in the report"),
    "report.approve": _("The report was approved"),
    "report.publish": _("The report was released to residents"),
    "report.withdraw": _("The report is no longer public"),
}


def diary_of(
    work: Work, cycles: Sequence[Cycle], reports: Sequence[Report], *, limit: int
) -> list[Passage]:
    """Return what has happened in `work`, the latest first.  Four queries at most."""
    return told(list(events_of(work, cycles, reports)[:limit]), cycles)


def events_of(
    work: Work, cycles: Sequence[Cycle], reports: Sequence[Report]
) -> models.QuerySet[Event]:
    """Return what the journal says of `work`, its tests and reports, the latest first."""
    subjects = [subject_of(thing) for thing in (work, *cycles, *reports)]
    found = Event.objects.filter(subject__in=subjects, kind__in=TOLD).select_related("by")
    return found.order_by("-at", "-pk")


def told(events: Sequence[Event], cycles: Sequence[Cycle]) -> list[Passage]:
    """Say in words what has happened.  Three queries at most."""
    numbers = {subject_of(cycle): cycle.number for cycle in cycles}
    # The journal holds who and what it was by number only, so that what is taken away, and
    # somebody who leaves, is forgotten here too.
    who = Person.objects.in_bulk(_numbers(events, "person"))
    tasks = Task.objects.in_bulk(_numbers(events, "task"))
    decisions = WorkDecision.objects.in_bulk(_numbers(events, "decision"))
    passages = []
    for event in events:
        person = who.get(event.data.get("person", 0))
        task = tasks.get(event.data.get("task", 0))
        words = {
            "number": numbers.get(event.subject, ""),
            "name": person.name if person else "",
            "measure": event.data.get("measure", ""),
            "step": event.data.get("step", ""),
            "task": task.text if task else _removed(),
            "decision": decisions.get(event.data.get("decision", 0), ""),
            "file": event.data.get("name", ""),
        }
        passages.append(
            Passage(
                when=event.at,
                text=str(TOLD[event.kind]) % words,
                who=event.by.name if event.by else "",
                note=event.data.get("why", ""),
            )
        )
    return passages


def _numbers(events: Sequence[Event], name: str) -> list[int]:
    return [event.data[name] for event in events if name in event.data]


def _removed() -> str:
    return gettext("a task that has been removed since")


def latest_why(report: Report) -> str:
    """Return why the report was returned the last time.  One query."""
    event = (
        Event.objects.filter(subject=subject_of(report), kind="report.return")
        .order_by("-at", "-pk")
        .first()
    )
    return event.data.get("why", "") if event else ""
