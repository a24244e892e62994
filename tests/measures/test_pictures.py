"""The pictures of one KPI or one measure: what is drawn where, and what is said of it."""

import datetime as dt
import re
from xml.etree import ElementTree

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from measures.chart import Bar
from measures.direction import direction_of, is_unusual_step
from measures.models import Good
from measures.pictures import (
    Break,
    Dot,
    GoalMark,
    Line,
    Mark,
    Role,
    Spread,
    Standing,
    Strip,
    Trend,
    dot,
    draw_strip,
    draw_trend,
    read_strip,
    read_trend,
    strip_data,
    trend_data,
)

TODAY = dt.date(2026, 9, 15)
NARROW, WIDE = 340, 776


@pytest.fixture(autouse=True)
def _in_swedish():
    with translation.override("sv"):
        yield


def trend_of(values, *, first=2015, **fields):
    points = tuple((first + n, value) for n, value in enumerate(values) if value is not None)
    usual = {"title": "Trygga <elever>", "unit_word": "%", "decimals": 0, "good": Good.HIGH}
    lines = (Line(Role.OWN, "Västervik", points),)
    return Trend(**{**usual, "lines": lines, "today": TODAY, **fields})


def strip_of(values, *, home=0, alike=(), **fields):
    """The best first, as values are given; ours is at place `home`."""
    dots = tuple(
        Dot(
            f"Kommun {n}",
            value,
            n + 1,
            Mark.HOME if n == home else Mark.ALIKE if n in alike else Mark.OTHERS,
        )
        for n, value in enumerate(values)
    )
    usual = {"title": "2020", "unit_word": "%", "decimals": 0, "good": Good.HIGH}
    return Strip(**{**usual, "dots": dots, **fields})


def both_of(drawn):
    """The wide and the narrow drawing."""
    return [ElementTree.fromstring(f"{part}</svg>") for part in drawn.split("</svg>")[:-1]]


def wide(drawn):
    return both_of(drawn)[0]


def of_class(svg, name):
    return [found for found in svg.iter() if found.get("class") == name]


def texts(svg):
    return [text.text for text in svg.iter("text")]


# --- over the years -----------------------------------------------------------------------------


def test_the_picture_has_its_title_and_each_line_its_name_at_its_end():
    median = Line(Role.MEDIAN, "median", ((2015, 60.0), (2016, 61.0)))
    trend = trend_of([70, 75])
    svg = wide(draw_trend(trend_of([70, 75], lines=(*trend.lines, median))))
    assert svg.find("title").text == "Trygga <elever>, %"
    assert {"Västervik 75", "median 61"} <= set(texts(svg))


def test_no_words_stand_among_the_data():
    trend = trend_of(
        [70, 75, 78],
        goals=(GoalMark(2017, 80, "Nämnden"),),
        breaks=(Break(2016, "Ny enkät."),),
        spread=(Spread(2016, 60, 75), Spread(2017, 61, 76)),
    )
    for svg in both_of(draw_trend(trend)):
        points = of_class(svg, "point point--own")
        left, right = (end(float(p.get("cx")) for p in points) for end in (min, max))
        bottom = max(float(p.get("cy")) for p in points)
        for text in svg.iter("text"):
            x, y = float(text.get("x")), float(text.get("y"))
            is_beside = x < left or x > right
            assert is_beside or y > bottom or y < 40, text.text


def test_names_do_not_touch_where_the_lines_meet():
    same = tuple(
        Line(role, name, ((2015, 60.0), (2016, 61.0)))
        for role, name in ((Role.OWN, "Vi"), (Role.MEDIAN, "median"), (Role.NATIONAL, "medel"))
    )
    for svg in both_of(draw_trend(trend_of([], lines=same))):
        right = max(float(text.get("x")) for text in svg.iter("text"))
        rows = sorted(
            float(text.get("y")) for text in svg.iter("text") if float(text.get("x")) == right
        )
        assert min(b - a for a, b in zip(rows, rows[1:], strict=False)) >= 16


def test_years_without_a_value_keep_their_distance():
    svg = wide(draw_trend(trend_of([1, 2, None, None, 3])))
    first, second, last = (float(p.get("cx")) for p in of_class(svg, "point point--own"))
    assert round((last - second) / (second - first)) == 3


