"""The drawing of drivers, and of learning: boxes in, coordinates out.  Pure: no database."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programme.pictures import spiral, timeline
from programme.pictures.driver_diagram import AIM, WIDTH, Box, draw, layout

TEXT = st.text("abcåäö <&\"'", min_size=1, max_size=160)


@st.composite
def diagrams(draw_one, most=60):
    """Boxes that hang on the aim or on one before them, one column or two further on."""
    boxes = []
    for key in range(1, draw_one(st.integers(1, most)) + 1):
        on = draw_one(st.sampled_from([None, *(box for box in boxes if box.column < 3)]))
        column = draw_one(st.integers(on.column + 1, 3)) if on else 1
        kind = ("primary", "secondary", "change")[column - 1]
        text, note = draw_one(TEXT), draw_one(st.sampled_from(["", "Testad 2 gånger · Infört"]))
        boxes.append(Box(key, on.key if on else AIM, column, kind, text, note))
    return boxes


@given(diagrams())
def test_no_two_boxes_cover_each_other(boxes):
    placed = layout("Färre väntar", boxes).placed
    for place, one in enumerate(placed):
        assert not any(one.overlaps(other) for other in placed[place + 1 :])


@given(diagrams())
def test_all_boxes_are_within_the_drawing_and_to_the_right_of_what_they_lead_to(boxes):
    made = layout("Färre väntar", boxes)
    by_key = {placed.box.key: placed for placed in made.placed}
    assert by_key.keys() == {AIM, *(box.key for box in boxes)}
    for placed in made.placed:
        assert placed.x >= 0 <= placed.y
        assert placed.x + WIDTH <= made.width
        assert placed.y + placed.height <= made.height
        if placed.box.key != AIM:
            assert placed.x >= by_key[placed.box.parent].x + WIDTH


@given(diagrams(most=12))
def test_boxes_under_the_same_stand_in_their_order(boxes):
    placed = {each.box.key: each.y for each in layout("Mål", boxes).placed}
    for parent in {box.parent for box in boxes}:
        row = [placed[box.key] for box in boxes if box.parent == parent]
        assert row == sorted(row)


@given(TEXT)
def test_what_people_write_is_never_markup(text):
    svg = draw(layout(text, [Box(1, AIM, 1, "primary", text)]), text)
    assert "<&" not in svg
    assert "< " not in svg


def test_an_empty_diagram_is_the_aim_alone():
    assert len(layout("Mål", []).placed) == 1


# --- the spiral -------------------------------------------------------------------------------------


@given(st.lists(st.integers(0, 3), min_size=1, max_size=40))
def test_a_larger_test_stands_higher_and_later_ones_further_on(scales):
    turns = [spiral.Turn(n, scale, "", ()) for n, scale in enumerate(scales, start=1)]
    placed, width, height = spiral.place(turns)
    for one, two in zip(placed, placed[1:], strict=False):
        assert one.x + one.radius < two.x - two.radius
        assert (one.y > two.y) == (one.turn.scale < two.turn.scale)
    for each in placed:
        assert each.radius <= each.x <= width - each.radius
        assert each.radius <= each.y <= height - each.radius


def test_outcome_is_told_by_shape_and_word():
    turns = [
        spiral.Turn(n, 0, outcome, (word,))
        for n, (outcome, word) in enumerate(
            [("adopt", "Infört"), ("adapt", "Anpassat"), ("abandon", "Nedlagt"), ("", "Göra")]
        )
    ]
    svg = spiral.draw(turns, ["En person"] * 4, "Sagt")
    assert svg.count("spiral-shape") == 3
    for word in ("Infört", "Anpassat", "Nedlagt", "Göra", 'aria-label="Sagt"'):
        assert word in svg


# --- the line of time ---------------------------------------------------------------------------------


@pytest.mark.parametrize("days", [0, 1, 400])
def test_the_line_of_time_can_be_of_any_length(days):
    first = dt.date(2026, 1, 1)
    last = first + dt.timedelta(days=days)
    svg = timeline.draw_row(timeline.Stretch(first, first, last, ""), first, last)
    assert 'data-outcome="open"' in svg
    assert svg.count("time-month") == len(timeline.months_between(first, last))
