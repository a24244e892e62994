"""Who is too close to an idea to decide on it."""

from collections.abc import Iterable

from organisation.models import Person

from ..models import Conflict, Idea


def owners_of(ideas: Iterable[Idea]) -> dict[int, set[int]]:
    """Return whose each idea is: who left it, who wrote it down, and those of what was joined.

    One query for each time that ideas were joined with one that was itself joined with another.
    """
    owners = {idea.pk: {idea.author_id, idea.typed_by_id} for idea in ideas}
    leads_to = {pk: pk for pk in owners}
    level = list(owners)
    while level:
        joined = Idea.objects.filter(merged_into__in=level).values_list(
            "pk", "merged_into", "author", "typed_by"
        )
        level = []
        for pk, into, *people in joined:
            assert into is not None  # it was asked for by that
            leads_to[pk] = leads_to[into]
            owners[leads_to[pk]].update(people)
            level.append(pk)
    return {pk: {person for person in people if person} for pk, people in owners.items()}


def hindered(person: Person, ideas: Iterable[Idea]) -> set[int]:
    """Return the ids of those ideas that `person` may not decide on, whatever role one has."""
    ideas = list(ideas)
    declared = Conflict.objects.filter(person=person, idea__in=ideas)
    own = {pk for pk, people in owners_of(ideas).items() if person.pk in people}
    return own | set(declared.values_list("idea", flat=True))
