"""What a team measures: written down, corrected in sight, left out with a reason."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from foundation.errors import Refused
from foundation.models import Event
from measures.actions import measurements, team
from measures.actions.team import NewMeasure
from measures.models import Measurement, TeamMeasure
from measures.models.team import Direction
from tests.factories import PersonFactory, UnitFactory

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 9, 15)
MONDAY = dt.date(2026, 9, 7)
FIRST = NewMeasure(name="Väntetid", unit_word="dagar", direction=Direction.LOWER)


@pytest.fixture
def person():
    return PersonFactory()


@pytest.fixture
def measure(person):
    return team.create(unit=UnitFactory(), measure=FIRST, target=Decimal(25), by=person)


def write(measure, person, value="42", taken_on=MONDAY, note=""):
    return measurements.record_value(
        measure_id=measure.pk,
        taken_on=taken_on,
        value=Decimal(value),
        note=note,
        on=TODAY,
        by=person,
    )


def journal_of(kind):
    return Event.objects.filter(kind=kind)


def test_a_measure_is_begun(measure, person):
    assert (measure.name, measure.target, measure.higher_is_better) == ("Väntetid", 25, False)
    assert journal_of("team_measure.create").get().by == person


def test_a_value_is_written_down_as_it_was_typed(measure, person):
    made = write(measure, person, "41.5", note=" Semester ")

    made.refresh_from_db()
    assert (made.value, made.note, made.recorded_by) == (Decimal("41.5"), "Semester", person)
    assert journal_of("team_measure.value").get().data == {"day": "2026-09-07", "value": "41.5000"}


def test_a_second_value_for_the_day_corrects_the_first_which_is_kept(measure, person):
    other = PersonFactory()
    first = write(measure, person, "42", note="Semester")

    corrected = write(measure, other, "24")

    assert (corrected.pk, corrected.value, corrected.note) == (first.pk, 24, "Semester")
    revision = first.revisions.get()
    assert (revision.value, revision.replaced_by) == (42, other)
    assert journal_of("team_measure.correct").count() == 1


def test_the_same_value_twice_is_no_correction(measure, person):
    write(measure, person, "42")
    again = write(measure, person, "42.0")
    assert not again.revisions.exists()
    assert measure.measurements.count() == 1


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"taken_on": TODAY + dt.timedelta(days=1)}, "inte kommit"),
        ({"taken_on": dt.date(206, 9, 7)}, "Titta på året"),
        ({"value": "NaN"}, "Skriv ett tal"),
        ({"value": "Infinity"}, "Skriv ett tal"),
        ({"value": "1e10"}, "Skriv ett tal"),
        ({"note": "Ring 811228-9874"}, "personnummer"),
        ({"note": "x" * 201}, "högst 200 tecken"),
    ],
)
def test_what_cannot_be_a_measurement_is_refused_in_words(measure, person, said, reason):
    with pytest.raises(Refused, match=reason):
        write(measure, person, **said)
    assert not Measurement.objects.exists()


def test_today_is_not_too_late(measure, person):
    assert write(measure, person, taken_on=TODAY).taken_on == TODAY


def test_a_value_is_left_out_with_a_reason_and_taken_back(measure, person):
    made = write(measure, person)

    left_out = measurements.exclude(measurement_id=made.pk, because=" Flytt ", by=person)
    assert left_out.excluded_because == "Flytt"
    back = measurements.exclude(measurement_id=made.pk, because="", by=person)
    assert back.excluded_because == ""

    assert journal_of("measurement.exclude").count() == journal_of("measurement.include").count()


def test_a_reason_names_nobody_by_number(measure, person):
    made = write(measure, person)
    with pytest.raises(Refused, match="personnummer"):
        measurements.exclude(measurement_id=made.pk, because="811228-9874 var sjuk", by=person)
    made.refresh_from_db()
    assert made.excluded_because == ""


def test_start_and_end_are_facts_of_their_own(measure, person):
    start, end = (Decimal(42), dt.date(2026, 1, 31)), (Decimal("25.5"), MONDAY)
    team.set_ends(measure_id=measure.pk, start=start, on=TODAY, by=person)
    team.set_ends(measure_id=measure.pk, end=end, on=TODAY, by=person)

    measure.refresh_from_db()
    assert (measure.start_value, measure.start_on) == start
    assert (measure.end_value, measure.end_on) == end
    assert not measure.measurements.exists()


def test_what_the_start_was_before_stands_in_the_journal(measure, person):
    for value in (42, 40):
        start = (Decimal(value), MONDAY)
        team.set_ends(measure_id=measure.pk, start=start, on=TODAY, by=person)
    assert [e.data["before"] for e in journal_of("team_measure.start").order_by("pk")] == [
        None,
        "42.0000",
    ]


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"start": (Decimal(1), TODAY + dt.timedelta(days=1))}, "inte kommit"),
        ({"end": (Decimal("NaN"), TODAY)}, "Skriv ett tal"),
        ({"end": (Decimal(1), dt.date(2026, 1, 1))}, "före"),  # it started in February
    ],
)
def test_ends_that_cannot_be_are_refused(measure, person, said, reason):
    start = (Decimal(42), dt.date(2026, 2, 1))
    team.set_ends(measure_id=measure.pk, start=start, on=TODAY, by=person)
    with pytest.raises(Refused, match=reason):
        team.set_ends(measure_id=measure.pk, on=TODAY, by=person, **said)
    measure.refresh_from_db()
    assert (measure.start_value, measure.end_value) == (42, None)


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"direction": "up"}, "team_measure_direction_known"),
        ({"start_value": 1, "start_on": None}, "team_measure_start_has_value_and_day"),
        ({"end_value": None, "end_on": TODAY}, "team_measure_end_has_value_and_day"),
        (
            {"start_value": 1, "start_on": TODAY, "end_value": 1, "end_on": MONDAY},
            "team_measure_ends_after_it_starts",
        ),
    ],
)
def test_the_database_refuses_too(measure, fields, name):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        TeamMeasure.objects.filter(pk=measure.pk).update(**fields)


def test_the_database_holds_one_value_a_day(measure, person):
    write(measure, person)
    with pytest.raises(IntegrityError, match="measurement_once_a_day"), transaction.atomic():
        Measurement.objects.create(measure=measure, taken_on=MONDAY, value=1)
