"""Our own results: from a file or typed, shown first, all or nothing, and few are never shown."""

import io

import pytest
from django.utils import timezone
from openpyxl import Workbook, load_workbook

from foundation import jobs
from foundation.errors import Refused
from foundation.models import Event, JobStatus
from measures.actions import own_kpis, surveys
from measures.imports.cells import number_in, outcome_in
from measures.imports.template import template_of
from measures.models import (
    Gender,
    KpiValue,
    KpiYear,
    ResultFile,
    ServiceUnit,
    Status,
    UnitValue,
    UnitValueRevision,
)
from organisation.permissions import Role
from tests.factories import (
    KpiFactory,
    UnitFactory,
    employee,
    person_with,
    service_units,
)

pytestmark = pytest.mark.django_db

THIS_YEAR = timezone.localdate().year


@pytest.fixture(autouse=True)
def english(settings):
    """Sentences as they stand in the source."""
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def kpi(home):
    said = own_kpis.Said(title="Nöjda med hemtjänsten", unit_word="%")
    return own_kpis.create(said=said, by=None)


@pytest.fixture
def teams(home):
    return [UnitFactory(parent=home, name=n, code=n[:4]) for n in ("Norra laget", "Södra laget")]


HEADINGS = ("Enhet", "Mått", "År", "Kön", "Värde", "Antal svar")


def csv_of(*rows, headings=HEADINGS):
    return "\r\n".join(";".join(map(str, row)) for row in (headings, *rows)).encode("utf-8-sig")


def excel_of(*rows):
    book = Workbook()
    for row in (HEADINGS, *rows):
        book.worksheets[0].append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def plan_of(content, by):
    return surveys.read(content=content, on=timezone.localdate(), by=by)


def came_in(content, by=None):
    plan = plan_of(content, by)
    assert plan.problems == []
    surveys.apply(plan, by=by)
    return plan


def wrong_with(content, by=None):
    return [
        (problem.row, problem.column, problem.text) for problem in plan_of(content, by).problems
    ]


# --- what stands in a cell ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("62", 62),
        ("62,5", 62.5),
        ("62.5", 62.5),
        ("1 234,5", 1234.5),
        ("1,234.5", 1234.5),
        ("1.234,5", 1234.5),
        ("1.234.567", 1234567),
        ("0,125", 0.125),
        ("\N{MINUS SIGN}3,4", -3.4),
        ("85 %", 85),
        ("1e-05", 0.00001),
    ],
)
def test_a_number_is_read_in_swedish_and_in_english(text, number):
    assert float(number_in(text)) == number


@pytest.mark.parametrize("text", ["12a", "12,", "1,234", "1e400", "12,34,5", "999999999999", "ja"])
def test_what_is_no_number_or_can_be_read_in_two_ways_is_no_result(text):
    with pytest.raises(Exception, match=r"no number|two ways|Write a number"):
        outcome_in(text)


@pytest.mark.parametrize(
    ("text", "status"),
    [("-", Status.MISSING), (".", Status.NOT_APPLICABLE), ("..", Status.SECRET)],
)
def test_a_sign_says_why_there_is_no_number(text, status):
    assert outcome_in(text) == (status, None)


# --- a file ---------------------------------------------------------------------------------------


def test_a_file_makes_what_is_said_of_units_and_of_the_municipality(kpi, teams, here):
    came_in(
        csv_of(
            ("Norra laget", "E00001", 2024, "", "81,5", 24),
            ("Södr", "Nöjda med hemtjänsten", 2024, "", "-", ""),
            ("Norra laget", "E00001", 2024, "K", "90", 12),
            (here.name, "e00001", 2024, "", "80", 300),
        )
    )
    north, south = ServiceUnit.objects.order_by("name_order")
    assert (north.unit, south.unit) == tuple(teams)
    assert list(
        UnitValue.objects.order_by("unit__name_order", "gender").values_list(
            "unit", "gender", "status", "value", "answers"
        )
    ) == [
        (north.pk, Gender.ALL, Status.HAS_VALUE, 81.5, 24),
        (north.pk, Gender.WOMEN, Status.HAS_VALUE, 90.0, 12),
        (south.pk, Gender.ALL, Status.MISSING, None, None),
    ]
    assert KpiValue.objects.get().value == 80.0


def test_our_own_measure_has_no_place_among_all(kpi, here, teams):
    came_in(csv_of((here.name, "E00001", 2024, "", "80", "")))
    assert KpiYear.objects.get().ranks == []


