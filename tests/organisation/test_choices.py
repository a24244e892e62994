"""Choosing one unit, person or measure among thousands: what is found, shown and kept."""

import re

import pytest
from django import forms
from django.http import QueryDict
from django.urls import reverse

from foundation.search_choice import SearchChoiceField, SearchingForm
from foundation.swedish import sought_words
from organisation.models import Person, Unit
from organisation.permissions import Role
from tests.factories import KpiFactory, PersonFactory, UnitFactory, employee, person_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def home():
    return UnitFactory(name="Västerviks kommun")


@pytest.fixture
def school(home):
    return UnitFactory(name="Barn- och utbildningsförvaltningen", parent=home)


@pytest.fixture
def north(school):
    return UnitFactory(name="Norra området", parent=school)


@pytest.fixture
def sun(north):
    return UnitFactory(name="Förskolan Solen", code="B-100", parent=north)


@pytest.fixture
def other_sun(school):
    return UnitFactory(
        name="Förskolan Solen",
        code="B-200",
        parent=UnitFactory(name="Södra området", parent=school),
    )


@pytest.fixture
def asked(client, school):
    """Ask a search box; the language is English so that the texts can be read here."""

    def ask(name, words, as_=None, **more):
        person = as_ or employee(at=school, given_name="Frågvis", language="en")
        client.force_login(person)
        return client.get(reverse(name), {"field": "unit", "q_unit": words, **more})

    return ask


def labels_in(response):
    return re.findall(r"<label[^>]*>([^<]*)</label>", response.text)


# --- what is found --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words", ["solen", "SOLEN", "forskolan", "Förskolan solen", "solen fö", "b-1", "  solen  "]
)
def test_a_unit_is_found_however_it_is_typed(asked, sun, words):
    assert labels_in(asked("unit-search", words)) == ["Förskolan Solen"]


@pytest.mark.parametrize("words", ["", "   ", "månen", "%", "_", "solen månen", "\\"])
def test_what_matches_nothing_finds_nothing(asked, sun, words):
    response = asked("unit-search", words)
    assert response.status_code == 200
    assert labels_in(response) == []


def test_nothing_found_is_said_in_words(asked, sun):
    assert "Nothing matches “månen”" in asked("unit-search", "månen").text


def test_what_is_typed_is_text_and_not_html(asked):
    assert "&lt;script&gt;" in asked("unit-search", "<script>alert(1)</script>").text


def test_two_with_the_same_name_are_told_apart(asked, sun, other_sun):
    text = asked("unit-search", "solen").text
    assert "Barn- och utbildningsförvaltningen › Norra området" in text
    assert "Barn- och utbildningsförvaltningen › Södra området" in text
    assert "Västerviks kommun" not in text


def test_what_begins_as_one_types_comes_first(asked, school):
    UnitFactory(name="Avdelning Solen", parent=school, path="/1/")
    UnitFactory(name="Solens förskola", parent=school, path="/2/")
    assert labels_in(asked("unit-search", "solen")) == ["Solens förskola", "Avdelning Solen"]


def test_a_closed_unit_is_not_found(asked, sun):
    Unit.objects.filter(pk=sun.pk).update(is_active=False)
    assert labels_in(asked("unit-search", "solen")) == []


def test_at_most_eight_are_shown_and_the_others_counted(asked, school):
    for number in range(11):
        UnitFactory(name=f"Skola {number}", parent=school)
    response = asked("unit-search", "skola")
    assert len(labels_in(response)) == 8
    assert "there are 3 more" in response.text


def test_only_those_where_one_may(asked, sun, other_sun):
    lead = person_with(Role.DEVELOPMENT_LEAD, at=sun, language="en")
    response = asked("unit-search", "solen", as_=lead, may="idea_prepare")
    assert response.text.count('type="radio"') == 1
    assert f'value="{sun.pk}"' in response.text
    assert asked("unit-search", "solen", may="everything").status_code == 404


def test_people_are_found_by_name_with_where_they_work_but_no_address(asked, sun):
    employee(at=sun, given_name="Åsa", family_name="Öhman", email="asa.ohman@exempel.se")
    response = asked("person-search", "ohman asa")
    assert labels_in(response) == ["Åsa Öhman"]
    assert "Undersköterska, Förskolan Solen" in response.text
    assert "@" not in response.text
    assert labels_in(asked("person-search", "exempel")) == []


def test_those_who_left_are_not_found(asked, sun):
    employee(at=sun, family_name="Öhman", is_active=False)
    assert labels_in(asked("person-search", "öhman")) == []


def test_a_stranger_to_the_organisation_looks_for_nobody(asked):
    assert asked("person-search", "a", as_=PersonFactory()).status_code == 404


def test_measures_are_found_by_title_and_id(asked):
    KpiFactory(code="N15428", title="Elever i åk 9 som är behöriga, andel (%)")
    for words in ("n154", "behoriga elever"):
        assert labels_in(asked("kpi-search", words)) == ["Elever i åk 9 som är behöriga, andel (%)"]


