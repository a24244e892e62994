"""Telling people, and remembering what they have read."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from foundation.errors import require

from ..models import Mute, Notice, Person
from ..models.notice import NoticeQuerySet
from ..notices import all_reminders, reminder_of
from ..rules import why_not_mute

TITLE_LENGTH = 200


@dataclass(frozen=True, slots=True)
class News:
    """One thing to tell somebody; see `tell`."""

    to: int
    kind: str
    title: str
    href: str
    note: str = ""


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
    return tell_all(News(pk, kind, title, href, note) for pk in sorted(ids))


@transaction.atomic(savepoint=False)
def tell_all(news: Iterable[News]) -> int:
    """Tell many people many things, in the order given; otherwise like `tell`."""
    lines = list(news)
    if not lines:
        return 0
    muted = _muted(lines)
    here = set(
        Person.objects.active()
        .filter(pk__in={line.to for line in lines})
        .values_list("pk", flat=True)
    )
    told = Notice.objects.bulk_create(
        (
            Notice(
                to_id=line.to,
                kind=line.kind,
                title=_short(line.title),
                note=line.note,
                href=line.href,
            )
            for line in lines
            if line.to in here and (line.to, line.kind) not in muted
        ),
        batch_size=2_000,
    )
    return len(told)


@transaction.atomic(savepoint=False)
def choose_reminders(*, kinds: Iterable[str], by: Person) -> None:
    """Want reminders of these kinds and no others."""
    wanted = set(kinds)
    for reminder in all_reminders():
        if reminder.kind in wanted:
            Mute.objects.filter(person=by, kind=reminder.kind).delete()
        else:
            mute(kind=reminder.kind, by=by)


def mute(*, kind: str, by: Person) -> None:
    """Not want reminders of a kind any more.  Safe to repeat.

    Raises:
        Refused: it is no reminder.  What is decided about one's own always reaches one.
    """
    require(why_not_mute(kind))
    Mute.objects.bulk_create([Mute(person=by, kind=kind)], ignore_conflicts=True)


def _muted(lines: list[News]) -> set[tuple[int, str]]:
    """Return who does not want what, of reminders.  No query where there are none."""
    kinds = {line.kind for line in lines if reminder_of(line.kind)}
    if not kinds:
        return set()
    found = Mute.objects.filter(kind__in=kinds, person__in={line.to for line in lines})
    return set(found.values_list("person", "kind"))


def _short(title: str) -> str:
    if len(title) <= TITLE_LENGTH:
        return title
    return title[: TITLE_LENGTH - 2].rstrip() + " …"


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
