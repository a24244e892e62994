"""What each person finds in the menu: one table."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from organisation.permissions import Permission


@dataclass(frozen=True, slots=True)
class Item:
    """One place in the menu.  `permission` None means everyone who is signed in."""

    label: str | Promise
    route: str
    icon: str
    permission: Permission | None = None


# fmt: off
ITEMS = (
    Item(_("Start"), "start", "home"),
    Item(_("Ideas"), "idea-list", "idea"),
    Item(_("Quality"), "quality", "quality"),
    Item(_("Works"), "work-list", "work"),
    Item(_("Money"), "fund-list", "money", Permission.FUND_READ),
    Item(_("Organisation"), "organisation", "people", Permission.ORGANISATION_MANAGE),
)
# fmt: on


def navigation(request: HttpRequest) -> dict[str, object]:
    """Return the menu for the person behind `request`; empty for a stranger."""
    person = getattr(request, "user", None)
    if person is None or not person.is_authenticated:
        return {"menu": []}
    return {
        "menu": [i for i in ITEMS if i.permission is None or person.may_somewhere(i.permission)]
    }
