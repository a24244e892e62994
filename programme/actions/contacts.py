"""Contacts between a coach and a team: logged, put right, or taken away by whoever logged them."""

from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from foundation.errors import require
from foundation.journal import record
from organisation.models import Person

from ..models import Contact, Work
from ..rules.coaching import why_not_contact, why_not_correct, why_not_support


@dataclass(frozen=True, slots=True)
class Meeting:
    """A contact as it is logged; hours in decimal hours, 0 where nobody counted."""

    kind: str
    taken_on: date
    hours: Decimal = Decimal(0)
    about: str = ""
    next_step: str = ""
    next_on: date | None = None


@transaction.atomic
def log(*, work_id: int, contact: Meeting, key: UUID, on: date, by: Person) -> Contact:
    """Write down that `by` has supported the team, and what comes next.

    Args:
        key: Names the form; the same form sent twice is one contact.
        on: Today.
    """
    work = _locked(work_id)
    require(why_not_support(work, by))
    require(why_not_contact(contact.taken_on, contact.next_step, contact.next_on, on))
    logged, is_new = Contact.objects.get_or_create(
        key=key, defaults={"work": work, "coach": by, **_fields(contact)}
    )
    if is_new:
        record("work.contact", work, by=by, contact=logged.pk)
    return logged


@transaction.atomic
def correct(*, contact_id: int, contact: Meeting, on: date, by: Person) -> Contact:
    """Put a contact right: another day, other hours, other words.  Who it was with stays.

    The journal keeps the day, the hours and the kind that stood there; the words are not kept, for
    they may be what should not have been written.
    """
    logged = _locked_contact(contact_id)
    require(why_not_correct(logged, by))
    require(why_not_contact(contact.taken_on, contact.next_step, contact.next_on, on))
    now = _fields(contact)
    if any(getattr(logged, name) != value for name, value in now.items()):
        before = _kept(logged)
        for name, value in now.items():
            setattr(logged, name, value)
        logged.save(update_fields=[*now])
        record("work.contact_corrected", logged.work, by=by, contact=logged.pk, before=before)
    return logged


@transaction.atomic
def remove(*, contact_id: int, by: Person) -> None:
    """Take away a contact that should not have been logged; the journal says that it was there."""
    logged = _locked_contact(contact_id)
    require(why_not_correct(logged, by))
    record("work.contact_removed", logged.work, by=by, contact=logged.pk, before=_kept(logged))
    logged.delete()


def _fields(contact: Meeting) -> dict[str, object]:
    words = {"about": contact.about.strip(), "next_step": contact.next_step.strip()}
    return asdict(contact) | words


def _kept(logged: Contact) -> dict[str, str]:
    return {
        "kind": logged.kind,
        "taken_on": logged.taken_on.isoformat(),
        "hours": str(logged.hours),
    }


def _locked(work_id: int) -> Work:
    return Work.objects.locked().select_related("unit").get(pk=work_id)


def _locked_contact(contact_id: int) -> Contact:
    """The work first, as everywhere (docs/locks.md)."""
    work = _locked(Contact.objects.values_list("work", flat=True).get(pk=contact_id))
    logged = Contact.objects.get(pk=contact_id)
    logged.work = work
    return logged
