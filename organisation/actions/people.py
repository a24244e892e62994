"""Everything that changes people and the roles they hold.

What the personnel file changes is in imports.py.  The journal is kept for good, so it never
holds a name or an address: only which person, unit and role.
"""

from datetime import time

from django.db import transaction

from foundation.errors import require
from foundation.journal import record

from ..models import Assignment, MailChoice, Person, Unit
from ..permissions import Role
from ..rules import (
    why_not_administer,
    why_not_assign,
    why_not_close,
    why_not_quiet,
    why_not_withdraw,
)
from .units import lock_tree


@transaction.atomic
def assign(*, person: Person, unit: Unit, role: Role, by: Person | None) -> Assignment:
    """Give `person` a role at `unit`.  Safe to repeat."""
    require(why_not_assign(person, unit, by))
    assignment, is_new = Assignment.objects.get_or_create(person=person, unit=unit, role=role)
    if is_new:
        record("person.assign", person, by=by, role=role.value, unit=unit.pk)
    return assignment


@transaction.atomic
def withdraw(*, assignment_id: int, by: Person | None) -> None:
    """Take a role back.

    Raises:
        Refused: nobody would be left to administer the whole organisation.
    """
    lock_tree()  # two administrators who withdraw each other's role meet here
    held = Assignment.objects.select_related("person", "unit").get(pk=assignment_id)
    require(why_not_withdraw(held, by))
    record("person.withdraw", held.person, by=by, role=held.role, unit=held.unit_id)
    held.delete()


@transaction.atomic
def close_sign_in(*, person_id: int, by: Person) -> Person:
    """Let somebody in no more.  A session that is open ends with its next request."""
    lock_tree()
    person = Person.objects.get(pk=person_id)
    require(why_not_close(person, by))
    return _set_active(person, False, by)


@transaction.atomic
def open_sign_in(*, person_id: int, by: Person) -> Person:
    person = Person.objects.get(pk=person_id)
    require(why_not_administer(person, by))
    return _set_active(person, True, by)


def _set_active(person: Person, is_active: bool, by: Person) -> Person:
    if person.is_active is not is_active:
        person.is_active = is_active
        person.save(update_fields=["is_active"])
        record("person.open" if is_active else "person.close", person, by=by)
    return person


def choose_language(*, language: str, by: Person) -> None:
    """Speak `language` with this person from now on."""
    by.language = language
    by.save(update_fields=["language"])


@transaction.atomic
def choose_mail(
    *,
    choice: MailChoice,
    quiet_from: time | None = None,
    quiet_until: time | None = None,
    by: Person,
) -> None:
    """Mail this person what they have been told as often as they like, and not while it is quiet.

    Args:
        quiet_from, quiet_until: Mail waits until after; both, or neither for none.  They may go
            past midnight.
    """
    require(why_not_quiet(quiet_from, quiet_until))
    by.mail_choice = choice
    by.quiet_from, by.quiet_until = quiet_from, quiet_until
    by.save(update_fields=["mail_choice", "quiet_from", "quiet_until"])
