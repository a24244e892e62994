"""A seat for a patient or user."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organisation.privacy import no_identity_numbers

from ..actions.guests import Guest
from .fields import day_input

USUALLY = timedelta(days=182)


class UntilForm(forms.Form):
    """How long the link opens the work."""

    expires_on = forms.DateField(
        label=_("The link works until"),
        widget=day_input(),
        help_text=_("You can renew it, and take it back at any time."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["expires_on"].initial = timezone.localdate() + USUALLY


class GuestForm(UntilForm):
    """Who it is."""

    given_name = forms.CharField(
        label=_("First name"), max_length=100, validators=[no_identity_numbers]
    )
    family_name = forms.CharField(
        label=_("Last name"), max_length=100, required=False, validators=[no_identity_numbers]
    )
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        help_text=_("Only if they want to be mailed about what happens."),
    )
    field_order = ("given_name", "family_name", "email", "expires_on")

    def guest(self) -> Guest:
        said = self.cleaned_data
        return Guest(said["given_name"], said["family_name"], said["email"])
