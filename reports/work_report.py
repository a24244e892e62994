"""The report on an improvement work: first the facts, then the page.  The paper is `paper.to_pdf`.

`collect` reads the database and knows no HTML; `to_html` knows no database.
"""

import re
from dataclasses import dataclass, replace
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
from programme.models import Extent, Report, ReportStatus
from programme.queries import MeasureFacts, ReportFacts, report_facts

from .paper import own_style

# A table of many rows is slow to lay out and nobody reads it: the latest are printed, in columns.
MOST_VALUES = 72
TABLES_BESIDE_EACH_OTHER = 3
# How close a simple report is set; the first that keeps it to its page.
DENSITIES = ("roomy", "plain", "close", "closest")
MOST_SAID = 320  # characters of what coach and manager say, on one page

NAME_AND_SENTENCE = re.compile(r"<title>(.*?)</title>\s*<desc>(.*?)</desc>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class WorkReport:
    """What the report says, ready to print: plain values in the language they are printed in."""

    organisation: str
    language: str
    made_on: date
    facts: ReportFacts
    density: str = DENSITIES[0]

    @property
    def is_draft(self) -> bool:
        return self.facts.status != ReportStatus.APPROVED

    @property
    def is_simple(self) -> bool:
        """Whether it is the report of one page."""
        return self.facts.extent == Extent.SIMPLE

    @property
    def coach_says(self) -> str:
        """The coach's words, of which one page has room for some."""
        return (
            shortened(self.facts.coach_says, MOST_SAID) if self.is_simple else self.facts.coach_says
        )

    @property
    def approver_says(self) -> str:
        """The manager's words, likewise."""
        said = self.facts.approver_says
        return shortened(said, MOST_SAID) if self.is_simple else said

    @property
    def chart(self) -> SafeString:
        """The chart of the measure that carries the aim, with the colours of paper."""
        measure = self.facts.measure
        return on_paper(measure.svg) if measure and measure.svg else SafeString()

    @property
    def charts(self) -> list[tuple[MeasureFacts, SafeString]]:
        """Each measure with its chart; empty where there is no value yet."""
        return [
            (measure, on_paper(measure.svg) if measure.svg else SafeString())
            for measure in self.facts.measures
        ]

    @property
    def charter(self) -> list[tuple[str, str]]:
        """What the work set out to do: a word and what stands for it, those that are written."""
        facts = self.facts
        told = (
            (_("Aim"), " ".join(filter(None, [facts.aim, facts.aim_in_numbers]))),
            (_("For whom"), facts.for_whom),
            (_("Colleagues it is for"), facts.for_whom_inside),
            (_("Why it was wanted"), facts.why_wanted),
            (_("Strategic area"), facts.strategic_area),
            (_("Expected effect"), "; ".join(facts.effects)),
        )
        return [(word, text) for word, text in told if text]

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
        facts=report_facts(report, on, tests=report.extent == Extent.FULL),
    )


def to_html(report: WorkReport) -> str:
    """Write the page.  What people have written is escaped, and cut where it has no end."""
    template = "reports/work_report_simple.html" if report.is_simple else "reports/work_report.html"
    with translation.override(report.language):
        return render_to_string(template, {"report": report})


def closer(report: WorkReport) -> WorkReport | None:
    """Return the report of one page set closer, for when it takes more; None: it may take more."""
    place = DENSITIES.index(report.density) + 1
    if not report.is_simple or place == len(DENSITIES):
        return None
    return replace(report, density=DENSITIES[place])


def title_of(report: WorkReport) -> str:
    """Return a name for the file that one recognises among one's downloads."""
    title = Truncator(report.facts.title).chars(80, truncate="…")
    if report.is_draft:
        return _("Draft of improvement report – %(title)s") % {"title": title}
    return _("Improvement report – %(title)s") % {"title": title}


def on_paper(svg: str) -> SafeString:
    """Make an SVG of ours fit for a PDF.

    It gets its own style, for there it does not see the page's; and its sentence goes into its
    name, for that alone becomes the alternative text.
    """
    style = f"<style>{own_style('report-chart.css')}</style>"
    named = NAME_AND_SENTENCE.sub(r"<title>\1. \2</title>", svg, count=1)
    return mark_safe(named.replace("</title>", f"</title>{style}", 1))  # our own drawing


def shortened(text: str, most: int) -> str:
    """Return as many whole sentences of `text` as there is room for, or its first words.

    >>> shortened("Vi satte upp lappar. Sedan ljus. Till sist skyltar.", 34)
    'Vi satte upp lappar. Sedan ljus.'
    """
    whole = " ".join(text.split())
    if len(whole) <= most:
        return whole
    ends = [place for place in range(most) if whole[place] in ".!?" and whole[place + 1] == " "]
    if ends:
        return whole[: ends[-1] + 1]
    return Truncator(whole).chars(most, truncate=" …")
