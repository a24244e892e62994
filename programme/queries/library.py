"""The library: works that have been carried out, for everybody who works here."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.search import SearchQuery
from django.db.models import Count, Exists, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.safestring import SafeString

from foundation.numbers import number
from measures.chart import VerdictFacts, small_chart
from measures.models import MeasureVerdict
from organisation.models import Person

from ..models import (
    Cycle,
    Drift,
    Driver,
    FollowUp,
    Outcome,
    Report,
    ReportStatus,
    Work,
    WorkMeasure,
    WorkStatus,
)
from ..models.report import WORDS_OF_REPORT
from ..models.work import WORDS_OF_WORK, WorkQuerySet
from ..wording import amount, rounded

MOST_WORDS = 6
BY_ORDER: dict[str, tuple[Any, ...]] = {
    "newest": ("-finished_on", "-pk"),
    "adopted": ("-adopted", "-finished_on", "-pk"),
    "title": ("title_order", "pk"),
}


def in_library(person: Person) -> WorkQuerySet:
    """Return the works in the library that `person` may read: all, and for a guest none.

    Those that are carried out and whose report is approved.
    """
    if person.is_guest:
        return Work.objects.none()
    approved = Report.objects.filter(work=OuterRef("pk"), status=ReportStatus.APPROVED)
    return Work.objects.carried_out().filter(Exists(approved))


def holding(works: WorkQuerySet) -> WorkQuerySet:
    """Give each work what its last check said of the effect: `held` and `held_months`.

    And `goes_back`: whether what it measures has been seen to go back since.
    """
    last = FollowUp.objects.answered().filter(work=OuterRef("pk")).order_by("-months")
    return works.annotate(
        held=Coalesce(Subquery(last.values("is_kept")[:1]), Value("")),
        held_months=Subquery(last.values("months")[:1]),
        goes_back=Exists(Drift.objects.open().filter(work=OuterRef("pk"))),
    )


def saying(works: WorkQuerySet, words: str) -> WorkQuerySet:
    """Those that say every one of the words, in the work or in its report.

    Swedish forms of a word are the same word; a part of a word in the title counts too.
    """
    for word in [word for word in words.split() if word][:MOST_WORDS]:
        query = SearchQuery(word, config="swedish")
        # Each by its own index, where one condition on them all would read every text anew.
        said = Work.objects.annotate(words=WORDS_OF_WORK).filter(words=query)
        told = (
            Report.objects.filter(status=ReportStatus.APPROVED)
            .annotate(words=WORDS_OF_REPORT)
            .filter(words=query)
        )
        works = works.filter(
            Q(pk__in=said.values("pk")) | Q(pk__in=told.values("work")) | Q(title__icontains=word)
        )
    return works


def holding_as(works: WorkQuerySet, held: str) -> WorkQuerySet:
    """Those whose last check said `held` of the effect; an empty one: that have not been checked."""
    checks = FollowUp.objects.answered()
    if not held:
        return works.exclude(pk__in=checks.values("work"))
    last = checks.order_by("work", "-months").distinct("work")
    return works.filter(
        pk__in=FollowUp.objects.filter(pk__in=last.values("pk"), is_kept=held).values("work")
    )


def ordered(works: WorkQuerySet, order: str) -> WorkQuerySet:
    """Put them in one of the orders of BY_ORDER."""
    if order == "adopted":
        works = works.annotate(adopted=Coalesce(_number_adopted(), 0))
    return works.order_by(*BY_ORDER[order])


def rows_of(pks: Sequence[int]) -> list[Any]:
    """Return the works with those ids, in that order, each with what its card shows.  One query."""
    by_pk = holding(Work.objects.filter(pk__in=pks)).for_list().in_bulk()
    return [by_pk[pk] for pk in pks if pk in by_pk]


@dataclass(frozen=True, slots=True)
class LibraryCard:
    """A work in the library, as a card.

    Attributes:
        change: Of the measure that carries the aim: from what to what; empty where not known.
        chart: A small drawing of it; the words beside say what it shows.
        held: What the last check said of the effect, a `Holds`, and after how many months.
        adopted: In how many units it is tried besides its own.
    """

    work: Work
    measure: str
    change: str
    chart: SafeString
    verdict: str
    held: str
    held_months: int | None
    goes_back: bool  # has been seen to since
    adopted: int


def cards_of(works: Sequence[Any]) -> list[LibraryCard]:
    """Return a card for each work (of `holding`), in the same order.  Two queries."""
    ids = [work.pk for work in works]
    followed = {
        one.work_id: one
        for one in WorkMeasure.objects.carrying_aim()
        .filter(work__in=ids)
        .select_related("measure__verdict")
    }
    adopted = adoptions_of(ids)
    return [_card(work, followed.get(work.pk), adopted.get(work.pk, 0)) for work in works]


def adoptions_of(work_ids: Sequence[int]) -> dict[int, int]:
    """Return in how many units each work is tried, besides its own.  One query."""
    rows = (
        Work.objects.filter(adopted_from__in=work_ids)
        .exclude(status=WorkStatus.STOPPED)
        .order_by()
        .values("adopted_from")
        .annotate(units=Count("unit", distinct=True))
    )
    return {row["adopted_from"]: row["units"] for row in rows if row["adopted_from"] is not None}


def adopting(work: Work) -> list[Work]:
    """Return the works that build on `work`, the latest first.  One query."""
    return list(
        work.adoptions.exclude(status=WorkStatus.STOPPED)
        .select_related("unit")
        .order_by("-started_on", "-pk")
    )


@dataclass(frozen=True, slots=True)
class Change:
    """A change idea that was tested and kept: what can be tried elsewhere."""

    what: str
    learning: str


def kept_changes(work: Work) -> list[Change]:
    """Return what the team tested and adopted, in the order of the tests.  One query."""
    adopted = work.cycles.filter(outcome=Outcome.ADOPT).select_related("change").order_by("number")
    return [Change(_what(cycle), cycle.learning) for cycle in adopted]


def _what(cycle: Cycle) -> str:
    return cycle.plan_what or (cycle.change.text if cycle.change else cycle.question)


def drivers_of(work: Work) -> list[Driver]:
    """Return the boxes of the driver diagram, every parent before its children.  One query."""
    by_parent: Mapping[int | None, list[Driver]] = defaultdict(list)
    for driver in work.drivers.all():
        by_parent[driver.parent_id].append(driver)
    found: list[Driver] = []
    waiting = list(by_parent[None])
    while waiting:
        driver = waiting.pop(0)
        found.append(driver)
        waiting += by_parent[driver.pk]
    return found


def change_of(followed: WorkMeasure) -> str:
    """Say from what to what a measure went: its own start and end, or the aim's start and newest."""
    measure = followed.measure
    verdict: MeasureVerdict | None = getattr(measure, "verdict", None)
    start = measure.start_value if measure.start_value is not None else followed.work.aim_from
    end = measure.end_value
    if end is None and verdict is not None:
        end = verdict.newest_value
    if start is None or end is None:
        return ""
    begins = number(rounded(start, has_parts=measure.has_parts))
    return f"{begins} → {amount(end, measure.unit_word, has_parts=measure.has_parts)}"


def chart_of_verdict(verdict: MeasureVerdict | None) -> SafeString:
    """Draw what is kept of a chart; nothing before the first value.  No query."""
    if verdict is None or not verdict.facts:
        return SafeString("")
    return small_chart(VerdictFacts.from_json(verdict.facts))


def _card(work: Any, followed: WorkMeasure | None, adopted: int) -> LibraryCard:
    verdict = None
    if followed is not None:
        followed.work = work
        verdict = getattr(followed.measure, "verdict", None)
    return LibraryCard(
        work=work,
        measure=followed.measure.name if followed else "",
        change=change_of(followed) if followed else "",
        chart=chart_of_verdict(verdict),
        verdict=verdict.verdict if verdict else "",
        held=work.held,
        held_months=work.held_months,
        goes_back=work.goes_back,
        adopted=adopted,
    )


def _number_adopted() -> Subquery:
    tried = (
        Work.objects.filter(adopted_from=OuterRef("pk"))
        .exclude(status=WorkStatus.STOPPED)
        .order_by()
        .values("adopted_from")
    )
    return Subquery(tried.annotate(units=Count("unit", distinct=True)).values("units"))
