"""What is being done about a key figure: the ideas and the improvement works aimed at it.

Only what the reader may see; what is carried out is open to all who work here.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from improvement.models import Idea, IdeaStatus
from measures.chart import Bar, value_text
from measures.models import TeamMeasure
from organisation.models import Person
from programme.models import Work, WorkMeasure
from programme.queries.library import holding, in_library
from programme.templatetags.programme import tone
from programme.wording import held_in_words

# What is no longer aimed at anything, or not yet.
LEFT = (IdeaStatus.DRAFT, IdeaStatus.REJECTED, IdeaStatus.WITHDRAWN, IdeaStatus.MERGED)
MOST = 12  # told; and of those so many drawn, the works first
MOST_DRAWN = 6


@dataclass(frozen=True, slots=True)
class Effort:
    """An idea, or the work that it has become.

    Attributes:
        ends_on: None while a work goes on; of an idea the day it was left.
        effect: What the team's own measure says: from what to what.
        held: What the last check said, once it was finished: "it held after 6 months".
    """

    title: str
    unit: str
    status: str
    tone: str
    starts_on: date
    ends_on: date | None
    href: str
    effect: str = ""
    held: str = ""
    is_work: bool = False

    @property
    def bar(self) -> Bar:
        words = self.title if self.is_work else _("Idea: %(title)s") % {"title": self.title}
        return Bar(words, self.starts_on, self.ends_on, self.href)


def efforts_of(kpis: Collection[int], person: Person) -> list[Effort]:
    """Return the latest works and ideas aimed at any of `kpis` (ids), works first.

    Three queries.
    """
    measuring = WorkMeasure.objects.filter(measure__kpi__in=kpis)  # says so of its own measure
    aimed = Q(kpi__in=kpis) | Q(idea__kpi__in=kpis) | Q(pk__in=measuring.values("work"))
    read = Q(pk__in=Work.objects.visible_to(person).values("pk")) | Q(
        pk__in=in_library(person).values("pk")
    )
    works = list(
        holding(Work.objects.filter(aimed, read)).for_list().order_by("-started_on", "-pk")[:MOST]
    )
    ideas = (
        Idea.objects.visible_to(person)
        .filter(kpi__in=kpis, work=None)
        .exclude(status__in=LEFT)
        .select_related("unit")
        .order_by("-created_at", "-pk")[: MOST - len(works)]
    )
    effects = _effects(works)
    return [_of_work(work, effects.get(work.pk, "")) for work in works] + [
        _of_idea(idea) for idea in ideas
    ]


def drawn(efforts: Sequence[Effort], *, since: date) -> tuple[Bar, ...]:
    """Return the bars of those that a picture beginning on a day has room for."""
    within = [e for e in efforts if (e.ends_on or date.max) >= since]
    return tuple(
        Bar(bar.label, max(bar.starts_on, since), bar.ends_on, bar.href)
        for bar in (effort.bar for effort in within[:MOST_DRAWN])
    )


def _of_work(work: Any, effect: str) -> Effort:
    """Tell of a work; what is carried out is read in the library, as by everybody."""
    route = "library-entry" if work.is_carried_out else "work-detail"
    return Effort(
        title=work.title,
        unit=work.unit.name,
        status=work.get_status_display(),
        tone=tone(work.status),
        starts_on=work.started_on,
        ends_on=work.finished_on,
        href=reverse(route, args=[work.pk]),
        effect=effect,
        held=held_in_words(work.held, work.held_months),
        is_work=True,
    )


def _of_idea(idea: Idea) -> Effort:
    left_on = timezone.localdate(idea.created_at)
    return Effort(
        title=idea.title,
        unit=idea.unit.name,
        status=idea.get_status_display(),
        tone=idea.tone,
        starts_on=left_on,
        ends_on=left_on,
        href=reverse("idea-detail", args=[idea.pk]),
    )


def _effects(works: Collection[Work]) -> dict[int, str]:
    """Say by work how far its own measure has come."""
    followed = WorkMeasure.objects.carrying_aim().filter(work__in=works)
    return {one.work_id: _effect(one.measure) for one in followed}


def _effect(measure: TeamMeasure) -> str:
    if measure.start_value is None or measure.end_value is None:
        return ""
    return _("%(measure)s: from %(start)s to %(end)s %(unit)s") % {
        "measure": measure.name,
        "start": value_text(float(measure.start_value)),
        "end": value_text(float(measure.end_value)),
        "unit": measure.unit_word,
    }
