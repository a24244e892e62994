"""A yes and a no at once, two who write the same charter, a form sent twice at once."""

from uuid import uuid4

import pytest

from foundation.errors import Refused
from organisation.models import Notice
from organisation.permissions import Role
from programme.actions import charter, works
from programme.models import Work, WorkStatus
from programme.models.work import WorkQuerySet
from tests.concurrency.rivals import at_the_same_point, together
from tests.factories import UnitFactory, employee, person_with, proposed_work

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def work():
    unit = UnitFactory()
    return proposed_work(at=unit, by=employee(at=unit))


@pytest.fixture
def answers(work):
    """Two managers: one is about to say yes, the other no."""
    first, second = (person_with(Role.MANAGER, at=work.unit) for _ in range(2))
    return (
        lambda: works.press(work_id=work.pk, step_name="confirm", by=first),
        lambda: works.press(work_id=work.pk, step_name="decline", why="Inte nu.", by=second),
    )


def kinds(outcomes):
    return sorted(type(outcome).__name__ for outcome in outcomes)


def told(work):
    leader = work.team[0].person
    found = Notice.objects.filter(to=leader).values_list("kind", flat=True)
    return sorted(set(found) & {"work.confirm", "work.decline"})


def test_a_yes_and_a_no_at_once_are_one_answer(work, answers):
    outcomes = together(*answers, behind=Work.objects.filter(pk=work.pk))

    assert kinds(outcomes) == ["Refused", "Work"]
    work.refresh_from_db()
    is_yes = work.status == WorkStatus.PLANNED
    assert told(work) == (["work.confirm"] if is_yes else ["work.decline"])
    assert work.is_confirmed is is_yes


def test_without_the_lock_the_team_would_get_both(work, answers, monkeypatch):
    """The control.  If this fails, the test above proves nothing."""
    monkeypatch.setattr(WorkQuerySet, "locked", WorkQuerySet.all)
    monkeypatch.setattr(works, "why_not", at_the_same_point(works.why_not, 2))

    outcomes = together(*answers)

    assert kinds(outcomes) == ["Work", "Work"]
    assert told(work) == ["work.confirm", "work.decline"]


@pytest.fixture
def writers(work):
    """Two who have opened the same part of the charter."""
    leader = work.team[0].person
    other = person_with(Role.MANAGER, at=work.unit)

    def writes(by, whom):
        return lambda: charter.change(
            work_id=work.pk, changes={"for_whom": whom}, seen_version=0, by=by
        )

    return writes(leader, "De nya"), writes(other, "Alla")


def test_nobody_writes_over_what_they_have_not_read(work, writers):
    outcomes = together(*writers, behind=Work.objects.filter(pk=work.pk))

    assert kinds(outcomes) == ["Refused", "Work"]
    work.refresh_from_db()
    written = next(outcome for outcome in outcomes if isinstance(outcome, Work))
    assert (work.for_whom, work.version) == (written.for_whom, 1)


def test_without_the_lock_one_would_be_lost(work, writers, monkeypatch):
    """The control.  If this fails, the test above proves nothing."""
    monkeypatch.setattr(WorkQuerySet, "locked", WorkQuerySet.all)
    monkeypatch.setattr(charter, "why_not_edit", at_the_same_point(charter.why_not_edit, 2))

    outcomes = together(*writers)

    assert kinds(outcomes) == ["Work", "Work"]


@pytest.fixture
def form():
    """The same form, about to be sent twice."""
    unit, key = UnitFactory(), uuid4()
    by, manager = employee(at=unit), person_with(Role.MANAGER, at=unit)
    return lambda: proposed_work(at=unit, by=by, asked_by=manager, key=key)


def test_a_form_sent_twice_at_once_is_one_work(form, monkeypatch):
    meeting = at_the_same_point(works.why_not_start_at, 2)
    monkeypatch.setattr(works, "why_not_start_at", meeting)  # both have found nothing made yet

    outcomes = together(form, form)

    assert len({work.pk for work in outcomes}) == 1
    assert Work.objects.count() == 1
    assert Notice.objects.filter(kind="work.propose").count() == 1


def test_without_the_key_they_would_be_two(monkeypatch):
    """The control.  If this fails, the test above proves nothing."""
    unit = UnitFactory()
    by, manager = employee(at=unit), person_with(Role.MANAGER, at=unit)

    def sent():
        return proposed_work(at=unit, by=by, asked_by=manager, key=uuid4())

    together(sent, sent)
    assert Work.objects.count() == 2


def test_an_answer_is_told_after_the_lock_and_once(work, answers):
    yes, _no = answers
    yes()
    with pytest.raises(Refused):
        yes()
    assert Notice.objects.filter(kind="work.confirm").count() == 1
