"""The pages of the quality viewer: what they show, cost and do not find."""

import pytest
from django.urls import reverse
from django.utils import translation

from measures.models import Good, QualityArea, Status
from measures.queries import kpi_summary, red_measures
from organisation.permissions import Role
from tests.factories import (
    KpiFactory,
    UnitFactory,
    employee,
    home_of,
    measure_of,
    person_with,
    said,
    service_units,
    unit_said,
)
from tests.reading import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(where, client):
    unit = home_of(where[0])
    client.force_login(employee(at=unit))
    return unit


@pytest.fixture
def area(home, where):
    """One measure of two KPIs: ours is worst in the first and best in the second."""
    worst, best = (
        KpiFactory(short_title="Trygga elever"),
        KpiFactory(short_title="Nöjda elever", decimals=0),
    )
    measure = measure_of(worst, best, name="Trivsel")
    for year, (low, high) in {2018: (60, 90), 2019: (62, 95), 2020: (64, 98)}.items():
        said(worst, where, [low, 80, 81, 82], year=year)
        said(best, where, [high, 70, 71, 72], year=year)
    return measure.area


# --- the areas ---------------------------------------------------------------------------------


def test_the_first_page_says_how_it_goes_in_each_area(client, area):
    page = client.get(reverse("quality"))
    assert "Det enda mått som kan jämföras 2020 ligger i landets bästa fjärdedel." in text_of(page)
    assert "Trivsel har blivit bättre två år i rad." in text_of(page)
    assert "Källa: Kolada. Rang, färg och differens: egen bearbetning" in text_of(page)


def test_without_a_municipality_it_says_what_is_lacking(client):
    client.force_login(employee(at=UnitFactory()))
    assert "Vilken är er kommun?" in client.get(reverse("quality")).text


def test_an_area_without_values_is_on_its_way(client, area):
    coming = measure_of(KpiFactory()).area
    assert "Inga uppgifter ännu" in client.get(reverse("area-detail", args=[coming.slug])).text
    assert "På väg" in client.get(reverse("quality")).text


def test_who_looks_after_the_viewer_is_led_to_fetch_what_is_lacking(client, area, home):
    coming = measure_of(KpiFactory(), name="Mat").area
    empty = QualityArea.objects.create(slug="tomt", name="Gymnasium", position=9)
    page = client.get(reverse("quality"))
    assert "Uppgifterna har inte hämtats från Kolada ännu." in text_of(page)
    assert "Gymnasium Det har inga kvalitetsmått ännu." in text_of(page)
    assert reverse("import-list") not in page.text
    client.force_login(person_with(Role.QUALITY_LEAD, at=home))
    for address in (reverse("quality"), reverse("area-detail", args=[coming.slug])):
        assert f'href="{reverse("import-list")}"' in client.get(address).text
    assert empty.name in client.get(reverse("area-detail", args=[empty.slug])).text


def test_a_manager_finds_the_own_unit_first_and_starts_an_improvement_from_it(
    client, home, where, area
):
    school = UnitFactory(name="Ekskolan", parent=home)
    own = KpiFactory(short_title="Trygga på rasten", decimals=0)
    measure_of(own, area=area, name="Rast", position=2)
    units = service_units(where[0], "Ekskolan", "Granskolan", "Tallskolan")
    units[0].unit = school
    units[0].save()
    unit_said(own, units, [60, 80, 90])
    client.force_login(person_with(Role.MANAGER, at=school))

    page = client.get(reverse("quality"))

    assert text_of(page).index("Din egen enhet") < text_of(page).index("Område")
    assert "Trygga på rasten Ekskolan 2020 · nummer 3 av våra 3 enheter" in text_of(page)
    assert f'href="{reverse("idea-create")}?kpi={own.code}&amp;unit={school.pk}"' in page.text


def test_an_area_whose_measures_come_in_other_years_opens_at_one_that_is_recent(
    client, home, where
):
    old, new = KpiFactory(), KpiFactory()
    area = measure_of(old).area
    measure_of(old, area=area, name="Gammalt", position=2)
    measure_of(new, area=area, name="Nytt", position=3)
    said(old, where, [1, 2, 3, 4], year=2008)
    said(new, where, [1, 2, 3, 4], year=2020)
    assert client.get(reverse("quality")).context["cards"][0].year == 2020


