"""What to fetch from Kolada."""

from typing import Any

from django import forms
from django.db.models import TextChoices
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from foundation.search_choice import SearchChoiceField, SearchingForm

from ..models import QualityArea
from ..queries.catalogue import catalogue
from ..rules.imports import FIRST_YEAR


class Fetch(TextChoices):
    """What one can ask for; the names stand in addresses."""

    FOLLOWED = "followed", _("All that is followed")
    AREA = "area", _("One area")
    KPI = "kpi", _("One KPI")
    EVERYTHING = "everything", _("The whole of Kolada")
    CATALOGUE = "catalogue", _("The catalogue, without values")


def _year(label: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=FIRST_YEAR,
        max_value=2100,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={
            name: _("Write a year with four digits, for example 2019.")
            for name in ("invalid", "min_value", "max_value")
        },
    )


class FetchForm(SearchingForm, forms.Form):
    """Only what belongs to the first choice is looked at; the rest may be filled in or not."""

    what = forms.ChoiceField(label=_("What to fetch"), choices=Fetch, widget=forms.RadioSelect)
    area = forms.ModelChoiceField(
        QualityArea.objects.all(),
        label=_("Area"),
        required=False,
        empty_label=_("Choose an area."),
    )
    kpi = SearchChoiceField(
        catalogue().filter(retired_on=None), route="kpi-search", label=_("KPI"), required=False
    )
    whole = forms.BooleanField(
        label=_("Also what Kolada has not changed since the last time"), required=False
    )
    first_year = _year(_("From the year"))
    last_year = _year(_("To the year"))

    def __init__(self, data: QueryDict | None = None, *, asked: QueryDict | None = None) -> None:
        """Args:
        asked: What an address asks for beforehand: ?what=kpi&kpi=17.
        """
        initial = {"what": Fetch.FOLLOWED} | {
            name: value for name, value in (asked or {}).items() if value
        }
        if initial["what"] not in Fetch.values:
            initial["what"] = Fetch.FOLLOWED
        super().__init__(data, initial=initial)
        self.fields["what"].widget.is_required = True
        for field in self.fields.values():
            field.conditional = True  # type: ignore[attr-defined]  # which one is needed is said above

    def clean(self) -> None:
        """Say what lacks for the choice that was made, and that years stand the wrong way round."""
        said = self.cleaned_data
        for choice, sentence in (
            (Fetch.AREA, _("Choose an area.")),
            (Fetch.KPI, _("Choose a KPI, or search for it.")),
        ):
            needs = said.get("what") == choice and not said.get(choice)
            if needs and choice not in self.errors:
                self.add_error(choice, sentence)
        first, last = said.get("first_year"), said.get("last_year")
        if first and last and first > last:
            self.add_error("last_year", _("The last year is before the first."))

    def years(self) -> tuple[int | None, int | None]:
        return self.cleaned_data["first_year"], self.cleaned_data["last_year"]
