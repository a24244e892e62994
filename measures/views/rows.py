"""The rows of the quality viewer's table, ready to be drawn."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ..address import Address
from ..chart import sparkline
from ..models import Gender, Good
from ..queries import AreaView, MeasureSeries, National, Outcome, Series, Split
from ..queries.goals import Goals, goal_text, is_reached
from ..sentences import movement
from ..wording import difference_text, place_text

TREND_YEARS = 6  # of the small line


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands under one year.

    Attributes:
        year: The column's.
        of_year: The value's own year, where that is another one.
        rank: "80 av 288", or a dash; among those one compares with.
        difference: "+1", or a dash; from the same.
    """

    year: int
    value: str
    verdict: str
    href: str
    of_year: int | None
    rank: int | None
    counted: int
    of: str  # "av 288"
    place: str
    difference: str
    goal: str = ""  # "mål 92"


@dataclass(frozen=True, slots=True)
class Trend:
    """Where it is going: the small line, and what it says, for a colour says only where one is."""

    line: SafeString
    words: str
    change: str = ""  # "+1,2 sedan 2019"
    way: int = 0  # 1 better, −1 worse two years in a row


@dataclass(frozen=True, slots=True)
class Row:
    """A measure, or a KPI under it; of one gender, where they stand beside each other."""

    key: str  # the id of the element
    name: str
    unit_word: str
    notes: tuple[str, ...]  # direction, whether it is counted, breaks
    own_note: str  # in the words of whoever made the measure
    cells: tuple[Cell, ...]
    trend: Trend
    gender: str = ""  # "Kvinnor", on a row under the one of all
    is_part: bool = False
    is_open: bool = False
    toggle: str = ""  # the address that opens or closes it


def rows_of(view: AreaView, address: Address, goals: Goals) -> Iterator[Row]:
    """Return each measure and, where it is open, its KPIs; women and men under each, if asked for."""
    for measure in view.measures:
        is_open = address.is_open(measure.measure.pk)
        key = f"measure-{measure.measure.pk}"
        toggle = f"{address.with_turned(measure.measure.pk)}#{key}"
        yield from _rows(
            key, measure.whole, view, goals, measure=measure, is_open=is_open, toggle=toggle
        )
        if is_open:
            for part in measure.parts:
                part_key = f"part-{measure.measure.pk}-{part.kpi.pk if part.kpi else 0}"
                yield from _rows(part_key, part, view, goals)


def _rows(
    key: str,
    series: Series,
    view: AreaView,
    goals: Goals,
    *,
    measure: MeasureSeries | None = None,
    is_open: bool = False,
    toggle: str = "",
) -> Iterator[Row]:
    first, *others = view.genders
    href = _page_of(series, measure)
    yield Row(
        key=key,
        name=series.name,
        unit_word=series.unit_word,
        notes=tuple(notes_of(series, view, is_part=measure is None)),
        own_note=measure.measure.note if measure else "",
        cells=tuple(
            replace(
                _cell(series, year, first, view, href),
                goal=_goal(series, series.under(year, first), goals, measure),
            )
            for year in view.shown
        ),
        trend=trend_of(series, view.shown[-1]),
        is_part=measure is None,
        is_open=is_open,
        toggle=toggle,
    )
    for gender in others:
        if not series.of_gender.get(gender):
            continue  # it is not divided by gender
        yield Row(
            key=f"{key}-{gender.name.lower()}",
            name=series.name,
            unit_word="",
            notes=(),
            own_note="",
            cells=tuple(_cell(series, year, gender, view, href) for year in view.shown),
            trend=Trend(SafeString(""), ""),
            gender=str(gender.label),
            is_part=measure is None,
        )


def _cell(series: Series, year: int, gender: Gender, view: AreaView, href: str) -> Cell:
    outcome = series.under(year, gender)
    place = outcome.place if outcome.value is not None else None
    rank, counted = (place.rank, place.counted) if place else (None, 0)
    return Cell(
        year=year,
        value=series.value_text(outcome),
        verdict=outcome.band.verdict,
        href=f"{href}?{_looked_at(outcome, gender, view)}" if href else "",
        of_year=outcome.year if series.year_lag and outcome.value is not None else None,
        rank=rank,
        counted=counted,
        of=_("of %(counted)s") % {"counted": counted} if rank else "",
        place=place_text(rank, counted) if rank else "–",
        difference=series.difference_text(outcome, view.look.national) or "–",
    )


