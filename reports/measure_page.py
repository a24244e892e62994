"""The page that opens from a cell of the quality viewer: one KPI, or one quality measure.

`about_kpi` and `about_measure` read everything once, for the person who asks; what is drawn, said,
written in tables and explored is then made of the same facts, without the database.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from measures.address import Address
from measures.models import Gender, Goal, Kpi, Municipality, QualityArea, QualityMeasure
from measures.pictures import (
    Break,
    Dot,
    GoalMark,
    Line,
    Mark,
    Role,
    Standing,
    Strip,
    Trend,
)
from measures.pictures import Spread as Band
from measures.queries import National
from measures.queries.compared import (
    EVERY_YEAR,
    Asked,
    Cell,
    Said,
    country_of_kpis,
    order_of_kpi,
    order_of_measure,
    values_of,
)
from measures.queries.course import (
    Course,
    CourseYear,
    Everybody,
    Spread,
    course_of_kpi,
    course_of_measure,
    everybody,
    spread_of_kpi,
    spread_of_measure,
)
from measures.queries.goals import goals_for
from measures.queries.groups import Group, group_of, groups_for
from measures.wording import difference_text, value_text
from organisation.models import Person

from .efforts import Effort, drawn, efforts_of

YEARS = 10  # of the picture, unless all are asked for


@dataclass(frozen=True, slots=True)
class Part:
    """A KPI of a quality measure in the year that is shown."""

    kpi: Kpi
    value: float | None
    sign: str
    verdict: str
    rank: int | None
    counted: int
    is_left_out: bool

    @property
    def text(self) -> str:
        return self.sign if self.value is None else value_text(self.value, self.kpi.decimals)


@dataclass(frozen=True)
class MeasureFacts:
    """All that the page shows of one KPI or quality measure.

    Attributes:
        year: The one whose place among all is shown: the one asked for, or the latest.
        spread: Of those compared with, by year: the country, or the group.
        parts: Of a quality measure.
    """

    course: Course
    home: Municipality
    groups: tuple[Group, ...]
    group: Group
    national: National
    has_all_years: bool
    year: int | None
    spread: Mapping[int, Spread]
    everybody: Everybody | None
    goals: tuple[Goal, ...]
    efforts: tuple[Effort, ...]
    on: date
    parts: tuple[Part, ...] = ()

    @property
    def whose(self) -> str:
        """Whose values they are: "Västervik", or "Västervik, kvinnor"."""
        of = {Gender.WOMEN: _("women"), Gender.MEN: _("men")}.get(self.course.gender)
        return f"{self.home.name}, {of}" if of else self.home.name

    @property
    def shown(self) -> CourseYear | None:
        """The year that the place and the parts are shown for."""
        return self.course.years.get(self.year) if self.year is not None else None

    @cached_property
    def years(self) -> tuple[int, ...]:
        """The years of picture and table, the oldest first: with a value of ours, or a spread."""
        known = [
            year
            for year, facts in self.course.years.items()
            if facts.value is not None or facts.sign != "-" or year in self.spread
        ]
        if not known or self.has_all_years:
            return tuple(known)
        return tuple(year for year in known if year > known[-1] - YEARS)

    @property
    def has_more_years(self) -> bool:
        """Whether there are years that are not shown."""
        return bool(self.years) and min(self.course.years) < self.years[0]

    def national_value(self, year: int) -> float | None:
        """What a difference is taken from: the group's mean, else the national value chosen."""
        spread = self.spread.get(year)
        if spread is None:
            return None
        is_weighted = self.group.is_all and self.national is National.WEIGHTED
        return spread.weighted if is_weighted else spread.mean

    def difference(self, year: CourseYear) -> str:
        national = self.national_value(year.year)
        if year.value is None or national is None:
            return "–"
        return difference_text(year.value - national, self.course.decimals)

    @property
    def national_name(self) -> str:
        if self.group.is_all and self.national is National.WEIGHTED:
            return _("The country")
        return _("Mean")

    # --- pictures -----------------------------------------------------------------------------

    def trend(self) -> Trend:
        """Our own value with the spread of those compared with, goals and efforts."""
        first = self.years[0] if self.years else self.on.year
        spread = [(year, self.spread[year]) for year in self.years if year in self.spread]
        national = [
            (year, value) for year in self.years if (value := self.national_value(year)) is not None
        ]
        lines = [
            Line(Role.OWN, self.whose, self._own()),
            Line(Role.MEDIAN, _("median"), tuple((year, s.median) for year, s in spread)),
            Line(Role.NATIONAL, self.national_name.lower(), tuple(national)),
        ]
        if self.course.is_own:
            lines, spread = lines[:1], []
        return replace(
            self._trend_of(tuple(line for line in lines if line.points)),
            spread=tuple(Band(year, s.lower, s.upper) for year, s in spread),
            spread_name=_("Half of those compared with"),
            goals=tuple(
                GoalMark(goal.year, float(goal.value), goal.unit.name)
                for goal in self.goals
                if goal.year >= first
            ),
            efforts=drawn(self.efforts, since=date(first, 1, 1)),
        )

    def trend_by_gender(self) -> Trend | None:
        """Women and men as two lines, where there are any."""
        roles = {
            Gender.WOMEN: (Role.WOMEN, _("women")),
            Gender.MEN: (Role.MEN, _("men")),
        }
        lines = tuple(Line(role, name, self._own(gender)) for gender, (role, name) in roles.items())
        return self._trend_of(lines) if all(line.points for line in lines) else None

    @cached_property
    def strip(self) -> Strip | None:
        """Everybody's value in the year shown, ours and those compared with marked."""
        if self.everybody is None or self.course.is_own:
            return None
        members = self.group.members or frozenset()
        return Strip(
            title=_("%(name)s, %(year)s") % {"name": self.course.name, "year": self.everybody.year},
            unit_word=self.course.unit_word,
            decimals=self.course.decimals,
            good=self.course.good,
            dots=tuple(
                Dot(
                    one.name,
                    one.value,
                    one.rank,
                    Mark.HOME
                    if one.municipality_id == self.home.pk
                    else Mark.ALIKE
                    if one.municipality_id in members
                    else Mark.OTHERS,
                )
                for one in self.everybody.rows
            ),
            green_to=self.everybody.green_to,
            red_from=self.everybody.red_from,
        )

    def standings(self) -> list[Standing]:
        """Our place in the years shown."""
        found = [self.course.years[year] for year in self.years]
        return [Standing(y.year, y.rank, y.counted) for y in found if y.rank is not None]

    def _own(self, gender: Gender | None = None) -> tuple[tuple[int, float], ...]:
        return tuple((y, value) for y, value in self.course.valued(gender) if y in self.years)

    def _trend_of(self, lines: tuple[Line, ...]) -> Trend:
        return Trend(
            title=self.course.name,
            unit_word=self.course.unit_word,
            decimals=self.course.decimals,
            good=self.course.good,
            lines=lines,
            today=self.on,
            breaks=tuple(Break(edge.year, edge.why) for edge in self.course.breaks),
        )


