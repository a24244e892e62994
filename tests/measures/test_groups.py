"""With whom we compare ourselves."""

import pytest

from measures.models import Kind, Municipality, MunicipalityGroup, QualityArea
from measures.queries.groups import group_of, groups_for, subjects_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def places() -> list[Municipality]:
    """Västervik and Kalmar, and two municipalities in another county."""
    named = [("0883", "Västervik"), ("0880", "Kalmar"), ("0114", "Upplands Väsby")]
    return [Municipality.objects.create(code=code, name=name) for code, name in named]


def similar(home: Municipality, subject: str, year: int, members: list[Municipality], **fields):
    return MunicipalityGroup.objects.create(
        code=f"G{MunicipalityGroup.objects.count()}",
        title=f"Liknande kommuner {subject}, {home.name}, {year}",
        alike=home,
        subject=subject,
        year=year,
        members=[one.pk for one in members],
        **fields,
    )


def area_like(subject: str) -> QualityArea:
    return QualityArea.objects.create(slug="a", name="A", position=0, likeness=subject)


def test_everybody_comes_first_and_the_county_is_always_there(places):
    home, kalmar, _far = places
    groups = groups_for(home)
    assert [group.key for group in groups] == ["alla", "lan"]
    assert groups[0].is_all
    assert groups[1].members == {kalmar.pk}


def test_the_similar_are_the_latest_of_the_areas_subject(places):
    home, kalmar, far = places
    similar(home, "äldreomsorg", 2023, [kalmar])
    similar(home, "äldreomsorg", 2024, [far])
    similar(home, "äldreomsorg", 2025, [kalmar], gone_on="2026-01-01")
    similar(home, "grundskola", 2025, [kalmar])
    similar(kalmar, "äldreomsorg", 2025, [home])
    group = group_of(groups_for(home, area_like("äldreomsorg")), "lika")
    assert group.key == "lika"
    assert group.members == {far.pk}
    assert "2024" in group.about


def test_without_a_subject_the_overall_group_is_used(places):
    home, kalmar, _far = places
    similar(home, "övergripande", 2025, [kalmar])
    assert group_of(groups_for(home, area_like("")), "lika").members == {kalmar.pk}
    assert group_of(groups_for(home), "lika").members == {kalmar.pk}


def test_we_are_never_in_our_own_group(places):
    home, kalmar, _far = places
    own = MunicipalityGroup.objects.create(title="Kusten", members=[home.pk, kalmar.pk])
    group = group_of(groups_for(home), f"lista-{own.pk}")
    assert group.label == "Kusten"
    assert group.members == {kalmar.pk}


def test_a_choice_with_nobody_in_it_is_left_out(places):
    home, _kalmar, _far = places
    MunicipalityGroup.objects.create(title="Bara vi", members=[home.pk])
    assert [group.key for group in groups_for(home)] == ["alla", "lan"]


def test_an_address_that_asks_for_what_is_gone_gets_all(places):
    assert group_of(groups_for(places[0]), "lista-99").is_all


def test_a_region_has_no_county_but_similar_regions(places):
    region, other = (
        Municipality.objects.create(code=code, name=name, kind=Kind.REGION)
        for code, name in [("0008", "Region Kalmar län"), ("0007", "Region Kronoberg")]
    )
    similar(region, "socioekonomi", 2024, [other])
    groups = groups_for(region, area_like("socioekonomi"))
    assert [group.key for group in groups] == ["alla", "lika"]


@pytest.mark.parametrize("lists", [1, 3])
def test_two_queries_whatever_the_number_of_lists(places, lists, django_assert_num_queries):
    for number in range(lists):
        MunicipalityGroup.objects.create(title=f"Lista {number}", members=[places[1].pk])
    with django_assert_num_queries(2):
        groups_for(places[0])


def test_the_subjects_are_those_that_exist_for_us(places):
    home, kalmar, _far = places
    similar(home, "äldreomsorg", 2024, [kalmar])
    similar(home, "LSS", 2024, [kalmar])
    similar(kalmar, "grundskola", 2024, [home])
    assert subjects_of(home) == ["LSS", "äldreomsorg"]
