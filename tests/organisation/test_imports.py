"""The personnel file: what it changes, what it says when it is wrong, and that it may be repeated."""

import datetime as dt

import pytest

from foundation.models import Event
from organisation.actions import imports, people
from organisation.models import Employment, Person, Unit
from organisation.permissions import Role
from tests.factories import employee, person_with
from tests.organisation.files import (
    ANNA,
    ORJAN,
    PEOPLE_HEADINGS,
    TREE,
    UNIT_HEADINGS,
    csv_of,
    people_csv,
    units_csv,
    xlsx_of,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

TODAY = dt.date(2026, 9, 15)


def plan_of(content, *, complete=False, on=TODAY, by=None):
    return imports.read(content=content, is_complete=complete, on=on, by=by)


def take_in(content, **options):
    """Read a file and do what it says; the counts that are not zero."""
    plan = plan_of(content, **options)
    assert plan.problems == []
    imports.apply(plan, on=options.get("on", TODAY), by=options.get("by"))
    return {name: count for name, count in plan.counts().items() if count}


def problems_in(content, **options):
    return [(p.row, p.column, p.text) for p in plan_of(content, **options).problems]


def changed(row, **columns):
    """A row with other values in some of its columns, by place: e=4 → fifth."""
    cells = list(row)
    for place, value in columns.items():
        cells[int(place.removeprefix("c"))] = value
    return tuple(cells)


def employments():
    return [
        (e.person.given_name, e.unit.code, e.position, e.starts_on.isoformat(), e.ends_on)
        for e in Employment.objects.select_related("person", "unit").order_by("pk")
    ]


@pytest.fixture
def tree(db):
    take_in(units_csv(*TREE))


# --- units ----------------------------------------------------------------------------------


def test_units_come_in_whatever_order_the_file_has():
    assert take_in(units_csv(*reversed(TREE))) == {"units_new": 3}

    assert [
        (u.code, u.kind, u.depth, u.municipality_code) for u in Unit.objects.in_tree_order()
    ] == [("K", "Kommun", 0, "0883"), ("SOC", "Förvaltning", 1, ""), ("HT", "Område", 2, "")]


def test_the_same_units_twice_change_nothing(tree):
    events = Event.objects.count()
    assert take_in(units_csv(*TREE)) == {"units_unchanged": 3}
    assert Event.objects.count() == events


def test_units_are_renamed_and_moved_with_all_that_lies_below(tree):
    take_in(units_csv(("BUF", "Barn", "Förvaltning", "K", ""), ("N", "Norr", "Enhet", "HT", "")))

    counts = take_in(units_csv(("HT", "Ny hemtjänst", "Område", "BUF", "")))

    assert counts == {"units_changed": 1}
    assert [u.name for u in Unit.objects.in_tree_order()] == [
        "Västerviks kommun",
        "Barn",
        "Ny hemtjänst",
        "Norr",
        "Socialförvaltningen",
    ]
    assert Unit.objects.get(code="N").lineage[:-1] == Unit.objects.get(code="HT").lineage


def test_two_units_may_change_places(tree):
    take_in(
        units_csv(
            ("HT", "Hemtjänst", "Område", "K", ""),
            ("SOC", "Socialförvaltningen", "Förvaltning", "HT", ""),
        )
    )
    assert [u.code for u in Unit.objects.in_tree_order()] == ["K", "HT", "SOC"]


def test_a_column_that_is_not_there_changes_nothing(tree):
    content = csv_of(["Kod", "Namn", "Överordnad kod"], ("SOC", "Socialförvaltningen", "K"))
    assert take_in(content) == {"units_unchanged": 1}
    assert Unit.objects.get(code="SOC").kind == "Förvaltning"


def test_a_unit_that_was_closed_is_in_use_again(tree):
    Unit.objects.filter(code="HT").update(is_active=False)
    assert take_in(units_csv(*TREE)) == {"units_changed": 1, "units_unchanged": 2}
    assert Unit.objects.get(code="HT").is_active


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        ([("X", "Y", "", "NOPE", "")], (2, "Överordnad kod", "no unit with the code “NOPE”")),
        ([("X", "Y", "", "", "")], (2, "Överordnad kod", "“K” is")),
        ([("X", "Y", "", "K", ""), ("X", "Z", "", "K", "")], (3, "Kod", "on row 2 too")),
        ([("", "Y", "", "K", "")], (2, "Kod", "The cell is empty.")),
        ([("X", "Y" * 201, "", "K", "")], (2, "Namn", "more than 200 characters")),
        ([("X", "=1+1", "", "K", "")], (2, "Namn", "is a formula")),
        ([("K", "Kommunen", "", "HT", "")], (2, "Överordnad kod", "K → HT → SOC → K")),
        (
            [("A", "A", "", "B", ""), ("B", "B", "", "A", "")],
            (2, "Överordnad kod", "lies under itself: A → B → A"),
        ),
    ],
)
def test_what_cannot_be_a_tree_is_said_at_its_row(tree, rows, problem):
    row, column, text = problems_in(units_csv(*rows))[0]
    assert (row, column) == problem[:2]
    assert problem[2] in text