_SPLIT = {Gender.WOMEN: Split.WOMEN, Gender.MEN: Split.MEN}


def _looked_at(outcome: Outcome, gender: Gender, view: AreaView) -> str:
    """Return how the page of a value is opened: in its year, whose it is, seen as it is here."""
    return urlencode(
        {
            "ar": outcome.year,
            **({"mot": view.look.national} if view.look.national is not National.MEAN else {}),
            **({"grupp": view.group.key} if view.group else {}),
            **({"kommun": view.home.code} if not view.look.is_ours else {}),
            **({"kon": _SPLIT[gender]} if gender in _SPLIT else {}),
            **({"per": view.look.as_of} if view.look.as_of else {}),
        }
    )


def _page_of(series: Series, measure: MeasureSeries | None) -> str:
    """Return where a value leads: to its KPI, or to the measure if it is made of several."""
    if series.kpi:
        return reverse("kpi-detail", args=[series.kpi.code])
    if measure is None:
        return ""
    return reverse("measure-detail", args=[measure.measure.area.slug, measure.measure.pk])


def _goal(series: Series, outcome: Outcome, goals: Goals, measure: MeasureSeries | None) -> str:
    """Write the goal for the year of an outcome; a measure of one KPI has that one's."""
    goal = goals.for_measure(measure.measure.pk, outcome.year) if measure else None
    if goal is None and series.kpi:
        goal = goals.for_kpi(series.kpi.pk, outcome.year)
    if goal is None:
        return ""
    words = (
        _("goal %(goal)s, reached")
        if is_reached(goal.value, outcome.value, series.good, series.decimals)
        else _("goal %(goal)s")
    )
    return words % {"goal": goal_text(goal)}


def notes_of(series: Series, view: AreaView, *, is_part: bool) -> Iterator[str]:
    """Say what a reader must know of a row: the way, what is not counted, other years, breaks."""
    if series.is_left_out:
        yield _("shown, not counted in the measure")
    if series.is_own:
        yield _("our own survey: compared year by year, with nobody else")
    elif not is_part or series.is_left_out:  # a part that counts has the direction of its measure
        if series.good == Good.LOW:
            yield _("low is good")
        elif series.good == Good.NEITHER:
            yield _("no direction, so no colour")
    if series.year_lag and not is_part:
        first, last = (year - series.year_lag for year in (view.shown[0], view.shown[-1]))
        yield _("values of %(first)s–%(last)s") % {"first": first, "last": last}
    if series.kpi and is_part and series.kpi.ended_year:
        yield _("ended in %(year)s") % {"year": series.kpi.ended_year}
    first_drawn = view.shown[-1] - TREND_YEARS + 1
    for year in sorted(year + series.year_lag for year in series.breaks):
        if first_drawn < year <= view.shown[-1]:
            yield _("from %(year)s counted in another way: do not compare with earlier") % {
                "year": year
            }


# --- where it is going -------------------------------------------------------------------------


def trend_of(series: Series, last: int) -> Trend:
    """Return the line up to `last`, never across a break, and what it says."""
    years = range(last - TREND_YEARS + 1, last + 1)
    values = [None if series.is_broken(year, last) else series.under(year).value for year in years]
    known = [value for value in values if value is not None]
    way = series.turn(last)
    now = series.under(last)
    if series.good == Good.NEITHER or len(known) < 2 or known[0] == known[-1]:
        line = sparkline(values)
    else:
        line = sparkline(values, better=(known[-1] > known[0]) == (series.good == Good.HIGH))
    change = series.change(last)
    return Trend(
        line=line,
        words=movement(now.band, way),
        change=""
        if change is None
        else _("%(change)s in a year") % {"change": difference_text(change, series.decimals)},
        way=way,
    )
