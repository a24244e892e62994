"""Pages where a quality lead puts areas, measures, goals and lists together."""

import pytest
from django.urls import get_resolver, reverse

from measures.actions import shipped
from measures.models import (
    Goal,
    Good,
    Kpi,
    MunicipalityGroup,
    QualityArea,
    QualityMeasure,
    Release,
)
from measures.rules.areas import TAKEN
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
def whole(where):
    return home_of(where[0])


@pytest.fixture
def lead(whole, client):
    person = person_with(Role.QUALITY_LEAD, at=whole)
    client.force_login(person)
    return person


@pytest.fixture
def trust(lead, where):
    """A measure of one KPI with a value, in an area that has nothing else."""
    kpi = KpiFactory(short_title="Förtroende")
    area = QualityArea.objects.create(slug="hemtjanst", name="Hemtjänst", position=0)
    measure = measure_of(kpi, area=area, name="Trygghet")
    said(kpi, where, [90, 80, 70, 60])
    return measure


def at(name, *args):
    return reverse(name, args=args)


# --- areas ---------------------------------------------------------------------------------------


def test_an_area_is_added_and_its_measures_come_next(client, lead):
    answer = client.post(at("area-add"), {"name": "Förskola", "about": "", "likeness": ""})
    assert answer.headers["Location"] == at("area-edit", "forskola")
    page = client.get(answer.headers["Location"])
    assert "Inga kvalitetsmått ännu" in page.text
    assert "Området är tillagt" in page.text


def test_what_is_wrong_is_said_and_what_was_written_stays(client, trust):
    answer = client.post(at("area-add"), {"name": "Hemtjänst", "about": "Hemma hos dig"})
    assert answer.status_code == 422
    assert "Hemma hos dig" in answer.text
    assert "Det finns redan något som heter ”Hemtjänst”." in text_of(answer)


def test_areas_are_ordered_by_a_button_or_by_dragging(client, trust):
    other = QualityArea.objects.create(slug="skola", name="Skola", position=1)
    client.post(at("area-order"), {"item": [trust.area_id, other.pk], "move": f"{other.pk}:up"})
    assert list(QualityArea.objects.all()) == [other, trust.area]
    part = client.post(
        at("area-order"),
        {"item": [trust.area_id, other.pk]},
        headers={"HX-Request": "true", "HX-Target": "order"},
    )
    assert list(QualityArea.objects.all()) == [trust.area, other]
    assert part.text.lstrip().startswith('<div id="order"')


def test_a_hidden_area_is_marked_and_shown_again(client, trust):
    client.post(at("area-hide", "hemtjanst", "dolj"))
    assert "Dolt" in client.get(at("area-list-edit")).text
    client.post(at("area-hide", "hemtjanst", "visa"))
    assert not QualityArea.objects.get().is_hidden


def test_an_area_is_taken_away_after_a_yes_and_twice_is_harmless(client, trust):
    assert "Ta bort Hemtjänst?" in client.get(at("area-delete", "hemtjanst")).text
    for _ in "12":
        answer = client.post(at("area-delete", "hemtjanst"))
        assert answer.headers["Location"] == at("area-list-edit")
    assert not QualityArea.objects.exists()


def test_an_area_that_something_is_made_public_from_says_why_it_stays(client, lead, trust):
    Release.objects.create(area=trust.area, year=2020, facts={}, released_by=lead)
    page = client.get(at("area-edit", "hemtjanst"))
    assert at("area-delete", "hemtjanst") not in page.text
    assert "offentliggjorts" in page.text
    client.post(at("area-delete", "hemtjanst"))
    assert QualityArea.objects.exists()


def test_an_area_that_comes_with_the_application_can_be_had(client, lead):
    assert "Särskilt boende" in client.get(at("area-list-edit")).text
    for _ in "12":
        client.post(at("area-ship", "sarskilt-boende"))
    assert QualityArea.objects.get().measures.count() == 10
    assert client.post(at("area-ship", "rymden")).status_code == 302


def test_the_similar_to_choose_among_are_those_that_kolada_has(client, lead, where, trust):
    MunicipalityGroup.objects.create(code="G1", alike=where[0], subject="äldreomsorg", year=2024)
    assert "äldreomsorg" in client.get(at("area-words", "hemtjanst")).text
    client.post(at("area-words", "hemtjanst"), {"name": "Hemtjänst", "likeness": "äldreomsorg"})
    page = text_of(client.get(at("area-edit", "hemtjanst")))
    assert "liknande kommuner: äldreomsorg" in page
    assert "Liknande kommuner: från inget till ”äldreomsorg”" in page


