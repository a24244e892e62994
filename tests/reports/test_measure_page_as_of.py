"""The page of one KPI or one quality measure, as it was known on a day, and of one gender."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from measures.actions import comparisons
from measures.models import (
    Gender,
    Goal,
    Good,
    HistoryReplacement,
    Kind,
    KpiValueRevision,
    Municipality,
    MunicipalityGroup,
    ServiceUnit,
    Status,
    UnitValue,
)
from organisation.permissions import Role
from tests.factories import (
    IdeaFactory,
    KpiFactory,
    employee,
    measure_of,
    municipalities,
    person_with,
    said,
)
from tests.reading import text_of

pytestmark = pytest.mark.django_db

LONG_AGO = dt.date(2026, 1, 1)
THEN = "2026-03-01"
LATER = dt.date(2026, 4, 1)


@pytest.fixture
def where():
    return municipalities(8)


@pytest.fixture
def riket():
    return Municipality.objects.create(code="0000", name="Riket", kind=Kind.COUNTRY)


@pytest.fixture
def kpi(home, where):
    """Ours is the best of eight, as it has been known since long ago."""
    kpi = KpiFactory(short_title="Trygga elever", decimals=0)
    for n, year in enumerate(range(2016, 2021)):
        said(kpi, where, [80 + n, *range(70, 77)], year=year, on=LONG_AGO)
    return kpi


def page_of(client, kpi, **query):
    return client.get(reverse("kpi-detail", args=[kpi.code]), query)


def measure_page_of(client, measure, **query):
    return client.get(reverse("measure-detail", args=[measure.area.slug, measure.pk]), query)


def shown_by(page):
    """What a reader sees: the sentence, the table, the two pictures and everybody."""
    seen = ("sentence", "rows", "trend", "by_gender", "strip", "everybody")
    return {name: page.context[name] for name in seen}


def explored(client, kpi, picture, **query):
    return client.get(reverse("kpi-explore", args=[kpi.code, picture]), query).json()


# --- as it was on a day ---------------------------------------------------------------------------


def test_on_a_day_the_page_is_as_it_was_then(client, kpi, where):
    said(kpi, where[:1], [10], year=2020, on=LATER)
    said(kpi, where[1:2], [99], year=2019, on=LATER)
    said(kpi, where, range(8), year=2021, on=LATER)
    now, then = page_of(client, kpi), page_of(client, kpi, per=THEN)
    assert "0\N{NO-BREAK SPACE}% år 2021. Plats 8 av 8" in now.context["sentence"]
    assert "84\N{NO-BREAK SPACE}% år 2020. Plats 1 av 8" in then.context["sentence"]
    assert [(row.year, row.value, row.rank, row.verdict) for row in then.context["rows"]] == [
        (2020 - n, str(84 - n), "1 av 8", "good") for n in range(5)
    ]
    assert [dot.value for dot in then.context["facts"].strip.dots] == [84, *range(76, 69, -1)]


def test_what_nobody_has_said_otherwise_since_is_as_now(client, kpi, where, riket):
    """The picture of then is worked out by the same rules as that of now is stored by."""
    low = KpiFactory(good=Good.LOW, decimals=0)
    said(low, where, [3, 1, 4, 1, 5, 9, 2, Status.SECRET], year=2020, on=LONG_AGO)
    for one in (kpi, low):
        said(one, [riket], [42], year=2020, on=LONG_AGO)
        for gender in (Gender.WOMEN, Gender.MEN):
            said(one, where, range(8), year=2020, gender=gender, on=LONG_AGO)
    measure = measure_of(kpi, KpiFactory(), left_out=(low,))
    said(measure.parts.all()[1].kpi, where, range(8), year=2020, on=LONG_AGO)
    ours = MunicipalityGroup.objects.create(title="Grannar", members=[m.pk for m in where[1:4]])
    for way in (
        {},
        {"mot": "riket"},
        {"grupp": f"lista-{ours.pk}"},
        {"kon": "K"},
        {"kon": "M", "grupp": f"lista-{ours.pk}"},
        {"kommun": where[3].code},
    ):
        for one in (kpi, low):
            assert shown_by(page_of(client, one, per=THEN, **way)) == shown_by(
                page_of(client, one, **way)
            )
        now, then = (measure_page_of(client, measure, **way, **day) for day in ({}, {"per": THEN}))
        if "kon" not in way:
            assert now.context["rows"][0].value != "–"
        assert shown_by(then) == shown_by(now)
        assert then.context["parts"] == now.context["parts"]


def test_ten_years_and_the_year_asked_for_are_compared_anew_and_the_rest_if_one_asks(
    client, home, where
):
    kpi = KpiFactory()
    for year in range(2005, 2021):
        said(kpi, where, range(8), year=year, on=LONG_AGO)
    for way in ({}, {"tid": "alla"}, {"ar": "2006"}):
        now, then = page_of(client, kpi, **way), page_of(client, kpi, per=THEN, **way)
        assert shown_by(then) == shown_by(now)
        assert then.context["facts"].has_more_years == now.context["facts"].has_more_years


def test_a_group_is_as_it_was_too(client, kpi, where):
    ours = MunicipalityGroup.objects.create(title="Grannar", members=[m.pk for m in where[1:3]])
    said(kpi, where[1:3], [0, 0], year=2020, on=LATER)
    group = f"lista-{ours.pk}"
    now, then = page_of(client, kpi, grupp=group), page_of(client, kpi, grupp=group, per=THEN)
    assert (now.context["rows"][0].national, then.context["rows"][0].national) == ("0", "71")


def test_a_banner_says_so_with_a_way_back(client, kpi, where):
    said(kpi, where[:1], [10], year=2020, on=LATER)
    then = page_of(client, kpi, per=THEN, ar="2020", mot="riket")
    assert "Som det var den 1 mars 2026" in text_of(then)
    back = then.context["now_address"]
    assert back == "?ar=2020&mot=riket"
    assert f'href="{back.replace("&", "&amp;")}"' in then.text
    assert "10\N{NO-BREAK SPACE}%" in client.get(f"{then.wsgi_request.path}{back}").text
    assert "Som det var den" not in text_of(page_of(client, kpi))


def test_what_is_changed_later_is_left_out_of_the_list(client, kpi, where):
    said(kpi, where[:1], [50], year=2020, on=LATER)
    said(kpi, where[:1], [79], year=2018, on=dt.date(2026, 2, 1))
    KpiValueRevision.objects.filter(year=2018).update(
        replaced_at=dt.datetime(2026, 2, 1, 9, tzinfo=dt.UTC)
    )
    HistoryReplacement.objects.create(kpi=kpi, cells=3, replaced_at=timezone.now())
    now, then = page_of(client, kpi), page_of(client, kpi, per=THEN)
    assert [line.year for line in now.context["revised"]] == [2020, 2018]
    assert [(line.year, line.before, line.now) for line in then.context["revised"]] == [
        (2018, "82", "79")
    ]
    assert (len(now.context["replaced"]), then.context["replaced"]) == (1, [])


def test_what_is_only_known_as_it_is_now_is_left_out_and_said_to_be(client, kpi, home, where):
    by = person_with(Role.QUALITY_LEAD, at=home)
    Goal.objects.create(kpi=kpi, unit=home, year=2020, value=70, set_by=by)
    IdeaFactory(unit=home, status="submitted", kpi=kpi, title="Fler vuxna ute")
    unit = ServiceUnit.objects.create(name="Kustskolan", municipality=where[0])
    UnitValue.objects.create(kpi=kpi, unit=unit, year=2020, gender=Gender.ALL, value=70)
    now, then = page_of(client, kpi), page_of(client, kpi, per=THEN)
    for words in ("Fler vuxna ute", "Kustskolan", "Starta en förbättring", "Vad som görs"):
        assert (words in now.text, words in then.text) == (True, False)
    assert (now.context["rows"][0].goal, then.context["rows"][0].goal) == ("70", "–")
    assert "visas därför inte här" in text_of(then)


def test_what_is_explored_is_of_the_day_too(client, kpi, where):
    said(kpi, where[:1], [10], year=2020, on=LATER)
    page = page_of(client, kpi, per=THEN)
    assert f"utforska/ar/?per={THEN}" in page.text
    own = next(s for s in explored(client, kpi, "ar", per=THEN)["series"] if s["role"] == "own")
    assert own["y"][-1] == 84
    place = explored(client, kpi, "plats", per=THEN)
    assert [s["x"] for s in place["series"] if s["role"] == "home"] == [[84]]


def test_before_anything_was_known_it_says_so_with_a_way_back(client, kpi):
    measure = measure_of(kpi)
    for page in (
        page_of(client, kpi, per="2020-01-01"),
        measure_page_of(client, measure, per="2020-01-01"),
    ):
        assert "Inga uppgifter här" in page.text
        assert "har inte hämtats" not in page.text
        assert f'href="{page.wsgi_request.path}"' in page.text


def test_a_measure_is_made_of_what_its_kpis_were(client, kpi, home, where, riket):
    other = KpiFactory(decimals=0)
    measure = measure_of(kpi, other, name="Trygghet")
    said(other, where, [60, *range(70, 77)], year=2020, on=LONG_AGO)
    said(kpi, [riket], [50], year=2020, on=LONG_AGO)
    said(other, [riket], [40], year=2020, on=LONG_AGO)
    said(other, where[:1], [0], year=2020, on=LATER)
    said(other, [riket], [0], year=2020, on=LATER)
    page = measure_page_of(client, measure, per=THEN, mot="riket")
    assert page.context["arithmetic"] == "(84 + 60) / 2 = 72"
    assert (page.context["rows"][0].national, page.context["rows"][0].difference) == ("45", "+27")
    part = reverse("kpi-detail", args=[other.code])
    assert f"{part}?per={THEN}&amp;mot=riket&amp;ar=2020" in page.text


# --- of one gender --------------------------------------------------------------------------------


@pytest.fixture
def divided(kpi, where):
    """Women are the worst of eight and men the best."""
    for year in (2019, 2020):
        said(kpi, where, [10, *range(20, 27)], year=year, gender=Gender.WOMEN, on=LONG_AGO)
        said(kpi, where, [90, *range(20, 27)], year=year, gender=Gender.MEN, on=LONG_AGO)
    return kpi


@pytest.mark.parametrize(
    ("kon", "value", "place", "words"),
    [
        ("K", "10", "8 av 8", "Kommun 0, kvinnor: 10"),
        ("M", "90", "1 av 8", "Kommun 0, män: 90"),
        ("KMT", "84", "1 av 8", "Kommun 0: 84"),
        ("T", "84", "1 av 8", "Kommun 0: 84"),
    ],
)
def test_one_gender_is_ranked_among_the_same(client, divided, kon, value, place, words):
    page = page_of(client, divided, kon=kon)
    first = page.context["rows"][0]
    assert (first.value, first.rank) == (value, place)
    assert words in page.context["sentence"]
    home = next(dot for dot in page.context["facts"].strip.dots if dot.mark == "home")
    assert str(int(home.value)) == value
    assert page.context["by_gender"] is not None


def test_it_says_whose_values_they_are_with_a_way_back(client, divided, where):
    said(divided, where[:1], [99], gender=Gender.WOMEN, on=LATER)
    page = page_of(client, divided, kon="K", per=THEN)
    assert "Det här är bara kvinnors värden." in text_of(page)
    assert f'href="?per={THEN}"' in page.text
    assert page.context["rows"][0].value == "10"
    assert page_of(client, divided, kon="K").context["rows"][0].value == "99"


def test_our_units_and_what_was_revised_are_of_the_same_gender(client, divided, where):
    unit = ServiceUnit.objects.create(name="Kustskolan", municipality=where[0])
    for gender, value in ((Gender.ALL, 70), (Gender.WOMEN, 30)):
        UnitValue.objects.create(kpi=divided, unit=unit, year=2020, gender=gender, value=value)
    said(divided, where[:1], [11], gender=Gender.WOMEN, on=LATER)
    page = page_of(client, divided, kon="K")
    assert [row.value for row in page.context["units"]] == ["30"]
    assert [(line.before, line.now) for line in page.context["revised"]] == [("10", "11")]
    assert page_of(client, divided).context["revised"] == []


def test_a_measure_is_of_one_gender_too(client, divided):
    measure = measure_of(divided)
    comparisons.refresh_measures([measure.pk])
    page = measure_page_of(client, measure, kon="M")
    assert (page.context["rows"][0].value, page.context["rows"][0].rank) == ("90", "1 av 8")
    assert [part.text for part in page.context["parts"]] == ["90"]


def test_what_is_not_divided_by_gender_says_so(client, kpi):
    page = page_of(client, kpi, kon="K")
    assert "Inga uppgifter här" in page.text
    assert "har inte hämtats" not in page.text


def test_a_cell_of_the_area_carries_the_day_and_the_gender_along(client, divided):
    area = measure_of(divided).area
    hrefs = {
        kon: [
            row.cells[-1].href.partition("?")[2]
            for row in client.get(
                reverse("area-detail", args=[area.slug]), {"kon": kon, "per": THEN}
            ).context["rows"]
        ]
        for kon in ("T", "K", "KMT")
    }
    of = {gender: f"ar=2020&kon={gender}&per={THEN}" for gender in "KM"}
    of["T"] = f"ar=2020&per={THEN}"
    assert hrefs == {"T": [of["T"]], "K": [of["K"]], "KMT": [of["T"], of["K"], of["M"]]}


# --- in English, and what it costs ----------------------------------------------------------------


def test_in_english_too(client, divided, home):
    client.force_login(employee(at=home, language="en"))
    page = text_of(page_of(client, divided, kon="K", per=THEN))
    assert "As it was on 1 March 2026" in page
    assert "These are women's values alone." in page.replace("&#x27;", "'")
    assert "Kommun 0, women: 10" in page


@pytest.mark.parametrize("count", [1, 3])
def test_another_day_costs_the_same_however_much_there_is(
    client, home, where, riket, count, django_assert_num_queries
):
    parts = KpiFactory.create_batch(count)
    measure = measure_of(*parts)
    for kpi in parts:
        for year in range(2020 - count, 2021):
            said(kpi, [*where, riket], range(9), year=year, on=LONG_AGO)
            said(kpi, where, range(1, 9), year=year, on=LATER)
    ours = MunicipalityGroup.objects.create(title="Grannar", members=[m.pk for m in where[1:4]])
    for way in ({"per": THEN}, {"per": THEN, "kon": "K"}):
        client.get(reverse("kpi-detail", args=[parts[0].code]), way)
    # what it costs now, without goals, works, ideas, units and their breaks, and what is stored
    # of everybody; with the country, and what was said of it
    with django_assert_num_queries(KPI_QUERIES):
        page_of(client, parts[0], per=THEN)
    with django_assert_num_queries(KPI_QUERIES + 1):
        page_of(client, parts[0], per=THEN, grupp=f"lista-{ours.pk}")
    with django_assert_num_queries(MEASURE_QUERIES):
        measure_page_of(client, measure, per=THEN)


KPI_QUERIES = 20
MEASURE_QUERIES = 19
