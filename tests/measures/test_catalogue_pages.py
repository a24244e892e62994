"""The quality lead's catalogue: finding KPIs, following them, saying what they are called here."""

import time

import pytest
from django.urls import reverse
from django.utils import timezone

from foundation.models import Event
from measures.models import Good, Kpi, KpiValue, KpiYear, Source
from organisation.permissions import Role
from tests.factories import (
    KpiFactory,
    UnitFactory,
    employee,
    home_of,
    measure_of,
    person_with,
    said,
)
from tests.reading import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def sofia(where, client):
    """The quality lead of the first municipality, signed in."""
    lead = person_with(Role.QUALITY_LEAD, at=home_of(where[0]))
    client.force_login(lead)
    return lead


def catalogue(client, **asked):
    return client.get(reverse("kpi-catalogue"), asked)


def titles_in(response):
    return [kpi.title for kpi, _areas in response.context["rows"]]


def press(client, kpi, **sent):
    return client.post(reverse("kpi-follow", args=[kpi.code]), sent)


PAGES = [
    ("get", "kpi-catalogue", []),
    ("get", "catalogue-kpi", ["N1"]),
    ("post", "catalogue-kpi", ["N1"]),
    ("post", "kpi-follow", ["N1"]),
    ("get", "kpi-preview", ["N1"]),
    ("post", "kpi-break-add", ["N1"]),
    ("post", "kpi-break-remove", ["N1", 2020]),
]


@pytest.mark.parametrize(("method", "name", "args"), PAGES)
def test_others_do_not_find_it(client, method, name, args):
    KpiFactory(code="N1")
    home = UnitFactory()
    client.force_login(employee(at=home))
    assert getattr(client, method)(reverse(name, args=args)).status_code == 404


@pytest.mark.parametrize(("method", "name", "args"), PAGES)
def test_a_quality_lead_of_a_part_does_not_find_it(client, method, name, args):
    KpiFactory(code="N1")
    part = UnitFactory(parent=UnitFactory())
    client.force_login(person_with(Role.QUALITY_LEAD, at=part))
    assert getattr(client, method)(reverse(name, args=args)).status_code == 404


# --- finding ---------------------------------------------------------------------------------------


@pytest.fixture
def three(sofia):
    """A school KPI with units, a home care KPI that has ended, and one that Kolada has dropped."""
    school = KpiFactory(
        title="Elever i åk 9, meritvärde",
        operating_area="Grundskola",
        perspective="Kvalitet och resultat",
        has_units=True,
        has_genders=True,
    )
    after = KpiFactory(title="Äldre som är nöjda, andel", operating_area="Hemtjänst", covers="A")
    ended = KpiFactory(
        title="Äldre som är trygga (-2023)", operating_area="Hemtjänst", successor=after
    )
    gone = KpiFactory(title="Ödehus, antal", retired_on=timezone.localdate(), covers="L")
    return school, after, ended, gone


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (
            {},
            [
                "Elever i åk 9, meritvärde",
                "Äldre som är nöjda, andel",
                "Äldre som är trygga (-2023)",
            ],
        ),
        ({"q": "ödehus"}, ["Ödehus, antal"]),
        ({"q": "meritvarde ELEVER"}, ["Elever i åk 9, meritvärde"]),
        ({"area": "Grundskola"}, ["Elever i åk 9, meritvärde"]),
        ({"perspective": "Kvalitet och resultat"}, ["Elever i åk 9, meritvärde"]),
        ({"has": "both"}, ["Elever i åk 9, meritvärde"]),
        ({"has": "units"}, ["Elever i åk 9, meritvärde"]),
        ({"has": "genders"}, ["Elever i åk 9, meritvärde"]),
        ({"covers": "L"}, ["Äldre som är nöjda, andel"]),
        ({"state": "ended"}, ["Äldre som är trygga (-2023)"]),
        ({"state": "retired"}, ["Ödehus, antal"]),
        ({"state": "current"}, ["Elever i åk 9, meritvärde", "Äldre som är nöjda, andel"]),
    ],
)
def test_kpis_are_found_by_words_and_by_what_the_catalogue_says(client, three, asked, found):
    page = catalogue(client, **asked)
    assert page.status_code == 200
    assert titles_in(page) == found


