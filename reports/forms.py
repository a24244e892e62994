"""What one fills in to have something on paper, or to make it public."""

from typing import Any

from django import forms
from django.conf import settings
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from foundation.search_choice import SearchChoiceField, SearchingForm
from measures.queries import AreaView, Series
from measures.queries.releases import Said
from measures.rules.releases import (
    MOST_IN_A_COMMENT,
    MOST_IN_A_REASON,
    MOST_IN_AN_INTRODUCTION,
)
from organisation.models import Person, Unit
from organisation.permissions import Permission
from organisation.privacy import no_identity_numbers

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


class Words(forms.CharField):
    """Some lines that others will read."""

    def __init__(self, *, rows: int = 3, **options: Any) -> None:
        options.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        super().__init__(validators=[no_identity_numbers], **options)


class PublicForm(forms.Form):
    """What the public is shown of an area besides the values, with a comment for each measure."""

    year = forms.TypedChoiceField(label=_("Last year shown"), coerce=int)
    introduction = Words(
        label=_("Introduction"),
        help_text=_("What the area is, and what you want readers to know first."),
        max_length=MOST_IN_AN_INTRODUCTION,
        required=False,
        rows=4,
    )
    shows_rank = forms.BooleanField(label=_("Show the rank among all"), required=False)
    shows_goals = forms.BooleanField(
        label=_("Show the goals of the whole organisation"), required=False
    )

    def __init__(self, view: AreaView, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        year = self.fields["year"]
        assert isinstance(year, forms.TypedChoiceField)  # as it is declared above
        year.choices = [(known, str(known)) for known in reversed(view.years)]
        self.measures = {f"comment-{m.measure.pk}": m.measure.pk for m in view.measures}
        for measure in view.measures:
            self.fields[f"comment-{measure.measure.pk}"] = Words(
                label=measure.measure.name,
                help_text=_values_of(measure.whole, view.shown),
                max_length=MOST_IN_A_COMMENT,
                required=False,
                rows=2,
            )

    @property
    def comments(self) -> list[BoundField]:
        return [self[name] for name in self.measures]

    def said(self) -> Said:
        cleaned = self.cleaned_data
        return Said(
            introduction=cleaned["introduction"],
            comments={pk: cleaned[name] for name, pk in self.measures.items() if cleaned[name]},
            shows_rank=cleaned["shows_rank"],
            shows_goals=cleaned["shows_goals"],
        )


def _values_of(series: Series, years: tuple[int, ...]) -> str:
    """Return what the comment is about: "217 → 238 → 231 poäng"."""
    texts = [series.value_text(series.under(year)) for year in years]
    return f"{' → '.join(texts)} {series.unit_word}".strip()


class WithdrawForm(forms.Form):
    """Why something is no longer public."""

    reason = Words(
        label=_("Why is it withdrawn?"),
        help_text=_("Kept with what was public. The public does not read it."),
        max_length=MOST_IN_A_REASON,
    )
