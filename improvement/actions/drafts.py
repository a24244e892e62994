"""What is being written: kept while one types, thrown away if one changes one's mind."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from foundation.errors import require
from foundation.journal import record
from foundation.uploads import Upload
from measures.models import Kpi
from organisation.models import Person, Unit

from ..models import Idea, IdeaStatus
from ..rules.leaving import (
    why_not_about,
    why_not_continue,
    why_not_for,
    why_not_leave,
    why_not_overwrite,
    why_not_throw_away,
)
from ..titles import title_from
from . import attachments

_TEXTS = ("need", "beneficiaries", "solution")


@dataclass(frozen=True, slots=True)
class Written:
    """What stands in the form.  A text that is None is left as it was.

    Attributes:
        author: Whose idea it is, when somebody else writes it down; None: the writer's own.
        page: Names the page that it was written on.
        seen: The page that had last written when this one was opened, so that nobody overwrites
            what they have not read; None: do not ask.
    """

    unit: Unit | None
    need: str | None = None
    beneficiaries: str | None = None
    solution: str | None = None
    kpi: Kpi | None = None
    author: Person | None = None
    page: UUID = field(default_factory=uuid4)
    seen: UUID | None = None

    @property
    def is_empty(self) -> bool:
        return not any(getattr(self, name) for name in _TEXTS)


@transaction.atomic
def keep(*, key: UUID, written: Written, uploads: Sequence[Upload] = (), by: Person) -> Idea | None:
    """Keep what has been written so far, as a draft that only its writer sees.

    What has been handed in is left alone: a form that is late changes nothing.

    Args:
        key: Names the form; the same form is the same draft.
        uploads: Files that have been chosen; they are kept with the draft at once.

    Returns:
        The idea of the form; None as long as there is nothing to keep, or no unit to keep it at.
    """
    require(why_not_leave(by))
    idea = under(key, by)
    if idea is None:
        if written.unit is None or (written.is_empty and not uploads):
            return None
        idea = begin(key, written.unit, written.page, by)
    if idea.status == IdeaStatus.DRAFT:
        put_in(idea, written, by, uploads)
    return idea


@transaction.atomic
def throw_away(*, idea_id: int, by: Person) -> None:
    """Delete a draft with all that lies in it.  The journal remembers that there was one."""
    idea = Idea.objects.locked().get(pk=idea_id)
    require(why_not_throw_away(idea, by))
    record("idea.throw_away", idea, by=by)
    idea.delete()


def under(key: UUID, by: Person) -> Idea | None:
    """Lock and return what was begun in the form, or None.

    Raises:
        Refused: it was begun by somebody else, on the same screen.
    """
    idea = Idea.objects.locked().select_related("unit").filter(key=key).first()
    if idea is not None:
        require(why_not_continue(idea, by))
    return idea


def begin(key: UUID, unit: Unit, page: UUID, by: Person) -> Idea:
    """Make the row of a new idea; two clicks at once make one."""
    require(why_not_about(unit))
    idea, is_new = Idea.objects.get_or_create(
        key=key,
        defaults={"author": by, "unit": unit, "title": "", "need": "", "written_in": page},
    )
    if is_new:
        record("idea.create", idea, by=by)
        return idea
    return under(key, by) or idea


def put_in(idea: Idea, written: Written, by: Person, uploads: Sequence[Upload] = ()) -> None:
    """Write the text into `idea`, whose row is locked, and the title that follows from it.

    Without any text a draft is called by its first file.
    """
    require(why_not_overwrite(idea, page=written.page, seen=written.seen))
    titled_by_need = idea.title == title_from(idea.need) or idea.status == IdeaStatus.DRAFT
    if written.unit is not None and written.unit.pk != idea.unit_id:
        require(why_not_about(written.unit))
        idea.unit = written.unit
    for name in _TEXTS:
        if (text := getattr(written, name)) is not None:
            setattr(idea, name, text)
    if titled_by_need:
        first = next((text for name in _TEXTS if (text := getattr(idea, name))), "")
        idea.title = title_from(first) or idea.title or "".join(u.name for u in uploads[:1])
    if idea.status == IdeaStatus.DRAFT:
        _name_author(idea, written.author or by, by)
    idea.kpi, idea.written_in, idea.written_at = written.kpi, written.page, timezone.now()
    idea.save(
        update_fields=[
            *("author", "typed_by", "unit", "title", "kpi", "written_in", "written_at"),
            *_TEXTS,
        ]
    )
    attachments.put_with(idea, uploads, by)


def _name_author(idea: Idea, author: Person, by: Person) -> None:
    require(why_not_for(author, by))
    idea.author = author
    idea.typed_by = by if author.pk != by.pk else None
