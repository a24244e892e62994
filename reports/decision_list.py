"""A list of delegated decisions: first the facts, then the page.  The paper is `paper.to_pdf`.

`collect` reads the database and knows no HTML; `to_html` knows no database.
"""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from improvement.models import DecisionList
from improvement.queries.decision_lists import Row, rows_on
from organisation.models.unit import home_unit


@dataclass(frozen=True, slots=True)
class DelegatedDecisions:
    """What the list says, ready to print: plain values in the language they are printed in."""

    organisation: str
    language: str
    made_on: date
    reported_on: date
    board: str
    unit: str
    made_by: str
    rows: tuple[Row, ...]


def collect(list_: DecisionList, *, on: date) -> DelegatedDecisions:
    """Gather the decisions on a list, in the language that is active."""
    home = home_unit()
    return DelegatedDecisions(
        organisation=home.name if home else "",
        language=translation.get_language() or settings.LANGUAGE_CODE,
        made_on=on,
        reported_on=timezone.localdate(list_.made_at),
        board=list_.board,
        unit=list_.unit.name,
        made_by=list_.made_by.name,
        rows=tuple(rows_on(list_)),
    )


def to_html(decisions: DelegatedDecisions) -> str:
    """Write the page.  What people have written is escaped, and cut where it has no end."""
    with translation.override(decisions.language):
        return render_to_string("reports/decision_list.html", {"decisions": decisions})


def title_of(decisions: DelegatedDecisions) -> str:
    """Return a name for the file that one recognises among one's downloads."""
    return _("Delegated decisions – %(board)s %(day)s") % {
        "board": decisions.board,
        "day": decisions.reported_on.isoformat(),
    }
