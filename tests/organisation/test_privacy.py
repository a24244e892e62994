"""What must not be written about people, and what is asked about."""

import time

import pytest
from django import forms
from hypothesis import given
from hypothesis import strategies as st

from organisation.asking import AsksGently
from organisation.privacy import identity_numbers_in, personal_words_in

# 811228-9874 and 701063-2391 are the examples of Skatteverket; the others are worked out here.
NUMBERS = [
    "811228-9874",
    "8112289874",
    "19811228-9874",
    "198112289874",
    "811228 9874",
    "811228 - 9874",
    "811228–9874",
    "811228.9874",
    "811228\N{NO-BREAK SPACE}9874",
    "811228\N{HYPHEN}9874",
    "811228\N{MINUS SIGN}9874",
    "19811228 9874",
    "1981-12-28-9874",
    "1981-12-28 9874",
    "1981 12 28 9874",
    "1981.12.28.9874",
    "81-12-28-9874",
    "81 12 28 98 74",
    "8 1 1 2 2 8 9 8 7 4",
    "1 9 8 1 1 2 2 8 9 8 7 4",
    "８１１２２８-９８７４",
    "８１１２２８－９８７４",
    "٨١١٢٢٨-٩٨٧٤",
    # coordination numbers: the day plus 60
    "701063-2391",
    "7010632391",
    "19701063-2391",
    # somebody over a hundred
    "121212+1212",
    "19121212-1212",
    # a leap day
    "000229-1235",
    "20000229-1235",
]


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize(
    "around", ["{}", "Ring {} om taket.", "({})", "pnr{}, tack", "rum 5 \n{}\n"]
)
def test_a_personal_identity_number_is_found_however_it_is_written(number, around):
    assert identity_numbers_in(around.format(number)) == [number]


@pytest.mark.parametrize(
    "text",
    [
        "811228-9875",  # the check digit is wrong
        "811328-9874",  # there is no thirteenth month
        "810229-1234",
        "556036-0793",  # a company
        "165560360793",
        "Faktura 20811228-9874",  # a day still to come
        "OCR 98112289874",  # eleven digits
        "OCR 811228987412345",
        "SE45 5000 0000 0583 9825 7466",
        "SE45 8112 2898 7400 0583 7466",
        "5 81 12 28 98 74 1",  # groups in a longer row
        "0701740635",  # a mobile phone
        "070-174 06 35",
        "+46 70 174 06 35",
        "+46701740635",
        "08 11 22 33 44",
        "1 198 112 289 874,50 kr",
        "2026-03-01",
        "kl. 08.15–16.30",
        "Ärende KS 2026/00123",
        "",
    ],
)
def test_other_numbers_are_left_alone(text):
    assert identity_numbers_in(text) == []


def test_every_number_in_a_text_is_found_in_the_order_it_stands():
    text = "Först 1981-12-28-9874, sedan 701063-2391 och åter 8112289874."
    assert identity_numbers_in(text) == ["1981-12-28-9874", "701063-2391", "8112289874"]


@given(st.dates(), st.integers(0, 999), st.sampled_from(["", "-", " ", "–", ".", " - "]))
def test_any_number_with_the_right_check_digit_is_found(day, serial, separator):
    if day.year < 1900 or day.year > 2025:
        day = day.replace(year=1900 + day.year % 100, day=min(day.day, 28))
    nine = f"{day:%y%m%d}{serial:03}"
    check = next(c for c in range(10) if luhn(f"{nine}{c}") % 10 == 0)
    number = f"{day:%Y%m%d}{separator}{serial:03}{check}"
    assert identity_numbers_in(f"Så här: {number}.") == [number]


def luhn(digits):
    return sum(sum(divmod(int(d) * (2 - place % 2), 10)) for place, d in enumerate(digits))


