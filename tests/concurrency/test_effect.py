"""Two who make the same check, and two who adopt the same work."""

import pytest
from django.db import IntegrityError

from organisation.permissions import Role
from programme.actions import effect, library
from programme.actions.effect import Answer
from programme.models import FollowUp, Holds, Work
from programme.models.effect import FollowUpQuerySet
from programme.models.work import WorkQuerySet
from tests.concurrency.rivals import at_the_same_point, together
from tests.factories import TODAY, UnitFactory, finished_work, person_with

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def work():
    return finished_work(at=UnitFactory())


@pytest.fixture
def answers(work):
    """Two managers about to make the same check, each with another answer."""
    check = work.follow_ups.get(months=3)

    def answering(kept):
        by = person_with(Role.MANAGER, at=work.unit)
        said = Answer(is_followed=Holds.YES, is_kept=kept)
        return lambda: effect.answer(follow_up_id=check.pk, said=said, on=check.due_on, by=by)

    return answering(Holds.YES), answering(Holds.NO)


def test_a_check_is_made_once(work, answers):
    outcomes = together(*answers, behind=Work.objects.filter(pk=work.pk))
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["FollowUp", "Refused"]


def test_without_the_locks_the_later_would_write_over_the_first(answers, monkeypatch):
    """The control.  If this fails, the test above proves nothing."""
    monkeypatch.setattr(WorkQuerySet, "locked", WorkQuerySet.all)
    monkeypatch.setattr(FollowUpQuerySet, "locked", FollowUpQuerySet.all)
    monkeypatch.setattr(effect, "why_not_answer", at_the_same_point(effect.why_not_answer, 2))

    outcomes = together(*answers)

    assert [type(outcome).__name__ for outcome in outcomes] == ["FollowUp", "FollowUp"]
    assert FollowUp.objects.answered().count() == 1


@pytest.fixture
def adoptions(work):
    """Two managers of another unit about to try the work there."""
    unit = UnitFactory()

    def adopting():
        by = person_with(Role.MANAGER, at=unit)
        return lambda: library.adopt(work_id=work.pk, unit=unit, on=TODAY, by=by)

    return adopting(), adopting()


def test_a_work_is_adopted_once_in_a_unit(work, adoptions):
    outcomes = together(*adoptions, behind=Work.objects.filter(pk=work.pk))
    assert outcomes[0] == outcomes[1]
    assert work.adoptions.count() == 1


def test_without_the_lock_only_the_database_stops_the_second(work, adoptions, monkeypatch):
    """The control.  If this fails, the test above proves nothing."""
    monkeypatch.setattr(WorkQuerySet, "locked", WorkQuerySet.all)
    monkeypatch.setattr(library, "why_not_adopt", at_the_same_point(library.why_not_adopt, 2))

    with pytest.raises(IntegrityError):
        together(*adoptions)

    assert work.adoptions.count() == 1
