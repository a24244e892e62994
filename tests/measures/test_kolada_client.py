"""Kolada's client, against a Kolada that does what the real one does, on good days and bad."""

import time
from datetime import date

import msgspec
import pytest
from django.conf import settings as real_settings

from foundation.errors import Refused, Temporary
from measures.kolada.client import Client
from measures.kolada.items import DataItem, Outcome, ValueItem, day_of, outcomes
from measures.models import Gender, Status
from tests.config.fresh import settings_in
from tests.kolada.world import RAW

KPI = "N15505"
HOME = "0883"


def said(kolada, kpis=(KPI,), places=(HOME,), **how):
    """What the client says of them, in rows of ours."""
    with Client() as client:
        return [row for page in client.values(kpis, places, **how) for row in outcomes(page)]


def kpis_of(kolada):
    with Client() as client:
        return list(client.kpis())


def paths(kolada):
    return [address.partition("?")[0].removeprefix("/v3") for address in kolada.asked]


def test_no_test_asks_the_real_kolada(tmp_path):
    assert real_settings.KOLADA_URL == "http://127.0.0.1:9/v3"
    with pytest.raises(Temporary), Client(per_second=1000) as client:
        next(client.kpis())
    usual = settings_in({"DEMO": "yes", "VAR_DIR": str(tmp_path)})
    assert (usual.KOLADA_URL, usual.KOLADA_PER_SECOND) == ("https://api.kolada.se/v3", 5)


@pytest.fixture
def one_value(kolada):
    kolada.world.set(KPI, HOME, 2020, 217.4)
    return kolada


# --- pages and blocks --------------------------------------------------------------------------


@pytest.mark.parametrize(("count", "requests"), [(4999, 1), (5000, 1), (5001, 2), (10_001, 3)])
def test_every_page_is_read_also_at_the_border(kolada, count, requests):
    for number in range(count):
        kolada.world.add_kpi(f"N{number:05}")

    found = kpis_of(kolada)

    assert len({kpi.id for kpi in found}) == len(found) == count
    assert len(kolada.asked) == requests


def test_pages_come_one_at_a_time(kolada):
    for number in range(5001):
        kolada.world.add_kpi(f"N{number:05}")
    with Client() as client:
        next(client.kpis())
    assert len(kolada.asked) == 1


def test_values_fill_many_pages(kolada):
    """25 KPIs, 25 municipalities and 12 years are 7,500 items."""
    kpis = [f"N{n:05}" for n in range(25)]
    places = [f"{n:04}" for n in range(1, 26)]
    for kpi in kpis:
        kolada.world.add_kpi(kpi)
        for place in places:
            for year in range(2014, 2026):
                kolada.world.set(kpi, place, year, 1.0)

    found = said(kolada, kpis, places)

    assert len(set(found)) == len(found) == 7500
    assert len(kolada.asked) == 2


def test_never_more_than_25_of_a_sort_in_one_question(kolada):
    kolada.world.add_every_municipality()
    kpis = [f"N{n:05}" for n in range(26)]
    for kpi in kpis:
        kolada.world.add_kpi(kpi)
        for year in range(1995, 2026):
            kolada.world.set(kpi, "2584", year, 1.0)

    found = said(kolada, kpis, list(kolada.world.places("K")), years=range(1995, 2026))

    assert len(found) == 26 * 31
    assert len(kolada.asked) == 2 * 12 * 2  # 26 KPIs, 290 municipalities, 31 years
    for path in paths(kolada):
        assert all(len(ids.split(",")) <= 25 for ids in path.split("/"))


def test_groups_are_never_fetched(kolada):
    kolada.world.add_municipality(HOME)
    kolada.world.add_group("G2328", "Alla kommuner (ovägt medel)", HOME)
    kolada.world.set(KPI, HOME, 2020, 217.4)
    assert [row.place for row in said(kolada)] == [HOME]


def test_a_group_that_is_named_is_an_unweighted_mean(kolada):
    kolada.world.add_group("G9", "Två till (ovägt medel)", HOME, "0880", "0881")
    kolada.world.set(KPI, HOME, 2020, 200.0)
    kolada.world.set(KPI, "0880", 2020, 220.0)
    kolada.world.set(KPI, "0881", 2020, status="Missing")
    assert said(kolada, places=["G9"]) == [Outcome(KPI, "G9", 2020, Gender.ALL, 0, 210.0)]


def test_nothing_is_asked_for_nothing(kolada):
    assert said(kolada, places=[]) == said(kolada, kpis=[]) == said(kolada, years=[]) == []
    assert kolada.asked == []


@pytest.mark.parametrize(
    "host",
    [
        "http://127.0.0.1:9",
        "http://169.254.169.254",
        "http://localhost",
        "file://",
        "//[",
        "http://:x",
    ],
)
def test_a_next_page_elsewhere_is_not_followed(kolada, host):
    """Whoever answers must not lead us to addresses inside our own network."""
    for number in range(5001):
        kolada.world.add_kpi(f"N{number:05}")
    kolada.host = host
    with pytest.raises(Refused, match="inte är dess egen"):
        kpis_of(kolada)
    assert len(kolada.asked) == 1


