"""The tab with the tests: board, time and spiral say the same of the same tests."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from programme.models import Cycle, Phase
from programme.queries.cycle_board import board_of, chains_of, cycles_of, time_of
from tests.factories import TODAY, cycle_in

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2026, 9, 15, 12, tzinfo=dt.UTC)  # of TODAY
WAYS = ("tavla", "tid", "spiral")


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    """The pages read the clock; here it stands still."""
    monkeypatch.setattr(timezone, "now", lambda: NOON)


@pytest.fixture
def page(work):
    return reverse("work-cycles", args=[work.pk])


def test_each_test_stands_in_the_column_of_its_phase(work, leader):
    for phase in Phase:
        cycle_in(work, phase, by=leader)
    columns = board_of(cycles_of(work), TODAY)
    assert [column.phase for column in columns] == list(Phase)
    assert all(len(column.cards) == 1 for column in columns)


def test_what_has_been_open_long_says_so(work, leader):
    cycle_in(work, Phase.DO, by=leader)
    later = TODAY + dt.timedelta(days=29)
    assert board_of(cycles_of(work), TODAY)[1].cards[0].weeks == 0
    assert board_of(cycles_of(work), later)[1].cards[0].weeks == 4


def test_time_goes_from_the_first_plan_to_today(work, leader):
    cycle_in(work, Phase.CLOSED, by=leader, on=TODAY - dt.timedelta(days=90))
    cycle_in(work, Phase.DO, by=leader, on=TODAY - dt.timedelta(days=5))
    rows, first, last = time_of(cycles_of(work), TODAY)
    assert (first, last) == (TODAY - dt.timedelta(days=90), TODAY)
    assert [row.days for row in rows] == [3, 5]


def test_without_tests_time_is_today(work):
    assert time_of([], TODAY) == ([], TODAY, TODAY)


def test_tests_of_an_idea_and_what_builds_on_them_are_one_spiral(work, leader):
    primary = work.drivers.create(kind="primary", text="Trygghet")
    idea = work.drivers.create(kind="change", text="Lapp", parent=primary)
    one, two, three, four = (cycle_in(work, by=leader) for _ in range(4))
    Cycle.objects.filter(pk__in=[one.pk, four.pk]).update(change=idea)
    Cycle.objects.filter(pk=two.pk).update(previous=one)
    chains = chains_of(cycles_of(work))
    assert [[cycle.number for cycle in chain] for chain in chains] == [[1, 2, 4], [3]]


def test_a_work_without_tests_says_how_to_begin(client, page, leader):
    client.force_login(leader)
    assert "Inga tester än" in client.get(page).text


@pytest.mark.parametrize(
    ("way", "shows"), [("tavla", "board__card"), ("tid", "time-row"), ("spiral", 'class="spiral"')]
)
def test_every_way_shows_the_tests(client, page, work, leader, way, shows):
    cycle = cycle_in(work, Phase.CLOSED, by=leader)
    client.force_login(leader)
    text = client.get(page, {"visa": way}).text
    assert shows in text
    assert reverse("cycle-detail", args=[cycle.pk]) in text
    assert "Tecken på bra tester: " in text


def test_only_the_tests_are_fetched_when_one_looks_another_way(client, page, work, leader):
    cycle_in(work, Phase.CLOSED, by=leader)
    client.force_login(leader)
    answer = client.get(page, {"visa": "tid"}, headers={"HX-Request": "true", "HX-Target": "tests"})
    assert answer.text.lstrip().startswith('<section id="tests"')


@pytest.mark.parametrize("way", WAYS)
def test_the_page_costs_the_same_however_many_tests(client, page, work, leader, way):
    client.force_login(leader)
    cycle_in(work, Phase.CLOSED, by=leader)
    client.get(page, {"visa": way})
    counts = []
    for _more in range(3):
        with CaptureQueriesContext(connection) as queries:
            client.get(page, {"visa": way})
        counts.append(len(queries))
        cycle_in(work, Phase.CLOSED, by=leader)
    assert counts[0] == counts[1] == counts[2] <= 12
