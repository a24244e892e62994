"""The page of one area: whose values, which years, against whom, and what it says beside them."""

import re
from datetime import date, timedelta
from itertools import product

import pytest
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from measures.address import Address, Level
from measures.models import Gender, Goal, Good, Kind, Municipality, MunicipalityGroup, Source
from measures.queries import National, Split
from organisation.permissions import Role
from tests.factories import (
    KpiFactory,
    employee,
    home_of,
    measure_of,
    municipalities,
    person_with,
    said,
)
from tests.reading import text_of

pytestmark = pytest.mark.django_db

LONG_AGO = date(2026, 1, 1)


@pytest.fixture
def where():
    return municipalities(8)


@pytest.fixture
def home(where, client):
    unit = home_of(where[0])
    client.force_login(employee(at=unit))
    return unit


@pytest.fixture
def kpi():
    return KpiFactory(short_title="Trygga elever", decimals=0)


@pytest.fixture
def area(home, where, kpi):
    """One measure of one KPI, ours the best of eight and better each year."""
    for year in range(2014, 2021):
        said(kpi, where, [year - 1930, *range(70, 77)], year=year, on=LONG_AGO)
    return measure_of(kpi, name="Trivsel").area


def page_of(client, area, **query):
    return client.get(reverse("area-detail", args=[area.slug]), query)


# --- the address -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    [
        Address(),
        Address(level=Level.RANK, year=2019, count=5, national=National.WEIGHTED),
        Address(split=Split.EACH, group="lan", municipality="0880"),
        Address(as_of=date(2026, 3, 1), turned=frozenset({3, 7})),
    ],
)
def test_an_address_says_all_that_it_was_read_from(address):
    assert Address.read(QueryDict(address.query[1:])) == address


def test_the_link_to_share_shows_the_same_years_next_year_too(client, area):
    page = page_of(client, area, niva="3", antal="2")
    assert page.context["shared"].endswith("?niva=3&ar=2020&antal=2")
    assert f'href="{page.context["shared"].replace("&", "&amp;")}"' in page.text


def test_no_day_to_come_can_be_asked_for():
    to_come = timezone.localdate() + timedelta(days=1)
    assert Address.read(QueryDict(f"per={to_come}")).as_of is None


# --- what is shown -----------------------------------------------------------------------------


def test_the_bar_says_in_a_line_what_is_shown(client, area, kpi, where):
    usual = "3 år · Alla kommuner · Ovägt medel · Alla kön"
    assert page_of(client, area).context["settings"] == usual
    said(kpi, where, range(8), gender=Gender.WOMEN)
    other = page_of(client, area, antal="1", mot="riket", kon="K", kommun="9999", grupp="finns-ej")
    assert other.context["settings"] == "1 år · Alla kommuner · Riket, vägt · Kvinnor"


@pytest.mark.parametrize(("asked", "shown"), [("1", 1), ("10", 10), ("99", 10), ("0", 3)])
def test_one_chooses_how_many_years(client, area, asked, shown):
    page = page_of(client, area, antal=asked, niva="3")
    assert len(page.context["view"].shown) == shown
    assert [len(row.cells) for row in page.context["rows"]] == [shown, shown]


def test_every_year_has_its_value_rank_and_difference_side_by_side(client, area):
    page = page_of(client, area, niva="3")
    head = re.search(r"<thead>.*</thead>", page.text, re.DOTALL)[0]
    assert re.findall(r">(\d{4})<", head) == ["2018", "2019", "2020"] * 3
    assert [cell.difference for cell in page.context["rows"][0].cells] == ["+13", "+14", "+15"]


def test_women_and_men_stand_under_each_measure(client, area, kpi, where):
    said(kpi, where, range(8), gender=Gender.WOMEN)
    said(kpi, where, range(8, 0, -1), gender=Gender.MEN)
    rows = page_of(client, area, kon="KMT").context["rows"]
    assert [(row.gender, row.cells[-1].value, row.cells[-1].place) for row in rows] == [
        ("", "90", "1 av 8"),
        ("Kvinnor", "0", "8 av 8"),
        ("Män", "8", "1 av 8"),
    ]


def test_what_is_not_divided_by_gender_has_no_rows_for_it(client, area):
    assert len(page_of(client, area, kon="KMT").context["rows"]) == 1


def test_a_group_is_said_in_words(client, area, where):
    list_of_ours = MunicipalityGroup.objects.create(
        title="Grannar", members=[m.pk for m in where[:4]]
    )
    page = page_of(client, area, grupp=f"lista-{list_of_ours.pk}", niva="3")
    assert "bland Kommun 0 och de 3 andra i ”Grannar”" in text_of(page)
    assert "Färgerna visar platsen bland alla i landet." in text_of(page)
    assert "3 år · Grannar · Gruppens medel · Alla kön" in text_of(page)
    last = page.context["rows"][0].cells[-1]
    assert (last.place, last.difference, last.verdict) == ("1 av 4", "+14", "good")  # 90 − 75.75


# --- another municipality ------------------------------------------------------------------------


