"""Why not?  Each question is answered once: None, or a sentence for the person who asked."""

from datetime import date

from django.utils.translation import gettext as _

from foundation.flow import Step
from foundation.money import format_kronor
from organisation import rules as organisation_rules
from organisation.models import Person
from organisation.permissions import Permission

from .flow import DECIDED, IDEA_FLOW, PRESSED
from .models import Basis, Decision, Fund, Idea, Period


def why_not(step: Step, idea: Idea, person: Person) -> str | None:
    """Say why `person` may not take `step` with `idea` now."""
    return organisation_rules.why_not_step(
        step, idea, person, unit=idea.unit, owner_ids={idea.author_id}
    )


def pressed_steps(idea: Idea, person: Person) -> list[Step]:
    """Return the steps that are one button each, for the page."""
    return [s for name in PRESSED if why_not(s := IDEA_FLOW[name], idea, person) is None]


def why_not_decide(idea: Idea, person: Person) -> str | None:
    """Say why `person` may not decide on `idea`, whatever the outcome would be."""
    refusals = (why_not(IDEA_FLOW[name], idea, person) for name in DECIDED)
    return next((refusal for refusal in refusals if refusal), None)


def may_decide(idea: Idea, person: Person) -> bool:
    return why_not_decide(idea, person) is None


def may_start(idea: Idea, person: Person) -> bool:
    """Say whether `person` may turn a funded idea into a work: a leader there, or the author."""
    leads = person.may(Permission.WORK_LEAD, at=idea.unit) or idea.author_id == person.pk
    return leads and idea.status in IDEA_FLOW["start"].sources


def why_not_edit(idea: Idea, person: Person) -> str | None:
    """Say why `person` may not change what the author wrote."""
    return why_not(IDEA_FLOW["submit"], idea, person)


def why_not_cost(idea: Idea, person: Person) -> str | None:
    """Say why `person` may not change costs and preparation."""
    return why_not(IDEA_FLOW["propose"], idea, person)


def why_not_put_forward(idea: Idea) -> str | None:
    """Say what is missing before a decision can be asked for.  Asks the database."""
    if idea.cost_ore() == 0:
        return _(
            "Write what it costs first. If it costs nothing, choose “Do it now” instead of a decision."
        )
    if not idea.agreed_with:
        return _("Write who the costs are agreed with first.")
    return None


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


def why_not_pay(decision: Decision, reserved_ore: int, amount_ore: int) -> str | None:
    """Say why `amount_ore` cannot be paid of what `decision` still has reserved."""
    if amount_ore <= 0:
        return _("The amount must be above zero.")
    if amount_ore > reserved_ore:
        return _("Only %(left)s is left of what was reserved. More needs a new decision.") % {
            "left": format_kronor(reserved_ore)
        }
    return None


def why_not_close(period: Period, following: Period | None, on: date) -> str | None:
    """Say why `period` cannot be closed and its money moved to `following`."""
    if period.is_closed:
        return _("The period is already closed.")
    if period.ends_on >= on:
        return _("The period has not ended yet.")
    if following is None:
        return _("There is no later period to move the money to. Add one first.")
    return None


def why_not_manage(fund: Fund, person: Person) -> str | None:
    return organisation_rules.why_not_with(Permission.FUND_MANAGE, person, at=fund.unit)
