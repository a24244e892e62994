"""Why not?  The support that a work gets."""

from datetime import date

from django.utils.translation import gettext as _

from organisation import rules as organisation_rules
from organisation.models import Person
from organisation.permissions import Permission

from ..models import Coaching, Contact, Member, Work
from .works import may_lead


def is_coach(work: Work, person: Person) -> bool:
    """Say whether `person` coaches `work` now."""
    return any(m.person_id == person.pk and m.role == Member.COACH for m in work.team)


def may_manage(work: Work, person: Person) -> bool:
    """Say whether `person` looks after the coaches of the unit."""
    return not person.is_guest and person.may(Permission.COACHING_MANAGE, at=work.unit)


def may_support(work: Work, person: Person) -> bool:
    """Say whether `person` may log contacts, hand the work over and set its time."""
    return is_coach(work, person) or may_manage(work, person)


def why_not_support(work: Work, person: Person) -> str | None:
    """Say why `person` may not write about the support of `work`."""
    if not may_support(work, person):
        return _("Only the work’s coach, and those who look after the coaches, can do this.")
    return None


def why_not_assign(work: Work, coach: Person, person: Person) -> str | None:
    """Say why `person` may not make `coach` the coach of `work`, which has none.

    Its leader asks somebody, those who look after the coaches send somebody, and a coach of the
    unit takes it on.
    """
    takes_it_on = coach.pk == person.pk and person.may(Permission.WORK_COACH, at=work.unit)
    refusal = None if takes_it_on else why_not_send(work, person)
    return refusal or why_not_begin(work, coach)


def why_not_send(work: Work, person: Person) -> str | None:
    """Say why `person` may not choose a coach for `work`, whoever it will be."""
    if not (may_manage(work, person) or may_lead(work, person)):
        return _("Only the work’s leader, and those who look after the coaches, can do this.")
    return organisation_rules.state_says_no(work) if not work.is_open else None


def why_not_hand_over(work: Work, coach: Person, person: Person) -> str | None:
    """Say why `person` may not let `coach` take over `work`."""
    return why_not_support(work, person) or why_not_begin(work, coach)


def why_not_begin(work: Work, coach: Person) -> str | None:
    """Say why `coach` cannot begin to coach `work`, whoever asks."""
    if not work.is_open:
        return organisation_rules.state_says_no(work)
    if not coach.is_active:
        return _("%(name)s does not work here any more.") % {"name": coach.name}
    if coach.is_guest:
        return _("A patient or user in a team cannot be a coach.")
    if coach.pk in work.team_ids:
        return _("%(name)s is already in the team.") % {"name": coach.name}
    return None


def why_not_already(work: Work, coaching: Coaching | None) -> str | None:
    """Say why a coach is not added to one that is there."""
    if coaching is None:
        return None
    return _("%(name)s coaches this work. Hand it over instead.") % {"name": coaching.coach.name}


def why_not_end(work: Work, person: Person) -> str | None:
    if may_lead(work, person):
        return None
    return why_not_support(work, person)


def why_not_until(coaching: Coaching, until: date) -> str | None:
    """Say why the support cannot be agreed to last until then."""
    if until < coaching.starts_on:
        return _("The support cannot end before it began.")
    return None


def why_not_contact(taken_on: date, next_step: str, next_on: date | None, on: date) -> str | None:
    """Say what is wrong with a contact, whoever had it."""
    if taken_on > on:
        return _("This day has not come yet. Log the contact when you have had it.")
    if next_on is not None and not next_step.strip():
        return _("Write what the next step is, or leave its day empty.")
    if next_on is not None and next_on < taken_on:
        return _("The next step cannot come before the contact.")
    return None


def why_not_correct(contact: Contact, person: Person) -> str | None:
    """Say why `person` may not change or take away a contact: it is for whoever logged it."""
    if contact.coach_id != person.pk:
        return _("Only %(name)s, who logged this, can change it.") % {"name": contact.coach.name}
    return why_not_support(contact.work, person)
