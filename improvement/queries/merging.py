"""Which ideas another can be joined into, and which of them are likest to it."""

from django.contrib.postgres.search import TrigramSimilarity

from organisation.models import Person
from organisation.permissions import Permission

from ..models import Idea
from ..models.idea import OPEN_TO_OTHERS, IdeaQuerySet
from .similar import similar

ALIKE = 0.15  # from 0 to 1: below it, two titles have little more than letters in common
OFFERED = 5


def joinable(idea: Idea, person: Person) -> IdeaQuerySet:
    """Return what `person` may join `idea` into."""
    return (
        Idea.objects.filter(person.reach(Permission.IDEA_PREPARE), status__in=OPEN_TO_OTHERS)
        .exclude(pk=idea.pk)
        .select_related("unit")
    )


def likest(idea: Idea, candidates: IdeaQuerySet, person: Person) -> list[Idea]:
    """Return the few of `candidates` that are most like `idea`.

    Those whose text is like its text; where they are few, those whose titles have letters in common.
    """
    alike = similar(person, f"{idea.title}. {idea.need}", but=idea.key)
    open_to_it = candidates.in_bulk([other.idea.pk for other in alike])
    found = [open_to_it[other.idea.pk] for other in alike if other.idea.pk in open_to_it]
    if len(found) < OFFERED:
        by_title = candidates.exclude(pk__in=open_to_it).annotate(
            likeness=TrigramSimilarity("title", idea.title)
        )
        found += by_title.filter(likeness__gte=ALIKE).order_by("-likeness", "-pk")[:OFFERED]
    return found[:OFFERED]
