"""How people get in.  Accounts come from the personnel file, never from a sign-up form."""

from collections.abc import Iterable

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.models import EmailAddress
from django.http import HttpRequest

from .models import Person
from .models.notice import number_unread


class SignIn(AuthenticationBackend):  # type: ignore[misc]  # allauth is untyped
    def get_user(self, user_id: int) -> Person | None:
        """Fetch who is signed in, and in the same query the number at the bell of every page."""
        people = Person.objects.annotate(unread_notices=number_unread())
        person = people.filter(pk=user_id).first()
        return person if person and self.user_can_authenticate(person) else None


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is untyped
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


def forget_addresses(people: Iterable[Person]) -> None:
    """Let nobody in by an address that the personnel file has taken away.

    The address of a `Person` always works; allauth may have noted others beside it.
    """
    EmailAddress.objects.filter(user__in=list(people)).delete()