def test_another_municipality_is_shown_and_said_not_to_be_ours(client, area, where):
    page = page_of(client, area, kommun=where[2].code, niva="3")
    assert "Du tittar på Kommun 2 , inte på Kommun 0." in text_of(page)
    assert page.context["rows"][0].cells[-1].value == "71"
    assert "Starta en förbättring" not in page.text
    assert reverse("area-units", args=[area.slug]) not in page.text
    back = client.get(reverse("area-detail", args=[area.slug]) + page.context["ours_address"])
    assert back.context["view"].look.is_ours


def test_another_municipality_is_found_without_javascript(client, area):
    page = page_of(client, area, q_kommun="kommun 5", search_kommun="1", niva="2")
    assert "Kommun 5" in page.text
    assert page.context["address"].level == Level.KPIS


def test_one_searches_by_name_or_code(client, home, where):
    Municipality.objects.create(code="0000", name="Riket", kind=Kind.COUNTRY)
    ask = lambda words: text_of(  # noqa: E731
        client.get(reverse("municipality-search"), {"field": "kommun", "q_kommun": words})
    )
    assert "Kommun 3" in ask("mun 3")
    assert "Kommun 4" in ask(where[4].code)
    assert "Inget stämmer" in ask("Riket")


def test_a_region_is_compared_with_regions(client, area, kpi):
    regions = [
        Municipality.objects.create(code=f"000{n}", name=f"Region {n}", kind=Kind.REGION)
        for n in (1, 2)
    ]
    said(kpi, regions, [50, 60])
    page = page_of(client, area, kommun="0001", niva="3")
    assert page.context["rows"][0].cells[-1].place == "2 av 2"
    assert "Alla regioner" in page.context["settings"]


# --- as it was on a day ----------------------------------------------------------------------------


def test_as_it_was_on_a_day_is_said_with_a_way_back(client, area, kpi, where):
    said(kpi, where[:1], [10], on=date(2026, 4, 1))
    now = page_of(client, area)
    then = page_of(client, area, per="2026-03-01")
    assert (now.context["rows"][0].cells[-1].value, now.context["rows"][0].cells[-1].verdict) == (
        "10",
        "bad",
    )
    assert (then.context["rows"][0].cells[-1].value, then.context["rows"][0].cells[-1].verdict) == (
        "90",
        "good",
    )
    assert "Som det var den 1 mars 2026" in text_of(then)
    back = client.get(reverse("area-detail", args=[area.slug]) + then.context["now_address"])
    assert back.context["rows"][0].cells[-1].value == "10"


def test_as_it_was_works_for_every_way_of_looking(client, area, where):
    ways = product("123", ("T", "K", "KMT"), ("alla", "lan"), ("medel", "riket"), ("1", "10"))
    for level, split, group, national, count in ways:
        query = {"niva": level, "kon": split, "grupp": group, "mot": national, "antal": count}
        page = page_of(client, area, per="2026-03-01", **query)
        assert page.status_code == 200
        assert "Som det var den" in text_of(page)


def test_before_anything_was_known_it_says_so_with_a_way_back(client, area):
    page = page_of(client, area, per="2020-01-01")
    assert "Inga uppgifter här" in page.text
    assert 'href="?niva=1"' in page.text


def test_where_women_have_no_values_it_does_not_say_that_none_are_fetched(client, area):
    page = page_of(client, area, kon="K")
    assert "Inga uppgifter här" in page.text
    assert "har inte hämtats" not in page.text


# --- what stands beside the values -----------------------------------------------------------------


def test_a_colour_is_not_over_read(client, home, where):
    falling, rising = KpiFactory(decimals=0), KpiFactory(decimals=0)
    area = measure_of(falling).area
    measure_of(rising, area=area, position=2)
    for n, year in enumerate((2018, 2019, 2020)):
        said(falling, where, [99 - n, *range(7)], year=year)
        said(rising, where, [n, *range(60, 67)], year=year)
    first, second = (row.trend for row in page_of(client, area).context["rows"])
    assert (first.words, first.change) == ("Grönt, men sämre två år i rad", "−1 på ett år")
    assert (second.words, second.change) == ("Rött, men bättre två år i rad", "+1 på ett år")


def test_a_change_too_small_to_be_seen_is_none(client, home, where):
    kpi = KpiFactory(decimals=0)
    area = measure_of(kpi).area
    for n, year in enumerate((2018, 2019, 2020)):
        said(kpi, where, [80 + n / 10, *range(7)], year=year)
    assert page_of(client, area).context["rows"][0].trend.words == ""


def test_no_line_and_no_change_goes_across_a_break(client, area, kpi):
    whole = page_of(client, area).context["rows"][0].trend
    kpi.breaks.create(year=2020, why="Ny enkät.")
    broken = page_of(client, area).context["rows"][0]
    assert (whole.words, broken.trend.words) == ("Bättre två år i rad", "")
    assert (whole.change, broken.trend.change) == ("+1 på ett år", "")
    assert ("<polyline" in whole.line, "<polyline" in broken.trend.line) == (True, False)
    assert broken.notes == ("räknas på annat sätt från 2020: jämför inte med tidigare",)


