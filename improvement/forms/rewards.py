"""What a staff group says about its reward."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import RewardKind, RewardUse


class RewardUseForm(forms.ModelForm):  # type: ignore[type-arg]  # generic in the stubs only
    class Meta:
        model = RewardUse
        fields = ("kind", "description")
        labels = {"kind": _("What will you use it for?")}
        widgets = {"kind": forms.RadioSelect}
        help_texts = {
            "kind": _(
                "Money and gift cards are taxed as pay. Something that you do together, such as a "
                "lunch or a study visit, is usually not. Ask payroll if you are not sure."
            )
        }

    field_order = ("kind", "description")

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        self.fields["kind"].choices = RewardKind.choices  # type: ignore[attr-defined]
