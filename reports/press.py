"""The text to the press on paper, with the numbers and the chart beside it.

`collect` reads the database and knows no HTML; `to_html` knows no database.
"""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from organisation.models.unit import home_unit
from programme.drafting import press_text
from programme.models import Report
from programme.queries import MeasureFacts, report_facts
from programme.queries.public_reports import aim_ends

from .work_report import on_paper


@dataclass(frozen=True, slots=True)
class Press:
    """What is handed to the press: plain values in the language they are printed in."""

    organisation: str
    language: str
    made_on: date
    title: str
    unit: str
    text: str
    measure: MeasureFacts | None

    @property
    def chart(self) -> SafeString:
        return on_paper(self.measure.svg) if self.measure and self.measure.svg else SafeString()

    @property
    def paragraphs(self) -> str:
        """The text without its first line, where that is the title."""
        first, _newline, rest = self.text.lstrip().partition("\n")
        return rest.strip() if first.strip() == self.title.strip() else self.text


def collect(report: Report, *, on: date) -> Press:
    """Gather the press text, or a draft of it where none is written."""
    home = home_unit()
    return Press(
        organisation=home.name if home else "",
        language=translation.get_language() or settings.LANGUAGE_CODE,
        made_on=on,
        title=report.work.title,
        unit=report.work.unit.name,
        text=report.press_text or press_text(report, aim_ends(report.work)),
        measure=report_facts(report, on).measure,
    )


def to_html(press: Press) -> str:
    with translation.override(press.language):
        return render_to_string("reports/press_paper.html", {"press": press})


def title_of(press: Press) -> str:
    """Return a name for the file that one recognises among one's downloads."""
    return _("To the press – %(title)s") % {"title": Truncator(press.title).chars(80, truncate="…")}
