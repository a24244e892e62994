"""The Quality viewer's table as every file and paper of it is made: what an address shows.

Pages, Excel, CSV and PDF read the same view (`measures.address`), so they show the same.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from measures.address import Address
from measures.models import Gender, Kind
from measures.queries import AreaView, MeasureSeries, National, Outcome, Series
from measures.queries.goals import Goals, goals_for
from measures.views.bar import comparison_in_words, settings_in_words
from measures.views.rows import notes_of

SIGNS = {"good": "▲", "mid": "●", "bad": "▼", "none": ""}  # beside each colour, as on the page


@dataclass(frozen=True, slots=True)
class Line:
    """A measure, or a KPI under it; of one gender."""

    series: Series
    gender: Gender
    measure: MeasureSeries
    is_part: bool
    outcomes: tuple[Outcome, ...]  # one for each year shown
    goals: tuple[Decimal | None, ...]  # as many
    notes: tuple[str, ...]
    is_first: bool = True  # of its genders: the others stand under it

    @property
    def name(self) -> str:
        """The name; of another gender under it, only whose it is."""
        return self.series.name if self.is_first else str(self.gender.label)

    @property
    def code(self) -> str:
        """The id of the KPI; a measure has none, also where it is the same as its only one."""
        return self.series.kpi.code if self.is_part and self.series.kpi else ""


def goals_of(*views: AreaView) -> Goals:
    """Return the goals of the whole organisation, where what is shown is ours and as it is now.

    Not those of the reader's own unit, as a page does: a paper is read by others.  One query.
    """
    ours = [view for view in views if view.look.is_ours and not view.look.as_of]
    if not ours:
        return Goals()
    measures = [measure for view in ours for measure in view.measures]
    return goals_for(
        [measure.measure.pk for measure in measures],
        {part.kpi.pk for measure in measures for part in measure.parts if part.kpi},
    )


def lines_of(view: AreaView, goals: Goals) -> Iterator[Line]:
    """Return every line of an area, open or not, in the order of the page."""
    for measure in view.measures:
        yield from _lines(measure.whole, measure, view, goals, is_part=False)
        for part in measure.parts:
            yield from _lines(part, measure, view, goals, is_part=True)


def _lines(
    series: Series, measure: MeasureSeries, view: AreaView, goals: Goals, *, is_part: bool
) -> Iterator[Line]:
    first, *others = view.genders
    for gender in (first, *(other for other in others if series.of_gender.get(other))):
        outcomes = tuple(series.under(year, gender) for year in view.shown)
        of_all = None if is_part else measure
        yield Line(
            series=series,
            gender=gender,
            measure=measure,
            is_part=is_part,
            outcomes=outcomes,
            goals=tuple(
                _goal(series, outcome, goals, of_all) if gender == first else None
                for outcome in outcomes
            ),
            notes=tuple(notes_of(series, view, is_part=is_part)) if gender == first else (),
            is_first=gender == first,
        )


def _goal(
    series: Series, outcome: Outcome, goals: Goals, measure: MeasureSeries | None
) -> Decimal | None:
    goal = goals.for_measure(measure.measure.pk, outcome.year) if measure else None
    if goal is None and series.kpi:
        goal = goals.for_kpi(series.kpi.pk, outcome.year)
    return goal.value if goal else None


def place_of(outcome: Outcome) -> tuple[int | None, int]:
    """Return the rank among those one compares with, and how many they are."""
    if outcome.value is None:
        return None, 0
    return outcome.place.rank, outcome.place.counted


def against_of(outcome: Outcome, view: AreaView) -> float | None:
    """Return the value that the difference is taken from."""
    if outcome.within:
        return outcome.within.mean
    return outcome.national(view.look.national)


# --- what is said about it ------------------------------------------------------------------------


def against_name(view: AreaView) -> str:
    """Say in a few words what the difference is taken from."""
    if view.group:
        return _("the mean of the group")
    if view.look.national is National.WEIGHTED:
        return _("the country, weighted")
    if view.home.kind == Kind.REGION:
        return _("the regions' mean")
    return _("the municipalities' mean")


def file_name(view: AreaView) -> str:
    """Name a file about the area so that one recognises it among one's downloads."""
    return _("Quality viewer – %(area)s %(home)s %(year)s") % {
        "area": view.area.name,
        "home": view.home.name,
        "year": view.shown[-1],
    }


def particulars(view: AreaView, address: Address, link: str, on: date) -> list[tuple[str, str]]:
    """Return all one must know of a file to understand it years later: a word and what it is.

    Args:
        link: The address of the page that shows the same, with host.
    """
    look = view.look
    said = [
        (_("Area"), view.area.name),
        (_("Whose values"), view.home.name),
        (_("Years"), f"{view.shown[0]}–{view.shown[-1]}"),
        (_("Settings"), settings_in_words(view)),
        (_("Compared with"), comparison_in_words(view)),
        (_("Values as they were"), date_format(look.as_of or on, "j F Y")),
        (_("Made"), date_format(on, "j F Y")),
        (_("The same on the screen"), link),
    ]
    return [(word, text) for word, text in said if text]


def sources_of(view: AreaView) -> list[str]:
    """Say where the values come from, in the words that Kolada asks for."""
    parts = [part for measure in view.measures for part in measure.parts]
    said = []
    if any(not part.is_own for part in parts):
        said += [
            _("Values: “Source: Kolada”."),
            _("Measures, ranks, colours and differences: “Own processing of data from Kolada”."),
        ]
    if any(part.is_own for part in parts):
        said.append(_("Values of our own KPIs: “Source: own survey”."))
    return said


def rules_of_the_table() -> list[str]:
    """Say how the figures are worked out."""
    return [
        _(
            "A measure is the mean of its KPIs, worked out on what was reported and rounded only when it is shown, halves away from zero."
        ),
        _(
            "Rank 1 is best. Equal values share the better rank. A measure is ranked by its own mean among those that have a value for every KPI; ranks are never averaged."
        ),
        _(
            "Green is the best quarter of those with a value in the country, red the worst quarter, yellow the half between. Grey: no value, or nothing to compare with."
        ),
        _("- missing, . not applicable, .. secret"),
    ]
