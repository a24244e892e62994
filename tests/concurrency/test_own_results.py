"""Two who write down the same result, and two who begin with the same unit."""

import pytest
from django.db import IntegrityError
from django.utils import timezone

from measures.actions import own_kpis, service_units, surveys, values
from measures.models import ServiceUnit, UnitValue, UnitValueRevision
from organisation.models import Unit
from organisation.models.unit import UnitQuerySet
from organisation.permissions import Role
from tests.concurrency.rivals import at_the_same_point, together
from tests.concurrency.test_definitions import Held
from tests.factories import UnitFactory, home_of, municipalities, person_with
from tests.factories import service_units as made

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def here():
    return municipalities(1)[0]


@pytest.fixture
def lead(here):
    return person_with(Role.QUALITY_LEAD, at=home_of(here))


@pytest.fixture
def writing(here, lead):
    """Write down 80, and write down 90, of the same unit and year."""
    kpi = own_kpis.create(said=own_kpis.Said(title="Nöjda"), by=None)
    unit = made(here, "Norra laget")[0]

    def write(value):
        def attempt():
            try:
                return surveys.enter(
                    kpi_id=kpi.pk,
                    service_unit_id=unit.pk,
                    results=[surveys.Result(2024, 0, value, 20)],
                    on=timezone.localdate(),
                    by=lead,
                )
            except IntegrityError as error:
                return error

        return attempt

    return [write(80.0), write(90.0)]


def test_of_two_results_at_once_one_is_the_former_of_the_other(writing):
    outcomes = together(*writing, behind=Held(surveys.LOCK))
    assert outcomes == [0, 0]
    assert {UnitValue.objects.get().value, UnitValueRevision.objects.get().value} == {80.0, 90.0}


def test_without_the_lock_one_of_them_gets_an_error(writing, monkeypatch):
    """The control.  If this fails, the test above proves nothing."""
    monkeypatch.setattr(surveys, "_hold", lambda: None)
    monkeypatch.setattr(values, "_compare", at_the_same_point(values._compare, 2))
    outcomes = together(*writing)
    assert sorted(type(one).__name__ for one in outcomes) == ["IntegrityError", "int"]


@pytest.fixture
def beginning(lead):
    unit = UnitFactory(parent=Unit.objects.get(parent=None))

    def begin():
        try:
            return service_units.begin(unit_id=unit.pk, by=lead)
        except IntegrityError as error:
            return error

    return unit, begin


def test_a_unit_that_two_begin_with_gets_one_place_for_results(beginning):
    unit, begin = beginning
    first, second = together(begin, begin, behind=Unit.objects.filter(pk=unit.pk))
    assert first == second == ServiceUnit.objects.get()


def test_without_the_lock_one_would_get_an_error(beginning, monkeypatch):
    """The control of the lock; the constraint still says no."""
    _unit, begin = beginning
    monkeypatch.setattr(UnitQuerySet, "locked", UnitQuerySet.all)
    meet = at_the_same_point(lambda: None, 2)
    create = ServiceUnit.objects.create
    monkeypatch.setattr(
        ServiceUnit.objects, "create", lambda **fields: (meet(), create(**fields))[1]
    )
    outcomes = together(begin, begin)
    assert sorted(type(one).__name__ for one in outcomes) == ["IntegrityError", "ServiceUnit"]
