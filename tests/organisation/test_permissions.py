"""Who may do what: roles are held at a unit and reach below; `may` and `reach` never differ."""

import datetime as dt

import pytest
from django.db import IntegrityError
from django.utils import timezone

from organisation.models import Assignment, Employment, Unit
from organisation.permissions import GRANTS, MEANS, Permission, Role, meaning_of
from tests.factories import PersonFactory, UnitFactory, employee, person_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree():
    top = UnitFactory(name="Kommunen")
    social, school = UnitFactory(name="Social", parent=top), UnitFactory(name="Skola", parent=top)
    return [top, social, school, UnitFactory(name="Norr", parent=social)]


def test_a_role_reaches_the_unit_and_all_below_but_nothing_beside_or_above(tree):
    top, social, school, north = tree
    manager = person_with(Role.MANAGER, at=social)

    assert [manager.may(Permission.IDEA_READ, at=unit) for unit in tree] == [
        False,
        True,
        False,
        True,
    ]


@pytest.mark.parametrize("role", list(Role))
def test_may_and_reach_say_the_same_for_every_permission(tree, role):
    person = person_with(role, at=tree[1]) if role != Role.STAFF else employee(at=tree[1])

    for permission in Permission:
        reached = set(Unit.objects.filter(person.reach(permission, through="")))
        assert reached == {unit for unit in tree if person.may(permission, at=unit)}
        assert bool(reached) == person.may_somewhere(permission)
        assert bool(reached) == (permission in GRANTS[role])


def test_who_is_employed_is_an_employee_while_it_lasts(tree):
    today = timezone.localdate()
    person = PersonFactory()
    dates = {
        tree[1]: (today - dt.timedelta(days=9), today),
        tree[2]: (today - dt.timedelta(days=9), today - dt.timedelta(days=1)),
        tree[0]: (today + dt.timedelta(days=1), None),
    }
    for unit, (starts_on, ends_on) in dates.items():
        Employment.objects.create(
            person=person, unit=unit, position="Kock", starts_on=starts_on, ends_on=ends_on
        )

    assert [person.may(Permission.IDEA_WRITE, at=unit) for unit in tree] == [
        False,
        True,
        False,
        True,
    ]


def test_every_role_says_in_words_what_it_lets_one_do():
    assert set(MEANS) == set(Permission)
    assert set(GRANTS) == set(Role)
    assert [len(meaning_of(role)) for role in Role] == [len(GRANTS[role]) for role in Role]


def test_the_database_knows_the_roles(tree):
    person = PersonFactory()
    with pytest.raises(IntegrityError, match="assignment_role_known"):
        Assignment.objects.create(person=person, unit=tree[0], role=Role.STAFF)


def test_the_database_keeps_an_assignment_once(tree):
    person = person_with(Role.COACH, at=tree[0])
    with pytest.raises(IntegrityError, match="assignment_once"):
        Assignment.objects.create(person=person, unit=tree[0], role=Role.COACH)


def test_the_database_refuses_an_employment_that_ends_before_it_starts(tree):
    person = employee(at=tree[0])
    with pytest.raises(IntegrityError, match="employment_ends_after_it_starts"):
        person.employments.update(ends_on=dt.date(2019, 1, 1))


def test_the_database_keeps_an_employment_once(tree):
    held = employee(at=tree[0]).employments.get()
    held.pk = None
    with pytest.raises(IntegrityError, match="employment_once"):
        held.save(force_insert=True)


def test_the_database_wants_addresses_in_lower_case():
    with pytest.raises(IntegrityError, match="person_email_is_lower_case"):
        PersonFactory(email="Anna@exempel.se")


def test_whoever_prepares_or_decides_on_ideas_also_reads_them():
    """Lists ask for the narrower permission alone, and would else show what one may not see."""
    for granted in GRANTS.values():
        if granted & {Permission.IDEA_PREPARE, Permission.IDEA_DECIDE}:
            assert Permission.IDEA_READ in granted
