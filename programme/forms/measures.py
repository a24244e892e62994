"""What a work measures."""

from dataclasses import fields as fields_of
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.forms import NumberField
from measures.actions.team import NewMeasure
from measures.models.team import Direction
from organisation.privacy import no_identity_numbers

from ..models import Purpose
from .fields import day_input, lines


class MeasureForm(forms.Form):
    """What to count, in which unit, and which way is better."""

    name = forms.CharField(
        label=_("What do you measure?"),
        max_length=120,
        validators=[no_identity_numbers],
        help_text=_("For example: residents who know who their contact is."),
    )
    unit_word = forms.CharField(
        label=_("Counted in"), max_length=30, help_text=_("For example percent, days, falls.")
    )
    direction = forms.ChoiceField(
        label=_("Which way is better?"), choices=Direction.choices, widget=forms.RadioSelect
    )
    definition = forms.CharField(
        label=_("How do you count it?"),
        max_length=1000,
        required=False,
        widget=lines(2),
        validators=[no_identity_numbers],
        help_text=_("So that everybody counts in the same way: who counts what, when and where."),
    )

    def measure(self) -> NewMeasure:
        return NewMeasure(**{f.name: self.cleaned_data[f.name] for f in fields_of(NewMeasure)})


class MoreMeasureForm(MeasureForm):
    """One more measure, and why it is followed."""

    purpose = forms.ChoiceField(
        label=_("Kind of measure"),
        choices=Purpose.choices,
        initial=Purpose.OUTCOME,
        help_text=_(
            "Outcome: is it better for those it is for? Process: do we do as we said? "
            "Balancing: does anything else get worse?"
        ),
    )


class ValueForm(forms.Form):
    """A value on a day."""

    taken_on = forms.DateField(label=_("Day"), widget=day_input())
    value = NumberField(label=_("Value"))
    note = forms.CharField(
        label=pgettext_lazy("measurement", "Note"),
        max_length=200,
        required=False,
        validators=[no_identity_numbers],
        help_text=_("For example if something special happened."),
    )


class EndsForm(forms.Form):
    """Where a measure began and where it ended: enough for a simple report."""

    start_value = NumberField(label=_("Start value"), required=False)
    start_on = forms.DateField(label=_("Measured on"), widget=day_input(), required=False)
    end_value = NumberField(label=_("End value"), required=False)
    end_on = forms.DateField(label=_("Measured on"), widget=day_input(), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for end in ("start", "end"):
            value, on = cleaned.get(f"{end}_value"), cleaned.get(f"{end}_on")
            if value is None and on is not None and f"{end}_value" not in self.errors:
                self.add_error(f"{end}_value", _("Write the value of that day."))
            if value is not None and on is None and f"{end}_on" not in self.errors:
                self.add_error(f"{end}_on", _("Write the day it was measured."))
        return cleaned

    def end(self, name: str) -> tuple[Decimal, date] | None:
        """Return the value and day of "start" or "end", or None where nothing is written."""
        value, on = self.cleaned_data[f"{name}_value"], self.cleaned_data[f"{name}_on"]
        return None if value is None else (value, on)
