"""What the public reads of the quality viewer: chosen, looked at, released, and then left alone."""

import datetime as dt
import json

import pytest
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.html import strip_tags

from foundation.errors import Refused
from foundation.models import Event
from measures.actions import releases, values
from measures.models import Gender, Goal, Good, Release, ServiceUnit, Status, UnitValue
from measures.queries.releases import Said
from measures.released import Facts
from organisation.permissions import Role
from tests.factories import (
    KpiFactory,
    employee,
    home_of,
    measure_of,
    person_with,
    said,
)

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 11, 22)


@pytest.fixture
def home(where):
    return home_of(where[0])


@pytest.fixture
def keeper(home):
    return person_with(Role.QUALITY_LEAD, at=home)


@pytest.fixture
def measure(home, where):
    safe, content = KpiFactory(short_title="Trygga elever"), KpiFactory(title="Nöjda elever")
    made = measure_of(safe, content, name="Trivsel")
    for year in (2018, 2019, 2020):
        said(safe, where, [60 + year - 2018, 80, 81, 82], year=year)
        said(content, where, [90 + year - 2018, 70, 71, 72], year=year)
    return made


@pytest.fixture
def area(measure):
    return measure.area


def text_of(page):
    return " ".join(strip_tags(page.text).split())


def make_public(area, by, *, year=2020, **words):
    words = {"introduction": "Så går det.", **words}
    seen = releases.preview(area_id=area.pk, year=year, said=Said(**words), on=TODAY, by=by)
    return releases.release(
        area_id=area.pk,
        year=year,
        said=Said(**words),
        seen=releases.fingerprint(seen),
        on=TODAY,
        by=by,
    )


def open_area(client, area, **query):
    return client.get(reverse("public-area", args=[area.slug]), query)


# --- what anybody reads ---------------------------------------------------------------------------


def test_anybody_reads_what_was_released_without_signing_in(client, area, measure, keeper):
    make_public(area, keeper, comments={measure.pk: "Vi har fler vuxna på rasten."})

    page, first = open_area(client, area), client.get(reverse("public-quality"))

    assert page.status_code == first.status_code == 200
    text = text_of(page)
    assert "75,0" in text
    assert "76,0" in text
    assert "77,0, bästa fjärdedelen" in text
    assert "Vi har fler vuxna på rasten." in text
    assert "Så går det." in text
    assert "Källa: Kolada" in text
    assert "egen bearbetning av uppgifter från Kolada" in text
    assert area.name in text_of(first)
    assert "Så läser du tabellen" in text_of(first)


def test_what_is_not_released_is_not_found(client, area):
    assert open_area(client, area).status_code == 404
    assert "Inget är publicerat än" in text_of(client.get(reverse("public-quality")))


def test_it_is_read_in_english_too_by_its_address(client, area, keeper):
    make_public(area, keeper)
    page = open_area(client, area, sprak="en")
    assert 'lang="en"' in page.text
    assert "How to read the table" in page.text
    assert page["Content-Language"] == "en"
    assert f'hreflang="sv" href="http://localhost:8000{page.request["PATH_INFO"]}"' in page.text


@pytest.mark.parametrize("signed_in", [False, True])
def test_no_cookie_is_set_and_every_cache_may_keep_it(client, area, keeper, signed_in):
    make_public(area, keeper)
    if signed_in:
        client.force_login(keeper)
    for page in (open_area(client, area), client.get(reverse("public-quality"))):
        assert not page.cookies
        assert "Cookie" not in page.get("Vary", "")
        assert page["Cache-Control"] == "public, max-age=300"
        assert keeper.name not in page.text


def test_nothing_comes_from_elsewhere(client, area, keeper, settings):
    make_public(area, keeper)
    page = open_area(client, area).text
    fetched = [part.split('"')[0] for part in page.split(' src="')[1:]]
    styles = [part.split('href="')[1].split('"')[0] for part in page.split('rel="stylesheet"')[1:]]
    assert "<script" not in page
    assert all(address.startswith("/static/") for address in [*fetched, *styles])


def test_whoever_has_it_already_is_told_that_it_is_the_same(client, area, keeper):
    make_public(area, keeper)
    tag = open_area(client, area)["ETag"]
    address = reverse("public-area", args=[area.slug])
    again = client.get(address, headers={"If-None-Match": tag})
    make_public(area, keeper, introduction="Nya ord.")
    new = client.get(address, headers={"If-None-Match": tag})
    assert (again.status_code, new.status_code) == (304, 200)


