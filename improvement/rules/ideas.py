"""Why an idea may not take a step, or be changed."""

from django.utils.translation import gettext as _

from foundation.flow import Step
from organisation import rules as organisation_rules
from organisation.models import Person
from organisation.permissions import Permission

from ..flow import IDEA_FLOW, PRESSED
from ..models import Idea, IdeaStatus


def why_not(step: Step, idea: Idea, person: Person) -> str | None:
    """Say why `person` may not take `step` with `idea` now."""
    return organisation_rules.why_not_step(
        step, idea, person, unit=idea.unit, owner_ids={idea.author_id}
    )


def pressed_steps(idea: Idea, person: Person) -> list[Step]:
    """Return the steps that are one button each, for the page."""
    return [s for name in PRESSED if why_not(s := IDEA_FLOW[name], idea, person) is None]


def may_start(idea: Idea, person: Person) -> bool:
    """Say whether `person` may turn a funded idea into a work: a leader there, or the author."""
    leads = person.may(Permission.WORK_LEAD, at=idea.unit) or idea.author_id == person.pk
    return leads and idea.status in IDEA_FLOW["start"].sources


def why_not_edit(idea: Idea, person: Person) -> str | None:
    """Say why `person` may not change what the author wrote."""
    return why_not(step_to_submit(idea), idea, person)


def step_to_submit(idea: Idea) -> Step:
    """Return the step by which the author hands `idea` in: the first time, or after a question."""
    return IDEA_FLOW["answer" if idea.status == IdeaStatus.RETURNED else "submit"]


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