def test_the_line_and_the_band_stop_where_values_cannot_be_compared():
    trend = trend_of(
        [70, 71, 80, 81],
        breaks=(Break(2017, "Ny enkät."),),
        spread=tuple(Spread(2015 + n, 60, 75) for n in range(4)),
    )
    svg = wide(draw_trend(trend))
    edge = float(of_class(svg, "trend-break")[0].get("d").split()[0].removeprefix("M"))
    for line in of_class(svg, "trend-own"):
        xs = [float(pair.split(",")[0]) for pair in line.get("points").split()]
        assert max(xs) < edge or min(xs) > edge
    assert len(of_class(svg, "trend-own")) == len(of_class(svg, "trend-band")) == 2
    assert "1" in texts(svg)


def test_a_break_outside_the_years_is_not_drawn():
    assert trend_of([1, 2], breaks=(Break(2015, ""), Break(2020, ""))).breaks_within == ()


def test_what_was_done_is_drawn_at_its_time_with_a_link():
    efforts = (
        Bar("Rastvärdar", dt.date(2016, 1, 1), dt.date(2016, 12, 31), "/arbeten/1/"),
        Bar("Idé", dt.date(2016, 3, 1), dt.date(2016, 3, 1), "/ideer/2/"),
    )
    drawn = draw_trend(trend_of([1, 2, 3], efforts=efforts), with_links=True)
    svg = wide(drawn)
    (bar_of_work, bar_of_idea) = (link.find("rect") for link in svg.iter("a"))
    middle = float(of_class(svg, "point point--own")[1].get("cx"))
    start, width = float(bar_of_work.get("x")), float(bar_of_work.get("width"))
    assert abs(start + width / 2 - middle) < 3  # the year's value stands in the middle of it
    assert float(bar_of_idea.get("width")) == 10
    assert [link.get("href") for link in svg.iter("a")] == ["/arbeten/1/", "/ideer/2/"]


def test_equal_values_are_a_level_line_and_no_values_are_no_picture():
    svg = wide(draw_trend(trend_of([5, 5])))
    assert len({p.get("cy") for p in of_class(svg, "point point--own")}) == 1
    assert draw_trend(trend_of([])) == ""


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.one_of(st.none(), st.floats(-1e6, 1e6, allow_nan=False)), min_size=1, max_size=30),
    st.sampled_from([None, 2016, 2020]),
)
def test_everything_stays_within_the_drawing(values, edge):
    breaks = (Break(edge, "Ny."),) if edge else ()
    drawn = draw_trend(trend_of(values, breaks=breaks))
    for svg, width in zip(both_of(drawn), (WIDE, NARROW), strict=False):
        height = float(svg.get("viewBox").split()[3])
        for point in of_class(svg, "point point--own"):
            assert 0 <= float(point.get("cx")) <= width
            assert 0 <= float(point.get("cy")) <= height


# --- what it says -------------------------------------------------------------------------------


def said(values, standings=(), **fields):
    reading = read_trend(trend_of(values, **fields), standings)
    return f"{reading.strong} {reading.sentence}"


def test_what_is_no_difference_as_it_is_written_is_called_the_same():
    assert "Värdet är i stort sett detsamma 2016 som 2015: 86." in said([85.4, 85.6])


def test_a_steady_rise_is_an_improvement_and_with_low_good_a_deterioration():
    assert said([60, 61, 62, 63, 64]).startswith(
        "En förbättring. Från 60 år 2015 till 64 år 2019, en skillnad på +4. Åren går åt ett håll"
    )
    assert said([60, 61, 62, 63, 64], good=Good.LOW).startswith("En försämring.")
    assert said([60, 61, 62, 63, 64], good=Good.NEITHER).startswith("En förändring.")


def test_what_goes_up_and_down_is_chance():
    assert said([60, 64, 61, 63, 62, 60]).startswith("Ingen säker förändring.")


def test_a_step_larger_than_usual_is_told():
    assert "Det senaste steget, +20, är större" in said([60, 61, 60, 61, 60, 80])


def test_few_years_are_too_few():
    assert "För tidigt att säga." in said([60, 64])
    assert "Det finns inte två år att jämföra än." in said([60])


def test_only_years_that_can_be_compared_are_judged():
    assert "Från 80 år 2017 till 82 år 2019" in said(
        [60, 61, 80, 81, 82], breaks=(Break(2017, "Ny enkät."),)
    )


@pytest.mark.parametrize(
    ("values", "ranks", "told"),
    [
        ([60, 64], (20, 40), "Värdet är bättre men platsen sämre, från 20 av 290 till 40 av 290"),
        ([64, 60], (40, 20), "Värdet är sämre men platsen bättre, från 40 av 290 till 20 av 290"),
        ([60, 64], (40, 20), "Platsen har gått från 40 av 290 till 20 av 290."),
        ([60, 60], (40, 20), "det är de andra som har rört sig"),
    ],
)
def test_place_and_value_are_told_beside_each_other(values, ranks, told):
    standings = [Standing(2015 + n, rank, 290) for n, rank in enumerate(ranks)]
    assert told in said(values, standings)


