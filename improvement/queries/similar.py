"""Ideas like the one that is being written, so that people join instead of starting over.

Two looks at the ideas that a person may see.  First the words of the text, as Swedish knows them
("larmen" is "larm"): a rare word in common says more than a frequent one, and what very many
ideas hold is not asked for at all.  Then, if too few were found, the letters of the titles: a word
put together with others ("larm" in "nattlarmet"), and one that nobody else has, so perhaps misspelt.

How frequent a word is comes from PostgreSQL's own statistics of the column, so there is nothing to
keep up to date.
"""

import math
from dataclasses import dataclass
from functools import reduce
from operator import add, or_
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.search import SearchQuery
from django.db import connection
from django.db.models import Case, Count, FloatField, Q, Value, When
from django.db.models.functions import Upper

from organisation.models import Person
from organisation.permissions import Permission

from ..models import Idea, IdeaStatus, Support
from ..models.idea import IdeaQuerySet

SHOWN = 5
SHORTEST = 12  # so many characters before there is anything to compare
READ = 1_000  # of a longer text, so much is compared
MOST_WORDS = 8
MOST_CANDIDATES = 2_500  # about so many ideas hold one of the words that are asked for
CANDIDATES = 200
SHORTEST_PART = 4  # letters of a word that is looked for inside others
NEARLY = 0.7  # of its weight, for a word that is only nearly the same
ALIKE = 0.3  # of what the words weigh together, so much must be in common; but never more
ENOUGH = 1.9  # than so many words of middling weight
RARE = 0.0005  # share of ideas taken to hold a word that is not among the frequent ones
NOT_SHOWN = (IdeaStatus.DRAFT, IdeaStatus.WITHDRAWN, IdeaStatus.MERGED)


