"""What the page of a KPI or a quality measure says and draws, made of the facts alone."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from statistics import fmean
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from measures.chart.scale import ticks_over
from measures.models import Band, Gender, Kpi
from measures.pictures import (
    Mark,
    Said,
    Trend,
    dot,
    draw_strip,
    draw_trend,
    read_strip,
    read_trend,
    strip_data,
    trend_data,
)
from measures.queries import National
from measures.queries.course import CourseYear
from measures.queries.units import UnitSeries
from measures.rounding import rounded
from measures.wording import place_text, value_text, value_texts

from .measure_page import MeasureFacts

NONE = "–"
MOST_DECIMALS = 4  # in what is reckoned on the page


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing, what it says, and the reasons for the borders in it, in the order of numbers."""

    title: str
    svg: SafeString
    said: Said
    numbered: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class YearRow:
    """A year in the table: everything as text."""

    year: int
    value: str
    verdict: str
    rank: str
    median: str
    quarters: str
    national: str
    difference: str
    women: str
    men: str
    goal: str


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One of our units in the year that the units are compared in."""

    name: str
    href: str
    value: str
    dot: SafeString
    is_own: bool  # the reader's


# --- pictures -------------------------------------------------------------------------------------


def trend_picture(facts: MeasureFacts) -> Picture:
    trend = facts.trend()
    said = read_trend(trend, facts.standings())
    return _picture(trend, said, with_links=True)


def gender_picture(facts: MeasureFacts) -> Picture | None:
    trend = facts.trend_by_gender()
    return None if trend is None else _picture(trend, _women_and_men(facts, trend))


def _picture(trend: Trend, said: Said, *, with_links: bool = False) -> Picture:
    sentence = f"{said.strong} {said.sentence}".strip()
    return Picture(
        title=trend.heading,
        svg=draw_trend(trend, sentence=sentence, with_links=with_links),
        said=said,
        numbered=tuple(f"{edge.year}: {edge.why}" for edge in trend.breaks_within),
    )


def _women_and_men(facts: MeasureFacts, trend: Trend) -> Said:
    women, men = (dict(line.points) for line in trend.lines)
    both = sorted(women.keys() & men.keys())
    if not both:
        return Said("", "")
    year = both[-1]
    difference = women[year] - men[year]
    words = {
        "year": year,
        "women": trend.text(women[year]),
        "men": trend.text(men[year]),
        "difference": trend.text(abs(difference)),
    }
    if trend.text(women[year]) == trend.text(men[year]):
        return Said("", _("Women and men have the same value in %(year)s: %(women)s.") % words)
    return Said(
        "",
        _("In %(year)s women have %(women)s and men %(men)s, %(difference)s apart.") % words,
    )


def strip_picture(facts: MeasureFacts) -> Picture | None:
    strip = facts.strip
    if strip is None or len(strip.dots) < 2:
        return None
    said = Said("", read_strip(strip))
    return Picture(strip.title, draw_strip(strip, sentence=said.sentence), said)


def explored(facts: MeasureFacts, picture: str) -> dict[str, Any] | None:
    """Return one of the pictures as data; None if there is no such picture."""
    if picture == "ar":
        return trend_data(facts.trend())
    if picture == "kon":
        by_gender = facts.trend_by_gender()
        return trend_data(by_gender) if by_gender else None
    strip = facts.strip if picture == "plats" else None
    return strip_data(strip) if strip else None


# --- words and tables -----------------------------------------------------------------------------


def level_sentence(facts: MeasureFacts) -> str:
    """Say where we stand in the year shown."""
    year = facts.shown
    if year is None or year.value is None:
        return ""
    words = {
        "home": facts.whose,
        "value": value_text(year.value, facts.course.decimals, facts.course.unit_word),
        "year": year.year,
        "place": place_text(year.rank, year.counted) if year.rank else "",
    }
    return {
        Band.GOOD: _("%(home)s: %(value)s in %(year)s. Place %(place)s, in the best quarter."),
        Band.MID: _("%(home)s: %(value)s in %(year)s. Place %(place)s, in the middle."),
        Band.BAD: _("%(home)s: %(value)s in %(year)s. Place %(place)s, in the worst quarter."),
        Band.NONE: _("%(home)s: %(value)s in %(year)s."),
    }[year.band] % words


def gender_sentence(facts: MeasureFacts) -> str:
    """Say that it is of one gender, where it is."""
    said = {
        Gender.WOMEN: _("These are women's values alone."),
        Gender.MEN: _("These are men's values alone."),
    }.get(facts.course.gender, "")
    if not said or facts.course.is_own:
        return said
    return f"{said} {_('Rank and colour are among the same gender.')}"


def year_rows(facts: MeasureFacts) -> list[YearRow]:
    """Return the years shown, the latest first."""
    goals = {goal.year: float(goal.value) for goal in facts.goals}
    return [_year_row(facts, facts.course.years[y], goals.get(y)) for y in reversed(facts.years)]


def _year_row(facts: MeasureFacts, year: CourseYear, goal: float | None) -> YearRow:
    decimals = facts.course.decimals

    def text(value: float | None) -> str:
        return NONE if value is None else value_text(value, decimals)

    def of(gender: Gender) -> str:
        found = facts.course.of_gender.get(gender, {}).get(year.year)
        if found is None:
            return NONE
        return found.sign if found.value is None else text(found.value)

    spread = facts.spread.get(year.year)
    return YearRow(
        year=year.year,
        value=year.sign if year.value is None else text(year.value),
        verdict=year.band.verdict,
        rank=place_text(year.rank, year.counted) if year.rank else NONE,
        median=text(spread.median if spread else None),
        quarters=f"{text(spread.lower)} – {text(spread.upper)}" if spread else NONE,
        national=text(facts.national_value(year.year)),
        difference=facts.difference(year),
        women=of(Gender.WOMEN),
        men=of(Gender.MEN),
        goal=text(goal),
    )


def everybody_rows(facts: MeasureFacts) -> SafeString:
    """Write everybody in the year shown as rows of a table, the best first.

    As a string, for there are hundreds; names go through `escape`.
    """
    strip = facts.strip
    if strip is None:
        return SafeString("")
    has_ranks = any(dot.rank is not None for dot in strip.dots)
    texts = value_texts([dot.value for dot in strip.dots], strip.decimals)
    rows = [
        f"<tr{'' if dot.mark is Mark.OTHERS else f' data-mark="{dot.mark}"'}>"
        f"{f'<td class="number">{dot.rank}</td>' if has_ranks else ''}"
        f'<th scope="row">{escape(dot.name)}</th>'
        f'<td class="number">{text}</td></tr>'
        for dot, text in zip(strip.dots, texts, strict=True)
    ]
    return mark_safe("\n".join(rows))


def begin_with(facts: MeasureFacts) -> Kpi | None:
    """Return the part of a measure that stands furthest down: where an improvement begins."""
    counted = [part for part in facts.parts if not part.is_left_out]
    if not counted:
        return None
    return max(counted, key=lambda part: (part.rank or 0) / (part.counted or 1)).kpi


def arithmetic(facts: MeasureFacts) -> str:
    """Write how the measure's value in the year shown is made: "(91 + 71) / 2 = 81".

    With as many decimals as it takes for who reckons after to come to the same.
    """
    counted = [part for part in facts.parts if not part.is_left_out]
    values = [part.value for part in counted if part.value is not None]
    if len(counted) < 2 or len(values) < len(counted):
        return ""
    decimals = facts.course.decimals
    mean = rounded(fmean(values), decimals)
    shown = next(
        (n for n in range(decimals, MOST_DECIMALS) if _reckoned(values, n, decimals) == mean),
        MOST_DECIMALS,
    )
    terms = " + ".join(value_text(value, shown) for value in values)
    return f"({terms}) / {len(values)} = {value_text(float(mean), decimals)}"


def _reckoned(values: Sequence[float], shown: int, decimals: int) -> Decimal:
    """Return what one comes to who reckons with the values as they are shown."""
    terms = [rounded(value, shown) for value in values]
    return (sum(terms, Decimal(0)) / len(terms)).quantize(
        Decimal(1).scaleb(-decimals), ROUND_HALF_UP
    )


# --- units ----------------------------------------------------------------------------------------


def unit_rows(
    series: Sequence[UnitSeries], year: int, ours: float | None, own: Collection[int]
) -> list[UnitRow]:
    """Return the units that have a value in `year`, the best first, each with a dot.

    Args:
        ours: The whole municipality's value, marked on every line.
        own: The reader's own units (ids), marked too.
    """
    known = [(one, one.under(year)) for one in series if one.unit]
    values = [outcome.value for _one, outcome in known if outcome.value is not None]
    if not values:
        return []
    ticks = ticks_over([*values, *([] if ours is None else [ours])])
    way = -1 if series[0].kpi.good != "low" else 1

    def order(pair: Any) -> tuple[bool, float]:
        value = pair[1].value
        return value is None, way * (value or 0)

    return [
        UnitRow(
            name=one.unit.name,
            href=reverse("service-unit", args=[one.unit.pk]),
            value=one.text(year),
            is_own=one.unit.pk in own,
            dot=SafeString("")
            if outcome.value is None
            else dot(outcome.value, low=ticks[0], high=ticks[-1], beside=ours),
        )
        for one, outcome in sorted(known, key=order)
        if one.unit
    ]


# --- choices --------------------------------------------------------------------------------------


def choices(facts: MeasureFacts, query: QueryDict) -> dict[str, list[dict[str, object]]]:
    """Return what can be chosen on the page, as links: whom to compare with, years, national."""
    return {
        "groups": [
            _choice(query, group.label, "grupp", group.key, current=group == facts.group)
            for group in facts.groups
        ],
        "periods": [
            _choice(query, _("Ten years"), "tid", "", current=not facts.has_all_years),
            _choice(query, _("All years"), "tid", "alla", current=facts.has_all_years),
        ],
        "nationals": [
            _choice(query, words, "mot", str(which), current=which is facts.national)
            for which, words in (
                (National.MEAN, _("Mean of the municipalities")),
                (National.WEIGHTED, _("The country, weighted")),
            )
        ],
    }


def _choice(
    query: QueryDict, label: str, name: str, value: str, *, current: bool
) -> dict[str, object]:
    changed = query.copy()
    changed.pop(name, None)
    if value:
        changed[name] = value
    return {"label": label, "href": f"?{changed.urlencode()}", "current": current}
