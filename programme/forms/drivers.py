"""One box in the driver diagram."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import Driver, DriverKind
from ..models.driver import UNDER


class BoxForm(forms.ModelForm):  # type: ignore[type-arg]  # generic in the stubs only
    """A new box under `parent` (None: the aim); what kind it is follows, or is chosen."""

    prefix = "box"
    use_required_attribute = False

    class Meta:
        model = Driver
        fields = ("text", "kind")
        widgets = {"kind": forms.RadioSelect}

    def __init__(self, *args: Any, parent: Driver | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = UNDER[parent.kind if parent else None]
        self.fields["text"].widget.attrs |= {"autofocus": True, "autocomplete": "off"}
        kind: Any = self.fields["kind"]
        kind.label = _("What is it?")
        kind.choices = [(each.value, each.label) for each in kinds]
        kind.initial = kinds[0] if kinds else DriverKind.CHANGE
        if len(kinds) < 2:
            kind.widget = forms.HiddenInput()


class ChangeBoxForm(forms.ModelForm):  # type: ignore[type-arg]  # generic in the stubs only
    """A box's words, and what it leads to."""

    prefix = "box"
    use_required_attribute = False

    class Meta:
        model = Driver
        fields = ("text", "parent")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        driver: Driver = self.instance
        self.fields["text"].widget.attrs |= {"autofocus": True, "autocomplete": "off"}
        parent: Any = self.fields["parent"]
        if driver.kind == DriverKind.PRIMARY:
            del self.fields["parent"]
            return
        kinds = [kind for kind, under in UNDER.items() if kind and driver.kind in under]
        parent.queryset = Driver.objects.filter(work=driver.work_id, kind__in=kinds)
        parent.label, parent.empty_label, parent.required = _("What does it lead to?"), None, True
