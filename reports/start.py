"""What the start page tells a person: what waits, what has happened, and how the unit is doing."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from improvement import queries as improvement
from improvement.queries import FundState
from improvement.queries.money import periods_to_close
from measures.queries import RedMeasure, red_measures
from organisation.models import Person
from organisation.permissions import Permission
from programme import queries as programme
from programme.queries.cockpit import needing_now
from programme.queries.together import is_late, tasks_for
from programme.templatetags.programme import tone

MOST_WAITING = 8
MOST_NEWS = 6
MOST_WORKS = 5
MOST_TASKS = 6
MOST_MEASURES = 4
MOST_FUNDS = 3
OLDEST_MEASURE = 4  # years back; older than that is no news


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a list, as components/todo.html draws it."""

    title: str
    href: str
    text: str | Promise
    status: str | Promise = ""
    tone: str = ""


@dataclass(frozen=True, slots=True)
class News:
    """Something that has happened to what a person has begun."""

    at: datetime
    text: str | Promise
    title: str
    href: str


@dataclass(frozen=True, slots=True)
class Start:
    """The facts of one person's start page."""

    waiting: list[Line]
    news: list[News]
    works: list[Line]
    tasks: list[Line]
    red: list[RedMeasure]
    funds: list[FundState]

    @property
    def first_waiting(self) -> list[Line]:
        return self.waiting[:MOST_WAITING]

    @property
    def has_main_column(self) -> bool:
        return bool(self.waiting or self.news or self.red or self.tasks)

    @property
    def is_new_here(self) -> bool:
        """Nothing of one's own yet: time to show how it begins."""
        return not (self.waiting or self.news or self.works or self.tasks)


def collect(person: Person, *, on: date) -> Start:
    """Gather the page's facts.  A fixed number of queries, however much there is."""
    sees_money = person.may_somewhere(Permission.FUND_READ)
    return Start(
        waiting=_waiting(person, on),
        news=_news(person),
        works=_works(person, on),
        tasks=_tasks(person, on),
        red=[red for red in red_measures(MOST_MEASURES) if red.year >= on.year - OLDEST_MEASURE],
        funds=improvement.fund_states(person, on=on, most=MOST_FUNDS) if sees_money else [],
    )


def _waiting(person: Person, on: date) -> list[Line]:
    """Ideas, works and reports together.  Five queries.

    First what was given to oneself to prepare; of both, what has waited longest first.
    """
    found: list[tuple[bool, date, Line]] = []
    for idea in improvement.waits_for(person):
        line = Line(
            title=idea.idea.title,
            href=reverse("idea-detail", args=[idea.idea.pk]),
            text=idea.text,
            status=idea.idea.get_status_display(),
            tone=idea.idea.tone,
        )
        found.append((not idea.is_given, timezone.localdate(idea.idea.created_at), line))
    for period in periods_to_close(person, on=on):
        line = Line(
            title=f"{period.fund}: {period}",
            href=reverse("period-close", args=[period.pk]),
            text=_("It has ended: confirm where what is left goes"),
        )
        found.append((True, period.ends_on, line))
    for work in programme.waits_for(person, on=on):
        line = Line(title=work.work.title, href=reverse(work.route, args=[work.pk]), text=work.text)
        found.append((True, work.since, line))
    found += [(True, since, line) for since, line in _coached(person, on)]
    return [line for _given, _since, line in sorted(found, key=lambda item: item[:2])]


def _coached(person: Person, on: date) -> list[tuple[date, Line]]:
    """The works that need a visit from their coach, each with its heaviest reason."""
    return [
        (
            on - timedelta(days=max(reason.days for reason in each.need.reasons)),
            Line(
                title=each.work.title,
                href=f"{reverse('cockpit')}#work-{each.work.pk}",
                text=each.need.reasons[0].text,
                status=_("Needs a visit"),
                tone="warning",
            ),
        )
        for each in needing_now(person, on=on)
    ]


def _news(person: Person) -> list[News]:
    """What others have done with the person's ideas.  Two queries."""
    return [
        News(news.at, news.text, news.idea.title, reverse("idea-detail", args=[news.idea.pk]))
        for news in improvement.latest_about(person, limit=MOST_NEWS)
    ]


def _works(person: Person, on: date) -> list[Line]:
    """One's own works first, then those one looks after; what comes next in each."""
    return [
        Line(
            title=card.work.title,
            href=reverse("work-detail", args=[card.work.pk]),
            text=card.next.text,
            status=card.work.get_status_display(),
            tone=tone(card.work.status),
        )
        for card in programme.works_of(person, limit=MOST_WORKS, on=on)
    ]


def _tasks(person: Person, on: date) -> list[Line]:
    """What one has taken on in works, the nearest day first.  One query."""
    lines = []
    for task in tasks_for(person, limit=MOST_TASKS):
        late = is_late(task, on=on)
        by = ""
        if task.due_on and not late:
            by = gettext("by %(day)s") % {"day": date_format(task.due_on, "j F")}
        lines.append(
            Line(
                title=task.text,
                href=f"{reverse('work-together', args=[task.work_id])}#task-{task.pk}",
                text=" · ".join(part for part in (task.work.title, by) if part),
                status=_("Late") if late else "",
                tone="warning" if late else "",
            )
        )
    return lines
