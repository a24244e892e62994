"""What a measure's chart says, stored when its data or settings change.

Overviews read it and judge nothing.  Every action that changes a value, a phase, what is counted
or a setting ends here, in its own transaction and under the measure's lock.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise
from statistics import median
from typing import Any

from django.utils import timezone

from ..chart import Chart, verdict_facts
from ..models import MeasureVerdict, TeamMeasure
from ..queries.team import chart_of, series_of


def judge(measure: TeamMeasure) -> MeasureVerdict:
    """Work out what the chart of `measure` says now, and store it.  The caller holds its lock."""
    return judge_all([measure])[0]


def judge_all(measures: Iterable[TeamMeasure]) -> list[MeasureVerdict]:
    """Do it for several; for a verdict whose way of judging has changed too."""
    wanted = list(measures)
    series = series_of(wanted)
    on = timezone.localdate()
    verdicts = []
    for measure in wanted:
        own = series[measure.pk]
        chart = chart_of(measure, own.points, own.phases, on=on)
        counted = [p for p in own.points if p.value is not None and not p.excluded_because]
        newest = counted[-1] if counted else None
        verdicts.append(
            MeasureVerdict(
                measure=measure,
                newest_on=newest.taken_on if newest else None,
                newest_value=newest.value if newest else None,
                points=len(counted),
                usual_gap=_usual_gap([point.taken_on for point in counted]),
                judged_at=timezone.now(),
                **_said_by(chart),
            )
        )
    return MeasureVerdict.objects.bulk_create(
        verdicts,
        update_conflicts=True,
        unique_fields=["measure"],
        update_fields=[
            *("verdict", "newest_on", "newest_value", "points", "usual_gap", "facts", "judged_at")
        ],
    )


def _said_by(chart: Chart) -> dict[str, Any]:
    facts = verdict_facts(chart)
    return {"verdict": facts.verdict, "facts": facts.as_json()}


def _usual_gap(days: Sequence[date]) -> float | None:
    """Return the median of the days between two values; None while nothing is usual yet."""
    if len(days) < 3:
        return None
    return float(median((after - before).days for before, after in pairwise(days)))
