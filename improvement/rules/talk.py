"""Why one may not support, follow or comment on an idea, or take a comment away."""

from django.utils.translation import gettext as _

from organisation.models import Person
from organisation.permissions import Permission

from ..models import Comment, Idea, IdeaStatus
from .ideas import authors_of


def why_not_talk(idea: Idea, person: Person) -> str | None:
    """Say why `person` may not comment on `idea`, or follow it.  Asks the database."""
    if idea.status == IdeaStatus.DRAFT:
        return _("It is a draft. Others see it when it has been submitted.")
    if idea.status == IdeaStatus.MERGED:
        return _("It has been joined with another idea. The conversation goes on there.")
    if not Idea.objects.visible_to(person).filter(pk=idea.pk).exists():
        return _("You cannot see this idea.")
    return None


def why_not_support(idea: Idea, person: Person) -> str | None:
    """Say why `person` may not say "I agree" to `idea`.  Asks the database."""
    if person.pk in authors_of(idea):
        return _("It is your own idea. Supporting it is for others.")
    return why_not_talk(idea, person)


def why_not_remove(comment: Comment, person: Person, why: str) -> str | None:
    """Say why `person` may not take away the words of `comment`.

    One takes away one's own; whoever prepares ideas there may take away others', with a reason.
    """
    if comment.removed_at is not None:
        return _("The comment has already been taken away.")
    if comment.by_id == person.pk:
        return None
    if not person.may(Permission.IDEA_PREPARE, at=comment.idea.unit):
        return _("Only the person who wrote it, or a development lead, can take it away.")
    if not why.strip():
        return _("Write why. The person who wrote the comment will read it.")
    return None
