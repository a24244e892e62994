"""The list of works: whose, which, in what order, and as a file."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from measures.models import MeasureVerdict
from organisation.permissions import Role
from programme.actions import charter, works
from programme.models import Effect, Origin, StrategicArea, Work
from tests.factories import (
    PersonFactory,
    UnitFactory,
    employee,
    person_with,
    proposed_work,
    started_work,
)

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2026, 9, 15, 12, tzinfo=dt.UTC)  # of TODAY


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: NOON)


def titles(client, **query):
    page = client.get(reverse("work-list"), query)
    return [row.card.work.title for row, _word in page.context["rows"]]


def named(work, title, **changes):
    Work.objects.filter(pk=work.pk).update(title=title, **changes)
    return work


@pytest.fixture
def below(unit):
    return UnitFactory(parent=unit)


def test_mine_those_near_and_all_that_one_may_see(client, unit, below):
    boss = person_with(Role.MANAGER, at=unit)
    elsewhere = UnitFactory(parent=unit)
    mine = named(proposed_work(at=below, by=employee(at=below)), "Mitt")
    works.add_member(work_id=mine.pk, person=boss, by=boss)
    named(proposed_work(at=elsewhere), "Annans")
    client.force_login(boss)
    assert titles(client, show="mine") == ["Mitt"]
    assert set(titles(client)) == set(titles(client, show="all")) == {"Mitt", "Annans"}
    nearby = employee(at=below)
    nearby.assignments.create(unit=unit, role=Role.COACH)
    client.force_login(nearby)
    assert set(titles(client, show="units")) == {"Mitt", "Annans"}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "fall"}, ["Färre fall"]),
        ({"status": "planned"}, ["Kontakt"]),
        ({"origin": Origin.OWN}, ["Färre fall"]),
        ({"effect": Effect.ACCESS}, ["Kontakt"]),
        ({"coach": "nobody"}, ["Färre fall"]),
        ({"sort": "title"}, ["Färre fall", "Kontakt"]),
        ({"sort": "-title"}, ["Kontakt", "Färre fall"]),
        ({"sort": "state"}, ["Färre fall", "Kontakt"]),
        ({"sort": "by"}, ["Kontakt", "Färre fall"]),
        ({"sort": "nonsense", "status": "nonsense"}, None),
        ({"q": "finns inte"}, []),
    ],
)
def test_what_narrows_and_sorts(client, unit, manager, query, found):
    proposed_work(at=unit)
    coach = PersonFactory()
    kept = named(started_work(at=unit, coach=coach), "Kontakt", effects=[Effect.ACCESS])
    client.force_login(manager)
    shown = titles(client, **query)
    assert shown == found if found is not None else len(shown) == 2
    assert titles(client, coach=coach.pk) == ["Kontakt"]
    area = StrategicArea.objects.create(name="Nära service")
    Work.objects.filter(pk=kept.pk).update(strategic_area=area)
    assert titles(client, area=area.pk) == ["Kontakt"]
    assert len(titles(client, unit=unit.pk)) == 2


def test_chips_say_what_the_list_is_narrowed_by(client, unit, manager):
    proposed_work(at=unit)
    client.force_login(manager)
    page = client.get(reverse("work-list"), {"status": "proposed", "origin": "own"})
    texts = [chip.text for chip in page.context["chips"]]
    assert texts == [
        "Läge: Föreslaget",
        "Vad det började med: Ett behov som enheten själv har sett",
    ]


def test_the_row_says_how_it_goes_in_a_word(client, unit, manager, work):
    measure = work.followed.get().measure
    MeasureVerdict.objects.update_or_create(measure=measure, defaults={"verdict": "better"})
    client.force_login(manager)
    assert "Förbättring" in client.get(reverse("work-list")).text


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_with_coaches_areas_and_verdicts(
    client, unit, count, django_assert_num_queries
):
    boss = person_with(Role.DEVELOPMENT_LEAD, at=unit)
    for number in range(count):
        work = started_work(at=unit, coach=PersonFactory())
        area = StrategicArea.objects.create(name=f"Område {number}")
        charter.change(work_id=work.pk, changes={"strategic_area": area}, by=boss)
        measure = work.followed.get().measure
        MeasureVerdict.objects.update_or_create(measure=measure, defaults={"verdict": "worse"})
    client.force_login(boss)
    # session, person, roles, employments, areas, coaches, count, works, names, verdicts,
    # cycles, reports, measures, newest, home
    with django_assert_num_queries(15):
        assert len(client.get(reverse("work-list")).context["rows"]) == count


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_list_is_taken_along_without_formulas(client, unit, manager, kind):
    named(started_work(at=unit), "=1+1")
    hidden = started_work(at=UnitFactory())
    client.force_login(manager)
    file = client.get(reverse(f"work-export-{kind}"))
    assert file.status_code == 200
    if kind == "csv":
        text = file.content.decode("utf-8-sig")
        assert "'=1+1" in text
        assert "Från 62 till 90" in text
        assert hidden.unit.name not in text
        assert len(text.splitlines()) == 2


def test_numbers_of_a_file_come_from_the_narrowed_list(client, unit, manager):
    proposed_work(at=unit)
    started_work(at=unit)
    client.force_login(manager)
    text = client.get(reverse("work-export-csv"), {"status": "proposed"}).content.decode()
    assert len(text.splitlines()) == 2


def test_whose_list_is_empty_learns_how_a_work_begins(client, stranger):
    client.force_login(stranger)
    page = client.get(reverse("work-list"))
    assert "ett behov som ni har sett" in page.text
    assert reverse("work-new") in page.text
