"""The page that opens from a cell of the quality viewer."""

import datetime as dt
import re
from decimal import Decimal

import pytest
from django.urls import reverse

from measures.actions import team, values
from measures.models import (
    Gender,
    Goal,
    Good,
    HistoryReplacement,
    KpiTextRevision,
    KpiValue,
    MunicipalityGroup,
    SeriesBreak,
    ServiceUnit,
    Status,
    UnitValue,
)
from organisation.permissions import Role
from tests.factories import (
    TODAY,
    IdeaFactory,
    KpiFactory,
    UnitFactory,
    employee,
    measure_of,
    municipalities,
    person_with,
    said,
    started_work,
)
from tests.reading import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def where():
    return municipalities(8)


@pytest.fixture
def kpi(home, where):
    """Ours goes from 60 to 64 while the others, all better, stand still."""
    kpi = KpiFactory(short_title="Trygga elever", decimals=0)
    for n, year in enumerate(range(2016, 2021)):
        said(kpi, where, [60 + n, 70, 72, 74, 76, 78, 80, 82], year=year)
    return kpi


def page_of(client, kpi, **query):
    return client.get(reverse("kpi-detail", args=[kpi.code]), query)


def said_by_gender(kpi, where, women, men, *, year):
    values.load(
        values.Row(kpi.pk, where.pk, year, gender, Status.HAS_VALUE, float(value))
        for gender, value in ((Gender.WOMEN, women), (Gender.MEN, men))
    )


# --- over the years -----------------------------------------------------------------------------


def test_the_page_says_where_we_are_and_how_it_has_gone(client, kpi):
    page = page_of(client, kpi)
    assert "64\N{NO-BREAK SPACE}% år 2020. Plats 8 av 8, i den sämsta fjärdedelen." in page.text
    assert page.context["trend"].said.strong == "En förbättring."
    assert "Från 60 år 2016 till 64 år 2020, en skillnad på +4." in text_of(page)


def test_ten_years_are_shown_and_the_rest_if_one_asks(client, home, where):
    kpi = KpiFactory()
    for year in range(2008, 2021):
        said(kpi, where, range(8), year=year)
    ten, all_ = page_of(client, kpi), page_of(client, kpi, tid="alla")
    assert [row.year for row in ten.context["rows"]] == list(range(2020, 2010, -1))
    assert len(all_.context["rows"]) == 13
    assert "tid=alla" in ten.text


def test_within_a_group_the_band_is_the_groups_and_the_rank_is_still_among_all(client, kpi, where):
    group = MunicipalityGroup.objects.create(
        title="Våra grannar", members=[where[1].pk, where[2].pk]
    )
    page = page_of(client, kpi, grupp=f"lista-{group.pk}")
    (row, *_) = page.context["rows"]
    assert (row.rank, row.quarters, row.national, row.difference) == (
        "8 av 8",
        "71 – 72",
        "71",
        "−7",
    )
    assert "Våra grannar" in text_of(page)
    assert [dot.mark for dot in page.context["facts"].strip.dots].count("alike") == 2


def test_no_line_crosses_a_break_and_the_reason_is_told(client, kpi):
    SeriesBreak.objects.create(kpi=kpi, year=2018, why="Ny enkät från 2018.")
    page = page_of(client, kpi)
    wide = page.context["trend"].svg.split("</svg>")[0]
    assert len(re.findall(r'class="trend-own"', wide)) == 2
    assert "Ny enkät från 2018." in text_of(page)
    assert "Från 62 år 2018" in text_of(page)


def test_women_and_men_stand_beside_each_other(client, kpi, where):
    for year in (2019, 2020):
        said_by_gender(kpi, where[0], 70, 58, year=year)
    page = page_of(client, kpi)
    assert "År 2020 har kvinnor 70 och män 58" in text_of(page)
    assert page.context["rows"][0].women == "70"


def test_a_goal_stands_beside_the_outcome(client, kpi, home):
    Goal.objects.create(
        kpi=kpi, unit=home, year=2021, value=75, set_by=person_with(Role.QUALITY_LEAD, at=home)
    )
    Goal.objects.create(
        kpi=kpi, unit=home, year=2020, value=70, set_by=person_with(Role.QUALITY_LEAD, at=home)
    )
    page = page_of(client, kpi)
    assert page.context["rows"][0].goal == "70"
    assert "mål 2021" in page.context["trend"].svg


