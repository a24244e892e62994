"""Which ideas another can be joined into, and which of them are likest to it."""

from django.contrib.postgres.search import TrigramSimilarity

from organisation.models import Person
from organisation.permissions import Permission

from ..flow import OPEN_TO_OTHERS
from ..models import Idea
from ..models.idea import IdeaQuerySet

ALIKE = 0.15  # from 0 to 1: below it, two titles have little more than letters in common
OFFERED = 5


def joinable(idea: Idea, person: Person) -> IdeaQuerySet:
    """Return what `person` may join `idea` into."""
    return (
        Idea.objects.filter(person.reach(Permission.IDEA_PREPARE), status__in=OPEN_TO_OTHERS)
        .exclude(pk=idea.pk)
        .select_related("unit")
    )


def likest(idea: Idea, candidates: IdeaQuerySet) -> list[Idea]:
    """Return the few of `candidates` whose titles are most like that of `idea`.  One query."""
    alike = candidates.annotate(likeness=TrigramSimilarity("title", idea.title))
    return list(alike.filter(likeness__gte=ALIKE).order_by("-likeness", "-pk")[:OFFERED])
