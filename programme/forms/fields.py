"""What the forms share."""

from copy import copy
from typing import Any

from django import forms

from organisation.models import Person


def lines(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def day_input() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class OnACopy(forms.ModelForm):  # type: ignore[type-arg]  # generic in the stubs only
    """Work on a copy, so that a refused form leaves alone what the rest of the page shows."""

    use_required_attribute = False  # what is missing is said by the page, beside the field

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "instance": copy(kwargs.get("instance"))})


class Later:
    """Needed before one goes on, but not to save: the action that goes on asks for it.

    It is not called optional on the page, and an unwritten one is saved as it is.
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{**kwargs, "required": True})

    def validate(self, value: Any) -> None:
        if value:
            super().validate(value)  # type: ignore[misc]  # of the field it is mixed into


class LaterText(Later, forms.CharField):
    pass


class LaterChoice(Later, forms.TypedChoiceField):
    pass


class PersonChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # only the stubs are generic
    """Choose a person by name."""

    def label_from_instance(self, person: Person) -> str:
        return person.name


class PeopleChoice(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # likewise
    """Choose people by name."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, person: Person) -> str:
        return person.name