# --- what is asked about ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "070-174 06 35",
        "0701740635",
        "070 174 06 35",
        "070-1740635",
        "+46 70 174 06 35",
        "+46 (0)70-174 06 35",
        "0046701740635",
        "08-123 45 67",
        "08-1234567",
        "0490-25 40 00",
        "0490 25 40 00",
        "anna.berg@exempel.se",
        "patienten",
        "Patientens",
        "brukaren",
        "eleven",
        "elevens",
        "hyresgästen",
        "mamman",
        "Mammans",
        "pat.",
    ],
)
def test_what_may_point_at_a_person_is_found(text):
    assert personal_words_in(f"Vi såg att {text} behövde det.") == [text]


@pytest.mark.parametrize(
    "text",
    [
        "patienter, brukare, elever och hyresgäster",
        "patientsäkerheten",
        "patienterna och brukarna",
        "elevhälsan",
        "elevernas",
        "mammor",
        "patent",
        "modern teknik",
        "50 000 kr",
        "1 250 000,50",
        "2026-09-15",
        "2025/26",
        "08-16 2026",
        "kl. 08-16",
        "artikel 12-070123456",
        "artikel A070123456",
        "07.30–16.00",
        "101 på 12 avdelningar",
        "90 000 timmar",
        "0,5 procent",
    ],
)
def test_what_points_at_nobody_is_left_alone(text):
    assert personal_words_in(f"Vi vet att {text} finns.") == []


def test_each_word_is_named_once():
    assert personal_words_in("Patienten, patienten, Patienten") == ["Patienten", "patienten"]


@pytest.mark.parametrize("text", ["8 " * 50_000, "1" * 100_000, "0 1-" * 25_000, "a@" * 50_000])
def test_a_long_text_is_read_in_no_time(text):
    began = time.perf_counter()
    identity_numbers_in(text)
    personal_words_in(text)
    assert time.perf_counter() - began < 1


# --- in a form --------------------------------------------------------------------------------


class TellForm(AsksGently, forms.Form):
    asks_about = ("need", "solution")

    need = forms.CharField(label="Behov", widget=forms.Textarea)
    solution = forms.CharField(label="Förslag", required=False)
    unit = forms.CharField(label="Var?")


def test_nothing_is_asked_when_nothing_is_found():
    form = TellForm({"need": "Larmen hörs inte.", "unit": "Norr"})
    assert form.is_valid()
    assert list(form.fields) == ["need", "solution", "unit"]


def test_the_first_time_the_form_comes_back_with_a_question_and_no_error():
    form = TellForm({"need": "Patienten ringde 070-174 06 35.", "unit": "Norr"})
    assert not form.is_valid()
    assert form.is_asking()
    assert not form.errors
    assert list(form.fields) == ["need", "need_is_about_nobody", "solution", "unit"]
    drawn = str(form)
    assert "Patienten ringde 070-174 06 35." in drawn
    assert "Du har skrivit ”Patienten” och ”070-174 06 35”." in drawn
    assert "Det handlar inte om en enskild person" in drawn
    assert drawn.count("autofocus") == 1
    assert 'class="hint"' in drawn
    assert "ds-validation-message" not in drawn


def test_a_ticked_box_lets_it_through():
    typed = {"need": "Patienten i fokus.", "unit": "Norr", "need_is_about_nobody": "on"}
    form = TellForm(typed)
    assert form.is_valid()
    assert form.cleaned_data["need"] == "Patienten i fokus."


def test_each_text_is_asked_about_by_itself():
    typed = {
        "need": "Patienten.",
        "solution": "Brukaren.",
        "unit": "N",
        "need_is_about_nobody": "on",
    }
    form = TellForm(typed)
    assert not form.is_valid()
    drawn = str(form)
    assert " checked" in drawn
    assert "”Brukaren”" in drawn


def test_an_error_and_a_question_stand_side_by_side():
    form = TellForm({"need": "Patienten.", "unit": ""})
    assert list(form.errors) == ["unit"]
    assert form.is_asking()
    assert "need_is_about_nobody" in str(form)


def test_the_empty_form_asks_nothing():
    form = TellForm()
    assert not form.is_valid()
    assert "about_nobody" not in str(form)


def test_what_was_typed_is_shown_as_text():
    form = TellForm({"need": "<b>@x</b> a&b@exempel.se", "unit": "N"})
    form.is_valid()
    assert "<b>@x" not in str(form)
