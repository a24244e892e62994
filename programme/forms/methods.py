"""Methods: choosing one for a work, and looking after them."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organisation.privacy import no_identity_numbers

from ..actions.methods import MethodText, StepText
from ..models import Method, Work
from .fields import lines

EMPTY_ROWS = 2  # for new steps


class MethodChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # only the stubs are generic
    """Choose a method, by its name and when it suits."""

    def label_from_instance(self, method: Method) -> str:
        return f"{method.name} – {method.intro}" if method.intro else method.name


def offered() -> QuerySet[Method]:
    """Return the methods that can be chosen, in their order."""
    return Method.objects.filter(is_active=True)


class ChooseMethodForm(forms.Form):
    """The method of a work."""

    method = MethodChoice(
        Method.objects.none(),
        label=_("Which method do you follow?"),
        empty_label=None,
        widget=forms.RadioSelect,
        help_text=_("Choose the one that your organisation usually works by."),
    )

    def __init__(self, *args: Any, work: Work | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["method"]
        mine = work.method_id if work else None
        field.queryset = Method.objects.filter(Q(is_active=True) | Q(pk=mine))
        if mine is not None:
            field.initial = mine


class StartMethodForm(forms.Form):
    """The method at the start; nothing chosen is the wheel of small tests."""

    method = MethodChoice(
        None,
        label=_("Which method do you follow?"),
        required=False,
        empty_label=None,
        widget=forms.RadioSelect,
        help_text=_("Choose the one that your organisation usually works by."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["method"].queryset = offered()  # type: ignore[attr-defined]

    def chosen(self) -> Method | None:
        return self.cleaned_data["method"]  # type: ignore[no-any-return]


class MethodForm(forms.Form):
    """What is said of a method."""

    name = forms.CharField(label=_("Name"), max_length=80, validators=[no_identity_numbers])
    intro = forms.CharField(
        label=_("When it suits"), max_length=300, required=False, widget=lines(2)
    )
    source = forms.CharField(label=_("Source"), max_length=200, required=False)
    is_active = forms.BooleanField(label=_("Can be chosen"), required=False, initial=True)

    def text(self) -> MethodText:
        return MethodText(**self.cleaned_data)


class StepForm(forms.Form):
    """One step of a method; one without a name is no step."""

    pk = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=1)
    place = forms.IntegerField(
        label=pgettext_lazy("of a step", "Number"), required=False, min_value=1, max_value=99
    )
    name = forms.CharField(label=_("Step"), max_length=80, required=False)
    asks = forms.CharField(label=_("What one does"), max_length=300, required=False)
    remove = forms.BooleanField(label=_("Take the step away"), required=False)


class StepsBase(forms.BaseFormSet):  # type: ignore[type-arg]  # generic in the stubs only
    """The steps of a method, in the order of their numbers."""

    def steps(self) -> list[StepText]:
        rows = [
            form.cleaned_data
            for form in self.forms
            if form.cleaned_data.get("name") and not form.cleaned_data.get("remove")
        ]
        rows.sort(key=lambda row: row["place"] or 100)  # without a number: last, as written
        return [StepText(row["name"], row["asks"], row["pk"]) for row in rows]


StepsFormSet = forms.formset_factory(StepForm, formset=StepsBase, extra=EMPTY_ROWS, max_num=20)


def steps_form(data: Any, method: Method | None) -> StepsBase:
    """Return the rows of a method's steps, with some empty ones last."""
    steps = method.steps.all() if method else ()
    initial = [{"pk": s.pk, "place": s.number, "name": s.name, "asks": s.asks} for s in steps]
    formset: Any = StepsFormSet(data, prefix="steps", initial=initial)
    return formset  # type: ignore[no-any-return]  # a StepsBase, which the factory hides


class AreaForm(forms.Form):
    """A strategic area."""

    name = forms.CharField(
        label=_("Strategic area"), max_length=80, validators=[no_identity_numbers]
    )
