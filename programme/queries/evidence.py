"""What the progress of many works is counted from."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Count, Max, Q

from measures.models import MeasurePhase

from ..evidence import Facts, Progress, progress_of
from ..models import Cycle, FollowUp, Holds, Phase, Work, WorkMeasure
from ..wording import is_reached


def progress_of_works(works: Sequence[Work]) -> dict[int, Progress]:
    """Return how far each work has come, by its id.  Four queries, however many the works."""
    ids = [work.pk for work in works]
    carriers = {
        followed.work_id: followed
        for followed in WorkMeasure.objects.carrying_aim()
        .select_related("measure__verdict")
        .filter(work__in=ids)
    }
    rebased = _latest_phases([followed.measure_id for followed in carriers.values()])
    cycles = _cycles_of(ids)
    kept: dict[int, date] = dict(
        FollowUp.objects.filter(work__in=ids, is_kept=Holds.YES)
        .values_list("work")
        .annotate(on=Max("done_on"))
    )
    return {
        work.pk: progress_of(
            _facts(
                work, carriers.get(work.pk), rebased, cycles.get(work.pk, (0, 0)), kept.get(work.pk)
            )
        )
        for work in works
    }


def _facts(
    work: Work,
    carrier: WorkMeasure | None,
    rebased: dict[int, date],
    cycles: tuple[int, int],
    kept_on: date | None,
) -> Facts:
    measure = carrier.measure if carrier else None
    verdict = getattr(measure, "verdict", None)
    return Facts(
        has_aim=measure is not None and work.aim_to is not None and work.aim_by is not None,
        values=verdict.points if verdict else 0,
        values_in_phase=verdict.facts.get("points", 0) if verdict else 0,
        verdict=verdict.verdict if verdict else "",
        rebased_on=rebased.get(measure.pk) if measure else None,
        reached=is_reached(work, measure, verdict.newest_value if verdict else None),
        cycles=cycles[0],
        linked=cycles[1],
        kept_on=kept_on,
    )


def _latest_phases(measures: Sequence[int]) -> dict[int, date]:
    live = MeasurePhase.objects.filter(measure__in=measures, undone_at=None).order_by()
    return dict(live.values_list("measure").annotate(on=Max("starts_on")))


def _cycles_of(works: Sequence[int]) -> dict[int, tuple[int, int]]:
    """Return how many tests were concluded, and how many of them carry on from another."""
    concluded = Cycle.objects.filter(work__in=works, status=Phase.CLOSED).order_by()
    counted = concluded.values_list("work").annotate(
        number=Count("pk"), linked=Count("pk", filter=Q(previous__isnull=False))
    )
    return {work: (number, linked) for work, number, linked in counted}
