"""What a person fills in to leave an idea, and to say something to its author."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from measures.models import Kpi
from organisation.forms import UnitChoice
from organisation.models import Person, Unit
from organisation.privacy import no_identity_numbers

from ..models import Idea


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


class WhyForm(forms.Form):
    """A sentence to the author."""

    why = forms.CharField(
        label=_("A sentence to the author"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        validators=[no_identity_numbers],
    )
