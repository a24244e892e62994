"""What a team keeps together: its tasks, its decisions and its files."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F

from organisation.models import Person

from ..models import Cycle, Task, Work, WorkDecision, WorkFile, WorkStatus

DONE_SHOWN = 5  # the latest; the others are shown when asked for
DECISIONS_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Tasks:
    """The tasks of a work: those to be done, the day that is nearest first, and those done.

    Attributes:
        more_done: How many done ones are left out.
    """

    waiting: Sequence[Task]
    done: Sequence[Task]
    more_done: int = 0


def tasks_of(work: Work, *, cycle: Cycle | None = None, whole: bool = False) -> Tasks:
    """Return the tasks of `work`, or of one of its tests.  Two queries.

    Args:
        whole: All that are done, not only the latest.
    """
    found = Task.objects.filter(work=work).select_related("owner", "done_by", "cycle")
    if cycle is not None:
        found = found.filter(cycle=cycle)
    waiting = list(found.filter(done_on=None).order_by(F("due_on").asc(nulls_last=True), "pk"))
    done = list(found.exclude(done_on=None).order_by("-done_on", "-pk"))
    shown = done if whole else done[:DONE_SHOWN]
    for task in (*waiting, *shown):
        task.work = work  # with the team that the rules ask for
    return Tasks(waiting, shown, len(done) - len(shown))


def tasks_for(person: Person, *, limit: int) -> list[Task]:
    """Return what `person` has taken on and not done, the day that is nearest first.  One query."""
    found = Task.objects.visible_to(person).filter(owner=person, done_on=None)
    going_on = found.exclude(work__status=WorkStatus.STOPPED).select_related("work")
    return list(going_on.order_by(F("due_on").asc(nulls_last=True), "pk")[:limit])


@dataclass(frozen=True, slots=True)
class Decisions:
    """The log of a work, the latest day first."""

    lines: Sequence[WorkDecision]
    more: int = 0


def decisions_of(work: Work, *, whole: bool = False) -> Decisions:
    """Return the log of `work`, each line with the one that it corrects.  One query."""
    found = work.decisions.select_related("by", "corrects", "corrected_by")
    lines = list(found.order_by("-decided_on", "-pk"))
    shown = lines if whole else lines[:DECISIONS_SHOWN]
    return Decisions(shown, len(lines) - len(shown))


def files_of(work: Work) -> list[WorkFile]:
    """Return the files of `work` and of its tests, the newest first, without their bytes."""
    files = work.files.for_list().select_related("by", "cycle")
    return list(files.order_by("-pk"))


def is_late(task: Task, *, on: date) -> bool:
    """Say whether its day has passed and it is not done."""
    return task.done_on is None and task.due_on is not None and task.due_on < on
