"""What differs between two versions, and what comes of two who write at once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programme.comparing import Piece, changed_facts, fingerprint, marked, merge


def test_what_came_and_what_went_is_marked_word_by_word():
    assert marked("Vi satte upp lappar.", "Vi satte upp stora skyltar.") == [
        Piece("same", "Vi satte upp "),
        Piece("removed", "lappar."),
        Piece("added", "stora skyltar."),
    ]


@given(st.text(max_size=300), st.text(max_size=300))
def test_the_marked_text_is_both_texts(before, after):
    pieces = marked(before, after)
    plain = {"\r\n": "\n"}
    for text, kinds in ((before, ("same", "removed")), (after, ("same", "added"))):
        told = "".join(piece.text for piece in pieces if piece.kind in kinds)
        assert told == text.replace(*next(iter(plain.items())))


def test_texts_without_end_are_not_compared_word_by_word():
    assert [piece.kind for piece in marked("a " * 5_000, "b " * 5_000)] == ["removed", "added"]


SEEN = {"result": fingerprint("Bra"), "learning": fingerprint("Ljus")}


@pytest.mark.parametrize(
    ("mine", "saved", "values", "clashes"),
    [
        (("Bra", "Ljus"), ("Bra", "Ljus"), ("Bra", "Ljus"), ()),
        (("Mer", "Ljus"), ("Bra", "Mörker"), ("Mer", "Mörker"), ()),  # each in a text of its own
        (("Mer", "Ljus"), ("Mer", "Ljus"), ("Mer", "Ljus"), ()),  # the same
        (("Mer", "Ljus"), ("Mindre", "Ljus"), ("Mer", "Ljus"), ("result",)),
    ],
)
def test_two_who_write_at_once_clash_only_in_the_same_text(mine, saved, values, clashes):
    names = ("result", "learning")
    merged = merge(dict(zip(names, mine, strict=True)), dict(zip(names, saved, strict=True)), SEEN)
    assert (tuple(merged.values.values()), merged.clashes) == (values, clashes)


def test_how_lines_are_broken_changes_nothing():
    assert fingerprint("Ett\r\ntvå ") == fingerprint("Ett\ntvå")


def test_facts_that_are_other_than_they_were_are_named():
    assert changed_facts({"aim": "a", "paid_ore": 1}, {"aim": "a", "paid_ore": 2}) == ["paid_ore"]