def test_no_area_gets_an_address_that_another_page_has():
    def firsts(patterns, prefix=""):
        for pattern in patterns:
            address = prefix + str(pattern.pattern)
            if hasattr(pattern, "url_patterns"):
                yield from firsts(pattern.url_patterns, address)
            elif address.startswith("kvalitet/"):
                yield address.split("/")[1]

    fixed = {first for first in firsts(get_resolver().url_patterns) if first and "<" not in first}
    assert fixed <= TAKEN


# --- measures and parts --------------------------------------------------------------------------


def test_a_measure_is_added_and_made_of_a_kpi_that_is_searched_for(client, trust):
    kpi = KpiFactory(title="Brukarbedömning hänsyn till åsikter, andel (%)")
    answer = client.post(
        at("quality-measure-add", "hemtjanst"), {"name": "Delaktighet", "year_lag": "0"}
    )
    measure = QualityMeasure.objects.get(name="Delaktighet")
    assert answer.headers["Location"] == at("part-add", "hemtjanst", measure.pk)
    found = client.post(
        answer.headers["Location"], {"q_kpi": "hänsyn", "search_kpi": "1", "is_left_out": "no"}
    )
    assert kpi.title in found.text
    client.post(answer.headers["Location"], {"kpi": kpi.pk, "is_left_out": "no"})
    assert measure.parts.get().kpi == kpi


def test_a_kpi_is_asked_for_beside_its_field(client, trust):
    answer = client.post(at("part-add", "hemtjanst", trust.pk), {"is_left_out": "no"})
    assert answer.status_code == 422
    assert "Välj" in text_of(answer)


def test_a_measure_is_renamed_moved_in_time_and_the_change_is_seen(client, trust):
    client.post(
        at("quality-measure-words", "hemtjanst", trust.pk),
        {"name": "Trygghet hemma", "note": "", "year_lag": "1"},
    )
    page = text_of(client.get(at("area-edit", "hemtjanst")))
    assert "Trygghet ändrades" in page
    assert "Namn: från ”Trygghet” till ”Trygghet hemma”" in page


def test_parts_are_counted_or_only_shown(client, trust):
    part = trust.parts.get()
    for step, is_left_out in (("utanfor", True), ("utanfor", True), ("rakna", False)):
        client.post(at("part-step", "hemtjanst", trust.pk, part.pk, step))
        part.refresh_from_db()
        assert part.is_left_out == is_left_out
    answer = client.post(at("part-step", "hemtjanst", trust.pk, part.pk, "flyga"))
    assert answer.status_code == 404


def test_a_part_is_taken_out_after_a_yes_and_twice_is_harmless(client, trust):
    part = trust.parts.get()
    address = at("part-remove", "hemtjanst", trust.pk, part.pk)
    assert "Ta ut Förtroende ur Trygghet?" in client.get(address).text
    for _ in "12":
        answer = client.post(address)
        assert answer.headers["Location"] == at("quality-measure-edit", "hemtjanst", trust.pk)
    assert not trust.parts.exists()


def test_a_measure_is_taken_away_after_a_yes(client, trust):
    address = at("quality-measure-delete", "hemtjanst", trust.pk)
    assert "Ta bort Trygghet?" in client.get(address).text
    for _ in "12":
        assert client.post(address).headers["Location"] == at("area-edit", "hemtjanst")
    assert not QualityMeasure.objects.exists()


def test_parts_and_measures_are_put_in_order(client, trust):
    part = trust.parts.get()
    late = trust.parts.create(kpi=KpiFactory(), position=5)
    client.post(at("part-order", "hemtjanst", trust.pk), {"move": f"{late.pk}:up"})
    assert list(trust.parts.all()) == [late, part]
    other = measure_of(KpiFactory(), area=trust.area, position=9)
    client.post(at("quality-measure-order", "hemtjanst"), {"item": [other.pk, trust.pk]})
    assert list(trust.area.measures.all()) == [other, trust]


# --- what one is warned of -----------------------------------------------------------------------


def test_parts_that_disagree_about_direction_are_said(client, trust):
    trust.parts.create(kpi=KpiFactory(short_title="Väntetid", good=Good.LOW), position=1)
    page = text_of(client.get(at("area-edit", "hemtjanst")))
    assert (
        "Delarna säger emot varandra: högt värde är bra för Förtroende, lågt för Väntetid." in page
    )


