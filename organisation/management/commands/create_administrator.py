"""The first way in to a new installation."""

import getpass
import sys
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.db import transaction

from ...actions import people, units
from ...models import Person
from ...models.unit import home_unit
from ...permissions import Role


class Command(BaseCommand):
    help = (
        "Makes an administrator of the whole organisation, and the organisation itself if it is "
        "not there yet.  The password is asked for, or read from the input when it is piped in."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--email", required=True)
        parser.add_argument("--given-name", required=True)
        parser.add_argument("--family-name", required=True)
        parser.add_argument("--organisation", help="its name, the first time")
        parser.add_argument("--code", help="its code in the personnel system, the first time")
        parser.add_argument("--municipality-code", default="", help="four digits, like 0883")

    def handle(self, *args: Any, **options: Any) -> None:
        person = Person.objects.filter(email=options["email"].lower()).first()
        if person is None:
            person = Person(
                email=options["email"].lower(),
                given_name=options["given_name"],
                family_name=options["family_name"],
            )
            try:
                validate_email(person.email)
                password = _ask_for_password()
                validate_password(password, person)
            except ValidationError as error:
                raise CommandError(" ".join(error.messages)) from error
            person.set_password(password)
        with transaction.atomic():
            top = home_unit() or _make_organisation(options)
            person.is_active = True
            person.save()
            people.assign(person=person, unit=top, role=Role.ADMINISTRATOR, by=None)
        self.stdout.write(f"{person} administers {top} and signs in with {person.email}.")


def _make_organisation(options: dict[str, Any]) -> Any:
    if not options["organisation"] or not options["code"]:
        raise CommandError("There is no organisation yet: say --organisation and --code.")
    return units.create(
        name=options["organisation"],
        code=options["code"],
        municipality_code=options["municipality_code"],
        parent=None,
        by=None,
    )


def _ask_for_password() -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    password = getpass.getpass("Password: ")
    if password != getpass.getpass("Once more: "):
        raise CommandError("The two were not the same.")
    return password
