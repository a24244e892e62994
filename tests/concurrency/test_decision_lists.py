"""Two who report at once: every decision on one list, and on one only."""

import pytest
from django.db import IntegrityError

from improvement.actions import decision_lists, decisions
from improvement.actions.decisions import Terms
from improvement.models import Decision, DecisionListEntry, Outcome
from improvement.models.decision import DecisionQuerySet
from organisation.permissions import Role
from tests.concurrency.rivals import at_the_same_point, together
from tests.factories import GROUNDS, TODAY, UnitFactory, person_with, ready_idea

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def units():
    """A unit with decisions of its own, and one below it with others."""
    above = UnitFactory()
    below = UnitFactory(parent=above)
    for unit in (above, below, below):
        idea = ready_idea(at=unit)
        decisions.decide(
            idea_id=idea.pk,
            terms=Terms(Outcome.REJECTED),
            grounds=GROUNDS,
            on=TODAY,
            by=person_with(Role.DECIDER, at=above),
        )
    return above, below


@pytest.fixture
def presses(units):
    registrar = person_with(Role.REGISTRAR, at=units[0])

    def press_for(unit):
        def press():
            try:
                return decision_lists.make(unit=unit, board="Nämnden", by=registrar)
            except IntegrityError as error:
                return error

        return press

    return [press_for(unit) for unit in units]


def test_pressed_for_two_units_at_once_each_decision_stands_on_one_list(presses):
    outcomes = together(*presses, behind=Decision.objects.all())

    assert not any(isinstance(outcome, IntegrityError) for outcome in outcomes)
    assert DecisionListEntry.objects.count() == 3


def test_without_the_lock_one_of_them_would_get_an_error(presses, monkeypatch):
    """The control: both see the same decisions, and only the database stops the second."""
    monkeypatch.setattr(DecisionQuerySet, "select_for_update", lambda self, **_how: self)
    monkeypatch.setattr(
        decision_lists, "unreported_in", at_the_same_point(decision_lists.unreported_in, 2)
    )

    outcomes = together(*presses)

    assert any(isinstance(outcome, IntegrityError) for outcome in outcomes)
    assert DecisionListEntry.objects.count() <= Decision.objects.count()
