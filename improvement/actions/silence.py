"""No idea is silent for more than thirty days: its author is told where it is and why.

An honest message in its story and to those who wait, and a reminder to who ought to take it
further.  Run by the clock each day.
"""

from datetime import date, datetime, time, timedelta

from django.urls import reverse
from django.utils import timezone, translation

from foundation import jobs
from foundation.journal import record_all
from foundation.models import Job
from organisation.actions import notices
from organisation.actions.notices import News
from organisation.models import Person

from ..models import Idea, IdeaStatus
from ..models.idea import IdeaQuerySet
from ..queries.audience import audiences_of
from ..queries.standing import facts_of, in_the_hands_of
from ..standing import words

LIVING = (
    IdeaStatus.SUBMITTED,
    IdeaStatus.PREPARING,
    IdeaStatus.RETURNED,
    IdeaStatus.READY,
    IdeaStatus.WAITING,
    IdeaStatus.QUEUED,
    IdeaStatus.FUNDED,
)
LONGEST = timedelta(days=30)
BATCH = 200


def ask_for(*, on: date) -> Job:
    """Ask for the messages of a day.  Asked twice, it is done once; done twice, nothing happens."""
    return jobs.enqueue(break_silence, key="improvement.silence", by=None, on=on.isoformat())


@jobs.work("improvement.break_silence", seconds=3600)
def break_silence(run: jobs.Run, *, on: str) -> None:
    """Tell the authors of all that has been silent for too long, some hundreds in each step."""
    today = date.fromisoformat(on)
    done, after = run.job.done, run.job.cursor.get("after", 0)
    while ids := list(silent_on(today).filter(pk__gt=after).values_list("pk", flat=True)[:BATCH]):
        done, after = done + len(ids), ids[-1]
        with run.step(done=done, cursor={"after": after}):
            say_where(ids, on=today)
    with run.step(done=done, last=True):
        pass


def say_where(idea_ids: list[int], *, on: date) -> int:
    """Say where those of the ideas stand that are still silent.  In a transaction of the caller's.

    A fixed number of queries, however many they are.

    Returns:
        How many they were.
    """
    silent = silent_on(on).locked().select_related("unit", "assigned_to")
    ideas = list(silent.filter(pk__in=idea_ids))
    facts = facts_of(ideas, on=on)
    hands = in_the_hands_of(ideas)
    record_all((("idea.silence", idea, facts[idea.pk]) for idea in ideas), by=None)
    notices.tell_all([*_signs_of_life(ideas, facts, hands), *_reminders(ideas, hands)])
    Idea.objects.filter(pk__in=facts).update(told_at=_beginning_of(on))
    return len(ideas)


def silent_on(on: date) -> IdeaQuerySet:
    """The ideas that live on and whose author heard of them thirty days ago or more."""
    heard_before = _beginning_of(on - LONGEST + timedelta(days=1))
    return Idea.objects.filter(status__in=LIVING, told_at__lt=heard_before).order_by("pk")


def _signs_of_life(
    ideas: list[Idea], facts: dict[int, dict[str, object]], hands: dict[int, list[Person]]
) -> list[News]:
    """What authors and followers are told, each in their own language.  Three queries."""
    audiences = audiences_of(ideas)
    everybody = {pk for one in audiences.values() for pk in one.authors | one.others}
    people = Person.objects.filter(pk__in=everybody)
    languages = dict(people.values_list("pk", "language"))
    news = []
    for idea in ideas:
        in_words = {}
        reminded = {person.pk for person in hands[idea.pk]}
        for language in set(languages.values()):
            with translation.override(language):
                in_words[language] = words(facts[idea.pk], hands[idea.pk])
        for kind, told in (
            ("idea.silence", audiences[idea.pk].authors),
            ("followed.silence", audiences[idea.pk].others - reminded),
        ):
            news += [
                News(pk, kind, idea.title, _page_of(idea), in_words[languages[pk]])
                for pk in sorted(told)
            ]
    return news


def _reminders(ideas: list[Idea], hands: dict[int, list[Person]]) -> list[News]:
    return [
        News(person.pk, "idea.remind", idea.title, _page_of(idea))
        for idea in ideas
        for person in hands[idea.pk]
    ]


def _page_of(idea: Idea) -> str:
    return reverse("idea-detail", args=[idea.pk])


def _beginning_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
