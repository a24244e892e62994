"""Every kind of paper that one can ask for: what it may be about, and how it is made.

A kind is a module with `collect` (reads the database and knows no HTML) and `to_html` (knows no
database), and an entry here.  Asking, making, keeping, fetching and who may see it are the same
for all: `actions/documents.py`, `models.py`, `queries.py`, `views/documents.py`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet, TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from improvement.models import DecisionList, Meeting, MeetingStatus
from organisation.models import Person
from programme.models import Report, ReportStatus

from . import decision_list, minutes, poster, press, viewer_pdf, work_poster, work_report
from .paper import REPORT_STYLE
from .viewer_areas import areas_seen_by

REPORT = "report"
MINUTES = "minutes"
DECISION_LIST = "decision_list"
POSTER = "poster"
VIEWER = "viewer"
WORK_POSTER = "work_poster"
PRESS = "press"


class Edition(TextChoices):
    DRAFT = "draft", _("Draft")  # to read before it is final; made anew as often as one likes
    FINAL = "final", _("Final")  # made once and kept; a trigger refuses to change it
    LATEST = "latest", _("Latest")  # of what is made anew as things change; the last is kept


@dataclass(frozen=True, slots=True)
class PaperKind:
    """What has to be known of a kind of paper.

    Attributes:
        subjects: The gate: those things that the person may have the paper of.
        collect: (thing, variant, day) to what the paper says, as a dataclass of plain values, in
            the language that is active.
        to_html: What it says, to one or more pages of HTML that are bound after each other; a
            paper of many parts shows how far it has come.
        title: What it says, to the name of the file, without ending.
        gone: What to say when the thing cannot be seen any more once the paper is to be made.
        edition: Of the thing as it is now.
        revision: Of the thing as it is now.
        styles: The stylesheets, in static/.
        closer: What it says, to the same set closer, for a paper that is to be one page and came
            out as more; None when it may take more, or cannot be set closer.
        days_kept: How long it is kept, where it is of what soon is other than it was; None is
            until it is made anew.
    """

    subjects: Callable[[Person], QuerySet[Any]]
    collect: Callable[[Any, str, date], Any]
    to_html: Callable[[Any], list[str]]
    title: Callable[[Any], str]
    gone: Promise
    edition: Callable[[Any], Edition] = lambda subject: Edition.LATEST
    revision: Callable[[Any], int] = lambda subject: 1
    styles: tuple[str, ...] = (REPORT_STYLE,)
    closer: Callable[[Any], Any | None] = lambda facts: None
    days_kept: int | None = None


def _edition_of_report(report: Report) -> Edition:
    return Edition.FINAL if report.status == ReportStatus.APPROVED else Edition.DRAFT


def _reports(person: Person) -> QuerySet[Report]:
    return Report.objects.visible_to(person).for_page()


def _meetings_held(person: Person) -> QuerySet[Meeting]:
    held = Meeting.objects.visible_to(person).filter(status=MeetingStatus.HELD)
    return held.select_related("unit", "decider")


def _lists_of_decisions(person: Person) -> QuerySet[DecisionList]:
    return DecisionList.objects.visible_to(person).select_related("unit", "made_by")


# The name of a kind is stored with each document, so it stays as it is.
PAPERS: dict[str, PaperKind] = {
    REPORT: PaperKind(
        subjects=_reports,
        collect=lambda report, variant, day: work_report.collect(report, on=day),
        to_html=lambda facts: [work_report.to_html(facts)],
        title=work_report.title_of,
        gone=_("You may no longer read this report."),
        edition=_edition_of_report,
        revision=lambda report: report.revision,
        styles=(REPORT_STYLE, "reports/work-report.css"),
        closer=work_report.closer,
    ),
    WORK_POSTER: PaperKind(
        subjects=_reports,
        collect=lambda report, variant, day: work_poster.collect(report, on=day),
        to_html=lambda facts: [work_poster.to_html(facts)],
        title=work_poster.title_of,
        gone=_("You may no longer read this report."),
        styles=("reports/work-poster.css",),
    ),
    PRESS: PaperKind(
        subjects=_reports,
        collect=lambda report, variant, day: press.collect(report, on=day),
        to_html=lambda facts: [press.to_html(facts)],
        title=press.title_of,
        gone=_("You may no longer read this report."),
        styles=(REPORT_STYLE, "reports/work-report.css"),
    ),
    MINUTES: PaperKind(
        subjects=_meetings_held,
        collect=lambda meeting, variant, day: minutes.collect(meeting, on=day),
        to_html=lambda facts: [minutes.to_html(facts)],
        title=minutes.title_of,
        gone=_("You may no longer read these minutes."),
        edition=lambda meeting: Edition.FINAL,
    ),
    DECISION_LIST: PaperKind(
        subjects=_lists_of_decisions,
        collect=lambda list_, variant, day: decision_list.collect(list_, on=day),
        to_html=lambda facts: [decision_list.to_html(facts)],
        title=decision_list.title_of,
        gone=_("You may no longer read this list."),
        edition=lambda list_: Edition.FINAL,
    ),
    POSTER: PaperKind(
        subjects=poster.units_for_posters,
        collect=lambda unit, variant, day: poster.collect(unit, variant),
        to_html=poster.to_html,
        title=lambda facts: facts.title,
        gone=_("You may no longer make posters for this workplace."),
        styles=("poster-pdf.css", "reports/poster.css"),
    ),
    VIEWER: PaperKind(
        subjects=areas_seen_by,
        collect=lambda area, variant, day: viewer_pdf.collect(area, variant, on=day),
        to_html=lambda facts: [viewer_pdf.to_html(facts)],
        title=lambda facts: facts.title,
        gone=_("The area is no longer shown."),
        styles=("reports/viewer-pdf.css",),
        days_kept=30,
    ),
}