def test_the_same_file_again_changes_nothing(kpi, teams):
    content = csv_of(("Norra laget", "E00001", 2024, "", "81,5", 24))
    came_in(content)
    again = came_in(content)
    assert again.counts() == {"new": 0, "changed": 0, "unchanged": 1, "hidden": 0}
    assert not UnitValueRevision.objects.exists()


def test_a_corrected_value_keeps_what_it_was(kpi, teams):
    came_in(csv_of(("Norra laget", "E00001", 2024, "", "81,5", 24)))
    plan = came_in(csv_of(("Norra laget", "E00001", 2024, "", "82", 24)))
    assert plan.counts()["changed"] == 1
    assert plan.sample()[0][-2:] == ["82\N{NO-BREAK SPACE}%", "82\N{NO-BREAK SPACE}%"]
    assert (UnitValueRevision.objects.get().value, UnitValue.objects.get().value) == (81.5, 82.0)


def test_what_too_few_answered_is_never_kept_as_a_number(kpi, teams, here, settings):
    settings.SMALLEST_GROUP = 5
    plan = came_in(
        csv_of(
            ("Norra laget", "E00001", 2024, "", "100", 4),
            ("Södra laget", "E00001", 2024, "", "81", 5),
            (here.name, "E00001", 2024, "", "90", 1),
        )
    )
    assert plan.counts()["hidden"] == 2
    assert [row[-1] for row in plan.sample()] == ["..", "81\N{NO-BREAK SPACE}%", ".."]
    by_name = UnitValue.objects.order_by("unit__name_order").values_list("status", "value")
    assert list(by_name) == [(Status.SECRET, None), (Status.HAS_VALUE, 81.0)]
    assert KpiValue.objects.get().status == Status.SECRET


def test_everything_that_is_wrong_is_said_at_once_with_its_row(kpi, teams):
    found = wrong_with(
        csv_of(
            ("Norra lagett", "E00001", 2024, "", 80, 20),
            ("Norra laget", "E99999", 2024, "", 80, 20),
            ("Norra laget", "E00001", THIS_YEAR + 1, "", 80, 20),
            ("Norra laget", "E00001", "i fjol", "", 80, 20),
            ("Norra laget", "E00001", 2024, "X", 80, 20),
            ("Norra laget", "E00001", 2024, "", "många", 20),
            ("Norra laget", "E00001", 2024, "", "", 20),
            ("Norra laget", "E00001", 2024, "", "=1+1", 20),
            ("Norra laget", "E00001", 2024, "", 80, "tjugo"),
            ("Södra laget", "E00001", 2023, "", 80, 20),
            ("Södr", "E00001", 2023, "", 81, 20),
        )
    )
    assert [(row, column) for row, column, _text in found] == [
        *((2, "Enhet"), (3, "Mått"), (4, "År"), (5, "År"), (6, "Kön"), (7, "Värde"), (8, "Värde")),
        *((9, "Värde"), (10, "Antal svar"), (12, "Enhet")),
    ]
    texts = {row: text for row, _column, text in found}
    assert "Do you mean “Norra laget”?" in texts[2]
    assert "has not come yet" in texts[4]
    assert "formula" in texts[9]
    assert "Row 11" in texts[12]
    assert not ServiceUnit.objects.exists()


def test_what_kolada_says_is_not_said_by_a_file(kpi, teams, here):
    fetched, without_units = KpiFactory(has_units=True), KpiFactory()
    rows = [
        (where, k.code, 2024, "", 80, "")
        for k in (fetched, without_units)
        for where in (here.name, "Södr")
    ]
    assert [row for row, _column, _text in wrong_with(csv_of(*rows))] == [2, 3, 4]


def test_two_units_of_one_name_need_their_codes(kpi, home):
    for code in ("A", "B"):
        UnitFactory(parent=home, name="Lag 1", code=code)
    assert "Write the unit's code" in wrong_with(csv_of(("Lag 1", "E00001", 2024, "", 1, "")))[0][2]
    assert wrong_with(csv_of(("b", "E00001", 2024, "", 1, ""))) == []


def test_a_unit_in_kolada_is_named_by_its_code_or_as_the_unit_it_is(kpi, teams, here):
    school = service_units(here, "Norra skolan", code="V15E088302301", unit=teams[0])[0]
    for words in ("v15e088302301", "Norra skolan", "Norra laget"):
        plan = plan_of(csv_of((words, "E00001", 2024, "", 1, "")), None)
        assert [cell.where.service_unit_id for cell in plan.results] == [school.pk]


