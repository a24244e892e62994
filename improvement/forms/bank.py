"""What to show of the idea bank, and what one answers when an idea comes back."""

from django import forms
from django.utils.translation import gettext_lazy as _

from organisation.privacy import no_identity_numbers

from ..models.idea import IdeaQuerySet


class BankFilter(forms.Form):
    """What to look for among what rests; read from the address."""

    q = forms.CharField(label=_("Search"), required=False, max_length=100)

    def is_used(self) -> bool:
        return bool(self.data.get("q"))

    def narrow(self, ideas: IdeaQuerySet) -> IdeaQuerySet:
        self.is_valid()  # what cannot be understood is not asked for
        words = self.cleaned_data.get("q", "")
        return ideas.found_by(words).order_by("-created_at", "-pk") if words else ideas


class RevivalForm(forms.Form):
    """A sentence that goes with a yes or a no."""

    note = forms.CharField(
        label=_("If you want to say more"),
        required=False,
        max_length=300,
        validators=[no_identity_numbers],
    )
