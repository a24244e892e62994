"""The four key features over many works: shares, few works, who sees them, and what it costs."""

import datetime as dt
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from measures.actions.judging import judge
from measures.models import Measurement
from organisation.permissions import Role
from programme.models import Cycle, Outcome, Phase, Scale, Work, WorkStatus
from programme.queries.features import features_of_works
from programme.queries.trend import (
    NAMES,
    HalfYear,
    facts_of,
    half_years_of,
    lacking,
    that_have_tested,
    together,
)
from tests.factories import TODAY, UnitFactory, employee, person_with, started_work

pytestmark = pytest.mark.django_db

PAGE = reverse("method-trend")
SPRING, AUTUMN = dt.date(2026, 6, 30), dt.date(2026, 7, 1)


def work_at(unit, *, began=TODAY, status=WorkStatus.RUNNING, **fields):
    """A work of which nothing is known but when it began."""
    said = {"title": f"Arbete {uuid4()}", "aim": "Färre fall", "origin": "own", **fields}
    return Work.objects.create(unit=unit, started_on=began, status=status, **said)


def cycle_of(work, number=1, phase=Phase.CLOSED, **fields):
    ended = {} if phase == Phase.PLAN else {"started_on": TODAY}
    if phase == Phase.CLOSED:
        ended |= {"ended_on": TODAY, "outcome": Outcome.ADOPT, "agreement": "partly"}
        ended |= {"what_happened": "Det gick", "result": "6 av 10", "learning": "Ljus behövs"}
    said = {"question": "Hjälper det?", "plan_what": "Sätta upp", "planned_on": TODAY}
    said |= {"prediction": "8 av 10", "scale": Scale.ONE_PERSON}
    return Cycle.objects.create(work=work, number=number, status=phase, **said | ended | fields)


@pytest.fixture
def lead(unit):
    return person_with(Role.DEVELOPMENT_LEAD, at=unit)


def features_in(works):
    return {each.pk: set(each.met) for each in facts_of(works)}


def measured(work, *gaps):
    day = TODAY
    measure = work.followed.get().measure
    for gap in (0, *gaps):
        day += dt.timedelta(days=gap)
        Measurement.objects.create(
            measure=measure, taken_on=day, value=5, recorded_by=work.memberships.first().person
        )
    judge(measure)


# --- what the database says, and what one work's own page says ------------------------------------


def test_many_works_at_once_have_what_each_has_by_itself(unit):
    one = work_at(unit)
    first = cycle_of(one)
    cycle_of(one, 2, previous=first)
    planned = work_at(unit)
    cycle_of(planned, phase=Phase.PLAN)
    large = work_at(unit)
    cycle_of(large, scale=Scale.ALL)
    cycle_of(large, 2, scale=Scale.ONE_PERSON)
    guessed = work_at(unit)
    cycle_of(guessed, phase=Phase.DO, prediction=" ")
    unlearned = work_at(unit)
    before = cycle_of(unlearned, phase=Phase.DO)
    cycle_of(unlearned, 2, phase=Phase.DO, previous=before)
    for gaps in ((7, 7), (90, 90), (7,)):
        measured(started_work(at=unit), *gaps)
    works = list(Work.objects.all())

    asked = features_in(Work.objects.all())

    by_itself = {
        pk: {feature.name for feature in features if feature.is_met}
        for pk, features in features_of_works(works).items()
    }
    assert asked == by_itself
    assert asked[one.pk] == {"linked", "small_first", "predicted"}
    assert sum("over_time" in met for met in asked.values()) == 1


def test_a_corrected_value_changes_what_is_known_of_the_gaps(unit):
    work = started_work(at=unit)
    measured(work, 40, 40)
    assert "over_time" not in features_in(Work.objects.all())[work.pk]
    Measurement.objects.create(
        measure=work.followed.get().measure,
        taken_on=TODAY + dt.timedelta(days=50),
        value=5,
        recorded_by=work.memberships.first().person,
    )
    judge(work.followed.get().measure)
    assert work.followed.get().measure.verdict.usual_gap == 30
    assert "over_time" in features_in(Work.objects.all())[work.pk]


