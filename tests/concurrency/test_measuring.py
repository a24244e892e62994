"""Two of a team, one measure, one day."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import IntegrityError

from measures.actions import measurements
from measures.models import Measurement, MeasurementRevision, MeasurePhase, MeasureVerdict
from measures.models.team import TeamMeasureQuerySet
from programme.actions import measuring
from programme.models import Work
from programme.models.work import WorkQuerySet
from tests.concurrency.rivals import at_the_same_point, together
from tests.factories import TODAY, UnitFactory, employee, started_work

pytestmark = pytest.mark.django_db(transaction=True)

BEFORE, AFTER = (62, 64, 61, 63, 65, 60) * 2, (75, 77, 74, 76, 78, 73) * 2


@pytest.fixture
def work():
    unit = UnitFactory()
    members = [employee(at=unit)]
    return started_work(at=unit, leader=employee(at=unit), members=members)


@pytest.fixture
def writers(work):
    """Two of the team, about to write each their own value for the same day."""
    followed = work.followed.get()

    def writing(value, person):
        return lambda: measuring.record_value(
            followed_id=followed.pk,
            taken_on=TODAY,
            value=Decimal(value),
            on=TODAY,
            by=person,
        )

    leader, member = (membership.person for membership in work.team)
    return writing(70, leader), writing(71, member)


def test_two_values_for_one_day_are_one_value_and_what_it_was(work, writers):
    together(*writers, behind=Work.objects.filter(pk=work.pk))

    value, was = Measurement.objects.get().value, MeasurementRevision.objects.get().value
    assert {value, was} == {70, 71}
    assert MeasureVerdict.objects.get().newest_value == value


def test_without_the_locks_both_would_be_new(writers, monkeypatch):
    """The control.  If this fails, the test above proves nothing."""
    monkeypatch.setattr(WorkQuerySet, "locked", lambda self: self)
    monkeypatch.setattr(TeamMeasureQuerySet, "locked", lambda self: self)

    met = at_the_same_point(measurements._new, 2)
    monkeypatch.setattr(measurements, "_new", met)
    with pytest.raises(IntegrityError, match="measurement_once_a_day"):
        together(*writers)


def test_a_measure_is_judged_anew_once_however_many_press(work):
    followed, leader = work.followed.get(), work.team[0].person
    days = [TODAY - dt.timedelta(weeks=n) for n in range(24)][::-1]
    for day, value in zip(days, (*BEFORE, *AFTER), strict=True):
        measuring.record_value(
            followed_id=followed.pk, taken_on=day, value=Decimal(value), on=TODAY, by=leader
        )

    def rebasing(person):
        return lambda: measuring.rebase(
            followed_id=followed.pk, starts_on=days[12], because="Små lag", on=TODAY, by=person
        )

    outcomes = together(
        *(rebasing(membership.person) for membership in work.team),
        behind=Work.objects.filter(pk=work.pk),
    )

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["MeasurePhase", "Refused"]
    assert MeasurePhase.objects.count() == 1
