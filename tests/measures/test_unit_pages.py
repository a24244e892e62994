"""The pages of units: what they show, cost, refuse and do not find."""

import re

import pytest
from django.urls import reverse

from measures.models import Good, ServiceUnit
from tests.factories import (
    KpiFactory,
    UnitFactory,
    employee,
    measure_of,
    municipalities,
    said,
    service_units,
    unit_said,
)
from tests.reading import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def kpi(schools):
    """The northern school is worst and falling, the eastern best and rising."""
    kpi = KpiFactory(short_title="Trygga elever", decimals=0, has_units=True)
    measure_of(kpi)
    for year, values in {2018: [80, 75, 70], 2019: [70, 75, 80], 2020: [60, 75, 90]}.items():
        unit_said(kpi, schools, values, year=year, answers=20)
    return kpi


def area_of(kpi):
    return kpi.measure_parts.get().measure.area


def values_in(page):
    """What stands in the first column, unit by unit."""
    cells = [re.sub(r"<[^>]+>", " ", row.cells[0]) for row in page.context["rows"]]
    return [" ".join(cell.split()) for cell in cells]


def units_page(client, kpi, **query):
    return client.get(reverse("area-units", args=[area_of(kpi).slug]), query)


# --- side by side -------------------------------------------------------------------------------


def test_all_units_stand_side_by_side_and_ones_own_is_marked(client, kpi, here, manager):
    said(kpi, [here], [77])
    client.force_login(manager)
    page = units_page(client, kpi)
    assert [row.unit.name for row in page.context["rows"]] == [
        "Norra skolan",
        "Södra skolan",
        "Östra skolan",
    ]
    assert [row.is_own for row in page.context["rows"]] == [True, False, False]
    assert values_in(page) == ["60 sämst sämre två år i rad", "75", "90 bäst bättre två år i rad"]
    assert "77" in page.context["whole"][0]
    assert "bland våra egna enheter, inte i landet" in text_of(page)
    assert "Källa: Kolada" in text_of(page)


def test_our_own_survey_is_never_called_koladas(client, own_kpi, schools, manager):
    measure_of(own_kpi)
    unit_said(own_kpi, schools, [1, 2, 3])
    client.force_login(manager)
    for page in (
        units_page(client, own_kpi),
        client.get(reverse("service-unit", args=[schools[0].pk])),
    ):
        assert "Källa: egen undersökning eller statistik." in text_of(page)
        assert "Kolada" not in text_of(page)


def test_an_employee_finds_the_own_unit_marked_too(client, kpi, places):
    client.force_login(employee(at=places[1]))
    rows = units_page(client, kpi).context["rows"]
    assert [(row.unit.name, row.is_own) for row in rows] == [
        ("Södra skolan", True),  # one's own stands first
        ("Norra skolan", False),
        ("Östra skolan", False),
    ]


def test_those_that_stand_out_are_named_with_why(client, kpi, manager):
    client.force_login(manager)
    page = units_page(client, kpi)
    [low], [high] = page.context["attention"], page.context["good"]
    assert low["unit"].name == "Norra skolan"
    assert low["about"] == "2020, sämst av våra 3, sämre två år i rad"
    assert high["about"] == "2020, bäst av våra 3, bättre två år i rad"
    assert f"kpi={kpi.code}&amp;unit={manager.roles_held[0].unit_id}" in page.text


def test_what_falls_is_named_also_where_there_are_too_few_to_rank(client, schools, manager):
    kpi = KpiFactory()
    measure_of(kpi)
    for year, value in {2018: 80, 2019: 70, 2020: 60}.items():
        unit_said(kpi, schools[:1], [value], year=year)
    client.force_login(manager)
    page = units_page(client, kpi)
    assert [one["about"] for one in page.context["attention"]] == ["2020, sämre två år i rad"]
    assert "Med färre än tre enheter" in text_of(page)


def test_an_improvement_begins_with_the_measure_and_the_unit(client, kpi, manager, places):
    client.force_login(manager)
    page = client.get(units_page(client, kpi).context["attention"][0]["start"])
    assert page.status_code == 200
    assert str(page.context["form"]["unit"].value()) == str(places[0].pk)


def test_another_year_is_chosen_and_nonsense_is_left(client, kpi, manager):
    client.force_login(manager)
    earlier = units_page(client, kpi, ar="2018")
    odd = units_page(client, kpi, ar="snart", ordna="N99999")
    assert [text.split()[0] for text in values_in(earlier)] == ["80", "75", "70"]
    assert [text.split()[0] for text in values_in(odd)] == ["60", "75", "90"]


def test_one_unit_that_is_early_with_a_new_year_does_not_empty_the_others(
    client, kpi, schools, manager
):
    unit_said(kpi, schools[:1], [65], year=2021)
    client.force_login(manager)
    assert [text.split()[0] for text in values_in(units_page(client, kpi))] == ["60", "75", "90"]
    assert values_in(units_page(client, kpi, ar="2021"))[1:] == ["-", "-"]


def test_rows_are_sorted_by_a_measure_the_best_first_and_the_other_way(client, kpi, manager):
    client.force_login(manager)
    best_first = units_page(client, kpi, ordna=kpi.code)
    worst_first = units_page(client, kpi, ordna=f"-{kpi.code}")
    names = [[r.unit.name[:5] for r in p.context["rows"]] for p in (best_first, worst_first)]
    assert names == [["Östra", "Södra", "Norra"], ["Norra", "Södra", "Östra"]]


