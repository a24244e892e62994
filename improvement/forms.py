"""Is it filled in?  Whether it is allowed is for the actions."""

import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundation.forms import KronorField
from measures.models import Kpi
from organisation.forms import UnitChoice
from organisation.models import Person, Unit
from organisation.privacy import no_identity_numbers

from .actions.decisions import Grounds
from .actions.ideas import Cost
from .models import Basis, CostKind, CostLine, Decision, Fund, Idea, IdeaStatus, Outcome, Period
from .models.idea import IdeaQuerySet


class IdeaFilter(forms.Form):
    """What to show in a list of ideas; read from the address."""

    q = forms.CharField(label=_("Search"), required=False, max_length=100)
    status = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("All states")), *IdeaStatus.choices],
    )

    def is_used(self) -> bool:
        return any(self.data.get(name) for name in self.fields)

    def narrow(self, ideas: IdeaQuerySet) -> IdeaQuerySet:
        self.is_valid()  # what cannot be understood is not asked for
        if words := self.cleaned_data.get("q"):
            ideas = ideas.filter(Q(title__icontains=words) | Q(need__icontains=words))
        if status := self.cleaned_data.get("status"):
            ideas = ideas.filter(status=status)
        return ideas


class IdeaForm(forms.ModelForm):  # type: ignore[type-arg]  # generic in the stubs only
    """The three questions, and a suggestion if one has it."""

    unit = UnitChoice(Unit.objects.none(), label=_("Where?"))
    # Made when the empty form is shown, so that a second click hands in the same idea again.
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    kpi = forms.ModelChoiceField(
        Kpi.objects.all(), to_field_name="kolada_id", required=False, widget=forms.HiddenInput
    )

    class Meta:
        model = Idea
        fields = ("need", "unit", "beneficiaries", "solution", "kpi")
        widgets = {
            "need": forms.Textarea(attrs={"rows": 4}),
            "beneficiaries": forms.Textarea(attrs={"rows": 2}),
            "solution": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = Unit.objects.active().in_tree_order().only("name", "path")
        self.fields["unit"] = UnitChoice(
            units,
            label=_("Where?"),
            help_text=_("The workplace that the idea is about."),
            initial=person.unit and person.unit.pk,
        )


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


class WhyForm(forms.Form):
    """A sentence to the author."""

    why = forms.CharField(
        label=_("A sentence to the author"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        validators=[no_identity_numbers],
    )


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
