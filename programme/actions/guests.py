"""Patients and users in a team: each sees this work, and nothing else."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.errors import Refused, require
from foundation.journal import record
from organisation.actions import guests
from organisation.actions.guests import Invitation
from organisation.models import Person

from ..models import Member, Membership, Work
from ..rules.guests import why_not_invite
from ..rules.works import why_not_edit


@dataclass(frozen=True, slots=True)
class Guest:
    """Who is invited; an address is not needed."""

    given_name: str
    family_name: str
    email: str = ""


@transaction.atomic
def invite(*, work_id: int, guest: Guest, expires_on: date, on: date, by: Person) -> Invitation:
    """Give a patient or user a seat in the team, and a link to sign in by.

    Raises:
        Refused: not the leader, a day that cannot be, or somebody of that name has a seat.
    """
    work = Work.objects.locked().select_related("unit").get(pk=work_id)
    require(why_not_invite(work, expires_on, by, on=on))
    seats = work.memberships.filter(
        role=Member.GUEST,
        person__given_name__iexact=guest.given_name.strip(),
        person__family_name__iexact=guest.family_name.strip(),
    )
    if seats.exists():
        raise Refused(
            _("%(name)s has a seat already. Make a new link instead.")
            % {"name": f"{guest.given_name} {guest.family_name}".strip()}
        )
    invitation = guests.invite(
        given_name=guest.given_name,
        family_name=guest.family_name,
        email=guest.email,
        expires_on=expires_on,
        by=by,
    )
    Membership.objects.create(work=work, person=invitation.guest, role=Member.GUEST)
    record("work.join", work, by=by, person=invitation.guest.pk, role=Member.GUEST)
    return invitation


@transaction.atomic
def renew(*, membership_id: int, expires_on: date, on: date, by: Person) -> Invitation:
    """Make a new link for a guest; the old one opens nothing any more."""
    membership = _seat(membership_id)
    require(why_not_invite(membership.work, expires_on, by, on=on))
    return guests.renew(guest=membership.person, expires_on=expires_on, by=by)


@transaction.atomic
def show_out(*, membership_id: int, by: Person) -> None:
    """Take the seat back: the guest signs in no more.  What they have said stays."""
    membership = _seat(membership_id)
    require(why_not_edit(membership.work, by))
    work, person = membership.work, membership.person
    membership.delete()
    record("work.leave", work, by=by, person=person.pk)
    guests.show_out(guest=person, by=by)


def _seat(membership_id: int) -> Membership:
    """Lock the work that a guest has a seat in."""
    membership = Membership.objects.select_related("person").get(
        pk=membership_id, role=Member.GUEST
    )
    membership.work = Work.objects.locked().select_related("unit").get(pk=membership.work_id)
    return membership
