"""Naming people in a text: "@Kim Lind"."""

import re
from collections.abc import Iterable

from django.db.models import F, Value
from django.db.models.functions import Concat, Lower

from .models import Person
from .models.person import PersonQuerySet

# "@" and up to four words after it: given names and family names, also "von" and "Anna-Karin".
_MENTION = re.compile(r"@((?:[\w'’-]+[ ]?){1,4})")


def named_in(text: str, readers: PersonQuerySet) -> tuple[set[Person], list[Person]]:
    """Return those whom `text` names with an @: those who may read it, and those who may not.

    A name that is nobody's is left as it is.  Two queries at most.
    """
    wanted = [_beginnings(words) for words in _MENTION.findall(text)]
    sought = {name for names in wanted for name in names}
    if not sought:
        return set(), []
    may_read = _by_name(readers, sought)
    found: set[Person] = set()
    unknown: set[str] = set()
    for names in wanted:
        longest = next((name for name in names if name in may_read), None)
        if longest:
            found.update(may_read[longest])
        else:
            unknown.update(names)
    strangers = _by_name(Person.objects.active(), unknown) if unknown else {}
    return found, [person for people in strangers.values() for person in people]


def _by_name(people: PersonQuerySet, names: Iterable[str]) -> dict[str, list[Person]]:
    """Return those of `people` who bear one of `names` (in lower case), by that name."""
    found: dict[str, list[Person]] = {}
    full = Lower(Concat(F("given_name"), Value(" "), F("family_name")))
    for person in people.annotate(full=full).filter(full__in=names).order_by("pk"):
        found.setdefault(person.name.lower(), []).append(person)
    return found


def _beginnings(words: str) -> list[str]:
    """Return what may be a name at the beginning of `words`, the longest first.

    >>> _beginnings("Kim von Essen kan")
    ['kim von essen kan', 'kim von essen', 'kim von']
    """
    parts = words.lower().split()
    return [" ".join(parts[:length]) for length in range(len(parts), 1, -1)]
