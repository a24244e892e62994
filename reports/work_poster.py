"""A poster of a finished work, A3, for the wall: what was wanted, what came of it, how, and thanks.

`collect` reads the database and knows no HTML; `to_html` knows no database.
"""

from dataclasses import dataclass
from datetime import date

import segno
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from organisation.models.unit import home_unit
from programme.models import Report, ReportStatus
from programme.queries import ReportFacts, report_facts

from .work_report import on_paper, shortened

# What there is room for, in characters; what is longer ends with a whole sentence.
MOST_DONE, MOST_LEARNED, MOST_THANKS, MOST_RESULT = 480, 240, 160, 180
MOST_NAMES = 12


@dataclass(frozen=True, slots=True)
class WorkPoster:
    """What the poster says, ready to print: plain values in the language they are printed in.

    Attributes:
        address: Of the public page, in the code; empty when the work is not public.
    """

    organisation: str
    language: str
    facts: ReportFacts
    address: str

    @property
    def is_draft(self) -> bool:
        return self.facts.status != ReportStatus.APPROVED

    @property
    def chart(self) -> SafeString:
        measure = self.facts.measure
        return on_paper(measure.svg) if measure and measure.svg else SafeString()

    @property
    def result(self) -> str:
        return shortened(self.facts.result, MOST_RESULT)

    @property
    def done(self) -> str:
        return shortened(self.facts.what_we_did, MOST_DONE)

    @property
    def learned(self) -> str:
        return shortened(self.facts.learning, MOST_LEARNED)

    @property
    def thanks(self) -> str:
        return shortened(self.facts.thanks, MOST_THANKS)

    @property
    def names(self) -> str:
        names = self.facts.team
        if len(names) > MOST_NAMES:
            return _("%(count)s people in the team") % {"count": len(names)}
        return ", ".join(names)

    @property
    def size_of_title(self) -> str:
        """How large the title is set: "large" for a short one."""
        length = len(self.facts.title)
        return "large" if length <= 36 else "middle" if length <= 70 else "small"

    @property
    def code(self) -> str:
        """The QR code as a drawing in a data address."""
        return segno.make(self.address, error="q", micro=False).svg_data_uri(
            border=0, dark="#06302f", omitsize=True
        )


def collect(report: Report, *, on: date) -> WorkPoster:
    """Gather what the poster says, in the language that is active."""
    home = home_unit()
    path = reverse("public-work", args=[report.pk]) if report.published_at else ""
    return WorkPoster(
        organisation=home.name if home else "",
        language=translation.get_language() or settings.LANGUAGE_CODE,
        facts=report_facts(report, on, tests=False),
        address=f"{settings.SITE_URL.rstrip('/')}{path}" if path else "",
    )


def to_html(poster: WorkPoster) -> str:
    """Write the page.  What people have written is escaped, and cut where it has no end."""
    with translation.override(poster.language):
        return render_to_string("reports/work_poster.html", {"poster": poster})


def title_of(poster: WorkPoster) -> str:
    """Return a name for the file that one recognises among one's downloads."""
    title = Truncator(poster.facts.title).chars(80, truncate="…")
    return _("Poster – %(title)s") % {"title": title}