@dataclass(frozen=True, slots=True)
class Wish:
    """How one looks at it: what the address says."""

    address: Address
    has_all_years: bool
    person: Person
    is_ours: bool = True

    @property
    def on(self) -> date:
        """The day that it is looked at as on."""
        return self.address.as_of or timezone.localdate()

    @property
    def is_as_usual(self) -> bool:
        """Whether goals and efforts belong to it: they are our own municipality's, as they are now."""
        return self.is_ours and self.address.as_of is None

    def asked(self, home: Municipality, group: Group, said: Mapping[Cell, Said]) -> Asked:
        """Return what is compared, of one gender; all three have a card of their own.

        Args:
            said: What is said of `home`.
        """
        gender, *_others = self.address.split.genders
        return Asked(home, self._compared(said), (gender,), group.members, self.address.as_of)

    def _compared(self, said: Mapping[Cell, Said]) -> list[int] | None:
        """Return in which years, None in all: those shown, where they have to be worked out."""
        if self.address.as_of is None or self.has_all_years:
            return None
        last = max((year for _kpi, year, _gender in said), default=self.on.year)
        shown = range(last - YEARS + 1, max(last, self.on.year) + 1)
        return sorted({*shown, *([self.address.year] if self.address.year in EVERY_YEAR else [])})