def test_an_own_survey_is_compared_with_nobody(client, home, where):
    kpi = KpiFactory(code="E00001", source="own")
    said(kpi, where[:1], [70], year=2019)
    said(kpi, where[:1], [75], year=2020)
    page = page_of(client, kpi)
    assert page.context["strip"] is None
    assert "Källa: egen undersökning." in text_of(page)
    assert "Rang" not in text_of(page)


# --- the place among all ------------------------------------------------------------------------


def test_everybody_is_a_dot_and_a_row(client, kpi, where):
    page = page_of(client, kpi)
    strip = page.context["facts"].strip
    assert [dot.value for dot in strip.dots] == [82, 80, 78, 76, 74, 72, 70, 64]
    assert [(s.verdict, s.low, s.high) for s in strip.stripes()] == [
        ("bad", None, 71),
        ("mid", 71, 79),
        ("good", 79, None),
    ]
    rows = page.context["everybody"].splitlines()
    assert len(rows) == 8
    assert where[0].name in rows[-1]
    assert 'data-mark="home"' in rows[-1]


def test_the_year_of_the_cell_is_the_year_of_the_place(client, kpi):
    page = page_of(client, kpi, ar="2018")
    assert "62\N{NO-BREAK SPACE}% år 2018" in page.text
    assert ">62<" in page.context["everybody"].splitlines()[-1]


def test_with_low_good_the_best_are_on_the_left(client, home, where):
    kpi = KpiFactory(good=Good.LOW)
    said(kpi, where, range(8))
    stripes = page_of(client, kpi).context["facts"].strip.stripes()
    assert [s.verdict for s in stripes] == ["good", "mid", "bad"]


def test_another_municipality_is_looked_at_without_our_goals_and_works(client, kpi, home, where):
    IdeaFactory(unit=home, status="submitted", kpi=kpi)
    page = page_of(client, kpi, kommun=where[7].code)
    assert f"{where[7].name}: 82" in page.text
    assert page.context["facts"].efforts == ()


def test_a_cell_of_the_area_leads_here_in_its_year_and_with_its_group(client, kpi):
    group = MunicipalityGroup.objects.create(title="Grannar", members=[2])
    area = measure_of(kpi).area
    query = {"niva": "2", "grupp": f"lista-{group.pk}", "mot": "riket"}
    page = client.get(reverse("area-detail", args=[area.slug]), query)
    assert f"/kvalitet/matt/{kpi.code}/?ar=2019&amp;mot=riket" in page.text


# --- what is being done -------------------------------------------------------------------------


def test_works_and_ideas_are_drawn_on_the_time_axis_for_those_who_may_see_them(
    client, kpi, home, where
):
    leader = employee(at=home)
    work = started_work(at=home, leader=leader, kpi=kpi)
    idea = IdeaFactory(unit=home, status="submitted", kpi=kpi, title="Fler vuxna ute")
    hidden = IdeaFactory(unit=UnitFactory(parent=home), status="submitted", kpi=kpi)
    client.force_login(leader)

    page = page_of(client, kpi)

    assert reverse("work-detail", args=[work.pk]) in page.context["trend"].svg
    assert [e.title for e in page.context["facts"].efforts] == [work.title, idea.title]
    assert hidden.title not in page.text


def test_from_the_page_an_improvement_is_started(client, kpi):
    page = page_of(client, kpi)
    assert f"{reverse('idea-create')}?kpi={kpi.code}" in page.text


def test_a_work_tells_how_far_its_own_measure_has_come(client, kpi, home):
    leader = employee(at=home)
    work = started_work(at=home, leader=leader, kpi=kpi)
    (measure,) = work.measures.all()
    team.set_ends(
        measure_id=measure.pk,
        start=(Decimal(62), dt.date(2026, 1, 1)),
        end=(Decimal(78), dt.date(2026, 9, 1)),
        on=TODAY,
        by=leader,
    )
    client.force_login(leader)
    assert f"{measure.name}: från 62 till 78 procent" in text_of(page_of(client, kpi))


