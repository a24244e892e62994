"""The pages of units and of our own results: what they show, cost, refuse and do not find."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from foundation.models import JobStatus
from measures.actions import own_kpis, surveys
from measures.models import Good, Kpi, ResultFile, ServiceUnit, Status, UnitValue
from organisation.permissions import Role
from tests.factories import (
    KpiFactory,
    UnitFactory,
    employee,
    home_of,
    measure_of,
    municipalities,
    person_with,
    said,
    service_units,
    unit_said,
)
from tests.reading import text_of

pytestmark = pytest.mark.django_db

THIS_YEAR = timezone.localdate().year
HEADINGS = "Enhet;Mått;År;Kön;Värde;Antal svar"


@pytest.fixture
def here():
    return municipalities(1)[0]


@pytest.fixture
def home(here):
    return home_of(here)


@pytest.fixture
def lead(home):
    return person_with(Role.QUALITY_LEAD, at=home)


@pytest.fixture
def places(home):
    """Our own units behind the schools."""
    return [UnitFactory(parent=home, name=f"Skolenhet {n}") for n in range(3)]


@pytest.fixture
def schools(here, places):
    made = service_units(here, "Norra skolan", "Södra skolan", "Östra skolan", code="")
    for school, place in zip(made, places, strict=True):
        school.unit = place
        school.save()
    return made


@pytest.fixture
def manager(places):
    """The head of the northern school."""
    return person_with(Role.MANAGER, at=places[0])


@pytest.fixture
def kpi(schools):
    """The northern school is worst and falling, the eastern best and rising."""
    kpi = KpiFactory(short_title="Trygga elever", decimals=0, has_units=True)
    measure_of(kpi)
    for year, values in {2018: [80, 75, 70], 2019: [70, 75, 80], 2020: [60, 75, 90]}.items():
        unit_said(kpi, schools, values, year=year, answers=20)
    return kpi


@pytest.fixture
def own_kpi(home):
    return own_kpis.create(said=own_kpis.Said(title="Nöjda med maten", unit_word="%"), by=None)


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


# --- our own measures ---------------------------------------------------------------------------


def test_own_measures_are_the_quality_leads_alone(client, own_kpi, manager):
    client.force_login(manager)
    for name in ("own-kpi-list", "own-kpi-create", "result-file-new", "result-template"):
        assert client.get(reverse(name)).status_code == 404
    for name in ("own-kpi-edit", "own-kpi-results"):
        assert client.get(reverse(name, args=[own_kpi.code])).status_code == 404
    assert client.get(reverse("service-unit-link")).status_code == 404


def test_a_measure_is_made_changed_and_listed(client, lead, here):
    client.force_login(lead)
    form = {"title": "Nöjda med maten", "unit_word": "%", "good": "high", "decimals": "0"}
    assert client.post(reverse("own-kpi-create"), form).status_code == 302
    again = client.post(reverse("own-kpi-create"), form)
    assert again.status_code == 422
    assert "Det finns redan ett mått med det namnet" in text_of(again)
    kpi = Kpi.objects.get(code="E00001")
    client.post(reverse("own-kpi-edit", args=[kpi.code]), {**form, "title": "Nöjda med lunchen"})
    said(kpi, [here], [70], year=2019)
    said(kpi, [here], [80], year=2020)
    page = client.get(reverse("own-kpi-list"))
    assert "Nöjda med lunchen" in text_of(page)
    assert [(row["value"], row["moved"]) for row in page.context["rows"]] == [
        ("80\N{NO-BREAK SPACE}%", "bättre än året innan")
    ]


def test_a_break_is_said_and_taken_back(client, own_kpi, lead, schools):
    unit_said(own_kpi, schools, [50, 50, 50], year=2019)
    unit_said(own_kpi, schools, [90, 70, 60], year=2020)
    client.force_login(lead)
    address = reverse("service-unit", args=[schools[0].pk])
    assert "bättre än året innan" in text_of(client.get(address))

    said_ = {"year": "2020", "why": "Nya frågor."}
    assert client.post(reverse("own-break-add", args=[own_kpi.code]), said_).status_code == 302
    assert "bättre än året innan" not in text_of(client.get(address))
    wrong = client.post(reverse("own-break-add", args=[own_kpi.code]), {"year": "1", "why": "x"})
    assert wrong.status_code == 422

    client.post(reverse("own-break-remove", args=[own_kpi.code, 2020]))
    assert not own_kpi.breaks.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_own_measures_costs_the_same(
    client, lead, schools, count, django_assert_num_queries
):
    for n in range(count):
        kpi = own_kpis.create(said=own_kpis.Said(title=f"Mått {n}"), by=None)
        measure_of(kpi)
        unit_said(kpi, schools, [1, 2, 3])
    client.force_login(lead)
    # session, person, roles, employments, who may keep, home unit, municipality, measures, values,
    # breaks, parts, units
    with django_assert_num_queries(12):
        client.get(reverse("own-kpi-list"))


# --- a file -------------------------------------------------------------------------------------


def uploaded(client, *lines):
    content = "\n".join((HEADINGS, *lines)).encode("utf-8")
    return client.post(
        reverse("result-file-new"), {"file": SimpleUploadedFile("enkät.csv", content)}
    )


def test_a_file_is_shown_and_then_read_in(
    client, own_kpi, schools, lead, django_capture_on_commit_callbacks
):
    client.force_login(lead)
    uploaded(client, "Norra skolan;E00001;2024;;81;24", "Södra skolan;E00001;2024;;90;2")
    file = ResultFile.objects.get()
    page = client.get(reverse("result-file", args=[file.pk]))
    assert "1 resultat har färre än 5 svar" in text_of(page)
    assert not UnitValue.objects.exists()

    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("result-file-confirm", args=[file.pk]))
    surveys.carry_out(result_file_id=file.pk)

    assert file.job.status in JobStatus.values
    assert UnitValue.objects.get(unit=schools[0]).value == 81
    assert UnitValue.objects.get(unit=schools[1]).status == Status.SECRET


def test_what_is_wrong_in_a_file_is_said_with_its_row(client, own_kpi, schools, lead):
    client.force_login(lead)
    page = uploaded(client, "Norra skola;E00001;2024;;81;24", "Södra skolan;E00001;24;;81;24")
    assert page.status_code == 422
    assert "rad 3 År ”24” är inget årtal." in text_of(page)
    assert not ResultFile.objects.exists()


def test_somebody_elses_file_is_not_found(client, own_kpi, schools, lead, home):
    client.force_login(lead)
    uploaded(client, "Norra skolan;E00001;2024;;81;24")
    file = ResultFile.objects.get()
    client.force_login(person_with(Role.QUALITY_LEAD, at=home))
    assert client.get(reverse("result-file", args=[file.pk])).status_code == 404
    assert client.post(reverse("result-file-confirm", args=[file.pk])).status_code == 404


# --- by hand ------------------------------------------------------------------------------------


def typed(client, address, **fields):
    page = client.get(address)
    initial = {f"initial-{field.html_name}": field.initial for field in page.context["form"]}
    values = {field.html_name: field.initial for field in page.context["form"]}
    return client.post(address, {**initial, **values, **fields})


def test_a_manager_writes_down_results_of_the_own_unit(client, own_kpi, schools, manager):
    client.force_login(manager)
    address = reverse("unit-results", args=[schools[0].pk, own_kpi.code])
    year = THIS_YEAR - 1
    typed(client, address, **{f"value_{year}": "81,5", f"answers_{year}": "24"})
    typed(client, address, **{f"value_{year - 1}": "-"})
    said_ = UnitValue.objects.order_by("year").values_list("year", "status", "value", "answers")
    assert list(said_) == [
        (year - 1, Status.MISSING, None, None),
        (year, Status.HAS_VALUE, 81.5, 24),
    ]


def test_what_is_wrong_is_said_beside_its_field_and_nothing_typed_is_lost(
    client, own_kpi, schools, manager
):
    client.force_login(manager)
    address = reverse("unit-results", args=[schools[0].pk, own_kpi.code])
    page = typed(client, address, **{f"value_{THIS_YEAR}": "många", f"answers_{THIS_YEAR}": "x"})
    assert page.status_code == 422
    assert "”många” är inget tal" in text_of(page)
    assert 'value="många"' in page.text
    assert not UnitValue.objects.exists()


def test_an_emptied_field_takes_the_result_back(client, own_kpi, schools, lead):
    client.force_login(lead)
    address = reverse("unit-results", args=[schools[0].pk, own_kpi.code])
    typed(client, address, **{f"value_{THIS_YEAR}": "81", f"answers_{THIS_YEAR}": "24"})
    typed(client, address, **{f"value_{THIS_YEAR}": "", f"answers_{THIS_YEAR}": ""})
    assert UnitValue.objects.get().status == Status.WITHDRAWN


def test_few_answers_are_kept_secret_and_it_is_said(client, own_kpi, schools, lead):
    client.force_login(lead)
    address = reverse("unit-results", args=[schools[0].pk, own_kpi.code])
    values = {f"value_{THIS_YEAR}": "81", f"answers_{THIS_YEAR}": "3"}
    page = typed(client, address, **values)
    assert "för få svar" in text_of(client.get(page["Location"]))
    assert UnitValue.objects.get().status == Status.SECRET


def test_results_of_another_unit_or_of_kolada_cannot_be_written(
    client, own_kpi, schools, manager, kpi
):
    client.force_login(manager)
    fetched = KpiFactory(has_units=True)
    for pk, code in ((schools[1].pk, own_kpi.code), (schools[0].pk, fetched.code)):
        assert client.get(reverse("unit-results", args=[pk, code])).status_code == 404


def test_the_whole_municipality_is_written_down_by_the_quality_lead(client, own_kpi, lead, here):
    client.force_login(lead)
    address = reverse("own-kpi-results", args=[own_kpi.code])
    assert typed(client, address, **{f"value_{THIS_YEAR}": "81"}).status_code == 302
    assert client.get(reverse("own-kpi-list")).context["rows"][0]["year"] == THIS_YEAR


def test_a_unit_that_has_no_results_yet_is_chosen_among_ones_own(client, own_kpi, home):
    place = UnitFactory(parent=home, name="Nya laget")
    client.force_login(person_with(Role.MANAGER, at=place))
    other = UnitFactory(parent=home)
    refused = client.post(reverse("result-choose"), {"kpi": own_kpi.pk, "unit": other.pk})
    assert refused.status_code == 422
    page = client.post(reverse("result-choose"), {"kpi": own_kpi.pk, "unit": place.pk})
    made = ServiceUnit.objects.get(unit=place)
    assert page["Location"] == reverse("unit-results", args=[made.pk, own_kpi.code])
    client.force_login(employee(at=place))
    assert client.get(reverse("result-choose")).status_code == 404


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
