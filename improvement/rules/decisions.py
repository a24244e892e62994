"""Why a decision may not be taken, or not by this person, or not of this amount."""

from django.utils.translation import gettext as _

from foundation.money import format_kronor
from organisation.models import Person

from ..flow import DECIDED, IDEA_FLOW
from ..models import Basis, Fund, Idea
from .ideas import why_not


def why_not_decide(idea: Idea, person: Person) -> str | None:
    """Say why `person` may not decide on `idea`, whatever the outcome would be."""
    refusals = (why_not(IDEA_FLOW[name], idea, person) for name in DECIDED)
    return next((refusal for refusal in refusals if refusal), None)


def may_decide(idea: Idea, person: Person) -> bool:
    return why_not_decide(idea, person) is None


def why_not_on(basis: str, delegation_reference: str, reason: str) -> str | None:
    """Say what a decision lacks to be a lawful one (kommunallagen 6:37, 7:5)."""
    if not reason.strip():
        return _("Write the reason. The author will read it.")
    if basis == Basis.DELEGATED and not delegation_reference.strip():
        return _("Write the point of the delegation order that gives you the right to decide.")
    return None


def why_not_amount(fund: Fund, idea: Idea, project_ore: int) -> str | None:
    """Say why `fund` cannot promise `project_ore` to `idea`, whatever is left in it."""
    if fund.unit_id not in idea.unit.lineage or not fund.is_active:
        return _("%(fund)s does not pay for %(unit)s.") % {"fund": fund, "unit": idea.unit}
    if project_ore <= 0:
        return _("The amount must be above zero.")
    if project_ore > fund.cap_ore and not idea.cap_reason:
        return _(
            "More than the guide amount of %(cap)s needs a written reason. "
            "The development lead writes it in the preparation."
        ) % {"cap": format_kronor(fund.cap_ore)}
    return None
