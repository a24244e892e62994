"""What the clock does for works that are finished: checks that wait, keepers who left, drifts.

Each day, some works at a time.
"""

from collections.abc import Collection
from datetime import date, timedelta

from django.db import transaction
from django.urls import reverse

from foundation import jobs
from foundation.models import Job
from organisation.actions import notices
from organisation.actions.notices import News

from ..models import FollowUp, Reminder, Work, WorkMeasure
from .drifting import look_for_drift
from .effect import hand_over, keeper_of

BATCH = 100
SOON = timedelta(days=7)  # before its day, the one who makes a check is told of it
AGAIN = timedelta(days=14)  # and so long after that, while nobody has made it


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
