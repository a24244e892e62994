"""Reminding those who can act, by the clock each morning: never of the same thing twice a week.

Follow-ups after a work is finished have reminders of their own, in `drifting.py`.
"""

from collections.abc import Collection
from datetime import date, timedelta

from django.db import transaction
from django.urls import reverse

from foundation import jobs
from foundation.models import Job
from organisation.actions import notices
from organisation.actions.notices import News

from ..models import Reminder, Work
from ..models.choices import OPEN
from ..queries.due import due_in
from ..support.due import Due

BATCH = 100
NOT_AGAIN = timedelta(days=7)


def ask_for(*, on: date) -> Job:
    """Ask for the reminders of a day.  Asked twice, it is done once; done twice, nothing happens."""
    return jobs.enqueue(remind_all, key="programme.remind", by=None, on=on.isoformat())


@jobs.work("programme.remind", seconds=3600)
def remind_all(run: jobs.Run, *, on: str) -> None:
    """Remind of what is due in all open works, some in each step."""
    today = date.fromisoformat(on)
    done, after = run.job.done, run.job.cursor.get("after", 0)
    open_works = Work.objects.filter(status__in=OPEN).order_by("pk")
    while ids := list(open_works.filter(pk__gt=after).values_list("pk", flat=True)[:BATCH]):
        done, after = done + len(ids), ids[-1]
        with run.step(done=done, cursor={"after": after}):
            remind_of(ids, on=today)
    with run.step(done=done, last=True):
        pass


@transaction.atomic
def remind_of(work_ids: Collection[int], *, on: date) -> int:
    """Remind of what is due in the works, once a week for each thing and person.

    The works are locked, so that two who do it at once do it after each other, and the second
    sees what the first has said.  A fixed number of queries, however many works there are.

    Returns:
        How many were told something.
    """
    works = list(Work.objects.locked().filter(pk__in=work_ids, status__in=OPEN).order_by("pk"))
    found = due_in(works, on=on)
    due = [(work, each) for work in works for each in found[work.pk] if each.to is not None]
    said = said_lately(work_ids, on=on)
    fresh = [
        (work, each) for work, each in due if (work.pk, each.to, each.kind, each.about) not in said
    ]
    Reminder.objects.bulk_create(
        Reminder(work=work, person_id=each.to, kind=each.kind, about=each.about, said_on=on)
        for work, each in fresh
        if each.to is not None
    )
    return notices.tell_all(_news(work, each) for work, each in fresh)


def said_lately(work_ids: Collection[int], *, on: date) -> set[tuple[int, int, str, str]]:
    """Return what has been said in the works during the last week: work, person, kind, about."""
    lately = Reminder.objects.filter(work__in=work_ids, said_on__gt=on - NOT_AGAIN)
    return set(lately.values_list("work", "person", "kind", "about"))


def _news(work: Work, due: Due) -> News:
    assert due.to is not None  # or it is left out
    return News(due.to, due.kind, work.title, reverse(due.route, args=[due.pk]), due.words)
