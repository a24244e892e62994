"""Öre in, kronor out, and nothing lost between."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.money import HIGHEST_ORE, format_kronor, parse_kronor, split_ore

amounts = st.integers(0, HIGHEST_ORE)


@pytest.mark.parametrize(
    ("typed", "ore"),
    [
        ("0", 0),
        ("7", 7_00),
        ("12500", 12_500_00),
        ("12 500", 12_500_00),
        ("12\u00a0500,5", 12_500_50),
        ("12\u202f500", 12_500_00),
        (" 1.05 ", 1_05),
        ("50 000 kr", 50_000_00),
        ("9,99kr", 9_99),
        ("50 000", 50_000_00),
        ("50000,50", 50_000_50),
        ("50.000 kr", 50_000_00),
        ("50.000", 50_000_00),
        ("1.234.567,50", 1_234_567_50),
        ("50.00", 50_00),
        ("50 000:-", 50_000_00),
        ("50 000,–", 50_000_00),
        ("500 kronor", 500_00),
        ("500 SEK", 500_00),
    ],
)
def test_what_people_type(typed, ore):
    assert parse_kronor(typed) == ore


@pytest.mark.parametrize(
    "typed",
    [
        *("", "-5", "1,234", "1 23", "12 5000", "tolv", "1e3", "1e9", "1,", ",5", "1 000 0", "٣"),
        *("0.500", "1.2345", "50.000.00", "50.000 000", "50,000.00", "50 tkr", "1.000.00,5"),
    ],
)
def test_what_is_not_an_amount(typed):
    with pytest.raises(ValueError, match="not an amount"):
        parse_kronor(typed)


def test_an_amount_no_budget_has_is_refused():
    assert parse_kronor(str(HIGHEST_ORE // 100)) == HIGHEST_ORE
    with pytest.raises(ValueError, match="too large"):
        parse_kronor(str(HIGHEST_ORE // 100) + ",01")


@pytest.mark.parametrize(
    ("ore", "text"),
    [(0, "0 kr"), (5, "0,05 kr"), (1250050, "12 500,50 kr"), (-50000, "−500 kr"), (-1, "−0,01 kr")],
)
def test_what_people_read(ore, text):
    assert format_kronor(ore).replace("\u00a0", " ") == text


@given(amounts)
def test_what_is_shown_can_be_typed_back(ore):
    assert parse_kronor(format_kronor(ore)) == ore


@given(
    ore=amounts,
    thousands=st.sampled_from(["", " ", ".", "\u00a0", "\u202f"]),
    end=st.sampled_from(["", " kr", "kr", " kronor", " SEK", " :-"]),
)
def test_however_thousands_are_parted_it_is_the_same_amount(ore, thousands, end):
    kronor, rest = divmod(ore, 100)
    typed = f"{kronor:,}".replace(",", thousands) + (f",{rest:02}" if rest else "") + end
    assert parse_kronor(typed) == ore


@given(st.text(max_size=20))
def test_nothing_typed_gives_anything_but_an_amount_or_a_refusal(typed):
    with contextlib.suppress(ValueError):
        assert 0 <= parse_kronor(typed) <= HIGHEST_ORE


@given(total=st.integers(-(10**12), 10**12), shares=st.lists(st.integers(0, 10**6), min_size=1))
def test_nothing_is_lost_or_made_in_a_split(total, shares):
    if not sum(shares):
        with pytest.raises(ValueError, match="nothing to share"):
            split_ore(total, shares)
        return

    parts = split_ore(total, shares)

    assert sum(parts) == total
    for part, share in zip(parts, shares, strict=True):
        exact_times_whole = total * share
        assert abs(part * sum(shares) - exact_times_whole) < sum(shares)  # within one öre
        assert share or part == 0


@given(total=amounts, count=st.integers(1, 50))
def test_equal_shares_differ_by_one_ore_at_most(total, count):
    parts = split_ore(total, [1] * count)
    assert max(parts) - min(parts) <= 1
    assert parts == sorted(parts, reverse=True)  # the first come first
