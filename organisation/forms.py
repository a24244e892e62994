"""What an administrator fills in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.spreadsheet import MOST_BYTES

from .models import MailChoice, Person, Unit
from .notices import all_reminders
from .permissions import Role


class UnitChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # only the stubs are generic
    """Units as they lie under each other."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{'– ' * obj.depth}{obj.name}"


class AssignForm(forms.Form):
    role = forms.ChoiceField(
        label=_("Role"), choices=[(r.value, r.label) for r in Role if r is not Role.STAFF]
    )
    unit = UnitChoice(
        queryset=Unit.objects.none(),
        label=_("Unit"),
        help_text=_("The role reaches everything below the unit."),
        empty_label=None,
    )

    def __init__(self, by: Person, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        units = Unit.objects.managed_by(by).active().in_tree_order()
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]


class MailForm(forms.Form):
    choice = forms.ChoiceField(
        label=_("How often do you want to be mailed?"),
        choices=MailChoice.choices,
        widget=forms.RadioSelect,
        help_text=_("Only what you have not already read here is mailed."),
    )
    quiet_from = forms.TimeField(
        label=_("Quiet from"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    quiet_until = forms.TimeField(
        label=_("Quiet until"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text=_("Mail waits until after. The hours may go past midnight."),
    )


class RemindersForm(forms.Form):
    """Which reminders one wants."""

    kinds = forms.MultipleChoiceField(
        label=_("What do you want to be reminded of?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Decisions, and what others say to you, always come."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["kinds"]
        field.choices = [(reminder.kind, reminder.label) for reminder in all_reminders()]
        field.conditional = True  # "optional" says nothing here


class SearchForm(forms.Form):
    q = forms.CharField(label=_("Name or e-mail"), required=False, max_length=100)


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        help_text=_("Excel (.xlsx) or CSV, at most 10 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv,.txt"}),
    )
    is_complete = forms.BooleanField(
        label=_("The file holds everybody who works here"),
        help_text=_(
            "Whoever is employed here and is not in the file is then taken to have left, "
            "and can sign in no more. You see who it is before anything is done."
        ),
        required=False,
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("The file is larger than 10 MB."))
        return file
