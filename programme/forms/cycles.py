"""One PDSA cycle, phase by phase."""

from dataclasses import fields as fields_of
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..actions.cycles import Plan
from ..models import Agreement, Cycle, Outcome
from .fields import LaterChoice, LaterText, OnACopy, lines


class PlanForm(OnACopy):
    """The plan of a test."""

    class Meta:
        model = Cycle
        fields = (
            *("question", "prediction", "plan_what", "plan_who", "plan_when", "plan_where"),
            "scale",
        )
        widgets = {
            "question": lines(2),
            "prediction": lines(2),
            "plan_what": lines(3),
            "scale": forms.RadioSelect,
        }
        field_classes = {"prediction": LaterText, "plan_what": LaterText}

    def plan(self) -> Plan:
        return Plan(**{field.name: self.cleaned_data[field.name] for field in fields_of(Plan)})


class NoteForm(OnACopy):
    """What happened in the test."""

    class Meta:
        model = Cycle
        fields = ("what_happened",)
        widgets = {"what_happened": lines(5)}
        field_classes = {"what_happened": LaterText}


class CompareForm(OnACopy):
    """The result beside the prediction, and what was learned."""

    class Meta:
        model = Cycle
        fields = ("agreement", "result", "learning")
        widgets = {"agreement": forms.RadioSelect, "result": lines(3), "learning": lines(3)}
        field_classes = {"agreement": LaterChoice, "result": LaterText, "learning": LaterText}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agreement"].choices = Agreement.choices  # type: ignore[attr-defined]


class CloseForm(forms.Form):
    """What is done with the change."""

    outcome = forms.ChoiceField(
        label=_("What do you do with the change?"),
        choices=Outcome.choices,
        widget=forms.RadioSelect,
        help_text=_("If you adapt it, the next cycle begins from what you learned."),
    )