def test_works_are_counted_in_the_half_year_in_which_they_began(unit):
    for began in (SPRING, AUTUMN, AUTUMN):
        cycle_of(work_at(unit, began=began))
    halves = half_years_of(facts_of(Work.objects.all()))
    assert [(half.year, half.half, half.works) for half in halves] == [(2026, 1, 1), (2026, 2, 2)]
    assert together(halves).met["small_first"] == 3


def test_those_that_have_not_come_to_testing_are_not_counted(unit):
    tests = work_at(unit)
    for status in (WorkStatus.PLANNED, WorkStatus.PROPOSED):
        work_at(unit, status=status, is_confirmed=status != WorkStatus.PROPOSED)
    work_at(unit, status=WorkStatus.STOPPED, is_confirmed=False)
    assert list(that_have_tested(Work.objects.all())) == [tests]


def test_of_fewer_than_five_no_share_is_told():
    assert HalfYear(2026, 1, 4, dict.fromkeys(NAMES, 4)).share("linked") is None
    assert HalfYear(2026, 1, 5, dict.fromkeys(NAMES, 4)).share("linked") == 0.8


def test_works_that_lack_something_are_found_by_what_they_lack(unit):
    small = work_at(unit)
    cycle_of(small)
    large = work_at(unit)
    cycle_of(large, scale=Scale.ALL)
    facts = facts_of(Work.objects.all())
    assert lacking(facts) == [large.pk, small.pk]
    assert lacking(facts, "small_first") == [large.pk]
    assert lacking(facts, "no such") == [large.pk, small.pk]


# --- the page -------------------------------------------------------------------------------------


def test_few_works_are_said_to_be_few(client, unit, lead):
    cycle_of(work_at(unit))
    client.force_login(lead)
    text = client.get(PAGE).text
    assert "Bara 1 arbete" in text
    assert "1 av 1" in text
    assert "100\N{NO-BREAK SPACE}%" not in text


def test_shares_lines_and_those_that_lack_are_shown(client, unit, lead):
    for began in (SPRING, AUTUMN):
        for _ in range(5):
            cycle_of(work_at(unit, began=began))
    client.force_login(lead)
    text = client.get(PAGE).text
    assert "100\N{NO-BREAK SPACE}%" in text
    assert text.count("share-met") == 8
    assert "Andra halvåret 2026" in text
    assert "Ingen cykel bygger" in text
    assert "Inget av dem saknar det" in client.get(PAGE, {"lacks": "predicted"}).text


def test_it_is_narrowed_to_a_unit_and_what_belongs_to_it(client, unit, lead):
    below, beside = UnitFactory(parent=unit), UnitFactory(parent=unit)
    here, there = work_at(below, title="Här ute"), work_at(beside, title="Där borta")
    client.force_login(lead)
    text = client.get(PAGE, {"unit": below.pk}).text
    assert here.title in text
    assert there.title not in text


def test_one_sees_the_works_one_looks_after(client, unit, lead):
    elsewhere = work_at(UnitFactory(), title="Någon annans")
    client.force_login(lead)
    assert elsewhere.title not in client.get(PAGE).text


def test_who_looks_after_none_does_not_find_the_page(client, unit):
    client.force_login(employee(at=unit))
    assert client.get(PAGE).status_code == 404


def test_nothing_yet_is_said(client, lead):
    client.force_login(lead)
    assert "Inget arbete har kommit så långt" in client.get(PAGE).text


def test_one_work_or_three_cost_the_same(client, unit, lead):
    client.force_login(lead)
    asked = []
    for count in (1, 2):
        for _ in range(count):
            cycle_of(work_at(unit, began=timezone.localdate()))
        with CaptureQueriesContext(connection) as queries:
            client.get(PAGE)
        asked.append(len(queries))
    assert asked[0] == asked[1]
