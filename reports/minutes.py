"""The minutes of a meeting: first the facts, then the page.  The paper is `paper.to_pdf`.

`collect` reads the database and knows no HTML; `to_html` knows no database.
"""

from dataclasses import dataclass
from datetime import date, time

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from improvement.models import AgendaItem, Conflict, Meeting
from improvement.queries.decisions import comes_back, granted
from organisation.models.unit import home_unit


@dataclass(frozen=True, slots=True)
class Item:
    """One idea on the agenda, and what was decided about it.

    Attributes:
        idea: Its number and title, as it is found again.
        decision: The outcome in words; empty where nothing was decided.
        amount: What was granted, in words.
        conflicts: Who did not take part because of a conflict of interest.
    """

    place: int
    number: int
    idea: str
    unit: str
    case_number: str
    asked_ore: int
    decision: str
    amount: str
    fund: str
    comes_back: str
    reason: str
    delegation_reference: str
    consulted: str
    conflicts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Minutes:
    """What the minutes say, ready to print: plain values in the language they are printed in."""

    organisation: str
    language: str
    made_on: date
    unit: str
    held_on: date
    starts_at: time | None
    place: str
    decider: str
    basis: str
    delegation_reference: str
    present: tuple[str, ...]
    absent: tuple[str, ...]
    items: tuple[Item, ...]
    notes: str


def collect(meeting: Meeting, *, on: date) -> Minutes:
    """Gather what was decided at a meeting that has been held, in the language that is active."""
    home = home_unit()
    members = list(meeting.members.select_related("person").order_by("pk"))
    items = list(
        meeting.items.select_related(
            "idea__unit", "decision__fund", "decision__decided_by"
        ).order_by("position")
    )
    close: dict[int, list[str]] = {}
    declared = Conflict.objects.filter(idea__in=[item.idea_id for item in items])
    for conflict in declared.select_related("person").order_by("pk"):
        close.setdefault(conflict.idea_id, []).append(conflict.person.name)
    return Minutes(
        organisation=home.name if home else "",
        language=translation.get_language() or settings.LANGUAGE_CODE,
        made_on=on,
        unit=meeting.unit.name,
        held_on=meeting.held_on,
        starts_at=meeting.starts_at,
        place=meeting.place,
        decider=meeting.decider.name,
        basis=meeting.get_basis_display(),
        delegation_reference=meeting.delegation_reference,
        present=tuple(member.person.name for member in members if member.was_present),
        absent=tuple(member.person.name for member in members if not member.was_present),
        items=tuple(_item(item, close.get(item.idea_id, [])) for item in items),
        notes=meeting.notes,
    )


def _item(item: AgendaItem, close: list[str]) -> Item:
    decision, idea = item.decision, item.idea
    return Item(
        place=item.position,
        number=idea.pk,
        idea=idea.title,
        unit=idea.unit.name,
        case_number=decision.case_number if decision else item.case_number,
        asked_ore=decision.asked_ore if decision else idea.cost_ore(),
        decision=decision.get_outcome_display() if decision else "",
        amount=granted(decision) if decision else "",
        fund=str(decision.fund) if decision and decision.fund else "",
        comes_back=comes_back(decision) if decision else "",
        reason=decision.reason if decision else "",
        delegation_reference=decision.delegation_reference if decision else "",
        consulted=decision.consulted if decision else "",
        conflicts=tuple(close),
    )


def to_html(minutes: Minutes) -> str:
    """Write the page.  What people have written is escaped, and cut where it has no end."""
    with translation.override(minutes.language):
        return render_to_string("reports/minutes.html", {"minutes": minutes})


def title_of(minutes: Minutes) -> str:
    """Return a name for the file that one recognises among one's downloads."""
    return _("Minutes – %(unit)s %(day)s") % {
        "unit": minutes.unit,
        "day": minutes.held_on.isoformat(),
    }
