"""Kolada's catalogue, taken in as it is now; what is ours in it stays."""

from datetime import date

import pytest

from foundation import jobs
from foundation.errors import Refused
from foundation.models import Event, Job
from measures.actions import catalogue, imports
from measures.actions.values import Loaded
from measures.kolada.items import GroupItem, KpiItem, MemberItem, MunicipalityItem, UnitItem
from measures.models import (
    BatchKind,
    BatchStatus,
    Covers,
    Kind,
    Kpi,
    KpiTextRevision,
    Municipality,
    MunicipalityGroup,
    ServiceUnit,
)
from organisation.permissions import Role
from tests.factories import KpiFactory, UnitFactory, home_of, municipalities, person_with

pytestmark = pytest.mark.django_db

TODAY = date(2026, 3, 2)


def kpi_item(code="N15505", title="Meritvärde åk 9, genomsnitt", **fields):
    return KpiItem(id=code, title=title, description="Källa: Skolverket.", **fields)


def group(code, title, *members):
    return GroupItem(id=code, title=title, members=[MemberItem(m.code, m.name) for m in members])


def unit(code, where, title="Enhet"):
    return UnitItem(id=code, title=title, municipality=where.code)


def next_id(model):
    """The id that the next new row gets."""
    return model.objects.create(code="X").pk


# --- key figures -----------------------------------------------------------------------------


def test_a_new_kpi_comes_with_what_kolada_says_and_a_guess_at_its_unit():
    item = kpi_item(
        "N17005",
        "Kostnad gymnasieskola, kr/elev",
        municipality_type="A",
        is_divided_by_gender=True,
        has_ou_data=True,
        operating_area="Gymnasieskola",
        publication_date="2026-04-01",
        publ_period="2025",
    )
    assert catalogue.take_in_kpis([item]) == Loaded(new=1)
    kpi = Kpi.objects.get()
    assert (kpi.title, kpi.description) == (item.title, item.description)
    assert (kpi.covers, kpi.has_genders, kpi.has_units) == (Covers.ALL, True, True)
    assert (kpi.published_on, kpi.period) == (date(2026, 4, 1), "2025")
    assert (kpi.unit_word, kpi.decimals, kpi.good) == ("kr/elev", 0, "neither")


def test_the_same_catalogue_once_more_changes_nothing():
    items = [kpi_item(), kpi_item("N15506")]
    catalogue.take_in_kpis(items)
    assert catalogue.take_in_kpis(items) == Loaded(unchanged=2)
    assert not KpiTextRevision.objects.exists()


def test_a_reworded_kpi_keeps_its_former_words_and_what_is_ours():
    kpi = KpiFactory(
        code="N15505", title="Förr", description="Om förr.", short_title="Meritvärde", decimals=2
    )
    own = KpiFactory(code="E00001", title="Eget", source="own")

    assert catalogue.take_in_kpis([kpi_item()]) == Loaded(changed=1)

    kpi.refresh_from_db()
    assert kpi.title == "Meritvärde åk 9, genomsnitt"
    assert (kpi.short_title, kpi.unit_word, kpi.good, kpi.decimals) == (
        "Meritvärde",
        "%",
        "high",
        2,
    )
    former = kpi.text_revisions.get()
    assert (former.title, former.description) == ("Förr", "Om förr.")
    own.refresh_from_db()
    assert own.retired_on is None


def test_a_kpi_that_is_gone_is_retired_until_it_is_back():
    stays, goes = kpi_item("N00001"), kpi_item("N00002")
    catalogue.take_in_kpis([stays, goes])

    assert catalogue.take_in_kpis([stays], on=TODAY) == Loaded(withdrawn=1, unchanged=1)
    assert Kpi.objects.get(code="N00002").retired_on == TODAY
    assert catalogue.take_in_kpis([stays]) == Loaded(unchanged=1)  # it is gone but once
    assert catalogue.take_in_kpis([stays, goes]) == Loaded(changed=1, unchanged=1)
    assert Kpi.objects.get(code="N00002").retired_on is None


def test_an_answer_with_less_than_half_is_no_catalogue():
    catalogue.take_in_kpis([kpi_item(f"N0000{n}") for n in range(5)])
    with pytest.raises(Refused, match="räknade upp 2"):
        catalogue.take_in_kpis([kpi_item("N00000"), kpi_item("N00001")])
    assert not Kpi.objects.exclude(retired_on=None).exists()


def test_small_ids_are_not_used_up_by_what_is_there_or_came_to_nothing():
    items = [kpi_item(f"N0000{n}") for n in range(5)]
    catalogue.take_in_kpis(items)
    last = Kpi.objects.order_by("pk").last().pk
    for _ in range(3):
        catalogue.take_in_kpis(items)
    failed = next_id(Kpi)
    Kpi.objects.get(pk=failed).delete()  # an id is taken, and no row has it

    catalogue.take_in_kpis([*items, kpi_item("N00009")])

    assert Kpi.objects.get(code="N00009").pk == last + 1
    assert next_id(Kpi) == last + 2


# --- municipalities and groups -----------------------------------------------------------------


def test_municipalities_regions_and_the_country_are_told_apart():
    items = [
        MunicipalityItem("0883", "Västervik", "K"),
        MunicipalityItem("0980", "Gotland", "K"),
        MunicipalityItem("0009", "Region Gotland", "L"),
        MunicipalityItem("0000", "Riket", "L"),
    ]
    assert catalogue.take_in_municipalities(items) == Loaded(new=4)
    kinds = dict(Municipality.objects.values_list("code", "kind"))
    assert kinds == {
        "0883": Kind.MUNICIPALITY,
        "0980": Kind.MUNICIPALITY,
        "0009": Kind.REGION,
        "0000": Kind.COUNTRY,
    }
    assert catalogue.take_in_municipalities(items[:3]) == Loaded(unchanged=3)  # none is taken away


