"""What a decider fills in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.forms import KronorField

from ..actions.decisions import Grounds
from ..models import Basis, Decision, Fund, Idea, Outcome


class DecideForm(forms.ModelForm):  # type: ignore[type-arg]  # generic in the stubs only
    """A decision.  Choices are narrowed as a kindness; the action asks everything again."""

    fund = forms.ModelChoiceField(
        Fund.objects.none(), label=_("Fund"), required=False, empty_label=None
    )
    project_ore = KronorField(
        label=_("Amount granted"),
        required=False,
        help_text=_("The reward to the staff group is added by the fund's rule."),
    )
    wait_until = forms.DateField(
        label=_("Wait until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Only if you choose to wait."),
    )

    class Meta:
        model = Decision
        fields = (
            "outcome",
            "fund",
            "project_ore",
            "wait_until",
            "reason",
            "basis",
            "delegation_reference",
            "consulted",
        )
        widgets = {
            "outcome": forms.RadioSelect,
            "reason": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {
            "reason": _("The author will read it."),
            "delegation_reference": _("The point of the delegation order, for example 4.12."),
            "consulted": _("Those whose view was asked for before the decision."),
        }

    def __init__(self, idea: Idea, data: Any = None) -> None:
        super().__init__(data, initial={"project_ore": idea.cost_ore()})
        self.fields["fund"].queryset = Fund.objects.open_to(idea)  # type: ignore[attr-defined]
        self.fields["outcome"].choices = Outcome.choices  # type: ignore[attr-defined]
        self.fields["basis"].choices = Basis.choices  # type: ignore[attr-defined]
        for name in ("fund", "project_ore", "wait_until", "delegation_reference"):
            self.fields[name].conditional = True  # type: ignore[attr-defined]  # needed by outcome

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("outcome") == Outcome.APPROVED:
            if not cleaned.get("fund"):
                self.add_error("fund", _("Choose the fund that pays."))
            if not cleaned.get("project_ore") and "project_ore" not in self.errors:
                self.add_error("project_ore", _("Write an amount above zero."))
        if cleaned.get("basis") == Basis.DELEGATED and not cleaned.get("delegation_reference"):
            self.add_error(
                "delegation_reference",
                _("Write the point of the delegation order that gives you the right to decide."),
            )
        return cleaned

    def grounds(self) -> Grounds:
        names = ("reason", "delegation_reference", "basis", "consulted")
        return Grounds(**{name: self.cleaned_data[name] for name in names})
