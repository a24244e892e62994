"""What is public, what was, and what would be."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.conf import settings
from django.utils import translation

from organisation.models.unit import home_unit

from ..models import Municipality, QualityArea, Release
from ..released import Facts, GoalFact, MeasureFacts
from ..released import Outcome as Shown
from ..sentences import area_sentence
from .goals import goals_for
from .series import YEARS_SHOWN, AreaView, MeasureSeries, Outcome


@dataclass(frozen=True, slots=True)
class Said:
    """What whoever releases adds to the values.

    Attributes:
        comments: By the id of the measure.
        shows_rank, shows_goals: What is shown besides the values.
    """

    introduction: str = ""
    comments: Mapping[int, str] = field(default_factory=dict)
    shows_rank: bool = False
    shows_goals: bool = False


def facts_of(view: AreaView, home: Municipality, year: int, said: Said, *, on: date) -> Facts:
    """Return what the public would see of `view` up to `year`: measures only, nothing of units.

    Two queries at most.
    """
    organisation = home_unit()
    goals = _goals(view, year) if said.shows_goals else {}
    return Facts(
        organisation=organisation.name if organisation else home.name,
        home=home.name,
        area=view.area.name,
        about=view.area.about,
        years=tuple(range(year - YEARS_SHOWN + 1, year + 1)),
        as_of=on.isoformat(),
        sentence=_in_every_language(view, year),
        introduction=said.introduction,
        shows_rank=said.shows_rank,
        shows_goals=said.shows_goals,
        measures=tuple(
            _measure(
                measure,
                year,
                comment=said.comments.get(measure.measure.pk, ""),
                goal=goals.get(measure.measure.pk),
                with_rank=said.shows_rank,
            )
            for measure in view.measures
        ),
    )


def last_releases() -> dict[int, Release]:
    """Return the last release of each area, by the area's id, withdrawn or not.  One query."""
    last = Release.objects.select_related("released_by", "withdrawn_by").defer("facts")
    return {
        release.area_id: release for release in last.order_by("area_id", "-pk").distinct("area_id")
    }


def releases_of(area: QualityArea) -> list[Release]:
    """Return what has been public of `area`, the latest first.  One query."""
    of_area = Release.objects.filter(area=area).select_related("released_by", "withdrawn_by")
    return list(of_area.defer("facts"))


def _measure(
    measure: MeasureSeries, year: int, *, comment: str, goal: GoalFact | None, with_rank: bool
) -> MeasureFacts:
    whole = measure.whole
    counted = [part for part in measure.parts if not part.is_left_out]
    return MeasureFacts(
        name=whole.name,
        unit_word=whole.unit_word,
        decimals=whole.decimals,
        good=str(whole.good.value),
        year_lag=whole.year_lag,
        parts=tuple(part.kpi.title for part in counted if part.kpi),
        is_own=bool(counted) and all(part.kpi is not None and part.kpi.is_own for part in counted),
        outcomes=tuple(
            _shown(whole.under(shown), with_rank=with_rank)
            for shown in range(year - YEARS_SHOWN + 1, year + 1)
        ),
        comment=comment,
        goal=goal,
    )


def _shown(outcome: Outcome, *, with_rank: bool) -> Shown:
    return Shown(
        year=outcome.year,
        value=outcome.value,
        sign=outcome.sign,
        verdict=outcome.band.verdict,
        rank=outcome.rank if with_rank else None,
        counted=outcome.counted if with_rank else 0,
    )


def _goals(view: AreaView, year: int) -> dict[int, GoalFact]:
    """The whole organisation's goals for the last year shown, by measure."""
    measures = [measure.measure for measure in view.measures]
    goals = goals_for([measure.pk for measure in measures])
    found = {
        measure.pk: goals.for_measure(measure.pk, year - measure.year_lag) for measure in measures
    }
    return {
        pk: GoalFact(goal.year, float(goal.value), goal.note) for pk, goal in found.items() if goal
    }


def _in_every_language(view: AreaView, year: int) -> dict[str, str]:
    said = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            said[language] = area_sentence(view, year)
    return said
