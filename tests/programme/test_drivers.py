"""The driver diagram: what hangs where, who may draw, and what has been tested stays."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from foundation.errors import Refused
from organisation.permissions import Role
from programme.actions import cycles, drivers
from programme.models import Driver, Phase
from tests.factories import PLAN, TODAY, cycle_in, person_with, started_work

pytestmark = pytest.mark.django_db


@pytest.fixture
def add(work, leader):
    def one(text, kind="primary", on=None):
        return drivers.add(
            work_id=work.pk, parent_id=on.pk if on else None, kind=kind, text=text, by=leader
        )

    return one


@pytest.fixture
def primary(add):
    return add("Alla känner sin kontakt")


def order(work, parent=None):
    return [box.text for box in work.drivers.filter(parent=parent)]


def tried_out(change, leader):
    cycle = cycle_in(change.work, Phase.CLOSED, by=leader)
    type(cycle).objects.filter(pk=cycle.pk).update(change=change)
    return cycle


# --- what hangs where -----------------------------------------------------------------------------


def test_from_the_aim_to_what_can_be_tested(add, primary, work):
    secondary = add("Kontakten syns", "secondary", primary)
    change = add("Lapp på dörren", "change", secondary)
    straight = add("Ring första dagen", "change", primary)
    assert [change.parent, straight.parent] == [secondary, primary]
    assert order(work, primary) == ["Kontakten syns", "Ring första dagen"]


def test_nothing_else_hangs_together(add, primary):
    secondary = add("Kontakten syns", "secondary", primary)
    change = add("Lapp", "change", secondary)
    for kind, on in (
        ("primary", primary),
        ("secondary", None),
        ("change", None),
        ("secondary", secondary),
        ("change", change),
        ("nonsense", primary),
    ):
        with pytest.raises(Refused, match="kan inte hänga där"):
            add("Fel", kind, on)


def test_a_second_click_adds_nothing(add, work):
    assert add("Samma") == add("Samma")
    assert work.drivers.count() == 1


def test_there_is_room_for_so_many_that_one_sees_them(add, work, primary):
    more = [
        Driver(work=work, parent=primary, kind="change", text=f"Idé {n}")
        for n in range(Driver.MOST_PER_WORK - 1)
    ]
    Driver.objects.bulk_create(more)
    with pytest.raises(Refused, match="rymmer 60 rutor"):
        add("En till", "change", primary)


def test_boxes_change_places(add, work, leader):
    one, _two, three = add("1"), add("2"), add("3")
    drivers.shift(driver_id=three.pk, by_places=-1, by=leader)
    assert order(work) == ["1", "3", "2"]
    drivers.shift(driver_id=one.pk, by_places=-1, by=leader)  # is first already
    assert order(work) == ["1", "3", "2"]
    drivers.shift(driver_id=one.pk, by_places=1, by=leader)
    assert order(work) == ["3", "1", "2"]


def test_a_box_is_written_anew_and_hung_elsewhere_with_all_its_own(add, work, leader, primary):
    other = add("Något annat")
    secondary = add("Kontakten syns", "secondary", primary)
    change = add("Lapp", "change", secondary)
    drivers.change(driver_id=secondary.pk, text="Den syns", parent_id=other.pk, by=leader)
    change.refresh_from_db()
    assert order(work, other) == ["Den syns"]
    assert change.parent == secondary
    with pytest.raises(Refused, match="kan inte hänga där"):
        drivers.change(driver_id=secondary.pk, text="x", parent_id=change.pk, by=leader)
    with pytest.raises(Refused, match="kan inte hänga där"):
        drivers.change(driver_id=secondary.pk, text="x", parent_id=None, by=leader)


def test_a_box_goes_with_all_that_hangs_on_it(add, work, leader, primary):
    add("Lapp", "change", add("Kontakten syns", "secondary", primary))
    drivers.delete(driver_id=primary.pk, by=leader)
    assert work.drivers.count() == 0


def test_what_has_been_tested_stays(add, work, leader, primary):
    change = add("Lapp", "change", primary)
    tried_out(change, leader)
    for box in (change, primary):
        with pytest.raises(Refused, match="har testats"):
            drivers.delete(driver_id=box.pk, by=leader)
    assert work.drivers.count() == 2


def test_strangers_draw_nothing(work, stranger, primary):
    for draw in (
        lambda: drivers.add(work_id=work.pk, parent_id=None, kind="primary", text="x", by=stranger),
        lambda: drivers.change(driver_id=primary.pk, text="x", parent_id=None, by=stranger),
        lambda: drivers.shift(driver_id=primary.pk, by_places=1, by=stranger),
        lambda: drivers.delete(driver_id=primary.pk, by=stranger),
    ):
        with pytest.raises(Refused, match="teamet"):
            draw()


def test_the_database_lets_no_box_stand_wrong(add, work, leader, primary, unit):
    change = add("Lapp", "change", primary)
    elsewhere = started_work(at=unit)
    for wrong in (
        {"work": work, "parent": change, "kind": "change", "text": "x"},
        {"work": elsewhere, "parent": primary, "kind": "secondary", "text": "x"},
    ):
        with pytest.raises(IntegrityError, match="cannot stand"), transaction.atomic():
            Driver.objects.create(**wrong)


@pytest.mark.parametrize("which", ["primary", "elsewhere"])
def test_the_database_lets_a_test_be_of_a_change_idea_of_its_own_work(
    add, work, leader, primary, unit, which
):
    other = started_work(at=unit, leader=leader)
    cycle = cycle_in(other if which == "elsewhere" else work, by=leader)
    change = primary if which == "primary" else add("Lapp", "change", primary)
    with pytest.raises(IntegrityError, match="no change idea"), transaction.atomic():
        type(cycle).objects.filter(pk=cycle.pk).update(change=change)


# --- the page -------------------------------------------------------------------------------------


def test_the_diagram_is_written_on_its_page(client, work, leader):
    client.force_login(leader)
    page = reverse("work-drivers", args=[work.pk])
    assert "Lägg till en primär påverkansfaktor" in client.get(page).text
    assert 'class="drivers"' not in client.get(page).text

    answers = {"on": "0", "box-text": "Alla känner sin kontakt", "box-kind": "primary"}
    client.post(reverse("driver-add", args=[work.pk]), answers)
    primary = work.drivers.get()
    assert 'name="box-kind"' in client.get(page, {"ny": primary.pk}).text
    assert 'value="Alla känner' in client.get(page, {"andra": primary.pk}).text

    client.post(
        reverse("driver-add", args=[work.pk]),
        {"on": primary.pk, "box-text": "Lapp på dörren", "box-kind": "change"},
    )
    text = client.get(page).text
    assert 'class="drivers"' in text
    assert f"?change={work.drivers.get(kind='change').pk}" in text


def test_a_refused_box_keeps_what_was_typed(client, work, leader):
    client.force_login(leader)
    long = "x" * 200
    answer = client.post(
        reverse("driver-add", args=[work.pk]),
        {"on": "0", "box-text": long, "box-kind": "primary"},
    )
    assert answer.status_code == 422
    assert long in answer.text


def test_only_the_list_is_fetched_anew(client, work, leader, primary):
    client.force_login(leader)
    answer = client.post(
        reverse("driver-step", args=[primary.pk, "upp"]),
        headers={"HX-Request": "true", "HX-Target": "drivers"},
    )
    assert answer.status_code == 200
    assert answer.text.lstrip().startswith('<div id="drivers"')


def test_how_it_went_is_shown_at_the_idea(client, add, work, leader, primary):
    change = add("Lapp", "change", primary)
    tried_out(change, leader)
    client.force_login(leader)
    assert "Testad 1 gång · Infördes" in client.get(reverse("work-drivers", args=[work.pk])).text


def test_an_idea_is_tested_from_the_diagram(client, add, work, leader, primary):
    change = add("Lapp", "change", primary)
    client.force_login(leader)
    plan = client.get(reverse("cycle-plan", args=[work.pk]), {"change": change.pk}).text
    assert f'<option value="{change.pk}" selected' in plan


def test_taking_a_box_away_is_asked_about(client, add, work, leader, primary):
    add("Lapp", "change", primary)
    client.force_login(leader)
    address = reverse("driver-delete", args=[primary.pk])
    assert "1 ruta som hänger på den" in client.get(address).text
    client.post(address)
    assert work.drivers.count() == 0


def test_who_only_reads_gets_no_tools(client, work, unit, primary):
    client.force_login(person_with(Role.COACH, at=unit))  # of the unit, but not in this team
    text = client.get(reverse("work-drivers", args=[work.pk])).text
    assert "Alla känner sin kontakt" in text
    assert "driver-tools" not in text


@pytest.mark.parametrize("at", ["999", "x", "9" * 40])
def test_odd_addresses_do_no_harm(client, work, leader, primary, at):
    client.force_login(leader)
    answer = client.get(reverse("work-drivers", args=[work.pk]), {"andra": at})
    assert answer.status_code in (200, 404)


def test_the_page_costs_the_same_however_many_boxes(client, add, work, leader, primary):
    client.force_login(leader)
    page = reverse("work-drivers", args=[work.pk])
    client.get(page)
    counts = []
    for number in range(3):
        with CaptureQueriesContext(connection) as queries:
            client.get(page)
        counts.append(len(queries))
        change = add(f"Idé {number}", "change", add(f"Sekundär {number}", "secondary", primary))
        cycles.plan(
            work_id=work.pk, plan=cycles.Plan(PLAN.question, change=change), on=TODAY, by=leader
        )
    assert counts[0] == counts[1] == counts[2] <= 12
