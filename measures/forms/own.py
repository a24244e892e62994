"""Measures of our own and their results: is it filled in?  What is allowed is for the actions."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from foundation.search_choice import SearchChoiceField, SearchingForm
from foundation.spreadsheet import MOST_BYTES
from organisation.models import Unit
from organisation.privacy import no_identity_numbers

from ..actions.own_kpis import Said
from ..actions.surveys import Result
from ..imports.cells import answers_in, outcome_in
from ..models import Good, Kpi, Status
from ..queries.units import UnitSeries
from ..rules.own_kpis import LONGEST_DESCRIPTION, LONGEST_TITLE, LONGEST_UNIT_WORD

YEARS_TYPED = 6


class OwnKpiForm(forms.Form):
    title = forms.CharField(
        label=_("Name"),
        max_length=LONGEST_TITLE,
        validators=[no_identity_numbers],
        help_text=_("For example: Satisfied with home care, as a whole."),
    )
    description = forms.CharField(
        label=_("What is it, and how is it measured?"),
        max_length=LONGEST_DESCRIPTION,
        widget=forms.Textarea(attrs={"rows": 4}),
        validators=[no_identity_numbers],
        required=False,
        help_text=_("The question as it was asked, who was asked, and when in the year."),
    )
    unit_word = forms.CharField(
        label=_("Measured in"),
        max_length=LONGEST_UNIT_WORD,
        required=False,
        help_text=_("For example %, days, or the scale 1–5."),
    )
    good = forms.ChoiceField(
        label=_("Which way is good"), choices=Good.choices, widget=forms.RadioSelect, initial="high"
    )
    decimals = forms.TypedChoiceField(
        label=_("Decimals shown"), coerce=int, choices=[(n, n) for n in range(4)], initial=0
    )

    @property
    def said(self) -> Said:
        return Said(**self.cleaned_data)


class ResultFileForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        help_text=_("Excel (.xlsx) or CSV, at most 10 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv,.txt"}),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise ValidationError(_("The file is larger than 10 MB."))
        return file


class _LineField(forms.CharField):
    """A short text that remembers what it was when the page was drawn."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, max_length=40, show_hidden_initial=True, **options)


class ResultsForm(forms.Form):
    """Several years of one measure: a result, and how many answered.

    What somebody else has written meanwhile, in a year that is not touched here, is left alone.
    """

    def __init__(self, *args: Any, series: UnitSeries, this_year: int, **options: Any) -> None:
        super().__init__(*args, **options)
        self.years = list(range(this_year, this_year - YEARS_TYPED, -1))
        for year in self.years:
            outcome = series.under(year)
            known = series.outcomes.get(year)
            self.fields[f"value_{year}"] = _LineField(
                label=_("Result %(year)s") % {"year": year},
                initial=series.text(year) if known else "",
                widget=forms.TextInput(attrs={"autocomplete": "off"}),
            )
            self.fields[f"answers_{year}"] = _LineField(
                label=_("Answers %(year)s") % {"year": year},
                initial="" if outcome.answers is None else str(outcome.answers),
                widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
            )

    @property
    def rows(self) -> list[tuple[int, Any, Any]]:
        return [(year, self[f"value_{year}"], self[f"answers_{year}"]) for year in self.years]

    def clean(self) -> dict[str, Any]:
        said: Mapping[str, Any] = super().clean() or self.cleaned_data
        results = []
        for year in self.years:
            names = f"value_{year}", f"answers_{year}"
            if any(name in self.changed_data for name in names):
                result = self._result(year, *(said.get(name, "") for name in names))
                if result:
                    results.append(result)
        return {"results": results}

    def _result(self, year: int, value: str, answers: str) -> Result | None:
        """Return what is said of a year; an emptied field takes back what was said."""
        count = self._read(f"answers_{year}", answers_in, answers)
        if not value:
            if answers:
                self.add_error(f"value_{year}", _("Write the result too."))
            return Result(year, int(Status.WITHDRAWN), None)
        outcome = self._read(f"value_{year}", outcome_in, value)
        return Result(year, int(outcome.status), outcome.value, count) if outcome else None

    def _read[R](self, field: str, reader: Callable[[str], R], text: str) -> R | None:
        try:
            return reader(text)
        except ValidationError as error:
            self.add_error(field, error)
            return None


class KpiOfOurs(forms.ModelChoiceField):  # type: ignore[type-arg]  # only the stubs are generic
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name} ({obj.code})"


class ChooseForm(SearchingForm, forms.Form):
    """Of what, and of which unit, results are to be written down."""

    kpi = KpiOfOurs(queryset=Kpi.objects.none(), label=_("Measure"), empty_label=None)
    unit = SearchChoiceField(Unit.objects.active(), route="unit-search", label=_("Unit"))

    def __init__(self, *args: Any, kpis: Any, suggested: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        kpi: Any = self.fields["kpi"]
        kpi.queryset = kpis
        unit: Any = self.fields["unit"]
        unit.suggested = suggested


class LinkForm(SearchingForm, forms.Form):
    """Which of our own units a unit in Kolada is."""

    unit = SearchChoiceField(
        Unit.objects.active(), route="unit-search", label=_("Our own unit"), required=False
    )

    def __init__(self, *args: Any, suggested: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        unit: Any = self.fields["unit"]
        unit.suggested = suggested
