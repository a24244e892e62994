"""The pages of our own measures, whose results come in a file or by hand."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from foundation.models import JobStatus
from measures.actions import own_kpis, surveys
from measures.models import Kpi, ResultFile, ServiceUnit, Status, UnitValue
from organisation.permissions import Role
from tests.factories import (
    KpiFactory,
    UnitFactory,
    employee,
    measure_of,
    person_with,
    said,
    unit_said,
)
from tests.reading import text_of

pytestmark = pytest.mark.django_db

THIS_YEAR = timezone.localdate().year
HEADINGS = "Enhet;Mått;År;Kön;Värde;Antal svar"


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


def test_results_of_another_unit_or_of_kolada_cannot_be_written(client, own_kpi, schools, manager):
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
