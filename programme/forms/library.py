"""What to show of the library, and where to try something."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.filters import FilterForm
from foundation.search_choice import SearchChoiceField, SearchingForm
from measures.models import Kpi
from organisation.models import Unit
from organisation.models.unit import within

from ..models import Effect, Holds, StrategicArea
from ..models.work import WorkQuerySet
from ..queries.library import holding_as, saying

ORDERS = (
    ("newest", _("Newest first")),
    ("adopted", _("Tried in most units first")),
    ("title", _("By title")),
)


class LibraryFilter(SearchingForm, FilterForm):
    """Which works to show; read from the address."""

    q = forms.CharField(label=_("Search"), required=False, max_length=100)
    area = forms.ModelChoiceField(
        StrategicArea.objects.all(), label=_("Strategic area"), required=False, empty_label=_("All")
    )
    effect = forms.ChoiceField(
        label=pgettext_lazy("of a work", "Effect"),
        required=False,
        choices=[("", _("All")), *Effect.choices],
    )
    held = forms.ChoiceField(
        label=_("Did it hold?"),
        required=False,
        choices=[
            ("", _("All")),
            (Holds.YES, _("It held at the last check")),
            (Holds.PARTLY, _("It held in part")),
            (Holds.NO, _("It did not hold")),
            ("not_yet", _("Not checked yet")),
        ],
    )
    unit = SearchChoiceField(
        Unit.objects.all(),
        route="unit-search",
        label=_("Where"),
        required=False,
        help_text=_("With all that belongs to it."),
    )
    kpi = SearchChoiceField(
        Kpi.objects.all(), route="kpi-search", label=_("Measure it is aimed at"), required=False
    )

    ALWAYS = ("q", "area", "held")

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)

    @property
    def is_unfolded(self) -> bool:
        return self.is_searching() or super().is_unfolded

    def narrow(self, works: WorkQuerySet) -> WorkQuerySet:
        for name, value in self.used().items():
            works = _NARROWED[name](works, value)
        return works

    def said(self, name: str, value: Any) -> str:
        return f"“{value}”" if name == "q" else super().said(name, value)


class AdoptForm(SearchingForm, forms.Form):
    """In which unit it is tried."""

    unit = SearchChoiceField(
        Unit.objects.active(), route="unit-search", label=_("Which unit will try it?")
    )


_NARROWED: dict[str, Any] = {
    "q": lambda works, words: saying(works, words),
    "area": lambda works, area: works.filter(strategic_area=area),
    "effect": lambda works, effect: works.filter(effects__contains=[effect]),
    "held": lambda works, held: holding_as(works, "" if held == "not_yet" else held),
    "unit": lambda works, unit: works.filter(within(unit, through="unit")),
    "kpi": lambda works, kpi: works.filter(kpi=kpi),
}
