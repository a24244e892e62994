"""Two who change what measures are made of, and a fetching that comes in meanwhile."""

import pytest
from django.db import IntegrityError, connection

from measures.actions import areas, comparisons, defining, quality_measures
from measures.models import Gender, MeasureYear, QualityArea
from organisation.permissions import Role
from tests.concurrency.rivals import at_the_same_point, together
from tests.factories import KpiFactory, home_of, measure_of, municipalities, person_with, said

pytestmark = pytest.mark.django_db(transaction=True)


class Held:
    """An advisory lock, to be held like rows while others come to it."""

    def __init__(self, lock):
        self.lock = lock

    def select_for_update(self):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [self.lock])
        return []


@pytest.fixture
def where():
    return municipalities(2)


@pytest.fixture
def lead(where):
    return person_with(Role.QUALITY_LEAD, at=home_of(where[0]))


def adding(lead):
    def add():
        try:
            return areas.add(described=areas.Described("Förskola"), by=lead)
        except IntegrityError as error:
            return error

    return add


def test_an_area_added_twice_at_once_is_one(lead):
    first, second = together(adding(lead), adding(lead), behind=Held(defining.LOCK))
    assert first == second
    assert QualityArea.objects.count() == 1


def test_without_the_lock_somebody_would_get_an_error(lead, monkeypatch):
    """The control.  If this fails, the test above proves nothing."""
    monkeypatch.setattr(areas, "hold_definitions", lambda by: None)
    monkeypatch.setattr(areas, "_free_slug", at_the_same_point(areas._free_slug, 2))
    outcomes = together(adding(lead), adding(lead))
    assert sorted(type(one).__name__ for one in outcomes) == ["IntegrityError", "QualityArea"]


@pytest.fixture
def rivals(where, lead):
    """A KPI becomes a part of a measure while its values are fetched."""
    there, new = KpiFactory(), KpiFactory()
    measure = measure_of(there)
    said(there, where, [80, 60])
    return [
        lambda: quality_measures.add_part(measure_id=measure.pk, kpi_id=new.pk, by=lead),
        lambda: said(new, where, [40, 20]),
    ]


def means():
    return [one.values for one in MeasureYear.objects.filter(gender=Gender.ALL)]


def test_a_new_part_and_its_values_at_once_give_the_right_mean(rivals):
    together(*rivals, behind=Held(comparisons.LOCK))
    assert means() == [[60, 40]]


def test_without_the_lock_the_mean_would_miss_one_of_them(rivals, monkeypatch):
    """The control.  If this fails, the test above proves nothing."""
    wait = at_the_same_point(lambda: None, 2)

    def waiting(compare):
        """Let both have compared before any of them commits."""

        def compare_and_wait(*what):
            compare(*what)
            wait()

        return compare_and_wait

    monkeypatch.setattr(comparisons, "hold", lambda: None)
    for name in ("refresh", "refresh_measures"):
        monkeypatch.setattr(comparisons, name, waiting(getattr(comparisons, name)))
    together(*rivals)
    assert means() != [[60, 40]]