@given(st.lists(st.integers(0, 50), min_size=5, max_size=12))
def test_the_direction_turns_with_the_values(values):
    up, down = direction_of(values), direction_of([-value for value in values])
    assert (up.side, up.chance) == (-down.side, down.chance)


def test_the_chance_of_a_direction_is_that_of_the_printed_tables():
    """Mann–Kendall, S as large as it can be: 2 / n! of all orders."""
    assert [round(direction_of(range(n)).chance, 4) for n in (5, 6, 7)] == [0.0167, 0.0028, 0.0004]
    assert direction_of([1, 3, 2, 4, 5]).chance == pytest.approx(0.0833, abs=1e-4)


def test_a_first_step_from_level_values_is_not_judged():
    assert not is_unusual_step([5, 5, 5, 5, 9])


# --- the place among all ------------------------------------------------------------------------


def test_every_municipality_has_its_dot_and_ours_stands_on_top():
    svg = wide(draw_strip(strip_of([90, 80, 80, 80, 80, 70], home=3, alike=(1, 4))))
    dots = [re.findall(r"M([\d.]+) ([\d.]+)h0", path.get("d")) for path in svg.iter("path")]
    others, alike = [found for found in dots if found]
    assert (len(others), len(alike)) == (3, 2)
    (home,) = of_class(svg, "strip-home")
    top = float(home.get("d").split()[1].split("l")[0]) + 7
    assert top < min(float(y) for _x, y in (*others, *alike))
    assert "Kommun 3 80" in texts(svg)


def test_the_colours_meet_halfway_between_the_ranks():
    strip = strip_of([90, 80, 70, 60], green_to=1, red_from=4)
    assert [(s.verdict, s.low, s.high) for s in strip.stripes()] == [
        ("bad", None, 65),
        ("mid", 65, 85),
        ("good", 85, None),
    ]


def test_where_no_way_is_good_there_is_no_colour():
    assert strip_of([3, 2, 1], good=Good.NEITHER).stripes() == ()


def test_a_single_municipality_has_nothing_to_be_compared_with():
    assert draw_strip(strip_of([1])) == ""


@settings(max_examples=40, deadline=None)
@given(st.lists(st.floats(-1e6, 1e6, allow_nan=False), min_size=2, max_size=290))
def test_the_dots_stay_within_the_drawing(values):
    drawn = draw_strip(strip_of(sorted(values, reverse=True)))
    for svg, width in zip(both_of(drawn), (WIDE, NARROW), strict=True):
        height = float(svg.get("viewBox").split()[3])
        for path in svg.iter("path"):
            for x, y in re.findall(r"M([\d.-]+) ([\d.-]+)h0", path.get("d")):
                assert 0 <= float(x) <= width
                assert 0 <= float(y) <= height


def test_the_strip_says_where_most_lie_and_how_those_alike_do():
    strip = strip_of([90, 80, 70, 60, 50, 40, 30, 20], home=4, alike=(1, 2, 6))
    assert read_strip(strip) == (
        "Hälften av de 8 ligger mellan 40 och 70. Av de 3 vi jämför oss med är 2 bättre."
    )


# --- units and exploring ------------------------------------------------------------------------


def test_a_dot_stays_on_its_line():
    svg = ElementTree.fromstring(dot(140, low=0, high=100, beside=-5))
    assert [path.get("d") for path in svg] == ["M0 7h100", "M0 1v12", "M100 7h0"]


def test_what_is_explored_is_what_is_drawn():
    trend = trend_of(
        [70, 71, 80],
        breaks=(Break(2017, "Ny enkät."),),
        efforts=(Bar("Rastvärdar", dt.date(2016, 1, 1)),),
    )
    data = trend_data(trend)
    assert data["series"][0]["x"] == [2015, 2016, 2016.5, 2017]
    assert data["series"][0]["y"] == [70, 71, None, 80]
    assert data["efforts"] == [{"name": "Rastvärdar", "from": 2015.5, "to": 2026.3}]
    strip = strip_data(strip_of([90, 80, 70, 60], green_to=1, red_from=4, home=2))
    assert [series["x"] for series in strip["series"]] == [[90, 80, 60], [70]]
    assert strip["stripes"] == [
        [60, 65, "--bad-soft"],
        [65, 85, "--mid-soft"],
        [85, 90, "--good-soft"],
    ]
