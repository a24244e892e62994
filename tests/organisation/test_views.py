"""The administrator's pages and one's own: a happy path, a refusal and a count of queries each."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse
from openpyxl import load_workbook

from foundation import jobs
from foundation.models import Event, Job
from organisation.actions import people, units
from organisation.models import Assignment, ImportFile, Person, Unit
from organisation.permissions import Role
from tests.factories import UnitFactory, employee, person_with
from tests.organisation.files import ANNA, ORJAN, TREE, people_csv, units_csv

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_messages(monkeypatch):
    monkeypatch.setattr(jobs, "send", lambda job: None)


@pytest.fixture
def signed_in(client, administrator):
    administrator.language = "en"
    administrator.save()
    client.force_login(administrator)
    return client


@pytest.fixture
def anna(social):
    return employee(at=social, given_name="Anna", family_name="Berg")


def everybody_at(unit, count):
    for number in range(count):
        person = employee(at=unit, family_name=f"Person {number}")
        people.assign(person=person, unit=unit, role=Role.COACH, by=None)


# --- what others may not find ---------------------------------------------------------------

LISTS = ["organisation", "person-list", "import-new"]


@pytest.mark.parametrize("name", LISTS)
def test_the_lists_are_not_found_by_others(client, name, anna):
    client.force_login(anna)
    assert client.get(reverse(name)).status_code == 404


def test_what_lies_outside_ones_reach_is_not_found(client, home, social, anna):
    school = UnitFactory(parent=home)
    client.force_login(person_with(Role.ADMINISTRATOR, at=school))
    held = people.assign(person=anna, unit=social, role=Role.COACH, by=None)

    for name, pk in [
        ("unit-detail", social.pk),
        ("unit-detail", home.pk),
        ("person-detail", anna.pk),
        ("person-close", anna.pk),
        ("role-withdraw", held.pk),
    ]:
        assert client.get(reverse(name, args=[pk])).status_code == 404
    assert client.post(reverse("person-close", args=[anna.pk])).status_code == 404
    assert client.post(reverse("person-open", args=[anna.pk])).status_code == 404
    assert client.post(reverse("role-withdraw", args=[held.pk])).status_code == 404
    assert client.get(reverse("import-new")).status_code == 404  # for the whole only
    assert client.get(reverse("import-template", args=["mall.xlsx"])).status_code == 404
    assert Assignment.objects.filter(pk=held.pk).exists()


# --- units ----------------------------------------------------------------------------------


def test_the_tree_shows_how_many_work_where(signed_in, home, social, anna):
    employee(at=home)
    text = " ".join(signed_in.get(reverse("organisation")).text.split())
    assert "2 people, 1 of them here" in text
    assert text.index("Västerviks kommun") < text.index("Socialförvaltningen")


def test_the_tree_is_cut_below_two_floors_and_counts_the_rest(signed_in, home, social):
    schools = units.create(name="Skolorna", code="s", parent=social, by=None)
    units.create(name="Solskolan", code="s1", parent=schools, by=None)

    text = " ".join(signed_in.get(reverse("organisation")).text.split())

    assert "Skolorna" in text
    assert "1 unit below" in text
    assert "Solskolan" not in text
    assert "Solskolan" in signed_in.get(reverse("unit-detail", args=[schools.pk])).text


@pytest.mark.parametrize("count", [1, 3])
def test_the_tree_costs_the_same_however_large(signed_in, home, count, django_assert_num_queries):
    for number in range(count):
        everybody_at(units.create(name=f"U{number}", code=str(number), parent=home, by=None), 2)
    # session, person, assignments, employments, top unit; units, employments counted
    with django_assert_num_queries(7):
        signed_in.get(reverse("organisation"))


def test_a_unit_shows_who_works_there_and_who_holds_roles(signed_in, social, anna):
    people.assign(person=anna, unit=social, role=Role.COACH, by=None)
    text = signed_in.get(reverse("unit-detail", args=[social.pk])).text
    assert "Anna Berg" in text
    assert "Undersköterska" in text
    assert "Improvement coach" in text


@pytest.mark.parametrize("count", [1, 3])
def test_a_unit_costs_the_same_however_many_work_there(
    signed_in, social, count, django_assert_num_queries
):
    everybody_at(social, count)
    # session, person, assignments, employments; unit, above, employments with people, their
    # roles, roles held here, parts
    with django_assert_num_queries(10):
        signed_in.get(reverse("unit-detail", args=[social.pk]))


# --- people ---------------------------------------------------------------------------------


def test_people_are_found_by_name(signed_in, anna, social):
    employee(at=social, given_name="Örjan", family_name="Ek")
    text = signed_in.get(reverse("person-list"), {"q": "anna"}).text
    assert "Berg, Anna" in text
    assert "Ek, Örjan" not in text
    assert "Nobody by that name" in signed_in.get(reverse("person-list"), {"q": "xyz"}).text


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_people_costs_the_same_however_long(
    signed_in, social, count, django_assert_num_queries
):
    everybody_at(social, count)
    # session, person, assignments, employments; count, people, where they work with units
    with django_assert_num_queries(7):
        signed_in.get(reverse("person-list"))


def test_a_role_is_given_and_withdrawn(signed_in, anna, social, administrator):
    address = reverse("person-detail", args=[anna.pk])
    response = signed_in.post(address, {"role": "coach", "unit": social.pk}, follow=True)
    assert "Anna Berg has the role now." in response.text
    assert "Was given a role: Improvement coach, Socialförvaltningen" in response.text
    held = anna.assignments.get()

    withdraw = reverse("role-withdraw", args=[held.pk])
    assert "Withdraw the role?" in signed_in.get(withdraw).text
    response = signed_in.post(withdraw, follow=True)
    assert "The role was withdrawn." in response.text
    assert not anna.assignments.exists()
    assert Event.objects.latest("pk").by == administrator


@pytest.mark.parametrize("posted", [{"role": "staff"}, {"role": "coach", "unit": 0}])
def test_a_role_that_cannot_be_given_is_said_on_the_form(signed_in, anna, posted):
    response = signed_in.post(reverse("person-detail", args=[anna.pk]), posted)
    assert response.status_code == 422
    assert not anna.assignments.exists()


def test_the_last_administrator_is_told_why_not(signed_in, administrator):
    held = administrator.assignments.get()
    address = reverse("role-withdraw", args=[held.pk])
    assert "Make somebody else an administrator first." in signed_in.get(address).text
    response = signed_in.post(address, follow=True)
    assert "Make somebody else an administrator first." in response.text
    assert Assignment.objects.filter(pk=held.pk).exists()


def test_a_sign_in_is_closed_and_opened(signed_in, anna):
    close = reverse("person-close", args=[anna.pk])
    assert "Close the sign-in?" in signed_in.get(close).text
    response = signed_in.post(close, follow=True)
    assert "Anna Berg can sign in no more." in response.text
    assert "Open the sign-in again" in response.text

    response = signed_in.post(reverse("person-open", args=[anna.pk]), follow=True)
    assert "Anna Berg can sign in again." in response.text


def test_closing_ones_own_sign_in_is_refused(signed_in, administrator):
    response = signed_in.post(reverse("person-close", args=[administrator.pk]), follow=True)
    assert "You cannot close your own sign-in." in response.text


def test_a_local_administrator_is_told_who_is_not_theirs_to_close(client, home, social, anna):
    people.assign(person=anna, unit=home, role=Role.COACH, by=None)
    local = person_with(Role.ADMINISTRATOR, at=social, language="en")
    client.force_login(local)
    address = reverse("person-detail", args=[anna.pk])
    assert "Anna Berg also belongs to Västerviks kommun" in client.get(address).text
    response = client.post(reverse("person-open", args=[anna.pk]), follow=True)
    assert "also belongs to" in response.text


@pytest.mark.parametrize("count", [1, 3])
def test_a_person_costs_the_same_however_many_roles(
    signed_in, home, anna, count, django_assert_num_queries
):
    for role in (Role.COACH, Role.MANAGER, Role.DECIDER)[:count]:
        people.assign(person=anna, unit=home, role=role, by=None)
    # session, person, assignments, employments; the person, roles, employments now and then,
    # administrators of the whole, roles for the rule (twice), events, their units, units to choose
    with django_assert_num_queries(14):
        signed_in.get(reverse("person-detail", args=[anna.pk]))


# --- one's own page -------------------------------------------------------------------------


def test_ones_own_page_says_what_one_may_do_and_where(client, anna, social):
    anna.language = "en"
    anna.save()
    people.assign(person=anna, unit=social, role=Role.DECIDER, by=None)
    client.force_login(anna)
    text = client.get(reverse("profile")).text
    assert "Decision-maker, Socialförvaltningen" in text
    assert "decide on ideas" in text
    assert "leave ideas and follow them" in text
    assert reverse("account_change_password") in text


# --- files ----------------------------------------------------------------------------------


def hand_in(client, content, name="personal.csv", **fields):
    file = SimpleUploadedFile(name, content)
    return client.post(reverse("import-new"), {"file": file, **fields}, follow=True)


def test_a_file_is_handed_in_shown_confirmed_and_carried_out(signed_in, home):
    response = hand_in(signed_in, units_csv(*TREE))
    file = ImportFile.objects.get()
    detail = reverse("import-detail", args=[file.pk])
    assert response.redirect_chain == [(detail, 302)]
    assert "Nothing has been changed yet." in response.text
    assert "Socialförvaltningen" in response.text
    assert Unit.objects.count() == 1

    response = signed_in.post(reverse("import-confirm", args=[file.pk]), follow=True)
    assert f'hx-get="{detail}"' in response.text
    jobs.run(Job.objects.get().pk)

    text = signed_in.get(detail).text
    assert "hx-trigger" not in text
    assert "To the organisation" in text
    assert Unit.objects.count() == 3


def test_leavers_are_shown_before_anything_is_done(signed_in, anna):
    units.create(name="Hemtjänst", code="HT", parent=anna.unit, by=None)
    response = hand_in(signed_in, people_csv(ORJAN), is_complete="on")
    assert "1 of the 1 people who are employed now is missing" in " ".join(response.text.split())
    assert "Anna Berg" in response.text
    assert Person.objects.get(pk=anna.pk).is_active


def test_a_wrong_file_says_row_by_row_what_is_wrong(signed_in, social):
    response = hand_in(signed_in, people_csv(ANNA, ORJAN))
    assert response.status_code == 422
    assert "row\N{NO-BREAK SPACE}2" in response.text
    assert "There is no unit with the code “HT”" in response.text
    assert not ImportFile.objects.exists()


def test_what_is_no_table_is_said_at_the_field(signed_in):
    response = hand_in(signed_in, b"PK\x03\x04", name="x.xlsx")
    assert response.status_code == 422
    assert "damaged" in response.text
    assert signed_in.post(reverse("import-new"), {"is_complete": "on"}).status_code == 422


def test_a_file_is_confirmed_only_by_whoever_handed_it_in(client, signed_in, home):
    hand_in(signed_in, units_csv(*TREE))
    pk = ImportFile.objects.get().pk
    client.force_login(person_with(Role.ADMINISTRATOR, at=home))
    assert client.get(reverse("import-detail", args=[pk])).status_code == 404
    assert client.post(reverse("import-confirm", args=[pk])).status_code == 404
    assert not Job.objects.exists()


def test_a_name_with_markup_is_shown_as_it_was_written(signed_in, home):
    response = hand_in(signed_in, units_csv(("X", "<script>alert(1)</script>", "", "K", "")))
    assert "<script>alert" not in response.text
    assert "&lt;script&gt;" in response.text


@pytest.mark.parametrize("name", ["enheter.csv", "personer.csv", "mall.xlsx"])
def test_the_files_to_start_from_can_be_handed_in_as_they_are(signed_in, home, name):
    template = signed_in.get(reverse("import-template", args=[name]))
    assert name in template.headers["Content-Disposition"]
    if name == "personer.csv":
        units.create(name="Social", code="SOC", parent=home, by=None)
        units.create(name="Hemtjänst", code="SOC-HT", parent=home, by=None)
    response = hand_in(signed_in, template.content, name=name)
    assert response.status_code == 200
    assert ImportFile.objects.exists()


def test_a_template_that_is_not_there_is_not_found(signed_in):
    assert signed_in.get(reverse("import-template", args=["x.csv"])).status_code == 404


def test_the_workbook_has_both_sheets(signed_in, tmp_path):
    path = tmp_path / "mall.xlsx"
    path.write_bytes(signed_in.get(reverse("import-template", args=["mall.xlsx"])).content)
    assert load_workbook(path).sheetnames == ["Enheter", "Personer"]


# --- the same by command --------------------------------------------------------------------


@pytest.fixture
def files(tmp_path):
    first, second = tmp_path / "enheter.csv", tmp_path / "personer.csv"
    first.write_bytes(units_csv(*TREE))
    second.write_bytes(people_csv(ANNA, ORJAN))
    return str(first), str(second)


def test_the_command_reads_several_files_in_order(db, files, capsys):
    call_command("import_organisation", *files, "--complete")
    assert capsys.readouterr().out.splitlines() == [
        "enheter.csv: units_new 3",
        "personer.csv: people_new 2",
    ]
    call_command("import_organisation", *files)
    assert "people_unchanged 2" in capsys.readouterr().out


def test_a_dry_run_writes_nothing(db, files):
    call_command("import_organisation", *files, "--dry-run")
    assert not Unit.objects.exists()
    assert not Person.objects.exists()


def test_a_wrong_file_stops_all_of_them(db, files, tmp_path):
    wrong = tmp_path / "fel.csv"
    wrong.write_bytes(people_csv(ANNA, ANNA))
    with pytest.raises(CommandError, match="row 3, Befattning"):
        call_command("import_organisation", *files, str(wrong))
    with pytest.raises(CommandError, match="nowhere"):
        call_command("import_organisation", *files, str(tmp_path / "nowhere.csv"))
    assert not Unit.objects.exists()
