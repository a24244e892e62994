"""What a person can start a work from."""

from dataclasses import dataclass

from django.db.models import Q

from improvement.models import Idea, IdeaStatus
from organisation.models import Person
from organisation.permissions import Permission

MOST = 20


@dataclass(frozen=True, slots=True)
class Beginnings:
    """Ideas with money, and what is done directly, none of which is a work yet."""

    funded: list[Idea]
    direct: list[Idea]


def ideas_to_begin(person: Person) -> Beginnings:
    """Return the latest of each that `person` may start a work from.  One query."""
    may = Q(author=person) | person.reach(Permission.WORK_LEAD)
    ideas = (
        Idea.objects.visible_to(person)
        .filter(may, work=None, status__in=[IdeaStatus.FUNDED, IdeaStatus.DIRECT])
        .for_list()
        .order_by("-created_at", "-pk")
    )
    found = list(ideas[: 2 * MOST])
    return Beginnings(
        funded=[idea for idea in found if idea.status == IdeaStatus.FUNDED][:MOST],
        direct=[idea for idea in found if idea.status == IdeaStatus.DIRECT][:MOST],
    )
