"""A measure that goes back after its work is finished: seen once, told once.

Asked where values are recorded, and by the clock each day.
"""

from collections.abc import Collection
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.urls import reverse

from foundation.journal import record
from measures.chart import Verdict
from measures.models import MeasureVerdict
from organisation.actions import notices

from ..models import CARRIED_OUT, Drift, FollowUp, Member, Work, WorkMeasure
from ..queries.effect import managers_of, way_come

HALF_WAY = 0.5  # nearer the start than the aim


@transaction.atomic
def look_for_drift(*, followed_ids: Collection[int], on: date) -> list[Drift]:
    """See whether measures of finished works have gone back, and tell whom it concerns.

    One that has is told once, however many values follow; one that is good again is open for
    being told anew.  Locks the works.

    Returns:
        The drifts that were new.
    """
    followed = list(
        WorkMeasure.objects.filter(pk__in=followed_ids, work__status__in=CARRIED_OUT)
        .select_related("work__unit", "measure__verdict")
        .order_by("work", "pk")
    )
    if not followed:
        return []
    list(Work.objects.locked().filter(pk__in={one.work_id for one in followed}).order_by("pk"))
    open_now = {d.followed_id: d for d in Drift.objects.open().filter(followed__in=followed)}
    new: list[Drift] = []
    for one in followed:
        verdict: MeasureVerdict | None = getattr(one.measure, "verdict", None)
        is_back, is_signal = _has_gone_back(one, verdict)
        known = open_now.get(one.pk)
        if is_back and known is None:
            value = verdict.newest_value if verdict else None
            new.append(
                Drift(work=one.work, followed=one, seen_on=on, value=value, is_signal=is_signal)
            )
        elif not is_back and known is not None:
            known.ended_on = max(on, known.seen_on)
            known.save(update_fields=["ended_on"])
            record("work.drift_over", one.work, by=None, measure=one.measure.name)
    Drift.objects.bulk_create(new)
    for drift in new:
        _tell_of(drift)
    return new


def _has_gone_back(followed: WorkMeasure, verdict: MeasureVerdict | None) -> tuple[bool, bool]:
    """Say whether a measure has gone back, and whether the chart's own rules say so."""
    if verdict is None:
        return False, False
    is_signal = verdict.verdict == Verdict.WORSE
    come = way_come(followed, verdict.newest_value) if followed.carries_aim else None
    return is_signal or (come is not None and come < HALF_WAY), is_signal


def _tell_of(drift: Drift) -> None:
    """Tell who leads the work, who makes its checks, and the manager."""
    work = drift.work
    people = {manager.pk for manager in managers_of([work.unit])[work.unit_id]}
    people |= set(FollowUp.objects.filter(work=work, done_on=None).values_list("owner", flat=True))
    people |= {membership.person_id for membership in work.team if membership.role == Member.LEADER}
    measure = drift.followed.measure
    record("work.drift", work, by=None, measure=measure.name, value=_text(drift.value))
    notices.tell(
        people,
        kind="work.drift",
        title=work.title,
        href=reverse("work-effect", args=[work.pk]),
    )


def _text(value: Decimal | None) -> str:
    return "" if value is None else str(value)
