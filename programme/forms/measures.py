"""What a work measures: the measure itself, and one value at a time.  Tables are in `grid`."""

from collections.abc import Iterable
from dataclasses import fields as fields_of
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.forms import NumberField
from foundation.numbers import number
from foundation.search_choice import SearchChoiceField, SearchingForm
from measures.actions.team import NewMeasure
from measures.models import Kpi, Measurement, TeamMeasure
from measures.models.team import ChartChoice, Direction, Frequency, MeasureKind, RuleChoice
from measures.rules.team import MOST_PER, faults_in
from measures.typed.entry import Entry
from measures.typed.numbers import number_in
from organisation.models import Person
from organisation.privacy import no_identity_numbers

from ..models import Purpose, Work, WorkMeasure
from .fields import PersonChoice, day_input, lines


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
        said = self.cleaned_data
        return NewMeasure(
            **{
                field.name: said[field.name]
                for field in fields_of(NewMeasure)
                if field.name in said
            }
        )


# What is suggested to count per, where nobody says.
PER = {MeasureKind.SHARE: 100, MeasureKind.RATE: 1_000}


class SettingsForm(SearchingForm, MeasureForm):
    """All that can be chosen about a measure of a work."""

    purpose = forms.ChoiceField(
        label=_("Kind of measure"),
        choices=Purpose.choices,
        initial=Purpose.OUTCOME,
        help_text=_(
            "Outcome: is it better for those it is for? Process: do we do as we said? "
            "Balancing: does anything else get worse?"
        ),
    )
    kind = forms.ChoiceField(
        label=_("What is a value?"),
        choices=MeasureKind.choices,
        widget=forms.RadioSelect,
        initial=MeasureKind.VALUE,
        required=False,
        help_text=_("It decides what you write down and which chart fits."),
    )
    per = forms.IntegerField(
        label=_("Per"),
        required=False,
        min_value=1,
        max_value=MOST_PER,
        help_text=_("Of shares and rates: 100 for per cent, 1,000 for falls per 1,000 days."),
    )
    target = NumberField(label=_("Target"), required=False)
    frequency = forms.ChoiceField(
        label=_("How often is it measured?"),
        choices=Frequency.choices,
        initial=Frequency.MONTHLY,
        required=False,
    )
    collector = PersonChoice(
        Person.objects.none(),
        label=_("Who collects the values?"),
        required=False,
        empty_label=_("Nobody in particular"),
    )
    kpi = SearchChoiceField(
        Kpi.objects.all(), route="kpi-search", label=_("Measure it is aimed at"), required=False
    )
    chart = forms.ChoiceField(label=_("Chart"), choices=ChartChoice.choices, required=False)
    rules = forms.ChoiceField(
        label=_("Rules"), choices=RuleChoice.choices, initial=RuleChoice.ANHOEJ, required=False
    )
    screening = forms.BooleanField(
        label=_("Leave out single great leaps when limits are worked out"),
        required=False,
        initial=True,
    )

    FIRST = ("name", "unit_word", "purpose", "direction", "kind", "per", "target", "frequency")
    SECOND = ("collector", "definition", "kpi")
    CHART = ("chart", "rules", "screening")

    def __init__(
        self, *args: Any, work: Work, followed: WorkMeasure | None = None, **kwargs: Any
    ) -> None:
        if followed is not None:
            kwargs["initial"] = _initial(followed) | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        team = Person.objects.filter(memberships__work=work, is_guest=False).in_name_order()
        self.fields["collector"].queryset = team  # type: ignore[attr-defined]
        if followed is not None and followed.carries_aim:
            del self.fields["target"]  # the aim is the target, and is changed in the charter
        elif followed is None:
            self.fields["direction"].initial = Direction.HIGHER

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        said["kind"] = said.get("kind") or MeasureKind.VALUE
        said["per"] = said.get("per") or PER.get(said["kind"], 1)
        said["frequency"] = said.get("frequency") or Frequency.MONTHLY
        said["rules"] = said.get("rules") or RuleChoice.ANHOEJ
        if "screening" in self.fields and self.add_prefix("name") in self.data:
            said["screening"] = bool(said.get("screening")) or "rules" not in self.data
        return said

    def chosen(self) -> dict[str, Any]:
        """Return what the actions ask for, beside who it is."""
        said = self.cleaned_data
        return {
            "measure": self.measure(),
            "purpose": said["purpose"],
            "target": said.get("target"),
            "kpi": said["kpi"],
        }

    def parts(self) -> dict[str, list[Any]]:
        """Return the fields in their groups, for the page."""
        groups = {"first": self.FIRST, "second": self.SECOND, "chart": self.CHART}
        return {
            name: [self[field] for field in fields if field in self.fields]
            for name, fields in groups.items()
        }