@pytest.mark.parametrize("count", [1, 3])
def test_the_first_page_costs_the_same_however_many_areas(
    client, home, where, count, django_assert_num_queries
):
    for _ in range(count):
        kpi = KpiFactory()
        measure_of(kpi)
        said(kpi, where, [1, 2, 3, 4])
    # session, person, roles, employments, home unit, municipality, areas, measures, parts, kpis,
    # national values, places, values; the same of measures, 2
    with django_assert_num_queries(13):
        page = client.get(reverse("quality"))
    assert len(page.context["cards"]) == count


# --- one area ----------------------------------------------------------------------------------


def test_level_one_shows_measures_and_level_two_their_kpis(client, area):
    address = reverse("area-detail", args=[area.slug])
    one, two = client.get(address), client.get(address, {"niva": "2"})
    assert [row.name for row in one.context["rows"]] == ["Trivsel"]
    assert [row.name for row in two.context["rows"]] == [
        "Trivsel",
        "Trygga elever",
        "Nöjda elever",
    ]


def test_a_measure_is_opened_and_closed_in_place(client, area):
    address = reverse("area-detail", args=[area.slug])
    closed = client.get(address).context["rows"]

    opened = client.get(address + closed[0].toggle).context["rows"]
    again = client.get(address + opened[0].toggle).context["rows"]

    assert [len(closed), len(opened), len(again)] == [1, 3, 1]


def test_level_three_shows_rank_and_difference_with_sign(client, area):
    rows = client.get(reverse("area-detail", args=[area.slug]), {"niva": "3"}).context["rows"]
    whole, worst, best = rows
    shown = [[(cell.place, cell.difference) for cell in row.cells] for row in rows]
    assert shown[1] == [("4 av 4", "−15,8"), ("4 av 4", "−14,3"), ("4 av 4", "−12,8")]  # 64 − 76.75
    assert shown[2][-1] == ("1 av 4", "+20")  # 98 − 77.75 = 20.25
    assert shown[0][-1] == ("1 av 4", "+4")  # (−12.75 + 20.25) / 2 = 3.75
    assert [cell.verdict for cell in best.cells] == ["good", "good", "good"]
    assert [cell.value for cell in whole.cells] == ["75", "79", "81"]
    assert [cell.verdict for cell in worst.cells] == ["bad", "bad", "bad"]


def test_the_page_names_the_national_value_it_uses(client, area):
    address = reverse("area-detail", args=[area.slug])
    mean = client.get(address, {"niva": "3"})
    weighted = client.get(address, {"niva": "3", "mot": "riket"})
    assert "Differens: Kommun 0 minus kommunernas ovägda medel." in text_of(mean)
    assert "Differens: Kommun 0 minus rikets vägda värde." in text_of(weighted)
    last = [row.cells[-1].difference for row in weighted.context["rows"]]
    assert last == ["–"] * 3  # Riket is not known


def test_other_years_are_reached_and_nonsense_in_the_address_is_left(client, area):
    address = reverse("area-detail", args=[area.slug])
    assert client.get(address, {"ar": "2019"}).context["view"].shown == (2017, 2018, 2019)
    nonsense = {"ar": "förr", "niva": "9", "mot": "x", "vand": "²", "antal": "-1", "kon": "X"}
    odd = client.get(address, nonsense | {"grupp": "x", "kommun": "08", "per": "i går"})
    assert odd.context["view"].shown == (2018, 2019, 2020)
    assert odd.context["address"].query == "?niva=1"


def test_missing_keeps_its_sign_and_has_no_colour(client, home, where):
    kpi = KpiFactory()
    area = measure_of(kpi).area
    said(kpi, where, [80, 1, 2, 3], year=2018)
    said(kpi, where, [Status.MISSING, 1, 2, 3], year=2019)
    said(kpi, where, [Status.SECRET, 1, 2, 3], year=2020)

    page = client.get(reverse("area-detail", args=[area.slug]), {"ar": "2018", "niva": "2"})
    later = client.get(reverse("kpi-detail", args=[kpi.code]))

    assert [cell.value for cell in page.context["rows"][1].cells] == ["-", "-", "80,0"]
    assert [(row.value, row.verdict) for row in later.context["rows"]] == [
        ("..", "none"),
        ("-", "none"),
        ("80,0", "good"),
    ]