def test_a_part_without_direction_is_said(client, trust):
    trust.parts.create(kpi=KpiFactory(short_title="Lärartäthet", good=Good.NEITHER), position=1)
    page = text_of(client.get(at("quality-measure-edit", "hemtjanst", trust.pk)))
    assert "Ingen har sagt vilket håll som är bra för Lärartäthet" in page


def test_an_ended_kpi_offers_what_came_after_it(client, trust):
    new = KpiFactory(short_title="Nytt förtroende")
    old = trust.parts.get().kpi
    Kpi.objects.filter(pk=old.pk).update(title="Förtroende (-2023)", successor=new)
    page = client.get(at("quality-measure-edit", "hemtjanst", trust.pk))
    assert "Avslutat: 2023 är sista året." in text_of(page)
    assert f"Använd {new.code} i stället" in text_of(page)
    part = trust.parts.get()
    for _ in "12":
        client.post(
            at("part-step", "hemtjanst", trust.pk, part.pk, "byt"), {"kpi": old.pk}, follow=True
        )
    assert trust.parts.get().kpi == new


def test_a_part_without_values_leads_to_the_fetching(client, trust):
    assert at("import-list") + "?" not in client.get(at("area-edit", "hemtjanst")).text
    trust.parts.create(kpi=KpiFactory(), position=1)
    assert at("import-list") + "?what=area" in client.get(at("area-edit", "hemtjanst")).text


# --- goals ---------------------------------------------------------------------------------------


def test_a_goal_is_set_in_swedish_numbers_and_shown_beside_the_outcome(client, whole, trust, lead):
    page = client.get(at("goal-add") + f"?measure={trust.pk}")
    assert f'<option value="{trust.pk}" selected' in page.text
    answer = client.post(
        at("goal-add"),
        {
            "measure": trust.pk,
            "kpi": "",
            "unit": whole.pk,
            "year": "2020",
            "value": "89,5",
            "note": "Socialnämnden 2026-02-03 § 12",
        },
    )
    assert answer.headers["Location"] == at("goal-list")
    page = text_of(client.get(at("goal-list")))
    assert "89,5" in page
    assert "90,0" in page
    assert "Uppnått" in page
    assert "Socialnämnden 2026-02-03 § 12" in page


def test_a_goal_for_nothing_or_for_two_things_is_refused_beside_the_field(client, whole, trust):
    usual = {"unit": whole.pk, "year": "2020", "value": "90"}
    both = {"measure": trust.pk, "kpi": trust.parts.get().kpi_id}
    for wrong in ({}, both):
        answer = client.post(at("goal-add"), usual | wrong)
        assert answer.status_code == 422
    assert "Välj ett kvalitetsmått eller ett nyckeltal, inte båda." in answer.text
    assert not Goal.objects.exists()


def test_a_manager_sets_goals_for_the_own_unit_only(client, whole, where):
    school = UnitFactory(name="Skolan", parent=whole)
    client.force_login(person_with(Role.MANAGER, at=school))
    kpi = KpiFactory()
    usual = {"kpi": kpi.pk, "year": "2027", "value": "90", "note": ""}
    assert client.post(at("goal-add"), usual | {"unit": whole.pk}).status_code == 422
    assert client.post(at("goal-add"), usual | {"unit": school.pk}).status_code == 302
    goal = Goal.objects.get()
    client.post(at("goal-edit", goal.pk), usual | {"unit": school.pk, "value": "95"})
    goal.refresh_from_db()
    assert goal.value == 95
    for _ in "12":
        assert client.post(at("goal-remove", goal.pk)).headers["Location"] == at("goal-list")
    assert not Goal.objects.exists()


def test_others_see_goals_and_change_none(client, whole, trust, lead):
    goal = Goal.objects.create(measure=trust, unit=whole, year=2020, value=95, set_by=lead)
    client.force_login(employee(at=whole))
    page = client.get(at("goal-list"))
    assert "Inte uppnått" in text_of(page)
    assert at("goal-add") not in page.text
    for name, args in (("goal-add", []), ("goal-edit", [goal.pk]), ("goal-remove", [goal.pk])):
        assert client.get(at(name, *args)).status_code == 404


# --- lists ---------------------------------------------------------------------------------------


