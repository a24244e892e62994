"""What a quality lead fills in about areas, measures and their parts."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.search_choice import SearchChoiceField, SearchingForm
from organisation.privacy import no_identity_numbers

from ..actions import areas, quality_measures
from ..models import Kpi, Municipality, QualityArea, QualityMeasure
from ..queries.groups import OVERALL, subjects_of
from ..rules.areas import LONGEST_NAME, MOST_LAG


class AreaForm(forms.Form):
    """What an area is called, and with whom it is compared."""

    name = forms.CharField(
        label=_("Name"), max_length=LONGEST_NAME, validators=[no_identity_numbers]
    )
    about = forms.CharField(
        label=_("What it is about"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        validators=[no_identity_numbers],
        help_text=_("A sentence for somebody who sees it for the first time."),
    )
    likeness = forms.ChoiceField(
        label=_("Similar municipalities"),
        required=False,
        help_text=_("Kolada chooses them anew each year, for different subjects."),
    )

    def __init__(
        self, data: Any = None, *, area: QualityArea | None = None, home: Municipality | None
    ) -> None:
        said = ("name", "about", "likeness")
        super().__init__(data, initial={name: getattr(area, name) for name in said} if area else {})
        subjects = subjects_of(home) if home else []
        if area and area.likeness and area.likeness not in subjects:
            subjects.append(area.likeness)
        self.fields["likeness"].choices = [  # type: ignore[attr-defined]
            ("", _("In general")),
            *((subject, subject) for subject in subjects if subject != OVERALL),
        ]

    def described(self) -> areas.Described:
        return areas.Described(**self.cleaned_data)


class MeasureForm(forms.Form):
    """What a quality measure is called, and which years it is shown under."""

    name = forms.CharField(
        label=_("Name"), max_length=LONGEST_NAME, validators=[no_identity_numbers]
    )
    note = forms.CharField(
        label=_("A few words beside the name"),
        max_length=200,
        required=False,
        validators=[no_identity_numbers],
        help_text=_("For example what it is made of."),
    )
    year_lag = forms.TypedChoiceField(
        label=_("Years of its own"),
        coerce=int,
        choices=[
            (0, _("No: a year's value stands under that year")),
            (1, _("One year late: the value of 2025 stands under 2026")),
            (2, _("Two years late")),
            (MOST_LAG, _("Three years late")),
        ],
        initial=0,
        help_text=_("Costs are known later than what people answer in surveys."),
    )

    def __init__(self, data: Any = None, *, measure: QualityMeasure | None = None) -> None:
        said = ("name", "note", "year_lag")
        initial = {name: getattr(measure, name) for name in said} if measure else {}
        super().__init__(data, initial=initial)

    def described(self) -> quality_measures.Described:
        return quality_measures.Described(**self.cleaned_data)


class PartForm(SearchingForm, forms.Form):
    """A KPI to make a part of a measure: Kolada's or our own."""

    kpi = SearchChoiceField(
        Kpi.objects.all(),
        route="kpi-search",
        label=_("KPI"),
        help_text=_("Search by a few words of its title or by its id: Kolada's and our own."),
    )
    is_left_out = forms.TypedChoiceField(
        label=_("Is it counted?"),
        coerce=lambda value: value == "yes",
        choices=[
            ("no", _("Yes, the measure is the mean of its parts")),
            ("yes", _("No, it is only shown beside the others")),
        ],
        initial="no",
        widget=forms.RadioSelect,
    )
