"""What to show in a list of ideas."""

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..models import IdeaStatus
from ..models.idea import IdeaQuerySet


class IdeaFilter(forms.Form):
    """What to show in a list of ideas; read from the address."""

    q = forms.CharField(label=_("Search"), required=False, max_length=100)
    status = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("All states")), *IdeaStatus.choices],
    )

    def is_used(self) -> bool:
        return any(self.data.get(name) for name in self.fields)

    def narrow(self, ideas: IdeaQuerySet) -> IdeaQuerySet:
        self.is_valid()  # what cannot be understood is not asked for
        if words := self.cleaned_data.get("q"):
            ideas = ideas.filter(Q(title__icontains=words) | Q(need__icontains=words))
        if status := self.cleaned_data.get("status"):
            ideas = ideas.filter(status=status)
        return ideas
