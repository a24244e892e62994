"""The chart: the same facts as a drawing, a sentence and a table."""

import datetime as dt
import re
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from measures.chart import (
    Bar,
    Chart,
    PhaseStart,
    Point,
    Verdict,
    draw,
    figure,
    judge,
    read,
    sparkline,
    table,
    value_text,
)
from measures.chart.scale import NARROW, WIDE

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
    assert judge(chart).verdict == verdict


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
    assert read(chart).numbered == ("Ny fas 1 februari 2026: fast kontakt.",)


def test_in_a_new_phase_the_count_begins_again():
    start = PhaseStart(dt.date(2026, 2, 1), "fast kontakt")
    chart = monthly([*STEADY, *STEADY[:5]], phase_starts=(start,))
    assert read(chart).sentence.startswith("3 mätningar i den nya fasen hittills.")
    assert len(shapes(draw(chart), "chart-centre")) == 2  # the old median, and it going on


def test_a_phase_begins_between_the_points():
    start = PhaseStart(dt.date(2025, 3, 15), "fast kontakt")
    svg = draw(monthly(STEADY, phase_starts=(start,)))
    (border,) = shapes(svg, "chart-phase")
    border_x = float(re.match(r"M([\d.]+)", border.get("d"))[1])
    xs = [float(point.get("cx")) for point in shapes(svg, "point")]
    assert xs[1] < border_x < xs[2]


def test_the_table_holds_every_point():
    values = [60, None, Point(dt.date(2025, 3, 15), 61.5, "Flytt", "halva gruppen")]
    facts = table(monthly(values))
    assert facts.columns == ("Dag", "procent", "Median", "Anteckning")
    assert [row[1] for row in facts.rows] == ["60", "–", "61,5"]
    assert facts.rows[2][3] == "halva gruppen Räknas inte: Flytt"


def test_the_table_tells_which_points_are_a_signal():
    rows = table(monthly(SHIFTED, baseline_until=dt.date(2025, 12, 1))).rows
    assert [row[3] for row in rows] == [""] * 11 + ["Förbättring (skift)"] * 8


def test_a_shift_that_was_left_is_not_called_an_improvement():
    values = [50, 51, 49, 52, 48, 50, 51, 49, 52, 48, *[61, 62, 63, 60, 64, 61, 62, 63], 48, 52, 49]
    chart = monthly(values, baseline_until=dt.date(2025, 11, 1))
    reading = read(chart)
    assert reading.strong == "En förändring."
    assert reading.sentence.endswith("Skiftet höll inte i sig.")
    assert len(shapes(draw(chart), "point--neutral")) == 8
    assert not shapes(draw(chart), "point--better")


def test_when_it_was_worse_before_the_values_have_improved_since():
    high, low = range(40, 50), range(20, 31)
    chart = monthly([*high, *low[:5], 45, *low[5:]], higher_is_better=False)
    reading = read(chart)
    assert reading.strong == "En förbättring."
    assert reading.sentence.endswith("Sedan dess har värdena gått ner.")


def test_values_that_never_vary_are_told_so():
    assert read(monthly([5] * 12)).sentence == "Alla 12 mätningar är lika: 5."
    few_beside = read(monthly([5] * 10 + [4, 6])).sentence
    assert few_beside.startswith("Bara 2 av 12 mätningar ligger vid sidan av medianen 5.")


def test_the_median_is_drawn_from_ten_points_on():
    assert not shapes(draw(monthly(STEADY[:9])), "chart-centre")
    assert len(shapes(draw(monthly(STEADY[:10])), "chart-centre")) == 1


def test_notes_are_numbers_above_the_data_and_words_below_the_drawing():
    values = [*STEADY[:4], Point(dt.date(2025, 5, 15), 63, "", "Vikarier"), 59]
    chart = monthly(values, phase_starts=(PhaseStart(dt.date(2025, 3, 1), "ny rutin"),))
    svg = draw(chart)
    assert [e[1].text for e in shapes(svg, "chart-number")] == ["1", "2"]
    assert read(chart).numbered == ("Ny fas 1 mars 2025: ny rutin.", "15 maj 2025: Vikarier")
    assert "Vikarier" not in svg


def test_a_figure_holds_a_drawing_for_each_width_and_its_tests_lead_on():
    bar = Bar(
        "1 en brukare", dt.date(2025, 6, 1), dt.date(2025, 7, 1), "/arbeten/cykler/1/?a=1&b=2"
    )
    chart = monthly(STEADY, bars=(bar,))
    drawn = figure(chart)
    wide, narrow = re.findall(r"<svg.*?</svg>", drawn.svg)
    for svg in (wide, narrow):
        (link,) = shapes(svg, "cycle")
        assert (link.tag, link.get("href")) == (SVG + "a", bar.href)
        assert link.get("aria-label") == "1 en brukare"
        assert parsed(svg).get("role") == "group"  # an image can hold no links
    assert drawn.title == "Andel, procent"


def test_the_name_of_a_test_is_cut_between_words():
    bar = Bar("1 ring alla som står i kön inom två dagar efter remissen", dt.date(2025, 6, 1))
    (drawn,) = shapes(draw(monthly(STEADY, bars=(bar,)), sheet=NARROW), "cycle")
    seen = drawn.find(SVG + "text").text
    assert seen.endswith("…")
    assert bar.label.startswith(seen.removesuffix("…") + " ")