def test_a_tree_may_be_deep_but_not_bottomless(tree):
    deep = [(f"D{n}", f"D{n}", "", f"D{n - 1}" if n else "HT", "") for n in range(9)]
    assert [p[0] for p in problems_in(units_csv(*deep))] == [8, 9, 10]


# --- people ---------------------------------------------------------------------------------


def test_people_come_in_and_can_choose_a_password(tree):
    assert take_in(people_csv(ANNA, ORJAN)) == {"people_new": 2}

    anna = Person.objects.get(personnel_number="1001")
    assert (anna.name, anna.email) == ("Anna Berg", "anna.berg@exempel.se")
    assert anna.is_active
    assert not anna.has_usable_password()
    assert employments() == [
        ("Anna", "HT", "Undersköterska", "2024-02-01", None),
        ("Örjan", "SOC", "Enhetschef", "2019-08-19", None),
    ]


def test_the_same_people_twice_change_nothing(tree):
    content = people_csv(ANNA, ORJAN, changed(ORJAN, c4="HT", c5="Projektledare", c6=""))
    take_in(content, complete=True)
    events, before = Event.objects.count(), employments()

    for on in (TODAY, TODAY + dt.timedelta(days=40)):
        assert take_in(content, complete=True, on=on) == {"people_unchanged": 2}

    assert (Event.objects.count(), employments()) == (events, before)


def test_units_and_people_come_in_one_workbook(db):
    content = xlsx_of(
        Läsmig=[["Hej"]],
        Enheter=[UNIT_HEADINGS, *TREE],
        Personer=[PEOPLE_HEADINGS, [1001, *ANNA[1:6], dt.date(2024, 2, 1), None]],
    )
    assert take_in(content) == {"units_new": 3, "people_new": 1}
    assert employments() == [("Anna", "HT", "Undersköterska", "2024-02-01", None)]
    assert Person.objects.get().personnel_number == "1001"


def test_addresses_are_kept_in_lower_case(tree):
    take_in(people_csv(changed(ANNA, c3="Anna.BERG@Exempel.SE")))
    assert Person.objects.get().email == "anna.berg@exempel.se"
    assert take_in(people_csv(ANNA)) == {"people_unchanged": 1}


def test_a_new_name_and_address_are_taken_over_by_number(tree):
    take_in(people_csv(ANNA))
    married = changed(ANNA, c2="Öberg", c3="anna.oberg@exempel.se")

    assert take_in(people_csv(married)) == {"people_changed": 1}

    anna = Person.objects.get()
    assert (anna.name, anna.email) == ("Anna Öberg", "anna.oberg@exempel.se")
    event = Event.objects.get(kind="person.import")
    assert event.data == {"fields": ["email", "family_name"]}  # never what they were or are


def test_two_people_may_change_addresses_with_each_other(tree):
    take_in(people_csv(ANNA, ORJAN))
    take_in(people_csv(changed(ANNA, c3=ORJAN[3]), changed(ORJAN, c3=ANNA[3])))
    assert Person.objects.get(personnel_number="1001").email == ORJAN[3]


def test_without_numbers_the_address_says_who_it_is(tree):
    content = csv_of(PEOPLE_HEADINGS[1:], ANNA[1:])
    assert take_in(content) == {"people_new": 1}
    assert take_in(content) == {"people_unchanged": 1}
    assert take_in(people_csv(ANNA)) == {"people_changed": 1}
    assert Person.objects.get().personnel_number == "1001"
    assert take_in(content) == {"people_unchanged": 1}


