"""The stand-in does what is known of Kolada, asked as anybody may ask it."""

from datetime import date

import httpx
import pytest

from .stand_in import made_up

KPI, HOME, NEIGHBOUR = "N15505", "0883", "0880"


@pytest.fixture
def ask(kolada):
    world = kolada.world
    world.add_kpi(KPI, "Meritvärde åk 9")
    world.add_municipality(HOME, "Västervik")
    world.add_municipality(NEIGHBOUR, "Kalmar")
    world.add_municipality("0008", "Region Kalmar län", "L")
    world.add_group("G1", "Två kommuner (ovägt medel)", HOME, NEIGHBOUR)
    world.add_unit("V15E1", HOME, "Skolan")
    world.set(KPI, HOME, 2020, 200.0)
    world.set(KPI, NEIGHBOUR, 2020, 220.0)
    world.set(KPI, "0008", 2020, 230.0)
    world.set(KPI, "V15E1", 2020, 190.0)
    return lambda address: httpx.get(kolada.url + address)


def places(answer):
    return [item["municipality"] for item in answer.json()["values"]]


def test_an_answer_looks_as_a_real_one(ask):
    answer = ask(f"/data/kpi/{KPI}/municipality/{HOME}/year/2020")
    assert answer.headers["Content-Type"] == "application/json"
    assert "Access-Control-Allow-Origin" not in answer.headers
    assert answer.content == (
        b'{"values":[{"values":[{"gender":"T","count":1,"status":"","value":200.0,'
        b'"isdeleted":false}],"kpi":"N15505","period":2020,"municipality":"0883"}],'
        b'"next_url":null,"previous_url":null,"count":1}'
    )


def test_groups_come_when_no_place_is_named(ask):
    answer = ask(f"/data/kpi/{KPI}/year/2020")
    assert places(answer) == ["0008", NEIGHBOUR, HOME, "G1"]
    (mean,) = answer.json()["values"][-1]["values"]
    assert (mean["value"], mean["count"]) == (210.0, 2)
    assert places(ask(f"/data/kpi/{KPI}/year/2020?region_type=K")) == [NEIGHBOUR, HOME]


@pytest.mark.parametrize(
    "address",
    [
        f"/data/kpi/{KPI}/municipality/{HOME}",
        f"/data/municipality/{HOME}/kpi/{KPI}/year/2020,2021",
        f"/data/municipality/{HOME}/year/2020",
        f"/data/?kpi_id={KPI}&municipality_id={HOME}",
    ],
)
def test_a_value_is_found_in_many_ways(ask, address):
    assert places(ask(address)) == [HOME]


def test_wrong_names_in_the_query_are_passed_over(ask):
    answer = ask(f"/data/?kpi_id={KPI}&year=2020&municipality={HOME}&foo=1")
    assert len(answer.json()["values"]) == 4
    assert len(ask("/municipality?name=Kalmar").json()["values"]) == 3


def test_titles_are_sought_without_regard_to_case(ask):
    assert [m["id"] for m in ask("/municipality?title=kalmar").json()["values"]] == ["0008", "0880"]
    assert ask("/municipality?region_type=L").json()["count"] == 1
    assert ask(f"/ou?municipality={HOME},{NEIGHBOUR}").json()["count"] == 1
    assert ask("/ou?municipality=0114").json()["count"] == 0
    assert ask(f"/kpi/{KPI},N99999").json()["count"] == 1


def test_units_are_asked_for_in_the_same_way(ask):
    (item,) = ask(f"/oudata/kpi/{KPI}/ou/V15E1").json()["values"]
    assert (item["ou"], item["values"][0]["value"]) == ("V15E1", 190.0)


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("/data/kpi/{}/year/2020".format(",".join(["N00001"] * 26)), 422),
        (f"/data/kpi/{KPI}/year/{','.join(map(str, range(1990, 2016)))}", 422),
        (f"/data/kpi/{KPI}/year/twenty", 422),
        (f"/data/kpi/{KPI}/year/2020?from_date=1/2", 422),
        ("/data/kpi/" + KPI, 422),
        ("/kpi?per_page=5001", 422),
        ("/kpi?page=two", 422),
        ("/nothing", 404),
        (f"/data/kpi/{KPI}/town/{HOME}", 404),
    ],
)
def test_what_is_asked_wrongly_is_refused(ask, address, code):
    answer = ask(address)
    assert answer.status_code == code
    assert "detail" in answer.json()


def test_pages_name_the_next_and_the_one_before(ask):
    first = ask("/municipality?per_page=2").json()
    second = httpx.get(first["next_url"]).json()
    assert [m["id"] for m in first["values"] + second["values"]] == ["0008", NEIGHBOUR, HOME]
    assert (first["previous_url"], second["next_url"]) == (None, None)
    assert (first["count"], second["count"]) == (2, 1)
    assert httpx.get(second["previous_url"]).json() == first


def test_deleted_values_may_be_shown_only_to_who_asks_for_changes(ask, kolada):
    kolada.world.on = date(2026, 3, 1)
    kolada.world.withdraw(KPI, HOME, 2020)
    kolada.world.shows_deleted = False
    address = f"/data/kpi/{KPI}/municipality/{HOME}"
    assert ask(address).json()["values"] == []
    (item,) = ask(f"{address}?from_date=2026-03-01").json()["values"]
    assert (item["values"][0]["isdeleted"], item["values"][0]["value"]) == (True, None)


def test_it_can_be_changed_from_outside(ask, kolada):
    wish = {
        "set": [{"kpi": KPI, "place": HOME, "year": 2021, "value": 205.5}],
        "faults": [{"kind": "500", "times": 1}],
    }
    assert httpx.post(f"{kolada.host}/control", json=wish).status_code == 200
    address = f"/data/kpi/{KPI}/municipality/{HOME}/year/2021"
    assert ask(address).status_code == 500
    assert ask(address).json()["values"][0]["values"][0]["value"] == 205.5


def test_a_made_up_world_is_the_same_each_time():
    one, other = made_up(kpis=2, years=1), made_up(kpis=2, years=1)
    assert len(one.municipalities) == 312
    assert [one.cells("N00001", HOME, 2025), one.years("N00001")] == [
        other.cells("N00001", HOME, 2025), [2025],
    ]  # fmt: skip
    assert list(one.cells("N00001", HOME, 2025)) == ["K", "M", "T"]
