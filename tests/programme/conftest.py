import pytest

from organisation.permissions import Role
from tests.factories import UnitFactory, employee, person_with, started_work


@pytest.fixture
def unit():
    return UnitFactory(name="Hemtjänst norr")


@pytest.fixture
def leader(unit):
    return employee(at=unit, given_name="Jonas", family_name="Lind")


@pytest.fixture
def member(unit):
    return employee(at=unit, given_name="Sara", family_name="Berg")


@pytest.fixture
def manager(unit):
    return person_with(Role.MANAGER, at=unit)


@pytest.fixture
def stranger():
    return employee(at=UnitFactory())


@pytest.fixture
def work(unit, leader, member):
    return started_work(at=unit, leader=leader, members=[member])
