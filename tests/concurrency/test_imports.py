"""Two quality leads, one Kolada."""

import pytest
from django.db import IntegrityError

from measures.actions import imports
from measures.models import ImportRun
from measures.models.imports import ImportRunQuerySet
from organisation.permissions import Role
from tests.concurrency.rivals import at_the_same_point, together
from tests.factories import KpiFactory, UnitFactory, person_with

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def questions():
    """Two people who each ask for something of their own."""
    home, kpi = UnitFactory(), KpiFactory()

    def question(about):
        lead = person_with(Role.QUALITY_LEAD, at=home)

        def ask():
            try:
                return imports.fetch_values(kpis=[kpi], about=about, by=lead)
            except IntegrityError as error:
                return error

        return ask

    return [question("Hemtjänst"), question("Förskola")]


def meeting_before(function):
    """Let both come as far as `function` before either goes into it."""
    meet = at_the_same_point(lambda: None, 2)

    def wrapped(*args, **kwargs):
        meet()
        return function(*args, **kwargs)

    return wrapped


def test_of_two_who_ask_at_once_one_is_told_that_the_other_was_first(questions, monkeypatch):
    lock = meeting_before(ImportRunQuerySet.lock_kind)
    monkeypatch.setattr(ImportRunQuerySet, "lock_kind", lock)

    outcomes = together(*questions)

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["ImportRun", "Refused"]
    assert ImportRun.objects.count() == 1


def test_without_the_lock_the_database_refuses(questions, monkeypatch):
    """The control: somebody would get an error instead of a sentence."""
    monkeypatch.setattr(ImportRunQuerySet, "lock_kind", lambda *_: None)
    monkeypatch.setattr(ImportRun, "save", meeting_before(ImportRun.save))

    outcomes = together(*questions)

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["ImportRun", "IntegrityError"]
    assert ImportRun.objects.count() == 1
