"""Every passage of an idea: it is moved, written in the journal and told, all or nothing."""

from collections.abc import Iterable, Mapping

from django.urls import reverse
from django.utils import timezone

from foundation import journal
from foundation.flow import Step
from organisation.actions import notices
from organisation.actions.notices import News
from organisation.models import Person

from ..models import Idea
from ..queries.audience import audiences_of

# Told in words of their own where they are done, or no news to anybody yet.
TOLD_ELSEWHERE = ("submit", "merge", "split")


def move(
    idea: Idea,
    step: Step,
    *,
    by: Person | None,
    why: str = "",
    also: tuple[str, ...] = (),
    **data: object,
) -> None:
    """Take `idea` one step, as `journal.move` does, and tell those whom it concerns.

    Its author and those who follow it, but not whoever did it.  Under the idea's lock.

    Args:
        why: The reason; the author reads it with the notice.
    """
    idea.told_at = timezone.now()
    journal.move(idea, step, by=by, why=why, also=(*also, "told_at"), **data)
    tell([idea], step, by=by, whys={idea.pk: why})


def tell(
    ideas: Iterable[Idea], step: Step, *, by: Person | None, whys: Mapping[int, str] | None = None
) -> None:
    """Tell that `ideas` have taken `step`, where they were not moved with `move`.

    Four queries, however many the ideas.

    Args:
        whys: The sentence that came with it, by the id of the idea.
    """
    if step.name in TOLD_ELSEWHERE:
        return
    moved = list(ideas)
    audiences = audiences_of(moved)
    done_by = by.pk if by is not None else None
    notices.tell_all(
        News(
            to=person_id,
            kind=kind,
            title=idea.title,
            href=reverse("idea-detail", args=[idea.pk]),
            note=(whys or {}).get(idea.pk, ""),
        )
        for idea in moved
        for kind, people in (
            (f"idea.{step.name}", audiences[idea.pk].authors),
            (f"followed.{step.name}", audiences[idea.pk].others),
        )
        for person_id in sorted(people)
        if person_id != done_by
    )