def test_a_list_is_put_together_by_searching(client, lead, where):
    a, b = where[1:3]
    page = client.post(at("group-add"), {"title": "Grannar", "more": a.code, "add": "1"})
    assert page.status_code == 200
    assert not MunicipalityGroup.objects.exists()
    assert f'value="{a.code}" id="member-{a.code}" checked' in page.text
    client.post(at("group-add"), {"title": "Grannar", "members": [a.code], "more": b.code})
    assert set(MunicipalityGroup.objects.get().members) == {a.pk, b.pk}


def test_a_list_is_changed_and_taken_away(client, lead, where):
    group = MunicipalityGroup.objects.create(title="Grannar", members=[where[1].pk])
    client.post(at("group-edit", group.pk), {"title": "Kusten", "members": [where[2].code]})
    group.refresh_from_db()
    assert (group.title, group.members) == ("Kusten", [where[2].pk])
    assert "Kusten" in client.get(at("group-list")).text
    for _ in "12":
        assert client.post(at("group-delete", group.pk)).status_code == 302
    assert not MunicipalityGroup.objects.exists()


def test_a_list_with_nobody_or_the_name_of_another_is_refused(client, lead, where):
    MunicipalityGroup.objects.create(title="Grannar", members=[where[1].pk])
    assert client.post(at("group-add"), {"title": "Tom"}).status_code == 422
    again = {"title": "grannar", "members": [where[2].code]}
    assert client.post(at("group-add"), again).status_code == 422


def test_kolada_s_own_groups_are_not_ours_to_change(client, lead, where):
    group = MunicipalityGroup.objects.create(
        code="G1", title="Liknande", alike=where[0], subject="LSS", year=2024, members=[where[1].pk]
    )
    assert "LSS, 2024" in client.get(at("group-list")).text
    assert client.get(at("group-edit", group.pk)).status_code == 404
    assert client.get(at("group-delete", group.pk)).status_code == 404


# --- who, and what it costs ----------------------------------------------------------------------


def test_who_does_not_look_after_the_viewer_finds_none_of_it(client, whole, trust):
    part = trust.parts.get()
    client.force_login(person_with(Role.MANAGER, at=whole))
    for name, args in {
        "area-list-edit": [],
        "area-add": [],
        "area-edit": ["hemtjanst"],
        "area-words": ["hemtjanst"],
        "area-delete": ["hemtjanst"],
        "quality-measure-add": ["hemtjanst"],
        "quality-measure-edit": ["hemtjanst", trust.pk],
        "quality-measure-words": ["hemtjanst", trust.pk],
        "quality-measure-delete": ["hemtjanst", trust.pk],
        "part-add": ["hemtjanst", trust.pk],
        "part-remove": ["hemtjanst", trust.pk, part.pk],
        "group-list": [],
        "group-add": [],
    }.items():
        assert client.get(at(name, *args)).status_code == 404, name


def _many(count, where, lead, whole):
    area = QualityArea.objects.create(slug="stort", name="Stort", position=0)
    QualityArea.objects.bulk_create(
        QualityArea(slug=f"o{n}", name=f"O{n}", position=n) for n in range(count)
    )
    for n in range(count):
        measure = measure_of(KpiFactory(), KpiFactory(), area=area, name=f"M{n}")
        for year in range(2020, 2020 + count):
            Goal.objects.create(measure=measure, unit=whole, year=year, value=1, set_by=lead)
            Goal.objects.create(kpi=KpiFactory(), unit=whole, year=year, value=1, set_by=lead)
        MunicipalityGroup.objects.create(title=f"L{n}", members=[where[1].pk])
    return measure


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("name", "queries"),
    [
        ("area-list-edit", 10),
        ("area-edit", 13),
        ("quality-measure-edit", 11),
        ("goal-list", 11),
        ("group-list", 10),
    ],
)
def test_a_page_costs_the_same_however_much_there_is(
    client, lead, whole, where, count, name, queries, django_assert_max_num_queries
):
    measure = _many(count, where, lead, whole)
    args = {"area-edit": ["stort"], "quality-measure-edit": ["stort", measure.pk]}.get(name, [])
    with django_assert_max_num_queries(queries):
        assert client.get(at(name, *args)).status_code == 200


def test_the_shipped_areas_can_all_be_opened(client, lead):
    shipped.load()
    for area in QualityArea.objects.all():
        assert client.get(at("area-edit", area.slug)).status_code == 200