@pytest.mark.parametrize("field", ["", "a b", '"><script>', "x" * 80])
def test_a_field_with_no_name_gets_no_answer(asked, field):
    assert asked("unit-search", "solen", field=field).status_code == 400


def test_what_was_chosen_stays_while_one_searches_on(asked, sun, school):
    UnitFactory(name="Månen", parent=school)
    text = asked("unit-search", "månen", unit=str(sun.pk)).text
    assert text.index("Förskolan Solen") < text.index("Månen")
    assert text.count('" checked') == 1
    assert asked("unit-search", "månen", unit="drop table").status_code == 200


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    # besides session and person; unit and measure: found, units above; person: works here?, found, where
    ("name", "queries"),
    [("unit-search", 2), ("person-search", 3), ("kpi-search", 1)],
)
def test_a_search_costs_the_same_however_much_it_finds(
    client, school, name, queries, count, django_assert_max_num_queries
):
    for number in range(count):
        employee(at=UnitFactory(name=f"Solen {number}", parent=school), family_name="Solen")
        KpiFactory(title=f"Solen {number}")
    client.force_login(employee(at=school))
    with django_assert_max_num_queries(2 + queries):
        client.get(reverse(name), {"field": "f", "q_f": "solen"})


def test_every_letter_is_made_plain_in_the_same_way_by_python_and_the_database():
    text = "ÅÄÖ åäö Éé Üü Ññ Šš Žž Łł Øø Ææ İı ŰŐ ABCXYZ ß 1-2"
    UnitFactory(name=text, code="kod")
    assert Unit.objects.get().sought == " ".join([*sought_words(text, most=99), "kod"])


# --- in a form ------------------------------------------------------------------------------


class MoveForm(SearchingForm, forms.Form):
    why = forms.CharField()
    unit = SearchChoiceField(Unit.objects.active(), route="unit-search", label="Where?")


class AskSomebodyForm(SearchingForm, forms.Form):
    person = SearchChoiceField(Person.objects.active(), route="person-search", required=False)


def test_the_page_holds_the_suggestions_and_not_all_units(sun, other_sun, school):
    form = MoveForm(initial={"unit": sun.pk})
    form.fields["unit"].suggested = [sun, school]
    drawn = str(form)
    assert drawn.count('type="radio"') == 2
    assert drawn.count('" checked') == 1
    assert f'value="{other_sun.pk}"' not in drawn
    assert 'hx-get="/valj/enhet/?field=unit"' in drawn
    assert "<fieldset" in drawn


def test_suggestions_may_be_asked_for_when_the_form_is_drawn(sun):
    form = MoveForm()
    form.fields["unit"].suggested = lambda: [sun]
    assert "Förskolan Solen" in str(form)


def test_what_is_chosen_comes_out_as_the_thing(sun):
    form = MoveForm({"why": "Flytt", "unit": sun.pk, "q_unit": "solen"})
    assert form.is_valid()
    assert form.cleaned_data["unit"] == sun


def test_the_choice_is_kept_when_something_else_is_wrong(sun):
    form = MoveForm({"why": "", "unit": sun.pk})
    assert list(form.errors) == ["why"]
    assert re.search(rf'value="{sun.pk}"[^>]* checked', str(form))


@pytest.mark.parametrize("typed", ["", "999999", "9" * 30, "abc", "\0", "-1"])
def test_what_cannot_be_chosen_is_said_at_the_field(typed):
    form = MoveForm({"why": "Flytt", "unit": typed})
    assert list(form.errors) == ["unit"]
    assert "unit" in str(form)


def test_nothing_may_be_chosen_where_that_is_allowed(sun):
    form = AskSomebodyForm({"person": ""})
    assert form.is_valid()
    assert form.cleaned_data["person"] is None
    assert re.search(r'value=""[^>]* checked', str(form))


def test_without_javascript_the_button_brings_the_form_back_with_what_was_found(sun, other_sun):
    typed = QueryDict("why=Flytt&unit=&q_unit=solen&search_unit=1")
    form = MoveForm(typed)
    assert form.is_searching()
    assert not form.is_valid()
    assert not form.errors
    drawn = str(form)
    assert drawn.count('type="radio"') == 2
    assert 'value="Flytt"' in drawn
    assert 'value="solen"' in drawn


def test_to_search_for_nothing_is_to_send_the_form():
    form = MoveForm(QueryDict("why=Flytt&unit=&q_unit=+&search_unit=1"))
    assert not form.is_searching()
    assert list(form.errors) == ["unit"]


def test_two_in_one_form_do_not_mix(sun):
    class TwoForm(SearchingForm, forms.Form):
        from_unit = SearchChoiceField(Unit.objects.active(), route="unit-search")
        to_unit = SearchChoiceField(Unit.objects.active(), route="unit-search")

    form = TwoForm(QueryDict("q_to_unit=solen&search_to_unit=1"), prefix=None)
    assert form.is_searching()
    assert str(form["from_unit"]).count('type="radio"') == 0
    assert str(form["to_unit"]).count('type="radio"') == 1
