"""Two who tick the same task, and two who correct the same line, at the same moment."""

from uuid import uuid4

import pytest
from django.utils import timezone

from foundation.errors import Refused
from foundation.models import Event
from programme.actions import deciding, tasks
from programme.actions.tasks import Doing
from programme.models import Task, Work, WorkDecision
from tests.concurrency.rivals import at_the_same_point, together
from tests.factories import UnitFactory, employee, started_work

pytestmark = pytest.mark.django_db(transaction=True)

TODAY = timezone.localdate()


@pytest.fixture
def people():
    unit = UnitFactory()
    return employee(at=unit), employee(at=unit)


@pytest.fixture
def work(people):
    leader, member = people
    return started_work(at=leader.unit, leader=leader, members=[member])


@pytest.fixture
def task(work, people):
    leader, _member = people
    return tasks.add(work_id=work.pk, doing=Doing("Ringa", leader), key=uuid4(), by=leader)


def ticks(task, people):
    return [lambda by=by: tasks.tick(task_id=task.pk, on=TODAY, by=by) for by in people]


def test_a_task_is_done_once_however_many_tick_it(task, people):
    outcomes = together(*ticks(task, people), behind=Task.objects.filter(pk=task.pk))

    assert all(isinstance(outcome, Task) for outcome in outcomes)
    assert Event.objects.filter(kind="work.task_done").count() == 1


def test_without_the_lock_it_is_done_twice(task, people, monkeypatch):
    """The control.  If this fails, the test above proves nothing."""

    def read(task_id):
        return Task.objects.select_related("work__unit").get(pk=task_id)

    monkeypatch.setattr(tasks, "_locked", at_the_same_point(read, 2))
    together(*ticks(task, people))
    assert Event.objects.filter(kind="work.task_done").count() == 2


def test_a_line_is_corrected_by_one_line_however_many_try(work, people):
    leader, _member = people
    said = {"work_id": work.pk, "decided_on": TODAY, "on": TODAY}
    line = deciding.write(what="Tisdagar", key=uuid4(), by=leader, **said)

    def corrects(by):
        return lambda: deciding.write(
            what="Torsdagar", corrects_id=line.pk, key=uuid4(), by=by, **said
        )

    outcomes = together(*map(corrects, people), behind=Work.objects.filter(pk=work.pk))

    assert sum(isinstance(outcome, Refused) for outcome in outcomes) == 1
    assert WorkDecision.objects.filter(corrects=line).count() == 1