@dataclass(frozen=True, slots=True)
class Similar:
    """An idea like the one that is being written."""

    idea: Idea
    supports: int
    is_supported: bool  # by the one who looks
    may_support: bool


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of the text, as it is kept, and the share of all ideas that hold it."""

    lexeme: str
    known: float | None  # None: not among the frequent ones

    @property
    def frequency(self) -> float:
        return RARE if self.known is None else self.known

    @property
    def weight(self) -> float:
        """How much it says that two texts share it: the rarer, the more."""
        return 0.01 - math.log(min(self.frequency, 1.0))


def similar(person: Person, text: str, *, but: UUID | None = None) -> list[Similar]:
    """Return at most SHOWN ideas like `text` that `person` may see, the most alike first.

    Drafts, and what has been withdrawn or joined, are left out.  At most five queries.

    Args:
        but: The key of the form that is being written.
    """
    text = text.replace("\x00", "")[:READ].strip()
    if len(text) < SHORTEST:
        return []
    seen = Idea.objects.visible_to(person).exclude(Q(status__in=NOT_SHOWN)).select_related("unit")
    if but is not None:
        seen = seen.exclude(key=but)
    words = _words_of(text)
    found = _by_words(seen, words) if words else []
    parts = [word for word in words if len(word.lexeme) >= SHORTEST_PART]
    if len(found) < SHOWN and parts:
        sees_much = person.may_somewhere(Permission.IDEA_READ)
        near = _by_letters(seen, parts, sees_much=sees_much)
        found += [idea for idea in near if idea not in found]
    return _with_supports(found[:SHOWN], person)


def _words_of(text: str) -> list[_Word]:
    """Return the words to ask for, the rarest first; as many as leave few enough candidates."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT word.lexeme, common.frequency, ideas.reltuples
            FROM pg_class AS ideas, unnest(to_tsvector('swedish', %(text)s)) AS word
            LEFT JOIN (
                SELECT element.* FROM pg_stats, unnest(
                    most_common_elems::text::text[], most_common_elem_freqs
                ) AS element(lexeme, frequency)
                WHERE schemaname = current_schema() AND tablename = %(table)s AND attname = 'words'
            ) AS common USING (lexeme)
            WHERE ideas.oid = %(table)s::regclass
            """,
            {"text": text, "table": Idea._meta.db_table},
        )
        rows = cursor.fetchall()
    words = [_Word(lexeme, frequency) for lexeme, frequency, _ideas in rows]
    words.sort(key=lambda word: (word.frequency, -len(word.lexeme), word.lexeme))
    chosen: list[_Word] = []
    candidates = 0.0
    for word in words[:MOST_WORDS]:
        candidates += word.frequency * max(rows[0][2], 0)
        if candidates > MOST_CANDIDATES:
            break
        chosen.append(word)
    return chosen


def _by_words(seen: IdeaQuerySet, words: list[_Word]) -> list[Idea]:
    """Return those that share the words that say most.  One query."""
    nothing = Value(0.0, output_field=FloatField())
    in_common = reduce(
        add,
        (
            Case(When(Q(words=_query(word)), then=Value(word.weight)), default=nothing)
            for word in words
        ),
    )
    return list(
        seen.filter(words=_query(*words))
        .annotate(in_common=in_common)
        .filter(in_common__gte=_least(words))
        .order_by("-in_common", "-created_at", "-pk")[:SHOWN]
    )


def _least(words: list[_Word]) -> float:
    """Return the weight of words in common from which two texts are alike."""
    total = sum(word.weight for word in words)
    return min(ALIKE * total, ENOUGH * total / len(words))


def _query(*words: _Word) -> SearchQuery:
    """Ask for any of the words, which are in the form they are kept in already."""
    quoted = ("'" + word.lexeme.replace("\\", "\\\\").replace("'", "''") + "'" for word in words)
    return SearchQuery(" | ".join(quoted), config="simple", search_type="raw")


def _by_letters(seen: IdeaQuerySet, words: list[_Word], *, sees_much: bool) -> list[Idea]:
    """Return those in whose titles the words are parts of others, or nearly so.  Two queries.

    Letters in common are dear to count, so it is done for the first CANDIDATES that have them.
    """
    unknown = [word for word in words if word.known is None]
    misspelt = max(unknown, key=lambda word: len(word.lexeme), default=None)
    held = [
        Q(letters__trigram_word_similar=word.lexeme.upper())
        if word is misspelt
        else Q(letters__contains=word.lexeme.upper())
        for word in words
    ]
    lettered = seen.annotate(letters=Upper("title")).order_by()
    if sees_much:
        # By the index, and all of them: with a limit on it PostgreSQL would read the table.
        holding = Idea.objects.annotate(letters=Upper("title")).filter(reduce(or_, held))
        found = lettered.filter(pk__any_of=ArraySubquery(holding.values("pk")))
    else:
        found = lettered.filter(reduce(or_, held))
    weights = {
        pk: sum(
            word.weight if word.lexeme.upper() in letters else NEARLY * word.weight
            for word in words
            if word.lexeme.upper() in letters or word is misspelt
        )
        for pk, letters in found.values_list("pk", "letters")[:CANDIDATES]
    }
    least = _least(words)
    best = sorted(weights, key=lambda pk: (-weights[pk], -pk))[:SHOWN]
    by_pk = Idea.objects.select_related("unit").in_bulk(pk for pk in best if weights[pk] >= least)
    return [by_pk[pk] for pk in best if pk in by_pk]


def _with_supports(ideas: list[Idea], person: Person) -> list[Similar]:
    if not ideas:
        return []
    supports = {
        row["idea"]: row
        for row in Support.objects.filter(idea__in=ideas)
        .order_by()
        .values("idea")
        .annotate(number=Count("pk"), own=Count("pk", filter=Q(person=person)))
    }
    nobody = {"number": 0, "own": 0}
    return [
        Similar(
            idea,
            supports=supports.get(idea.pk, nobody)["number"],
            is_supported=supports.get(idea.pk, nobody)["own"] > 0,
            may_support=idea.author_id != person.pk,
        )
        for idea in ideas
    ]
