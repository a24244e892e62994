"""How one wants to look at an area; the names of the fields are those of the address."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.search_choice import SearchChoiceField, SearchingForm

from ..address import MOST_YEARS, Address
from ..models import Kind, Municipality
from ..queries import AreaView, National, Split

NATIONALS = {
    National.MEAN: _("Unweighted mean: each counts the same"),
    National.WEIGHTED: _("The country, weighted: each inhabitant counts the same"),
}
SPLITS = {
    Split.ALL: _("All together"),
    Split.WOMEN: _("Women"),
    Split.MEN: _("Men"),
    Split.EACH: _("All, women and men beside each other"),
}


class LookForm(SearchingForm, forms.Form):
    """The settings of an area page, filled in as they are now."""

    ar = forms.TypedChoiceField(label=_("Last year"), coerce=int)
    antal = forms.TypedChoiceField(
        label=_("Number of years"),
        coerce=int,
        choices=[(n, n) for n in range(1, MOST_YEARS + 1)],
    )
    grupp = forms.ChoiceField(
        label=_("Compare with"),
        help_text=_("The colours always say the place among all in the country."),
    )
    mot = forms.ChoiceField(label=_("National value"), choices=NATIONALS.items())
    kon = forms.ChoiceField(label=_("Women and men"), choices=SPLITS.items())
    per = forms.DateField(
        label=_("As it was on a day"),
        required=False,
        help_text=_("The values that were known that day, compared as they were then."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    kommun = SearchChoiceField(
        Municipality.objects.exclude(kind=Kind.COUNTRY),
        route="municipality-search",
        label=_("Whose values"),
        key="code",
    )

    def __init__(
        self,
        data: QueryDict | None,
        *,
        view: AreaView,
        address: Address,
        ours: Municipality,
        **options: Any,
    ) -> None:
        super().__init__(
            data,
            initial={
                "ar": view.shown[-1],
                "antal": address.count,
                "grupp": view.group.key if view.group else view.groups[0].key,
                "mot": address.national,
                "kon": address.split,
                "per": address.as_of,
                "kommun": view.home.code,
            },
            **options,
        )
        self.fields["ar"].choices = [(year, year) for year in reversed(view.years)]  # type: ignore[attr-defined]
        self.fields["grupp"].choices = [(group.key, group.label) for group in view.groups]  # type: ignore[attr-defined]
        self.fields["per"].widget.attrs["max"] = timezone.localdate().isoformat()
        self.fields["kommun"].suggested = [ours]  # type: ignore[attr-defined]
        for field in self.fields.values():
            field.conditional = True  # type: ignore[attr-defined]  # "optional" would be said of it
