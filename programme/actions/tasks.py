"""What somebody in the team has taken on: written down, given, ticked off."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.errors import Refused, require
from foundation.journal import record
from organisation.actions import notices
from organisation.models import Person

from ..models import Cycle, Task, Work
from ..rules.tasks import (
    why_not_add,
    why_not_change,
    why_not_owner,
    why_not_take,
    why_not_tick,
)


@dataclass(frozen=True, slots=True)
class Doing:
    """What is to be done, by whom, and by which day if one was agreed."""

    text: str
    owner: Person
    due_on: date | None = None


@transaction.atomic
def add(*, work_id: int, doing: Doing, key: UUID, cycle_id: int | None = None, by: Person) -> Task:
    """Write down a task; whoever gets it is told.

    Args:
        key: Names the form it was written in.  The same form sent twice is one task.
        cycle_id: The test that it is part of, if it is part of one.
    """
    work = Work.objects.select_related("unit").get(pk=work_id)
    require(why_not_add(work, by))
    require(why_not_owner(work, doing.owner))
    if cycle_id is not None and not Cycle.objects.filter(pk=cycle_id, work=work).exists():
        raise Refused(_("The test belongs to another work."))
    task, is_new = Task.objects.get_or_create(
        key=key,
        defaults={
            "work": work,
            "cycle_id": cycle_id,
            "text": doing.text,
            "owner": doing.owner,
            "due_on": doing.due_on,
            "made_by": by,
        },
    )
    if is_new:
        record("work.task", work, by=by, task=task.pk, person=doing.owner.pk)
        _tell(task, "task.given", doing.owner.pk, by)
    return task


@transaction.atomic
def change(*, task_id: int, doing: Doing, by: Person) -> Task:
    """Write a task anew, move its day or give it to somebody else, who is told."""
    task = _locked(task_id)
    require(why_not_change(task, by))
    former = task.owner_id
    if doing.owner.pk != former:
        require(why_not_owner(task.work, doing.owner))
    task.text, task.owner, task.due_on = doing.text, doing.owner, doing.due_on
    task.save(update_fields=["text", "owner", "due_on"])
    record("work.task_changed", task.work, by=by, task=task.pk, person=doing.owner.pk)
    if doing.owner.pk != former:
        _tell(task, "task.given", doing.owner.pk, by)
        _tell(task, "task.given_away", former, by)
    return task


@transaction.atomic
def take(*, task_id: int, by: Person) -> Task:
    """Take a task on oneself; whoever had it is told.  One's own already, nothing happens."""
    task = _locked(task_id)
    require(why_not_take(task, by))
    if task.owner_id != by.pk:
        former, task.owner = task.owner_id, by
        task.save(update_fields=["owner"])
        record("work.task_changed", task.work, by=by, task=task.pk, person=by.pk)
        _tell(task, "task.given_away", former, by)
    return task


@transaction.atomic
def tick(*, task_id: int, on: date, by: Person) -> Task:
    """Say that a task is done; whoever wrote it down is told.

    Ticked already, by oneself or by somebody else just now, it stays as it was.
    """
    task = _locked(task_id)
    require(why_not_tick(task, by))
    if task.done_on is None:
        task.done_on, task.done_by = on, by
        task.save(update_fields=["done_on", "done_by"])
        record("work.task_done", task.work, by=by, task=task.pk)
        _tell(task, "task.done", task.made_by_id, by)
    return task


@transaction.atomic
def untick(*, task_id: int, by: Person) -> Task:
    """Say that a task is not done after all.  Safe to repeat."""
    task = _locked(task_id)
    require(why_not_tick(task, by))
    if task.done_on is not None:
        task.done_on = task.done_by = None
        task.save(update_fields=["done_on", "done_by"])
        record("work.task_undone", task.work, by=by, task=task.pk)
    return task


@transaction.atomic
def remove(*, task_id: int, by: Person) -> None:
    """Delete a task; gone already, nothing happens.  The journal remembers that there was one."""
    task = Task.objects.select_related("work__unit").filter(pk=task_id).first()
    if task is None:
        return
    require(why_not_change(task, by))
    deleted, _by_model = Task.objects.filter(pk=task_id).delete()
    if deleted:
        record("work.task_removed", task.work, by=by, task=task_id)


def place_of(task: Task) -> str:
    """Return where on the site it stands."""
    return f"{reverse('work-together', args=[task.work_id])}#tasks"


def _locked(task_id: int) -> Task:
    """Lock a task, so that two who press at once come one after the other."""
    tasks = Task.objects.select_for_update(of=("self",), no_key=True).select_related("work__unit")
    task = tasks.filter(pk=task_id).first()
    if task is None:
        raise Refused(_("Somebody has removed the task."))
    return task


def _tell(task: Task, kind: str, person_id: int, by: Person) -> None:
    what = {"title": task.text, "note": task.work.title, "href": place_of(task)}
    notices.tell([person_id], kind=kind, **what, except_for=by)
