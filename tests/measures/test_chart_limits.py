"""Charts with limits: what is drawn, said, kept and taken along."""

import datetime as dt
import json
import re
from xml.etree import ElementTree

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from measures.chart import (
    Assurance,
    Bar,
    Chart,
    ChartKind,
    PhaseStart,
    Point,
    RuleSet,
    Settings,
    Verdict,
    VerdictFacts,
    alone,
    draw,
    figure,
    icons,
    judge,
    moving_range_chart,
    picture,
    read,
    small_chart,
    table,
    to_csv,
    verdict_facts,
)
from measures.chart.scale import NARROW, WIDE

SVG = "{http://www.w3.org/2000/svg}"
AROUND_50 = [50, 53, 48, 51, 47, 52, 49, 54, 46, 50, 53, 48]


def days(count):
    return [dt.date(2024 + month // 12, month % 12 + 1, 15) for month in range(count)]


def chart_of(values, kind=ChartKind.I, rules=RuleSet.ANHOEJ, **fields):
    points = tuple(
        value if isinstance(value, Point) else Point(day, value)
        for day, value in zip(days(len(values)), values, strict=True)
    )
    chosen = {"title": "Väntetid", "unit_word": "dagar", "higher_is_better": False}
    chosen |= {"today": dt.date(2026, 11, 22), "settings": Settings(kind, rules)}
    return Chart(points=points, **chosen | fields)


def shares(parts, **fields):
    points = [
        Point(day, None, numerator=n, denominator=of)
        for day, (n, of) in zip(days(len(parts)), parts, strict=True)
    ]
    chosen = {"settings": Settings(ChartKind.P, multiply=100), "higher_is_better": True}
    return chart_of(points, **chosen | fields)


def parsed(svg):
    return ElementTree.fromstring(svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" '))


def shapes(svg, name):
    return [e for e in parsed(svg).iter() if name in e.get("class", "").split()]


def words(svg):
    return [e.text for e in parsed(svg).iter(SVG + "text")]


# --- the ladder ---------------------------------------------------------------------------------


def test_up_to_eleven_points_there_are_no_limits():
    svg = draw(chart_of(AROUND_50[:11]))
    assert not shapes(svg, "chart-limit")
    assert not shapes(svg, "chart-band")
    assert "median 50" in words(svg)


def test_from_twelve_points_on_the_limits_are_preliminary():
    chart = chart_of(AROUND_50)
    svg = draw(chart)
    assert len(shapes(svg, "chart-limit--preliminary")) == 2
    assert any(word.startswith("preliminär gräns") for word in words(svg))
    assert "Preliminära gränser, från 12 punkter." in read(chart).note


def test_from_twenty_points_on_the_limits_are_firm():
    svg = draw(chart_of(AROUND_50 * 2))
    assert len(shapes(svg, "chart-limit")) == 2
    assert not shapes(svg, "chart-limit--preliminary")
    assert [w.split()[:2] for w in words(svg) if "gräns" in w] == [
        ["övre", "gräns"],
        ["nedre", "gräns"],
    ]


def test_a_new_phase_begins_on_the_lowest_step():
    start = PhaseStart(days(24)[18], "ny väg in")
    chart = chart_of(AROUND_50 * 2, phase_starts=(start,))
    svg = draw(chart)
    assert len(shapes(svg, "chart-limit--before")) == 2  # the old limits stay in sight
    assert read(chart).sentence.startswith("6 mätningar i den nya fasen hittills.")


def test_a_frozen_baseline_keeps_its_lines_when_a_new_phase_begins():
    values = [*AROUND_50, *[v - 20 for v in AROUND_50]]
    before = chart_of(values, baseline_until=days(24)[12])
    after = chart_of(
        values,
        baseline_until=days(24)[12],
        phase_starts=(PhaseStart(days(24)[14], "ny väg in"),),
    )
    assert judge(before).phases[0].centre == judge(after).phases[0].centre
    assert "12 punkterna före första testet" in read(before).note
    assert "Räknat på nytt från 15 mars 2025: ny väg in." in read(after).note


def test_a_gap_before_the_first_test_does_not_make_the_baseline_longer():
    values = [*AROUND_50[:4], None, *AROUND_50[4:], *[30] * 8]
    chart = chart_of(values, baseline_until=days(21)[13])
    assert chart.baseline() == 12
    assert chart.baseline_places() == (13,)
    assert judge(chart).phases[0].base == 12


# --- limits -------------------------------------------------------------------------------------


def test_where_the_numbers_vary_the_limits_are_stairs():
    parts = [(30, 50), (70, 100)] * 10
    upper, _lower = shapes(draw(shares(parts)), "chart-limit")
    assert upper.get("d").count("V") == 19


def test_limits_where_values_end_are_no_limits():
    """A count cannot go below 0, so there is no line there and no name."""
    svg = draw(chart_of([1, 2, 0, 3, 1, 2, 1, 0, 2, 1] * 2, ChartKind.C))
    assert len(shapes(svg, "chart-limit")) == 1
    assert not any("nedre" in word for word in words(svg))


def test_shares_are_worked_out_from_their_parts():
    chart = shares([(31, 50), (36, 60)] * 6)
    assert judge(chart).values[:2] == (62, 60)
    assert table(chart).columns[1:4] == ("dagar", "Täljare", "Nämnare")
    assert table(chart).rows[0][1:4] == ("62", "31", "50")


def test_a_share_without_its_parts_makes_it_an_i_chart():
    chart = shares([(31, 50)] * 12)
    without = Point(dt.date(2025, 1, 15), 64.0)
    mixed = Chart(
        **{f: getattr(chart, f) for f in chart.__slots__} | {"points": (*chart.points, without)}
    )
    assert judge(mixed).phases[0].kind is ChartKind.I
    assert judge(mixed).values[0] == 62
    assert judge(mixed).values[-1] == 64


# --- signals ------------------------------------------------------------------------------------


def test_a_newest_point_outside_the_limits_is_told():
    chart = chart_of([*AROUND_50, *AROUND_50, 90])
    reading = read(chart)
    assert reading.strong == "En förändring."  # one point is no new level
    assert reading.sentence == (
        "Den senaste mätningen, 90 den 15 januari 2026, ligger ovanför den övre gränsen. "
        "Så långt når slumpen knappast."
    )
    assert [e.tag for e in shapes(draw(chart), "point--worse")] == [SVG + "path"]


def test_a_point_outside_in_the_past_is_told_but_is_not_how_it_is_now():
    chart = chart_of([*AROUND_50, 90, *AROUND_50])
    reading = read(chart)
    assert reading.strong == "Ingen säker förändring."
    assert reading.signals == (
        "Utanför gränserna: 1 mätning ovanför den övre gränsen, 15 januari 2025. "
        "Ta reda på vad som hände då.",
    )
    assert reading.signals[0] in parsed(draw(chart)).find(SVG + "desc").text


def test_an_excluded_point_outside_is_no_signal():
    values = [*AROUND_50, Point(dt.date(2025, 1, 15), 90, "Flytt"), *AROUND_50]
    chart = chart_of(values)
    assert not judge(chart).signals
    assert len(shapes(draw(chart), "point--excluded")) == 1


def test_the_nhs_rules_go_by_the_newest_point():
    shifted = [*AROUND_50, *[42, 41, 43, 40, 42, 41, 43, 42]]
    chart = chart_of(shifted, rules=RuleSet.NHS)
    reading = read(chart)
    assert reading.strong == "En förbättring."
    assert "Skift: 8 mätningar i rad under medelvärdet" in " ".join(reading.signals)
    assert reading.note.startswith("I-diagram med NHS Englands regler och tre sigma")
    back = read(chart_of([*shifted, 49], rules=RuleSet.NHS))
    assert back.strong == "Ingen säker förändring."


def test_western_electric_names_its_rules():
    values = [*AROUND_50, *[55, 55.5, 51, 55.2, 55.4], *AROUND_50[:6]]
    told = " ".join(read(chart_of(values, rules=RuleSet.WESTERN)).signals)
    assert "Fyra av fem långt ut: 4 mätningar över medelvärdet" in told


def test_of_very_many_signals_the_newest_are_told():
    wild = [20, 80, 80, 80, 80, 50, 20, 20, 20, 20] * 12
    chart = chart_of(wild, rules=RuleSet.WESTERN)
    told = read(chart).signals
    assert len(told) == 13
    assert told[0].endswith("tidigare signaler står i tabellen.")


def test_each_signal_stands_in_the_table_too():
    facts = table(chart_of([*AROUND_50, *AROUND_50, 90]))
    assert facts.columns == ("Dag", "dagar", "Medelvärde", "Nedre gräns", "Övre gräns", "Signal")
    assert facts.rows[-1][-1] == "Försämring (utanför gränserna)"


def test_where_neither_is_better_a_signal_is_a_change():
    chart = chart_of([*AROUND_50, *AROUND_50, 90], higher_is_better=None)
    assert judge(chart).verdict is Verdict.CHANGE
    (mark,) = shapes(draw(chart), "point--neutral")
    assert float(re.search(r"l-[\d.]+ (-?[\d.]+)z", mark.get("d"))[1]) < 0  # it points up


@pytest.mark.parametrize(
    ("parts", "words_of_doubt"),
    [
        ([(1, 9)] * 12 + [(2, 9)], "De flesta mätningar är andelar av få"),
        ([(900, 10_000), (1300, 10_000)] * 8, "P′-diagram passar bättre"),
        ([(0, 90), (0, 80), (9, 90)] * 6, "G-diagram eller T-diagram"),
        ([(31, 50), (0, 0), (32, 50)] * 5, "5 mätningar har inget att dela med"),
    ],
)
def test_what_one_should_know_before_one_trusts_the_chart(parts, words_of_doubt):
    assert words_of_doubt in " ".join(read(shares(parts)).doubts)


def test_points_outside_because_all_have_moved_are_told_as_the_shift_is():
    values = [*AROUND_50, *[30, 31, 32, 29, 30, 31, 33, 30, 31]]
    told = read(chart_of(values, baseline_until=days(13)[12])).signals
    assert told == (
        "Utanför gränserna: 9 mätningar under den nedre gränsen, "
        "från januari 2025 till september 2025. Förbättring.",
    )


def test_a_single_value_is_no_reason_to_act():
    assert read(chart_of(AROUND_50)).sentence.endswith(
        "Ett enstaka värde upp eller ner är inget att agera på."
    )


def test_how_to_read_it_tells_only_what_is_there():
    values = [*AROUND_50, None, Point(dt.date(2025, 2, 15), 51, "Flytt"), *AROUND_50, 90]
    told = " ".join(figure(chart_of(values)).help)
    for word in ("gråa bandet", "medelvärdet", "romb", "ring", "tom fyrkant på axeln"):
        assert word in told, word
    for word in ("målet", "triangel", "streckade"):
        assert word not in told.casefold(), word
    assert figure(chart_of(AROUND_50[:3])).help == ()


# --- moving ranges ------------------------------------------------------------------------------


def test_the_steps_have_a_chart_of_their_own():
    chart = moving_range_chart(chart_of([*AROUND_50, *AROUND_50, 90], target=40.0))
    judged = judge(chart)
    assert judged.values[:3] == (None, 3, 5)
    assert judged.verdict is Verdict.CHANGE
    assert read(chart).note == "Diagram över stegen mellan mätningarna, tre sigma, 24 steg."
    assert not shapes(draw(chart), "point--missing")
    assert not shapes(draw(chart), "chart-target")


# --- pictures with words ------------------------------------------------------------------------


def test_from_thirteen_points_on_the_verdict_and_the_target_have_pictures():
    chart = chart_of([*AROUND_50, 49], target=90.0)
    assert [icon.word for icon in figure(chart).icons] == [
        "Ingen säker förändring",
        "Når målet stabilt",
    ]
    assert figure(chart_of(AROUND_50, target=90.0)).icons == ()


def test_limits_around_values_that_have_moved_promise_nothing_of_the_target():
    moved = chart_of([*[80.0, 82.0] * 6, *[50.0, 52.0] * 6], target=55.0)
    assert judge(moved).verdict is Verdict.BETTER
    assert judge(moved).assurance is Assurance.NONE


@pytest.mark.parametrize(
    ("variation", "assurance", "words_shown"),
    [
        ("better", "fails", ["Förbättring", "Når inte målet"]),
        ("worse", "hit_or_miss", ["Försämring", "Träff eller miss"]),
        ("change", "none", ["Förändring"]),
        ("", "none", []),
    ],
)
def test_pictures_can_be_drawn_from_what_is_kept(variation, assurance, words_shown):
    assert [icon.word for icon in icons(variation, assurance, 1, True)] == words_shown


# --- what is kept and what is small -------------------------------------------------------------


def test_what_is_kept_holds_no_words_and_comes_back_the_same():
    chart = chart_of([*AROUND_50, None, *AROUND_50, 90], target=45.0)
    facts = verdict_facts(chart)
    kept = json.loads(json.dumps(facts.as_json()))
    assert VerdictFacts.from_json(kept) == facts
    assert (facts.verdict, facts.variation, facts.side) == ("change", "change", 1)
    assert facts.assurance == Assurance.HIT_OR_MISS
    assert (facts.points, facts.firmness, facts.newest_value) == (25, "firm", 90)
    assert facts.signals == (("outside", 1, "2026-02-15", "2026-02-15", 1),)
    assert (len(facts.values), len(facts.marks)) == (24, 24)
    with translation.override("en"):
        assert verdict_facts(chart) == facts


def test_a_small_chart_shows_what_the_large_one_does():
    chart = chart_of([*AROUND_50, *AROUND_50, 90], target=45.0)
    svg = small_chart(verdict_facts(chart), label="Väntetid: en försämring")
    for name in ("chart-band", "chart-centre", "chart-target", "chart-line", "point--worse"):
        assert len(shapes(svg, name)) == 1, name
    assert parsed(svg).get("aria-label") == "Väntetid: en försämring"
    assert len(svg) < 2000


def test_of_nothing_there_is_no_small_chart():
    assert small_chart(verdict_facts(chart_of([]))) == ""
    assert small_chart(VerdictFacts.from_json({})) == ""


# --- taken along --------------------------------------------------------------------------------


def test_a_table_taken_along_holds_days_and_numbers():
    header, rows = to_csv(chart_of([*AROUND_50, None, 49]))
    assert header[:3] == ("Dag", "dagar", "Medelvärde")
    assert rows[0][:2] == (dt.date(2024, 1, 15), 50)
    assert rows[12][1] is None


def test_a_picture_that_stands_alone_has_its_style_its_name_and_what_it_says():
    chart = chart_of([*AROUND_50, Point(dt.date(2025, 1, 15), 49, note="<b>Semester & sol")])
    svg = picture(chart)
    root = ElementTree.fromstring(svg)
    texts = [e.text for e in root.iter(SVG + "text")]
    assert texts.count("Väntetid, dagar") == 1
    assert "Ingen säker förändring." in " ".join(texts)
    assert "<b>Semester & sol" in " ".join(texts)
    assert ".chart-line" in root.find(SVG + "style").text
    _x, _y, width, height = root.get("viewBox").split()
    assert (root.get("width"), root.get("height")) == (width, height)
    assert "I-diagram" not in alone(draw(chart))  # unless one asks for the small print


# --- for every chart ----------------------------------------------------------------------------

numbers = st.one_of(st.none(), st.floats(0, 1e5).map(lambda v: round(v, 2)))
parts = st.tuples(
    st.one_of(st.none(), st.integers(0, 90)), st.one_of(st.none(), st.integers(0, 90))
)


@settings(deadline=None)  # the first drawing reads the catalogue
@given(
    st.lists(st.tuples(numbers, parts, st.sampled_from(["", "", "Flytt"])), max_size=40),
    st.builds(
        Settings,
        kind=st.sampled_from(ChartKind),
        rules=st.sampled_from(RuleSet),
        multiply=st.sampled_from([1.0, 100.0]),
    ),
    st.lists(st.integers(0, 40), max_size=2, unique=True),
    st.sampled_from([None, True, False]),
    st.one_of(st.none(), st.integers(0, 40)),
    st.sampled_from([WIDE, NARROW]),
    st.booleans(),
)
def test_any_chart_can_be_drawn_said_kept_and_taken_along(
    seen, chosen, starts, better, baseline, sheet, of_ranges
):
    on = days(len(seen) + 41)
    chart = Chart(
        "Andel",
        "procent",
        tuple(
            Point(day, value if chosen.kind is ChartKind.I else None, why, "", *counted)
            if chosen.kind.has_denominator
            else Point(day, value, why)
            for day, (value, counted, why) in zip(on, seen, strict=False)
        ),
        better,
        on[-1],
        target=40.0,
        bars=(Bar("1 en grupp", on[2]),),
        phase_starts=tuple(PhaseStart(on[start], "ny rutin") for start in sorted(starts)),
        baseline_until=None if baseline is None else on[baseline],
        settings=chosen,
    )
    if of_ranges:
        chart = moving_range_chart(chart)
    judged = judge(chart)
    root = parsed(draw(judged, sheet=sheet))
    axis = next(e for e in root.iter() if e.get("class") == "chart-axis").get("d")
    left, bottom, right = map(float, re.fullmatch(r"M([\d.]+) ([\d.]+)H([\d.]+)", axis).groups())
    for text in root.iter(SVG + "text"):
        x, y = float(text.get("x")), float(text.get("y"))
        assert y > bottom or y <= bottom - 234 or x >= right or x <= left, text.text
    for line in [
        *shapes(draw(judged, sheet=sheet), "chart-limit"),
        *shapes(draw(judged, sheet=sheet), "chart-band"),
    ]:
        heights = [
            float(y)
            for y in re.findall(r"V([\d.]+)|M[\d.]+ ([\d.]+)", line.get("d"))
            for y in y
            if y
        ]
        assert all(bottom - 234.1 <= y <= bottom + 0.1 for y in heights)
    figure(judged)
    ElementTree.fromstring(picture(judged))
    facts = verdict_facts(judged)
    assert VerdictFacts.from_json(json.loads(json.dumps(facts.as_json()))) == facts
    if svg := small_chart(facts):
        parsed(svg)
    header, rows = to_csv(judged)
    assert all(len(row) == len(header) for row in rows)
