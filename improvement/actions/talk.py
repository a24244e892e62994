"""What people say about an idea: support, follow, comment."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.errors import Refused, require
from foundation.journal import record
from organisation.actions import notices
from organisation.mentions import named_in
from organisation.models import Person

from ..models import Comment, Follow, Idea, Support
from ..queries.readers import readers_of
from ..rules.ideas import authors_of
from ..rules.talk import why_not_remove, why_not_support, why_not_talk

_SHORT = 160  # how much of a comment a notice quotes


@transaction.atomic
def support(*, idea_id: int, by: Person) -> Support:
    """Say "I agree, this matters", and follow the idea.  Said again, nothing happens."""
    idea = _idea(idea_id)
    require(why_not_support(idea, by))
    given, is_new = Support.objects.get_or_create(idea=idea, person=by)
    if is_new:
        record("idea.support", idea, by=by)
        _follow(idea, by)
    return given


@transaction.atomic
def unsupport(*, idea_id: int, by: Person) -> None:
    """Take the support back, also what was given to an idea that has been joined with this one."""
    idea = _idea(idea_id)
    taken, _by_model = Support.objects.of(idea).filter(person=by).delete()
    if taken:
        record("idea.unsupport", idea, by=by)


@transaction.atomic
def follow(*, idea_id: int, by: Person) -> None:
    """Want to be told what happens.  Safe to repeat; an author is told anyway."""
    idea = _idea(idea_id)
    require(why_not_talk(idea, by))
    _follow(idea, by)


@transaction.atomic
def unfollow(*, idea_id: int, by: Person) -> None:
    """Not want to be told any more.  Support and comments stay.  Safe to repeat."""
    Follow.objects.filter(idea=idea_id, person=by).delete()


@transaction.atomic
def comment(
    *, idea_id: int, text: str, key: UUID, mentioned: Iterable[Person] = (), by: Person
) -> Comment:
    """Say something about an idea; whoever is named in it is told, and so are those who follow.

    Args:
        text: May name people: "@Kim Lind".  A name that is nobody's is left as it is.
        key: Names the form it was written in.  The same form sent twice is one comment.
        mentioned: Others to tell, chosen beside the text.

    Raises:
        Refused: one cannot comment, or somebody who is named may not see the idea.
    """
    idea = _idea(idea_id)
    require(why_not_talk(idea, by))
    if not text.strip():
        raise Refused(_("Write something first."))
    said, is_new = Comment.objects.get_or_create(
        key=key, defaults={"idea": idea, "by": by, "text": text.strip()}
    )
    if not is_new:
        return said
    named = _named_in(text, idea) | {_reader(person, idea) for person in mentioned}
    said.mentions.set(named)
    record("idea.comment", idea, by=by, comment=said.pk)
    _follow(idea, by, *named)
    _tell_of(said, idea, named)
    return said


@transaction.atomic
def remove(*, comment_id: int, why: str = "", by: Person) -> Comment:
    """Take the words of a comment away.  Its place is kept, so that the answers make sense.

    Args:
        why: A sentence to the one who wrote it, when that is somebody else.
    """
    said = (
        Comment.objects.select_for_update(of=("self",), no_key=True)
        .select_related("idea__unit")
        .get(pk=comment_id)
    )
    require(why_not_remove(said, by, why))
    said.text, said.removed_at, said.removed_by = "", timezone.now(), by
    said.removed_why = why.strip() if said.by_id != by.pk else ""
    said.save(update_fields=["text", "removed_at", "removed_by", "removed_why"])
    said.mentions.clear()
    record("idea.comment_removed", said.idea, by=by, comment=said.pk)
    notices.tell(
        [said.by_id],
        kind="idea.comment_removed",
        title=said.idea.title,
        note=said.removed_why,
        href=_place_of(said),
        except_for=by,
    )
    return said


def _idea(idea_id: int) -> Idea:
    return Idea.objects.select_related("unit").get(pk=idea_id)


def _follow(idea: Idea, *people: Person) -> None:
    """Let people be told; the authors are told anyway."""
    others = [person for person in people if person.pk not in authors_of(idea)]
    Follow.objects.bulk_create(
        (Follow(idea=idea, person=person) for person in others), ignore_conflicts=True
    )


def _named_in(text: str, idea: Idea) -> set[Person]:
    """Return those whom `text` names with an @ and who may see `idea`; two queries at most."""
    named, strangers = named_in(text, readers_of(idea))
    if strangers:
        raise Refused(_cannot_see(strangers[0]))
    return named


def _reader(person: Person, idea: Idea) -> Person:
    if not readers_of(idea).filter(pk=person.pk).exists():
        raise Refused(_cannot_see(person))
    return person


def _cannot_see(person: Person) -> str:
    return _("%(person)s cannot see this idea, and so cannot be named here.") % {"person": person}


def _tell_of(said: Comment, idea: Idea, named: set[Person]) -> None:
    """Tell those who were named that they were, and those who follow that something was said."""
    note = said.text if len(said.text) <= _SHORT else said.text[:_SHORT].rstrip() + " …"
    what = {"title": idea.title, "note": note, "href": _place_of(said)}
    notices.tell(named, kind="idea.mention", **what, except_for=said.by)
    follow_it = Follow.objects.filter(idea=idea).values_list("person", flat=True)
    concerned = {*authors_of(idea), *follow_it}
    if idea.assigned_to_id:
        concerned.add(idea.assigned_to_id)
    concerned -= {person.pk for person in named}
    may_see = readers_of(idea).filter(pk__in=concerned).values_list("pk", flat=True)
    notices.tell(may_see, kind="idea.comment", **what, except_for=said.by)


def _place_of(said: Comment) -> str:
    return f"{reverse('idea-detail', args=[said.idea_id])}#comments"
