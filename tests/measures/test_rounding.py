"""Rounding as the source does it.  The expected values are the source's own."""

from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from measures.rounding import rounded
from measures.wording import value_text, value_texts

# Two parts and the aggregate that the source's table shows for them.
SOURCE = [
    ((88, 65), 77),  # Delaktighet 2013: 76.5
    ((5.0, 16), 11),  # Arbetsmiljö 2013: 10.5; Python's round gives 10
    ((90, 91), 91),
    ((85, 86), 86),
]
DIFFERENCES = [(0.5, 1), (-0.5, -1), (-1.5, -2), (8.5, 9), (1.5, 2)]


@pytest.mark.parametrize(("parts", "shown"), SOURCE)
def test_an_aggregate_is_rounded_as_in_the_source(parts, shown):
    assert rounded(sum(parts) / len(parts)) == shown


@pytest.mark.parametrize(("difference", "shown"), DIFFERENCES)
def test_a_difference_is_rounded_away_from_zero(difference, shown):
    assert rounded(difference) == shown


def test_float_noise_does_not_move_a_half():
    assert rounded((0.1 + 0.2) * 10 - 0.5) == 3  # 2.5000000000000004
    assert rounded(75.14999999999999, 1) == Decimal("75.2")


tenths = st.integers(-100_000, 100_000).map(lambda n: n / 10)


@given(tenths, st.integers(0, 3))
def test_it_is_the_same_on_both_sides_of_zero(value, decimals):
    assert rounded(-value, decimals) == -rounded(value, decimals)


@given(tenths)
def test_it_is_never_more_than_a_half_away(value):
    assert abs(rounded(value) - Decimal(repr(value))) <= Decimal("0.5")


@given(st.integers(-100_000, 100_000))
def test_a_half_goes_away_from_zero(whole):
    half = whole + 0.5 if whole >= 0 else whole - 0.5
    assert rounded(half) == whole + (1 if whole >= 0 else -1)


@given(tenths, tenths)
def test_it_keeps_the_order(one, other):
    assert (one <= other) <= (rounded(one) <= rounded(other))


@given(
    st.lists(st.floats(-1e9, 1e9, allow_nan=False)),
    st.integers(0, 4),
    st.sampled_from(["sv", "en"]),
)
def test_many_values_are_written_as_each_of_them_is(values, decimals, language):
    with translation.override(language):
        assert value_texts(values, decimals) == [value_text(value, decimals) for value in values]
