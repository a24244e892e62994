"""Values are of KPIs and places that exist, whoever writes them and however many at a time."""

import pytest
from django.db import IntegrityError, transaction

from measures.actions import values
from measures.models import (
    Gender,
    Kpi,
    KpiValue,
    KpiValueRevision,
    Status,
    UnitValue,
    UnitValueRevision,
)
from tests.factories import KpiFactory, municipalities, said, service_units, unit_said

pytestmark = pytest.mark.django_db

NOBODY = 32_000
ABOUT = {"year": 2020, "gender": Gender.ALL, "status": Status.HAS_VALUE, "value": 1.0}


@pytest.fixture
def valued():
    """A KPI, a municipality and a unit, each with a value."""
    kpi, (where,) = KpiFactory(), municipalities(1)
    (unit,) = service_units(where, "Skolan")
    said(kpi, [where], [80])
    unit_said(kpi, [unit], [70])
    return kpi, where, unit


@pytest.mark.parametrize("model", [KpiValue, KpiValueRevision])
def test_a_value_is_of_a_kpi_and_a_municipality_that_exist(model, valued):
    kpi, where, _unit = valued
    for unknown in ({"kpi_id": NOBODY}, {"municipality_id": NOBODY}):
        ids = {"kpi_id": kpi.pk, "municipality_id": where.pk, "year": 2021} | unknown
        with pytest.raises(IntegrityError, match="does not exist"), transaction.atomic():
            model.objects.create(**ABOUT | ids)


@pytest.mark.parametrize("model", [UnitValue, UnitValueRevision])
def test_a_value_of_a_unit_is_of_one_that_exists(model, valued):
    kpi, _where, unit = valued
    for unknown in ({"kpi_id": NOBODY}, {"unit_id": NOBODY}):
        ids = {"kpi_id": kpi.pk, "unit_id": unit.pk, "year": 2021} | unknown
        with pytest.raises(IntegrityError, match="does not exist"), transaction.atomic():
            model.objects.create(**ABOUT | ids)


def test_one_stray_among_many_stops_them_all(valued):
    kpi, where, _unit = valued
    rows = [
        values.Row(pk, where.pk, year, Gender.ALL, Status.HAS_VALUE, 1.0)
        for year in range(2000, 2010)
        for pk in (kpi.pk, NOBODY)
    ]
    with pytest.raises(IntegrityError, match="does not exist"), transaction.atomic():
        values.load(rows)
    assert KpiValue.objects.count() == 1


def test_what_had_values_is_not_taken_away(valued):
    kpi, where, _unit = valued
    said(kpi, [where], [81])
    UnitValue.objects.all().delete()
    KpiValue.objects.all().delete()
    with pytest.raises(IntegrityError, match="not taken away"), transaction.atomic():
        Kpi.objects.filter(pk=kpi.pk)._raw_delete("default")
