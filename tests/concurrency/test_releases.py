"""Two presses at once, or two people: an area is made public once, and the last one stands."""

import pytest
from django.db.models import QuerySet

from measures.actions import releases
from measures.models import QualityArea, Release
from measures.queries.releases import Said
from organisation.permissions import Role
from tests.concurrency.rivals import at_the_same_point, together
from tests.factories import (
    TODAY,
    KpiFactory,
    home_of,
    measure_of,
    municipalities,
    person_with,
    said,
)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def press():
    """What a press on the button does, with the same words as the other's."""
    where = municipalities(4)
    keeper = person_with(Role.QUALITY_LEAD, at=home_of(where[0]))
    kpi = KpiFactory()
    area = measure_of(kpi).area
    said(kpi, where, [1, 2, 3, 4])
    asked = {"area_id": area.pk, "year": 2020, "said": Said("Ord."), "on": TODAY, "by": keeper}
    seen = releases.fingerprint(releases.preview(**asked))
    return lambda: releases.release(**asked, seen=seen)


def test_two_presses_at_once_publish_once(press):
    first, second = together(press, press, behind=QualityArea.objects.all())
    assert first == second == Release.objects.get()


def test_without_the_lock_there_would_be_two(press, monkeypatch):
    """The control: both see that nothing is public before either has written."""
    monkeypatch.setattr(QuerySet, "select_for_update", lambda self, *_, **__: self)
    monkeypatch.setattr(releases, "fingerprint", at_the_same_point(releases.fingerprint, 2))
    together(press, press)
    assert Release.objects.count() == 2
