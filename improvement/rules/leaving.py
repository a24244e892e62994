"""Why something may not be written down, or not in this way."""

from uuid import UUID

from django.utils.translation import gettext as _

from organisation.models import Person, Unit
from organisation.permissions import Permission

from ..models import Idea, IdeaStatus


def why_not_leave(person: Person) -> str | None:
    """Say why `person` may not leave ideas at all."""
    if not person.may_somewhere(Permission.IDEA_WRITE):
        return _("You need an employment here to leave an idea.")
    return None


def why_not_about(unit: Unit) -> str | None:
    """Say why an idea cannot be about `unit`."""
    if not unit.is_active:
        return _("%(unit)s is closed. Choose the unit that it has become.") % {"unit": unit}
    return None


def why_not_hand_in(idea: Idea) -> str | None:
    """Say what `idea` lacks before others can read it."""
    if not idea.need.strip():
        return _("Write what the need is first.")
    return why_not_about(idea.unit)


def why_not_for(author: Person, by: Person) -> str | None:
    """Say why `by` may not leave an idea in the name of `author`."""
    if author.pk == by.pk:
        return None
    if not author.is_active or not author.may_somewhere(Permission.IDEA_WRITE):
        return _("%(person)s does not work here, and so cannot be the author.") % {"person": author}
    return None


def why_not_continue(idea: Idea, person: Person) -> str | None:
    """Say why `person` may not go on writing what was begun in the same form."""
    if person.pk not in (idea.author_id, idea.typed_by_id):
        return _(
            "Somebody else began to write in this form. "
            "Copy what you have written, and open the form anew."
        )
    return None


def is_written_elsewhere(idea: Idea, *, page: UUID, seen: UUID | None) -> bool:
    """Say whether the text was changed on another page since this one was opened.

    Args:
        page: Names the page that one writes on.
        seen: The page that had last written when it was opened; None where nobody looked first.
    """
    return seen is not None and idea.written_in not in (page, seen)


def why_not_overwrite(idea: Idea, *, page: UUID, seen: UUID | None) -> str | None:
    if is_written_elsewhere(idea, page=page, seen=seen):
        return _(
            "The text has been changed on another page since you opened this one. Both texts are "
            "shown here: put into yours what you want to keep of the other, and save again."
        )
    return None


def why_not_throw_away(idea: Idea, person: Person) -> str | None:
    """Say why `person` may not throw `idea` away: only what nobody else has seen can be."""
    if idea.status != IdeaStatus.DRAFT:
        return _("It has been submitted, and cannot be thrown away. You can withdraw it.")
    if person.pk != idea.owner_id:
        return _("Only the person who writes the draft can throw it away.")
    return None
