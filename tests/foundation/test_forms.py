import pytest
from django import forms

from foundation.errors import Refused
from foundation.forms import KronorField, accepted


class AskForm(forms.Form):
    amount_ore = KronorField(label="Belopp")
    more_ore = KronorField(label="Mer", required=False)


def test_kronor_are_typed_and_öre_come_out():
    form = AskForm({"amount_ore": "12 500,50"})
    assert form.is_valid()
    assert form.cleaned_data == {"amount_ore": 12_500_50, "more_ore": None}


@pytest.mark.parametrize("typed", ["", "tolv", "-1", "1,234"])
def test_what_is_no_amount_is_said_at_the_field(typed):
    form = AskForm({"amount_ore": typed})
    assert list(form.errors) == ["amount_ore"]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("-5", "kan inte vara mindre än noll"),
        ("50,000", "inte tydligt om kommat"),
        ("1e9", "belopp i kronor"),
    ],
)
def test_each_fault_in_an_amount_has_its_own_sentence(typed, sentence):
    assert sentence in AskForm({"amount_ore": typed}).errors["amount_ore"][0]


def test_öre_are_shown_as_kronor_and_what_was_typed_as_it_was_typed():
    assert 'value="500"' in str(AskForm(initial={"amount_ore": 500_00})["amount_ore"])
    assert 'value="tolv"' in str(AskForm({"amount_ore": "tolv"})["amount_ore"])


def test_a_refusal_becomes_a_sentence_on_the_form():
    def refuse():
        raise Refused("Budgeten är slut.")

    form = AskForm({"amount_ore": "1"})
    assert form.is_valid()
    assert not accepted(form, refuse)
    assert form.non_field_errors() == ["Budgeten är slut."]
    assert not form.is_valid()


def test_an_action_that_goes_well_is_accepted():
    form = AskForm({"amount_ore": "1"})
    assert form.is_valid()
    assert accepted(form, lambda: None)
