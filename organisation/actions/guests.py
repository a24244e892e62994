"""Guests: patients and users who take part in something, and the link that each signs in by.

Who may invite whom to what is asked by what they are invited to (a work, in programme/).
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import date
from uuid import uuid4

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.errors import Refused
from foundation.journal import record

from ..models import GuestPass, Person

# Nobody has this address: what a guest without one of their own is kept under.
NO_ADDRESS = "gast-{}@gast.invalid"


@dataclass(frozen=True, slots=True)
class Invitation:
    """A guest, and the secret of the link.  It is shown now and kept by nobody but the guest."""

    guest: Person
    secret: str
    expires_on: date


@transaction.atomic
def invite(
    *, given_name: str, family_name: str, email: str, expires_on: date, by: Person
) -> Invitation:
    """Make somebody a guest who can sign in until a day.

    Raises:
        Refused: the address belongs to somebody already.
    """
    email = email.strip().lower()
    if email and Person.objects.filter(email=email).exists():
        raise Refused(_("Somebody with that address is here already. Leave the address empty."))
    guest = Person(
        given_name=given_name.strip(),
        family_name=family_name.strip(),
        email=email or NO_ADDRESS.format(uuid4().hex),
        is_guest=True,
    )
    guest.set_unusable_password()
    guest.save()
    record("guest.invite", guest, by=by)
    return renew(guest=guest, expires_on=expires_on, by=by)


@transaction.atomic
def renew(*, guest: Person, expires_on: date, by: Person) -> Invitation:
    """Make a new link for a guest; the ones before open nothing any more."""
    _revoke(guest)
    secret = secrets.token_urlsafe(32)
    GuestPass.objects.create(
        person=guest, fingerprint=fingerprint_of(secret), made_by=by, expires_on=expires_on
    )
    record("guest.renew", guest, by=by, until=expires_on.isoformat())
    return Invitation(guest, secret, expires_on)


@transaction.atomic
def show_out(*, guest: Person, by: Person) -> None:
    """Let a guest in no more: the links open nothing, and an open session ends."""
    _revoke(guest)
    Person.objects.filter(pk=guest.pk, is_guest=True).update(is_active=False)
    record("guest.show_out", guest, by=by)


def guest_behind(secret: str) -> Person | None:
    """Return whose link it is, if it still opens something.  One query."""
    passes = GuestPass.objects.filter(
        Q(fingerprint=fingerprint_of(secret), revoked_at=None, person__is_active=True),
        expires_on__gte=timezone.localdate(),
        person__is_guest=True,
    )
    found = passes.select_related("person").first()
    return found.person if found else None


def used(secret: str) -> None:
    """Write down that a link was used just now."""
    GuestPass.objects.filter(fingerprint=fingerprint_of(secret)).update(used_at=timezone.now())


def fingerprint_of(secret: str) -> str:
    """The secret has 256 random bits, so a plain hash of it cannot be guessed back."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _revoke(guest: Person) -> None:
    GuestPass.objects.filter(person=guest, revoked_at=None).update(revoked_at=timezone.now())
