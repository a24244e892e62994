"""The areas of the quality viewer, their measures and what these are made of."""

import datetime as dt
from types import SimpleNamespace

import pytest

from foundation.errors import Refused
from foundation.models import Event
from measures.actions import areas, kpis, quality_measures, sample, shipped
from measures.models import (
    Gender,
    Good,
    Kpi,
    MeasureYear,
    MunicipalityGroup,
    QualityArea,
    QualityMeasure,
    Release,
)
from organisation.permissions import Role
from tests.factories import (
    KpiFactory,
    home_of,
    measure_of,
    person_with,
    said,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(where):
    return person_with(Role.QUALITY_LEAD, at=home_of(where[0]))


def means(measure):
    """What the municipalities have in the measure, each year, the best first."""
    years = MeasureYear.objects.filter(measure=measure, gender=Gender.ALL).order_by("year")
    return {one.year: one.values for one in years}


def journal(area):
    subject = f"measures.qualityarea:{area.pk}"
    return list(Event.objects.filter(subject=subject).order_by("pk").values_list("kind", flat=True))


# --- areas ---------------------------------------------------------------------------------------


def test_an_area_is_added_last_with_an_address_of_its_own(lead):
    first = areas.add(described=areas.Described("Särskilt boende"), by=lead)
    second = areas.add(described=areas.Described("Särskilt — boende!"), by=lead)
    assert (first.slug, first.position) == ("sarskilt-boende", 0)
    assert (second.slug, second.position) == ("sarskilt-boende-2", 1)
    assert journal(first) == ["area.add"]


def test_an_area_never_gets_the_address_of_another_page(lead):
    assert areas.add(described=areas.Described("Mål"), by=lead).slug == "mal-2"


def test_the_same_area_asked_for_twice_is_one(lead):
    described = areas.Described("Förskola", about="De minsta")
    assert areas.add(described=described, by=lead) == areas.add(described=described, by=lead)
    assert QualityArea.objects.count() == 1


def test_two_areas_have_not_one_name(lead):
    areas.add(described=areas.Described("Förskola", about="Små"), by=lead)
    with pytest.raises(Refused, match="FÖRSKOLA"):
        areas.add(described=areas.Described("FÖRSKOLA"), by=lead)


@pytest.mark.parametrize(
    "described",
    [
        areas.Described(""),
        areas.Described("x" * 81),
        areas.Described("Om 811228-9874"),
        areas.Described("Skola", about="Ring 811228-9874"),
        areas.Described("Skola", likeness="rymdfart"),
    ],
)
def test_what_an_area_cannot_be_called_is_refused(lead, described):
    with pytest.raises(Refused):
        areas.add(described=described, by=lead)
    assert not QualityArea.objects.exists()


def test_an_area_is_compared_with_those_that_kolada_calls_alike(lead, where):
    MunicipalityGroup.objects.create(
        code="G1", title="Liknande", alike=where[0], subject="äldreomsorg", year=2024
    )
    described = areas.Described("Hemtjänst", likeness="äldreomsorg")
    area = areas.add(described=described, by=lead)
    assert area.likeness == "äldreomsorg"
    MunicipalityGroup.objects.all().delete()  # it may stay when Kolada has it no more
    renamed = areas.Described("Hemtjänsten", likeness="äldreomsorg")
    assert areas.change(area_id=area.pk, described=renamed, by=lead).name == "Hemtjänsten"


def test_a_change_is_written_down_with_what_it_was(lead):
    area = areas.add(described=areas.Described("Skola"), by=lead)
    changed = areas.Described("Grundskola")
    areas.change(area_id=area.pk, described=changed, by=lead)
    areas.change(area_id=area.pk, described=changed, by=lead)  # a double click
    area.refresh_from_db()
    assert (area.name, area.slug) == ("Grundskola", "skola")
    [event] = Event.objects.filter(kind="area.change")
    assert (event.data["changed"], event.by) == ({"name": ["Skola", "Grundskola"]}, lead)


def test_an_area_is_hidden_and_shown_again_with_all_it_has(lead):
    area = measure_of(KpiFactory()).area
    for is_hidden in (True, True, False):
        areas.hide(area_id=area.pk, is_hidden=is_hidden, by=lead)
    assert area.measures.count() == 1
    assert journal(area) == ["area.hide", "area.show"]


def test_areas_are_put_in_order_by_dragging_or_a_step_at_a_time(lead):
    a, b, c = (areas.add(described=areas.Described(name), by=lead) for name in "ABC")
    areas.arrange(area_ids=[c.pk, a.pk, b.pk], by=lead)
    assert list(QualityArea.objects.all()) == [c, a, b]
    areas.shift(area_id=b.pk, steps=-1, by=lead)
    areas.shift(area_id=c.pk, steps=-1, by=lead)  # it is first already
    assert list(QualityArea.objects.all()) == [c, b, a]
    areas.arrange(area_ids=[a.pk], by=lead)  # somebody added the others meanwhile
    assert list(QualityArea.objects.all()) == [a, c, b]


def test_an_area_is_taken_away_with_its_measures_and_the_kpis_stay(lead, where):
    kpi = KpiFactory()
    measure = measure_of(kpi, name="Trygghet")
    said(kpi, where, [1, 2, 3, 4])
    areas.delete(area_id=measure.area_id, by=lead)
    areas.delete(area_id=measure.area_id, by=lead)
    assert not QualityArea.objects.exists()
    assert not MeasureYear.objects.exists()
    assert Kpi.objects.filter(pk=kpi.pk).exists()
    event = Event.objects.get(kind="area.delete")
    assert event.data["measures"] == [
        {"name": "Trygghet", "parts": [[kpi.code, False]], "goals": 0}
    ]


def test_an_area_that_something_is_made_public_from_is_kept(lead):
    area = measure_of(KpiFactory()).area
    Release.objects.create(area=area, year=2024, facts={}, released_by=lead)
    with pytest.raises(Refused, match="offentlig"):
        areas.delete(area_id=area.pk, by=lead)
    assert QualityArea.objects.exists()


@pytest.mark.parametrize("role", [Role.MANAGER, Role.DECIDER, Role.ADMINISTRATOR])
def test_only_the_quality_lead_changes_what_is_defined(where, role):
    other = person_with(role, at=home_of(where[0]))
    measure = measure_of(KpiFactory())
    part = measure.parts.get()
    described = quality_measures.Described("X")
    for attempt in (
        lambda: areas.add(described=areas.Described("X"), by=other),
        lambda: areas.change(area_id=measure.area_id, described=areas.Described("X"), by=other),
        lambda: areas.hide(area_id=measure.area_id, is_hidden=True, by=other),
        lambda: areas.arrange(area_ids=[], by=other),
        lambda: areas.shift(area_id=measure.area_id, steps=1, by=other),
        lambda: areas.delete(area_id=measure.area_id, by=other),
        lambda: quality_measures.add(area_id=measure.area_id, described=described, by=other),
        lambda: quality_measures.change(measure_id=measure.pk, described=described, by=other),
        lambda: quality_measures.delete(measure_id=measure.pk, by=other),
        lambda: quality_measures.arrange(area_id=measure.area_id, measure_ids=[], by=other),
        lambda: quality_measures.shift(measure_id=measure.pk, steps=1, by=other),
        lambda: quality_measures.add_part(measure_id=measure.pk, kpi_id=KpiFactory().pk, by=other),
        lambda: quality_measures.count_part(part_id=part.pk, is_left_out=True, by=other),
        lambda: quality_measures.arrange_parts(measure_id=measure.pk, part_ids=[], by=other),
        lambda: quality_measures.shift_part(part_id=part.pk, steps=1, by=other),
        lambda: quality_measures.replace_part(part_id=part.pk, kpi_id=part.kpi_id, by=other),
        lambda: quality_measures.remove_part(part_id=part.pk, by=other),
        lambda: shipped.load(by=other),
        lambda: shipped.bring_back(slug="hemtjanst", by=other),
    ):
        with pytest.raises(Refused):
            attempt()
    assert not Event.objects.exclude(kind__startswith="role").exists()


# --- measures ------------------------------------------------------------------------------------


@pytest.fixture
def home_care(lead):
    return areas.add(described=areas.Described("Hemtjänst"), by=lead)


def test_a_measure_is_added_last_and_twice_is_once(lead, home_care):
    described = quality_measures.Described("Bemötande")
    first, again = (
        quality_measures.add(area_id=home_care.pk, described=described, by=lead) for _ in "12"
    )
    other = quality_measures.add(
        area_id=home_care.pk, described=quality_measures.Described("Trygghet"), by=lead
    )
    assert first == again
    assert (first.position, other.position) == (0, 1)


@pytest.mark.parametrize(
    "described",
    [
        quality_measures.Described("bemötande"),
        quality_measures.Described(""),
        quality_measures.Described("Kostnad", year_lag=4),
        quality_measures.Described("Kostnad", note="811228-9874"),
    ],
)
def test_what_a_measure_cannot_be_is_refused(lead, home_care, described):
    quality_measures.add(
        area_id=home_care.pk,
        described=quality_measures.Described("Bemötande", note="x"),
        by=lead,
    )
    with pytest.raises(Refused):
        quality_measures.add(area_id=home_care.pk, described=described, by=lead)
    assert home_care.measures.count() == 1


def test_a_measure_is_renamed_and_gets_a_year_axis_of_its_own(lead, home_care):
    measure = measure_of(KpiFactory(), area=home_care, name="Pris")
    described = quality_measures.Described("Kostnader", "kr", 1)
    quality_measures.change(measure_id=measure.pk, described=described, by=lead)
    measure.refresh_from_db()
    assert (measure.name, measure.note, measure.year_lag) == ("Kostnader", "kr", 1)
    [event] = Event.objects.filter(kind="measure.change")
    assert event.data["measure"] == "Pris"
    assert event.data["changed"]["year_lag"] == [0, 1]


def test_measures_are_put_in_order(lead, home_care):
    first, second = (measure_of(KpiFactory(), area=home_care, position=n) for n in (0, 1))
    quality_measures.arrange(area_id=home_care.pk, measure_ids=[second.pk, first.pk], by=lead)
    assert list(home_care.measures.all()) == [second, first]
    quality_measures.shift(measure_id=first.pk, steps=-1, by=lead)
    assert list(home_care.measures.all()) == [first, second]


def test_a_measure_is_taken_away_and_the_journal_keeps_what_it_was(lead, where):
    kpi, beside = KpiFactory(), KpiFactory()
    measure = measure_of(kpi, left_out=(beside,), name="Arbetsmiljö", note="två delar")
    said(kpi, where, [1, 2, 3, 4])
    for _ in "12":
        quality_measures.delete(measure_id=measure.pk, by=lead)
    assert not QualityMeasure.objects.exists()
    assert not MeasureYear.objects.exists()
    event = Event.objects.get(kind="measure.delete")
    assert event.data["parts"] == [[kpi.code, False], [beside.code, True]]


# --- parts ---------------------------------------------------------------------------------------


@pytest.fixture
def two(where):
    """A measure of one KPI, and another KPI that is no part of it; the values of one year."""
    first, second = KpiFactory(), KpiFactory()
    measure = measure_of(first)
    said(first, where, [90, 80, 70, 60])
    said(second, where, [50, 40, 30, 20])
    return SimpleNamespace(measure=measure, first=first, second=second)


def test_what_a_measure_is_made_of_decides_what_it_is(lead, two):
    assert means(two.measure) == {2020: [90, 80, 70, 60]}
    part = quality_measures.add_part(measure_id=two.measure.pk, kpi_id=two.second.pk, by=lead)
    assert means(two.measure) == {2020: [70, 60, 50, 40]}
    quality_measures.count_part(part_id=part.pk, is_left_out=True, by=lead)
    assert means(two.measure) == {2020: [90, 80, 70, 60]}
    quality_measures.count_part(part_id=part.pk, is_left_out=False, by=lead)
    assert means(two.measure) == {2020: [70, 60, 50, 40]}
    quality_measures.remove_part(part_id=part.pk, by=lead)
    assert means(two.measure) == {2020: [90, 80, 70, 60]}
    assert journal(two.measure.area) == ["part.add", "part.leave_out", "part.count", "part.remove"]


def test_a_measure_of_nothing_has_no_values(lead, two):
    quality_measures.remove_part(part_id=two.measure.parts.get().pk, by=lead)
    assert means(two.measure) == {}


def test_a_year_that_no_part_has_any_more_is_gone(lead, where, two):
    said(two.second, where, [1, 2, 3, 4], year=2021)
    part = quality_measures.add_part(measure_id=two.measure.pk, kpi_id=two.second.pk, by=lead)
    quality_measures.remove_part(part_id=two.measure.parts.get(kpi=two.first).pk, by=lead)
    assert set(means(two.measure)) == {2020, 2021}
    quality_measures.count_part(part_id=part.pk, is_left_out=True, by=lead)
    assert means(two.measure) == {}


def test_a_kpi_is_a_part_once(lead, two):
    same = [
        quality_measures.add_part(measure_id=two.measure.pk, kpi_id=two.second.pk, by=lead)
        for _ in "12"
    ]
    assert same[0] == same[1]
    with pytest.raises(Refused, match=two.second.code):
        quality_measures.add_part(
            measure_id=two.measure.pk, kpi_id=two.second.pk, is_left_out=True, by=lead
        )


def test_taking_a_part_away_twice_is_once(lead, two):
    part = two.measure.parts.get()
    for _ in "12":
        quality_measures.remove_part(part_id=part.pk, by=lead)
    assert journal(two.measure.area) == ["part.remove"]


def test_an_ended_kpi_gives_its_place_to_its_successor(lead, two):
    Kpi.objects.filter(pk=two.first.pk).update(successor=two.second, retired_on="2024-01-01")
    part = two.measure.parts.get()
    for _ in "12":
        quality_measures.replace_part(part_id=part.pk, kpi_id=two.first.pk, by=lead)
    assert two.measure.parts.get().kpi == two.second
    assert means(two.measure) == {2020: [50, 40, 30, 20]}
    assert journal(two.measure.area) == ["part.replace"]


def test_without_a_successor_nothing_can_take_its_place(lead, two):
    part = two.measure.parts.get()
    with pytest.raises(Refused, match=two.first.code):
        quality_measures.replace_part(part_id=part.pk, kpi_id=two.first.pk, by=lead)


def test_parts_are_put_in_order(lead):
    kpi_a, kpi_b = KpiFactory(), KpiFactory()
    measure = measure_of(kpi_a, kpi_b)
    a, b = measure.parts.all()
    quality_measures.arrange_parts(measure_id=measure.pk, part_ids=[b.pk, a.pk], by=lead)
    assert list(measure.parts.all()) == [b, a]
    quality_measures.shift_part(part_id=b.pk, steps=1, by=lead)
    assert list(measure.parts.all()) == [a, b]


# --- those that come with it ---------------------------------------------------------------------


def test_the_shipped_areas_are_made_once_and_then_ours(lead):
    made = shipped.load()
    area = QualityArea.objects.get(slug="hemtjanst")
    areas.change(area_id=area.pk, described=areas.Described("Hemma"), by=lead)
    quality_measures.delete(measure_id=area.measures.get(name="Kontakt").pk, by=lead)
    assert shipped.load() == []
    area.refresh_from_db()
    assert area.name == "Hemma"
    assert not area.measures.filter(name="Kontakt").exists()
    assert QualityArea.objects.count() == len(made)


def test_what_somebody_has_taken_away_does_not_come_back_by_itself(lead):
    shipped.load()
    areas.delete(area_id=QualityArea.objects.get(slug="hemtjanst").pk, by=lead)
    assert shipped.load() == []
    assert shipped.lacking(QualityArea.objects.values_list("slug", flat=True)) == [
        ("hemtjanst", "Hemtjänst")
    ]
    for _ in "12":
        back = shipped.bring_back(slug="hemtjanst", by=lead)
    assert back.measures.count() == 9


def test_our_words_of_a_kpi_stay_when_the_areas_are_loaded_again(lead):
    shipped.load()
    kpi = Kpi.objects.get(code="U21504")
    assert (kpi.short_title, kpi.good) == ("Bemötande från personalen", Good.HIGH)
    for described in (kpis.Described("Bemötande"), kpis.Described()):
        kpis.describe(kpi_id=kpi.pk, described=described, by=lead)
        shipped.load()
        kpi.refresh_from_db()
        assert kpi.short_title == described.short_title


def test_a_kpi_that_waited_for_its_words_is_ranked_when_it_gets_them(where):
    kpi = KpiFactory(code="U21504", unit_word="", good=Good.NEITHER)
    said(kpi, where, [1, 2, 3, 4])
    shipped.load()
    measure = QualityMeasure.objects.get(area__slug="hemtjanst", name="Bemötande")
    standing = MeasureYear.objects.get(measure=measure, gender=Gender.ALL)
    assert standing.ranks == [1, 2, 3, 4]


def test_home_care_is_as_its_source_has_it():
    shipped.load()
    area = QualityArea.objects.get(slug="hemtjanst")
    parts = {
        measure.name: [
            f"({part.kpi.code})" if part.is_left_out else part.kpi.code
            for part in measure.parts.select_related("kpi")
        ]
        for measure in area.measures.all()
    }
    assert parts == {
        "Bemötande": ["U21504"],
        "Trygghet": ["U21505", "U21477"],
        "Delaktighet": ["U21463", "U21462"],
        "Utförande": ["U21474", "U21475", "U21461", "U21465"],
        "Kontakt": ["U21481"],
        "Kontinuitet": ["U21401"],
        "Nöjdhet helhetssyn": ["U21468"],
        "Arbetsmiljö": ["N00090", "N20202", "(U21200)"],
        "Kostnader": ["N21006", "(N21819)"],
    }
    assert area.measures.get(name="Kostnader").year_lag == 1
    assert area.likeness == "äldreomsorg"


def test_what_kolada_has_no_more_is_there_as_ended_with_what_came_after():
    shipped.load()
    old = Kpi.objects.get(code="N15501")
    assert (old.retired_on, old.ended_year) == (dt.date(2026, 3, 4), 2018)
    assert old.successor.code == "N15504"
    assert old not in Kpi.objects.wanted()


def test_the_surveys_of_pupils_are_never_one_series():
    shipped.load()
    area = QualityArea.objects.get(slug="elevundersokning")
    codes = [set(m.parts.values_list("kpi__code", flat=True)) for m in area.measures.all()]
    generations = [{"N156"}, {"N155"}, {"U154", "U155"}]
    for of_measure in codes[:2] + codes[3:]:
        assert any({code[:4] for code in of_measure} <= kinds for kinds in generations)
    assert sum(len(of_measure) for of_measure in codes) == len(set().union(*codes))


def test_each_shipped_kpi_has_words_a_direction_and_a_title_from_the_catalogue():
    sample._load_kpis()
    shipped.load()
    for kpi in Kpi.objects.filter(measure_parts__isnull=False):
        assert kpi.short_title
        assert kpi.unit_word
        assert kpi.title != kpi.short_title
