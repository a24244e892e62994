"""What is said in a work: by the team, or between leader and coach."""

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

from ..models import Cycle, Remark, Thread, Work
from ..queries.remarks import readers_of
from ..rules.remarks import concerned, why_not_say, why_not_take_back

_SHORT = 160  # how much of a remark a notice quotes
# The page of each thread.
PAGES = {Thread.TEAM: "work-together", Thread.COACH: "work-support"}


@transaction.atomic
def say(
    *, work_id: int, thread: str, text: str, key: UUID, cycle_id: int | None = None, by: Person
) -> Remark:
    """Say something; those whom the thread concerns are told, and whoever is named in it.

    Args:
        text: May name people: "@Kim Lind".  A name that is nobody's is left as it is.
        key: Names the form it was written in.  The same form sent twice is said once.
        cycle_id: The test it is about, if it is about one.

    Raises:
        Refused: one cannot say anything here, or somebody who is named may not read it.
    """
    work = Work.objects.select_related("unit").get(pk=work_id)
    require(why_not_say(work, thread, by))
    if not text.strip():
        raise Refused(_("Write something first."))
    if cycle_id is not None and not Cycle.objects.filter(pk=cycle_id, work=work).exists():
        raise Refused(_("The test belongs to another work."))
    named, strangers = named_in(text, readers_of(work, thread))
    if strangers:
        raise Refused(
            _("%(person)s cannot read this, and so cannot be named here.")
            % {"person": strangers[0]}
        )
    said, is_new = Remark.objects.get_or_create(
        key=key,
        defaults={
            "work": work,
            "cycle_id": cycle_id,
            "thread": thread,
            "by": by,
            "text": text.strip(),
        },
    )
    if is_new:
        said.mentions.set(named)
        record("work.remark", work, by=by, remark=said.pk)
        _tell_of(said, work, named)
    return said


@transaction.atomic
def take_back(*, remark_id: int, by: Person) -> Remark:
    """Take the words of a remark away.  Its place is kept, so that the answers make sense."""
    said = (
        Remark.objects.select_for_update(of=("self",), no_key=True)
        .select_related("work__unit")
        .get(pk=remark_id)
    )
    require(why_not_take_back(said, by))
    said.text, said.removed_at, said.removed_by = "", timezone.now(), by
    said.save(update_fields=["text", "removed_at", "removed_by"])
    said.mentions.clear()
    record("work.remark_removed", said.work, by=by, remark=said.pk)
    return said


def place_of(said: Remark) -> str:
    """Return where on the site it stands."""
    return f"{reverse(PAGES[Thread(said.thread)], args=[said.work_id])}#talk"


def _tell_of(said: Remark, work: Work, named: set[Person]) -> None:
    note = said.text if len(said.text) <= _SHORT else said.text[:_SHORT].rstrip() + " …"
    kind = "remark.said"
    if said.thread == Thread.COACH:  # whatever is quoted in the bell is read by its owner alone
        kind = "remark.sounding"
    what = {"title": work.title, "note": note, "href": place_of(said)}
    notices.tell(named, kind="remark.mention", **what, except_for=said.by)
    others = concerned(work, said.thread) - {person.pk for person in named}
    notices.tell(others, kind=kind, **what, except_for=said.by)
