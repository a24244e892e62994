"""A check whether a work holds, who makes it, and what was saved."""

import uuid
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.forms import KronorField, NumberField
from foundation.search_choice import SearchChoiceField, SearchingForm
from measures.models import TeamMeasure
from organisation.models import Person
from organisation.privacy import no_identity_numbers

from ..actions.benefits import Saving
from ..actions.effect import Answer
from ..models import BenefitKind, Holds
from .fields import lines


class CheckForm(forms.Form):
    """Four questions, made for a phone.

    Args:
        measure: The one that carries the aim, whose value of today is asked for; None: none is.
    """

    use_required_attribute = False

    is_followed = forms.ChoiceField(
        label=_("Is the new way of working followed?"),
        choices=Holds.choices,
        widget=forms.RadioSelect,
    )
    is_kept = forms.ChoiceField(
        label=_("Is the effect kept?"), choices=Holds.choices, widget=forms.RadioSelect
    )
    value = NumberField(label=_("Value today"), required=False)
    numerator = NumberField(label=_("How many"), required=False)
    denominator = NumberField(label=_("Of how many"), required=False)
    told = forms.CharField(
        label=_("What do you see?"),
        required=False,
        max_length=2000,
        widget=lines(3),
        validators=[no_identity_numbers],
        help_text=_("What works, what has slipped, what you need help with."),
    )

    def __init__(self, *args: Any, measure: TeamMeasure | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if measure is None or measure.has_parts:
            del self.fields["value"]
        if measure is None or not measure.has_parts:
            del self.fields["numerator"], self.fields["denominator"]
        if measure is not None and not measure.has_parts:
            self.fields["value"].help_text = _(
                "%(measure)s, %(unit)s. Leave it if you have none."
            ) % {
                "measure": measure.name,
                "unit": measure.unit_word,
            }
        if measure is not None and measure.has_parts:
            self.fields["numerator"].help_text = measure.name

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if (said.get("numerator") is None) != (said.get("denominator") is None):
            name = "numerator" if said.get("numerator") is None else "denominator"
            if name not in self.errors:
                self.add_error(name, _("Write both numbers, or leave both."))
        return said

    def answer(self) -> Answer:
        return Answer(**self.cleaned_data)


class GiveForm(SearchingForm, forms.Form):
    """Who makes the check instead."""

    to = SearchChoiceField(
        Person.objects.active().filter(is_guest=False),
        route="person-search",
        label=_("Who makes the check?"),
    )


class BenefitForm(forms.Form):
    """What was saved, from the least to the most."""

    use_required_attribute = False

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    kind = forms.ChoiceField(
        label=_("What is saved?"), choices=BenefitKind.choices, widget=forms.RadioSelect
    )
    hours_low = NumberField(label=_("Hours, at least"), required=False)
    hours_high = NumberField(label=_("Hours, at most"), required=False)
    low_ore = KronorField(label=_("Kronor, at least"), required=False)
    high_ore = KronorField(label=_("Kronor, at most"), required=False)
    is_yearly = forms.TypedChoiceField(
        label=_("How often?"),
        choices=[("yes", _("Every year")), ("no", _("Once"))],
        coerce=lambda value: value == "yes",
        initial="yes",
        widget=forms.RadioSelect,
    )
    year = forms.IntegerField(label=_("From the year"), min_value=2000, max_value=2100)
    source = forms.CharField(
        label=_("How do you know?"),
        max_length=300,
        validators=[no_identity_numbers],
        help_text=_("Measured, from the accounts, or how it was reckoned."),
    )
    uncertain = forms.CharField(
        label=_("What is uncertain?"),
        required=False,
        max_length=1000,
        widget=lines(2),
        validators=[no_identity_numbers],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("hours_low", "hours_high", "low_ore", "high_ore"):
            self.fields[name].conditional = True  # type: ignore[attr-defined]  # on what is saved

    def clean(self) -> dict[str, Any]:
        """Ask for both ends of what was chosen: one number alone would look surer than it is."""
        said = super().clean() or {}
        if said.get("kind"):
            for name in _ends(said["kind"]):
                if said.get(name) is None and name not in self.errors:
                    self.add_error(
                        name, _("Write both. If you know exactly, write the same number twice.")
                    )
        return said

    def saving(self) -> Saving:
        said = self.cleaned_data
        low, high = (said[name] for name in _ends(said["kind"]))
        is_hours = said["kind"] == BenefitKind.HOURS
        return Saving(
            kind=said["kind"],
            year=said["year"],
            source=said["source"],
            is_yearly=said["is_yearly"],
            hours=(_one_decimal(low), _one_decimal(high)) if is_hours else None,
            ore=None if is_hours else (low, high),
            uncertain=said["uncertain"],
        )


class WithdrawForm(forms.Form):
    """Why what was said counts no more."""

    because = forms.CharField(
        label=_("Why it is withdrawn"), max_length=300, validators=[no_identity_numbers]
    )


def _ends(kind: str) -> tuple[str, str]:
    return ("hours_low", "hours_high") if kind == BenefitKind.HOURS else ("low_ore", "high_ore")


def _one_decimal(hours: Decimal) -> Decimal:
    return hours.quantize(Decimal("0.1"))
