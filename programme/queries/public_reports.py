"""What residents would read of a work, and what they may find."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.conf import settings
from django.db.models import Q
from django.utils import translation

from foundation.numbers import number
from measures.chart import Chart, figure
from measures.models import Measurement
from organisation.models import Person
from organisation.models.person import PersonQuerySet
from organisation.models.unit import home_unit

from ..drafting import Ends, public_text
from ..models import Report, Work, WorkMeasure
from ..models.report import ReportQuerySet
from ..published import PublicChart, PublicReport
from .report import chart_for, ends_of, public_chart
from .values import points_of

MOST_IN_A_SEARCH = 100  # characters


@dataclass(frozen=True, slots=True)
class Said:
    """What whoever releases a report writes and chooses."""

    title: str
    aim: str
    text: str
    shows_chart: bool = True


def public_facts_of(report: Report, said: Said, on: date) -> PublicReport:
    """Return what residents would see: numbers, a chart without words, and what `said` says.

    Seven queries.
    """
    work = report.work
    home = home_unit()
    followed, points = _carrier(work)
    start, end = ends_of(work, followed, points) if followed else (None, None)
    return PublicReport(
        organisation=home.name if home else "",
        unit=work.unit.name,
        title=said.title.strip(),
        aim=said.aim.strip(),
        text=said.text.strip(),
        began=work.started_on.isoformat(),
        ended=work.finished_on.isoformat() if work.finished_on else "",
        measure=followed.measure.name if followed else "",
        unit_word=followed.measure.unit_word if followed else "",
        start=_plain(start),
        end=_plain(end),
        target=_plain(work.aim_to),
        charts=(
            _in_every_language(work, followed, points, on)
            if followed and points and said.shows_chart
            else {}
        ),
        kpis=tuple(sorted(kpis_of(work, followed))),
    )


def first_said(report: Report, on: date) -> Said:
    """Return what the form begins with: what was public last, or a draft.  Three queries."""
    if report.public_facts is not None:
        former = PublicReport.read(report.public_facts)
        return Said(former.title, former.aim, former.text, bool(former.charts))
    work = report.work
    tests = work.cycles.exclude(started_on=None).count()
    text = report.public_text or public_text(work, aim_ends(work), tests)
    return Said(work.title, work.aim, text)


def aim_ends(work: Work) -> Ends | None:
    """Return where the measure that carries the aim began and ended.  Two queries."""
    followed, points = _carrier(work)
    if followed is None:
        return None
    return Ends(followed.measure.name, followed.measure.unit_word, *ends_of(work, followed, points))


def smallest_denominator(work: Work) -> Decimal | None:
    """Return of how few a value of the measure that carries the aim is a share; None: of none."""
    _followed, points = _carrier(work)
    counted = [p.denominator for p in points if p.denominator]
    return min(counted, default=None)


def people_around(report: Report) -> PersonQuerySet:
    """Return whoever took part in the work, asked for it, helped it or approved it: the names
    that residents do not read."""
    work = report.work
    ids = {*work.team_ids, work.asked_by_id, report.approved_by_id, report.coach_id}
    if work.idea is not None:
        ids |= {work.idea.author_id, work.idea.typed_by_id}
    coached = Q(coachings__work=work)
    return Person.objects.filter(Q(pk__in=ids - {None}) | coached).distinct()


def kpis_of(work: Work, followed: WorkMeasure | None) -> set[int]:
    """Return the ids of the key figures that `work` is aimed at."""
    aimed = {work.kpi_id, work.idea.kpi_id if work.idea else None}
    return {pk for pk in (*aimed, followed.measure.kpi_id if followed else None) if pk is not None}


def public_reports(sought: str = "") -> ReportQuerySet:
    """Return what residents may read, of which every word of `sought` is said."""
    found = Report.objects.published()
    for word in sought[:MOST_IN_A_SEARCH].split():
        said = Q()
        for name in ("title", "aim", "text", "unit", "measure"):
            said |= Q(**{f"public_facts__{name}__icontains": word})
        found = found.filter(said)
    return found.only("public_facts", "published_at")


def public_reports_on(kpis: set[int]) -> ReportQuerySet:
    """Return what residents may read of works aimed at any of the key figures `kpis` (ids)."""
    aimed = Q()
    for pk in kpis:
        aimed |= Q(public_facts__kpis__contains=pk)
    return public_reports().filter(aimed) if kpis else Report.objects.none()


def _carrier(work: Work) -> tuple[WorkMeasure | None, list[Measurement]]:
    followed = WorkMeasure.objects.carrying_aim().filter(work=work).first()
    if followed is None:
        return None, []
    return followed, points_of([followed.measure])[followed.measure_id]


def _in_every_language(
    work: Work, followed: WorkMeasure, points: list[Measurement], on: date
) -> dict[str, PublicChart]:
    said = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            said[language] = _said(public_chart(chart_for(work, followed, points, on)))
    return said


def _said(chart: Chart) -> PublicChart:
    shown = figure(chart)
    return PublicChart(str(shown.svg), str(shown.strong), str(shown.sentence), str(shown.note))


def _plain(value: Decimal | None) -> str:
    return "" if value is None else number(value)
