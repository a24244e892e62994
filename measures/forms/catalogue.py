"""Looking through the catalogue of KPIs, and what we say of one of them."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.db.models import Q
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.filters import FilterForm
from foundation.search_choice import SearchChoiceField, SearchingForm
from foundation.swedish import holds_every, sought_words

from ..actions.kpis import LONGEST_NAME, LONGEST_UNIT_WORD, Described
from ..models import Covers, Good, Kpi, MeasureKpi
from ..models.kpi import KpiQuerySet
from ..queries.catalogue import ENDED, said_by_kolada

_IS_PART = Q(pk__in=MeasureKpi.objects.values("kpi"))


class CatalogueFilter(FilterForm):
    """Which KPIs to show."""

    q = forms.CharField(label=_("Words or id"), required=False, max_length=100)
    area = forms.ChoiceField(label=_("Operating area"), required=False)
    followed = forms.ChoiceField(
        label=_("Fetched"),
        required=False,
        choices=[
            ("", _("All")),
            ("yes", _("Followed")),
            ("measure", _("Part of a measure")),
            ("no", _("Neither")),
        ],
    )
    perspective = forms.ChoiceField(label=_("Perspective"), required=False)
    has = forms.ChoiceField(
        label=_("Has values of"),
        required=False,
        choices=[
            ("", _("Anything")),
            ("units", _("Single units")),
            ("genders", _("Women and men")),
            ("both", _("Single units, women and men")),
        ],
    )
    covers = forms.ChoiceField(
        label=_("Covers"), required=False, choices=[("", _("All")), *Covers.choices]
    )
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            ("", _("All")),
            ("current", pgettext_lazy("KPI", "Goes on")),
            ("ended", pgettext_lazy("KPI", "Ended")),
            ("retired", _("No longer in Kolada")),
        ],
    )

    ALWAYS = ("q", "area", "followed")

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        for name, found in zip(("area", "perspective"), said_by_kolada(), strict=True):
            choices = [("", _("All")), *((text, text) for text in found)]
            self.fields[name].choices = choices  # type: ignore[attr-defined]

    def narrow(self, kpis: KpiQuerySet) -> KpiQuerySet:
        """Return those asked for; what Kolada no longer has is found by words, or by its state."""
        if not self.used().keys() & {"q", "state"}:
            kpis = kpis.filter(retired_on=None)
        for name, value in self.used().items():
            kpis = kpis.filter(_CONDITIONS[name](value))
        return kpis

    def said(self, name: str, value: Any) -> str:
        return f"“{value}”" if name == "q" else super().said(name, value)


_FOLLOWED = {
    "yes": Q(is_followed=True),
    "measure": _IS_PART,
    "no": Q(is_followed=False) & ~_IS_PART,
}
_HAS = {
    "units": Q(has_units=True),
    "genders": Q(has_genders=True),
    "both": Q(has_units=True, has_genders=True),
}
_STATES = {
    "current": Q(retired_on=None) & ~ENDED,
    "ended": Q(retired_on=None) & ENDED,
    "retired": Q(retired_on__isnull=False),
}
_CONDITIONS: dict[str, Callable[[str], Q]] = {
    "q": lambda words: holds_every(sought_words(words)),
    "area": lambda area: Q(operating_area=area),
    "perspective": lambda perspective: Q(perspective=perspective),
    "followed": _FOLLOWED.__getitem__,
    "has": _HAS.__getitem__,
    "covers": lambda covers: Q(covers__in={covers, Covers.ALL}),
    "state": _STATES.__getitem__,
}


class DescribeForm(SearchingForm, forms.Form):
    """What is ours to say of a KPI."""

    short_title = forms.CharField(
        label=_("Short name"),
        required=False,
        max_length=LONGEST_NAME,
        help_text=_("As it stands in the quality viewer. Without one, Kolada's title is shown."),
    )
    unit_word = forms.CharField(
        label=_("Unit of the values"),
        required=False,
        max_length=LONGEST_UNIT_WORD,
        help_text=_("For example %, kr, per 1,000 children."),
    )
    decimals = forms.IntegerField(
        label=_("Decimals shown"),
        min_value=0,
        max_value=6,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    good = forms.ChoiceField(
        label=_("Which way is good"),
        choices=Good,
        widget=forms.RadioSelect,
        help_text=_("Decides rank and colour. Kolada does not say, so it is for you to say."),
    )
    successor = SearchChoiceField(
        Kpi.objects.all(),
        route="kpi-search",
        label=_("Replaced by"),
        required=False,
        help_text=_("The KPI that goes on where this one ends."),
    )

    def __init__(self, data: QueryDict | None, *, kpi: Kpi) -> None:
        initial = {
            "short_title": kpi.short_title,
            "unit_word": kpi.unit_word,
            "decimals": kpi.decimals,
            "good": kpi.good,
            "successor": kpi.successor_id,
        }
        super().__init__(data, initial=initial)

    def described(self) -> Described:
        return Described(**self.cleaned_data)


class BreakForm(forms.Form):
    """A year from which values cannot be compared with those before it."""

    year = forms.IntegerField(
        label=_("First year of the new values"),
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={"invalid": _("Write a year with four digits, for example 2019.")},
    )
    why = forms.CharField(
        label=_("Why they cannot be compared"),
        max_length=300,
        help_text=_("For example: counted per 100,000 inhabitants from 2019."),
    )

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data, initial={"year": timezone.localdate().year})