def test_a_file_without_the_right_headings_says_which_they_are(kpi):
    assert wrong_with(csv_of((1, 2), headings=("Skola", "Betyg")))[0][0] == 0
    assert wrong_with(csv_of(headings=HEADINGS)) == [
        (0, "", "There is no result under the headings.")
    ]
    missing = wrong_with(csv_of(headings=("Enhet", "Mått", "År", "Kön")))
    assert [column for _row, column, _text in missing] == ["Värde"]


def test_too_many_rows_and_no_table_are_refused(kpi):
    many = csv_of(*(("Norra laget", "E00001", 2024, "", 1, "") for _ in range(100_000)))
    with pytest.raises(Refused, match="more than"):
        plan_of(many, None)
    with pytest.raises(Refused):
        plan_of(b"\x00\x01\x02", None)


def test_thousands_of_wrong_rows_are_said_in_time(kpi, home):
    for n in range(200):
        UnitFactory(parent=home, name=f"Hemtjänstområde nummer {n}")
    rows = [(f"Hemtjanstomrade nr {n}", "E00001", 2024, "", 1, "") for n in range(5_000)]
    assert len(wrong_with(csv_of(*rows))) == 5_000


def test_per_cent_that_excel_saved_as_parts_of_one_are_asked_about(kpi, teams):
    plan = plan_of(excel_of(("Norra laget", "E00001", 2024, None, 0.85, 20)), None)
    assert "0,85 for 85" in plan.warnings()[0]
    over = plan_of(excel_of(("Norra laget", "E00001", 2024, None, 850, 20)), None)
    assert "above 100" in over.warnings()[0]


def test_the_template_offers_units_and_measures_and_can_be_filled_in(kpi, teams, here):
    content = template_of(here, this_year=2025)
    book = load_workbook(io.BytesIO(content))
    assert [row[0].value for row in book["Enheter"].iter_rows(min_row=2)] == [
        here.name,
        "Norra laget",
        "Södra laget",
    ]
    assert book["Måtten"]["B2"].value == "Nöjda med hemtjänsten"
    sheet = book["Resultat"]
    assert len(sheet.data_validations.dataValidation) == 4
    sheet.append(["Norra laget", "E00001", 2024, None, 81.5, 24])
    filled = io.BytesIO()
    book.save(filled)

    came_in(filled.getvalue())

    assert UnitValue.objects.get().value == 81.5


@pytest.mark.parametrize("count", [1, 3])
def test_a_file_asks_the_database_as_often_however_long(
    kpi, here, count, django_assert_num_queries
):
    units = service_units(here, *(f"Lag {n}" for n in range(count)))
    rows = [(unit.name, "E00001", 2024, "", 80, 20) for unit in units]
    # home unit, municipality, service units, units, kpis, values of units, values of the whole
    with django_assert_num_queries(7):
        plan_of(csv_of(*rows, (here.name, "E00001", 2024, "", 80, 20)), None)


# --- shown, confirmed, carried out ----------------------------------------------------------------


def handed_in(content, by):
    plan = plan_of(content, by)
    return surveys.keep(name="enkät.csv", content=content, plan=plan, by=by)


def test_only_a_quality_lead_takes_in_a_file(kpi, teams):
    manager = person_with(Role.MANAGER, at=teams[0])
    with pytest.raises(Refused, match="quality lead"):
        plan_of(csv_of(), manager)


def test_a_file_is_carried_out_once_and_emptied(kpi, teams, lead):
    file = handed_in(csv_of(("Norra laget", "E00001", 2024, "", "81,5", 24)), lead)
    first = surveys.confirm(result_file_id=file.pk, by=lead)
    jobs.run(first.pk)
    second = surveys.confirm(result_file_id=file.pk, by=lead)
    jobs.run(second.pk)

    first.refresh_from_db()
    file.refresh_from_db()
    assert (first, first.status) == (second, JobStatus.DONE)
    assert bytes(file.content) == b""
    assert UnitValue.objects.get().value == 81.5
    assert Event.objects.filter(kind="own_results.import").count() == 1


def test_what_is_done_is_what_was_shown_or_nothing(kpi, teams, lead):
    rows = [("Norra laget", "E00001", 2024, "", "81,5", 24), ("Södr", "E00001", 2024, "", 70, 9)]
    came_in(csv_of(("Norra laget", "E00001", 2024, "", "60", 24)))
    file = handed_in(csv_of(*rows), lead)
    came_in(csv_of(("Norra laget", "E00001", 2024, "", "61", 24)))

    job = surveys.confirm(result_file_id=file.pk, by=lead)
    jobs.run(job.pk)

    job.refresh_from_db()
    assert job.status == JobStatus.FAILED
    assert UnitValue.objects.get().value == 61.0


