"""Why ideas about the same thing may not be joined."""

from django.utils.translation import gettext as _

from organisation.models import Person
from organisation.permissions import Permission
from organisation.rules import state_says_no, why_not_with

from ..flow import IDEA_FLOW
from ..models import Idea
from ..models.idea import OPEN_TO_OTHERS
from .ideas import why_not


def why_not_merge(idea: Idea, into: Idea, person: Person) -> str | None:
    """Say why `person` may not join `idea` into the idea `into`."""
    if idea.pk == into.pk:
        return _("An idea cannot be joined with itself.")
    if refusal := why_not(IDEA_FLOW["merge"], idea, person):
        return refusal
    if into.status not in OPEN_TO_OTHERS:
        return _("“%(idea)s” cannot take in another idea: %(refusal)s") % {
            "idea": into,
            "refusal": state_says_no(into),
        }
    return why_not_with(Permission.IDEA_PREPARE, person, at=into.unit)