def test_those_who_may_set_goals_find_the_way(client, kpi, home):
    address = f"{reverse('goal-add')}?kpi={kpi.code}"
    assert address not in page_of(client, kpi).text
    client.force_login(person_with(Role.QUALITY_LEAD, at=home))
    assert address in page_of(client, kpi).text


# --- units ---------------------------------------------------------------------------------------


def test_our_units_stand_beside_each_other_and_few_answers_are_hidden(client, kpi, home, where):
    mine = UnitFactory(parent=home)
    client.force_login(employee(at=mine))
    for name, value, answers, unit in (
        ("Kustskolan", 70, 40, mine),
        ("Bergaskolan", 90, 40, None),
        ("Lillskolan", 95, 3, None),
    ):
        service = ServiceUnit.objects.create(name=name, municipality=where[0], unit=unit)
        UnitValue.objects.create(
            kpi=kpi, unit=service, year=2020, gender=Gender.ALL, value=value, answers=answers
        )
    page = page_of(client, kpi)
    assert [(row.name, row.value, row.is_own) for row in page.context["units"]] == [
        ("Bergaskolan", "90", False),
        ("Kustskolan", "70", True),
        ("Lillskolan", "..", False),
    ]
    assert reverse("service-unit", args=[service.pk]) in page.text


# --- what it is ---------------------------------------------------------------------------------


def test_revised_and_withdrawn_values_are_told(client, kpi, where):
    said(kpi, where, [65, 70, 72, 74, 76, 78, 80, 82], year=2020)
    said(kpi, where, [Status.WITHDRAWN, 70, 72, 74, 76, 78, 80, 82], year=2019)
    page = text_of(page_of(client, kpi))
    assert "2020: från 64 till 65" in page
    assert "2019: 63 drogs tillbaka" in page


def test_a_replaced_history_and_an_earlier_wording_are_told(client, kpi):
    HistoryReplacement.objects.create(
        kpi=kpi, cells=312, ratio=106.2, replaced_at=dt.datetime(2025, 5, 3, 9, tzinfo=dt.UTC)
    )
    KpiTextRevision.objects.create(kpi=kpi, title="Hur trygga är eleverna?", description="Förr.")
    page = text_of(page_of(client, kpi))
    assert "Hela serien byttes den 3 maj 2025: ungefär 106 gånger större." in page
    assert "Hur trygga är eleverna?" in page


def test_an_ended_kpi_names_its_successor(client, home):
    successor = KpiFactory(short_title="Nya trygga elever")
    old = KpiFactory(title="Trygga elever (-2023)", successor=successor)
    page = page_of(client, old)
    assert "Det räknas fram till och med 2023." in text_of(page)
    assert reverse("kpi-detail", args=[successor.code]) in page.text


def test_a_kpi_without_values_still_has_its_definition(client, home):
    kpi = KpiFactory(description="Mätt 15 oktober.")
    assert "Mätt 15 oktober." in page_of(client, kpi).text


def test_without_a_municipality_the_page_says_what_is_lacking(client):
    client.force_login(employee(at=UnitFactory()))
    assert "Vilken är er kommun?" in page_of(client, KpiFactory()).text


def test_what_does_not_exist_is_not_found(client, home, kpi):
    measure = measure_of(kpi)
    for address in (
        reverse("kpi-detail", args=["N99"]),
        reverse("kpi-explore", args=[kpi.code, "nagot"]),
        reverse("measure-detail", args=["annan", measure.pk]),
    ):
        assert client.get(address).status_code == 404


# --- a quality measure --------------------------------------------------------------------------


