"""What one fills in about something small that is done already."""

import uuid
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.search_choice import SearchChoiceField, SearchingForm
from organisation.asking import AsksGently
from organisation.models import Person, Unit
from organisation.privacy import no_identity_numbers

from .ideas import workplaces_of


class DoneForm(AsksGently, SearchingForm, forms.Form):
    """One text, and where."""

    asks_about: ClassVar = ("text",)

    text = forms.CharField(
        label=_("What have you done?"),
        help_text=_("A sentence is enough. For example: “We moved the gloves to the door.”"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        validators=[no_identity_numbers],
    )
    unit = SearchChoiceField(Unit.objects.active(), route="unit-search", label=_("Where?"))
    # Made when the empty form is shown, so that a second tap writes it down once.
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        initial = {"unit": person.unit and person.unit.pk, "key": uuid.uuid4()}
        super().__init__(*args, **{**kwargs, "initial": initial | kwargs.get("initial", {})})
        unit: Any = self.fields["unit"]
        unit.suggested = workplaces_of(person)

    def written(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("text", "unit", "key")}
