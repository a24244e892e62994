"""Every passage of a work: it is moved, written in the journal and told, all or nothing."""

from collections.abc import Iterable

from django.urls import reverse

from foundation import journal
from foundation.flow import Step
from organisation.actions import notices
from organisation.models import Person

from ..models import Work

# The sentence of each stands in programme/sentences.py; the other steps are no news to anybody.
TOLD = (
    *("propose_anew", "confirm", "decline", "pause", "resume", "plan_on", "stop", "reopen"),
    *("secure", "plan_anew", "test_anew"),
)
# These change what the manager who asked for it can count on.
TOLD_TO_MANAGER = ("propose_anew", "pause", "resume", "stop", "reopen")


def move(work: Work, step: Step, *, by: Person, why: str = "", also: tuple[str, ...] = ()) -> None:
    """Take `work` one step, as `journal.move` does, and tell those whom it concerns.

    Its team, and for some steps the manager who asked for it; not whoever did it.  Under the
    work's lock.
    """
    journal.move(work, step, by=by, why=why, also=also)
    if step.name not in TOLD:
        return
    people = set(work.team_ids) if step.name != "propose_anew" else set()
    if step.name in TOLD_TO_MANAGER and work.asked_by_id is not None:
        people.add(work.asked_by_id)
    tell(work, step.name, people, by=by, why=why)


def tell(
    work: Work, name: str, people: Iterable[Person | int], *, by: Person, why: str = ""
) -> None:
    """Tell people one thing about `work`; its charter is what they read."""
    notices.tell(
        people,
        kind=f"work.{name}",
        title=work.title,
        href=reverse("work-charter", args=[work.pk]),
        note=why,
        except_for=by,
    )