def _initial(followed: WorkMeasure) -> dict[str, Any]:
    names = [field.name for field in fields_of(NewMeasure)]
    said = {name: getattr(followed.measure, name) for name in (*names, "target", "kpi")}
    return said | {"purpose": followed.purpose, "kpi": followed.measure.kpi_id}


class WrittenNumber(forms.CharField):
    """A number as people write it, with comma or point and between thousands what they like."""

    conditional = True  # there may be a reason why it is missing instead
    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        return number_in(text) if text else None

    def prepare_value(self, value: Any) -> Any:
        return number(value) if isinstance(value, Decimal) else value


class ValueForm(forms.Form):
    """One value of a measure on a day, or why it is missing."""

    taken_on = forms.DateField(label=_("Day"), widget=day_input())
    value = WrittenNumber(label=_("Value"), required=False)
    numerator = WrittenNumber(label=_("How many"), required=False)
    denominator = WrittenNumber(label=_("Of how many"), required=False)
    note = forms.CharField(
        label=pgettext_lazy("measurement", "Note"),
        max_length=200,
        required=False,
        validators=[no_identity_numbers],
        help_text=_("For example if something special happened."),
    )
    missing_because = forms.CharField(
        label=_("Why the value is missing"),
        max_length=200,
        required=False,
        validators=[no_identity_numbers],
        help_text=_("Only if there is no value that day. The chart shows a gap."),
    )

    def __init__(self, *args: Any, measure: TeamMeasure, on: date, **kwargs: Any) -> None:
        kwargs["initial"] = {"taken_on": on} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        self.measure, self.on = measure, on
        for name in ("value",) if measure.has_parts else ("numerator", "denominator"):
            del self.fields[name]
        first = "numerator" if measure.has_parts else "value"
        self.fields[first].widget.attrs["autofocus"] = not self.is_bound
        if not measure.has_parts:
            self.fields["value"].label = measure.unit_word
        self.fields["taken_on"].widget.attrs["max"] = on.isoformat()

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if "taken_on" in said and not (self.errors.keys() & said.keys()):
            for name, fault in faults_in(self.measure, Entry(**said), on=self.on).items():
                if name not in self.errors:
                    self.add_error(name, fault)
        return said


def said_of(measurement: Measurement) -> dict[str, Any]:
    """Return what a value form of that day begins with."""
    names = ("taken_on", "value", "numerator", "denominator", "note", "missing_because")
    return {name: getattr(measurement, name) for name in names}


class ReasonForm(forms.Form):
    """Why a value is not to be counted."""

    because = forms.CharField(
        label=_("Why is it not to be counted?"),
        max_length=200,
        validators=[no_identity_numbers],
        help_text=_("For example that something was measured in another way that day."),
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


class PhaseForm(forms.Form):
    """From which day a measure is judged anew, and why."""

    starts_on = forms.DateField(label=_("From which day?"), widget=day_input())
    cycle = forms.ChoiceField(
        label=_("Does it have to do with one of your tests?"),
        widget=forms.RadioSelect,
        required=False,
    )
    because = forms.CharField(
        label=_("What is the cause?"),
        max_length=240,
        required=False,
        widget=lines(2),
        validators=[no_identity_numbers],
        help_text=_("What you did or what happened, in a sentence. It stands below the chart."),
    )

    def __init__(self, *args: Any, cycles: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [(str(pk), text) for pk, text in cycles]
        if offered:
            field: Any = self.fields["cycle"]
            field.choices = [*offered, ("", _("No, something else"))]
        else:
            del self.fields["cycle"]
        for each in self.fields.values():
            each.conditional = True  # type: ignore[attr-defined]  # the cause is asked for at the end

    def cause(self) -> str:
        """Return the cause, with the test it has to do with before it; empty if nothing is said."""
        said = self.cleaned_data["because"]
        chosen = self.cleaned_data.get("cycle")
        if not chosen:
            return str(said)
        tests: Any = self.fields["cycle"]
        test = dict(tests.choices)[chosen]
        return f"{test.split(':')[0]}: {said}" if said else test[:300]
