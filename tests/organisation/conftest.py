import pytest

from organisation.actions import people, units
from organisation.permissions import Role
from tests.factories import PersonFactory


@pytest.fixture
def english(settings):
    """Sentences as they stand in the source."""
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def home(db):
    """The organisation itself."""
    return units.create(name="Västerviks kommun", code="K", kind="Kommun", parent=None, by=None)


@pytest.fixture
def administrator(home):
    """Administers the whole organisation, and is employed nowhere in it."""
    person = PersonFactory(given_name="Maria", family_name="Ek", email="maria.ek@exempel.se")
    people.assign(person=person, unit=home, role=Role.ADMINISTRATOR, by=None)
    return person


@pytest.fixture
def social(home):
    return units.create(
        name="Socialförvaltningen", code="SOC", kind="Förvaltning", parent=home, by=None
    )