def test_a_person_has_two_employments_at_once(tree):
    take_in(people_csv(ORJAN, changed(ORJAN, c4="HT", c5="Projektledare", c7="2026-12-31")))
    assert employments() == [
        ("Örjan", "SOC", "Enhetschef", "2019-08-19", None),
        ("Örjan", "HT", "Projektledare", "2019-08-19", dt.date(2026, 12, 31)),
    ]


def test_who_changes_place_ends_at_the_old_one(tree):
    take_in(people_csv(ANNA))
    take_in(people_csv(changed(ANNA, c4="SOC", c6="2026-09-15")))
    assert employments() == [
        ("Anna", "HT", "Undersköterska", "2024-02-01", dt.date(2026, 9, 14)),
        ("Anna", "SOC", "Undersköterska", "2026-09-15", None),
    ]
    assert take_in(people_csv(changed(ANNA, c4="SOC", c6="2026-09-15"))) == {"people_unchanged": 1}


def test_a_corrected_first_day_is_no_new_employment(tree):
    take_in(people_csv(ANNA))
    take_in(people_csv(changed(ANNA, c6="2024-01-15")))
    assert employments() == [("Anna", "HT", "Undersköterska", "2024-01-15", None)]


def test_an_earlier_employment_of_the_same_kind_stays_apart(tree):
    earlier = changed(ANNA, c6="2020-01-01", c7="2021-12-31")
    take_in(people_csv(earlier, ANNA))
    assert employments() == [("Anna", "HT", "Undersköterska", "2024-02-01", None)]
    assert take_in(people_csv(earlier, ANNA)) == {"people_unchanged": 1}


def test_an_employment_that_was_ended_too_early_goes_on(tree):
    take_in(people_csv(changed(ANNA, c7="2026-09-20")))
    take_in(people_csv(ANNA), on=dt.date(2026, 10, 1))
    assert employments() == [("Anna", "HT", "Undersköterska", "2024-02-01", None)]


def test_leavers_end_lose_their_roles_and_stay_in_history(tree):
    take_in(people_csv(ANNA, ORJAN))
    orjan = Person.objects.get(given_name="Örjan")
    social = Unit.objects.get(code="SOC")
    people.assign(person=orjan, unit=social, role=Role.MANAGER, by=None)

    assert take_in(people_csv(ANNA)) == {"people_unchanged": 1}  # not said to be complete
    counts = take_in(people_csv(ANNA), complete=True)

    assert counts == {"people_unchanged": 1, "people_leaving": 1}
    orjan.refresh_from_db()
    assert not orjan.is_active
    assert not orjan.assignments.exists()
    assert employments()[1] == ("Örjan", "SOC", "Enhetschef", "2019-08-19", dt.date(2026, 9, 14))
    assert Event.objects.get(kind="person.leave").data == {"withdrawn": [["manager", social.pk]]}
    assert take_in(people_csv(ANNA), complete=True) == {"people_unchanged": 1}


def test_who_ends_in_the_file_leaves_without_it_being_complete(tree):
    take_in(people_csv(ANNA))
    assert take_in(people_csv(changed(ANNA, c7="2026-09-01"))) == {"people_leaving": 1}
    assert not Person.objects.get().is_active


def test_who_comes_back_can_sign_in_again(tree):
    take_in(people_csv(ANNA, ORJAN))
    take_in(people_csv(ANNA), complete=True)

    assert take_in(people_csv(ANNA, ORJAN)) == {"people_changed": 1, "people_unchanged": 1}

    assert Person.objects.get(given_name="Örjan").is_active
    assert Person.objects.count() == 2


def test_who_is_employed_nowhere_is_no_leaver(tree):
    consultant = person_with(Role.ADMINISTRATOR, at=Unit.objects.get(code="K"))
    assert take_in(people_csv(ANNA), complete=True) == {"people_new": 1}
    consultant.refresh_from_db()
    assert consultant.is_active


