"""The report on an improvement work: first the facts, then the page.  The paper is `paper.to_pdf`.

`collect` reads the database and knows no HTML; `to_html` knows no database.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import batched

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from organisation.models.unit import home_unit
from programme.models import Report, ReportStatus
from programme.queries import ReportFacts, report_facts

from .paper import own_style

# A table of many rows is slow to lay out and nobody reads it: the latest are printed, in columns.
MOST_VALUES = 72
TABLES_BESIDE_EACH_OTHER = 3


@dataclass(frozen=True, slots=True)
class WorkReport:
    """What the report says, ready to print: plain values in the language they are printed in."""

    organisation: str
    language: str
    made_on: date
    facts: ReportFacts

    @property
    def is_draft(self) -> bool:
        return self.facts.status != ReportStatus.APPROVED

    @property
    def chart(self) -> SafeString:
        """The run chart that stands on the page, with the colours of paper."""
        measure = self.facts.measure
        return on_paper(measure.svg) if measure and measure.svg else SafeString()

    @property
    def value_tables(self) -> list[tuple[tuple[date, Decimal], ...]]:
        """The values over time, cut in tables that stand beside each other."""
        points = self.facts.measure.points[-MOST_VALUES:] if self.facts.measure else ()
        rows = max(4, -(-len(points) // TABLES_BESIDE_EACH_OTHER))
        return list(batched(points, rows, strict=False))


def collect(report: Report, *, on: date) -> WorkReport:
    """Gather what the report says, in the language that is active."""
    home = home_unit()
    return WorkReport(
        organisation=home.name if home else "",
        language=translation.get_language() or settings.LANGUAGE_CODE,
        made_on=on,
        facts=report_facts(report, on),
    )


def to_html(report: WorkReport) -> str:
    """Write the page.  What people have written is escaped, and cut where it has no end."""
    with translation.override(report.language):
        return render_to_string("reports/work_report.html", {"report": report})


def title_of(report: WorkReport) -> str:
    """Return a name for the file that one recognises among one's downloads."""
    title = Truncator(report.facts.title).chars(80, truncate="…")
    if report.is_draft:
        return _("Draft of improvement report – %(title)s") % {"title": title}
    return _("Improvement report – %(title)s") % {"title": title}


def on_paper(svg: str) -> SafeString:
    """Give an SVG of ours its own style: in a PDF it does not see the page's."""
    style = f"<style>{own_style('report-chart.css')}</style>"
    return mark_safe(svg.replace("</title>", f"</title>{style}", 1))  # our own drawing
