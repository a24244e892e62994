"""Leaving an idea, changing it, and the steps that are one button."""

from collections.abc import Sequence
from uuid import UUID, uuid4

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.errors import Refused, require
from foundation.journal import record
from foundation.uploads import Upload
from measures.models import Kpi
from organisation.actions import notices
from organisation.models import Person, Unit
from organisation.rules import why_not_now

from ..flow import IDEA_FLOW, PRESSED, SAYS_WHY
from ..models import Idea, IdeaStatus
from ..rules.ideas import step_to_submit, why_not, why_not_edit
from ..rules.leaving import why_not_hand_in, why_not_leave
from ..rules.preparing import why_not_put_forward
from . import drafts
from .moving import move


@transaction.atomic
def create(
    *,
    unit: Unit,
    need: str,
    beneficiaries: str = "",
    solution: str = "",
    kpi: Kpi | None = None,
    author: Person | None = None,
    uploads: Sequence[Upload] = (),
    page: UUID | None = None,
    seen: UUID | None = None,
    key: UUID | None = None,
    submit: bool = True,
    by: Person,
) -> Idea:
    """Write an idea down; as a draft, or handed in at once.

    Args:
        author: Whose idea it is, when `by` writes it down for somebody else.
        page, seen: See `drafts.Written`.
        key: Names the form it was written in.  The same form sent twice is one idea, and what
            was kept of it as a draft is that idea.
    """
    require(why_not_leave(by))
    written = drafts.Written(
        unit, need, beneficiaries, solution, kpi, author, page=page or uuid4(), seen=seen
    )
    key = key or uuid4()
    idea = drafts.under(key, by) or drafts.begin(key, unit, written.page, by)
    if idea.status != IdeaStatus.DRAFT:
        return idea
    drafts.put_in(idea, written, by, uploads)
    if submit:
        _hand_in(idea, by)
    return idea


@transaction.atomic
def edit(
    *,
    idea_id: int,
    unit: Unit,
    need: str,
    beneficiaries: str,
    solution: str,
    kpi: Kpi | None = None,
    author: Person | None = None,
    uploads: Sequence[Upload] = (),
    page: UUID | None = None,
    seen: UUID | None = None,
    submit: bool = False,
    by: Person,
) -> Idea:
    """Change what the author wrote, while it is theirs to change, and perhaps hand it in.

    Raises:
        Refused: it is somebody else's, in another state, or changed on another page meanwhile.
    """
    idea = Idea.objects.locked().select_related("unit").get(pk=idea_id)
    require(why_not_edit(idea, by))
    written = drafts.Written(
        unit, need, beneficiaries, solution, kpi, author, page=page or uuid4(), seen=seen
    )
    drafts.put_in(idea, written, by, uploads)
    record("idea.edit", idea, by=by)
    if submit:
        _hand_in(idea, by)
    return idea


@transaction.atomic
def record_done(
    *, unit: Unit, text: str, author: Person | None = None, key: UUID | None = None, by: Person
) -> Idea:
    """Write down something small that has been done already, without an application.

    Args:
        text: What was done.
        key: Names the form; the same form sent twice is one thing done.
    """
    require(why_not_leave(by))
    written = drafts.Written(unit, need=text, author=author)
    key = key or uuid4()
    idea = drafts.under(key, by) or drafts.begin(key, unit, written.page, by)
    if idea.status != IdeaStatus.DRAFT:
        return idea
    drafts.put_in(idea, written, by)
    idea.is_direct = True
    move(idea, IDEA_FLOW["record"], by=by, also=("is_direct",))
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
    if step_name in ("submit", "answer"):
        _hand_in(idea, by)
        return idea
    if step_name == "propose":
        require(why_not_put_forward(idea))
        idea.revision += 1
    if step.target == IdeaStatus.DIRECT:
        idea.is_direct = True
    if step_name == "prepare" and idea.assigned_to_id is None:
        idea.assigned_to = by  # whoever begins has it
    idea.answered_at = None
    also = ("revision", "assigned_to", "answered_at", "is_direct")
    move(idea, step, by=by, why=why.strip(), also=also)
    return idea


@transaction.atomic
def start(*, idea_id: int, by: Person) -> Idea:
    """Say that the work has begun.  Who may is for the work's own action to ask."""
    return _follow(idea_id, "start", by)


@transaction.atomic
def complete(*, idea_id: int, by: Person) -> Idea:
    """Say that the work is finished and reported.  Asked for where its money is settled."""
    return _follow(idea_id, "complete", by)


def _hand_in(idea: Idea, by: Person) -> None:
    """Submit the draft, or the answer, of whoever writes; the author of another's words is told."""
    step = step_to_submit(idea)
    require(why_not(step, idea, by))
    require(why_not_hand_in(idea))
    idea.answered_at = timezone.now() if step.name == "answer" else None
    move(idea, step, by=by, also=("answered_at",))
    if idea.typed_by_id is not None and step.name == "submit":
        notices.tell(
            [idea.author_id, idea.typed_by_id],
            kind="idea.written_for",
            title=idea.title,
            href=reverse("idea-detail", args=[idea.pk]),
        )


def _follow(idea_id: int, step_name: str, by: Person) -> Idea:
    """Take a step that follows from another action, which has asked who may."""
    idea = Idea.objects.locked().select_related("unit").get(pk=idea_id)
    step = IDEA_FLOW[step_name]
    require(why_not_now(step, idea))
    move(idea, step, by=by)
    return idea
