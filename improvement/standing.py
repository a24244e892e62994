"""Where an idea stands and why it stands still, in words.  The facts are in queries/standing.py."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from organisation.models import Person

from .models import Condition, IdeaStatus


def words(facts: dict[str, Any], who: Collection[Person] = ()) -> str:
    """Say in the language of now where an idea stands, and whom it is with."""
    said = [_where(facts)]
    if facts["state"] == IdeaStatus.READY and facts.get("meets_on"):
        said.append(_("It is on the agenda of a meeting on %(day)s.") % _day(facts["meets_on"]))
    if who:
        names = ", ".join(person.name for person in who)
        said.append(_("It is with %(names)s, who has been reminded.") % {"names": names})
    said.append(_("It was last heard of on %(day)s.") % _day(facts["since"]))
    return " ".join(said)


def _where(facts: dict[str, Any]) -> str:
    match facts["state"]:
        case IdeaStatus.SUBMITTED:
            return _("It has come in, and nobody has begun to prepare it yet.")
        case IdeaStatus.PREPARING:
            return _("It is being prepared for a decision, and that is not finished yet.")
        case IdeaStatus.RETURNED:
            return _("More information was asked for. It goes on when the author has answered.")
        case IdeaStatus.READY:
            return _("It is ready for a decision, which has not been made yet.")
        case IdeaStatus.WAITING:
            return _waits_for(facts)
        case IdeaStatus.QUEUED:
            return _in_queue(facts)
        case _:
            return _("The money is reserved, and the work can be started.")


def _waits_for(facts: dict[str, Any]) -> str:
    match facts.get("returns_when", ""):
        case Condition.DATE if facts.get("until"):
            return _("It was decided to wait. It comes back on %(day)s.") % _day(facts["until"])
        case Condition.MONEY:
            return _("It was decided to wait. It comes back when there is money to decide on.")
        case Condition.RED:
            return _(
                "It was decided to wait. It comes back when the measure it is aimed at is red."
            )
    return _("It was decided to wait, and no day has been set for when it comes back.")


def _in_queue(facts: dict[str, Any]) -> str:
    place = _("It is approved and has place %(place)s of %(of)s in the queue for money.") % {
        "place": facts.get("place", "?"),
        "of": facts.get("of", "?"),
    }
    if not facts.get("next_on"):
        return f"{place} {_('When more money comes is not known yet.')}"
    return f"{place} {_('New money is expected on %(day)s.') % _day(facts['next_on'])}"


def _day(iso: str) -> dict[str, str]:
    return {"day": date_format(date.fromisoformat(iso), "j F Y")}
