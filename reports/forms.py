"""What one fills in to have something on paper."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from foundation.search_choice import SearchChoiceField, SearchingForm
from organisation.models import Person, Unit
from organisation.permissions import Permission

from .poster import Size, Wanted, units_for_posters

SUGGESTED = 5


class PosterForm(SearchingForm, forms.Form):
    """For which workplace, how large, in which language."""

    unit = SearchChoiceField(
        Unit.objects.none(),
        label=_("Workplace"),
        route="unit-search",
        query={"may": Permission.POSTER_MAKE},
    )
    scope = forms.ChoiceField(
        label=_("How many posters?"),
        choices=[
            ("one", _("One, for this workplace")),
            ("all", _("One for it and one for each workplace below it")),
        ],
        widget=forms.RadioSelect,
        initial="one",
    )
    size = forms.ChoiceField(
        label=_("Size"),
        choices=[(Size.A4, _("A4, for a notice board")), (Size.A3, _("A3, for a wall"))],
        widget=forms.RadioSelect,
        initial=Size.A4,
    )
    language = forms.ChoiceField(
        label=_("Language of the poster"), choices=settings.LANGUAGES, widget=forms.RadioSelect
    )

    def __init__(self, data: Any = None, *, by: Person, **options: Any) -> None:
        super().__init__(data, **options)
        units, own = units_for_posters(by), by.unit
        field = self.fields["unit"]
        assert isinstance(field, SearchChoiceField)  # as it is declared above
        field.queryset = units
        near = [own] if own and own.is_active and by.may(Permission.POSTER_MAKE, at=own) else []
        others = units.exclude(pk__in=[unit.pk for unit in near]).in_tree_order()
        field.suggested = lambda: [*near, *others[:SUGGESTED]]

    def wanted(self) -> Wanted:
        cleaned = self.cleaned_data
        return Wanted(Size(cleaned["size"]), cleaned["scope"] == "all")
