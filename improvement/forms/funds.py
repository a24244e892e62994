"""What a fund's keeper fills in."""

import uuid
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from foundation.forms import KronorField
from foundation.search_choice import SearchChoiceField, SearchingForm
from organisation.models import Person, Unit
from organisation.permissions import Permission
from organisation.privacy import no_identity_numbers

from ..actions.funds import Policy
from ..models import Fund, Period
from ..rules.funds import why_not_period


class DayInput(forms.DateInput):
    def __init__(self) -> None:
        super().__init__(attrs={"type": "date"}, format="%Y-%m-%d")


class NoteField(forms.CharField):
    """A line that stands in the ledger for good."""

    def __init__(self, **options: Any) -> None:
        usual: dict[str, Any] = {
            "max_length": 300,
            "label": _("Note"),
            "validators": [no_identity_numbers],
        }
        super().__init__(**(usual | options))


class OnceForm(forms.Form):
    """A form that does its thing once, however often its button is pressed."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4, required=False)


class AllocateForm(OnceForm):
    amount_ore = KronorField(label=_("Amount"))
    note = NoteField(
        required=False, help_text=_("For example the decision that the money comes from.")
    )
    document_number = forms.CharField(
        label=_("Document number"),
        max_length=60,
        required=False,
        help_text=_("The voucher in the finance system, if there is one."),
    )

    def clean_amount_ore(self) -> int:
        return above_zero(self.cleaned_data["amount_ore"])


class PayForm(OnceForm):
    amount_ore = KronorField(label=_("Amount"))
    document_number = forms.CharField(
        label=_("Document number"),
        max_length=60,
        help_text=_("The invoice or voucher in the finance system."),
    )
    note = NoteField(required=False)

    def clean_amount_ore(self) -> int:
        return above_zero(self.cleaned_data["amount_ore"])


class CorrectForm(forms.Form):
    reason = NoteField(
        label=_("What was wrong?"),
        help_text=_("It stands beside the row for good, with your name and the day."),
    )


class ReleaseForm(forms.Form):
    """Why the money of an idea is released."""

    reason = forms.CharField(
        label=_("A sentence to the author"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        validators=[no_identity_numbers],
    )


class PeriodForm(forms.ModelForm):  # type: ignore[type-arg]  # generic in the stubs only
    class Meta:
        model = Period
        fields = ("name", "starts_on", "ends_on")
        widgets = {name: DayInput() for name in ("starts_on", "ends_on")}
        help_texts = {"name": _("For example: First half of 2026.")}

    def __init__(self, fund: Fund, data: Any = None, *, today: date) -> None:
        super().__init__(data)
        self.fund, self.today = fund, today

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts_on and ends_on:
            same = self.fund.periods.filter(
                name=cleaned.get("name"), starts_on=starts_on, ends_on=ends_on
            )
            refusal = why_not_period(self.fund, starts_on, ends_on, self.today)
            if refusal and not same.exists():  # the same asked for twice is one
                overlaps = ends_on >= starts_on and ends_on >= self.today
                raise ValidationError({"starts_on" if overlaps else "ends_on": refusal})
        return cleaned


class PolicyForm(forms.ModelForm):  # type: ignore[type-arg]  # generic in the stubs only
    """How a fund works."""

    cap_ore = KronorField(
        label=_("Guide amount per idea"),
        help_text=_("Above it a written reason is asked for; nothing is stopped."),
    )
    between_meetings_ore = KronorField(
        label=_("May be decided between meetings"),
        required=False,
        help_text=_("The highest amount. Empty: any amount."),
    )
    reward_ore = KronorField(
        label=_("Usual reward to the staff group"),
        help_text=_("Paid when the report is approved. 0 means no reward."),
    )
    many_people = forms.IntegerField(
        label=_("Very many, from so many people"),
        required=False,
        min_value=2,
        max_value=30_000,
        help_text=_("Empty: the reward is the same for all."),
    )
    many_reward_ore = KronorField(
        label=_("Reward when very many took part"),
        help_text=_("Paid if the money is enough, otherwise the usual reward."),
    )
    usual_allocation_ore = KronorField(
        label=_("Usual allocation to a period"),
        help_text=_("What the queue's dates are reckoned with until the money is allocated."),
    )

    class Meta:
        model = Fund
        fields = (
            "name",
            "cap_ore",
            "between_meetings_ore",
            "reward_ore",
            "many_people",
            "many_reward_ore",
            "queue_rule",
            "rollover_within_year",
            "rollover_at_year_end",
            "usual_allocation_ore",
        )
        labels = {
            "queue_rule": _("How the queue is served"),
            "rollover_within_year": _("What is left when a period ends within the year"),
            "rollover_at_year_end": _("What is left at the end of the year"),
        }
        widgets = dict.fromkeys(
            ("queue_rule", "rollover_within_year", "rollover_at_year_end"), forms.RadioSelect
        )

    def clean_cap_ore(self) -> int:
        return above_zero(self.cleaned_data["cap_ore"])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        reward_ore, many_ore = cleaned.get("reward_ore"), cleaned.get("many_reward_ore")
        if cleaned.get("many_people") and (many_ore or 0) < (reward_ore or 0):
            self.add_error(
                "many_reward_ore",
                _("The reward when very many took part cannot be lower than the usual one."),
            )
        return cleaned

    def policy(self) -> Policy:
        return Policy(**{name: self.cleaned_data[name] for name in PolicyForm.Meta.fields})


class FundForm(SearchingForm, PolicyForm):
    """A new fund: whose it is, and how it works."""

    unit = SearchChoiceField(
        Unit.objects.active(),
        route="unit-search",
        query={"may": Permission.FUND_MANAGE},
        label=_("Whose fund?"),
        help_text=_("It pays for ideas in this unit and everything below it."),
    )

    field_order = ("unit", *PolicyForm.Meta.fields)

    def __init__(self, data: Any = None, *, person: Person) -> None:
        super().__init__(data, instance=Fund())
        reach = Unit.objects.active().filter(person.reach(Permission.FUND_MANAGE, through=""))
        self.fields["unit"].queryset = reach  # type: ignore[attr-defined]
        self.fields["unit"].suggested = lambda: reach.order_by("tree_order")[:3]  # type: ignore[attr-defined]


class DaysForm(forms.Form):
    """Between which days; an end left out is open."""

    first = forms.DateField(label=_("From"), required=False, widget=DayInput())
    last = forms.DateField(label=_("To"), required=False, widget=DayInput())


def above_zero(amount_ore: int) -> int:
    """Refuse nothing where something is asked for."""
    if amount_ore <= 0:
        raise ValidationError(_("Write an amount above zero."))
    return amount_ore
