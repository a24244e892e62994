"""The chart: the same facts as a drawing, a sentence and a table."""

import datetime as dt
import re
from xml.etree import ElementTree

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from measures.chart import Bar, Chart, PhaseStart, Point, draw, read, sparkline, table
from measures.chart.model import Verdict

TODAY = dt.date(2026, 11, 22)
SVG = "{http://www.w3.org/2000/svg}"


def monthly(values, **fields):
    points = tuple(
        value
        if isinstance(value, Point)
        else Point(dt.date(2025 + month // 12, month % 12 + 1, 15), value)
        for month, value in enumerate(values)
    )
    settings = {"title": "Andel", "unit_word": "procent", "higher_is_better": True, "today": TODAY}
    return Chart(points=points, **settings | fields)


STEADY = [59, 62, 58, 61, 63, 59, 58, 62, 61, 59, 60]
SHIFTED = [*STEADY, 75, 76, 74, 77, 78, 75, 79, 76]


def parsed(svg):
    return ElementTree.fromstring(svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" '))


def shapes(svg, name):
    return [e for e in parsed(svg).iter() if name in e.get("class", "").split()]


@pytest.mark.parametrize(
    ("values", "higher_is_better", "verdict"),
    [
        ([], True, Verdict.TOO_FEW),
        (STEADY[:5], True, Verdict.TOO_FEW),
        ([*STEADY, 61], True, Verdict.CHANCE),
        (SHIFTED, True, Verdict.BETTER),
        (SHIFTED, False, Verdict.WORSE),
    ],
)
def test_the_verdict(values, higher_is_better, verdict):
    chart = monthly(values, higher_is_better=higher_is_better)
    assert chart.verdict() == verdict


def test_a_shift_is_told_in_plain_words():
    chart = monthly(SHIFTED, baseline_until=dt.date(2025, 12, 1))
    reading = read(chart)
    assert reading.strong == "En förbättring."
    assert reading.sentence == (
        "8 mätningar i rad ligger över medianen 60, från december 2025 till juli 2026. "
        "Slumpen ger knappast fler än 7."
    )
    assert "11 punkterna före första testet" in reading.note


def test_too_few_points_are_told_so():
    assert read(monthly(STEADY[:3])).sentence.startswith("3 mätningar hittills.")
    assert read(monthly([])).sentence.startswith("Inget är mätt än.")


def test_a_baseline_is_only_taken_from_enough_points():
    early = monthly(SHIFTED, baseline_until=dt.date(2025, 6, 1))
    assert early.baseline() is None
    assert monthly(SHIFTED, baseline_until=dt.date(2025, 12, 1)).baseline() == 11


def test_shape_as_well_as_colour_tells_what_a_point_means():
    better = draw(monthly(SHIFTED, baseline_until=dt.date(2025, 12, 1)))
    worse = draw(monthly(SHIFTED, baseline_until=dt.date(2025, 12, 1), higher_is_better=False))
    assert {e.tag for e in shapes(better, "point--better")} == {SVG + "rect"}
    assert {e.tag for e in shapes(worse, "point--worse")} == {SVG + "path"}
    assert len(shapes(better, "point--better")) == len(shapes(worse, "point--worse")) == 8


def test_a_missing_value_breaks_the_line_and_an_excluded_one_is_hollow():
    values = [60, 61, None, 62, Point(dt.date(2025, 5, 15), 90, "Flytt"), 60]
    svg = draw(monthly(values))
    assert len(shapes(svg, "chart-line")) == 2
    assert len(shapes(svg, "point--excluded")) == 1


def test_a_new_phase_keeps_the_old_median_in_sight():
    start = PhaseStart(dt.date(2026, 2, 1), "fast kontakt")
    chart = monthly([*STEADY, *SHIFTED], phase_starts=(start,))
    svg = draw(chart)
    assert len(shapes(svg, "chart-centre--before")) == 1
    assert len(shapes(svg, "chart-phase")) == 1
    assert "Ny fas 1 februari 2026: fast kontakt." in read(chart).note


def test_the_table_holds_every_point():
    values = [60, None, Point(dt.date(2025, 3, 15), 61.5, "Flytt", "halva gruppen")]
    rows = table(monthly(values)).rows
    assert [row[1] for row in rows] == ["60", "–", "61,5"]
    assert rows[2][3] == "halva gruppen Räknas inte: Flytt"


def test_what_people_write_is_escaped():
    bar = Bar("<script>alert(1)</script>", dt.date(2025, 2, 1))
    svg = draw(monthly(STEADY, title='"<b>', bars=(bar,)))
    assert "<script" not in svg
    assert "<b>" not in svg
    parsed(svg)


numbers = st.one_of(st.none(), st.floats(-1e6, 1e6).map(lambda v: round(v, 4)))
lengths = st.integers(-400, 400).map(lambda days: TODAY + dt.timedelta(days=days))
labels = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"]), max_size=40)


@given(
    st.lists(numbers, max_size=40),
    st.lists(st.tuples(labels, lengths, st.one_of(st.none(), lengths)), max_size=4),
    st.one_of(st.none(), st.floats(-1e6, 1e6)),
)
def test_any_chart_can_be_drawn_and_no_label_stands_among_the_data(values, bars, target):
    chart = monthly(
        values,
        target=target,
        bars=tuple(Bar(label, start, end and max(start, end)) for label, start, end in bars),
    )
    svg = draw(chart)
    root = parsed(svg)
    assert "style=" not in svg
    axis = next(e for e in root.iter() if e.get("class") == "chart-axis").get("d")
    left, right = map(float, re.fullmatch(r"M([\d.]+) 250H([\d.]+)", axis).groups())
    for text in root.iter(SVG + "text"):
        x, y = float(text.get("x")), float(text.get("y"))
        assert y > 250 or x >= right or x <= left, text.text


def test_a_sparkline_needs_two_values():
    assert sparkline([1, None]) == ""
    assert "line--better" in sparkline([1, None, 2], better=True)


def test_in_english_too():
    with translation.override("en"):
        assert read(monthly(SHIFTED)).strong == "An improvement."
