"""What people type, paste and hand in: numbers, days, tables, and the days that are expected."""

import datetime as dt
from contextlib import suppress
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from measures.models import TeamMeasure
from measures.models.team import Frequency
from measures.typed.days import day_in
from measures.typed.expected import days_due, is_late, next_day
from measures.typed.numbers import number_in
from measures.typed.table import cells_in, read_table

TODAY = dt.date(2026, 9, 15)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        *[("62", 62), ("62,5", "62.5"), ("62.5", "62.5"), ("−3", -3), ("–3", -3)],
        *[("1 234,5", "1234.5"), ("1\N{NO-BREAK SPACE}234,5", "1234.5"), ("1.234,5", "1234.5")],
        *[("1,234.5", "1234.5"), ("62 %", 62), ("62,5%", "62.5"), ("0,75", "0.75")],
    ],
)
def test_a_number_is_read_as_it_is_written(text, number):
    assert number_in(text) == Decimal(number)


@pytest.mark.parametrize("text", ["många", "6o", "1,234", "12-13", "=A1", "#DIV/0!", ""])
def test_what_is_no_number_is_refused(text):
    with pytest.raises(ValidationError):
        number_in(text)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        *[("2026-08-31", (2026, 8, 31)), ("20260831", (2026, 8, 31)), ("31/8 2026", (2026, 8, 31))],
        *[("31.8.2026", (2026, 8, 31)), ("31 aug 2026", (2026, 8, 31)), ("46265", (2026, 8, 31))],
        *[("aug-26", (2026, 8, 31)), ("augusti 2026", (2026, 8, 31)), ("2026-08", (2026, 8, 31))],
        *[("2026 v 36", (2026, 9, 6)), ("v. 36, 2026", (2026, 9, 6)), ("feb 2024", (2024, 2, 29))],
        *[("2026-08-31 00:00:00", (2026, 8, 31)), ("31 August 2026", (2026, 8, 31))],
    ],
)
def test_a_day_is_read_as_it_is_written(text, day):
    assert day_in(text, on=TODAY) == dt.date(*day)


@pytest.mark.parametrize("text", ["måndag", "2026-02-30", "09/15/2026", "31", "vecka 60 2026", "x"])
def test_what_is_no_day_is_refused(text):
    with pytest.raises(ValidationError, match="ingen dag"):
        day_in(text, on=TODAY)


def test_a_month_that_goes_on_has_no_last_day():
    with pytest.raises(ValidationError, match="inte slut"):
        day_in("september 2026", on=TODAY)
    assert day_in("september 2026", on=dt.date(2026, 9, 30)) == dt.date(2026, 9, 30)


@given(st.text(max_size=40))
def test_no_text_breaks_the_readers(text):
    for read in (number_in, lambda t: day_in(t, on=TODAY)):
        with suppress(ValidationError):
            read(text)


@pytest.mark.parametrize(
    ("frequency", "newest", "expected"),
    [
        (Frequency.MONTHLY, (2026, 1, 31), (2026, 2, 28)),
        (Frequency.MONTHLY, (2026, 2, 28), (2026, 3, 31)),
        (Frequency.MONTHLY, (2026, 1, 15), (2026, 2, 15)),
        (Frequency.MONTHLY, (2025, 12, 31), (2026, 1, 31)),
        (Frequency.WEEKLY, (2026, 9, 4), (2026, 9, 11)),
        (Frequency.DAILY, (2026, 9, 14), (2026, 9, 15)),
        (Frequency.QUARTERLY, (2026, 6, 30), (2026, 9, 30)),
    ],
)
def test_the_next_day_follows_the_frequency(frequency, newest, expected):
    assert next_day(frequency, dt.date(*newest), on=TODAY) == dt.date(*expected)


def test_what_is_measured_sometimes_is_never_late():
    assert next_day(Frequency.SOMETIMES, dt.date(2020, 1, 1), on=TODAY) is None
    assert not is_late(Frequency.SOMETIMES, dt.date(2020, 1, 1), on=TODAY)


def test_only_the_latest_days_that_are_due_are_offered():
    due = days_due(Frequency.DAILY, dt.date(2026, 1, 1), on=TODAY, most=3)
    assert due == [dt.date(2026, 9, 13), dt.date(2026, 9, 14), TODAY]


# --- tables -----------------------------------------------------------------------------------

VALUE = TeamMeasure(name="Väntetid", unit_word="dagar")
SHARE = TeamMeasure(name="Andel", unit_word="procent", kind="share", per=100)


def read(text, measure=VALUE):
    return read_table(measure, cells_in(text), on=TODAY)


@pytest.mark.parametrize(
    "text",
    [
        "2026-07-31\t62,5\n2026-08-31\t70\n",
        "2026-07-31;62,5\n2026-08-31;70",
        "2026-07-31 62,5\n2026-08-31 70",
        "Datum\tDagar\tAnteckning\n2026-07-31\t62,5\t\n\n2026-08-31\t70\t",
        "Värde;Vem;Dag\n62,5;Sara;2026-07-31\n70;Ali;2026-08-31",
    ],
)
def test_a_table_is_read_with_or_without_headings(text):
    table = read(text)
    assert not table.has_faults
    assert [(e.taken_on.month, e.value) for e in table.entries] == [(7, Decimal("62.5")), (8, 70)]


def test_rows_out_of_order_are_sorted_and_told():
    table = read("2026-08-31\t70\n2026-07-31\t62")
    assert table.was_out_of_order
    assert [entry.value for entry in table.entries] == [62, 70]


def test_faults_stand_beside_their_cells_and_the_others_are_read():
    table = read("2026-07-31\t62\n2026-07-31\t63\n2027-01-31\t1\nmåndag\tmånga\n2026-08-31\t70")
    assert [sorted(row.faults) for row in table.rows] == [
        *([], ["taken_on"], ["taken_on"], ["taken_on", "value"], []),
    ]
    assert [entry.value for entry in table.entries] == [62, 70]


def test_a_dash_with_a_reason_is_a_gap():
    table = read("2026-07-31\t-\tSystemet låg nere\n2026-08-31\tsaknas\t")
    assert table.entries[0].missing_because == "Systemet låg nere"
    assert list(table.rows[1].faults) == ["note"]


def test_the_two_numbers_of_a_share_are_judged_together():
    table = read("2026-07-31\t3\t40\n2026-08-31\t41\t40\n2026-06-30\t0\t0", SHARE)
    assert [row.faults.keys() for row in table.rows] == [set(), {"numerator"}, set()]


def test_a_day_without_a_value_is_not_read_at_all():
    assert read("2026-07-31\t\t\n2026-08-31\t70").rows[0].number == 2
