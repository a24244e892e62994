"""Two people, one idea."""

import pytest
from django.db import connection

from foundation.errors import Refused
from improvement.actions import bank, decisions, merging, talk
from improvement.models import Condition, Follow, Idea, IdeaStatus, Revival, Support
from improvement.models.idea import IdeaQuerySet
from organisation.models import Notice
from organisation.permissions import Role
from tests.concurrency.rivals import at_the_same_point, together
from tests.factories import (
    GROUNDS,
    TODAY,
    IdeaFactory,
    UnitFactory,
    employee,
    person_with,
    ready_idea,
)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def unit():
    return UnitFactory()


@pytest.fixture
def joinings(unit):
    """Two leads who each join one of two ideas into the other."""
    lead = person_with(Role.DEVELOPMENT_LEAD, at=unit)
    one, two = IdeaFactory.create_batch(2, unit=unit, status=IdeaStatus.SUBMITTED)
    return [
        lambda: merging.merge(idea_id=one.pk, into_id=two.pk, by=lead),
        lambda: merging.merge(idea_id=two.pk, into_id=one.pk, by=lead),
    ]


def test_two_ideas_are_never_joined_into_each_other(joinings):
    outcomes = together(*joinings, behind=Idea.objects.all())

    assert sorted(isinstance(outcome, Refused) for outcome in outcomes) == [False, True]
    assert Idea.objects.filter(status=IdeaStatus.MERGED).count() == 1


def test_without_the_lock_both_would_be(joinings, monkeypatch):
    """The control: the same two calls, with nothing but the rules between them."""
    monkeypatch.setattr(IdeaQuerySet, "locked", lambda ideas: ideas)
    monkeypatch.setattr(merging, "why_not_merge", at_the_same_point(merging.why_not_merge, count=2))

    together(*joinings)

    assert Idea.objects.filter(status=IdeaStatus.MERGED).count() == 2


def test_two_taps_are_one_support(unit):
    colleague = employee(at=unit)
    idea = IdeaFactory(unit=unit, status=IdeaStatus.SUBMITTED)
    check = at_the_same_point(talk.why_not_support, count=2)

    def tap():
        return talk.support(idea_id=idea.pk, by=colleague)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(talk, "why_not_support", check)
        together(tap, tap)

    assert (Support.objects.count(), Follow.objects.count()) == (1, 1)


@pytest.fixture
def a_day_that_has_come(unit):
    idea = ready_idea(at=unit, author=employee(at=unit))
    until = TODAY.replace(year=TODAY.year + 1)
    decisions.wait(
        idea_id=idea.pk,
        grounds=GROUNDS,
        returns_when=Condition.DATE,
        until=until,
        on=TODAY,
        by=person_with(Role.DECIDER, at=unit),
    )
    return until


def test_two_clocks_ask_the_author_once(a_day_that_has_come, monkeypatch):
    monkeypatch.setattr(bank, "due", at_the_same_point(bank.due, count=2))

    def clock():
        return bank.wake(on=a_day_that_has_come)

    together(clock, clock)

    assert Revival.objects.count() == 1
    assert Notice.objects.filter(kind="idea.still_needed").count() == 1
    connection.close()