def test_it_can_be_narrowed_to_what_is_followed_or_measured(client, three):
    school, after, ended, _gone = three
    Kpi.objects.filter(pk=after.pk).update(is_followed=True)
    measure_of(school, name="Kunskap")
    assert titles_in(catalogue(client, followed="yes")) == [after.title]
    assert titles_in(catalogue(client, followed="measure")) == [school.title]
    assert titles_in(catalogue(client, followed="no")) == [ended.title]


def test_a_row_says_what_has_ended_what_replaces_it_and_where_it_is_used(client, three):
    school, *_ = three
    area = measure_of(school, name="Kunskap").area
    page = catalogue(client, q="e")
    assert "Upphört 2023" in text_of(page)
    assert "Ersätts av Äldre som är nöjda, andel" in text_of(page)
    assert "Finns inte längre i Kolada" in text_of(page)
    assert reverse("area-detail", args=[area.slug]) in page.text


def test_what_makes_no_sense_in_the_address_is_said_and_not_asked_for(client, three):
    page = catalogue(client, area="Sjöfart", q="x" * 200, page="många")
    assert page.status_code == 200
    assert len(titles_in(page)) == 3
    assert page.context["filters"].errors.keys() == {"area", "q"}


def test_our_own_measures_are_not_in_it(client, sofia):
    own = KpiFactory(code="E00001", source=Source.OWN)
    assert titles_in(catalogue(client)) == []
    assert client.get(reverse("catalogue-kpi", args=[own.code])).status_code == 404


def test_an_empty_catalogue_offers_to_fetch_it(client, sofia):
    assert "Hämta katalogen" in text_of(catalogue(client))


def test_nothing_found_offers_to_show_all(client, three):
    page = catalogue(client, q="finns ej")
    assert "Inget stämmer" in text_of(page)
    assert "Visa alla" in text_of(page)


