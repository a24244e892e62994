"""Pictures and files that belong to an idea."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from foundation.errors import Refused, require
from foundation.journal import record
from foundation.uploads import Upload
from organisation.models import Person
from organisation.privacy import no_identity_numbers

from ..models import Attachment, Idea
from ..rules.ideas import why_not_edit


@transaction.atomic
def add(*, idea_id: int, uploads: Iterable[Upload], by: Person) -> list[Attachment]:
    """Keep files with an idea while it is its author's to change.

    Args:
        uploads: Looked through already, by `foundation.uploads.cleaned`.

    Raises:
        Refused: there is no place left, or a name holds what looks like an identity number.
    """
    idea = Idea.objects.locked().select_related("unit").get(pk=idea_id)
    require(why_not_edit(idea, by))
    return put_with(idea, uploads, by)


@transaction.atomic
def remove(*, attachment_id: int, by: Person) -> None:
    """Delete a file while the idea is its author's to change."""
    attachment = Attachment.objects.defer("content").get(pk=attachment_id)
    idea = Idea.objects.locked().select_related("unit").get(pk=attachment.idea_id)
    require(why_not_edit(idea, by))
    deleted, _by_model = Attachment.objects.filter(pk=attachment_id).delete()
    if deleted:
        record("idea.detach", idea, by=by, name=attachment.name)


def put_with(idea: Idea, uploads: Iterable[Upload], by: Person) -> list[Attachment]:
    """Keep files with `idea`, whose row is locked; one that is there already is not kept twice."""
    kept = []
    for upload in uploads:
        if idea.attachments.filter(content=upload.content).exists():
            continue  # sent at once when it was chosen, and again with the whole form
        try:
            no_identity_numbers(upload.name)
        except ValidationError as error:
            raise Refused(f"{upload.name}: {error.messages[0]}") from error
        kept.append(
            Attachment.objects.create(
                idea=idea,
                position=_free_position(idea),
                name=upload.name,
                content_type=upload.content_type,
                content=upload.content,
                by=by,
            )
        )
        record("idea.attach", idea, by=by, name=upload.name)
    return kept


def _free_position(idea: Idea) -> int:
    taken = set(idea.attachments.values_list("position", flat=True))
    free = [place for place in range(1, Attachment.MOST_PER_IDEA + 1) if place not in taken]
    if not free:
        raise Refused(
            _("An idea has room for %(most)s files. Remove one first.")
            % {"most": Attachment.MOST_PER_IDEA}
        )
    return free[0]
