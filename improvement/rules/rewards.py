"""Why a reward's use may not be declared, or not by this person."""

from django.utils.translation import gettext as _

from organisation.models import Person
from organisation.permissions import Permission

from ..models import Decision, Outcome


def why_not_declare_use(
    decision: Decision, person: Person, *, leads_the_work: bool = False
) -> str | None:
    """Say why `person` may not say what the reward of `decision` is to be used for.

    Args:
        leads_the_work: Known by the work, which stands above the idea.
    """
    if decision.outcome != Outcome.APPROVED or not decision.reward_ore:
        return _("No reward belongs to this decision.")
    if hasattr(decision, "replaced_by"):
        return _("The decision has been replaced by a new one.")
    idea = decision.idea
    is_theirs = person.pk in (idea.author_id, idea.typed_by_id) or leads_the_work
    if not is_theirs and not person.may(Permission.WORK_LEAD, at=idea.unit):
        return _("Only those who carry the idea out say what the reward is used for.")
    return None