def test_a_file_is_kept_for_a_day_and_seen_only_by_its_owner(kpi, teams, lead, home):
    file = handed_in(csv_of(("Norra laget", "E00001", 2024, "", "81,5", 24)), lead)
    assert not ResultFile.objects.visible_to(person_with(Role.QUALITY_LEAD, at=home)).exists()
    assert ResultFile.objects.visible_to(lead).get() == file
    ResultFile.objects.update(handed_in_at=timezone.now() - ResultFile.KEPT)
    surveys.forget_expired()
    assert not ResultFile.objects.exists()


# --- typed ----------------------------------------------------------------------------------------


@pytest.fixture
def team(here, teams):
    return service_units(here, "Norra laget", unit=teams[0])[0]


def typed(kpi, unit, *results, by=None):
    return surveys.enter(
        kpi_id=kpi.pk,
        service_unit_id=unit and unit.pk,
        results=[surveys.Result(*result) for result in results],
        on=timezone.localdate(),
        by=by,
    )


def test_several_years_are_typed_at_once_and_few_are_kept_secret(kpi, team, lead):
    hidden = typed(kpi, team, (2023, 0, 80.0, 20), (2024, 0, 100.0, 2), by=lead)
    said = UnitValue.objects.order_by("year").values_list("year", "status", "value")
    assert hidden == 1
    assert list(said) == [(2023, Status.HAS_VALUE, 80.0), (2024, Status.SECRET, None)]


def test_a_manager_writes_down_the_results_of_the_own_unit_alone(kpi, team, teams):
    typed(kpi, team, (2024, 0, 80.0), by=person_with(Role.MANAGER, at=teams[0]))
    other = person_with(Role.MANAGER, at=teams[1])
    for unit, by in ((team, other), (None, other), (team, employee(at=teams[0]))):
        with pytest.raises(Refused, match="quality lead"):
            typed(kpi, unit, (2024, 0, 1.0), by=by)
    assert UnitValue.objects.get().value == 80.0


def test_a_value_is_taken_back_and_its_former_value_stays(kpi, team):
    typed(kpi, team, (2024, 0, 80.0, 20))
    typed(kpi, team, (2024, Status.WITHDRAWN, None))
    assert UnitValue.objects.get().status == Status.WITHDRAWN
    assert UnitValueRevision.objects.get().value == 80.0


def test_the_municipality_has_results_of_its_own_too(kpi, lead, here):
    typed(kpi, None, (2024, 0, 80.0), by=lead)
    assert KpiValue.objects.get().municipality == here


def test_no_result_is_of_a_year_to_come_or_of_what_kolada_says(kpi, team):
    with pytest.raises(Refused, match="not come"):
        typed(kpi, team, (THIS_YEAR + 1, 0, 80.0))
    with pytest.raises(Refused, match="Kolada's"):
        typed(KpiFactory(has_units=True), team, (2024, 0, 80.0))


# --- the measures themselves ----------------------------------------------------------------------


def test_each_own_measure_gets_the_next_code(kpi):
    second = own_kpis.create(said=own_kpis.Said(title="Trygga"), by=None)
    assert (kpi.code, second.code) == ("E00001", "E00002")


def test_only_a_quality_lead_makes_measures_and_names_are_told_apart(kpi, lead, teams):
    with pytest.raises(Refused, match="quality lead"):
        own_kpis.create(said=own_kpis.Said(title="Ny"), by=person_with(Role.MANAGER, at=teams[0]))
    with pytest.raises(Refused, match="name already"):
        own_kpis.create(said=own_kpis.Said(title="nöjda med hemtjänsten"), by=lead)
    with pytest.raises(Refused, match="name"):
        own_kpis.create(said=own_kpis.Said(title=" "), by=lead)


def test_what_a_measure_was_called_before_is_kept(kpi, lead):
    own_kpis.edit(kpi_id=kpi.pk, said=own_kpis.Said(title="Nöjda", unit_word="%"), by=lead)
    own_kpis.edit(kpi_id=kpi.pk, said=own_kpis.Said(title="Nöjda", unit_word="%"), by=lead)
    assert kpi.text_revisions.get().title == "Nöjda med hemtjänsten"