@pytest.mark.parametrize("count", [1, 3])
def test_both_pages_ask_the_same_however_much_is_public(
    client, where, home, keeper, count, django_assert_num_queries
):
    areas = []
    for _ in range(count):
        kpi = KpiFactory()
        areas.append(measure_of(kpi).area)
        said(kpi, where, [1, 2, 3, 4])
        make_public(areas[-1], keeper)
    # which are public, and whether works are; the cache; once more with what they say, the
    # organisation; kept: 4
    with django_assert_num_queries(11):
        client.get(reverse("public-quality"))
    with django_assert_num_queries(3):
        client.get(reverse("public-quality"))
    open_area(client, areas[0])
    with django_assert_num_queries(4):  # the release, its key figures, works on them; the cache
        open_area(client, areas[0])


# --- it stays as it was ---------------------------------------------------------------------------


def test_it_stays_as_it_was_when_values_names_and_parts_change(
    client, area, measure, where, keeper
):
    make_public(area, keeper)
    before = open_area(client, area).text
    said(measure.parts.first().kpi, where, [10, 80, 81, 82], year=2020)
    area.name, measure.name = "Nytt namn", "Annat"
    area.save()
    measure.save()
    measure.parts.last().delete()
    measure.delete()
    cache.clear()
    assert open_area(client, area).text == before


def test_the_database_refuses_to_change_or_delete_it(area, keeper):
    made = make_public(area, keeper)
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        Release.objects.filter(pk=made.pk).update(facts={})
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        Release.objects.filter(pk=made.pk).delete()


def test_what_is_kept_reads_back_as_it_was(area, measure, home, keeper):
    Goal.objects.create(
        measure=measure, unit=home, year=2020, value=80, note="Nämnden § 12", set_by=keeper
    )
    made = make_public(area, keeper, shows_goals=True, shows_rank=True)
    facts = Facts.read(made.facts)
    assert facts.stored == {**made.facts, **{k: facts.stored[k] for k in ("years", "measures")}}
    (shown,) = facts.measures
    assert (shown.goal_text, shown.last.place) == ("80", "1 av 4")


def test_nothing_of_units_or_of_genders_is_in_it(area, measure, where, keeper):
    school = ServiceUnit.objects.create(name="Lilla skolan", municipality=where[0])
    kpi = measure.parts.first().kpi
    UnitValue.objects.create(kpi=kpi, unit=school, year=2020, gender=0, value=13.37, answers=3)
    values.load([values.Row(kpi.pk, where[0].pk, 2020, Gender.WOMEN, Status.HAS_VALUE, 47.11)])
    kept = json.dumps(make_public(area, keeper).facts, ensure_ascii=False)
    for private in ("Lilla skolan", "13.37", "47.11"):
        assert private not in kept


# --- what is chosen -------------------------------------------------------------------------------


def test_rank_and_goal_are_shown_only_if_chosen(client, area, measure, home, keeper):
    Goal.objects.create(measure=measure, unit=home, year=2020, value=80, set_by=keeper)
    make_public(area, keeper)
    plain = text_of(open_area(client, area))
    make_public(area, keeper, shows_rank=True, shows_goals=True)
    chosen = text_of(open_area(client, area))
    assert "1 av 4" not in plain
    assert "Mål 2020" not in plain
    assert "1 av 4" in chosen
    assert "Mål 2020" in chosen
    assert " 80 " in chosen


def test_signs_and_the_other_years_of_a_cost_are_kept(client, home, where, keeper):
    grade, cost = KpiFactory(), KpiFactory(good=Good.LOW, unit_word="kr", decimals=0)
    area = measure_of(grade, position=1).area
    measure_of(cost, area=area, position=2, year_lag=1, name="Kostnad")
    said(grade, where, [1, 2, 3, 4], year=2020)
    said(grade, where, [Status.SECRET, 2, 3, 4], year=2019)
    said(cost, where, [117_046, 2, 3, 4], year=2019)
    make_public(area, keeper)
    text = text_of(open_area(client, area))
    assert "117 046" in text
    assert "uppgifter från 2017–2019" in text
    assert "..," in text


def test_earlier_years_have_their_colours_too(area, keeper):
    facts = Facts.read(make_public(area, keeper, year=2019).facts)
    assert facts.years == (2017, 2018, 2019)
    assert [outcome.verdict for outcome in facts.measures[0].outcomes] == ["none", "bad", "mid"]


# --- releasing ------------------------------------------------------------------------------------


def typed(measure, **changes):
    return {
        "year": "2020",
        "introduction": "Om skolan.",
        f"comment-{measure.pk}": "Bra.",
        **changes,
    }


def seen_in(page):
    return page.text.split('name="seen" value="')[1].split('"')[0]


def test_it_is_looked_at_as_everybody_will_see_it_and_then_released(client, area, measure, keeper):
    client.force_login(keeper)
    address = reverse("release-prepare", args=[area.slug])

    looked = client.post(address, typed(measure))
    assert "Så här kommer alla att se det" in text_of(looked)
    assert not Release.objects.exists()
    done = client.post(address, typed(measure, release="yes", seen=seen_in(looked)))

    assert done["Location"] == reverse("public-releases")
    preview = looked.text.split("<article")[1].split("</article>")[0]
    public = open_area(client, area).text.split("<article")[1].split("</article>")[0]
    for part in ("Om skolan.", "Bra.", "77,0"):
        assert part in preview
        assert part in public
    assert Event.objects.filter(kind="release.make").count() == 1


