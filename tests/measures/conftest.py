"""The municipalities whose values are shown, and our own with its schools."""

import pytest

from measures.actions import own_kpis
from organisation.permissions import Role
from tests.factories import UnitFactory, home_of, municipalities, person_with, service_units


@pytest.fixture
def where():
    """Four municipalities; the first is ours where a test says so."""
    return municipalities(4)


@pytest.fixture
def here():
    """Our own municipality, alone."""
    return municipalities(1)[0]


@pytest.fixture
def home(here):
    """The topmost unit of our own municipality."""
    return home_of(here)


@pytest.fixture
def lead(home):
    return person_with(Role.QUALITY_LEAD, at=home)


@pytest.fixture
def places(home):
    """Our own units behind the schools."""
    return [UnitFactory(parent=home, name=f"Skolenhet {n}") for n in range(3)]


@pytest.fixture
def schools(here, places):
    made = service_units(here, "Norra skolan", "Södra skolan", "Östra skolan", code="")
    for school, place in zip(made, places, strict=True):
        school.unit = place
        school.save()
    return made


@pytest.fixture
def manager(places):
    """The head of the northern school."""
    return person_with(Role.MANAGER, at=places[0])


@pytest.fixture
def own_kpi(home):
    return own_kpis.create(said=own_kpis.Said(title="Nöjda med maten", unit_word="%"), by=None)
