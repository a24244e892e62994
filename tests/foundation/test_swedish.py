"""… x y z å ä ö, from the database itself."""

import unicodedata

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from organisation.models import Person, Unit
from tests.factories import PersonFactory, UnitFactory

pytestmark = pytest.mark.django_db


def in_order():
    return list(Unit.objects.order_by("name_order", "pk").values_list("name", flat=True))


def test_å_ä_and_ö_come_last_in_that_order_whatever_the_case():
    for name in ("Öster", "Zeta", "äng", "Åby", "adel", "Ängö", "östan", "åas"):
        UnitFactory(name=name)
    assert in_order() == ["adel", "Zeta", "åas", "Åby", "äng", "Ängö", "östan", "Öster"]


def test_letters_from_elsewhere_sort_as_in_a_dictionary():
    for name in ("Ida", "Évelyn", "Eva", "Ærø", "Äpple", "Müller", "Mylla", "Øst", "Öst"):
        UnitFactory(name=name)
    assert in_order() == ["Eva", "Évelyn", "Ida", "Mylla", "Müller", "Äpple", "Ærø", "Øst", "Öst"]


def test_a_bulk_update_and_plain_sql_keep_the_order():
    first, second = UnitFactory(name="Alfa"), UnitFactory(name="Beta")

    Unit.objects.filter(pk=first.pk).update(name="Ödla")
    assert in_order() == ["Beta", "Ödla"]
    with connection.cursor() as cursor:
        cursor.execute("UPDATE organisation_unit SET name = 'Åska' WHERE id = %s", [second.pk])
    Unit.objects.bulk_update([Unit(pk=first.pk, name="Zebra")], ["name"])
    assert in_order() == ["Zebra", "Åska"]


def test_people_come_by_family_name_and_then_given_name():
    for given_name, family_name in [
        ("Åke", "Ek"),
        ("Örjan", "Ek"),
        ("Ada", "Ål"),
        ("Zlatan", "Ek"),
    ]:
        PersonFactory(given_name=given_name, family_name=family_name)
    assert [p.name for p in Person.objects.in_name_order()] == [
        "Zlatan Ek",
        "Åke Ek",
        "Örjan Ek",
        "Ada Ål",
    ]


ALPHABET = "abcdefghijklmnopqrstuvwxyzåäö"


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.text(ALPHABET + ALPHABET.upper() + " -", max_size=6), max_size=6))
def test_any_names_sort_as_the_alphabet_says(names):
    Unit.objects.all().delete()
    for name in names:
        UnitFactory(name=name)

    def key(name):
        return [(" -" + ALPHABET).index(sign) for sign in name.lower()]

    found = in_order()
    assert [key(name) for name in found] == sorted(key(name) for name in names)


def test_both_forms_of_å_are_one_letter_once_they_are_composed():
    assert unicodedata.normalize("NFC", "A\u030aby") == "Åby"  # imports compose; see spreadsheet
