"""The four key features of work with PDSA cycles.  Pure; for one work or for thousands.

After Taylor et al. 2014 (BMJ Quality & Safety 23:290), who found that few published works had
them: cycles that build on each other, a small scale first, a prediction before the test, and data
over time, each month or more often.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..models import Cycle
from ..models.cycle import SMALL
from .hints import Measured

FEWEST_VALUES = 3  # two are a before and an after; from the third on there is something over time


@dataclass(frozen=True, slots=True)
class Feature:
    """One of the four: whether it is there, and what shows it or is missing."""

    name: str
    is_met: bool
    evidence: str


@dataclass(frozen=True, slots=True)
class Features:
    """The four key features of a work, in the order they are told."""

    linked: Feature
    small_first: Feature
    predicted: Feature
    over_time: Feature

    def __iter__(self) -> Iterator[Feature]:
        return iter((self.linked, self.small_first, self.predicted, self.over_time))

    @property
    def count(self) -> int:
        """How many are met, 0 to 4."""
        return sum(feature.is_met for feature in self)


def features_of(cycles: Sequence[Cycle], measures: Sequence[Measured]) -> Features:
    """Return the four key features of a work.

    Args:
        cycles: All of the work's, in order.  Those that have not started count for nothing.
        measures: Those that it follows.
    """
    started = [cycle for cycle in cycles if cycle.has_started]
    return Features(
        _linked(started), _small_first(started), _predicted(started), _over_time(measures)
    )


def _linked(started: list[Cycle]) -> Feature:
    by_pk = {cycle.pk: cycle for cycle in started}
    carried = [
        cycle.number
        for cycle in started
        if cycle.previous_id in by_pk and by_pk[cycle.previous_id].learning.strip()
    ]
    if carried:
        text = ngettext(
            "Cycle %(numbers)s builds on what was learned in one before.",
            "The cycles %(numbers)s build on what was learned in one before.",
            len(carried),
        ) % {"numbers": _listed(carried)}
    else:
        text = _("No cycle builds on what was learned in one before.")
    return Feature("linked", bool(carried), text)


def _small_first(started: list[Cycle]) -> Feature:
    if not started:
        return Feature("small_first", False, _("Nothing has been tested yet."))
    first = started[0]
    words = {"number": first.number, "scale": first.get_scale_display().lower()}
    return Feature(
        "small_first",
        first.scale in SMALL,
        _("The first test, cycle %(number)s, was on the scale “%(scale)s”.") % words,
    )


def _predicted(started: list[Cycle]) -> Feature:
    without = [cycle.number for cycle in started if not cycle.prediction.strip()]
    if not started:
        return Feature("predicted", False, _("Nothing has been tested yet."))
    if without:
        text = ngettext(
            "Cycle %(numbers)s began without a prediction.",
            "The cycles %(numbers)s began without a prediction.",
            len(without),
        ) % {"numbers": _listed(without)}
        return Feature("predicted", False, text)
    text = ngettext(
        "%(count)s test, with its prediction written before it began.",
        "%(count)s tests, each with its prediction written before it began.",
        len(started),
    ) % {"count": len(started)}
    return Feature("predicted", True, text)


def _over_time(measures: Sequence[Measured]) -> Feature:
    values = max((len(each.days) for each in measures), default=0)
    often = [m for m in measures if len(m.days) >= FEWEST_VALUES and not m.is_rare]
    if often:
        best = max(often, key=lambda measured: len(measured.days))
        text = _("%(count)s values, usually %(days)s days apart.") % {
            "count": len(best.days),
            "days": round(best.usual_gap or 0),
        }
    elif values >= FEWEST_VALUES:
        text = _("The values lie more than a month apart.")
    else:
        text = _("Fewer than %(fewest)s values are not data over time.") % {"fewest": FEWEST_VALUES}
    return Feature("over_time", bool(often), text)


def _listed(numbers: Sequence[int]) -> str:
    return ", ".join(str(number) for number in numbers)
