"""What is filled in to report decisions to a board."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.search_choice import SearchChoiceField, SearchingForm
from organisation.models import Person, Unit
from organisation.permissions import Permission

from .deciding import one_line


class ReportForm(forms.Form):
    """Which board is told."""

    board = one_line(
        pgettext_lazy("political", "Board"),
        120,
        help_text=_("The board that has delegated the decisions."),
    )


class UnitForm(SearchingForm, forms.Form):
    """Whose decisions are shown."""

    unit = SearchChoiceField(Unit.objects.none(), route="unit-search", label=_("Unit"))

    def __init__(self, person: Person, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        field = self.fields["unit"]
        field.queryset = Unit.objects.active().filter(  # type: ignore[attr-defined]
            person.reach(Permission.DECISION_REPORT, through="")
        )
        field.widget.query = {"may": Permission.DECISION_REPORT}
        field.suggested = person.units_where(Permission.DECISION_REPORT)[:6]  # type: ignore[attr-defined]
