"""Why an idea may not take a step, or be changed."""

from django.db.models import Q

from foundation.flow import By, Step
from organisation import rules as organisation_rules
from organisation.models import Person
from organisation.permissions import Permission

from ..flow import IDEA_FLOW, PRESSED
from ..models import Idea, IdeaStatus

# Who handles an idea has use for what it costs.
SEES_AMOUNTS = (Permission.IDEA_PREPARE, Permission.IDEA_DECIDE, Permission.FUND_READ)


def why_not(step: Step, idea: Idea, person: Person) -> str | None:
    """Say why `person` may not take `step` with `idea` now.

    An idea that others have been joined with is theirs too; only withdrawing it is for the one
    who left it.  May ask the database, once per idea.
    """
    if refusal := organisation_rules.why_not_now(step, idea):
        return refusal
    alone = step.by not in (By.OWNER, By.OTHERS) or step.name == "withdraw"
    owners = {idea.owner_id} if alone or idea.status == IdeaStatus.DRAFT else authors_of(idea)
    if step.by is By.OTHERS and idea.typed_by_id is not None:
        owners |= {idea.typed_by_id}  # who wrote it down does not decide on it either
    return organisation_rules.why_not_step(step, idea, person, unit=idea.unit, owner_ids=owners)


def authors_of(idea: Idea) -> set[int]:
    """Return the ids of those whose idea it is; more than one when ideas have been joined."""
    return set(idea.author_ids)


def may_see_amounts(idea: Idea, person: Person) -> bool:
    """Say whether `person` needs to see what `idea` costs: its authors, and those who handle it.

    Colleagues read the text, the state and the decision, and no kronor.
    """
    handles = any(person.may(permission, at=idea.unit) for permission in SEES_AMOUNTS)
    return handles or person.pk == idea.typed_by_id or person.pk in authors_of(idea)


def amounts_seen_by(person: Person) -> Q:
    """Return the condition that `may_see_amounts` would answer yes, to annotate rows with."""
    condition = Q(author=person) | Q(typed_by=person)
    for permission in SEES_AMOUNTS:
        condition |= person.reach(permission)
    joined = Idea.objects.filter(author=person).exclude(merged_into=None).values("merged_into")
    return condition | Q(pk__in=joined)


def pressed_steps(idea: Idea, person: Person) -> list[Step]:
    """Return the steps that are one button each, for the page."""
    return [s for name in PRESSED if why_not(s := IDEA_FLOW[name], idea, person) is None]


def may_grow(idea: Idea, person: Person) -> bool:
    """Say whether `person` may make a work of what is done directly (programme/ asks again)."""
    return idea.author_id == person.pk or person.may(Permission.WORK_LEAD, at=idea.unit)


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
