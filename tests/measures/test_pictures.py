"""The small pictures of one KPI."""

from xml.etree import ElementTree

from measures.pictures import place_strip, years_picture


def drawn(own, mean, **names):
    said = {"own_name": "Västervik", "mean_name": "Medel", **names}
    return ElementTree.fromstring(years_picture("Meritvärde <åk 9>", own, mean, **said))


def test_each_line_has_its_name_and_the_picture_its_title():
    picture = drawn([(2019, 238.0), (2020, 231.0)], [(2019, 218.0), (2020, 220.0)])
    assert picture.find("title").text == "Meritvärde <åk 9>"
    assert [text.text for text in picture.findall("text")] == ["2020", "2019", "Västervik", "Medel"]
    assert len(picture.findall("circle")) == 2


def test_names_do_not_touch_where_the_lines_meet():
    picture = drawn([(2019, 1.0), (2020, 2.0)], [(2019, 1.0), (2020, 2.0)])
    own, mean = (float(text.get("y")) for text in picture.findall("text")[-2:])
    assert abs(own - mean) >= 20


def test_years_without_a_value_keep_their_distance():
    picture = drawn([(2016, 1.0), (2017, 2.0), (2020, 3.0)], [])
    first, second, last = (float(dot.get("cx")) for dot in picture.findall("circle"))
    assert round((last - second) / (second - first)) == 3


def test_equal_values_are_a_level_line():
    picture = drawn([(2019, 5.0), (2020, 5.0)], [])
    assert len({dot.get("cy") for dot in picture.findall("circle")}) == 1


def test_one_value_is_no_line():
    assert years_picture("", [(2020, 1.0)], [], own_name="", mean_name="") == ""


def test_the_mark_stays_on_the_strip():
    for rank in (1, 145, 290):
        mark = ElementTree.fromstring(place_strip(rank, 290)).findall("rect")[-1]
        assert 0 <= float(mark.get("x")) <= 98.6
