"""What each person finds in the menu: one table."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from organisation.permissions import Permission


@dataclass(frozen=True, slots=True)
class Item:
    """One place in the menu, for those who hold one of the permissions; none: for all."""

    label: str | Promise
    route: str
    icon: str
    permissions: tuple[Permission, ...] = ()
    also: tuple[str, ...] = ()  # routes elsewhere that belong to this place


MEETS = (Permission.IDEA_PREPARE, Permission.IDEA_DECIDE, Permission.DECISION_REPORT)

# fmt: off
ITEMS = (
    Item(_("Start"), "start", "home"),
    Item(_("Ideas"), "idea-list", "idea", also=("idea-bank", "poster-choose")),
    Item(_("Quality"), "quality", "quality"),
    Item(_("Works"), "work-list", "work"),
    Item(_("Coaching"), "cockpit", "people", (Permission.WORK_COACH,), also=("coach-load",)),
    Item(_("Money"), "fund-list", "money", (Permission.FUND_READ,)),
    Item(_("Meetings"), "meeting-list", "clock", MEETS, also=("decision-lists",)),
    Item(_("Organisation"), "organisation", "people", (Permission.ORGANISATION_MANAGE,)),
)
# fmt: on


def navigation(request: HttpRequest) -> dict[str, object]:
    """Return the menu for the person behind `request`; empty for a stranger."""
    person = getattr(request, "user", None)
    if person is None or not person.is_authenticated:
        return {"menu": []}
    if person.is_guest:  # the work that they take part in is all there is
        return {"menu": ITEMS[:1]}
    return {
        "menu": [
            item
            for item in ITEMS
            if not item.permissions or any(map(person.may_somewhere, item.permissions))
        ]
    }