@pytest.mark.parametrize(
    ("language", "months"),
    [("sv", ["jan 2025", "apr", "jul", "okt", "jan 2026", "apr", "jul", "okt"])]
    + [("en", ["Jan 2025", "Apr", "Jul", "Oct", "Jan 2026", "Apr", "Jul", "Oct"])],
)
def test_months_are_named_along_the_axis_with_the_year_at_each_january(language, months):
    points = tuple(Point(dt.date(2025 + n // 12, n % 12 + 1, 1), 60) for n in range(24))
    with translation.override(language):
        svg = draw(Chart("Andel", "procent", points, True, TODAY))
    named = [e.text for e in parsed(svg).iter(SVG + "text")]
    assert [text for text in named if text in months] == months


def test_on_paper_the_tests_are_no_links():
    bar = Bar("1 en brukare", dt.date(2025, 6, 1), href="/arbeten/cykler/1/")
    root = parsed(draw(monthly(STEADY, bars=(bar,))))
    assert root.get("role") == "img"
    assert [child.tag for child in root][:2] == [SVG + "title", SVG + "desc"]
    assert not list(root.iter(SVG + "a"))


@pytest.mark.parametrize(
    ("value", "text"),
    [(62.0, "62"), (4.5, "4,5"), (-0.25, "−0,25"), (62.3333, "62,33"), (0.0471, "0,0471")]
    + [(12500.0, "12\N{NO-BREAK SPACE}500"), (-0.00001, "0"), (1999.999, "2\N{NO-BREAK SPACE}000")],
)
def test_numbers_are_written_as_here(value, text):
    assert value_text(value) == text


def test_what_people_write_is_escaped():
    bar = Bar("<script>alert(1)</script>", dt.date(2025, 2, 1))
    svg = draw(monthly(STEADY, title='"<b>', bars=(bar,)))
    assert "<script" not in svg
    assert "<b>" not in svg
    parsed(svg)


numbers = st.one_of(st.none(), st.floats(-1e6, 1e6).map(lambda v: round(v, 4)))
lengths = st.integers(-400, 400).map(lambda days: TODAY + dt.timedelta(days=days))
labels = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"]), max_size=40)


@settings(deadline=None)  # the first drawing reads the catalogue
@given(
    st.lists(st.tuples(numbers, labels, labels), max_size=40),
    st.lists(st.tuples(labels, lengths, st.one_of(st.none(), lengths)), max_size=4),
    st.one_of(st.none(), st.floats(-1e6, 1e6)),
    st.lists(lengths, max_size=3, unique=True),
    st.sampled_from([1, 7, 30]),
    st.sampled_from([WIDE, NARROW]),
)
def test_any_chart_can_be_drawn_and_no_words_stand_among_the_data(
    values, bars, target, phases, apart, sheet
):
    chart = Chart(
        title="Andel",
        unit_word="procent",
        points=tuple(
            Point(TODAY - dt.timedelta(days=apart * (len(values) - n)), value, because, note)
            for n, (value, because, note) in enumerate(values)
        ),
        higher_is_better=True,
        today=TODAY,
        target=target,
        bars=tuple(Bar(label, start, end and max(start, end)) for label, start, end in bars),
        phase_starts=tuple(PhaseStart(on, "ny rutin") for on in sorted(phases)),
    )
    svg = draw(chart, sheet=sheet)
    root = parsed(svg)
    assert "style=" not in svg
    assert "nan" not in svg
    read(chart), table(chart)
    axis = next(e for e in root.iter() if e.get("class") == "chart-axis").get("d")
    left, bottom, right = map(float, re.fullmatch(r"M([\d.]+) ([\d.]+)H([\d.]+)", axis).groups())
    top = bottom - 234
    for text in root.iter(SVG + "text"):
        x, y = float(text.get("x")), float(text.get("y"))
        assert y > bottom or y <= top or x >= right or x <= left, text.text
    for point in shapes(svg, "point"):
        if x := point.get("cx"):
            assert left <= float(x) <= right
            assert top <= float(point.get("cy")) <= bottom


@settings(deadline=None)  # the first drawing reads the catalogue
@given(st.lists(st.floats(0, 100), min_size=1, max_size=6), st.sampled_from([WIDE, NARROW]))
def test_names_of_lines_never_meet(levels, sheet):
    points = tuple(
        Point(dt.date(2020 + i, 1 + j, 1), level)
        for i, level in enumerate(levels)
        for j in range(11)
    )
    starts = tuple(PhaseStart(dt.date(2020 + i, 1, 1), "fas") for i in range(1, len(levels)))
    chart = Chart("A", "B", points, True, TODAY, target=50.0, phase_starts=starts)
    root = parsed(draw(chart, sheet=sheet))
    axis = next(e for e in root.iter() if e.get("class") == "chart-axis").get("d")
    right = float(axis.split("H")[1])
    ys = sorted(
        float(t.get("y")) for t in root.iter(SVG + "text") if t.get("x") == f"{right + 10:g}"
    )
    assert all(below - above >= sheet.line - 0.1 for above, below in pairwise(ys))


def test_a_sparkline_needs_two_values():
    assert sparkline([1, None]) == ""
    assert "line--better" in sparkline([1, None, 2], better=True)


def test_in_english_too():
    with translation.override("en"):
        assert read(monthly(SHIFTED)).strong == "An improvement."
