"""Pictures and files of a work, and of its tests."""

from django.core.exceptions import ValidationError
from django.db import transaction

from foundation.errors import Refused, require
from foundation.journal import record
from foundation.uploads import Upload
from organisation.models import Person
from organisation.privacy import no_identity_numbers

from ..models import Work, WorkFile
from ..rules.files import why_not_keep_files, why_not_one_more


@transaction.atomic
def add(
    *, work_id: int, upload: Upload, says: str = "", cycle_id: int | None = None, by: Person
) -> WorkFile:
    """Keep a file with a work, or with one of its cycles.

    The same content in the same place is there already: a second click adds nothing.

    Args:
        upload: Looked through already, by `foundation.uploads.cleaned`.
        says: What a picture shows, for those who do not see it.

    Raises:
        Refused: there is no place left, or a name holds what looks like an identity number.
    """
    work = Work.objects.locked().select_related("unit").get(pk=work_id)
    require(why_not_keep_files(work, by))
    cycle = work.cycles.get(pk=cycle_id) if cycle_id else None
    same = work.files.filter(cycle=cycle, content=upload.content).defer("content").first()
    if same is not None:
        return same
    require(why_not_one_more(work.files.count()))
    try:
        no_identity_numbers(upload.name)
    except ValidationError as error:
        raise Refused(f"{upload.name}: {error.messages[0]}") from error
    file = WorkFile.objects.create(
        work=work,
        cycle=cycle,
        name=upload.name,
        says=says.strip(),
        content_type=upload.content_type,
        content=upload.content,
        by=by,
    )
    record("work.attach", work, by=by, name=upload.name)
    return file


@transaction.atomic
def remove(*, file_id: int, by: Person) -> None:
    """Delete a file.  The journal remembers that there was one; gone already, nothing happens."""
    file = WorkFile.objects.defer("content").get(pk=file_id)
    work = Work.objects.locked().select_related("unit").get(pk=file.work_id)
    require(why_not_keep_files(work, by))
    deleted, _by_model = WorkFile.objects.filter(pk=file_id).delete()
    if deleted:
        record("work.detach", work, by=by, name=file.name)
