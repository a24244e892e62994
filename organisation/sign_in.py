"""How people get in.  Accounts come from the personnel file, never from a sign-up form."""

from collections.abc import Iterable

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from django.http import HttpRequest

from .models import Person


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is untyped
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


def forget_addresses(people: Iterable[Person]) -> None:
    """Let nobody in by an address that the personnel file has taken away.

    The address of a `Person` always works; allauth may have noted others beside it.
    """
    EmailAddress.objects.filter(user__in=list(people)).delete()
