"""What a chart says is kept, and is true after every change; where a measure becomes a chart."""

import datetime as dt
from decimal import Decimal

import pytest

from foundation.errors import Refused
from measures.actions import measurements, team
from measures.actions.judging import judge
from measures.actions.team import NewMeasure
from measures.chart import ChartKind, verdict_facts
from measures.models import MeasureVerdict, TeamMeasure
from measures.models.team import ChartChoice, Direction, MeasureKind
from measures.queries.team import chart_of, kind_of, series_of
from tests.factories import PersonFactory, UnitFactory

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 9, 15)


@pytest.fixture
def person():
    return PersonFactory()


@pytest.fixture
def measure(person):
    return team.create(unit=UnitFactory(), measure=new(), target=Decimal(25), by=person)


def new(**changes):
    said = {"name": "Väntetid", "unit_word": "dagar", "direction": Direction.LOWER}
    return NewMeasure(**{**said, **changes})


def fill(measure, person, *values):
    days = [TODAY - dt.timedelta(weeks=n) for n in range(len(values))][::-1]
    return [
        measurements.record_value(
            measure_id=measure.pk, taken_on=day, value=Decimal(value), on=TODAY, by=person
        )
        for day, value in zip(days, values, strict=True)
    ]


def kept(measure):
    return MeasureVerdict.objects.get(measure=measure)


def worked_out(measure):
    """What the chart says when it is judged here and now."""
    measure.refresh_from_db()
    series = series_of([measure])[measure.pk]
    return verdict_facts(chart_of(measure, series.points, series.phases, on=TODAY)).as_json()


def is_true(measure):
    facts = worked_out(measure)
    said = kept(measure).facts
    return {k: said[k] for k in ("verdict", "points", "centre", "kind", "rules")} == {
        k: facts[k] for k in ("verdict", "points", "centre", "kind", "rules")
    }


def test_a_new_measure_has_a_verdict_at_once(measure):
    assert (kept(measure).verdict, kept(measure).points) == ("too_few", 0)


def test_every_change_keeps_the_verdict_true(measure, person):
    made = fill(measure, person, *[42, 44, 41, 43, 45, 40] * 2, *[30, 32, 29, 31, 33, 28] * 2)
    assert kept(measure).verdict == "better"
    assert (kept(measure).newest_on, kept(measure).newest_value) == (TODAY, 28)

    measurements.exclude(measurement_id=made[-1].pk, because="Fel dag", by=person)
    assert is_true(measure)
    assert kept(measure).newest_value == 33
    team.freeze_baseline(measure_ids=[measure.pk], on=made[12].taken_on, by=person)
    assert is_true(measure)
    settings = new(direction=Direction.HIGHER, rules="nhs", chart="i")
    team.change(measure_id=measure.pk, measure=settings, target=None, by=person)
    assert is_true(measure)
    assert kept(measure).facts["higher_is_better"] is True


def test_a_baseline_is_frozen_once(measure, person):
    first, later = dt.date(2026, 5, 1), dt.date(2026, 8, 1)
    for day in (first, later):
        team.freeze_baseline(measure_ids=[measure.pk], on=day, by=person)
    measure.refresh_from_db()
    assert measure.baseline_until == first


@pytest.mark.parametrize(
    ("kind", "unit_word", "chart"),
    [
        (MeasureKind.VALUE, "dagar", ChartKind.I),
        (MeasureKind.SHARE, "procent", ChartKind.P),
        (MeasureKind.RATE, "fall", ChartKind.U),
        (MeasureKind.COUNT, "fall", ChartKind.C),
        (MeasureKind.BETWEEN, "dagar", ChartKind.T),
        (MeasureKind.BETWEEN, "operationer", ChartKind.G),
    ],
)
def test_the_chart_fits_what_a_value_is(kind, unit_word, chart):
    assert kind_of(TeamMeasure(kind=kind, unit_word=unit_word)) is chart


def test_a_chosen_chart_is_kept():
    assert kind_of(TeamMeasure(chart=ChartChoice.RUN)) is ChartKind.RUN


def test_a_share_is_worked_out_anew_when_what_it_is_per_changes(person):
    measure = team.create(
        unit=UnitFactory(), measure=new(kind=MeasureKind.SHARE, per=100), by=person
    )
    one = measurements.record_value(
        measure_id=measure.pk,
        taken_on=TODAY,
        numerator=Decimal(3),
        denominator=Decimal(40),
        on=TODAY,
        by=person,
    )
    settings = new(kind=MeasureKind.RATE, per=1_000)
    team.change(measure_id=measure.pk, measure=settings, target=None, by=person)
    one.refresh_from_db()
    assert one.value == 75
    assert not one.revisions.exists()  # what was counted is the same


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"chart": "p"}, "behöver andelar"),
        ({"chart": "c", "kind": "share", "per": 100}, "passar inte andelar"),
        ({"kind": "share", "per": 0}, "ett helt tal mellan 1 och"),
    ],
)
def test_settings_that_do_not_go_together_are_refused(person, changes, says):
    with pytest.raises(Refused, match=says):
        team.create(unit=UnitFactory(), measure=new(**changes), by=person)


@pytest.mark.parametrize("count", [1, 40])
def test_judging_asks_a_fixed_number_of_times(measure, person, count, django_assert_num_queries):
    fill(measure, person, *range(count))
    # points, phases, the verdict
    with django_assert_num_queries(3):
        judge(measure)
