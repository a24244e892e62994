"""What the development lead fills in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.forms import KronorField
from organisation.privacy import no_identity_numbers

from ..actions.preparing import Cost
from ..models import CostKind, CostLine, Idea


class PrepareForm(forms.ModelForm):  # type: ignore[type-arg]  # generic in the stubs only
    """What the development lead adds to an idea, besides the costs."""

    class Meta:
        model = Idea
        fields = ("title", "expected_effect", "agreed_with", "cap_reason")
        widgets = {
            "expected_effect": forms.Textarea(attrs={"rows": 3}),
            "cap_reason": forms.Textarea(attrs={"rows": 2}),
        }


class CostForm(forms.Form):
    """One cost line; an empty one is left out."""

    kind = forms.ChoiceField(choices=CostKind.choices, label=_("Type"), required=False)
    description = forms.CharField(
        label=_("What"), max_length=200, required=False, validators=[no_identity_numbers]
    )
    hours = forms.DecimalField(
        label=_("Hours"), max_digits=7, decimal_places=2, min_value=0, required=False, localize=True
    )
    rate_ore = KronorField(label=_("Kronor per hour"), required=False)
    amount_ore = KronorField(label=_("Amount"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.conditional = True  # type: ignore[attr-defined]  # see django/forms/field.html

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors or self.is_empty():
            return cleaned
        if cleaned["kind"] == CostKind.STAFF:
            if not cleaned["hours"]:
                self.add_error("hours", _("Write the number of hours."))
            if not cleaned["rate_ore"]:
                self.add_error("rate_ore", _("Write what an hour costs."))
        elif not cleaned["amount_ore"]:
            self.add_error("amount_ore", _("Write an amount above zero."))
        return cleaned

    def is_empty(self) -> bool:
        names = ("description", "hours", "rate_ore", "amount_ore")
        return not any(self.cleaned_data.get(name) for name in names)

    def cost(self) -> Cost:
        return Cost(**self.cleaned_data)


CostForms = forms.formset_factory(CostForm, extra=3, max_num=40, validate_max=True)


def costs_of(forms_of_lines: Any) -> list[Cost]:
    """Return the lines that were filled in."""
    return [form.cost() for form in forms_of_lines if not form.is_empty()]


def initial_costs(lines: "list[CostLine]") -> list[dict[str, Any]]:
    """Return what a formset shows for lines that are saved already."""
    shown = ("kind", "description", "hours", "rate_ore", "amount_ore")
    return [
        {
            name: getattr(line, name)
            for name in shown
            if not (name == "amount_ore" and line.kind == CostKind.STAFF)
        }
        for line in lines
    ]