def about_kpi(
    kpi: Kpi, home: Municipality, areas: Sequence[QualityArea], wish: Wish
) -> MeasureFacts:
    """Read all about one KPI.

    Fifteen queries; one more within a group; fewer as it was on a day.

    Args:
        areas: Those it is shown in; the first says which municipalities are similar.
    """
    groups, group = _groups(home, areas[0] if areas else None, wish)
    said = values_of([kpi.pk], home, list(Gender), wish.address.as_of)
    asked = wish.asked(home, group, said)
    course = course_of_kpi(kpi, asked, said)
    year = _year(course, wish)
    return MeasureFacts(
        course=course,
        home=home,
        groups=groups,
        group=group,
        national=wish.address.national,
        has_all_years=wish.has_all_years,
        year=year,
        spread=_country(course) if group.members is None else spread_of_kpi(kpi, asked),
        everybody=everybody(order_of_kpi(kpi.pk, _in(year, asked)), home) if year else None,
        goals=_goals(wish, kpi=kpi.pk),
        efforts=_efforts([kpi.pk], wish),
        on=wish.on,
    )


def about_measure(measure: QualityMeasure, home: Municipality, wish: Wish) -> MeasureFacts:
    """Read all about one quality measure.

    Eighteen queries; one more within a group; fewer as it was on a day.
    """
    parts = list(measure.parts.select_related("kpi"))
    counted = [part.kpi for part in parts if not part.is_left_out]
    groups, group = _groups(home, measure.area, wish)
    said = values_of([part.kpi_id for part in parts], home, list(Gender), wish.address.as_of)
    asked = wish.asked(home, group, said)
    of_counted = {cell: value for cell, value in said.items() if cell[0] in {k.pk for k in counted}}
    course = course_of_measure(measure, counted, asked, of_counted)
    year = _year(course, wish)
    return MeasureFacts(
        course=course,
        home=home,
        groups=groups,
        group=group,
        national=wish.address.national,
        has_all_years=wish.has_all_years,
        year=year,
        spread=_country(course)
        if group.members is None
        else spread_of_measure(measure, counted, asked),
        everybody=everybody(order_of_measure(measure.pk, _in(year, asked)), home) if year else None,
        goals=_goals(wish, measure=measure.pk),
        efforts=_efforts([part.kpi_id for part in parts], wish),
        on=wish.on,
        parts=tuple(_parts([(p.kpi, p.is_left_out) for p in parts], _in(year, asked), said)),
    )


def _in(year: int | None, asked: Asked) -> Asked:
    """Return the same of a single year; of no year, if there is none."""
    return replace(asked, years=[year or 0])


def _groups(
    home: Municipality, area: QualityArea | None, wish: Wish
) -> tuple[tuple[Group, ...], Group]:
    groups = tuple(groups_for(home, area))
    return groups, group_of(groups, wish.address.group)


def _year(course: Course, wish: Wish) -> int | None:
    """Return the year asked for, if we have a value then; else our latest."""
    asked = course.years.get(wish.address.year) if wish.address.year is not None else None
    if asked is not None and asked.value is not None:
        return asked.year
    return course.latest.year if course.latest else None


def _country(course: Course) -> dict[int, Spread]:
    return {year: facts.country for year, facts in course.years.items() if facts.country}


def _goals(wish: Wish, *, measure: int | None = None, kpi: int | None = None) -> tuple[Goal, ...]:
    """Return a goal for each year that has one: of the unit closest to the reader's own."""
    if not wish.is_as_usual:
        return ()
    units = [employment.unit for employment in wish.person.employments_now]
    found = goals_for([measure] if measure else [], [kpi] if kpi else [], units)
    by_year = {
        year: goals[-1] for (_pk, year), goals in (found.of_measures | found.of_kpis).items()
    }
    return tuple(by_year[year] for year in sorted(by_year))


def _efforts(kpis: Sequence[int], wish: Wish) -> tuple[Effort, ...]:
    return tuple(efforts_of(kpis, wish.person)) if wish.is_as_usual else ()


def _parts(kpis: Sequence[tuple[Kpi, bool]], asked: Asked, said: Mapping[Cell, Said]) -> list[Part]:
    """Return the parts of a measure in the one year that is asked for.  One query."""
    (shown,), (gender,) = asked.years or (0,), asked.genders
    standings = country_of_kpis([kpi.pk for kpi, _out in kpis], asked)
    parts = []
    for kpi, is_left_out in kpis:
        value, status = said.get((kpi.pk, shown, gender), (None, None))
        standing = standings.get((kpi.pk, shown, gender))
        rank = standing.rank if standing and value is not None else None
        parts.append(
            Part(
                kpi=kpi,
                value=value,
                sign=status.sign if status else "-",
                verdict=standing.band(rank).verdict if standing else "none",
                rank=rank,
                counted=standing.counted if standing else 0,
                is_left_out=is_left_out,
            )
        )
    return parts