def test_a_next_page_is_asked_for_the_way_the_first_was(kolada):
    """Behind a front Kolada may not know that it was asked over https, and name http."""
    for number in range(5001):
        kolada.world.add_kpi(f"N{number:05}")
    kolada.host = kolada.host.replace("http://", "https://")
    assert len(kpis_of(kolada)) == 5001


def test_pages_that_go_round_end(kolada):
    kolada.fail("round", times=9)
    with pytest.raises(Refused, match="inte är dess egen"):
        kpis_of(kolada)
    assert len(kolada.asked) == 1


# --- the catalogue -----------------------------------------------------------------------------


def test_the_catalogue_is_read(kolada):
    kolada.world.add_kpi(KPI, "Elever i åk 9,  meritvärde", has_ou_data=True, auspice=None)
    kolada.world.add_municipality(HOME, "Västervik")
    kolada.world.add_group("G36127", "Liknande kommuner grundskola, Västervik, 2024", HOME)
    kolada.world.add_kpi_group("GKPI118", "KKiK alla mått", KPI)
    kolada.world.add_unit("V15E27459423", HOME, "Ellen Keyskolan")
    kolada.world.add_unit("V15E11111111", "0880", "En annan skola")

    with Client() as client:
        (kpi,), (place,) = client.kpis(), client.municipalities()
        (group,), (of_kpis,) = client.municipality_groups(), client.kpi_groups()
        (unit,) = client.units([HOME])

    assert (kpi.id, kpi.title) == (KPI, "Elever i åk 9, meritvärde")
    assert (kpi.has_ou_data, kpi.auspice, kpi.publ_period) == (True, None, "2025")
    assert day_of(kpi.publication_date) == date(2026, 2, 27)
    assert (place.id, place.title, place.type) == (HOME, "Västervik", "K")
    assert [(m.member_id, m.member_title) for m in group.members] == [(HOME, "Västervik")]
    assert [m.member_id for m in of_kpis.members] == [KPI]
    assert (unit.id, unit.title, unit.municipality) == ("V15E27459423", "Ellen Keyskolan", HOME)


def test_units_are_asked_for_by_municipality_and_no_others_are_taken(kolada):
    for number in range(60):
        kolada.world.add_unit(f"V15E{number:08}", f"{number:04}")
    with Client() as client:
        found = list(client.units([f"{number:04}" for number in range(30)]))
    assert [unit.municipality for unit in found] == [f"{number:04}" for number in range(30)]
    assert len(kolada.asked) == 2


@pytest.mark.parametrize(
    "title",
    [
        "Elever i årskurs 9 på Öland",
        "PM2.5 (partiklar <2.5 µm), dygnsmedel",
        "Café & <b>å</b>",
        "Ã",
    ],
)
def test_a_title_comes_as_it_was_written(kolada, title):
    kolada.world.add_kpi("N1", title)
    kolada.world.add_kpi("N2", title.encode().decode("latin-1"))  # encoded twice on its way
    kolada.world.add_kpi("N3", title.encode().decode("cp1252"))  # or so, by Windows
    assert [kpi.title for kpi in kpis_of(kolada)] == [title] * 3


def test_a_literal_line_break_in_a_description_becomes_one(kolada):
    kolada.world.add_kpi(KPI, description="Första raden.\\nAndra. Källa: SCB.")
    assert kpis_of(kolada)[0].description == "Första raden.\nAndra. Källa: SCB."


def test_a_day_that_is_none_is_no_day():
    assert (day_of(None), day_of(""), day_of("2026-02-30")) == (None, None, None)


# --- values ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["behorighet", "gymnasieexamen", "hemtjanst", "resultat",
                                  "nettokostnadsavvikelse"])  # fmt: skip
def test_real_answers_are_read_whole(kolada, name):
    answer = kolada.world.add_raw(name)
    sent = [
        (item["kpi"], item["municipality"], item["period"], v["gender"], v["value"])
        for item in answer["values"]
        for v in item["values"]
    ]
    kpi = answer["values"][0]["kpi"]
    places = sorted({item["municipality"] for item in answer["values"]})

    found = said(kolada, [kpi], places)

    letters = {Gender.ALL: "T", Gender.WOMEN: "K", Gender.MEN: "M"}
    assert sorted(sent, key=str) == sorted(
        ((r.kpi, r.place, r.year, letters[r.gender], r.value) for r in found), key=str
    )
    assert all((row.value is None) == (row.status == Status.MISSING) for row in found)
    assert len(answer["values"]) == answer["count"]


def test_real_answers_are_decoded_as_they_lie(kolada):
    """The bytes as they were sent, but for the mark that the tool put in front."""
    for path in RAW.glob("*.json"):
        answer = msgspec.json.decode(path.read_bytes().removeprefix(b"\xef\xbb\xbf"))
        items = msgspec.convert(answer["values"], list[DataItem])
        assert len(items) == answer["count"]


