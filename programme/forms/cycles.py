"""One PDSA cycle, phase by phase."""

from dataclasses import fields as fields_of
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.uploads import Upload, UploadField

from ..actions.cycles import Plan
from ..models import Agreement, Cycle, Driver, Outcome, Phase, PredictionVersion, Work, WorkFile
from .fields import LaterChoice, LaterText, OnACopy, lines


class PlanForm(OnACopy):
    """The plan of a test."""

    class Meta:
        model = Cycle
        fields = (
            *("change", "question", "prediction", "plan_what", "plan_who", "plan_when"),
            *("plan_where", "plan_data", "scale"),
        )
        widgets = {
            "question": lines(2),
            "prediction": lines(2),
            "plan_what": lines(3),
            "plan_data": lines(2),
            "scale": forms.RadioSelect,
        }
        field_classes = {"prediction": LaterText, "plan_what": LaterText}

    def __init__(self, *args: Any, work: Work, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        changes: Any = self.fields["change"]
        changes.queryset = Driver.objects.changes().filter(work=work)
        changes.empty_label = _("None of those in the driver diagram")

    def plan(self) -> Plan:
        return Plan(**{field.name: self.cleaned_data[field.name] for field in fields_of(Plan)})


class NewPlanForm(PlanForm):
    """The plan of a test that is not there yet: it also says which cycle it carries on from."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    previous = forms.ModelChoiceField(
        label=_("Which test does it build on?"),
        queryset=Cycle.objects.none(),
        required=False,
        empty_label=_("None: this is something new"),
    )

    def __init__(self, *args: Any, work: Work, **kwargs: Any) -> None:
        super().__init__(*args, work=work, **kwargs)
        self.fields["key"].initial = uuid4
        earlier: Any = self.fields["previous"]
        earlier.queryset = work.cycles.filter(status=Phase.CLOSED).order_by("-number")


class NoteForm(OnACopy):
    """What happened in the test."""

    class Meta:
        model = Cycle
        fields = ("what_happened", "observed", "deviations")
        widgets = {"what_happened": lines(4), "observed": lines(4), "deviations": lines(2)}
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


class PredictionForm(forms.ModelForm):  # type: ignore[type-arg]  # generic in the stubs only
    """What is predicted now, beside what was locked."""

    prefix = "anew"
    use_required_attribute = False

    class Meta:
        model = PredictionVersion
        fields = ("prediction", "because")
        widgets = {"prediction": lines(2)}


class PhotoForm(forms.ModelForm):  # type: ignore[type-arg]  # generic in the stubs only
    """A picture of a test: taken now, or chosen among those that are there."""

    taken = UploadField(
        most=1,
        required=False,
        label=_("Take a photo"),
        help_text=_("No faces and no names. What a picture says of time and place is taken away."),
    )
    chosen = UploadField(most=1, required=False, label=_("Or choose a picture"), help_text="")

    class Meta:
        model = WorkFile
        fields = ("says",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["taken", "chosen", "says"])
        self.fields["taken"].widget.attrs |= {"accept": "image/*", "capture": "environment"}
        self.fields["chosen"].widget.attrs["accept"] = "image/*"

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        uploads = [*cleaned.get("taken", []), *cleaned.get("chosen", [])]
        if "taken" in cleaned and "chosen" in cleaned and not uploads:
            self.add_error("taken", _("Take a photo, or choose a picture."))
        elif any(not upload.is_picture for upload in uploads):
            self.add_error("chosen", _("Choose a picture; other files are kept with the work."))
        return cleaned

    def uploads(self) -> list[Upload]:
        return [*self.cleaned_data["taken"], *self.cleaned_data["chosen"]]
