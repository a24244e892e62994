"""What pages and papers say of decisions."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from foundation.money import format_kronor

from ..models import Condition, Decision, Idea, Outcome


def decisions_of(idea: Idea) -> list[Decision]:
    """Return all decisions on `idea`, the latest first, with those who took them.  One query."""
    return list(
        idea.decisions.select_related(
            "decided_by", "fund__unit", "meeting", "replaced_by"
        ).order_by("-pk")
    )


def granted(decision: Decision) -> str:
    """Say what was granted, and of how much if it was less; empty where no money is given."""
    if decision.outcome != Outcome.APPROVED:
        return ""
    amount = format_kronor(decision.project_ore)
    if decision.adds_to_id is not None:
        return _("%(amount)s more") % {"amount": amount}
    if decision.is_part_funded:
        return _("Asked for %(asked)s, granted %(amount)s") % {
            "asked": format_kronor(decision.asked_ore),
            "amount": amount,
        }
    return amount


def comes_back(decision: Decision) -> str:
    """Say on which condition the idea comes back; empty where there is none."""
    if decision.returns_when == Condition.DATE and decision.wait_until:
        return date_format(decision.wait_until, "j F Y")
    return str(Condition(decision.returns_when).label) if decision.returns_when else ""


def facts_of(decision: Decision, *, with_amounts: bool = True) -> list[tuple[str, object]]:
    """Return who decided, by what right and what was granted, as words and values."""
    return [
        (_("Granted"), granted(decision) if with_amounts else ""),
        (_("Decided by"), decision.decided_by.name),
        (_("Day"), date_format(timezone.localtime(decision.decided_at), "j F Y")),
        (_("Basis"), decision.get_basis_display()),
        (_("Delegation reference"), decision.delegation_reference),
        (_("Consulted"), decision.consulted),
        (_("Fund"), decision.fund),
        (_("Comes back when"), comes_back(decision)),
        (_("Case number"), decision.case_number),
        (_("Why it replaces the earlier one"), decision.replaces_why),
    ]