@pytest.mark.parametrize(
    ("value", "status", "expected"),
    [
        (89.0, "", (Status.HAS_VALUE, 89.0)),
        (0, "", (Status.HAS_VALUE, 0.0)),
        (89.0, None, (Status.HAS_VALUE, 89.0)),
        (None, "Missing", (Status.MISSING, None)),
        (None, "Not applicable", (Status.NOT_APPLICABLE, None)),
        (None, "Privacy", (Status.SECRET, None)),
        (12.5, "Privacy", (Status.SECRET, None)),  # sent so in 2023: never show such a value
        (12.5, "Missing", (Status.MISSING, None)),
        (None, "", (Status.MISSING, None)),
        (12.5, "Something new", (Status.MISSING, None)),
    ],
)
def test_a_status_is_believed_before_a_value(kolada, value, status, expected):
    kolada.world.set(KPI, HOME, 2023, value, status=status)
    (row,) = said(kolada)
    assert (row.status, row.value) == expected


def test_all_three_genders_may_be_missing(kolada):
    for gender in "KMT":
        kolada.world.set(KPI, HOME, 2023, gender=gender, status="Missing")
    assert [(row.gender, row.status) for row in said(kolada)] == [
        (Gender.WOMEN, Status.MISSING),
        (Gender.MEN, Status.MISSING),
        (Gender.ALL, Status.MISSING),
    ]


def test_there_may_be_a_total_without_women_and_men_and_outside_both(kolada):
    kolada.world.set(KPI, HOME, 2012, 88.0)
    for gender, value in {"K": 90.0, "M": 92.0, "T": 92.4}.items():
        kolada.world.set(KPI, HOME, 2013, value, gender=gender)
    assert [(row.year, row.gender, row.value) for row in said(kolada)] == [
        (2012, Gender.ALL, 88.0),
        (2013, Gender.WOMEN, 90.0),
        (2013, Gender.MEN, 92.0),
        (2013, Gender.ALL, 92.4),
    ]


def test_a_gender_that_we_do_not_know_is_passed_over():
    item = DataItem(KPI, 2020, [ValueItem("X", 1.0), ValueItem("T", 2.0)], municipality=HOME)
    assert list(outcomes([item])) == [Outcome(KPI, HOME, 2020, Gender.ALL, 0, 2.0)]


def test_a_deleted_value_is_withdrawn(kolada):
    kolada.world.set(KPI, HOME, 2020, 217.4)
    kolada.world.withdraw(KPI, HOME, 2020)
    assert [(row.status, row.value) for row in said(kolada)] == [(Status.WITHDRAWN, None)]


def test_only_what_has_changed_since_a_day(kolada):
    kolada.world.on = date(2026, 1, 10)
    for year in (2020, 2021, 2022):
        kolada.world.set(KPI, HOME, year, 1.0)
    kolada.world.on = date(2026, 2, 1)
    kolada.world.set(KPI, HOME, 2021, 2.0)
    kolada.world.withdraw(KPI, HOME, 2022)

    found = said(kolada, since=date(2026, 2, 1))

    assert [(row.year, row.status, row.value) for row in found] == [
        (2021, Status.HAS_VALUE, 2.0),
        (2022, Status.WITHDRAWN, None),
    ]
    assert said(kolada, since=date(2026, 2, 2)) == []


def test_of_what_is_retired_or_not_yet_published_nothing_is_said(kolada):
    kolada.world.add_kpi(KPI)
    kolada.world.set(KPI, HOME, 2020, 217.4)
    assert said(kolada, years=[2031]) == []
    kolada.world.retire(KPI)
    assert said(kolada) == said(kolada, kpis=["N99999"]) == []
    assert kpis_of(kolada) == []


def test_units_have_values_of_their_own(kolada):
    for year in (2023, 2024):
        kolada.world.set("N15820", "V15E088302301", year, 50.0 + year)
    kolada.world.add_unit("V15E088302301", HOME)
    with Client() as client:
        pages = list(client.unit_values(["N15820"], ["V15E088302301"], years=[2024]))
    assert [(row.place, row.value) for row in outcomes(pages[0])] == [("V15E088302301", 2074.0)]
    assert paths(kolada) == ["/oudata/kpi/N15820/ou/V15E088302301/year/2024"]


# --- manners -----------------------------------------------------------------------------------


def test_no_more_questions_a_second_than_is_said(one_value, settings):
    settings.KOLADA_PER_SECOND = 20
    places = [f"{n:04}" for n in range(25 * 7)]  # seven questions
    began = time.monotonic()
    said(one_value, places=places)
    assert len(one_value.asked) == 7
    assert time.monotonic() - began >= 6 / 20


def test_kolada_is_told_who_asks(one_value):
    said(one_value)
    assert all(agent.startswith("Forbattringshjulet") for agent in one_value.agents)