def test_a_measure_shows_how_its_mean_is_made(client, home, where):
    first, second, beside = (
        KpiFactory(short_title="Bemötande", decimals=0),
        KpiFactory(short_title="Förtroende", decimals=0),
        KpiFactory(short_title="HME"),
    )
    measure = measure_of(first, second, left_out=(beside,), name="Trygghet")
    said(first, where, [91, 80, 81, 82, 83, 84, 85, 86])
    said(second, where, [71, 60, 61, 62, 63, 64, 65, 66])
    said(beside, where, range(8))

    page = client.get(reverse("measure-detail", args=[measure.area.slug, measure.pk]))

    assert page.context["arithmetic"] == "(91 + 71) / 2 = 81"
    assert "81\N{NO-BREAK SPACE}% år 2020. Plats 1 av 8, i den bästa fjärdedelen." in page.text
    assert [part.kpi.name for part in page.context["parts"]] == ["Bemötande", "Förtroende", "HME"]
    assert [dot.value for dot in page.context["facts"].strip.dots][:2] == [81, 76]


def test_who_reckons_after_comes_to_the_same(client, home, where):
    """75.6 and 82.9 are shown as 76 and 83, whose mean would be 80 and not 79."""
    parts = KpiFactory.create_batch(2, decimals=0)
    measure = measure_of(*parts)
    for kpi, ours in zip(parts, (75.6, 82.9), strict=True):
        said(kpi, where, [ours, 60, 61, 62, 63, 64, 65, 66])
    page = client.get(reverse("measure-detail", args=[measure.area.slug, measure.pk]))
    assert page.context["arithmetic"] == "(75,6 + 82,9) / 2 = 79"


def test_a_measure_without_values_still_names_its_kpis(client, home):
    measure = measure_of(KpiFactory(short_title="Bemötande"))
    page = client.get(reverse("measure-detail", args=[measure.area.slug, measure.pk]))
    assert "Bemötande" in text_of(page)
    assert "Inga uppgifter ännu" in page.text


@pytest.mark.parametrize("count", [1, 3])
def test_a_measure_costs_the_same_however_many_kpis(
    client, home, where, count, django_assert_num_queries
):
    parts = KpiFactory.create_batch(count)
    measure = measure_of(*parts)
    for kpi in parts:
        said(kpi, where, range(8))
    # session, person, roles, employments, measure, home unit, municipality, parts, values,
    # breaks, national values, groups, county, everybody's values and names (2), goals, works,
    # ideas, the parts' national values
    with django_assert_num_queries(19):
        client.get(reverse("measure-detail", args=[measure.area.slug, measure.pk]))


# --- explored -----------------------------------------------------------------------------------


def test_what_is_explored_is_what_is_drawn(client, kpi):
    years = client.get(reverse("kpi-explore", args=[kpi.code, "ar"])).json()
    own = next(series for series in years["series"] if series["role"] == "own")
    assert (own["x"], own["y"]) == ([2016, 2017, 2018, 2019, 2020], [60, 61, 62, 63, 64])
    place = client.get(reverse("kpi-explore", args=[kpi.code, "plats"])).json()
    assert [series["role"] for series in place["series"]] == ["others", "home"]
    assert [stripe[2] for stripe in place["stripes"]] == ["--bad-soft", "--mid-soft", "--good-soft"]


def test_what_is_explored_has_a_gap_at_a_break(client, kpi):
    SeriesBreak.objects.create(kpi=kpi, year=2018, why="Ny enkät.")
    years = client.get(reverse("kpi-explore", args=[kpi.code, "ar"])).json()
    own = next(series for series in years["series"] if series["role"] == "own")
    assert own["y"] == [60, 61, None, 62, 63, 64]


# --- what it costs ------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_however_much_there_is(
    client, home, where, count, django_assert_num_queries
):
    kpi = KpiFactory()
    for year in range(2020 - count, 2021):
        said(kpi, where, range(8), year=year)
        said(kpi, where, range(1, 9), year=year)
    for _ in range(count):
        measure_of(kpi)
        IdeaFactory(unit=home, status="submitted", kpi=kpi)
    assert KpiValue.objects.filter(kpi=kpi).exists()
    with django_assert_num_queries(QUERIES):
        page = page_of(client, kpi)
    assert len(page.context["facts"].efforts) == count


# session, person, roles, employments, kpi, home unit, municipality, areas, replacements, texts,
# values, national values, breaks, groups, county, everybody's values and names (3), goals, works,
# ideas, units, their breaks, revisions
QUERIES = 24


def test_a_stranger_signs_in_first(client, kpi):
    client.logout()
    assert page_of(client, kpi).status_code == 302