def test_small_numbers_are_hidden_also_when_the_limit_is_raised(client, kpi, manager, settings):
    settings.SMALLEST_GROUP = 21
    client.force_login(manager)
    page = units_page(client, kpi)
    assert set(values_in(page)) == {".."}
    assert "90" not in text_of(page).split("Östra skolan")[1].split("Medel")[0]


def test_without_units_it_says_what_is_to_come(client, home, manager):
    kpi = KpiFactory()
    measure_of(kpi)
    client.force_login(manager)
    assert "Inga resultat för enskilda enheter ännu" in text_of(units_page(client, kpi))


@pytest.mark.parametrize("count", [1, 3])
def test_units_cost_the_same_however_many(
    client, here, home, lead, count, django_assert_num_queries
):
    area = measure_of().area
    units = service_units(here, *(f"Enhet {n}" for n in range(count)))
    for position in range(count):
        kpi = KpiFactory()
        measure_of(kpi, area=area, position=position)
        unit_said(kpi, units, range(count))
    client.force_login(lead)
    # session, person, roles, employments, area, home unit, municipality, kpis, years, units,
    # breaks, values, the municipality's; own units are none without a query
    with django_assert_num_queries(13):
        page = client.get(reverse("area-units", args=[area.slug]))
    assert len(page.context["rows"]) == count


# --- one unit -----------------------------------------------------------------------------------


def test_a_unit_shows_its_measures_the_furthest_down_first(client, kpi, schools, manager, here):
    better = KpiFactory(short_title="Nöjda elever", good=Good.LOW, decimals=0)
    measure_of(better, area=area_of(kpi))
    unit_said(better, schools, [1, 5, 9])
    said(kpi, [here], [77])
    client.force_login(manager)

    page = client.get(reverse("service-unit", args=[schools[0].pk]))

    [(area, lines)] = page.context["sections"]
    assert (area, [line.kpi for line in lines]) == (area_of(kpi), [kpi, better])
    assert lines[0].cells == [(2016, "-"), (2017, "-"), (2018, "80"), (2019, "70"), (2020, "60")]
    assert (lines[0].place, lines[0].mean, lines[0].whole) == ("sämst av våra 3", "75", "77")
    assert lines[0].moved == "sämre två år i rad"
    assert [line.kpi for line in page.context["red"]] == [kpi]
    assert "Bland våra enheter: bäst i 1 och sämst i 1." in text_of(page)
    assert "Din enhet" in text_of(page)


def test_a_unit_of_another_municipality_is_not_found(client, lead):
    [other] = service_units(municipalities(1)[0], "Grannskolan")
    client.force_login(lead)
    assert client.get(reverse("service-unit", args=[other.pk])).status_code == 404


def test_a_unit_without_results_says_so(client, schools, lead):
    client.force_login(lead)
    page = client.get(reverse("service-unit", args=[schools[0].pk]))
    assert "Det finns inga resultat för enheten ännu." in text_of(page)


@pytest.mark.parametrize("count", [1, 3])
def test_a_unit_costs_the_same_however_much_is_said_of_it(
    client, schools, lead, count, django_assert_num_queries
):
    for _ in range(count):
        kpi = KpiFactory()
        measure_of(kpi)
        unit_said(kpi, schools, [1, 2, 3])
    client.force_login(lead)
    # session, person, roles, employments, the unit, home unit, municipality, parts, own measures,
    # breaks, values, the others', the municipality's, revisions; who may keep, 2 (home)
    with django_assert_num_queries(16):
        page = client.get(reverse("service-unit", args=[schools[0].pk]))
    assert len(page.context["sections"]) == count


# --- which unit it is ---------------------------------------------------------------------------


@pytest.fixture
def in_kolada(here):
    return [
        ServiceUnit.objects.create(municipality=here, name=name, code=f"V15E0883{n:05}")
        for n, name in enumerate(("Norra skolan", "Södraskolan", "Helt annat"))
    ]


def test_units_are_suggested_by_their_names_and_linked(client, home, lead, in_kolada):
    north = UnitFactory(parent=home, name="Norra skolan")
    south = UnitFactory(parent=home, name="Södraskolan 4–9")
    client.force_login(lead)
    page = client.get(reverse("service-unit-link"))
    likely = {one.name: near and (near.unit, near.is_sure) for one, near in page.context["rows"]}
    assert likely == {
        "Norra skolan": (north, True),
        "Södraskolan": (south, False),
        "Helt annat": None,
    }

    client.post(reverse("service-unit-link"))
    client.post(reverse("service-unit-link-one", args=[in_kolada[1].pk]), {"unit": south.pk})

    linked = ServiceUnit.objects.exclude(unit=None).order_by("pk").values_list("unit", flat=True)
    assert list(linked) == [north.pk, south.pk]
    client.post(reverse("service-unit-link-one", args=[in_kolada[0].pk]), {"unit": ""})
    assert ServiceUnit.objects.filter(unit=north).count() == 0


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_links_costs_the_same(
    client, home, lead, in_kolada, count, django_assert_num_queries
):
    ServiceUnit.objects.exclude(pk__in=[one.pk for one in in_kolada[:count]]).delete()
    client.force_login(lead)
    # session, person, roles, employments, who may keep, home unit, municipality, units, ours
    with django_assert_num_queries(9):
        client.get(reverse("service-unit-link"))
