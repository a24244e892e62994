"""Leaving an idea, changing it, and the steps that are one button."""

import re
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.errors import Refused, require
from foundation.journal import move, record
from measures.models import Kpi
from organisation.models import Person, Unit
from organisation.permissions import Permission
from organisation.rules import why_not_now

from ..flow import IDEA_FLOW, PRESSED, SAYS_WHY
from ..models import Idea
from ..rules.ideas import why_not, why_not_edit, why_not_put_forward

TITLE_LENGTH = 80


@transaction.atomic
def create(
    *,
    unit: Unit,
    need: str,
    beneficiaries: str = "",
    solution: str = "",
    kpi: Kpi | None = None,
    key: UUID | None = None,
    submit: bool = True,
    by: Person,
) -> Idea:
    """Write an idea down; as a draft, or handed in at once.

    Args:
        key: Names the form it was written in.  The same form sent twice is one idea.
    """
    if not by.may_somewhere(Permission.IDEA_WRITE):
        raise Refused(_("You need an employment here to leave an idea."))
    idea, is_new = Idea.objects.get_or_create(
        author=by,
        key=key or uuid4(),
        defaults={
            "unit": unit,
            "title": title_from(need),
            "need": need,
            "beneficiaries": beneficiaries,
            "solution": solution,
            "kpi": kpi,
        },
    )
    if not is_new:
        return idea
    record("idea.create", idea, by=by)
    if submit:
        move(idea, IDEA_FLOW["submit"], by=by)
    return idea


@transaction.atomic
def edit(
    *,
    idea_id: int,
    unit: Unit,
    need: str,
    beneficiaries: str,
    solution: str,
    by: Person,
    kpi: Kpi | None = None,
) -> Idea:
    """Change what the author wrote, while it is theirs to change."""
    idea = Idea.objects.locked().select_related("unit").get(pk=idea_id)
    require(why_not_edit(idea, by))
    if idea.title == title_from(idea.need):
        idea.title = title_from(need)
    idea.unit, idea.need, idea.beneficiaries, idea.solution = unit, need, beneficiaries, solution
    idea.kpi = kpi
    idea.save(update_fields=["unit", "title", "need", "beneficiaries", "solution", "kpi"])
    record("idea.edit", idea, by=by)
    return idea


@transaction.atomic
def press(*, idea_id: int, step_name: str, why: str = "", by: Person) -> Idea:
    """Take one of the steps that are a single button (`flow.PRESSED`).

    Args:
        why: A sentence to the author; needed for the steps in `flow.SAYS_WHY`.
    """
    if step_name not in PRESSED:
        raise Refused(_("This cannot be done here."))
    step = IDEA_FLOW[step_name]
    idea = Idea.objects.locked().select_related("unit").get(pk=idea_id)
    require(why_not(step, idea, by))
    if step_name in SAYS_WHY and not why.strip():
        raise Refused(_("Write a sentence to the author first."))
    if step_name == "propose":
        require(why_not_put_forward(idea))
        idea.revision += 1
    move(idea, step, by=by, why=why.strip(), also=("revision",))
    return idea


@transaction.atomic
def start(*, idea_id: int, by: Person) -> Idea:
    """Say that the work has begun.  Who may is for the work's own action to ask."""
    return _follow(idea_id, "start", by)


@transaction.atomic
def complete(*, idea_id: int, by: Person) -> Idea:
    """Say that the work is finished and reported.  Asked for where its money is settled."""
    return _follow(idea_id, "complete", by)


def title_from(need: str) -> str:
    """Return the first sentence of `need`, shortened at a word where it is long.

    >>> title_from("Medicinen kommer för sent. Det händer varje vecka.")
    'Medicinen kommer för sent'
    """
    first = re.split(r"(?<=[.!?])\s|\n", need.strip(), maxsplit=1)[0].strip().rstrip(".")
    if len(first) <= TITLE_LENGTH:
        return first
    return first[: TITLE_LENGTH + 1].rsplit(" ", 1)[0][:TITLE_LENGTH].rstrip(" ,;:") + " …"


def _follow(idea_id: int, step_name: str, by: Person) -> Idea:
    """Take a step that follows from another action, which has asked who may."""
    idea = Idea.objects.locked().select_related("unit").get(pk=idea_id)
    step = IDEA_FLOW[step_name]
    require(why_not_now(step, idea))
    move(idea, step, by=by)
    return idea
