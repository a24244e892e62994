"""A measure that goes back after its work is finished: seen once, told once.

Asked where values are recorded, and by the clock each day.
"""

from collections.abc import Collection
from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction
from django.urls import reverse

from foundation import jobs
from foundation.journal import record
from foundation.models import Job
from measures.chart import Verdict
from measures.models import MeasureVerdict
from organisation.actions import notices
from organisation.actions.notices import News
from organisation.models import Person

from ..models import CARRIED_OUT, Drift, FollowUp, Reminder, Work, WorkMeasure
from ..queries.effect import managers_of, way_come
from .effect import hand_over, keeper_of

BATCH = 100
HALF_WAY = 0.5  # nearer the start than the aim
SOON = timedelta(days=7)  # before its day, the one who makes a check is told of it
AGAIN = timedelta(days=14)  # and so long after that, while nobody has made it


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


def ask_for(*, on: date) -> Job:
    """Ask for a day's looking after.  Asked twice, it is done once; done twice, nothing happens."""
    return jobs.enqueue(look_after, key="programme.effect", by=None, on=on.isoformat())


@jobs.work("programme.look_after_effect", seconds=1800)
def look_after(run: jobs.Run, *, on: str) -> None:
    """See each day to the checks that wait and the measures of finished works, some at a time."""
    today = date.fromisoformat(on)
    done, after = run.job.done, run.job.cursor.get("after", 0)
    finished = Work.objects.carried_out().order_by("pk").values_list("pk", flat=True)
    while ids := list(finished.filter(pk__gt=after)[:BATCH]):
        done, after = done + len(ids), ids[-1]
        with run.step(done=done, cursor={"after": after}):
            measured = WorkMeasure.objects.filter(work__in=ids).values_list("pk", flat=True)
            look_for_drift(followed_ids=list(measured), on=today)
            hand_over_from_those_who_left(ids)
            remind(ids, on=today)
    with run.step(done=done, last=True):
        pass


@transaction.atomic
def hand_over_from_those_who_left(work_ids: Collection[int]) -> int:
    """Give the checks of those who do not work here any more to somebody who does.

    To the work's leader, or else to a manager.  Where there is nobody, they stay.

    Returns:
        In how many works.
    """
    left = FollowUp.objects.waiting().filter(work__in=work_ids, owner__is_active=False)
    moved = 0
    for work in Work.objects.locked().filter(pk__in=left.values("work")).select_related("unit"):
        to = keeper_of(work)
        if to is not None:
            hand_over(work, to, by=None)
            moved += 1
    return moved


@transaction.atomic
def remind(work_ids: Collection[int], *, on: date) -> int:
    """Tell those who are to make a check, a week before its day, and again while it is not made.

    Returns:
        How many checks were told of.  Three queries, however many they are.
    """
    due = list(
        FollowUp.objects.waiting()
        .filter(work__in=work_ids, due_on__lte=on + SOON)
        .select_related("work", "owner")
    )
    since = on - AGAIN
    told = set(
        Reminder.objects.filter(
            work__in=work_ids, kind="work.check", said_on__gt=since
        ).values_list("work_id", "person_id", "about")
    )
    due = [one for one in due if (one.work_id, one.owner_id, str(one.months)) not in told]
    Reminder.objects.bulk_create(
        (
            Reminder(
                work=one.work,
                person=one.owner,
                kind="work.check",
                about=str(one.months),
                said_on=on,
            )
            for one in due
        ),
        ignore_conflicts=True,
    )
    return notices.tell_all(
        News(one.owner_id, "work.check", one.work.title, reverse("follow-up", args=[one.pk]))
        for one in due
    )


def _has_gone_back(followed: WorkMeasure, verdict: MeasureVerdict | None) -> tuple[bool, bool]:
    """Say whether a measure has gone back, and whether the chart's own rules say so."""
    if verdict is None:
        return False, False
    is_signal = verdict.verdict == Verdict.WORSE
    come = way_come(followed, verdict.newest_value) if followed.carries_aim else None
    return is_signal or (come is not None and come < HALF_WAY), is_signal


def _tell_of(drift: Drift) -> None:
    """Tell who makes the checks, and the manager."""
    work = drift.work
    people: set[Person | int] = {*managers_of([work.unit])[work.unit_id]}
    owner = FollowUp.objects.filter(work=work).order_by("done_on", "-due_on").first()
    if owner is not None:
        people.add(owner.owner_id)
    measure = drift.followed.measure
    record("work.drift", work, by=None, measure=measure.name, value=_text(drift.value))
    notices.tell(
        {person.pk if isinstance(person, Person) else person for person in people},
        kind="work.drift",
        title=work.title,
        href=reverse("work-effect", args=[work.pk]),
    )


def _text(value: Decimal | None) -> str:
    return "" if value is None else str(value)
