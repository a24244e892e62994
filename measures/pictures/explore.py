"""The same pictures as plain data, for the library that one explores them with.

Each series has a role; static/measures/explore.js gives roles their looks, from the page's colours.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.formats import get_format
from django.utils.translation import gettext as _

from ..chart import Bar
from ..wording import place_text
from .model import Dot, Line, Mark, Strip, Trend
from .strip import piles, ticks_of
from .trend import goal_text

COLUMNS = 120  # of dots beside each other
SHORTEST = 0.1  # of a year that something is drawn as, which took a day
ENDS = ("lower", "upper")
TOKENS = {"good": "--good-soft", "mid": "--mid-soft", "bad": "--bad-soft"}


def trend_data(trend: Trend) -> dict[str, Any]:
    """Return the trend; a year between two that cannot be compared has no value, so no line."""
    series: list[dict[str, Any]] = []
    for n, part in enumerate(trend.stretches([(one.year, one) for one in trend.spread])):
        name = "" if n else trend.spread_name  # named once
        lower, upper = ([(year, getattr(one, end)) for year, one in part] for end in ENDS)
        band = _series(trend, "band", name, upper)
        band["text"] = [
            f"{trend.spread_name} {year}: {trend.text(one.lower)} – {trend.text(one.upper)}"
            for year, one in part
        ]
        series += [_series(trend, "lower", "", lower), band]
    series += [_of_line(trend, line) for line in reversed(trend.lines)]
    if trend.goals:
        series.append(
            {
                "role": "goal",
                "name": _("Goal"),
                "x": [goal.year for goal in trend.goals],
                "y": [goal.value for goal in trend.goals],
                "text": [goal_text(trend, goal) for goal in trend.goals],
            }
        )
    return _chart(trend, "trend", series) | {
        "efforts": [_effort(bar, trend) for bar in trend.efforts]
    }


def _effort(bar: Bar, trend: Trend) -> dict[str, Any]:
    """Return when it went on, in years: a year's value stands in the middle of the year."""
    return {
        "name": bar.label,
        "from": _in_years(bar.starts_on),
        "to": _in_years(bar.ends_on or trend.today) + SHORTEST,
    }


def _in_years(day: date) -> float:
    return round(day.year - 0.5 + (day.timetuple().tm_yday - 1) / 366, 2)


def strip_data(strip: Strip) -> dict[str, Any]:
    """Return everybody's value; each dot at the height that it has in the drawing's pile."""
    ticks = ticks_of(strip)
    names = {Mark.OTHERS: _("Others"), Mark.ALIKE: _("Those we compare with")}
    piled = piles(strip, ticks, columns=COLUMNS)
    series = []
    for mark in Mark:
        dots = [(dot, level) for dot, _column, level in piled if dot.mark is mark]
        if dots:
            series.append(
                {
                    "role": str(mark),
                    "name": names.get(mark) or dots[0][0].name,
                    "x": [dot.value for dot, _level in dots],
                    "y": [level for _dot, level in dots],
                    "text": [_about(strip, dot) for dot, _level in dots],
                }
            )
    stripes = [
        [
            ticks[0] if s.low is None else s.low,
            ticks[-1] if s.high is None else s.high,
            TOKENS[s.verdict],
        ]
        for s in strip.stripes()
    ]
    return _chart(strip, "place", series) | {"stripes": stripes, "range": [ticks[0], ticks[-1]]}


def _of_line(trend: Trend, line: Line) -> dict[str, Any]:
    return _series(trend, str(line.role), line.name, line.points)


def _series(
    trend: Trend, role: str, name: str, points: Sequence[tuple[int, float]]
) -> dict[str, Any]:
    """Return values by year, with an empty one where the years before cannot be compared."""
    x: list[float] = []
    y: list[float | None] = []
    text: list[str] = []
    for n, part in enumerate(trend.stretches(points)):
        if n:
            x, y, text = [*x, part[0][0] - 0.5], [*y, None], [*text, ""]
        for year, value in part:
            x.append(year)
            y.append(value)
            text.append(f"{name} {year}: {trend.text(value)}")
    return {"role": role, "name": name, "x": x, "y": y, "text": text}


def _about(strip: Strip, dot: Dot) -> str:
    place = "" if dot.rank is None else f", {place_text(dot.rank, len(strip.dots))}"
    return f"{dot.name}: {strip.text(dot.value)}{place}"


def _chart(picture: Trend | Strip, kind: str, series: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "kind": kind,
        "title": picture.title,
        "unit": picture.unit_word,
        "decimals": picture.decimals,
        "separators": get_format("DECIMAL_SEPARATOR") + get_format("THOUSAND_SEPARATOR"),
        "series": series,
        "efforts": [],
        "stripes": [],
        "range": None,
    }
