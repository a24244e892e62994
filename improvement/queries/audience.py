"""Who is told what happens to an idea."""

from collections.abc import Collection
from dataclasses import dataclass, field

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, QuerySet
from django.db.models.lookups import StartsWith

from organisation.models import Assignment, Employment
from organisation.permissions import GRANTS, Permission

from ..models import Follow, Idea

_READERS = [role for role, granted in GRANTS.items() if Permission.IDEA_READ in granted]


@dataclass(slots=True)
class Audience:
    """Ids of persons.

    Attributes:
        authors: Whose idea it is, with the authors of what has been joined with it.
        others: Who wrote it down for somebody, who prepares it, and those who follow it and may
            still see it.
    """

    authors: set[int] = field(default_factory=set)
    others: set[int] = field(default_factory=set)


def audiences_of(ideas: Collection[Idea]) -> dict[int, Audience]:
    """Return whom to tell, by the id of the idea.  Two queries, however many the ideas."""
    heard = {idea.pk: Audience(authors={idea.author_id}) for idea in ideas}
    for joined in Idea.objects.filter(merged_into__in=heard).only("author_id", "merged_into_id"):
        heard[joined.merged_into_id or 0].authors.add(joined.author_id)
    for idea_id, person_id in _follows(heard).values_list("idea", "person"):
        heard[idea_id].others.add(person_id)
    for idea in ideas:
        if idea.typed_by_id is not None:
            heard[idea.pk].others.add(idea.typed_by_id)
        if idea.assigned_to_id is not None:
            heard[idea.pk].others.add(idea.assigned_to_id)
        heard[idea.pk].others -= heard[idea.pk].authors
    return heard


def _follows(idea_ids: Collection[int]) -> QuerySet[Follow]:
    """Follows by those who work where the idea is about, or look after a unit above it."""
    path = ExpressionWrapper(OuterRef("idea__unit__path"), output_field=CharField())
    works_there = Employment.objects.live().filter(
        person=OuterRef("person"), unit=OuterRef("idea__unit")
    )
    looks_after = Assignment.objects.filter(
        StartsWith(path, F("unit__path")), person=OuterRef("person"), role__in=_READERS
    )
    return Follow.objects.filter(idea__in=idea_ids).filter(
        Exists(works_there) | Exists(looks_after)
    )