def test_two_presses_release_once(client, area, measure, keeper):
    client.force_login(keeper)
    address = reverse("release-prepare", args=[area.slug])
    seen = seen_in(client.post(address, typed(measure)))
    for _ in range(2):
        client.post(address, typed(measure, release="yes", seen=seen))
    assert Release.objects.count() == 1


def test_values_that_changed_meanwhile_are_looked_at_again(client, area, measure, where, keeper):
    client.force_login(keeper)
    address = reverse("release-prepare", args=[area.slug])
    seen = seen_in(client.post(address, typed(measure)))
    said(measure.parts.first().kpi, where, [10, 80, 81, 82], year=2020)

    again = client.post(address, typed(measure, release="yes", seen=seen))

    assert again.status_code == 422
    assert "Något har ändrats sedan du tittade" in text_of(again)
    assert "Om skolan." in again.text
    assert seen_in(again) != seen
    assert not Release.objects.exists()


def test_an_identity_number_is_refused_and_nothing_typed_is_lost(client, area, measure, keeper):
    client.force_login(keeper)
    page = client.post(
        reverse("release-prepare", args=[area.slug]),
        typed(measure, **{f"comment-{measure.pk}": "Ring 811228-9874."}),
    )
    assert page.status_code == 422
    assert "Om skolan." in page.text
    assert "Ring 811228-9874." in page.text
    assert "personnummer" in page.text
    assert "Så här kommer alla att se det" not in text_of(page)


def test_the_action_refuses_it_too(area, measure, keeper):
    with pytest.raises(Refused, match="personnummer"):
        make_public(area, keeper, comments={measure.pk: "Ring 811228-9874."})
    with pytest.raises(Refused, match="inga värden för 1999"):
        make_public(area, keeper, year=1999)


def test_only_those_who_look_after_the_quality_viewer_release(client, area, home, keeper):
    staff = employee(at=home)
    with pytest.raises(Refused):
        make_public(area, staff)
    made = make_public(area, keeper)
    client.force_login(staff)
    for address in (
        reverse("public-releases"),
        reverse("release-prepare", args=[area.slug]),
        reverse("release-detail", args=[made.pk]),
        reverse("release-withdraw", args=[made.pk]),
    ):
        assert client.get(address).status_code == 404
        assert client.post(address).status_code in {404, 405}


def test_the_words_of_last_time_are_filled_in(client, area, measure, keeper):
    make_public(area, keeper, comments={measure.pk: "Fler vuxna."}, shows_rank=True)
    client.force_login(keeper)
    form = client.get(reverse("release-prepare", args=[area.slug])).context["form"]
    assert form[f"comment-{measure.pk}"].value() == "Fler vuxna."
    assert form["shows_rank"].value() is True


def test_a_new_one_takes_its_place_and_the_former_is_kept(client, area, keeper):
    former = make_public(area, keeper)
    now = make_public(area, keeper, introduction="Nya ord.")
    assert "Nya ord." in open_area(client, area).text
    client.force_login(keeper)
    kept = client.get(reverse("release-detail", args=[former.pk]))
    assert "Så går det." in kept.text
    assert "En senare publicering har tagit dess plats." in text_of(kept)
    assert client.get(reverse("release-withdraw", args=[former.pk])).status_code == 404
    assert list(Release.objects.current()) == [now]


def test_it_is_withdrawn_with_a_reason_and_nothing_takes_its_place(client, area, keeper):
    make_public(area, keeper)
    made = make_public(area, keeper, introduction="Fel siffror.")
    client.force_login(keeper)
    address = reverse("release-withdraw", args=[made.pk])

    assert client.post(address, {"reason": ""}).status_code == 422
    client.post(address, {"reason": "Fel skolor var med."})

    assert open_area(client, area).status_code == 404
    assert "Fel skolor var med." in client.get(reverse("release-detail", args=[made.pk])).text
    assert client.post(address, {"reason": "En gång till."}).status_code == 404
    with pytest.raises(Refused, match="redan"):
        releases.withdraw(release_id=made.pk, reason="Igen.", by=keeper)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_areas_asks_the_same_however_many(
    client, home, where, keeper, count, django_assert_num_queries
):
    for _ in range(count):
        kpi = KpiFactory()
        area = measure_of(kpi).area
        said(kpi, where, [1, 2, 3, 4])
        make_public(area, keeper)
    client.force_login(keeper)
    # session, person, roles, employments, home unit, releases, areas
    with django_assert_num_queries(7):
        client.get(reverse("public-releases"))