def test_a_cost_shows_the_year_before_and_says_so(client, home, where):
    grade, cost = KpiFactory(), KpiFactory(good=Good.LOW, unit_word="kr", decimals=0)
    measure = measure_of(grade, position=1)
    measure_of(cost, area=measure.area, position=2, year_lag=1)
    said(grade, where, [1, 2, 3, 4], year=2020)
    said(cost, where, [117_046, 2, 3, 4], year=2019)

    row = client.get(reverse("area-detail", args=[measure.area.slug])).context["rows"][1]

    assert row.cells[-1].value == "117\N{NO-BREAK SPACE}046"
    assert row.unit_word == "kr"
    assert row.notes == ("lågt är bra", "uppgifter från 2017–2019")
    assert [cell.of_year for cell in row.cells] == [None, None, 2019]


def test_from_red_the_way_leads_to_an_improvement(client, area):
    page = client.get(reverse("area-detail", args=[area.slug]))
    kpi = area.measures.get().parts.first().kpi
    assert [red.name for red in page.context["attention"].first] == ["Trygga elever"]
    assert f"{reverse('idea-create')}?kpi={kpi.code}" in page.text
    assert client.get(f"{reverse('idea-create')}?kpi={kpi.code}").status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_an_area_costs_the_same_however_many_measures(
    client, home, where, count, django_assert_num_queries
):
    area = measure_of().area
    for n in range(count):
        kpi = KpiFactory()
        measure_of(kpi, area=area, position=n)
        said(kpi, where, [1, 2, 3, 4])
    # session, person, roles, employments, area, home unit, municipality, groups, county, measures,
    # parts with KPIs, breaks, values, standings of KPIs and of measures; goals, the one in the form
    with django_assert_num_queries(17):
        client.get(reverse("area-detail", args=[area.slug]), {"niva": "3"})


def test_htmx_gets_the_viewer_and_nothing_else(client, area):
    part = client.get(
        reverse("area-detail", args=[area.slug]),
        headers={"HX-Request": "true", "HX-Target": "viewer"},
    )
    assert part.text.strip().startswith('<div id="viewer"')


@pytest.mark.parametrize(("name", "arg"), [("area-detail", "finns-inte"), ("kpi-detail", "N99")])
def test_what_does_not_exist_is_not_found(client, home, name, arg):
    assert client.get(reverse(name, args=[arg])).status_code == 404


def test_a_stranger_signs_in_first(client, where):
    assert client.get(reverse("quality")).status_code == 302


# --- one KPI -----------------------------------------------------------------------------------


def test_a_kpi_says_where_we_are_what_it_means_and_what_was_revised(client, area, where):
    kpi = area.measures.get().parts.first().kpi
    said(kpi, where, [65, 80, 81, 82], year=2020)

    page = client.get(reverse("kpi-detail", args=[kpi.code]))

    assert "65,0\N{NO-BREAK SPACE}% år 2020. Plats 4 av 4, i den sämsta fjärdedelen." in page.text
    assert kpi.title in page.text
    assert "2020: från 64,0 till 65,0" in text_of(page)
    assert "Starta en förbättring" in page.text


def test_a_kpi_without_values_still_has_its_definition(client, home):
    kpi = KpiFactory(description="Mätt 15 oktober.")
    assert "Mätt 15 oktober." in client.get(reverse("kpi-detail", args=[kpi.code])).text


def test_others_can_ask_for_what_is_red_and_where_a_kpi_stands(area, home):
    kpi = area.measures.get().parts.first().kpi
    with translation.override("sv"):
        (red,) = red_measures(5)
        summary = kpi_summary(kpi)
    assert (red.kpi, red.title, red.area_slug) == (kpi, "Trygga elever", area.slug)
    assert (red.year, red.value_text, red.rank, red.of) == (2020, "64,0\N{NO-BREAK SPACE}%", 4, 4)
    assert (summary.year, summary.verdict, summary.rank, summary.of) == (2020, "bad", 4, 4)


def test_what_was_red_long_ago_is_not_called_red_now(area, where):
    old = KpiFactory()
    measure_of(old, area=area, name="Förr")
    said(old, where, [1, 2, 3, 4], year=2015)
    assert [red.title for red in red_measures(5)] == ["Trygga elever"]


def test_without_a_home_nothing_is_red():
    assert red_measures(5) == []
    assert kpi_summary(KpiFactory()) is None