def test_our_own_survey_is_followed_from_year_to_year_and_compared_with_nobody(client, home, where):
    own = KpiFactory(code="E00001", source=Source.OWN, decimals=0)
    area = measure_of(own).area
    said(own, where[:1], [70], year=2019)
    said(own, where[:1], [75], year=2020)
    row = page_of(client, area, niva="3").context["rows"][0]
    shown = [(cell.value, cell.verdict, cell.place, cell.difference) for cell in row.cells]
    assert shown[1:] == [("70", "none", "–", "–"), ("75", "none", "–", "–")]
    assert row.trend.change == "+5 på ett år"
    assert row.notes == ("egen undersökning: jämförs år för år, inte med andra",)


def test_what_is_left_out_is_shown_as_such(client, home, where):
    counted, beside = KpiFactory(good=Good.LOW), KpiFactory()
    area = measure_of(counted, left_out=(beside,), note="utan HME").area
    said(counted, where, range(8))
    whole, _counted, left_out = page_of(client, area, niva="2").context["rows"]
    assert whole.own_note == "utan HME"
    assert left_out.notes == ("visas men räknas inte in i måttet",)


def test_goals_stand_beside_our_outcome_as_it_is_now(client, area, kpi, home, where):
    by = person_with(Role.MANAGER, at=home)
    for year, value in ((2019, 89), (2020, 92)):
        Goal.objects.create(kpi=kpi, unit=home, year=year, value=value, set_by=by)
    cells = page_of(client, area).context["rows"][0].cells
    assert [cell.goal for cell in cells] == ["", "mål 89, nått", "mål 92"]
    for elsewhere in ({"kommun": where[1].code}, {"per": "2026-03-01"}):
        cells = page_of(client, area, **elsewhere).context["rows"][0].cells
        assert [cell.goal for cell in cells] == ["", "", ""]


def test_good_examples_and_what_needs_attention_lead_to_an_improvement(client, area, where):
    red = KpiFactory(short_title="Frånvaro", good=Good.LOW)
    measure_of(red, area=area, position=2)
    said(red, where, range(8, 0, -1), year=2020)
    page = page_of(client, area)
    assert [one.name for one in page.context["good"].first] == ["Trygga elever"]
    assert [one.name for one in page.context["attention"].first] == ["Frånvaro"]
    assert f"{reverse('idea-create')}?kpi={red.code}" in page.text


def test_a_value_leads_to_its_kpi_and_a_mean_to_its_measure(client, area, kpi, where):
    other = KpiFactory()
    said(other, where, range(8))
    both = measure_of(kpi, other, area=area, position=2)
    one, two = page_of(client, area).context["rows"]
    assert one.cells[0].href == reverse("kpi-detail", args=[kpi.code]) + "?ar=2018"
    measure = reverse("measure-detail", args=[area.slug, both.pk])
    assert two.cells[-1].href == f"{measure}?ar=2020"
    assert client.get(two.cells[-1].href).status_code == 200


def test_the_opened_table_leads_on_to_the_units(client, area):
    page = page_of(client, area, niva="3")
    assert "4 Enheter" in page.text
    assert reverse("area-units", args=[area.slug]) in page.text


def test_it_is_said_how_many_measures_have_no_values_yet(client, area, home):
    measure_of(KpiFactory(), area=area, position=2)
    page = page_of(client, area)
    assert "1 av 2 mått har inga uppgifter ännu." in text_of(page)
    assert reverse("import-list") not in page.text
    client.force_login(person_with(Role.QUALITY_LEAD, at=home))
    assert reverse("import-list") in page_of(client, area).text


# --- who and what it costs -------------------------------------------------------------------------


def test_a_hidden_area_is_found_by_those_who_keep_the_viewer_alone(client, area, home):
    area.is_hidden = True
    area.save()
    assert page_of(client, area).status_code == 404
    assert area.name not in client.get(reverse("quality")).text
    client.force_login(person_with(Role.QUALITY_LEAD, at=home))
    assert page_of(client, area).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_every_way_of_looking_costs_the_same_however_many_measures(
    client, area, where, count, django_assert_num_queries
):
    for n in range(count):
        kpi = KpiFactory()
        measure_of(kpi, area=area, position=n)
        said(kpi, where, range(8), on=LONG_AGO)
    ours = MunicipalityGroup.objects.create(title="Grannar", members=[m.pk for m in where[:4]])
    # as in test_pages, and the group's two; another municipality, without goals
    with django_assert_num_queries(19):
        page_of(client, area, niva="3", kon="KMT", antal="10", grupp=f"lista-{ours.pk}")
    with django_assert_num_queries(17):
        page_of(client, area, niva="3", kommun=where[2].code)
    # the country of that day, which there is none of here
    with django_assert_num_queries(17):
        page_of(client, area, niva="3", per="2026-03-01")


def test_in_english_too(client, area, home):
    person = employee(at=home, language="en")
    client.force_login(person)
    page = page_of(client, area, niva="3", per="2026-03-01")
    assert 'lang="sv">Trivsel' in page.text
    assert "As it was on" in page.text
    assert "3 years · All municipalities · Unweighted mean · All genders" in text_of(page)
