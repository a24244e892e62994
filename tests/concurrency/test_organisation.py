"""Two administrators, one tree, one file."""

import pytest
from django.utils import timezone

from foundation import jobs
from foundation.errors import Refused
from foundation.models import Event
from organisation import rules
from organisation.actions import imports, people, units
from organisation.models import Assignment, ImportFile, Person, Unit
from organisation.permissions import Role
from tests.concurrency.rivals import at_the_same_point, together
from tests.factories import person_with
from tests.organisation.files import ANNA, people_csv

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def tree():
    """K with HT, and under K two units that want to lie under each other."""
    home = units.create(name="K", code="K", parent=None, by=None)
    return [home, *(units.create(name=n, code=n, parent=home, by=None) for n in ("HT", "BUF"))]


def crossing_moves(one, other):
    def move(unit, target):
        return lambda: units.move(unit_id=unit.pk, parent_id=target.pk, by=None)

    return move(one, other), move(other, one)


def test_two_units_are_never_moved_into_a_ring(tree):
    home, one, other = tree
    outcomes = together(
        *crossing_moves(one, other), behind=Unit.objects.filter(pk=home.pk).order_by("pk")
    )
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Refused", "Unit"]


def test_without_the_lock_they_would(tree, monkeypatch):
    """The control.  If this fails, the test above proves nothing."""
    _home, one, other = tree
    monkeypatch.setattr(units, "lock_tree", lambda: None)
    monkeypatch.setattr(units, "why_not_move", at_the_same_point(units.why_not_move, 2))
    monkeypatch.setattr(units, "_place", lambda unit: None)  # it would walk the ring for ever

    together(*crossing_moves(one, other))

    one.refresh_from_db()
    other.refresh_from_db()
    assert (one.parent_id, other.parent_id) == (other.pk, one.pk)


@pytest.fixture
def two_administrators(tree):
    """Each is about to withdraw the other's role."""
    one, other = (person_with(Role.ADMINISTRATOR, at=tree[0]) for _ in range(2))

    def withdraw(whose, by):
        held = whose.assignments.get()
        return lambda: people.withdraw(assignment_id=held.pk, by=by)

    return withdraw(other, one), withdraw(one, other)


def test_the_last_administrator_stays_whoever_is_quickest(two_administrators):
    outcomes = together(*two_administrators, behind=Unit.objects.filter(parent=None))
    assert [isinstance(outcome, Refused) for outcome in outcomes].count(True) == 1
    assert Assignment.objects.count() == 1


def test_without_the_lock_nobody_would_be_left(two_administrators, monkeypatch):
    """The control.  If this fails, the test above proves nothing."""
    monkeypatch.setattr(people, "lock_tree", lambda: None)
    last = rules.is_last_administrator
    monkeypatch.setattr(rules, "is_last_administrator", at_the_same_point(last, 2))
    together(*two_administrators)
    assert Assignment.objects.count() == 0


def test_a_file_confirmed_twice_is_carried_out_once(tree):
    by = person_with(Role.ADMINISTRATOR, at=tree[0])
    content = people_csv(ANNA)
    plan = imports.read(content=content, is_complete=False, on=timezone.localdate(), by=by)
    file = imports.keep(name="p.csv", content=content, is_complete=False, plan=plan, by=by)

    confirmed = together(
        *[lambda: imports.confirm(import_file_id=file.pk, by=by)] * 2,
        behind=ImportFile.objects.filter(pk=file.pk).only("pk"),
    )
    together(*[lambda: jobs.run(confirmed[0].pk)] * 2)

    assert confirmed[0] == confirmed[1]
    assert Person.objects.filter(given_name="Anna").count() == 1
    assert Event.objects.filter(kind="organisation.import").count() == 1
