"""Roles given and withdrawn, sign-ins closed and opened."""

import pytest

from foundation.errors import Refused
from foundation.models import Event
from organisation.actions import people
from organisation.models import Assignment, Person
from organisation.permissions import Permission, Role
from tests.factories import PersonFactory, UnitFactory, employee, person_with

pytestmark = pytest.mark.django_db


def kinds():
    return list(Event.objects.order_by("pk").values_list("kind", flat=True))


@pytest.fixture
def anna(social):
    return employee(at=social, given_name="Anna", family_name="Berg")


def test_a_role_is_given_once_and_written_down(administrator, anna, social):
    before = len(kinds())
    for _ in range(2):
        people.assign(person=anna, unit=social, role=Role.COACH, by=administrator)

    assert list(anna.assignments.values_list("role", "unit")) == [("coach", social.pk)]
    assert kinds()[before:] == ["person.assign"]
    event = Event.objects.latest("pk")
    assert (event.by, event.data) == (administrator, {"role": "coach", "unit": social.pk})


def test_a_role_is_given_only_within_ones_reach(anna, social, home):
    by = person_with(Role.ADMINISTRATOR, at=social)

    people.assign(person=anna, unit=social, role=Role.COACH, by=by)
    with pytest.raises(Refused, match="Västerviks kommun"):
        people.assign(person=anna, unit=home, role=Role.COACH, by=by)
    with pytest.raises(Refused, match="Socialförvaltningen"):
        people.assign(person=anna, unit=social, role=Role.DECIDER, by=anna)

    assert [held.unit for held in anna.assignments.all()] == [social]


def test_who_cannot_sign_in_gets_no_role(administrator, anna, social):
    people.close_sign_in(person_id=anna.pk, by=administrator)
    anna.refresh_from_db()
    with pytest.raises(Refused, match="Anna Berg"):
        people.assign(person=anna, unit=social, role=Role.COACH, by=administrator)


def test_a_role_is_withdrawn_within_ones_reach(administrator, anna, social, home):
    held = people.assign(person=anna, unit=home, role=Role.COACH, by=administrator)

    with pytest.raises(Refused, match="Västerviks kommun"):
        people.withdraw(assignment_id=held.pk, by=person_with(Role.ADMINISTRATOR, at=social))
    people.withdraw(assignment_id=held.pk, by=administrator)

    assert not anna.assignments.exists()
    assert Event.objects.latest("pk").data == {"role": "coach", "unit": home.pk}


def test_the_last_administrator_of_the_whole_stays(administrator, home, social):
    person_with(Role.ADMINISTRATOR, at=social)
    person_with(Role.ADMINISTRATOR, at=home, is_active=False)
    held = administrator.assignments.get()

    with pytest.raises(Refused, match="Maria Ek"):
        people.withdraw(assignment_id=held.pk, by=administrator)

    second = person_with(Role.ADMINISTRATOR, at=home)
    people.withdraw(assignment_id=held.pk, by=second)
    assert not Assignment.objects.filter(pk=held.pk).exists()


def test_a_sign_in_is_closed_and_opened_again(administrator, anna):
    before = len(kinds())
    people.close_sign_in(person_id=anna.pk, by=administrator)
    assert not Person.objects.get(pk=anna.pk).is_active
    people.open_sign_in(person_id=anna.pk, by=administrator)
    people.open_sign_in(person_id=anna.pk, by=administrator)

    assert Person.objects.get(pk=anna.pk).is_active
    assert kinds()[before:] == ["person.close", "person.open"]


def test_nobody_closes_their_own_sign_in(administrator):
    with pytest.raises(Refused, match="own|egen"):
        people.close_sign_in(person_id=administrator.pk, by=administrator)


def test_who_also_belongs_elsewhere_is_not_for_a_local_administrator(anna, social, home):
    local = person_with(Role.ADMINISTRATOR, at=social)
    people.assign(person=anna, unit=home, role=Role.COACH, by=None)

    with pytest.raises(Refused, match="Västerviks kommun"):
        people.close_sign_in(person_id=anna.pk, by=local)
    assert Person.objects.get(pk=anna.pk).is_active


def test_a_local_administrator_finds_those_with_a_place_within_reach(home, social, anna):
    school = UnitFactory(parent=home)
    local = person_with(Role.ADMINISTRATOR, at=social)
    elsewhere = employee(at=school)
    nowhere = PersonFactory()
    left = employee(at=social)
    left.employments.update(ends_on="2020-02-01")

    assert set(Person.objects.managed_by(local)) == {local, anna, left}
    top = person_with(Role.ADMINISTRATOR, at=home)
    assert set(Person.objects.managed_by(top)) == {local, anna, left, elsewhere, nowhere, top}
    assert not Person.objects.managed_by(anna).exists()
    assert not anna.may_somewhere(Permission.ORGANISATION_MANAGE)


def test_people_are_found_by_any_part_of_name_or_address_and_come_in_swedish_order(social):
    for given, family in [("Örjan", "Ek"), ("Åsa", "Ek"), ("Åsa", "Öberg"), ("Ärla", "Ek")]:
        employee(at=social, given_name=given, family_name=family)

    found = Person.objects.named_like("ek").in_name_order()
    assert [person.name for person in found] == ["Åsa Ek", "Ärla Ek", "Örjan Ek"]
    assert [p.name for p in Person.objects.named_like("åsa ÖB")] == ["Åsa Öberg"]