def test_turning_the_page_keeps_what_is_asked_for(client, sofia):
    for n in range(51):
        KpiFactory(title=f"Tal {n:02}", operating_area="Skola")
    page = catalogue(client, area="Skola")
    assert len(titles_in(page)) == 50
    assert "area=Skola&amp;page=2" in page.text
    assert titles_in(catalogue(client, area="Skola", page=2)) == ["Tal 50"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_however_many_rows(client, sofia, count, django_assert_num_queries):
    after = KpiFactory(title="Efter")
    for n in range(count):
        kpi = KpiFactory(successor=after, operating_area=f"Område {n}", title=f"Tal {n} (-2020)")
        measure_of(kpi, name="Ett")
        measure_of(kpi, name="Två")
    with django_assert_num_queries(10):
        assert len(titles_in(catalogue(client))) == count + 1


# --- following -------------------------------------------------------------------------------------


def test_one_press_follows_and_one_more_stops(client, sofia):
    kpi = KpiFactory()
    part = {"headers": {"HX-Request": "true", "HX-Target": f"follow-{kpi.code}"}}
    address = reverse("kpi-follow", args=[kpi.code])

    answer = client.post(address, **part)

    assert 'aria-pressed="true"' in answer.text
    assert "<html" not in answer.text
    kpi.refresh_from_db()
    assert kpi.is_followed
    client.post(address, **part)  # pressed twice
    assert Event.objects.filter(kind="kpi.follow").count() == 1
    client.post(address, {"back": "1"}, **part)
    kpi.refresh_from_db()
    assert not kpi.is_followed


def test_without_javascript_one_comes_back_to_the_list_and_can_undo(client, sofia):
    kpi = KpiFactory(title="Trygga äldre")
    address = f"{reverse('kpi-catalogue')}?q=trygga"

    answer = press(client, kpi, address=address)

    assert answer["Location"] == address
    page = client.get(address)
    assert "Du följer ”Trygga äldre” nu." in text_of(page)
    assert "Ångra" in text_of(page)
    press(client, kpi, back="1", undo="1", address=address)
    kpi.refresh_from_db()
    assert not kpi.is_followed
    assert "Ångra" not in text_of(client.get(address))


def test_the_button_leads_nowhere_else(client, sofia):
    kpi = KpiFactory()
    for address in ("https://exempel.se/", "//exempel.se/", "javascript:alert(1)"):
        assert press(client, kpi, address=address)["Location"] == reverse(
            "catalogue-kpi", args=[kpi.code]
        )


def test_what_kolada_has_dropped_cannot_be_followed(client, sofia):
    kpi = KpiFactory(retired_on=timezone.localdate())
    press(client, kpi)
    kpi.refresh_from_db()
    assert not kpi.is_followed


# --- one KPI ---------------------------------------------------------------------------------------


def describe(client, kpi, **changes):
    sent = {
        "short_title": "Trygga",
        "unit_word": "%",
        "decimals": "1",
        "good": Good.HIGH,
        "successor": "",
        **changes,
    }
    return client.post(reverse("catalogue-kpi", args=[kpi.code]), sent)


def kpi_page(client, kpi):
    return client.get(reverse("catalogue-kpi", args=[kpi.code]))


def test_a_kpi_shows_all_that_kolada_says(client, sofia):
    kpi = KpiFactory(
        description="Antal elever <16 år.\nKälla: SCB.",
        operating_area="Grundskola",
        period="2025",
        has_units=True,
        published_on=timezone.localdate(),
    )
    page = kpi_page(client, kpi)
    assert "Antal elever &lt;16 år.<br>Källa: SCB." in page.text
    assert "Senaste period 2025" in text_of(page)
    assert reverse("kpi-detail", args=[kpi.code]) in page.text


def test_what_we_say_of_it_is_saved(client, sofia):
    kpi, after = KpiFactory(), KpiFactory()
    assert describe(client, kpi, decimals="0", successor=after.pk).status_code == 302
    kpi.refresh_from_db()
    assert (kpi.short_title, kpi.decimals, kpi.successor) == ("Trygga", 0, after)
    describe(client, kpi, decimals="0", successor=after.pk)  # pressed twice
    assert Event.objects.filter(kind="kpi.describe").count() == 1


def test_another_good_way_turns_the_ranks_around(client, sofia, where):
    kpi = KpiFactory(good=Good.HIGH)
    said(kpi, where, [10, 20, 30, 40])
    assert KpiYear.objects.seen_by(where[0]).get(kpi=kpi).rank == 4

    describe(client, kpi, good=Good.LOW)

    assert KpiYear.objects.seen_by(where[0]).get(kpi=kpi).rank == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"decimals": "9"}, "decimals"),
        ({"decimals": ""}, "decimals"),
        ({"good": "sideways"}, "good"),
        ({"short_title": "x" * 81}, "short_title"),
        ({"successor": "32000"}, "successor"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(client, sofia, changes, field):
    page = describe(client, KpiFactory(), **changes)
    assert page.status_code == 422
    assert page.context["form"].errors.keys() == {field}
    assert "Trygga" in page.text or field == "short_title"  # nothing typed is lost


def test_a_kpi_is_not_replaced_by_itself_in_the_end(client, sofia):
    first, second, third = KpiFactory(), KpiFactory(), KpiFactory()
    describe(client, first, successor=second.pk)
    describe(client, second, successor=third.pk)
    assert "ersätts självt av det här nyckeltalet" in text_of(
        describe(client, third, successor=first.pk)
    )
    assert "kan inte ersättas av sig självt" in text_of(describe(client, third, successor=third.pk))


def test_a_break_is_added_once_and_taken_away(client, sofia):
    kpi = KpiFactory()
    address = reverse("kpi-break-add", args=[kpi.code])
    for _ in range(2):
        client.post(address, {"year": "2019", "why": "Per 100 000 invånare från 2019."})
    assert [each.year for each in kpi.breaks.all()] == [2019]
    page = client.post(address, {"year": "2019", "why": "En annan sak."})
    assert page.status_code == 422
    assert page.context["break_form"].errors.keys() == {"year"}
    assert "En annan sak." in page.text
    for _ in range(2):
        client.post(reverse("kpi-break-remove", args=[kpi.code, 2019]))
    assert not kpi.breaks.exists()


@pytest.mark.parametrize("year", ["1066", "3000", "i fjol", ""])
def test_a_break_needs_a_year_that_can_be(client, sofia, year):
    kpi = KpiFactory()
    page = client.post(reverse("kpi-break-add", args=[kpi.code]), {"year": year, "why": "Så."})
    assert page.status_code == 422
    assert not kpi.breaks.exists()


def test_former_words_stand_before_and_after(client, sofia):
    kpi = KpiFactory(title="Nu", description="Beskrivning nu")
    kpi.text_revisions.create(title="Förr", description="Beskrivning nu")
    page = text_of(kpi_page(client, kpi))
    assert "Ny rubrik" in page
    assert "Före Förr Efter Nu" in page


@pytest.mark.parametrize("count", [1, 3])
def test_a_kpi_costs_the_same_however_much_there_is_about_it(
    client, sofia, where, count, django_assert_num_queries
):
    kpi = KpiFactory()
    for n in range(count):
        said(kpi, where, [1, 2, 3, 4], year=2018 + n)
        kpi.text_revisions.create(title=f"Förr {n}")
        kpi.breaks.create(year=2010 + n, why="Så.")
        KpiFactory(successor=kpi)
        measure_of(kpi, name="Ett")
    with django_assert_num_queries(14):
        kpi_page(client, kpi)


# --- our own values, asked of Kolada ---------------------------------------------------------------


def ask(client, kpi, **options):
    return client.get(reverse("kpi-preview", args=[kpi.code]), **options)


@pytest.fixture
def known(kolada, where):
    """A KPI that Kolada has values of."""
    kpi = KpiFactory(has_genders=True, decimals=0)
    kolada.world.add_kpi(kpi.code, is_divided_by_gender=True)
    return kpi


def test_stored_values_are_shown_at_once(client, sofia, where):
    kpi = KpiFactory()
    said(kpi, where, [61.5, 70, 80, 90])
    assert "2020 61,5" in text_of(kpi_page(client, kpi))


def test_without_stored_values_kolada_can_be_asked(client, sofia):
    assert "Fråga Kolada efter våra värden" in text_of(kpi_page(client, KpiFactory()))


def test_kolada_away_is_said_in_a_sentence(client, sofia, settings):
    settings.KOLADA_URL = "http://127.0.0.1:9/v3"
    page = ask(client, KpiFactory(), headers={"HX-Request": "true", "HX-Target": "preview"})
    assert page.status_code == 200
    assert "Kolada går inte att nå." in text_of(page)
    assert "Fråga Kolada igen" in text_of(page)


def test_what_kolada_has_is_shown_and_nothing_is_stored(client, sofia, where, known, kolada):
    kolada.world.set(known.code, where[0].code, 2023, 61.5)
    kolada.world.set(known.code, where[0].code, 2023, 64.0, gender="K")
    kolada.world.set(known.code, where[0].code, 2023, gender="M", status="Privacy")
    kolada.world.set(known.code, where[1].code, 2023, 99.0)

    page = ask(client, known, headers={"HX-Request": "true", "HX-Target": "preview"})

    assert "2023 62 64 .." in text_of(page)
    assert "<html" not in page.text
    assert not KpiValue.objects.exists()
    assert "2023 62 64 .." in text_of(ask(client, known))  # without JavaScript


def test_kolada_without_values_of_ours_is_said(client, sofia, known):
    assert "Kolada svarade, men har inga värden för oss" in text_of(ask(client, known))


def test_nobody_waits_long_for_a_slow_kolada(client, sofia, known, kolada, monkeypatch):
    monkeypatch.setattr("measures.kolada.client.HASTY_ANSWER", 0.2)
    kolada.fail("slow", seconds=2, times=5)
    began = time.monotonic()
    assert "Kolada svarade inte i tid." in text_of(ask(client, known))
    assert time.monotonic() - began < 1.5
    assert len(kolada.asked) == 1
