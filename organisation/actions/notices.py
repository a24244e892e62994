"""Telling people, and remembering what they have read."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from ..models import Notice, Person
from ..models.notice import NoticeQuerySet

TITLE_LENGTH = 200


@transaction.atomic
def tell(
    people: Iterable[Person | int],
    *,
    kind: str,
    title: str,
    href: str,
    note: str = "",
    except_for: Person | None = None,
) -> int:
    """Tell people one thing, each of them once.  Those who have left are left out.

    Call it inside the transaction that does what is told: both, or neither.

    Args:
        people: Persons or their ids.
        kind: What has happened; its sentence is registered in the app's `sentences.py`.
        title: What it is about, in plain words; what does not fit is cut.
        href: The page about it, a path on this site; perhaps with a #place on it.
        note: A sentence that came with it, shown here and never mailed.
        except_for: Who need not be told, for it was they who did it.

    Returns:
        How many were told.  Two queries, however many they are.
    """
    ids = {person.pk if isinstance(person, Person) else person for person in people}
    if except_for is not None:
        ids.discard(except_for.pk)
    if not ids:
        return 0
    here = Person.objects.active().filter(pk__in=ids).order_by("pk").values_list("pk", flat=True)
    if len(title) > TITLE_LENGTH:
        title = title[: TITLE_LENGTH - 2].rstrip() + " …"
    told = Notice.objects.bulk_create(
        (Notice(to_id=pk, kind=kind, title=title, note=note, href=href) for pk in here),
        batch_size=2_000,
    )
    return len(told)


def seen(person: Person, href: str) -> None:
    """Mark as read what `person` was told about the page at `href`, which they now look at.

    For views.  One UPDATE, and only when something is unread; the bell of this very page counts
    right afterwards.
    """
    if person.unread_notices != 0:
        _read(person, Notice.objects.about(href))


def mark_read(person: Person, *notice_ids: int) -> None:
    """Mark notices of one's own as read: those, or all where none are named.  Safe to repeat."""
    _read(person, Notice.objects.filter(pk__in=notice_ids) if notice_ids else Notice.objects.all())


def _read(person: Person, notices: NoticeQuerySet) -> None:
    read = notices.visible_to(person).unread().update(read_at=timezone.now())
    if person.unread_notices is not None:
        person.unread_notices = max(0, person.unread_notices - read)


def forget_expired() -> int:
    """Delete what was read and is older than `Notice.KEPT`, and say how many they were."""
    forgotten, _by_model = Notice.objects.expired().delete()
    return forgotten