def test_whoever_imports_is_not_locked_out(tree):
    top = Unit.objects.get(code="K")
    me = employee(at=top)
    people.assign(person=me, unit=top, role=Role.ADMINISTRATOR, by=None)

    [(row, _, text)] = problems_in(people_csv(ANNA), complete=True, by=me)
    assert (row, "locked out" in text) == (0, True)
    [(row, _, text)] = problems_in(people_csv(ANNA), complete=True)
    assert (row, "Nobody would be left" in text) == (0, True)


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        ([changed(ANNA, c3="anna@")], (2, "E-post", "“anna@” is not an e-mail address")),
        ([changed(ANNA, c6="1/2 2024")], (2, "Från", "Write it like 2026-03-01")),
        ([changed(ANNA, c6="2026-02-30")], (2, "Från", "is not a date")),
        ([changed(ANNA, c7="2020-01-01")], (2, "Till", "comes before the first")),
        ([changed(ANNA, c4="NOPE")], (2, "Enhetskod", "no unit with the code “NOPE”")),
        ([changed(ANNA, c1="")], (2, "Förnamn", "The cell is empty")),
        ([changed(ANNA, c2="Ö" * 101)], (2, "Efternamn", "more than 100 characters")),
        ([changed(ANNA, c0="19811228-9874")], (2, "Anställningsnummer", "personal identity")),
        ([changed(ANNA, c5="#REF!")], (2, "Befattning", "a formula or an error")),
        ([ANNA, ANNA], (3, "Befattning", "Row 2 says the same")),
        ([ANNA, changed(ANNA, c1="Anne", c5="Kock")], (3, "Förnamn", "Row 2 has “Anna”")),
        ([ANNA, changed(ORJAN, c3=ANNA[3])], (3, "E-post", "already belongs to Anna Berg")),
    ],
)
def test_what_is_wrong_is_said_at_its_row(tree, rows, problem):
    row, column, text = problems_in(people_csv(*rows))[0]
    assert (row, column) == problem[:2]
    assert problem[2] in text


def test_an_address_that_somebody_keeps_is_not_given_away(tree):
    take_in(people_csv(ANNA))
    [(row, column, text)] = problems_in(people_csv(changed(ORJAN, c3=ANNA[3])))
    assert (row, column) == (2, "E-post")
    assert "Anna Berg" in text


def test_one_person_under_two_names_is_found_out(tree):
    take_in(people_csv(ANNA))
    [(row, _, text)] = problems_in(
        people_csv(changed(ANNA, c3="ny@exempel.se"), changed(ANNA, c0=""))
    )
    assert (row, "same person" in text) == (3, True)


def test_headings_may_be_in_any_order_and_others_are_passed_over(tree):
    content = csv_of(
        ["Lön", "e-post", "EFTERNAMN", "Förnamn", "enhetskod ", "Befattning"],
        ("1", "anna.berg@exempel.se", "Berg", "Anna", "HT", "Kock"),
    )
    plan = plan_of(content)
    assert plan.problems == []
    assert plan.rows.passed_over == ["Lön"]
    assert take_in(content) == {"people_new": 1}
    assert employments() == [("Anna", "HT", "Kock", "2026-09-15", None)]


def test_missing_and_doubled_headings_are_said(tree):
    content = csv_of(["Kod", "Kod", "Typ"], ("X", "X", "Y"))
    assert [p[:2] for p in problems_in(content)] == [(1, "Kod"), (1, "Namn")]


@pytest.mark.parametrize("content", [b"", b"\r\n;;\r\n", b"hej\r\nhopp", b"a;b\r\n1;2"])
def test_a_file_about_something_else_is_said(tree, content):
    [(row, _, text)] = problems_in(content)
    assert (row, "no table of units or people" in text) == (0, True)


def test_nothing_is_written_when_something_is_wrong(tree):
    events = Event.objects.count()
    plan = plan_of(people_csv(ANNA, changed(ORJAN, c3="nej")))
    assert len(plan.problems) == 1
    assert not Person.objects.exists()
    assert Event.objects.count() == events


def test_reading_costs_the_same_however_many_rows(tree, django_assert_num_queries):
    for rows in ([ANNA], [ANNA, ORJAN]):
        with django_assert_num_queries(5):  # units, codes, people, employments, administrators
            plan_of(people_csv(*rows))
