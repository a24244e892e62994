"""What a fund's keeper fills in."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from foundation.forms import KronorField

from ..models import Period


class AllocateForm(forms.Form):
    amount_ore = KronorField(label=_("Amount"))
    note = forms.CharField(
        label=_("Note"),
        max_length=300,
        required=False,
        help_text=_("For example the decision that the money comes from."),
    )


class PayForm(forms.Form):
    amount_ore = KronorField(label=_("Amount"))
    document_number = forms.CharField(
        label=_("Document number"),
        max_length=60,
        help_text=_("The invoice or voucher in the finance system."),
    )
    note = forms.CharField(label=_("Note"), max_length=300, required=False)


class PeriodForm(forms.ModelForm):  # type: ignore[type-arg]  # generic in the stubs only
    class Meta:
        model = Period
        fields = ("name", "starts_on", "ends_on")
        widgets = {
            name: forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
            for name in ("starts_on", "ends_on")
        }
        help_texts = {"name": _("For example: First half of 2026.")}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            raise ValidationError({"ends_on": _("The last day is before the first.")})
        return cleaned
