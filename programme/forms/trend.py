"""What the page of the method in works is narrowed by: read from the address."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.filters import FilterForm
from foundation.search_choice import SearchChoiceField, SearchingForm
from organisation.models import Unit
from organisation.models.unit import within

from ..models.work import WorkQuerySet

LABELS = {
    "linked": _("Tests that build on each other"),
    "small_first": _("Small scale first"),
    "predicted": _("A prediction before the test"),
    "over_time": _("Data over time"),
}


class TrendFilter(SearchingForm, FilterForm):
    """Where, and which works to name."""

    lacks = forms.ChoiceField(
        label=_("Works that lack"),
        required=False,
        choices=[("", _("Any of the four")), *LABELS.items()],
    )
    unit = SearchChoiceField(
        Unit.objects.all(),
        route="unit-search",
        label=_("Where"),
        required=False,
        help_text=_("With all that belongs to it."),
    )

    ALWAYS = ("lacks",)

    def narrow(self, works: WorkQuerySet) -> WorkQuerySet:
        unit: Any = self.used().get("unit")
        return works.filter(within(unit, through="unit")) if unit else works

    @property
    def lacked(self) -> str:
        return str(self.used().get("lacks", ""))