def test_groups_of_those_alike_say_for_whom_and_in_what():
    home, one, other = municipalities(3)
    titles = ["äldreomsorg, {}, 2024", ", övergripande, {}, 2025"]
    items = [
        group("G1", f"Liknande kommuner {titles[0].format(home.name)}", one, other),
        group("G2", f"Liknande kommuner{titles[1].format(home.name)}", one),
        group("G3", "Kalmar läns kommuner (ovägt medel)", home, one),
    ]
    assert catalogue.take_in_groups(items) == Loaded(new=3)
    groups = MunicipalityGroup.objects.select_related("alike")
    known = {g.code: (g.alike, g.subject, g.year, g.members) for g in groups}
    assert known == {
        "G1": (home, "äldreomsorg", 2024, [one.pk, other.pk]),
        "G2": (home, "övergripande", 2025, [one.pk]),
        "G3": (None, "", None, [home.pk, one.pk]),
    }


def test_groups_are_made_anew_each_year_and_our_own_lists_stay():
    home, one = municipalities(2)
    own = MunicipalityGroup.objects.create(title="Våra grannar", members=[one.pk])
    title = f"Liknande kommuner LSS, {home.name}, "
    catalogue.take_in_groups([group("G1", f"{title}2023", one), group("G9", "Alla", home)])

    loaded = catalogue.take_in_groups(
        [group("G2", f"{title}2024", one), group("G9", "Alla", home)], on=TODAY
    )

    assert loaded == Loaded(new=1, withdrawn=1, unchanged=1)
    assert MunicipalityGroup.objects.get(code="G1").gone_on == TODAY
    own.refresh_from_db()
    assert own.gone_on is None


# --- units -----------------------------------------------------------------------------------


def test_units_are_taken_in_for_those_asked_about():
    home, other = municipalities(2)
    items = [unit("V15E1", home, "Skolan"), unit("V21E088302301", home)]
    catalogue.take_in_units([*items, unit("V15E9", other)], of=[home.code, other.code])

    loaded = catalogue.take_in_units(
        [unit("V15E1", home, "Nya skolan"), unit("V15E2", home)], of=[home.code], on=TODAY
    )

    assert loaded == Loaded(new=1, changed=1, withdrawn=1)
    assert ServiceUnit.objects.get(code="V15E1").name == "Nya skolan"
    assert ServiceUnit.objects.get(code="V21E088302301").gone_on == TODAY
    assert ServiceUnit.objects.get(code="V15E9").gone_on is None


def test_which_of_our_units_it_is_stays():
    (home,) = municipalities(1)
    ours = UnitFactory()
    catalogue.take_in_units([unit("V15E1", home)], of=[home.code])
    ServiceUnit.objects.update(unit=ours)
    catalogue.take_in_units([unit("V15E1", home, "Nytt namn")], of=[home.code])
    assert ServiceUnit.objects.get().unit == ours


# --- the whole of it ---------------------------------------------------------------------------


@pytest.fixture
def lead():
    home = Municipality.objects.create(code="0883", name="Västervik")
    return person_with(Role.QUALITY_LEAD, at=home_of(home))


def test_the_whole_catalogue_is_fetched_in_one_run(kolada, lead):
    world = kolada.world
    world.add_every_municipality()
    world.add_kpi("N15505")
    world.add_kpi("N15506")
    world.add_group("G1", "Liknande kommuner LSS, Västervik, 2024", "0880", "0860")
    for code in ("0883", "0880", "0114"):
        world.add_unit(f"V15E{code}", code)

    run = imports.fetch_catalogue(by=lead)
    jobs.run(Job.objects.get().pk)

    batches = list(run.batches.all())
    assert [batch.kind for batch in batches] == [
        BatchKind.MUNICIPALITIES,
        BatchKind.KPIS,
        BatchKind.GROUPS,
        BatchKind.UNITS,
    ]
    assert {batch.status for batch in batches} == {BatchStatus.DONE}
    assert [batch.new for batch in batches] == [311, 2, 1, 2]
    # Ours and the similar; of others no units are kept.
    assert set(ServiceUnit.objects.values_list("code", flat=True)) == {"V15E0883", "V15E0880"}


# --- what is followed --------------------------------------------------------------------------


def test_a_kpi_is_followed_and_let_go(lead):
    kpi = KpiFactory()
    catalogue.follow(kpi=kpi, by=lead)
    catalogue.follow(kpi=kpi, by=lead)
    assert list(Kpi.objects.wanted()) == [kpi]
    catalogue.unfollow(kpi=kpi, by=lead)
    assert list(Kpi.objects.wanted()) == []
    kinds = Event.objects.filter(by=lead).values_list("kind", flat=True)
    assert list(kinds) == ["kpi.follow", "kpi.unfollow"]


def test_what_kolada_does_not_have_cannot_be_followed(lead):
    with pytest.raises(Refused, match="vårt eget"):
        catalogue.follow(kpi=KpiFactory(source="own"), by=lead)
    with pytest.raises(Refused, match="inte längre"):
        catalogue.follow(kpi=KpiFactory(retired_on=TODAY), by=lead)
