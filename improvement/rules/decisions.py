"""Why a decision may not be taken, or not by this person, or not of this amount."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from foundation.flow import Step
from foundation.money import format_kronor
from organisation.models import Person
from organisation.permissions import Permission
from organisation.rules import why_not_with

from ..flow import DECIDED, IDEA_FLOW
from ..models import Basis, Condition, Conflict, Decision, Fund, Idea, IdeaStatus, Outcome
from ..queries.closeness import owners_of
from .ideas import why_not

# --- who -------------------------------------------------------------------------------------


def why_not_decide(idea: Idea, person: Person) -> str | None:
    """Say why `person` may not decide on `idea`, whatever the outcome would be."""
    refusals = (why_not(IDEA_FLOW[name], idea, person) for name in DECIDED)
    return next((refusal for refusal in refusals if refusal), None) or why_not_handle(idea, person)


def may_decide(idea: Idea, person: Person) -> bool:
    return why_not_decide(idea, person) is None


def why_not_take(step: Step, idea: Idea, person: Person) -> str | None:
    """Say why `person` may not take a decider's `step` with `idea` now."""
    return why_not(step, idea, person) or why_not_handle(idea, person)


def why_not_handle(idea: Idea, person: Person) -> str | None:
    """Say why `person` is too close to `idea` to decide on it.  Asks the database.

    Close are its author, whoever wrote it down for somebody, the authors of the ideas that were
    joined with it, and whoever has declared a conflict of interest.  To have prepared it is no
    hindrance.  A trigger holds the same in the database.
    """
    if person.pk in owners_of([idea])[idea.pk]:
        return _("You cannot decide on what is your own; somebody else must do it.")
    if Conflict.objects.filter(idea=idea, person=person).exists():
        return _("You have a conflict of interest in this idea; somebody else must decide on it.")
    return None


def why_not_declare(idea: Idea) -> str | None:
    """Say why a conflict of interest need not, or cannot, be declared for `idea` any more."""
    if idea.status in (IdeaStatus.MERGED, IdeaStatus.DONE, IdeaStatus.WITHDRAWN):
        return _("There is nothing left to decide about this idea.")
    return None


# --- on which grounds --------------------------------------------------------------------------


def why_not_on(basis: str, delegation_reference: str, reason: str) -> str | None:
    """Say what a decision lacks to be a lawful one (kommunallagen 6:37, 7:5)."""
    if not reason.strip():
        return _("Write the reason. The author will read it.")
    if basis == Basis.DELEGATED and not delegation_reference.strip():
        return _("Write the point of the delegation order that gives you the right to decide.")
    return None


def why_not_unsaid(why: str) -> str | None:
    return None if why.strip() else _("Write a sentence about why.")


# --- what ----------------------------------------------------------------------------------------


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


def why_not_more_than_asked(project_ore: int, asked_ore: int) -> str | None:
    """Say why more than was asked for is not granted: it is mostly a slip of the finger."""
    if project_ore > asked_ore:
        return _(
            "That is more than the %(asked)s that was asked for. "
            "If it costs more, the costs are changed in the preparation first."
        ) % {"asked": format_kronor(asked_ore)}
    return None


def why_not_between_meetings(fund: Fund, project_ore: int) -> str | None:
    """Say why an amount is too large to decide on without a meeting."""
    limit_ore = fund.between_meetings_ore
    if limit_ore is not None and project_ore > limit_ore:
        return _(
            "Between meetings at most %(limit)s of %(fund)s is decided on. "
            "Put the idea on the agenda of a meeting."
        ) % {"limit": format_kronor(limit_ore), "fund": fund}
    return None


def why_not_back(
    outcome: str, returns_when: str, wait_until: date | None, idea: Idea, on: date
) -> str | None:
    """Say what is wrong with the condition on which an idea is to come back."""
    if outcome == Outcome.WAITING and not returns_when:
        return _("Choose what brings the idea back, so that it is not forgotten.")
    if returns_when == Condition.DATE and wait_until is None:
        return _("Write the day when the idea comes back.")
    if wait_until is not None and wait_until <= on:
        return _("The day when the idea comes back must lie ahead, after %(today)s.") % {
            "today": date_format(on, "j F Y")
        }
    if returns_when == Condition.RED and idea.kpi_id is None:
        return _("The idea is not aimed at any measure, so no measure can bring it back.")
    return None


# --- once more -------------------------------------------------------------------------------------


def why_not_replace(decision: Decision, idea: Idea, person: Person, paid_ore: int) -> str | None:
    """Say why `person` may not put a new decision in the place of `decision`."""
    if decision.revision != idea.revision or decision.adds_to_id is not None:
        return _("There is a later decision on this idea already.")
    if idea.status == IdeaStatus.UNDERWAY:
        return _(
            "The work has begun, so the decision stands. What more it costs needs a decision of "
            "its own: choose “Grant more money”."
        )
    if paid_ore:
        return _("%(paid)s has been paid already, so the decision stands.") % {
            "paid": format_kronor(paid_ore)
        }
    return why_not_take(IDEA_FLOW["reconsider"], idea, person)


def why_not_add(decision: Decision, idea: Idea, person: Person) -> str | None:
    """Say why `person` may not grant more money to what was approved by `decision`."""
    if decision.outcome != Outcome.APPROVED or decision.adds_to_id is not None:
        return _("More money is added to the decision that approved the idea.")
    if idea.status != IdeaStatus.UNDERWAY:
        return _(
            "More money is granted while the work goes on. Before that, the decision is replaced."
        )
    # The permission and the own idea as for any approval; the state is asked above.
    return why_not_with(Permission.IDEA_DECIDE, person, at=idea.unit) or why_not_handle(
        idea, person
    )


def why_not_decided_since(idea: Idea, seen_revision: int | None) -> str | None:
    """Say that more has been decided since the form was opened: mostly the same, pressed twice.

    Args:
        seen_revision: `Idea.revision` when the form was shown; None when there was no form.
    """
    if seen_revision is None or seen_revision == idea.revision:
        return None
    return _("More has been decided on this idea since you opened the page. Look at it first.")


def why_not_extra(fund: Fund, extra_ore: int) -> str | None:
    """Say why `extra_ore` more is not granted between meetings, whatever is left."""
    if extra_ore <= 0:
        return _("The amount must be above zero.")
    return why_not_between_meetings(fund, extra_ore)


def why_not_spare(left_ore: int, extra_ore: int, *, others_first: bool) -> str | None:
    """Say why there is no more money at once: what goes on cannot wait in the queue."""
    if extra_ore > left_ore:
        return _("Only %(left)s is left in the period.") % {"left": format_kronor(left_ore)}
    if others_first:
        return _("Others wait in the queue for this money, and their turn comes first.")
    return None
